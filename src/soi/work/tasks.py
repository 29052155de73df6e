"""Giao việc và thay đổi việc đã giao: assign, edit, hand over, move the date, remind, cancel; only here written.

What the accountable post says of a task, and how it is judged, stands in ``progress``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone

from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict
from soi.base.text import nfc, squash
from soi.directives.models import Directive
from soi.history.actions import record
from soi.org.enums import WorkArea
from soi.org.models import Organization, Post
from soi.work import changing, entering, permissions, policies, redirecting
from soi.work.entering import ContributorEntry, TaskEntry
from soi.work.enums import Origin, Standing, TaskState, Verb
from soi.work.models import Contributor, Programme, Task
from soi.work.queries import history_of
from soi.work.rollup import Counted, note_change

__all__ = [
    "ContributorEntry",
    "assign_task",
    "cancel_task",
    "change_due",
    "edit_task",
    "hand_over_task",
    "remind",
]


def assign_task(
    *,
    actor: Actor,
    assigned_by: Organization,
    accountable_post: Post | None,
    statement: str,
    deliverable: str,
    due_on: dt.date | None,
    area: WorkArea | str,
    now: dt.datetime,
    start_on: dt.date | None = None,
    created_on: dt.date | None = None,
    weight: int = 1,
    target: Decimal | None = None,
    unit: str = "",
    programme: Programme | None = None,
    parent: Task | None = None,
    origin: Origin = Origin.AD_HOC,
    directive: Directive | None = None,
    code: str = "",
    contributors: Sequence[ContributorEntry] = (),
    historic: bool = False,
) -> Task:
    """Giao nhiệm vụ: one accountable post, a deliverable and a date, or it does not exist.

    ``code``: the task's mark in a sheet, once for each body that gives. ``historic``: taken from an old paper,
    so its days may lie in the past. Raises Invalid, with a better wording where the task only exhorts.
    """
    entry = TaskEntry(
        assigned_by=assigned_by, accountable_post=accountable_post, statement=statement,
        deliverable=deliverable, due_on=due_on, area=area, start_on=start_on, created_on=created_on,
        weight=weight, target=target, unit=unit, programme=programme, parent=parent, origin=origin,
        directive=directive, code=code, contributors=contributors, historic=historic,
    )  # fmt: skip
    with _each_code_once(assigned_by, code), transaction.atomic():
        return _assign(actor, entry, now)


def _assign(actor: Actor, entry: TaskEntry, now: dt.datetime) -> Task:
    task = entering.checked(actor, entry)
    task.save(force_insert=True)
    _write_contributors(task, entry.contributors)
    note_change(None, Counted.of(task))
    record(
        actor=actor, action="work.assign", subject=task, now=now, using=Capability.RECORD,
        organization=task.organization, accountable_post=task.accountable_post,
        assigned_by=task.assigned_by, statement=task.statement, deliverable=task.deliverable,
        target=task.target, unit=task.unit, due_on=task.due_on, start_on=task.start_on,
        created_on=task.created_on, area=task.area, weight=task.weight, origin=task.origin,
        programme=task.programme, directive=task.directive, parent=task.parent, code=task.code,
        contributors=[body.organization for body in entry.contributors], historic=entry.historic,
    )  # fmt: skip
    return task


@contextmanager
def _each_code_once(assigned_by: Organization, code: str) -> Iterator[None]:
    """Two sheets at once may bring the same line: the second is told so."""
    code = squash(code)
    try:
        yield
    except IntegrityError as error:
        if code and Task.objects.filter(assigned_by=assigned_by, code=code).exists():
            raise Conflict(f"{assigned_by} đã giao một nhiệm vụ có mã «{code}».") from error
        raise


def _write_contributors(task: Task, contributors: Sequence[ContributorEntry]) -> None:
    if contributors:
        Contributor.objects.bulk_create(
            Contributor(task=task, organization=entry.organization, post=entry.post) for entry in contributors
        )


@transaction.atomic
def edit_task(
    *,
    actor: Actor,
    task: Task,
    expected_version: int,
    now: dt.datetime,
    statement: str,
    deliverable: str,
    area: WorkArea | str,
    weight: int,
    target: Decimal | None,
    unit: str,
    start_on: dt.date | None = None,
    contributors: Sequence[ContributorEntry] | None = None,
) -> Task:
    """Sửa nhiệm vụ; ``start_on`` and ``contributors`` stay where not given. Post and date have verbs of
    their own.

    Raises Conflict where somebody changed it since ``expected_version`` was shown.
    """
    current = changing.fresh(task)
    permissions.check_can_change(actor, current)
    policies.next_state(TaskState(current.state), Verb.EDIT)
    if current.version != expected_version:
        raise Conflict(_somebody_was_faster(current, statement))
    before, old = Counted.of(current), _wording(current)
    current.target, current.unit = changing.target_of(target, squash(unit))
    entering.check_wording(
        statement, deliverable, target, unit, post=current.accountable_post, due_on=current.due_on
    )
    current.statement, current.deliverable = nfc(statement), nfc(deliverable)
    current.area, current.weight = changing.area_of(area), changing.weight_of(weight)
    current.start_on = start_on or current.start_on
    entering.check_start(current.start_on, current.due_on)
    current.search_key = changing.search_key(current.statement, current.deliverable, current.code)
    changing.save(
        current, before,
        "statement", "deliverable", "area", "weight", "target", "unit", "start_on", "search_key",
    )  # fmt: skip
    if contributors is not None:
        entering.check_contributors(actor, contributors, current.accountable_post, actor.today)
        current.contributors.all().delete()
        _write_contributors(current, contributors)
    record(
        actor=actor, action="work.edit", subject=current, now=now, using=Capability.RECORD,
        organization=current.organization, accountable_post=current.accountable_post, old=old,
        new=_wording(current),
        contributors=None if contributors is None else [entry.organization for entry in contributors],
    )  # fmt: skip
    return current


@transaction.atomic
def hand_over_task(
    *, actor: Actor, task: Task, accountable_post: Post, now: dt.datetime, note: str = ""
) -> Task:
    """Chuyển cho chức vụ khác chịu trách nhiệm chính; what was reported stays with the task."""
    tasks = changing.fresh_many([task])
    return redirecting.hand_over(actor, tasks, accountable_post, now=now, note=note)[0]


@transaction.atomic
def change_due(*, actor: Actor, task: Task, due_on: dt.date, reason: str, now: dt.datetime) -> Task:
    """Đổi thời hạn, with the reason; the old date stays in the history."""
    tasks = changing.fresh_many([task])
    return redirecting.change_due(actor, tasks, due_on, now=now, reason=reason)[0]


@transaction.atomic
def remind(*, actor: Actor, tasks: Sequence[Task], now: dt.datetime, note: str = "") -> int:
    """Nhắc việc: all of them or none; returns how many. Once a day: who was reminded today is left out."""
    return len(redirecting.remind(actor, changing.fresh_many(tasks), now=now, note=note))


@transaction.atomic
def cancel_task(*, actor: Actor, task: Task, reason: str, now: dt.datetime) -> Task:
    """Hủy nhiệm vụ: only by the level that gave it, and with a reason that everybody reads."""
    current = changing.fresh(task)
    permissions.check_can_move(actor, Verb.CANCEL, current)
    state = policies.next_state(TaskState(current.state), Verb.CANCEL)
    before = Counted.of(current)
    current.cancel_reason = changing.noted(reason, "lý do hủy nhiệm vụ", "reason")
    current.state, current.standing, current.closed_on = state, Standing.CANCELLED, actor.today
    changing.save(current, before, "state", "standing", "closed_on", "cancel_reason")
    record(
        actor=actor, action="work.cancel", subject=current, now=now, using=Capability.RECORD,
        organization=current.organization, accountable_post=current.accountable_post,
        due_on=current.due_on, reason=current.cancel_reason,
    )  # fmt: skip
    return current


def _wording(task: Task) -> dict[str, object]:
    columns = ("statement", "deliverable", "area", "weight", "target", "unit", "start_on")
    return {column: getattr(task, column) for column in columns}


def _somebody_was_faster(current: Task, wording: str) -> str:
    last = history_of(current).exclude(action="work.report").first()
    who = last.actor_label if last else "Người khác"
    at = f" lúc {timezone.localtime(last.at):%H:%M %d/%m/%Y}" if last else ""
    return (
        f"{who} đã thay đổi nhiệm vụ này{at}, sau khi đồng chí mở trang. Bản đã lưu: «{current.statement}». "
        f"Bản của đồng chí chưa lưu nhưng không mất: «{nfc(wording)}». "
        "Hãy mở lại trang, đối chiếu hai bản rồi lưu."
    )
