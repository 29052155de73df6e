"""Báo theo lịch: work due within a week, tomorrow, overdue; and to the level that gave it when it is very late.

Runs once a day. Each notice has the day on which the calendar called for it, so running twice, or after days
off, tells nobody twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from soi.base.locks import Alone, hold_alone
from soi.directives.models import Addressee
from soi.findings.enums import RemedyState
from soi.findings.models import Remedy
from soi.notices import posting
from soi.notices.enums import NoticeKind, RecordKind
from soi.notices.logic.timing import CATCH_UP, WEEK, Call, calls, long_overdue
from soi.notices.models import Mark, Notice
from soi.notices.people import Book, Target
from soi.work.enums import TaskState
from soi.work.models import Task

DEADLINES = "deadlines"
_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class _Due:
    """Một việc có hạn: who does it, who gave it, since when."""

    kind: RecordKind
    pk: int
    due_on: dt.date
    since: dt.date
    doers: Target
    givers: Target


def note_deadlines(*, now: dt.datetime) -> int:
    """Báo các hạn của hôm nay; returns how many notices were handed in, 0 when it was done today already."""
    today = timezone.localdate(now)
    mark = Mark.objects.filter(name=DEADLINES).first()
    if mark is not None and mark.number >= today.toordinal():
        return 0
    told_until = today - CATCH_UP
    if mark is not None:
        told_until = max(told_until, dt.date.fromordinal(mark.number))
    made = sum(_note_some(some, today, told_until, now) for some in _in_portions(today))
    Mark.objects.update_or_create(name=DEADLINES, defaults={"number": today.toordinal()})
    return made


@transaction.atomic
def _note_some(some: list[_Due], today: dt.date, told_until: dt.date, now: dt.datetime) -> int:
    hold_alone(Alone.NOTICING)
    wanted = [
        (due, call, target)
        for due in some
        for call, target in _called(due, today)
        if told_until < call.day <= today
    ]
    book = Book([target for _, _, target in wanted], today)
    notices = [
        _notice(due, call, person, now) for due, call, target in wanted for person in sorted(book.of(target))
    ]
    return posting.post(notices, now)


def _called(due: _Due, today: dt.date) -> Iterator[tuple[Call, Target]]:
    for call in calls(due.due_on, today, since=due.since):
        yield call, due.doers
    for call in long_overdue(due.due_on, today):
        yield call, due.givers


def _notice(due: _Due, call: Call, person: int, now: dt.datetime) -> Notice:
    return Notice(
        person_id=person,
        kind=NoticeKind(call.kind),
        record_kind=due.kind,
        record_id=due.pk,
        at=now,
        day=call.day,
    )


# --- what has a date -----------------------------------------------------------------------------------


def _in_portions(today: dt.date) -> Iterator[list[_Due]]:
    last = today + WEEK
    dates = ("due_on", "created_on", "accountable_post")
    tasks = Task.objects.filter(state=TaskState.ACTIVE, due_on__lte=last).only(*dates, "assigned_by")
    # A remedy that entered a programme is told of as the task that does it.
    remedies = Remedy.objects.filter(state=RemedyState.ACTIVE, due_on__lte=last, task=None)
    remedies = remedies.select_related("finding").only(*dates, "finding__organization")
    for rows in (tasks, remedies):
        for portion in _portions(rows):
            yield [_of_task(row) if isinstance(row, Task) else _of_remedy(row) for row in portion]
    for portion in _portions(_open_steps(last)):
        yield [due for row in portion for due in _of_addressee(row, last)]


def _portions(rows: QuerySet[Any]) -> Iterator[list[Any]]:
    """Row by row of the key, so that nothing is held in memory nor locked for long."""
    after = 0
    while portion := list(rows.filter(pk__gt=after).order_by("pk")[:_AT_ONCE]):
        yield portion
        after = portion[-1].pk


def _of_task(task: Task) -> _Due:
    return _Due(
        kind=RecordKind.TASK,
        pk=task.pk,
        due_on=task.due_on,
        since=task.created_on,
        doers=Target(posts=frozenset({task.accountable_post_id})),
        givers=Target(heads=frozenset({task.assigned_by_id})),
    )


def _of_remedy(remedy: Remedy) -> _Due:
    return _Due(
        kind=RecordKind.REMEDY,
        pk=remedy.pk,
        due_on=remedy.due_on,
        since=remedy.created_on,
        doers=Target(posts=frozenset({remedy.accountable_post_id})),
        givers=Target(heads=frozenset({remedy.finding.organization_id})),
    )


def _open_steps(last: dt.date) -> QuerySet[Addressee]:
    """Nơi nhận còn việc phải làm trước ngày này, of directives in force."""
    wanted = Q()
    for done, by in _STEPS:
        wanted |= Q(**{f"{done}__isnull": True, f"directive__{by}__lte": last})
    return Addressee.objects.filter(wanted, directive__ended_on=None).select_related("directive")


_STEPS = (
    ("acknowledged_on", "acknowledge_by"),
    ("studied_on", "study_by"),
    ("elaborated_on", "elaborate_by"),
)


def _of_addressee(addressee: Addressee, last: dt.date) -> Iterable[_Due]:
    for done, by in _STEPS:
        due_on = getattr(addressee.directive, by)
        if getattr(addressee, done) is None and due_on is not None and due_on <= last:
            yield _Due(
                kind=RecordKind.ADDRESSEE,
                pk=addressee.pk,
                due_on=due_on,
                since=addressee.added_on,
                doers=Target(bodies=frozenset({addressee.organization_id})),
                givers=Target(heads=frozenset({addressee.directive.issuer_id})),
            )
