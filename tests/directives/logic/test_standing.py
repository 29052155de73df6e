"""Mức thực hiện: the day before, the day itself and the day after."""

from __future__ import annotations

import datetime as dt

import pytest

from soi.directives.enums import Standing
from soi.directives.logic.standing import days_late, standing

DUE = dt.date(2021, 11, 10)
BEFORE, AFTER = DUE - dt.timedelta(days=1), DUE + dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("done_on", "as_of", "expected"),
    [
        (None, BEFORE, Standing.PENDING),
        (None, DUE, Standing.PENDING),
        (None, AFTER, Standing.OVERDUE),
        (DUE, DUE, Standing.DONE),
        (DUE, AFTER, Standing.DONE),
        (AFTER, AFTER, Standing.DONE_LATE),
        # what comes later is not known yet
        (AFTER, DUE, Standing.PENDING),
        (AFTER + dt.timedelta(days=1), AFTER, Standing.OVERDUE),
    ],
)
def test_as_of_a_day(done_on: dt.date | None, as_of: dt.date, expected: Standing) -> None:
    assert standing(done_on, DUE, as_of) == expected


def test_without_a_date_only_what_is_always_asked_waits() -> None:
    assert standing(None, None, AFTER) == Standing.NOT_ASKED
    assert standing(None, None, AFTER, always=True) == Standing.PENDING
    assert standing(DUE, None, AFTER) == Standing.DONE
    assert standing(AFTER, None, DUE) == Standing.NOT_ASKED


@pytest.mark.parametrize(
    ("ended_on", "as_of", "expected"),
    [
        (DUE, AFTER, Standing.NOT_ASKED),  # ended while there was still time
        (AFTER, AFTER, Standing.OVERDUE),  # late by the time it ended
        (AFTER + dt.timedelta(days=5), AFTER, Standing.OVERDUE),  # not ended yet
        (BEFORE, BEFORE, Standing.NOT_ASKED),
    ],
)
def test_an_ended_paper(ended_on: dt.date, as_of: dt.date, expected: Standing) -> None:
    assert standing(None, DUE, as_of, ended_on=ended_on) == expected
    assert standing(None, None, as_of, ended_on=ended_on, always=True) in {
        Standing.NOT_ASKED,
        Standing.PENDING,
    }


def test_how_long_late() -> None:
    assert [days_late(DUE, day) for day in (BEFORE, DUE, AFTER)] == [0, 0, 1]
    assert days_late(None, AFTER) == 0
    assert days_late(DUE, DUE + dt.timedelta(days=30), ended_on=AFTER) == 1
