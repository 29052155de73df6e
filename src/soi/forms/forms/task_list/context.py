"""Danh sách nhiệm vụ: everything the list needs, as plain values. The programme prints the same lines."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLine:
    """Một nhiệm vụ. Words (``area``, ``standing``, ``late_cause``) are as printed; the caller judges ``overdue``
    for the day that the list is of."""

    code: str
    statement: str
    deliverable: str
    area: str
    post: str
    body: str
    contributors: tuple[str, ...] = ()
    start: dt.date
    due: dt.date
    target: Decimal | None = None
    unit: str = ""
    weight: int = 1
    holder: str = ""
    assigned_by: str = ""
    programme: str = ""
    standing: str
    overdue: bool = False
    percent: int = 0
    value: Decimal | None = None
    reported_on: dt.date | None = None
    late_cause: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskListContext:
    """Danh sách: ``filters`` is what was chosen on the page ("Lĩnh vực: Dân vận"), so that a part is never taken
    for the whole; ``as_of`` the day for which "overdue" is told."""

    as_of: dt.date
    tasks: tuple[TaskLine, ...]
    filters: tuple[str, ...] = ()
