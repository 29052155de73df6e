"""Lịch của đợt: the days proposed for the steps, and whether days that were given stand in order. Pure."""

from __future__ import annotations

import datetime as dt
import itertools
from calendar import monthrange
from collections.abc import Mapping, Sequence

# The steps in the order they are done, each so many days before (or after) the end of the period.
_YEARLY = {"prompt": -45, "draft": -35, "comment": -25, "conference": -15, "finalize": -8, "decide": 10}
_QUARTERLY = {"prompt": -20, "draft": -16, "comment": -12, "conference": -9, "finalize": -6, "decide": 0}
# Opened late, the first step still leaves so many days.
_TO_BEGIN = dt.timedelta(days=3)


def proposed(kind: str, end: dt.date, today: dt.date) -> dict[str, dt.date]:
    """Hạn đề xuất of every step; opened late, all of them move by as much as the first."""
    ahead = _QUARTERLY if kind == "quarter" else _YEARLY
    days = {step: end + dt.timedelta(days=number) for step, number in ahead.items()}
    late = today + _TO_BEGIN - days["prompt"]
    return {step: day + max(late, dt.timedelta()) for step, day in days.items()}


def months_before(day: dt.date, months: int) -> dt.date:
    """Ngày của mấy tháng trước; the last day of a shorter month where it has no such day."""
    count = day.year * 12 + day.month - 1 - months
    year, month = count // 12, count % 12 + 1
    return dt.date(year, month, min(day.day, monthrange(year, month)[1]))


def first_out_of_order(steps: Sequence[str], days: Mapping[str, dt.date]) -> tuple[str, str] | None:
    """Bước đầu tiên đến hạn trước bước đứng trước nó: the earlier step and this one; None where all follow."""
    given = [step for step in steps if step in days]
    for before, step in itertools.pairwise(given):
        if days[step] < days[before]:
            return before, step
    return None
