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
from soi.web.event_words import Told, told

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
    "conferences.attach_source": (_("Gắn văn bản nguồn"), "link"),
    "conferences.attach_finding": (_("Ghi nội dung đánh giá"), "register"),
}


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
        "readable_sources": {row.source_id for row in detail.sources},
        # The history names findings and texts that a guest, who only attended, may not see.
        "events": _history(conference) if reads else [],
    }


def _history(conference: Conference) -> list[Told]:
    return [_deed(event) for event in events_of(conference)[:LATEST_EVENTS]]


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
}  # fmt: skip
