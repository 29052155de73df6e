"""Phát biểu: ask, withdraw, decline, give the floor, end. Out of turn the event says who was passed over."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction

from soi.base.actor import Actor
from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound
from soi.base.text import squash
from soi.conferences import floor_rights as rights
from soi.conferences import floor_steps as steps
from soi.conferences import waiting
from soi.conferences.attending_rights import Reach, seat_of
from soi.conferences.enums import Audience, RequestKind, RequestState
from soi.conferences.floor_steps import Facts
from soi.conferences.logic import clock
from soi.conferences.logic.verbs import FloorVerb as Verb
from soi.conferences.models import Attendance, Conference, Floor, FloorEvent, Site, Speech, SpeechRequest
from soi.history.actions import record
from soi.org.models import Person

LONGEST_TOPIC = 200
_NO_SEAT = "Đồng chí không có trong danh sách dự hội nghị. Hãy chọn người phát biểu."
_TWICE = "Đã có đăng ký đang chờ. Cần đổi nội dung, hãy rút đăng ký rồi đăng ký lại."


@transaction.atomic
def ask_to_speak(
    *,
    actor: Actor,
    conference: Conference,
    kind: str,
    now: dt.datetime,
    topic: str = "",
    person: int | None = None,
    site: int | None = None,
) -> SpeechRequest:
    """Đăng ký phát biểu: for oneself; for the site one serves; the secretary for anybody. One waits at a time."""
    reach = rights.check_takes_part(actor, conference)
    floor = steps.begin(conference, Verb.ASK)
    _check_request(kind, topic)
    speaker, place = for_whom(actor, reach, conference, person, site)
    if _waiting_of(conference, speaker, place):
        raise Conflict(_TWICE)
    request = _create(
        conference=conference, item_id=floor.item_id, person=speaker, site=place, kind=kind,
        topic=squash(topic), asked_at=now,
    )  # fmt: skip
    facts = {
        **steps.who(conference, speaker, place), "kind": kind, "topic": request.topic,
        "by": typed_by(actor, speaker), "request": request.pk,
    }  # fmt: skip
    steps.append(floor, Verb.ASK, actor=actor, now=now, facts=facts, about=_ids(speaker, place))
    return request


def _check_request(kind: str, topic: str) -> None:
    if kind not in RequestKind.values:
        raise Invalid("Hãy chọn loại đăng ký phát biểu.", {"kind": "Chọn một loại."})
    if len(squash(topic)) > LONGEST_TOPIC:
        raise Invalid(
            f"Nội dung đăng ký dài quá {LONGEST_TOPIC} chữ cái. Hãy ghi ngắn lại.", {"topic": "Ghi ngắn lại."}
        )


def _create(**values: Any) -> SpeechRequest:
    """The database itself keeps a second one of the same person out, whoever was faster."""
    try:
        with transaction.atomic():
            return SpeechRequest.objects.create(**values)
    except IntegrityError:
        raise Conflict(_TWICE) from None


def typed_by(actor: Actor, speaker: Person | None) -> str:
    """Ai ghi thay; empty for one's own words, and where a site speaks for itself."""
    return "" if speaker is None or speaker.pk == actor.person_id else actor.label


def for_whom(
    actor: Actor, reach: Reach, conference: Conference, person: int | None, site: int | None
) -> tuple[Person | None, Site | None]:
    """The person and the place a request or an opinion counts for, where the actor may speak for them."""
    place = _site(conference, site) if site is not None else None
    if person is None and place is None:
        person = actor.person_id
    if person is None:
        if place is None or not reach.keeps(place.pk):
            raise NotAllowed("Chỉ người phụ trách điểm cầu và thư ký mới đăng ký thay cho điểm cầu.")
        return None, place
    if person == actor.person_id and not rights.attends(conference, person):
        raise Invalid(_NO_SEAT, {"person": _NO_SEAT})
    row = _attending(conference, person)
    seat = seat_of(row)
    if person != actor.person_id and not reach.everybody and not (seat and reach.keeps(seat)):
        raise NotAllowed("Đồng chí chỉ đăng ký cho mình; đăng ký thay người khác thì nhờ thư ký.")
    return row.person, place or (_site(conference, seat) if seat else None)


def _attending(conference: Conference, person: int) -> Attendance:
    rows = Attendance.objects.select_related("person", "site", "invitation")
    row = rows.filter(conference=conference, person_id=person).first()
    if row is None:
        raise NotFound("Người này không có trong danh sách dự hội nghị.")
    return row


def _site(conference: Conference, site: int) -> Site:
    row = Site.objects.filter(conference=conference, pk=site).first()
    if row is None:
        raise NotFound("Không tìm thấy điểm cầu này trong hội nghị.")
    return row


def _waiting_of(conference: Conference, speaker: Person | None, place: Site | None) -> SpeechRequest | None:
    rows = waiting.requests(conference.pk)
    if speaker is not None:
        return rows.filter(person=speaker).first()
    return rows.filter(person=None, site=place).first()


def _ids(speaker: Person | None, place: Site | None) -> steps.About:
    return speaker.pk if speaker else None, place.pk if place else None


# --- withdraw, decline ------------------------------------------------------------------------------


@transaction.atomic
def withdraw_request(
    *, actor: Actor, conference: Conference, request: int, now: dt.datetime
) -> SpeechRequest:
    """Rút đăng ký: one's own, of the site one serves, or by the secretary."""
    reach = rights.check_takes_part(actor, conference)
    floor = steps.begin(conference, Verb.WITHDRAW)
    row = _waiting(conference, request)
    own = row.person_id is not None and row.person_id == actor.person_id
    # Any site's staff, not whoever is without a site: ``keeps`` asks for one of theirs.
    if not (own or reach.everybody or (row.site_id and reach.keeps(row.site_id))):
        raise NotAllowed("Đồng chí chỉ rút được đăng ký của mình hoặc của điểm cầu mình phụ trách.")
    _settle(row, RequestState.WITHDRAWN)
    facts = {**steps.who(conference, row.person, row.site), "request": row.pk}
    steps.append(floor, Verb.WITHDRAW, actor=actor, now=now, facts=facts, about=_ids(row.person, row.site))
    return row


@transaction.atomic
def decline_request(
    *, actor: Actor, conference: Conference, request: int, reason: str, now: dt.datetime
) -> SpeechRequest:
    """Không mời phát biểu, with the reason: for chair, secretary and whoever asked; the history keeps it."""
    rights.check_drives(actor, conference)
    floor = steps.begin(conference, Verb.DECLINE)
    row = _waiting(conference, request)
    if not squash(reason):
        raise Invalid("Hãy ghi lý do không mời phát biểu.", {"reason": "Chưa có lý do."})
    _settle(row, RequestState.DECLINED)
    facts = {**steps.who(conference, row.person, row.site), "request": row.pk, "reason": squash(reason)}
    record(
        actor=actor, action="conferences.decline_request", subject=conference, now=now,
        person=row.person, site=row.site, topic=row.topic, reason=squash(reason),
    )  # fmt: skip
    steps.append(
        floor, Verb.DECLINE, actor=actor, now=now, facts=facts, audience=Audience.CHAIR,
        about=_ids(row.person, row.site),
    )  # fmt: skip
    return row


def _waiting(conference: Conference, request: int) -> SpeechRequest:
    """The floor is locked, so the request does not change under our hands."""
    row = SpeechRequest.objects.select_related("person", "site").filter(conference=conference, pk=request)
    found = row.first()
    if found is None:
        raise NotFound("Không tìm thấy đăng ký này.")
    if found.state != RequestState.WAITING:
        raise Conflict(f"Đăng ký này không còn chờ ({found.get_state_display().lower()}).")
    return found


def _settle(row: SpeechRequest, state: RequestState) -> None:
    row.state = state
    row.save(update_fields=["state"])


# --- the floor --------------------------------------------------------------------------------------


@transaction.atomic
def give_floor(
    *,
    actor: Actor,
    conference: Conference,
    now: dt.datetime,
    request: int | None = None,
    person: int | None = None,
    site: int | None = None,
    kind: str = RequestKind.SPEAK,
    reason: str = "",
) -> Speech:
    """Mời phát biểu, who asked or anybody else; ends the speech before. Nobody is passed over in silence."""
    rights.check_drives(actor, conference)
    floor = steps.begin(conference, Verb.GIVE_FLOOR)
    asked = _asked(conference, request, person, site)
    speaker, place = _called(conference, asked, person, site)
    kind = asked.kind if asked else kind
    _check_request(kind, "")
    passed = _passed_over(conference, floor, asked, speaker, now)
    ended = steps.end_speech(floor, now)
    if asked is not None:
        _settle(asked, RequestState.GIVEN)
    speech = Speech.objects.create(
        conference=conference, item_id=floor.item_id, request=asked, person=speaker, site=place, kind=kind,
        started_at=now,
    )  # fmt: skip
    facts: Facts = {
        **steps.who(conference, speaker, place), "kind": kind, "topic": asked.topic if asked else "",
        "speech": speech.pk, "ended": ended,
    }  # fmt: skip
    if passed:
        facts |= {"passed": passed, "reason": squash(reason)}
        record(
            actor=actor, action="conferences.give_floor_out_of_turn", subject=conference, now=now,
            person=speaker, site=place, passed=passed, rule=floor.rule, reason=squash(reason),
        )  # fmt: skip
    steps.append(
        floor, Verb.GIVE_FLOOR, actor=actor, now=now, facts=facts, poll=None, about=_ids(speaker, place),
        **steps.timer(now, clock.seconds_of(floor.speech_minutes)),
    )  # fmt: skip
    return speech


def _asked(
    conference: Conference, request: int | None, person: int | None, site: int | None
) -> SpeechRequest | None:
    """The request that is answered: the one named, or the one that who is called has waiting."""
    if request is not None:
        return _waiting(conference, request)
    rows = waiting.requests(conference.pk).select_related("person", "site")
    if person is not None:
        return rows.filter(person_id=person).first()
    return rows.filter(person=None, site_id=site).first() if site is not None else None


def _called(
    conference: Conference, asked: SpeechRequest | None, person: int | None, site: int | None
) -> tuple[Person | None, Site | None]:
    if asked is not None:
        return asked.person, asked.site
    if person is None and site is None:
        raise Invalid("Hãy chọn người hoặc điểm cầu được mời phát biểu.", {"person": "Chọn người phát biểu."})
    place = _site(conference, site) if site is not None else None
    if person is None:
        return None, place
    row = _attending(conference, person)
    seat = seat_of(row)
    return row.person, place or (_site(conference, seat) if seat else None)


def _passed_over(
    conference: Conference,
    floor: Floor,
    asked: SpeechRequest | None,
    speaker: Person | None,
    now: dt.datetime,
) -> list[str]:
    """Ai đã chờ trước: those who stand before the request under the rule; all who wait, where nobody asked."""
    presenter = floor.item.presenter_id if floor.item else None
    if asked is None and speaker is not None and speaker.pk == presenter:
        return []  # who presents the item takes nobody's turn
    places = waiting.places(conference.pk, floor.rule, now)
    before = places if asked is None else places[: places.index(asked.pk)]
    rows = SpeechRequest.objects.select_related("person", "site").in_bulk(before) if before else {}
    return [_name(rows[pk]) for pk in before]


def _name(row: SpeechRequest) -> str:
    return f"đồng chí {row.person.name}" if row.person else str(row.site)


@transaction.atomic
def end_speech(*, actor: Actor, conference: Conference, now: dt.datetime) -> FloorEvent:
    """Kết thúc phát biểu: by the chair or the secretary, by the speaker, by the site that speaks."""
    reach = rights.check_takes_part(actor, conference)
    floor = steps.begin(conference, Verb.END_SPEECH)
    speech = steps.open_speech(conference.pk)
    if not reach.everybody and not _own(speech, actor, reach):
        raise NotAllowed("Chỉ chủ trì, thư ký và người đang phát biểu mới kết thúc lượt phát biểu được.")
    ended = steps.end_speech(floor, now)
    about = _ids(speech.person, speech.site) if speech else (None, None)
    return steps.append(
        floor,
        Verb.END_SPEECH,
        actor=actor,
        now=now,
        facts={"ended": ended},
        about=about,
        **steps.item_timer(floor),
    )


def _own(speech: Speech | None, actor: Actor, reach: Reach) -> bool:
    if speech is None:
        return False
    if speech.person_id is not None and speech.person_id == actor.person_id:
        return True
    return speech.site_id is not None and reach.keeps(speech.site_id)
