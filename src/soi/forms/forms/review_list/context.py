"""Danh sách kiểm điểm: everything the table needs, as plain values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLine:
    """Một dòng; ``person`` empty for a collective. Words (``group``, ``state``, ``reason``) are as printed."""

    body: str
    person: str = ""
    post: str = ""
    group: str
    state: str
    reason: str = ""
    reminded_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewListContext:
    """Danh sách: ``filters`` is what was chosen on the page, so that a part is never taken for the whole.

    ``listed`` = ``reviewed`` + ``exempt`` + those left, of the whole part of the tree; ``unlisted`` stand outside.
    """

    cycle: str
    opened_by: str
    listed_on: dt.date
    as_of: dt.date
    rules: str
    lines: tuple[ReviewLine, ...]
    filters: tuple[str, ...] = ()
    listed: int
    reviewed: int
    exempt: int
    unlisted: int
