"""Nhiều người ghi cùng lúc: processes that change tasks through the real actions, and a folder beside them.

Half of the changes move a date (by the level that gave the task), half report a task as done (by its owner):
both take a task out of one count and put it into another. The floor does the same with bare SQL.
"""

from __future__ import annotations

import datetime as dt
import gc
import multiprocessing
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing.queues import Queue
from typing import Any

from django.db import DatabaseError, OperationalError, connection, connections, transaction
from django.utils import timezone

from soi.access.models import User
from soi.access.queries import actor_of
from soi.base.actor import Actor
from soi.org.models import Membership
from soi.work import progress, rollup, tasks
from soi.work.counting import plain
from soi.work.enums import Result, TaskState
from soi.work.models import Task

FOLD_EVERY_SECONDS = 1.0
# A server's connections are warm: the first changes of a new one compile its triggers and are not counted.
WARM = 5


@dataclass
class Written:
    """Đã ghi: milliseconds of each change, and what went wrong."""

    times: list[float] = field(default_factory=list)
    deadlocks: int = 0
    errors: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def add(self, other: Written) -> None:
        self.times += other.times
        self.deadlocks += other.deadlocks
        self.errors += other.errors
        self.seconds = max(self.seconds, other.seconds)


@dataclass(frozen=True, slots=True)
class Work:
    """Việc của một người ghi: which tasks, how long to wait on average between two, and by what way."""

    task_ids: tuple[int, ...]
    pause: float
    seed: int
    change: Callable[[Task], Callable[[], object]]


def open_tasks(count: int) -> list[int]:
    """Tasks deep in the tree that are still to be done, in no order."""
    found = Task.objects.filter(state=TaskState.ACTIVE, due_on__gt=timezone.localdate())
    ids = list(found.order_by("-organization_id").values_list("pk", flat=True)[: count * 4])
    random.Random(count).shuffle(ids)  # noqa: S311 (repeatable figures, not secrets)
    return ids[:count]


def write_at_once(works: list[Work]) -> Written:
    """Each work in a process of its own, all starting together, with a folder beside them."""
    if connection.vendor != "postgresql":  # one writer by nature
        return write(works[0])
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    results: Queue[Written] = fork.Queue()
    stop = fork.Event()
    folder = fork.Process(target=_fold_until, args=(stop,))
    writers = [fork.Process(target=_write_in_process, args=(work, results)) for work in works]
    for process in (folder, *writers):
        process.start()
    total = Written()
    for _ in writers:
        total.add(results.get(timeout=600))
    stop.set()
    for process in (folder, *writers):
        process.join()
    return total


def _write_in_process(work: Work, results: Queue[Written]) -> None:
    # As the server does when it starts (config.wsgi): what the measuring process holds is no garbage of a writer.
    gc.freeze()
    results.put(write(work))
    connections.close_all()


def _fold_until(stop: Any) -> None:
    while not stop.wait(FOLD_EVERY_SECONDS):
        rollup.fold(now=timezone.now())
    connections.close_all()


def write(work: Work) -> Written:
    """The changes of one writer, one after another."""
    draw, written = random.Random(work.seed), Written()  # noqa: S311 (repeatable figures, not secrets)
    changes = [work.change(task) for task in _in_order(work.task_ids)]
    for change in changes[:WARM]:
        change()
    begun = time.perf_counter()
    for change in changes[WARM:]:
        if work.pause:
            time.sleep(draw.uniform(0, 2 * work.pause))
        started = time.perf_counter()
        try:
            change()
        except OperationalError as error:
            written.deadlocks += "deadlock" in str(error)
            written.errors.append(str(error))
        except DatabaseError as error:
            written.errors.append(str(error))
        written.times.append((time.perf_counter() - started) * 1000)
    written.seconds = time.perf_counter() - begun
    return written


def _in_order(task_ids: tuple[int, ...]) -> Iterator[Task]:
    found = Task.objects.in_bulk(task_ids)
    return (found[pk] for pk in task_ids)


# --- two ways to change a task -----------------------------------------------------------------------


def by_action(task: Task) -> Callable[[], object]:
    """Through the real action, as the page calls it; who acts is known beforehand, as in a request."""
    now = timezone.now()
    if task.pk % 2:
        owner = _head_of(task.organization_id)
        return lambda: progress.report_done(
            actor=owner, task=task, note="Đã ban hành và triển khai", result=Result.ACHIEVED, now=now
        )
    giver = _head_of(task.assigned_by_id)
    return lambda: tasks.change_due(
        actor=giver, task=task, due_on=_other_day(task), reason="Đơn vị đề nghị lùi hạn", now=now
    )


def _head_of(organization_id: int) -> Actor:
    held = Membership.objects.get(post__organization_id=organization_id)
    return actor_of(
        User.objects.select_related("person").get(person_id=held.person_id), today=timezone.localdate()
    )


def _other_day(task: Task) -> dt.date:
    return task.due_on + dt.timedelta(days=30)


def by_sql(task: Task) -> Callable[[], object]:
    """Sàn: the same rows written by bare statements, no rights, no words checked."""
    return lambda: _write_rows(task)


_DELTA = """INSERT INTO work_taskdelta (organization_id, area, due_on, standing, n)
  VALUES (%s, %s, %s, %s, -1), (%s, %s, %s, %s, 1)"""
_EVENT = """INSERT INTO history_event (at, actor_label, on_behalf_of, via, action, subject_type, subject_id,
  payload_hash) VALUES (CURRENT_TIMESTAMP, 'Sàn', '', 'cli', 'work.change_due', 'work.task', %s, %s) RETURNING id"""
_PAYLOAD = "INSERT INTO history_payload (event_id, salt, facts) VALUES (%s, %s, %s)"
_REPORT = """INSERT INTO work_progressreport (task_id, "on", percent, note, difficulty, request, is_final,
  reporter_label) VALUES (%s, %s, 100, 'Đã ban hành', '', '', true, 'Sàn')"""
_ASSESSMENT = """INSERT INTO work_assessment (task_id, by, result, "on", note, late_cause, assessor_label)
  VALUES (%s, 'self', 'achieved', %s, 'Đã ban hành', '', 'Sàn')"""


@transaction.atomic
def _write_rows(task: Task) -> None:
    today, due, standing = plain(timezone.localdate()), plain(task.due_on), task.standing
    with connection.cursor() as cursor:
        lock = "FOR UPDATE" if connection.features.has_select_for_update else ""
        cursor.execute(f"SELECT due_on FROM work_task WHERE id = %s {lock}", [task.pk])  # noqa: S608
        if task.pk % 2:
            standing = "reported"
            cursor.execute(_REPORT, [task.pk, today])
            cursor.execute(_ASSESSMENT, [task.pk, today])
            cursor.execute(
                "UPDATE work_task SET state = 'reported', standing = 'reported', percent = 100, reported_on = %s,"
                " version = version + 1 WHERE id = %s",
                [today, task.pk],
            )
        else:
            due = plain(_other_day(task))
            cursor.execute(
                "UPDATE work_task SET due_on = %s, version = version + 1 WHERE id = %s", [due, task.pk]
            )
        body, area = task.organization_id, task.area
        cursor.execute(_DELTA, [body, area, plain(task.due_on), task.standing, body, area, due, standing])
        cursor.execute(_EVENT, [task.pk, "0" * 64])
        cursor.execute(_PAYLOAD, [cursor.fetchone()[0], "0" * 32, '{"due_on": "2021-12-31"}'])
