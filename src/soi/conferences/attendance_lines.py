"""Danh sách điểm danh: each person invited with how they stand now, in three queries for one and for a thousand."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from soi.base.errors import NotFound
from soi.base.text import fold, search_terms
from soi.conferences.attending import UNDO_WITHIN
from soi.conferences.attending_rights import Reach, seat_of
from soi.conferences.enums import AttendanceRole, Presence, Reply, Way
from soi.conferences.logic.presence import Period, Stay, unbroken
from soi.conferences.models import (
    Attendance,
    AttendanceRoleHeld,
    AttendanceSpan,
    Conference,
    Floor,
    Invitation,
    Site,
)
from soi.history.queries import events_of


class Standing(StrEnum):
    """Tình trạng lúc này."""

    EXPECTED = "expected"
    PRESENT = "present"
    LEFT = "left"
    ABSENT = "absent"


@dataclass(frozen=True)
class Line:
    """Một người: the row, where they sit, their intervals in order, and how they stand."""

    row: Attendance
    site: Site | None
    spans: tuple[AttendanceSpan, ...]
    standing: Standing
    now: dt.datetime

    @property
    def last(self) -> AttendanceSpan | None:
        return self.spans[-1] if self.spans else None

    @property
    def invitation(self) -> Invitation | None:
        return getattr(self.row, "invitation", None)

    @property
    def is_entitled(self) -> bool:
        return bool(self.invitation and self.invitation.is_entitled)

    @property
    def stand_in(self) -> str:
        """Người dự thay, once somebody is named."""
        invitation = self.invitation
        return str(invitation.replacement) if invitation and invitation.replacement else ""

    @property
    def is_replaced(self) -> bool:
        return bool(self.invitation and self.invitation.reply == Reply.REPLACED and self.stand_in)

    @property
    def asked_leave(self) -> str:
        """Lý do xin vắng as replied, which nobody has accepted yet."""
        invitation = self.invitation
        return invitation.reason if invitation and invitation.reply == Reply.ABSENT else ""

    @property
    def counting_case(self) -> str:
        case = getattr(self.row, "counting_exception", None)
        return str(case.get_ground_display()) if case else ""

    @property
    def usual_way(self) -> Way:
        """How they said they would attend."""
        online = self.invitation and self.invitation.reply == Reply.ONLINE
        return Way.ONLINE if online else Way.IN_PERSON

    @property
    def may_undo(self) -> bool:
        last = self.last
        return last is not None and self.now - (last.left_at or last.came_at) <= UNDO_WITHIN

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """Unbroken, whatever the site."""
        stays = (Stay(self.row.pk, one.site_id, one.came_at, one.left_at) for one in self.spans)
        return unbroken(stays)


def lines(conference: Conference, now: dt.datetime) -> list[Line]:
    """Mọi người trong danh sách, in the order of the record."""
    rows = Attendance.objects.filter(conference=conference).select_related(
        "person", "invitation", "invitation__replacement", "counting_exception"
    )
    sites = {site.pk: site for site in Site.objects.filter(conference=conference)}
    spans = _spans(conference)
    return [_line(row, spans[row.pk], sites, now) for row in rows.order_by("order", "pk")]


def _spans(conference: Conference) -> dict[int, list[AttendanceSpan]]:
    found: defaultdict[int, list[AttendanceSpan]] = defaultdict(list)
    rows = AttendanceSpan.objects.filter(attendance__conference=conference).order_by("came_at", "pk")
    for span in rows:
        found[span.attendance_id].append(span)
    return found


def _line(row: Attendance, spans: list[AttendanceSpan], sites: dict[int, Site], now: dt.datetime) -> Line:
    row.site = sites.get(row.site_id or 0)
    for span in spans:
        span.site = sites.get(span.site_id or 0)
    return Line(row, sites.get(seat_of(row) or 0), tuple(spans), _standing(row, spans), now)


def _standing(row: Attendance, spans: Sequence[AttendanceSpan]) -> Standing:
    if spans:
        return Standing.PRESENT if spans[-1].left_at is None else Standing.LEFT
    return Standing.ABSENT if row.presence == Presence.ABSENT else Standing.EXPECTED


def sites_of(conference: Conference) -> list[Site]:
    """Các điểm cầu, the main one first."""
    return list(Site.objects.filter(conference=conference))


def site_of(conference: Conference, pk: int) -> Site:
    """Một điểm cầu của hội nghị này; NotFound for any other."""
    site = Site.objects.filter(conference=conference, pk=pk).first()
    if site is None:
        raise NotFound("Không tìm thấy điểm cầu này.")
    return site


@dataclass(frozen=True, slots=True)
class Contested:
    """Điều một người báo là chưa đúng trong điểm danh của mình."""

    person_id: int
    name: str
    at: dt.datetime
    note: str


def contested(conference: Conference) -> list[Contested]:
    """Các điều đã báo, newest first; for the secretary only."""
    told = events_of(conference).filter(action="conferences.contest_attendance")
    return [
        Contested(facts["person"]["id"], facts["person"]["label"], event.at, facts["note"])
        for event in told
        if (payload := getattr(event, "payload", None)) and (facts := payload.facts)
    ]


def session_of(conference: Conference) -> tuple[dt.datetime | None, dt.datetime | None]:
    """Khai mạc và bế mạc lúc nào, as far as they have been."""
    found = Floor.objects.filter(conference=conference).values_list("opened_at", "closed_at").first()
    return found or (None, None)


def leaders_of(conference: Conference) -> dict[AttendanceRole, Attendance]:
    """Chủ trì và thư ký, the first of each."""
    held = AttendanceRoleHeld.objects.filter(
        attendance__conference=conference, role__in=(AttendanceRole.CHAIR, AttendanceRole.SECRETARY)
    ).select_related("attendance__person")
    rows = held.order_by("-attendance__order", "-attendance__pk")
    return {AttendanceRole(one.role): one.attendance for one in rows}


def within(found: Iterable[Line], reach: Reach, site_id: int | None = None) -> list[Line]:
    """Những người mà phạm vi này điểm danh; with a site, only of that site."""
    return [
        line
        for line in found
        if reach.marks(line.row) and (site_id is None or (line.site is not None and line.site.pk == site_id))
    ]


def named(found: Iterable[Line], query: str) -> list[Line]:
    """Tìm: every word of the query, with or without marks, in the name, the rank or the posts."""
    terms = [fold(term) for term in search_terms(query)]
    return [line for line in found if all(term in _key(line) for term in terms)]


def _key(line: Line) -> str:
    return fold(f"{line.row.person.name} {line.row.rank} {line.row.posts}")


def row_of(conference: Conference, pk: int) -> Attendance:
    """Một dòng của danh sách; NotFound where it is of another conference."""
    row = Attendance.objects.filter(conference=conference, pk=pk).first()
    if row is None:
        raise NotFound("Không tìm thấy người này trong danh sách dự.")
    row.conference = conference
    return row
