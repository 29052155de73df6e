"""In ra công việc: task lists, programmes and the table of a directive, of what the actor may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from soi.base.actor import Actor
from soi.directives import queries as directives
from soi.directives.cascade import cascade
from soi.directives.enums import DisseminationForm, ElaborationKind, Standing, Step
from soi.forms.forms.acknowledgements.context import AcknowledgementsContext, AddresseeLine, StepCell
from soi.forms.forms.task_list.context import TaskLine
from soi.web.task_list import names_of
from soi.work.enums import LateCause
from soi.work.enums import Standing as TaskStanding
from soi.work.queries import programmes_visible_to

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from soi.directives.logic.branches import Branch, Counts, Duty
    from soi.directives.models import Addressee, Directive
    from soi.work.models import Task

_AT_ONCE = 500


def task_lines(actor: Actor, tasks: QuerySet[Task], day: dt.date) -> tuple[TaskLine, ...]:
    """Các nhiệm vụ, with holders of that day; the same number of queries for one and for many."""
    rows = list(
        tasks.select_related("organization", "accountable_post", "assigned_by").prefetch_related(
            "contributors__organization"
        )
    )
    held = names_of(sorted({task.accountable_post_id for task in rows}), day) if rows else {}
    named = {task.programme_id for task in rows if task.programme_id}
    seen = programmes_visible_to(actor).filter(pk__in=named).order_by() if named else []
    titles = {programme.pk: programme.title for programme in seen}
    return tuple(
        _task_line(task, held.get(task.accountable_post_id, ""), titles.get(task.programme_id or 0, ""), day)
        for task in rows
    )


def _task_line(task: Task, holder: str, programme: str, day: dt.date) -> TaskLine:
    return TaskLine(
        code=task.code,
        statement=task.statement,
        deliverable=task.deliverable,
        area=str(task.get_area_display()),
        post=task.accountable_post.label,
        body=task.organization.name,
        contributors=tuple(one.organization.name for one in task.contributors.all()),
        start=task.start_on,
        due=task.due_on,
        target=task.target,
        unit=task.unit,
        weight=task.weight,
        holder=holder,
        assigned_by=task.assigned_by.name,
        programme=programme,
        standing=str(TaskStanding(task.standing).label),
        overdue=task.is_overdue(day),
        percent=task.percent,
        value=task.value,
        reported_on=task.reported_on,
        late_cause=str(LateCause(task.late_cause).label) if task.late_cause else "",
    )


# --- who has acknowledged, studied, elaborated ----------------------------------------------------------


def acknowledgements(actor: Actor, directive: Directive, day: dt.date) -> AcknowledgementsContext:
    """Bảng theo dõi một văn bản vào ngày đó, by branch; the figures are those of the page."""
    found = cascade(actor, directive, day)
    duties = list(_walk(found.root, 0, ""))
    deeds = _deeds([duty.addressee for _, _, _, duty in duties])
    return AcknowledgementsContext(
        title=str(directive),
        issuer=directive.issuer.name,
        as_of=day,
        lines=tuple(
            _addressee_line(level, branch, above, duty, deeds.get(duty.addressee))
            for level, branch, above, duty in duties
        ),
        figures=tuple(_figure(step, found.tally.steps[step]) for step in Step),
    )


def _walk(branch: Branch, level: int, above: str) -> Iterator[tuple[int, Branch, str, Duty]]:
    """Every duty with the level and the superior of its branch, from the top down."""
    waiting = [(level, branch, above)]
    while waiting:
        level, branch, above = waiting.pop()
        for duty in branch.duties:
            yield level, branch, above, duty
        waiting.extend((level + 1, child, branch.body.name) for child in reversed(branch.children))


def _deeds(numbers: Sequence[int]) -> dict[int, Addressee]:
    found: dict[int, Addressee] = {}
    for start in range(0, len(numbers), _AT_ONCE):
        some = directives.by_numbers(numbers[start : start + _AT_ONCE])
        directives.load_deeds(some)
        found |= {addressee.pk: addressee for addressee in some}
    return found


def _addressee_line(
    level: int, branch: Branch, above: str, duty: Duty, deeds: Addressee | None
) -> AddresseeLine:
    studied = list(deeds.disseminations.all()) if deeds else []
    elaborated = list(deeds.elaborations.all()) if deeds else []
    return AddresseeLine(
        level=level,
        body=f"{branch.body.name} (nay do {branch.heir} thực hiện)" if branch.heir else branch.body.name,
        above=above,
        paper=duty.paper.label,
        acknowledged=_step(duty, Step.ACKNOWLEDGE),
        studied=_step(duty, Step.STUDY),
        elaborated=_step(duty, Step.ELABORATE),
        forms=tuple(dict.fromkeys(str(DisseminationForm(one.form).label) for one in studied)),
        expected=sum(one.expected for one in studied) if studied else None,
        attended=sum(one.attended for one in studied) if studied else None,
        elaborations=tuple(_elaboration(one.kind, one.directive, one.note) for one in elaborated),
        days_late=duty.days_late,
        reminders=duty.reminders,
        reminded_on=duty.reminded_on,
    )


def _step(duty: Duty, step: Step) -> StepCell:
    state = duty.steps[step]
    return StepCell(standing=str(Standing(state.standing).label), done_on=state.done_on, due_on=state.due_on)


def _elaboration(kind: str, directive: Directive | None, note: str) -> str:
    what = directive.short_label if directive else note
    return f"{ElaborationKind(kind).label}: {what}" if what else str(ElaborationKind(kind).label)


def _figure(step: Step, counts: Counts) -> str:
    return (
        f"{step.label}: {counts.finished} trong {counts.asked} nơi ({counts.percent}%), "
        f"muộn {counts.done_late}, quá hạn {counts.overdue}."
    )
