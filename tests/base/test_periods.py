"""Half-open periods against a slow oracle that counts days one by one."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soi.base.periods import Period, join_periods

FIRST = dt.date(2020, 1, 1)
DAYS = [FIRST + dt.timedelta(days=number) for number in range(40)]


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start = draw(st.integers(0, 30))
    length = draw(st.one_of(st.none(), st.integers(1, 9)))
    return Period(DAYS[start], None if length is None else DAYS[start + length])


def days_of(period: Period | None) -> set[dt.date]:
    if period is None:
        return set()
    return {day for day in DAYS if period.start <= day and (period.end is None or day < period.end)}


def test_a_period_holds_its_first_day_and_not_its_end() -> None:
    held = Period(dt.date(2021, 1, 1), dt.date(2021, 7, 1))
    assert dt.date(2021, 1, 1) in held
    assert dt.date(2021, 6, 30) in held
    assert dt.date(2021, 7, 1) not in held
    assert dt.date(2100, 1, 1) in Period(dt.date(2021, 1, 1))


@pytest.mark.parametrize("end", [FIRST, FIRST - dt.timedelta(days=1)])
def test_a_period_must_hold_a_day(end: dt.date) -> None:
    with pytest.raises(ValueError, match="ends"):
        Period(FIRST, end)


@given(periods(), periods())
def test_intersection_is_the_days_of_both(one: Period, other: Period) -> None:
    shared = days_of(one) & days_of(other)
    assert days_of(one.intersect(other)) == shared
    assert one.overlaps(other) is bool(shared)
    assert one.intersect(other) == other.intersect(one)


@given(st.lists(periods(), max_size=6))
def test_joining_keeps_the_days_and_leaves_gaps_between(given_periods: list[Period]) -> None:
    joined = join_periods(given_periods)
    assert set().union(*map(days_of, joined)) == set().union(*map(days_of, given_periods))
    for earlier, later in pairwise(joined):
        assert earlier.end is not None
        assert earlier.end < later.start
    assert join_periods(joined) == joined
