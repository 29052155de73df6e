"""Giờ giấc của chương trình: numbers, clock times, the sum of minutes and by how much it runs over."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Slot:
    """Một nội dung: ``parent`` is the key of the one it stands under; siblings go by ``order``."""

    key: int
    parent: int | None
    order: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Timed:
    """Nội dung đã có số và giờ. Clock times are missing where no start is known, or past midnight."""

    key: int
    number: str
    minutes: int
    starts: dt.time | None
    ends: dt.time | None
    is_first: bool
    is_last: bool


def timed(slots: Sequence[Slot], starts_at: dt.time | None) -> list[Timed]:
    """Chương trình theo thứ tự đọc. What stands under another takes its time from within it."""
    below = _by_parent(slots)
    rows: list[Timed] = []

    def walk(parent: int | None, prefix: str, at: int) -> None:
        siblings = below[parent]
        for index, slot in enumerate(siblings, start=1):
            minutes = _minutes(slot, below)
            rows.append(
                Timed(
                    key=slot.key,
                    number=f"{prefix}{index}",
                    minutes=minutes,
                    starts=clock(starts_at, at),
                    ends=clock(starts_at, at + minutes),
                    is_first=index == 1,
                    is_last=index == len(siblings),
                )
            )
            walk(slot.key, f"{prefix}{index}.", at)
            at += minutes

    walk(None, "", 0)
    return rows


def clock(starts_at: dt.time | None, after: int) -> dt.time | None:
    """Giờ trên đồng hồ so many minutes later; None when that is another day."""
    if starts_at is None:
        return None
    minutes = starts_at.hour * 60 + starts_at.minute + after
    return dt.time(minutes // 60, minutes % 60) if minutes < _DAY else None


def total(slots: Sequence[Slot]) -> int:
    """Tổng số phút của chương trình."""
    below = _by_parent(slots)
    return sum(_minutes(slot, below) for slot in below[None])


def fitted(minutes: Sequence[int], planned_minutes: int | None) -> list[int]:
    """Chia lại số phút cho vừa giờ: the same shares of fewer minutes, each at least one; as they are if they fit."""
    whole = sum(minutes)
    if planned_minutes is None or whole <= planned_minutes or planned_minutes < len(minutes):
        return list(minutes)
    shares = [max(1, one * planned_minutes // whole) for one in minutes]
    # Rounded: what is left goes to the longest, what is too much comes from them.
    while sum(shares) != planned_minutes:
        shares[shares.index(max(shares))] += 1 if sum(shares) < planned_minutes else -1
    return shares


def planned(starts_at: dt.time | None, ends_at: dt.time | None, days: int = 1) -> int | None:
    """Số phút dự kiến, of one day; None where it is not known or lasts several days."""
    if starts_at is None or ends_at is None or days != 1:
        return None
    return (ends_at.hour - starts_at.hour) * 60 + ends_at.minute - starts_at.minute


def _by_parent(slots: Sequence[Slot]) -> defaultdict[int | None, list[Slot]]:
    below: defaultdict[int | None, list[Slot]] = defaultdict(list)
    for slot in sorted(slots, key=lambda one: (one.order, one.key)):
        below[slot.parent].append(slot)
    return below


def _minutes(slot: Slot, below: defaultdict[int | None, list[Slot]]) -> int:
    """Số phút: of the parts, where there are any."""
    parts = below.get(slot.key)
    return sum(_minutes(part, below) for part in parts) if parts else slot.minutes
