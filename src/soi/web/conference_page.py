"""Trang hội nghị: the list with its filters, and what one conference shows beside its record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from soi.base.actor import Actor, Capability
from soi.briefings import queries as briefings
from soi.conferences import queries
from soi.conferences.detail import ConferenceDetail, conference_detail
from soi.conferences.enums import AttendanceRole, ConferenceKind
from soi.conferences.queries import ConferenceFilter
from soi.history.queries import events_of
from soi.org import queries as org
from soi.web import room_page
from soi.web.event_words import Told, told
from soi.web.preparing_page import programme

if TYPE_CHECKING:
    from soi.conferences.models import Attendance, Conference
    from soi.history.models import Event
    from soi.org.models import Organization

# More would make the list of choices useless; the search box finds bodies by name as well.
MOST_BODIES = 300
LATEST_EVENTS = 30

_DEEDS: Mapping[str, tuple[Any, str]] = {
    "conferences.record": (_("Lập hồ sơ hội nghị"), "new"),
    "conferences.edit": (_("Sửa thông tin chung"), "edit"),
    "conferences.add_site": (_("Thêm điểm cầu"), "plus"),
    "conferences.record_attendance": (_("Ghi người dự"), "people"),
    "conferences.add_conclusions": (_("Ghi kết luận"), "plus"),
    "conferences.add_common_cause": (_("Ghi nguyên nhân chung"), "plus"),
    "conferences.add_cited_document": (_("Ghi văn bản viện dẫn"), "document"),
    "conferences.add_decision": (_("Ghi xếp loại, khen thưởng, kỷ luật"), "plus"),
    "conferences.give_task": (_("Giao nhiệm vụ theo kết luận"), "plus"),
    "conferences.compose_minutes": (_("Soạn biên bản từ diễn biến"), "document"),
    "conferences.edit_minutes": (_("Sửa biên bản"), "edit"),
    "conferences.circulate_minutes": (_("Gửi biên bản lấy ý kiến"), "upload"),
    "conferences.comment_minutes": (_("Góp ý vào biên bản"), "quote"),
    "conferences.answer_minutes_comment": (_("Trả lời góp ý vào biên bản"), "check"),
    "conferences.sign_minutes": (_("Thông qua biên bản"), "confirmed"),
    "conferences.archive": (_("Tải toàn bộ hồ sơ hội nghị"), "download"),
    "conferences.attach_source": (_("Gắn văn bản nguồn"), "link"),
    "conferences.roll_call": (_("Điểm danh gọi tên"), "people"),
    "conferences.note_absence": (_("Ghi vắng có lý do"), "people"),
    "conferences.withdraw_absence": (_("Bỏ ghi vắng"), "undo"),
    "conferences.replace_attendance": (_("Ghi người dự thay"), "people"),
    "conferences.set_counting": (_("Ghi trường hợp khi tính đủ số"), "edit"),
    "conferences.contest_attendance": (_("Báo điểm danh chưa đúng"), "quote"),
    "conferences.renew_code": (_("Tạo mã điểm danh"), "globe"),
    "conferences.withdraw_code": (_("Thôi dùng mã điểm danh"), "globe"),
    "conferences.edit_site": (_("Sửa điểm cầu"), "edit"),
    "conferences.remove_site": (_("Bỏ điểm cầu"), "close"),
    "conferences.lay_out_agenda": (_("Lập chương trình từ mẫu"), "new"),
    "conferences.add_agenda_item": (_("Thêm nội dung chương trình"), "plus"),
    "conferences.edit_agenda_item": (_("Sửa nội dung chương trình"), "edit"),
    "conferences.move_agenda_item": (_("Chuyển chỗ nội dung chương trình"), "edit"),
    "conferences.remove_agenda_item": (_("Bỏ nội dung chương trình"), "close"),
    "conferences.add_paper": (_("Thêm tài liệu"), "document"),
    "conferences.edit_paper": (_("Sửa tài liệu, người được đọc"), "edit"),
    "conferences.remove_paper": (_("Bỏ tài liệu"), "close"),
    "conferences.invite": (_("Chọn người mời"), "people"),
    "conferences.change_invitation": (_("Sửa giấy mời"), "edit"),
    "conferences.withdraw_invitation": (_("Bỏ khỏi danh sách mời"), "close"),
    "conferences.send_invitations": (_("Gửi giấy mời"), "bell"),
    "conferences.remind_invited": (_("Nhắc trả lời giấy mời"), "bell"),
    "conferences.answer_invitation": (_("Trả lời giấy mời"), "check"),
    "conferences.send_opinion": (_("Gửi ý kiến trước"), "quote"),
    "conferences.ask_ahead": (_("Cấp trên gợi ý"), "quote"),
    "conferences.answer_ahead": (_("Giải trình gợi ý của cấp trên"), "check"),
    "conferences.open_session": (_("Khai mạc phiên họp"), "open"),
    "conferences.close_session": (_("Bế mạc phiên họp"), "check"),
    "conferences.give_floor_out_of_turn": (_("Mời phát biểu ngoài thứ tự"), "bell"),
    "conferences.decline_request": (_("Không mời phát biểu"), "close"),
    "conferences.withdraw_contribution": (_("Rút ý kiến đã ghi"), "undo"),
    "conferences.tick_line": (_("Ghi đường truyền của điểm cầu"), "globe"),
    "conferences.attach_finding": (_("Ghi nội dung đánh giá"), "register"),
    "calls.open": (_("Mở phòng âm thanh, hình ảnh"), "conference"),
    "calls.close": (_("Đóng phòng âm thanh, hình ảnh"), "close"),
}

# One for each person who comes and goes: the page of attendance shows them, here they would hide all else.
_TAPS = (
    "conferences.check_in",
    "conferences.check_out",
    "conferences.move_site",
    "conferences.undo_attendance",
)


@dataclass(frozen=True, slots=True)
class Choices:
    """Các lựa chọn của bộ lọc."""

    kinds: list[tuple[str, str]]
    years: list[int]
    bodies: list[Organization]


def read_filter(asked: Mapping[str, str], bodies: list[Organization]) -> ConferenceFilter:
    """From the address of the page; what is not known is left out, never an error."""
    kind, year, body = asked.get("kind", ""), asked.get("year", ""), asked.get("org", "")
    return ConferenceFilter(
        kind=kind if kind in ConferenceKind.values else "",
        year=int(year) if year.isdecimal() and 1900 < int(year[:5]) < 3000 else None,
        organization=next((one for one in bodies if str(one.pk) == body), None),
        text=asked.get("q", ""),
    )


def choices(actor: Actor) -> Choices:
    """What can be chosen: bodies that the actor sees, years that have a conference."""
    bodies = org.visible_to(actor).filter(org.existing_on(actor.today))[:MOST_BODIES]
    kinds = [(kind.value, str(kind.label)) for kind in ConferenceKind if kind != ConferenceKind.NONE]
    return Choices(kinds, queries.years(actor), list(bodies))


@dataclass(frozen=True, slots=True)
class RoleGroup:
    """Những người cùng vai trò: each person stands once, in the first of his roles."""

    label: str
    rows: tuple[Attendance, ...]


def build(actor: Actor, conference: Conference) -> dict[str, Any]:
    """Everything the page of one conference shows."""
    detail = conference_detail(actor, conference)
    reads = org.in_scope(actor, Capability.READ, conference.organization_id)
    known = [row.person_id for row in detail.attendances]
    linked = org.people_visible_to(actor).filter(pk__in=known).values_list("pk", flat=True)
    return {
        "detail": detail,
        "conference": conference,
        "today": actor.today,
        "role_groups": role_groups(detail),
        "linked_people": set(linked),
        "papers": briefings.papers_of(actor, conference),
        "programme": programme(conference, list(detail.agenda), list(detail.papers)),
        "loose_papers": [paper for paper in detail.papers if paper.item_id is None],
        "is_ahead": conference.date_end >= actor.today,
        "leads": detail.may_edit or _leads(actor, detail),
        "is_invited": any(row.person_id == actor.person_id for row in detail.invited),
        "door": room_page.door(actor, conference),
        "keeps_attendance": detail.may_edit or _leads(actor, detail) or _serves(actor, detail),
        "is_listed": any(row.person_id == actor.person_id for row in detail.attendances),
        "readable_sources": {row.source_id for row in detail.sources},
        # The history names findings and texts that a guest, who only attended, may not see.
        "events": _history(conference) if reads else [],
    }


def _serves(actor: Actor, detail: ConferenceDetail) -> bool:
    """Whether the actor is head or technician of a site."""
    served = {person for site in detail.sites for person in (site.head_id, site.technician_id) if person}
    return actor.person_id in served


def _leads(actor: Actor, detail: ConferenceDetail) -> bool:
    led = detail.having_role(AttendanceRole.CHAIR, AttendanceRole.SECRETARY)
    return any(row.person_id == actor.person_id for row in led)


def _history(conference: Conference) -> list[Told]:
    told_of = events_of(conference).exclude(action__in=_TAPS)
    return [_deed(event) for event in told_of[:LATEST_EVENTS]]


def role_groups(detail: ConferenceDetail) -> list[RoleGroup]:
    """Có mặt, by role, in the order of the minutes."""
    first = {row.pk: _first_role(row) for row in detail.present}
    groups = [
        RoleGroup(str(role.label), tuple(row for row in detail.present if first[row.pk] == role))
        for role in AttendanceRole
    ]
    return [group for group in groups if group.rows]


def _first_role(row: Attendance) -> AttendanceRole:
    held = {one.role for one in row.roles.all()}
    return next((role for role in AttendanceRole if role in held), AttendanceRole.ATTEND)


def _deed(event: Event) -> Told:
    title, icon = _DEEDS.get(event.action, (event.action, "edit"))
    payload = getattr(event, "payload", None)
    return replace(
        told(event), title=str(title), icon=icon, body=_words(event.action, payload.facts if payload else {})
    )


def _words(action: str, facts: Mapping[str, Any]) -> str:
    """One line that says what the deed was about."""
    if action in {"conferences.invite", "conferences.send_invitations", "conferences.remind_invited"}:
        return str(_("%d người")) % len(facts.get("people") or [])
    if action == "conferences.contest_attendance":
        return f"{facts['person']['label']}: {facts['note']}"
    if action == "conferences.roll_call":
        came, left = len(facts.get("came") or []), len(facts.get("left") or [])
        return str(_("%(came)d người đến, %(left)d người về")) % {"came": came, "left": left}
    if action == "conferences.add_conclusions":
        return str(_("%d kết luận")) % len(facts.get("conclusions") or [])
    if action == "conferences.edit":
        return ", ".join(str(_FIELDS.get(name, name)) for name in facts.get("changed") or {})
    named = (
        facts.get(name) for name in ("person", "source", "finding", "site", "statement", "name", "number")
    )
    found = next((value for value in named if value), "")
    return str(found["label"] if isinstance(found, dict) else found)


_FIELDS = {
    "title": _("tên hội nghị"), "kind": _("loại"), "form": _("hình thức"), "date_start": _("ngày họp"),
    "date_end": _("ngày kết thúc"), "period": _("kỳ được đánh giá"), "place": _("địa điểm"),
    "starts_at": _("giờ khai mạc"), "ends_at": _("giờ kết thúc"),
}  # fmt: skip
