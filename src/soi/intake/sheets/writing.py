"""Ghi các dòng: some at a time, each through the actions of work, so that rights, rules and history hold.

What the trial said is not believed: every row is decided again on the task as it stands now. A row that is
refused after all is kept with its sentence and the others go on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from soi.base.actor import Actor, Capability
from soi.base.errors import Refusal
from soi.history.actions import record
from soi.intake.sheets import permissions, queries
from soi.intake.sheets.enums import Fate, SheetState
from soi.intake.sheets.logic.fates import Setting, TaskFacts, decide
from soi.intake.sheets.logic.keys import generated_code
from soi.intake.sheets.logic.values import Values
from soi.intake.sheets.models import Sheet, SheetRow
from soi.intake.sheets.register import known_tasks, tasks_by_pk
from soi.org.models import Organization, Post
from soi.work.enums import Origin
from soi.work.models import Programme, Task
from soi.work.tasks import ContributorEntry, assign_task, change_due, edit_task, hand_over_task

ROWS_AT_ONCE = 200

# Names of what the actions ask for, and the column that gives it.
_COLUMN_OF = {
    "accountable_post": "post", "assigned_by": "post", "due_on": "due", "start_on": "start", "created_on": "start",
    "programme": "code",
}  # fmt: skip
_OWN = frozenset({"statement", "deliverable", "area", "contributors", "target", "unit", "weight", "code"})
_BY_EDIT = _OWN | {"start"}
_NO_POST = "Chức vụ này không còn. Hãy tải bảng lên lại để chọn chức vụ khác."


@dataclass(frozen=True, slots=True)
class _Desk:
    """Những gì cần để ghi một nhóm dòng, read once for all of them."""

    actor: Actor
    now: dt.datetime
    sheet: Sheet
    programme: Programme
    setting: Setting
    posts: Mapping[int, Post]
    bodies: Mapping[int, Organization]
    facts: Mapping[int, TaskFacts]


def write_some(*, actor: Actor, sheet: Sheet, now: dt.datetime, at_most: int = ROWS_AT_ONCE) -> Sheet:
    """Ghi tiếp: up to ``at_most`` rows. Called again and again until the sheet says that it is done.

    Safe to call twice at once and after any interruption: what is written and what is marked as written
    stand or fall together.
    """
    with transaction.atomic():
        current = (
            Sheet.objects.select_for_update(of=("self",))
            .select_related("organization", "programme")
            .get(pk=sheet.pk)
        )
        permissions.check_sees(actor, current)
        if current.state != SheetState.WRITING or current.programme is None:
            return current
        waiting = current.rows.filter(written=False, fate__in=[Fate.NEW, Fate.CHANGED])
        rows = list(waiting.order_by("number")[:at_most])
        _write(actor, current, current.programme, rows, now)
        current.written += sum(row.written for row in rows)
        current.wrong += sum(row.fate == Fate.ERROR for row in rows)
        current.save(update_fields=["written", "wrong"])
        if len(rows) < at_most:
            _finish(actor, current, now)
        return current


def _write(
    actor: Actor, sheet: Sheet, programme: Programme, rows: Sequence[SheetRow], now: dt.datetime
) -> None:
    values = [Values.from_json(row.values) for row in rows]
    known = known_tasks(sheet.organization, values, programme=programme.pk, whole=False)
    facts = tasks_by_pk({row.task_id for row in rows if row.task_id})
    desk = _Desk(
        actor, now, sheet, programme,
        Setting(programme.pk, programme.period, actor.today, actor.post_ids),
        _posts(values), _bodies(values), facts,
    )  # fmt: skip
    for row, read in zip(rows, values, strict=True):
        _write_row(desk, row, read, facts.get(row.task_id or 0) or known.of(read, programme.pk)[0])
    SheetRow.objects.bulk_update(rows, ["fate", "mistakes", "changed", "task", "written"], batch_size=100)


def _posts(values: Sequence[Values]) -> Mapping[int, Post]:
    return Post.objects.select_related("organization").in_bulk({row.post for row in values if row.post})


def _bodies(values: Sequence[Values]) -> Mapping[int, Organization]:
    return Organization.objects.in_bulk({pk for row in values for pk in row.contributors})


def _write_row(desk: _Desk, row: SheetRow, values: Values, task: TaskFacts | None) -> None:
    decision = decide(values, task, desk.setting)
    row.fate, row.changed, row.mistakes = decision.fate, list(decision.changed), dict(decision.mistakes)
    row.task_id = task.pk if task else None
    if decision.fate not in {Fate.NEW, Fate.CHANGED}:
        return
    try:
        with transaction.atomic():
            written = _change(desk, values, task, decision.changed) if task else _assign(desk, values)
    except Refusal as refusal:
        row.fate, row.mistakes = Fate.ERROR, _at_columns(refusal)
    else:
        row.task, row.written = written, True


def _at_columns(refusal: Refusal) -> dict[str, str]:
    fields = getattr(refusal, "fields", {})
    named = [_COLUMN_OF.get(name, name) for name in fields]
    return {
        key if key in _OWN or key in _COLUMN_OF.values() else "statement": refusal.sentence for key in named
    } or {"statement": refusal.sentence}


def _assign(desk: _Desk, values: Values) -> Task:
    post = desk.posts.get(values.post or 0)
    if post is None or values.due is None:
        raise Refusal(_NO_POST)
    today = desk.actor.today
    return assign_task(
        actor=desk.actor,
        assigned_by=desk.sheet.organization,
        accountable_post=post,
        statement=values.statement,
        deliverable=values.deliverable,
        due_on=values.due,
        area=values.area,
        start_on=values.start or min(today, values.due),
        weight=values.weight or 1,
        target=values.target,
        unit=values.unit,
        programme=desk.programme,
        origin=Origin.PROGRAMME,
        code=values.code or generated_code(desk.programme.pk, values.statement, post.pk),
        contributors=_contributors(desk, values),
        # Sheets bring old programmes as well; their dates are behind us.
        historic=values.due < today,
        now=desk.now,
    )


def _change(desk: _Desk, values: Values, facts: TaskFacts, changed: Sequence[str]) -> Task:
    """Each column by the verb that writes it; the date first where the new one fits the present start."""
    task = Task.objects.get(pk=facts.pk)
    date_first = values.due is not None and values.due >= facts.start
    if "due" in changed and date_first:
        task = _change_due(desk, task, values)
    if _BY_EDIT & set(changed):
        task = _edit(desk, task, values, changed)
    if "due" in changed and not date_first:
        task = _change_due(desk, task, values)
    if "post" in changed:
        post = desk.posts.get(values.post or 0)
        if post is None:
            raise Refusal(_NO_POST)
        task = hand_over_task(
            actor=desk.actor, task=task, accountable_post=post, now=desk.now, note=_reason(desk)
        )
    return task


def _change_due(desk: _Desk, task: Task, values: Values) -> Task:
    if values.due is None:
        raise Refusal(_NO_POST)
    return change_due(actor=desk.actor, task=task, due_on=values.due, reason=_reason(desk), now=desk.now)


def _reason(desk: _Desk) -> str:
    return f"Theo bảng nhập «{desk.sheet.file_name}»"


def _edit(desk: _Desk, task: Task, values: Values, changed: Sequence[str]) -> Task:
    return edit_task(
        actor=desk.actor,
        task=task,
        expected_version=task.version,
        now=desk.now,
        # What is only spaced differently stays as it was typed.
        statement=values.statement if "statement" in changed else task.statement,
        deliverable=values.deliverable if "deliverable" in changed else task.deliverable,
        area=values.area,
        weight=values.weight or task.weight,
        target=task.target if values.target is None else values.target,
        unit=values.unit or task.unit,
        start_on=values.start if "start" in changed else None,
        contributors=_contributors(desk, values) if "contributors" in changed else None,
    )


def _contributors(desk: _Desk, values: Values) -> list[ContributorEntry]:
    return [ContributorEntry(desk.bodies[pk]) for pk in values.contributors if pk in desk.bodies]


def _finish(actor: Actor, sheet: Sheet, now: dt.datetime) -> None:
    counted = queries.tally(sheet)
    sheet.state, sheet.ended_at = SheetState.DONE, now
    sheet.save(update_fields=["state", "ended_at"])
    record(
        actor=actor, action="intake.finish_sheet", subject=sheet, now=now, using=Capability.RECORD,
        organization=sheet.organization, programme=sheet.programme, name=sheet.file_name,
        written=counted.written, left_out=counted.error,
    )  # fmt: skip
