from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soi.base import quarters

DAYS = st.dates(dt.date(1930, 1, 1), dt.date(2100, 12, 31))


@given(DAYS)
def test_a_day_lies_in_its_own_quarter_and_year(day: dt.date) -> None:
    key = quarters.quarter_of(day)
    assert quarters.is_quarter(key)
    assert day in quarters.days_of(key)
    assert day in quarters.days_of(quarters.year_of(key))


@given(DAYS, DAYS)
def test_quarters_between_two_days_follow_each_other_without_gap(one: dt.date, two: dt.date) -> None:
    first, last = sorted([one, two])
    keys = quarters.quarters_between(quarters.quarter_of(first), quarters.quarter_of(last))
    assert keys[0] == quarters.quarter_of(first)
    assert keys[-1] == quarters.quarter_of(last)
    for before, after in pairwise(keys):
        assert quarters.days_of(before).end == quarters.days_of(after).start
    years = quarters.years_between(keys[0], keys[-1])
    assert years == sorted({key[:4] for key in keys})


@pytest.mark.parametrize(
    ("day", "key", "name"),
    [
        (dt.date(2021, 1, 1), "2021-Q1", "Quý I/2021"),
        (dt.date(2021, 3, 31), "2021-Q1", "Quý I/2021"),
        (dt.date(2021, 4, 1), "2021-Q2", "Quý II/2021"),
        (dt.date(2021, 12, 31), "2021-Q4", "Quý IV/2021"),
    ],
)
def test_names(day: dt.date, key: str, name: str) -> None:
    assert quarters.quarter_of(day) == key
    assert quarters.label(key) == name


def test_later_first_gives_nothing_and_nonsense_is_refused() -> None:
    assert quarters.quarters_between("2022-Q1", "2021-Q4") == []
    assert quarters.label("2021") == "Năm 2021"
    odd = ["0٠٠٠", "1٠٢١-Q4", "2021-Q١", "2021-Q4\n", "2021\n", "0000", "0000-Q1", "9999", "9999-Q4"]
    for key in [*odd, "2021-Q5", "2021-Q0", "21-Q1", "2021-Q1 ", "2021'--", ""]:
        assert not quarters.is_quarter(key)
        assert not quarters.is_year(key)
    with pytest.raises(ValueError, match="not a quarter"):
        quarters.quarters_between("2021", "2021-Q4")
