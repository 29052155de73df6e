"""Lịch của dữ liệu mẫu: days counted backwards from the day of loading. Pure."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
# Two years of conferences, and a month before them to settle in.
MONTHS = 25
# The commune of the second tree was formed on 01/07/2025; its first half-year must have passed.
EARLIEST = dt.date(2026, 1, 1)


def months_before(today: dt.date, months: int) -> dt.date:
    """Ngày đầu tháng, so many months before the month of ``today``."""
    count = today.year * 12 + today.month - 1 - months
    return dt.date(count // 12, count % 12 + 1, 1)


def opening(today: dt.date) -> dt.date:
    """Ngày bắt đầu dùng: the day on which the sample installation was set up."""
    return months_before(today, MONTHS)


def at(day: dt.date, hour: int = 8, minute: int = 0) -> dt.datetime:
    """Một giờ trong ngày, Hanoi time."""
    return dt.datetime.combine(day, dt.time(hour, minute), HANOI)


def workday(day: dt.date) -> dt.date:
    """Ngày làm việc: that day, or the Monday after where it falls on a weekend."""
    return day + dt.timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def months_between(first: dt.date, last: dt.date) -> list[dt.date]:
    """Ngày đầu của mỗi tháng from the month of ``first`` to that of ``last``."""
    count = (last.year - first.year) * 12 + last.month - first.month
    return [months_before(last, months) for months in range(count, -1, -1)]
