"""Đồng hồ của phiên họp: lengths of time, in numbers and in words. Pure."""

from __future__ import annotations

import datetime as dt

MINUTE = 60
LONGEST = 12 * 60  # minutes; a number typed by mistake is refused rather than counted down for days


def seconds_between(start: dt.datetime, end: dt.datetime) -> int:
    """Số giây, whole, never negative (clocks of two machines differ)."""
    return max(0, int((end - start).total_seconds()))


def words(seconds: int) -> str:
    """Bằng chữ: "45 giây", "4 phút 10 giây", "1 giờ 5 phút" (seconds do not matter beyond an hour)."""
    minutes, rest = divmod(max(0, seconds), MINUTE)
    hours, minutes_left = divmod(minutes, 60)
    if hours:
        return f"{hours} giờ {minutes_left} phút" if minutes_left else f"{hours} giờ"
    parts = ([f"{minutes} phút"] if minutes else []) + ([f"{rest} giây"] if rest else [])
    return " ".join(parts) or "0 giây"


def seconds_of(minutes: int | None) -> int | None:
    """Minutes as typed, in seconds; nothing stays nothing."""
    return None if minutes is None else minutes * MINUTE
