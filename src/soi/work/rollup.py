"""Cộng số liệu lên các cấp: appended changes, folded into stored counts of every body and all below it.

A change of a task appends rows of its own in its own transaction, so no two writers meet. One folder at a
time adds them to the stored counts along the tree of the day. What is shown is always stored counts plus
changes not folded yet, read in one statement (:mod:`soi.work.board`).

The tree changes by date. ``TreeStamp`` says along which tree the counts were added up; when today's is another
one, the next fold works them out anew from the tasks, and until then nobody uses them.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils import timezone

from soi.base.locks import Alone, hold_alone, take_alone
from soi.base.models import held_on
from soi.org.models import Closure
from soi.work.counting import WAYS, plain, quarter_of_due
from soi.work.logic.figures import Change, Spread, spread
from soi.work.models import TaskDelta
from soi.work.stamping import Stamp, is_of_today, newest_reorganization, tree_stamp

if TYPE_CHECKING:
    from soi.work.models import Task

__all__ = [
    "Counted", "differences", "fold", "note_change", "note_changes", "rebuild", "tree_stamp",
]  # fmt: skip

_ROWS_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Counted:
    """Điều được đếm của một nhiệm vụ: when none of these changes, no figure does."""

    organization_id: int
    area: str
    due_on: dt.date
    standing: str

    @classmethod
    def of(cls, task: Task) -> Counted:
        """The task as it is in memory now; take it before and after a change."""
        return cls(task.organization_id, str(task.area), task.due_on, str(task.standing))


def note_change(before: Counted | None, after: Counted | None) -> None:
    """Ghi thay đổi: one task less of ``before``, one more of ``after``, in the transaction of the change."""
    note_changes([(before, after)])


def note_changes(changes: Iterable[tuple[Counted | None, Counted | None]]) -> None:
    """Ghi nhiều thay đổi (before, after) in one statement."""
    if not connection.in_atomic_block:
        raise RuntimeError("note_changes belongs inside the transaction of the changes")
    deltas: list[tuple[Any, ...]] = []
    for before, after in changes:
        if before != after:
            deltas += [_delta(before, -1)] if before else []
            deltas += [_delta(after, +1)] if after else []
    _insert("work_taskdelta", ("organization_id", "area", "due_on", "standing", "n"), deltas)


def _delta(counted: Counted, n: int) -> tuple[Any, ...]:
    return counted.organization_id, counted.area, counted.due_on, counted.standing, n


# --- folding -----------------------------------------------------------------------------------------


def fold(*, now: dt.datetime, at_once: int = 5_000) -> int:
    """Cộng dồn: add what was appended to the stored counts; returns how many changes. Work for every second.

    One folder at a time: a second one leaves it to the first.
    """
    today, total = timezone.localdate(now), 0
    _follow_tree(now)
    while TaskDelta.objects.exists() and (folded := _fold_some(today, at_once)):
        total += folded
    return total


def _follow_tree(now: dt.datetime) -> None:
    """Where the tree is another one, count anew; where it was only looked at long ago, say it is the same."""
    today, stamp, newest = timezone.localdate(now), Stamp.stored(), newest_reorganization()
    if stamp.was_seen(newest, today):
        return
    with transaction.atomic():
        if not take_alone(Alone.FOLDING):
            return
        if stamp.tree == tree_stamp(today):
            Stamp(stamp.tree, newest, today.isoformat()).write(now)
        else:
            _count_anew(now)


@transaction.atomic
def _fold_some(today: dt.date, at_once: int) -> int:
    # Under one's own turn nobody else deletes: what is read here is exactly what is taken away here.
    if not take_alone(Alone.FOLDING):
        return 0
    rows = TaskDelta.objects.order_by("pk").values_list(
        "pk", "organization_id", "area", "due_on", "standing", "n"
    )[:at_once]
    taken = list(rows)
    changes = [Change(*row[1:]) for row in taken]
    _add(spread(changes, _above({change.organization for change in changes}, today)))
    TaskDelta.objects.filter(pk__in=[row[0] for row in taken]).delete()
    return len(taken)


def _above(bodies: Iterable[int], today: dt.date) -> dict[int, set[int]]:
    """Whom a body counts for today; once each, by however many ways it stands below."""
    above: defaultdict[int, set[int]] = defaultdict(set)
    ways = Closure.objects.filter(held_on(today), descendant_id__in=bodies)
    for body, ancestor in ways.values_list("descendant_id", "ancestor_id"):
        above[body].add(ancestor)
    return above


def _add(more: Spread) -> None:
    count = ("organization_id", "standing", "quarter", "area")
    _insert(
        "work_taskcount", (*count, "n"), [(*key, n) for key, n in sorted(more.counts.items())],
        _adding("work_taskcount", count),
    )  # fmt: skip
    due = ("organization_id", "due_on", "area")
    _insert(
        "work_taskdue", (*due, "n"), [(*key, n) for key, n in sorted(more.dues.items())],
        _adding("work_taskdue", due),
    )  # fmt: skip


def _insert(table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]], otherwise: str = "") -> None:
    """Many rows in one statement; a change of a task writes two, and a model for each would cost more than that."""
    one = f"({', '.join(['%s'] * len(columns))})"
    with connection.cursor() as cursor:
        for part in _parts(rows):
            values = ", ".join([one] * len(part))
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(columns)}) VALUES {values} {otherwise}",  # noqa: S608 (names from this module)
                [plain(value) for row in part for value in row],
            )


def _adding(table: str, keys: Sequence[str]) -> str:
    return f"ON CONFLICT ({', '.join(keys)}) DO UPDATE SET n = {table}.n + excluded.n"


def _parts(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    left = iter(rows)
    while part := list(islice(left, _ROWS_AT_ONCE)):
        yield part


# --- counting anew -----------------------------------------------------------------------------------

# Temporary while counting: the tasks of each body itself.
_OWN_COLUMNS = "organization_id, due_on, quarter, area, standing, n"
_MAKE_OWN = """
CREATE TEMPORARY TABLE work_own_tasks (
  organization_id bigint, due_on date, quarter varchar(7), area varchar(20), standing varchar(20), n integer
)"""
_OWN = """
SELECT organization_id, due_on, {quarter} AS quarter, area, standing, count(*) AS n
FROM work_task GROUP BY organization_id, due_on, area, standing"""
_PENDING = """
SELECT organization_id, due_on, {quarter} AS quarter, area, standing, n FROM work_taskdelta"""


def rebuild(*, now: dt.datetime) -> None:
    """Tính lại từ đầu: work the counts out anew from the tasks along today's tree. Waits for its turn."""
    with transaction.atomic():
        hold_alone(Alone.FOLDING)
        _count_anew(now)


def _count_anew(now: dt.datetime) -> None:
    """Add to the stored counts what they lack: after a small change of the tree few rows are written."""
    today = timezone.localdate(now)
    # Taken first: a tree that changes while this counts is another one for the next fold.
    stamp = Stamp(tree=tree_stamp(today), newest=newest_reorganization(), seen_on=today.isoformat())
    with connection.cursor() as cursor:
        _take_time(cursor)
        cursor.execute(_MAKE_OWN)
        _take_own(cursor)
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE work_own_tasks")
        for table, keys, only in _STORED:
            lacking = _lacking("SELECT * FROM work_own_tasks", table, keys, only)
            cursor.execute(
                f"INSERT INTO {table} ({keys}, n) {lacking} ORDER BY {keys} {_adding(table, keys.split(', '))}",
                {"today": plain(today)},
            )
            cursor.execute(f"DELETE FROM {table} WHERE n = 0")  # noqa: S608 (names from this module)
        cursor.execute("DROP TABLE work_own_tasks")
    stamp.write(now)


def differences(*, today: dt.date) -> list[str]:
    """So sánh: where stored counts and changes not folded yet differ from the tasks counted anew."""
    if not is_of_today(Stamp.stored(), newest_reorganization(), today):
        return ["số liệu chưa được cộng theo cây tổ chức của hôm nay"]
    own = _OWN.format(quarter=quarter_of_due()), _PENDING.format(quarter=quarter_of_due())
    counted = f"SELECT * FROM ({own[0]}) t UNION ALL SELECT organization_id, due_on, quarter, area, standing, -n FROM ({own[1]}) d"  # noqa: S608, E501 (constants of this module)
    found = []
    with transaction.atomic(), connection.cursor() as cursor:
        _take_time(cursor)
        for table, keys, only in _STORED:
            cursor.execute(_lacking(counted, table, keys, only), {"today": plain(today)})
            found += [f"{table} {row[:-1]}: lệch {row[-1]:+d}" for row in sorted(cursor.fetchall())]
    return found


_STORED = [
    ("work_taskcount", "organization_id, standing, quarter, area", ""),
    ("work_taskdue", "organization_id, due_on, area", "WHERE standing = 'active'"),
]


def _lacking(counted: str, table: str, keys: str, only: str) -> str:
    """SQL: what must be added to the stored counts so that they equal what was counted."""
    theirs = keys.replace("organization_id", "ancestor_id")
    return f"""
SELECT {keys}, sum(n) FROM (
  SELECT ancestor_id AS organization_id, {keys.partition(", ")[2]}, CAST(sum(n) AS integer) AS n
  FROM ({counted}) own JOIN ({WAYS}) ways ON descendant_id = own.organization_id {only}
  GROUP BY {theirs}
  UNION ALL SELECT {keys}, -n FROM {table}
) both_sides GROUP BY {keys} HAVING sum(n) <> 0"""  # noqa: S608 (constants of this module)


def _take_own(cursor: Any) -> None:
    """Count the tasks of each body itself and, of the same moment, drop the changes that are in them now.

    On PostgreSQL that is one statement, and so one moment; on SQLite nobody else writes meanwhile.
    """
    drop = "DELETE FROM work_taskdelta"
    insert = f"INSERT INTO work_own_tasks ({_OWN_COLUMNS}) {_OWN.format(quarter=quarter_of_due())}"
    if connection.vendor == "postgresql":
        cursor.execute(f"WITH dropped AS ({drop}) {insert}")
    else:
        cursor.execute(drop)
        cursor.execute(insert, {})


def _take_time(cursor: Any) -> None:
    """Counting a million tasks takes longer than a page may, and more memory than a page needs."""
    if connection.vendor == "postgresql":
        cursor.execute("SET LOCAL statement_timeout = '10min'; SET LOCAL work_mem = '256MB'")
