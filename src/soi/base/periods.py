"""Khoảng thời gian: half-open periods of days. ``end`` is the first day that no longer belongs.

A post held from 01/01/2021 and handed over on 01/07/2021 has ``start=2021-01-01, end=2021-07-01``: on
1 July the new holder holds it, and no day belongs to both. ``None`` as end means "until further notice".
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """Khoảng thời gian [start, end): days from ``start`` up to, not including, ``end``."""

    start: dt.date
    end: dt.date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end <= self.start:
            raise ValueError(f"period ends {self.end} before it starts {self.start}")

    def __contains__(self, day: dt.date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)

    def overlaps(self, other: Period) -> bool:
        """Whether some day belongs to both."""
        return self.intersect(other) is not None

    def intersect(self, other: Period) -> Period | None:
        """The days that belong to both, or None."""
        start = max(self.start, other.start)
        end = _earlier(self.end, other.end)
        return Period(start, end) if end is None or start < end else None


def _earlier(one: dt.date | None, two: dt.date | None) -> dt.date | None:
    if one is None or two is None:
        return one or two
    return min(one, two)


def join_periods(periods: list[Period]) -> list[Period]:
    """Gộp: the same days as the given periods, without overlaps or seams, in order."""
    joined: list[Period] = []
    for period in sorted(periods, key=lambda p: p.start):
        last = joined[-1] if joined else None
        if last is None or (last.end is not None and last.end < period.start):
            joined.append(period)
        elif last.end is not None and (period.end is None or period.end > last.end):
            joined[-1] = Period(last.start, period.end)
    return joined
