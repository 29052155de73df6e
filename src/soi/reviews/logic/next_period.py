"""Kỳ sau: which programme of work the measures of a review enter. Pure."""

from __future__ import annotations

import datetime as dt

from soi.base.quarters import days_of, is_quarter, is_year, quarter_of


def programme_periods(period: str, due_on: dt.date) -> tuple[str, ...]:
    """Kỳ của chương trình nhận biện pháp, the best fitting first.

    After a quarter the next quarter, then its year; after a year the next year; after any other review the year
    in which the measure is due.
    """
    if not (is_quarter(period) or is_year(period)):
        return (f"{due_on.year:04d}",)
    after = days_of(period).end
    year = f"{after.year:04d}" if after else period
    return (quarter_of(after), year) if after and is_quarter(period) else (year,)
