"""Phần chung của các trang: a number that opens its records, a choice of a filter, something to do now."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tile:
    """Số liệu trên đầu trang; the number opens its records."""

    number: int | str
    label: str
    url: str
    note: str = ""
    alert: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """Một lựa chọn trong ô lọc: a period, a way of looking, a body."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Act:
    """Một việc làm được ngay."""

    url: str
    label: str
    icon: str
