"""Có mặt và đủ số: who is there at a moment, how many count, and whether that is enough. Exact, without Django.

What counts as the whole is data (Quy định 294-QĐ/TW, điểm 9.3): for each kind of meeting, which members are
left out of the total and when. What the rules do not say is not guessed: whoever is not left out counts.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction


class Ground(Enum):
    """Lý do có thể không tính vào tổng số. The last two follow from what happened, nobody enters them."""

    TRANSFERRED = "transferred"
    SUSPENDED = "suspended"
    EXEMPT = "exempt"
    ACCEPTED = "accepted"  # away with a reason that was accepted
    AWAY = "away"  # away, for whatever reason, and nobody in the place


class When(Enum):
    """Khi nào thì không tính."""

    ALWAYS = "always"
    WHILE_ABSENT = "while_absent"
    NEVER_CAME = "never_came"


@dataclass(frozen=True, slots=True)
class Rule:
    """Cách tính: who is left out and when, and what share of the rest must be there."""

    key: str
    leaves_out: Mapping[Ground, When]
    share: Fraction
    strictly: bool  # more than the share, not just as much
    substitutes_vote: bool = False

    def needed(self, entitled: int) -> int:
        """Cần ít nhất bao nhiêu người."""
        exact = self.share * entitled
        return math.floor(exact) + 1 if self.strictly else math.ceil(exact)

    def reached(self, present: int, entitled: int) -> bool:
        """Đủ số hay chưa; where nobody is entitled there is nothing to decide."""
        return entitled > 0 and present >= self.needed(entitled)


_HALF, _TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)

# Ban chấp hành, ban thường vụ, ủy ban kiểm tra; also every other meeting whose rule is not written down.
COMMITTEE = Rule(
    "committee",
    {Ground.SUSPENDED: When.ALWAYS, Ground.TRANSFERRED: When.WHILE_ABSENT},
    _HALF,
    strictly=True,
)
# Hội nghị đảng viên, chi bộ.
MEETING = Rule(
    "meeting",
    {
        Ground.SUSPENDED: When.ALWAYS,
        Ground.TRANSFERRED: When.ALWAYS,
        Ground.EXEMPT: When.WHILE_ABSENT,
        Ground.ACCEPTED: When.NEVER_CAME,
    },
    _HALF,
    strictly=True,
)
# Đại hội đại biểu; two thirds of those summoned: Điều lệ Đảng, Điều 11.
CONGRESS = Rule(
    "congress",
    {Ground.SUSPENDED: When.ALWAYS, Ground.AWAY: When.NEVER_CAME},
    _TWO_THIRDS,
    strictly=False,
    substitutes_vote=True,
)
RULES = {rule.key: rule for rule in (COMMITTEE, MEETING, CONGRESS)}


@dataclass(frozen=True, slots=True)
class Stay:
    """Khoảng có mặt [start, end) of one row of attendance; without an end, still there."""

    row: int
    site: int | None
    start: dt.datetime
    end: dt.datetime | None

    def covers(self, at: dt.datetime) -> bool:
        return self.start <= at and (self.end is None or at < self.end)


@dataclass(frozen=True, slots=True)
class Invited:
    """Người được mời: what decides whether they count. ``substitute`` is the row of who came in their place."""

    row: int
    person: int
    entitled: bool
    grounds: frozenset[Ground] = frozenset()
    substitute: int | None = None


@dataclass(frozen=True, slots=True)
class AtSite:
    """Tại một điểm cầu: everybody there, and those of them who count."""

    present: int = 0
    entitled: int = 0


@dataclass(frozen=True, slots=True)
class Count:
    """Số người lúc đó. ``voters`` are the persons who may vote now; ``left_out`` says how many do not count, by why."""

    entitled: int
    voters: tuple[int, ...]
    by_site: Mapping[int | None, AtSite]
    left_out: Mapping[Ground, int] = field(default_factory=dict)


def there_at(stays: Iterable[Stay], at: dt.datetime) -> dict[int, Stay]:
    """Ai có mặt lúc đó: the stay of each row that covers the moment."""
    return {stay.row: stay for stay in stays if stay.covers(at)}


def come_by(stays: Iterable[Stay], at: dt.datetime) -> set[int]:
    """Ai đã từng đến tính tới lúc đó. What happens later does not change what held at the moment."""
    return {stay.row for stay in stays if stay.start <= at}


def count(invited: Sequence[Invited], stays: Collection[Stay], rule: Rule, at: dt.datetime) -> Count:
    """Tính lúc ``at``: the total by the rule, and who of it is there, over all sites."""
    there, came = there_at(stays, at), come_by(stays, at)
    persons = {one.row: one.person for one in invited}
    entitled, voting, left_out = 0, {}, Counter[Ground]()
    for one in invited:
        if not one.entitled:
            continue
        rows = _seat(one, rule)
        ground = _left_out(
            one, rule, present=any(r in there for r in rows), came=any(r in came for r in rows)
        )
        if ground is not None:
            left_out[ground] += 1
            continue
        entitled += 1
        # One seat is one vote, though both the member and the substitute sit in the hall.
        sitting = next((row for row in rows if row in there and row not in voting), None)
        if sitting is not None:
            voting[sitting] = persons.get(sitting, one.person)
    return Count(entitled, tuple(sorted(voting.values())), _by_site(there, voting), dict(left_out))


def _seat(one: Invited, rule: Rule) -> tuple[int, ...]:
    """Rows that may fill the seat: the member's, or where the rule lets a substitute vote, also the substitute's."""
    if rule.substitutes_vote and one.substitute is not None:
        return one.row, one.substitute
    return (one.row,)


def _left_out(one: Invited, rule: Rule, *, present: bool, came: bool) -> Ground | None:
    holds = {When.ALWAYS: True, When.WHILE_ABSENT: not present, When.NEVER_CAME: not came}
    for ground, when in rule.leaves_out.items():
        if (ground is Ground.AWAY or ground in one.grounds) and holds[when]:
            return ground
    return None


def _by_site(there: Mapping[int, Stay], voting: Collection[int]) -> dict[int | None, AtSite]:
    everybody = Counter(stay.site for stay in there.values())
    counted = Counter(stay.site for row, stay in there.items() if row in voting)
    return {site: AtSite(number, counted[site]) for site, number in everybody.items()}


@dataclass(frozen=True, slots=True)
class Period:
    """Một đoạn liền [start, end): changes of site do not break it."""

    start: dt.datetime
    end: dt.datetime | None


def unbroken(stays: Iterable[Stay]) -> tuple[Period, ...]:
    """Các đoạn có mặt liền nhau of one row, in order: what the minutes and the sheet say."""
    periods: list[Period] = []
    for stay in sorted(stays, key=lambda one: one.start):
        last = periods[-1] if periods else None
        if last and (last.end is None or stay.start <= last.end):
            end = None if last.end is None or stay.end is None else max(last.end, stay.end)
            periods[-1] = Period(last.start, end)
        else:
            periods.append(Period(stay.start, stay.end))
    return tuple(periods)


def lapses(
    invited: Sequence[Invited],
    stays: Collection[Stay],
    rule: Rule,
    between: tuple[dt.datetime, dt.datetime],
) -> tuple[Period, ...]:
    """Các đoạn không đủ số trong phiên họp: nothing changes but where somebody comes or goes."""
    first, last = between
    turns = {first} | {stay.start for stay in stays} | {stay.end for stay in stays if stay.end}
    moments = sorted(turn for turn in turns if first <= turn < last)
    short: list[Period] = []
    for start, end in zip(moments, [*moments[1:], last], strict=True):
        found = count(invited, stays, rule, start)
        if rule.reached(len(found.voters), found.entitled):
            continue
        if short and short[-1].end == start:
            short[-1] = Period(short[-1].start, end)
        else:
            short.append(Period(start, end))
    return tuple(short)
