"""Sàn của bảng điều hành: one statement written by hand over the stored counts, and helpers beside it.

It gives what the board shows: each unit by area and standing, the body by quarter, what is overdue; but knows
nothing of rights, of changes not folded yet, and of trees that change.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from soi.base.actor import system_actor
from soi.base.quarters import days_of, quarter_of, quarters_between
from soi.org.models import Organization, OrganizationEdge
from soi.work import rollup
from soi.work.board import Board, board
from soi.work.counting import plain
from soi.work.enums import Standing
from soi.work.models import Task
from soi.work.rollup import Counted, note_changes

_SQL = """
SELECT organization_id, '' AS quarter, area, standing, sum(n) FROM work_taskcount
  WHERE organization_id IN ({units}) AND standing IN ({every}) AND quarter BETWEEN %(first)s AND %(last)s
  GROUP BY organization_id, area, standing
UNION ALL SELECT organization_id, quarter, area, standing, n FROM work_taskcount
  WHERE organization_id = %(body)s AND standing IN ({every}) AND quarter BETWEEN %(trend)s AND %(last)s
UNION ALL SELECT organization_id, 'before', area, standing, sum(n) FROM work_taskcount
  WHERE organization_id IN (%(body)s, {units}) AND standing = 'active' AND quarter < %(first)s
  GROUP BY organization_id, area, standing
UNION ALL SELECT organization_id, 'overdue', area, 'active', sum(n) FROM work_taskdue
  WHERE organization_id IN (%(body)s, {units}) AND due_on >= %(start)s AND due_on < %(today)s
  GROUP BY organization_id, area
UNION ALL SELECT -organization_id, 'own', area, standing, count(*) FROM work_task
  WHERE organization_id = %(body)s AND due_on >= %(start)s AND due_on < %(end)s
  GROUP BY organization_id, area, standing"""


@cache
def _statement(body: int) -> str:
    """The units are known beforehand, as the names of the rows would be."""
    units = OrganizationEdge.objects.filter(parent_id=body, end=None).values_list("child_id", flat=True)
    every = ", ".join(f"'{standing}'" for standing in Standing.values)
    return _SQL.format(units=", ".join(map(str, units)), every=every)


def _span() -> tuple[dt.date, str, str]:
    """Today, its quarter, and the quarter two years of trend begin with."""
    today = timezone.localdate()
    this = quarter_of(today)
    return today, this, quarters_between(f"{today.year - 2}-Q1", this)[-8]


def by_board(body: Organization) -> Board:
    """The same figures as the page asks for them."""
    today, this, trend = _span()
    actor = system_actor("Đo tốc độ", today=today)
    return board(actor, body, first=this, last=this, today=today, trend_first=trend)


def by_sql(body: Organization) -> int:
    """Sàn; returns how many tasks of this quarter stand below the body, cancelled ones left out."""
    today, this, trend = _span()
    period = days_of(this)
    with connection.cursor() as cursor:
        cursor.execute(
            _statement(body.pk),
            {
                "body": body.pk, "first": this, "last": this, "trend": trend, "today": plain(today),
                "start": plain(period.start), "end": plain(period.end),
            },
        )  # fmt: skip
        rows: list[Any] = cursor.fetchall()
    mine = [row for row in rows if (row[0], row[1]) == (body.pk, this) and row[3] != "cancelled"]
    return sum(int(row[4]) for row in mine)


def total_of(shown: Board) -> int:
    """What the board says of the same tasks."""
    return shown.total.total


def fold_all() -> None:
    """As the housekeeping of the server does every second."""
    rollup.fold(now=timezone.now())


@transaction.atomic
def append_deltas(tasks: int) -> None:
    """As many tasks move by ten days: two changes to be folded for each."""
    moved = list(
        Task.objects.filter(standing="active", due_on__gt=timezone.localdate()).order_by("-pk")[:tasks]
    )
    changes = []
    for task in moved:
        before = Counted.of(task)
        task.due_on += dt.timedelta(days=10)
        changes.append((before, Counted.of(task)))
    Task.objects.bulk_update(moved, ["due_on"], batch_size=500)
    note_changes(changes)
