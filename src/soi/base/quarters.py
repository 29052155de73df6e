"""Quý: keys such as "2021-Q4" and "2021", their order, their names, and the days they hold. Pure."""

from __future__ import annotations

import datetime as dt
import re

from soi.base.periods import Period

# The calendar has no year 0, and 9999 has no first day after it.
_IN_CALENDAR = r"(?!0000|9999)([0-9]{4})"
_QUARTER = re.compile(rf"{_IN_CALENDAR}-Q([1-4])")
_YEAR = re.compile(_IN_CALENDAR)
_ROMAN = ("I", "II", "III", "IV")


def quarter_of(day: dt.date) -> str:
    """Quý của một ngày: 2021-11-22 → "2021-Q4"."""
    return f"{day.year:04d}-Q{(day.month + 2) // 3}"


def is_quarter(key: str) -> bool:
    """Whether the key names a quarter."""
    return _QUARTER.fullmatch(key) is not None


def is_year(key: str) -> bool:
    """Whether the key names a year."""
    return _YEAR.fullmatch(key) is not None


def year_of(quarter: str) -> str:
    """Năm của một quý: "2021-Q4" → "2021"."""
    return quarter[:4]


def quarters_between(first: str, last: str) -> list[str]:
    """Các quý liền nhau from ``first`` to ``last``, both included; none when ``first`` is the later one."""
    start, end = _ordinal(first), _ordinal(last)
    return [f"{number // 4:04d}-Q{number % 4 + 1}" for number in range(start, end + 1)]


def years_between(first: str, last: str) -> list[str]:
    """Các năm liền nhau, both included; keys of quarters count as their years."""
    return [f"{year:04d}" for year in range(int(first[:4]), int(last[:4]) + 1)]


def label(key: str) -> str:
    """Tên kỳ: "2021-Q4" → "Quý IV/2021", "2021" → "Năm 2021"."""
    match = _QUARTER.fullmatch(key)
    return f"Quý {_ROMAN[int(match[2]) - 1]}/{match[1]}" if match else f"Năm {key}"


def days_of(key: str) -> Period:
    """Các ngày của kỳ, half-open. ValueError for a key that names neither a quarter nor a year."""
    match = _QUARTER.fullmatch(key)
    if match is None:
        year = int(key)
        return Period(dt.date(year, 1, 1), dt.date(year + 1, 1, 1))
    year, quarter = int(match[1]), int(match[2])
    end = dt.date(year + 1, 1, 1) if quarter == 4 else dt.date(year, quarter * 3 + 1, 1)
    return Period(dt.date(year, quarter * 3 - 2, 1), end)


def _ordinal(quarter: str) -> int:
    match = _QUARTER.fullmatch(quarter)
    if match is None:
        raise ValueError(f"not a quarter: {quarter!r}")
    return int(match[1]) * 4 + int(match[2]) - 1
