"""Đủ số: how many count, how many of them are there, at any moment and over all sites. Two queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from soi.conferences.enums import ConferenceKind, NotCounted, Presence
from soi.conferences.logic import presence
from soi.conferences.logic.presence import AtSite, Count, Ground, Invited, Period, Rule, Stay
from soi.conferences.models import Attendance, AttendanceSpan, Conference
from soi.org.enums import Classification

_GROUNDS = {
    NotCounted.TRANSFERRED: Ground.TRANSFERRED,
    NotCounted.SUSPENDED: Ground.SUSPENDED,
    NotCounted.EXEMPT: Ground.EXEMPT,
}


@dataclass(frozen=True, slots=True)
class Quorum:
    """Đủ số lúc đó. ``summoned``: official members invited; ``entitled``: of them, those that count by the rule."""

    at: dt.datetime
    rule: Rule
    summoned: int
    entitled: int
    voters: tuple[int, ...]  # the persons present who may vote
    by_site: Mapping[int | None, AtSite]
    left_out: Mapping[Ground, int]

    @property
    def present(self) -> int:
        """Of those who count, how many are there."""
        return len(self.voters)

    @property
    def everybody(self) -> int:
        """Guests as well."""
        return sum(site.present for site in self.by_site.values())

    @property
    def needed(self) -> int:
        return self.rule.needed(self.entitled)

    @property
    def reached(self) -> bool:
        return self.rule.reached(self.present, self.entitled)

    @property
    def share(self) -> Fraction | None:
        """Exact; none where nobody counts."""
        return Fraction(self.present, self.entitled) if self.entitled else None


def rule_for(conference: Conference) -> Rule:
    """Cách tính của hội nghị này: by its kind, and for a cell whatever it meets for."""
    if conference.kind == ConferenceKind.CONGRESS:
        return presence.CONGRESS
    is_cell = conference.organization.classification == Classification.PARTY_CELL
    return (
        presence.MEETING if is_cell or conference.kind == ConferenceKind.CELL_MEETING else presence.COMMITTEE
    )


def quorum(conference: Conference, at: dt.datetime) -> Quorum:
    """Tính đủ số lúc ``at``, from the intervals as they stand now."""
    invited, stays = _invited(conference), _stays(conference)
    rule = rule_for(conference)
    return _told(invited, presence.count(invited, stays, rule, at), rule, at)


def _told(invited: list[Invited], found: Count, rule: Rule, at: dt.datetime) -> Quorum:
    return Quorum(
        at=at,
        rule=rule,
        summoned=sum(one.entitled for one in invited),
        entitled=found.entitled,
        voters=found.voters,
        by_site=found.by_site,
        left_out=found.left_out,
    )


def lapses(conference: Conference, start: dt.datetime, end: dt.datetime) -> tuple[Period, ...]:
    """Các đoạn không đủ số, between two moments of the session."""
    return presence.lapses(_invited(conference), _stays(conference), rule_for(conference), (start, end))


def _invited(conference: Conference) -> list[Invited]:
    rows = Attendance.objects.filter(conference=conference).order_by("pk").values_list(
        "pk", "person_id", "presence", "reason", "invitation__is_entitled", "invitation__replacement_id",
        "counting_exception__ground",
    )  # fmt: skip
    found = list(rows)
    by_person = {row[1]: row[0] for row in found}
    return [
        Invited(pk, person, bool(entitled), _grounds(state, reason, ground), by_person.get(instead))
        for pk, person, state, reason, entitled, instead, ground in found
    ]


def _grounds(state: str, reason: str, ground: str | None) -> frozenset[Ground]:
    """A reason counts as accepted once the secretary has entered the absence; asking for leave is not enough."""
    accepted = {Ground.ACCEPTED} if state == Presence.ABSENT and reason else set()
    return frozenset(accepted | ({_GROUNDS[NotCounted(ground)]} if ground else set()))


def _stays(conference: Conference) -> list[Stay]:
    rows = AttendanceSpan.objects.filter(attendance__conference=conference).order_by("came_at", "pk")
    return [Stay(*row) for row in rows.values_list("attendance_id", "site_id", "came_at", "left_at")]
