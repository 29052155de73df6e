"""Điều hành phiên họp: open, move through the programme, show papers, pause, order of speakers, close.

Each action locks the floor, appends exactly one numbered event and rings the bell; what is grave also goes into
the history. Who may: see ``floor_rights``; when: see ``floor_table``.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from soi.ballots.enums import PollState
from soi.base.actor import Actor
from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound
from soi.conferences import attending
from soi.conferences import floor_rights as rights
from soi.conferences import floor_steps as steps
from soi.conferences.enums import QueueRule, RequestState, Secrecy
from soi.conferences.logic import clock
from soi.conferences.logic.numbering import numbered
from soi.conferences.logic.verbs import FloorVerb as Verb
from soi.conferences.models import AgendaItem, Conference, Floor, FloorEvent, Paper
from soi.conferences.quorum import quorum
from soi.history.actions import record

LAST_PAGE = 9_999
_NO_PAPER = "Hiện không có tài liệu nào đang trình bày. Hãy chọn tài liệu trước."


@transaction.atomic
def open_session(*, actor: Actor, conference: Conference, now: dt.datetime) -> FloorEvent:
    """Khai mạc; says how many of those who count are there, and does not refuse when they are too few."""
    rights.check_drives(actor, conference)
    floor = steps.begin(conference, Verb.OPEN)
    there = quorum(conference, now)
    facts: steps.Facts = {
        "present": there.present, "entitled": there.entitled, "sites": conference.sites.count(),
    }  # fmt: skip
    record(actor=actor, action="conferences.open_session", subject=conference, now=now, **facts)
    return steps.append(floor, Verb.OPEN, actor=actor, now=now, facts=facts, opened_at=now)


@transaction.atomic
def start_item(*, actor: Actor, conference: Conference, item: int | None, now: dt.datetime) -> FloorEvent:
    """Chuyển sang một nội dung: ends a speech, puts the paper away and sets the clock of the item."""
    rights.check_drives(actor, conference)
    floor = steps.begin(conference, Verb.START_ITEM)
    index, row = _item(conference, item)
    facts = {"index": index, "title": row.title, "ended": steps.end_speech(floor, now)}
    return steps.append(
        floor, Verb.START_ITEM, actor=actor, now=now, facts=facts, item=row.pk, paper=None, page=1, poll=None,
        **steps.timer(now, clock.seconds_of(row.minutes)),
    )  # fmt: skip


def _item(conference: Conference, item: int | None) -> tuple[str, AgendaItem]:
    if item is None:
        raise Invalid("Hãy chọn nội dung.", {"item": "Chọn nội dung."})
    rows = {row.pk: row for row in AgendaItem.objects.filter(conference=conference)}
    if item not in rows:
        raise NotFound("Không tìm thấy nội dung này trong chương trình hội nghị.")
    indexes = numbered((row.pk, row.parent_id) for row in rows.values())
    return indexes[item], rows[item]


# --- papers -----------------------------------------------------------------------------------------


@transaction.atomic
def present(
    *, actor: Actor, conference: Conference, paper: int | None, now: dt.datetime, page: int = 1
) -> FloorEvent:
    """Đưa tài liệu lên trình bày. What only chair and secretary may read is shown to nobody this way."""
    rights.check_drives(actor, conference)
    floor = steps.begin(conference, Verb.PRESENT)
    row = _paper(conference, paper)
    if row.secrecy == Secrecy.CHAIR:
        raise Invalid(
            "Tài liệu này chỉ chủ trì và thư ký được đọc, nên không trình chiếu được. "
            "Nếu cần trình chiếu, hãy đổi mục «Ai được đọc» của tài liệu."
        )
    facts = {"paper": public_title(row), "page": _page(page)}
    return steps.append(
        floor, Verb.PRESENT, actor=actor, now=now, facts=facts, paper=row.pk, page=_page(page), poll=None
    )


def _paper(conference: Conference, paper: int | None) -> Paper:
    if paper is None:
        raise Invalid("Hãy chọn tài liệu.", {"paper": "Chọn tài liệu."})
    row = Paper.objects.filter(conference=conference, pk=paper).first()
    if row is None:
        raise NotFound("Không tìm thấy tài liệu này trong hội nghị.")
    return row


def public_title(paper: Paper) -> str:
    """Tên tài liệu as everybody in the room may know it; empty where not everybody may read it."""
    return paper.title if paper.secrecy == Secrecy.ALL else ""


@transaction.atomic
def turn_page(*, actor: Actor, conference: Conference, page: int | None, now: dt.datetime) -> FloorEvent:
    """Sang trang: by who drives the floor, by the presenter of the item, by who is speaking."""
    reach = rights.check_takes_part(actor, conference)
    floor = steps.begin(conference, Verb.TURN_PAGE)
    if not reach.everybody and not shows(floor, actor.person_id):
        raise NotAllowed("Chỉ chủ trì, thư ký, người trình bày và người đang phát biểu mới sang trang được.")
    if floor.paper_id is None:
        raise Conflict(_NO_PAPER)
    return steps.append(
        floor, Verb.TURN_PAGE, actor=actor, now=now, facts={"page": _page(page)}, page=_page(page)
    )


def shows(floor: Floor, person_id: int | None) -> bool:
    """Người trình bày: presenter of the item now on, or whoever has the floor."""
    if person_id is None:
        return False
    if floor.item is not None and floor.item.presenter_id == person_id:
        return True
    speech = steps.open_speech(floor.conference_id)
    return speech is not None and speech.person_id == person_id


def _page(page: int | None) -> int:
    if page is None or not 1 <= page <= LAST_PAGE:
        raise Invalid("Hãy ghi số trang từ 1 trở lên.", {"page": "Số trang từ 1 trở lên."})
    return page


@transaction.atomic
def put_away(*, actor: Actor, conference: Conference, now: dt.datetime) -> FloorEvent:
    """Thôi trình bày tài liệu."""
    rights.check_drives(actor, conference)
    floor = steps.begin(conference, Verb.PUT_AWAY)
    if floor.paper_id is None:
        raise Conflict(_NO_PAPER)
    return steps.append(floor, Verb.PUT_AWAY, actor=actor, now=now, paper=None, page=1)


# --- break, order of speakers, clock ----------------------------------------------------------------


@transaction.atomic
def pause(
    *, actor: Actor, conference: Conference, now: dt.datetime, minutes: int | None = None
) -> FloorEvent:
    """Nghỉ giải lao, for so many minutes or until it is taken up again; ends a speech."""
    rights.check_drives(actor, conference)
    floor = steps.begin(conference, Verb.PAUSE)
    _check_minutes(minutes, "minutes")
    facts = {"minutes": minutes, "ended": steps.end_speech(floor, now)}
    return steps.append(
        floor, Verb.PAUSE, actor=actor, now=now, facts=facts, poll=None,
        **steps.timer(now, clock.seconds_of(minutes)),
    )  # fmt: skip


@transaction.atomic
def resume(*, actor: Actor, conference: Conference, now: dt.datetime) -> FloorEvent:
    """Họp tiếp, where the conference stood before the break."""
    rights.check_drives(actor, conference)
    floor = steps.begin(conference, Verb.RESUME)
    return steps.append(floor, Verb.RESUME, actor=actor, now=now, **steps.item_timer(floor))


@transaction.atomic
def set_rule(
    *, actor: Actor, conference: Conference, rule: str, speech_minutes: int | None, now: dt.datetime
) -> FloorEvent:
    """Đặt thứ tự phát biểu and how long each may speak; everybody sees both. Counts from the next speech."""
    rights.check_drives(actor, conference)
    floor = steps.begin(conference, Verb.SET_RULE)
    if rule not in QueueRule.values:
        raise Invalid("Hãy chọn một cách xếp thứ tự phát biểu.", {"rule": "Chọn một cách xếp thứ tự."})
    _check_minutes(speech_minutes, "speech_minutes")
    facts = {"rule": rule, "minutes": speech_minutes}
    return steps.append(
        floor, Verb.SET_RULE, actor=actor, now=now, facts=facts, rule=rule, speech_minutes=speech_minutes
    )


@transaction.atomic
def start_timer(*, actor: Actor, conference: Conference, seconds: int | None, now: dt.datetime) -> FloorEvent:
    """Đặt lại đồng hồ from now; without seconds it counts up."""
    rights.check_drives(actor, conference)
    floor = steps.begin(conference, Verb.START_TIMER)
    if seconds is not None and not 0 < seconds <= clock.LONGEST * clock.MINUTE:
        raise Invalid("Hãy đặt đồng hồ từ 1 giây đến 12 giờ.", {"seconds": "Từ 1 giây đến 12 giờ."})
    return steps.append(
        floor, Verb.START_TIMER, actor=actor, now=now, facts={"seconds": seconds}, **steps.timer(now, seconds)
    )


def _check_minutes(minutes: int | None, field: str) -> None:
    if minutes is not None and not 0 < minutes <= clock.LONGEST:
        raise Invalid("Hãy ghi số phút từ 1 đến 720.", {field: "Số phút từ 1 đến 720."})


# --- the end ----------------------------------------------------------------------------------------


@transaction.atomic
def close_session(*, actor: Actor, conference: Conference, now: dt.datetime) -> FloorEvent:
    """Bế mạc. Refused while what the superior asked ahead has no answer, or while a poll is open."""
    rights.check_drives(actor, conference)
    floor = steps.begin(conference, Verb.CLOSE)
    _check_answered(conference)
    _check_no_open_poll(conference)
    left = conference.speech_requests.filter(state=RequestState.WAITING).count()
    attending.close_all(conference, now)
    record(actor=actor, action="conferences.close_session", subject=conference, now=now, waiting=left)
    return steps.append(
        floor, Verb.CLOSE, actor=actor, now=now, facts={"waiting": left}, closed_at=now, paper=None, page=1,
        poll=None, **steps.timer(None, None),
    )  # fmt: skip


def _check_answered(conference: Conference) -> None:
    left = list(conference.prior_questions.filter(answer="").values_list("text", flat=True))
    if left:
        more = f" và {len(left) - 1} nội dung khác" if len(left) > 1 else ""
        raise Conflict(
            f"Chưa bế mạc được: cấp trên gợi ý «{left[0][:120]}»{more} mà chưa có giải trình. "
            "Hãy ghi giải trình cho từng nội dung gợi ý, rồi bế mạc."
        )


def _check_no_open_poll(conference: Conference) -> None:
    link = conference.polls.filter(poll__state=PollState.OPEN).select_related("poll").first()
    if link is not None:
        raise Conflict(
            f"Chưa bế mạc được: cuộc bỏ phiếu «{link.poll}» đang mở. Hãy đóng bỏ phiếu rồi bế mạc."
        )
