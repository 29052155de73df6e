"""Lịch đề xuất: in order whenever it is asked, and never in the past."""

from __future__ import annotations

import datetime as dt

import pytest

from soi.reviews.logic.calendar import first_out_of_order, months_before, proposed

STEPS = ["prompt", "draft", "comment", "conference", "finalize", "decide"]
END = dt.date(2022, 1, 1)


@pytest.mark.parametrize("kind", ["quarter", "year", "term", "on_demand"])
@pytest.mark.parametrize("today", [dt.date(2021, 3, 1), dt.date(2021, 11, 30), dt.date(2022, 6, 1)])
def test_the_proposed_days_follow_each_other_and_leave_time_for_the_first(kind: str, today: dt.date) -> None:
    days = proposed(kind, END, today)
    assert list(days) == STEPS
    assert first_out_of_order(STEPS, days) is None
    assert days["prompt"] >= today + dt.timedelta(days=3)


def test_opened_in_time_the_year_is_finalized_before_it_ends() -> None:
    assert proposed("year", END, dt.date(2021, 6, 1))["finalize"] == dt.date(2021, 12, 24)


def test_the_first_step_that_comes_too_early_is_named_with_the_one_before_it() -> None:
    days = {"prompt": dt.date(2021, 12, 5), "finalize": dt.date(2021, 12, 1), "decide": dt.date(2021, 11, 1)}
    assert first_out_of_order(STEPS, days) == ("prompt", "finalize")
    assert first_out_of_order(STEPS, {"finalize": dt.date(2021, 12, 1)}) is None


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (dt.date(2021, 12, 1), 6, dt.date(2021, 6, 1)),
        (dt.date(2021, 8, 31), 6, dt.date(2021, 2, 28)),
        (dt.date(2024, 8, 31), 6, dt.date(2024, 2, 29)),
        (dt.date(2021, 3, 15), 3, dt.date(2020, 12, 15)),
    ],
)
def test_months_before_a_day(day: dt.date, months: int, before: dt.date) -> None:
    assert months_before(day, months) == before
