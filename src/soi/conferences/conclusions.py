"""Từ kết luận đến nhiệm vụ: what was concluded gets an owner, a product and a date in one step."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict
from soi.conferences import permissions
from soi.conferences.models import Conclusion
from soi.history.actions import record
from soi.org.enums import WorkArea
from soi.org.models import Post
from soi.work import tasks
from soi.work.enums import Origin
from soi.work.models import Task


@transaction.atomic
def give_task(
    *,
    actor: Actor,
    conclusion: Conclusion,
    accountable_post: Post | None,
    deliverable: str,
    due_on: dt.date | None,
    now: dt.datetime,
    statement: str = "",
    area: WorkArea | None = None,
) -> Task:
    """Giao nhiệm vụ theo kết luận; ``statement`` empty takes the words of the conclusion.

    Raises Conflict where the conclusion has a task already: one conclusion, one task, sub-tasks below it.
    """
    permissions.check_can_edit(actor, conclusion.conference)
    current = Conclusion.objects.select_for_update().get(pk=conclusion.pk)
    if current.task_id:
        raise Conflict("Kết luận này đã được giao thành nhiệm vụ. Hãy mở nhiệm vụ đó để giao tiếp việc con.")
    task = tasks.assign_task(
        actor=actor, assigned_by=conclusion.conference.organization, accountable_post=accountable_post,
        statement=statement or current.statement, deliverable=deliverable, due_on=due_on,
        area=WorkArea(area or current.area), origin=Origin.CONCLUSION, now=now,
    )  # fmt: skip
    current.task = task
    current.save(update_fields=["task"])
    record(
        actor=actor, action="conferences.give_task", subject=conclusion.conference, now=now,
        using=Capability.RECORD, number=current.number, statement=task.statement, task=task,
        accountable_post=accountable_post, due_on=task.due_on,
    )  # fmt: skip
    return task
