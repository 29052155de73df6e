"""Trang chuẩn bị hội nghị: the checklist, the one next step, and the rows of each part."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from soi.base.actor import Actor
from soi.conferences import agenda, inviting, permissions, preparing, room_lists
from soi.conferences.enums import FloorState, Form, Presence, Reply
from soi.conferences.logic.agenda import clock, timed
from soi.conferences.logic.readiness import Gap

if TYPE_CHECKING:
    from collections.abc import Iterable

    from soi.conferences.logic.agenda import Timed
    from soi.conferences.models import AgendaItem, Conference, Invitation, Paper
    from soi.conferences.preparing import Prepared

# Without these there is nobody to hold it with; everything else can wait once the day has come.
_NEEDED = (Gap.NOBODY, Gap.NO_CHAIR, Gap.NO_SECRETARY, Gap.UNSENT)
# So many invitations stand on the page; all of them are one press away.
MOST_INVITED = 60


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """Một dòng chương trình: its number and clock times, and the papers that belong to it."""

    item: AgendaItem
    time: Timed
    papers: tuple[Paper, ...]

    @property
    def is_part(self) -> bool:
        """Whether it stands under another."""
        return self.item.parent_id is not None


@dataclass(frozen=True, slots=True)
class Step:
    """Một việc chuẩn bị: done or not, and one line about it."""

    key: str
    label: str
    note: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class Next:
    """Việc nên làm tiếp: a page to open or a button to press."""

    label: str
    url: str
    is_deed: bool = False
    asks: str = ""


def build(actor: Actor, conference: Conference, *, everyone: bool) -> dict[str, Any]:
    """Everything the page of preparation shows."""
    invitations = sorted(inviting.of_conference(conference), key=_pressing)
    parts = preparing.prepared(actor, conference, invitations)
    shown = invitations if everyone else invitations[:MOST_INVITED]
    may_edit = permissions.can_edit(actor, conference)
    return {
        "conference": conference,
        "parts": parts,
        "today": actor.today,
        "may_edit": may_edit,
        "rows": agenda_rows(parts.items, parts.timed, parts.papers),
        "loose_papers": [paper for paper in parts.papers if paper.item_id is None],
        "ends": clock(conference.starts_at, parts.minutes),
        "steps": steps(conference, parts),
        "next": next_step(actor, conference, parts) if may_edit else None,
        "room_url": reverse("room", args=[conference.pk]),
        "invitations": shown,
        "hidden": len(invitations) - len(shown),
        "tally": _tally(invitations),
        "unsent": sum(one.sent_at is None for one in invitations),
        "waiting": sum(_waits(one) for one in invitations),
        "opinions": list(inviting.opinions_for(actor, conference)),
    }


def agenda_rows(
    items: Iterable[AgendaItem], times: Iterable[Timed], papers: Iterable[Paper] = ()
) -> list[AgendaRow]:
    """Chương trình theo thứ tự đọc."""
    by_key, of_item = {item.pk: item for item in items}, list(papers)
    return [
        AgendaRow(
            by_key[row.key], row, tuple(paper for paper in of_item if paper.item_id == row.key)
        )
        for row in times
    ]  # fmt: skip


def programme(conference: Conference, items: list[AgendaItem], papers: list[Paper]) -> list[AgendaRow]:
    """Chương trình cho người dự: with the papers that the reader may read."""
    slots = agenda.slots(items)
    return agenda_rows(items, timed(slots, conference.starts_at), papers)


def _waits(one: Invitation) -> bool:
    return one.sent_at is not None and one.reply == Reply.WAITING


def _pressing(one: Invitation) -> int:
    """Who has to be written to or waited for stands first; within that the order of the record."""
    if one.sent_at is None:
        return 0
    return 1 if one.reply == Reply.WAITING else 2


def _tally(invitations: list[Invitation]) -> list[tuple[str, int]]:
    """Bao nhiêu người trả lời thế nào, of those to whom it was sent."""
    counts = Counter(one.reply for one in invitations if one.sent_at)
    return [(str(reply.label), counts[reply]) for reply in Reply if counts[reply]]


# --- the checklist ---------------------------------------------------------------------------------------


def steps(conference: Conference, parts: Prepared) -> list[Step]:
    """Năm việc của chuẩn bị, each with what is still missing in it."""
    return [
        _agenda_step(conference, parts),
        _papers_step(parts),
        _sites_step(conference, parts),
        _invitations_step(parts),
        _questions_step(parts),
    ]


def _agenda_step(conference: Conference, parts: Prepared) -> Step:
    gaps = {Gap.NO_AGENDA, Gap.NO_START, Gap.OVERRUN} & set(parts.gaps)
    if Gap.NO_AGENDA in gaps:
        note = _("Chưa có nội dung nào")
    elif Gap.NO_START in gaps:
        note = _("Chưa có giờ khai mạc")
    elif Gap.OVERRUN in gaps:
        note = _("Vượt %(minutes)s phút so với giờ kết thúc dự kiến") % {"minutes": parts.minutes_over}
    else:
        ends = clock(conference.starts_at, parts.minutes)
        note = _("%(minutes)s phút") % {"minutes": parts.minutes}
        note += _(", xong lúc %(time)s") % {"time": _hours(ends)} if ends else ""
    return Step("chuong-trinh", _("Chương trình"), note, not gaps)


def _papers_step(parts: Prepared) -> Step:
    number = len(parts.papers)
    if Gap.NO_PAPER in parts.gaps:
        return Step("tai-lieu", _("Tài liệu"), _("Có báo cáo chưa kèm tài liệu"), is_done=False)
    note = ngettext("%(number)s tài liệu", "%(number)s tài liệu", number) % {"number": number}
    return Step("tai-lieu", _("Tài liệu"), note, is_done=True)


def _sites_step(conference: Conference, parts: Prepared) -> Step:
    number = len(parts.sites)
    if Gap.NO_SITE in parts.gaps:
        note = _("Họp qua đường truyền cần ít nhất 2 điểm cầu")
    elif Gap.SITE_STAFF in parts.gaps:
        note = _("Có điểm cầu chưa đủ người phụ trách, kỹ thuật")
    elif not number:
        note = _("Họp tại một nơi") if conference.form != Form.UNKNOWN else _("Chưa ghi hình thức họp")
    else:
        note = ngettext("%(number)s điểm cầu", "%(number)s điểm cầu", number) % {"number": number}
    return Step("diem-cau", _("Điểm cầu"), note, not {Gap.NO_SITE, Gap.SITE_STAFF} & set(parts.gaps))


def _invitations_step(parts: Prepared) -> Step:
    waiting = sum(_waits(one) for one in parts.invitations)
    unsent = sum(one.sent_at is None for one in parts.invitations)
    words = {
        Gap.NOBODY: _("Chưa mời ai"),
        Gap.NO_CHAIR: _("Chưa có chủ trì"),
        Gap.NO_SECRETARY: _("Chưa có thư ký"),
        Gap.PRESENTER: _("Người trình bày chưa được mời: %(names)s")
        % {"names": ", ".join(map(str, parts.presenters_left_out))},
        Gap.UNSENT: _("%(number)s giấy mời chưa gửi") % {"number": unsent},
        Gap.NO_REPLY: _("%(number)s người chưa trả lời") % {"number": waiting},
    }
    missing = [words[gap] for gap in parts.gaps if gap in words]
    note = missing[0] if missing else _("%(number)s người đã trả lời") % {"number": len(parts.invitations)}
    return Step("giay-moi", _("Giấy mời"), note, not missing)


def _questions_step(parts: Prepared) -> Step:
    number = sum(not one.answer for one in parts.questions)
    if number:
        note = _("%(number)s gợi ý chưa giải trình") % {"number": number}
    else:
        note = _("Đã giải trình đủ") if parts.questions else _("Chưa có gợi ý nào")
    return Step("goi-y", _("Gợi ý của cấp trên"), note, not number)


def _hours(time: dt.time) -> str:
    return f"{time:%H:%M}"


# --- the next step ---------------------------------------------------------------------------------------


def next_step(actor: Actor, conference: Conference, parts: Prepared) -> Next:
    """Một việc chính ở mỗi lúc: the first gap that a press can close; on the day, the room."""
    room = Next(_("Vào phòng họp"), reverse("room", args=[conference.pk]))
    ways = _ways(conference, parts)
    if conference.date_start <= actor.today:
        begun = room_lists.state_of(conference) not in {None, FloorState.WAITING}
        ways = {} if begun else {gap: ways[gap] for gap in _NEEDED}
    return next((ways[gap] for gap in parts.gaps if gap in ways), room)


def _ways(conference: Conference, parts: Prepared) -> dict[Gap, Next]:
    unsent = sum(one.sent_at is None for one in parts.invitations)
    waiting = sum(_waits(one) for one in parts.invitations)
    question = next((one for one in parts.questions if not one.answer), None)
    here = [conference.pk]
    ways = {
        Gap.NO_AGENDA: Next(_("Lập chương trình từ mẫu"), reverse("agenda_layout", args=here), is_deed=True),
        Gap.NO_START: Next(_("Ghi giờ khai mạc"), reverse("conference_edit", args=here)),
        Gap.NO_SITE: Next(_("Thêm điểm cầu"), reverse("preparation_site_new", args=here)),
        Gap.NOBODY: Next(_("Chọn người mời"), reverse("invitation_choosing", args=here)),
        Gap.NO_CHAIR: Next(_("Chọn chủ trì"), _choosing(conference, "chair")),
        Gap.NO_SECRETARY: Next(_("Chọn thư ký"), _choosing(conference, "secretary")),
        Gap.PRESENTER: Next(_("Mời người trình bày"), _choosing_people(conference, parts)),
        Gap.UNSENT: Next(
            _("Gửi %(number)s giấy mời") % {"number": unsent},
            reverse("invitations_sending", args=here),
            is_deed=True,
            asks=_("Gửi giấy mời? Người được mời nhận thông báo, thư và lịch."),
        ),
        Gap.NO_PAPER: Next(_("Thêm tài liệu"), reverse("paper_new", args=here)),
        Gap.NO_REPLY: Next(
            _("Nhắc %(number)s người trả lời") % {"number": waiting},
            reverse("invitations_reminder", args=here),
            is_deed=True,
        ),
    }
    if question is not None:
        ways[Gap.UNANSWERED] = Next(_("Ghi giải trình"), reverse("question_answer", args=[question.pk]))
    return ways


def _choosing(conference: Conference, role: str) -> str:
    return f"{reverse('invitation_choosing', args=[conference.pk])}?vai={role}"


def _choosing_people(conference: Conference, parts: Prepared) -> str:
    people = urlencode({"nguoi": [one.pk for one in parts.presenters_left_out]}, doseq=True)
    return f"{reverse('invitation_choosing', args=[conference.pk])}?{people}"


# --- for those invited -----------------------------------------------------------------------------------


def can_still_answer(conference: Conference, invitation: Invitation, today: dt.date) -> bool:
    """Còn trả lời được: until the day is over and nobody has called the roll."""
    return conference.date_end >= today and invitation.attendance.presence == Presence.INVITED
