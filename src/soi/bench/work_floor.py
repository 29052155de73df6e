"""Sàn của bảng điều hành: one statement written by hand over the stored counts, and helpers beside it.

It gives what the board shows: each unit by area and standing, the body by quarter, what is overdue; but knows
nothing of rights, of changes not folded yet, and of trees that change.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from soi.base.actor import system_actor
from soi.base.quarters import days_of, quarter_of, quarters_between
from soi.org.models import Organization
from soi.work import rollup
from soi.work.board import Board, board
from soi.work.counting import plain
from soi.work.models import Task
from soi.work.rollup import Counted, note_changes

_SQL = """
WITH units AS (SELECT child_id AS id FROM org_organizationedge WHERE parent_id = %(body)s AND "end" IS NULL)
SELECT c.organization_id, o.name, '' AS quarter, area, standing, sum(n) FROM work_taskcount c
  JOIN org_organization o ON o.id = c.organization_id
  WHERE c.organization_id IN (SELECT id FROM units) AND quarter BETWEEN %(first)s AND %(last)s
  GROUP BY c.organization_id, o.name, area, standing
UNION ALL SELECT organization_id, '', quarter, area, standing, n FROM work_taskcount
  WHERE organization_id = %(body)s AND quarter BETWEEN %(trend)s AND %(last)s
UNION ALL SELECT organization_id, '', 'before', area, standing, sum(n) FROM work_taskcount
  WHERE (organization_id = %(body)s OR organization_id IN (SELECT id FROM units))
  AND standing = 'active' AND quarter < %(first)s GROUP BY organization_id, area, standing
UNION ALL SELECT organization_id, '', 'overdue', area, 'active', sum(n) FROM work_taskdue
  WHERE (organization_id = %(body)s OR organization_id IN (SELECT id FROM units))
  AND due_on >= %(start)s AND due_on < %(today)s GROUP BY organization_id, area
UNION ALL SELECT organization_id, '', 'own', area, standing, count(*) FROM work_task
  WHERE organization_id = %(body)s AND due_on >= %(start)s AND due_on < %(end)s
  GROUP BY organization_id, area, standing"""


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
            _SQL,
            {
                "body": body.pk, "first": this, "last": this, "trend": trend, "today": plain(today),
                "start": plain(period.start), "end": plain(period.end),
            },
        )  # fmt: skip
        rows: list[Any] = cursor.fetchall()
    return sum(int(row[5]) for row in rows if (row[0], row[2]) == (body.pk, this) and row[4] != "cancelled")


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
