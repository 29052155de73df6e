"""Chương trình công tác: its title, body, period, and its tasks as they stand on a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from soi.forms.forms.task_list.context import TaskLine


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeContext:
    """Chương trình; ``period`` as printed ("năm 2021")."""

    title: str
    body: str
    period: str
    as_of: dt.date
    tasks: tuple[TaskLine, ...]
