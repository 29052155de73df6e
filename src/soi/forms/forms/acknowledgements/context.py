"""Bảng theo dõi một văn bản: every body bound by it, by branch, and what each has done by a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class StepCell:
    """Một việc của một nơi nhận: the printed word, the day it was done, the day by which it is asked."""

    standing: str
    done_on: dt.date | None = None
    due_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddresseeLine:
    """Một nơi nhận; ``level`` 1 stands directly below the issuer. Steps in their order: xác nhận, quán triệt,
    cụ thể hóa."""

    level: int
    body: str
    above: str
    paper: str
    acknowledged: StepCell
    studied: StepCell
    elaborated: StepCell
    forms: tuple[str, ...] = ()
    expected: int | None = None
    attended: int | None = None
    elaborations: tuple[str, ...] = ()
    days_late: int = 0
    reminders: int = 0
    reminded_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgementsContext:
    """Bảng theo dõi: the paper, who issued it, the day for which everything is told."""

    title: str
    issuer: str
    as_of: dt.date
    lines: tuple[AddresseeLine, ...]
    figures: tuple[str, ...] = ()
