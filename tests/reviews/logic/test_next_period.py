"""Which programme a measure enters."""

from __future__ import annotations

import datetime as dt

import pytest

from soi.reviews.logic.next_period import programme_periods

DUE = dt.date(2022, 5, 31)


@pytest.mark.parametrize(
    ("period", "periods"),
    [
        ("2021", ("2022",)),
        ("2021-Q1", ("2021-Q2", "2021")),
        ("2021-Q4", ("2022-Q1", "2022")),
        ("2020-2025", ("2022",)),
        ("", ("2022",)),
    ],
)
def test_the_next_period(period: str, periods: tuple[str, ...]) -> None:
    assert programme_periods(period, DUE) == periods
