"""Đổi chức vụ, đổi hạn, nhắc: for one task or for many in the same way, all or none.

The callers (``tasks``, ``bulk``) have locked the tasks. Each act is one statement for all of them, one for
their figures, and for each its event, which names the bulk change it came from.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import F

from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict, Invalid, Refusal
from soi.base.text import nfc
from soi.history.actions import record
from soi.org.models import Post
from soi.work import changing, entering, permissions, policies
from soi.work.enums import TaskState, Verb
from soi.work.models import BulkChange, FormerPost, Task
from soi.work.queries import OPEN_STATES
from soi.work.rollup import Counted, note_changes


def hand_over(
    actor: Actor,
    tasks: Sequence[Task],
    post: Post,
    *,
    now: dt.datetime,
    note: str = "",
    bulk: BulkChange | None = None,
) -> Sequence[Task]:
    """Chuyển các nhiệm vụ này cho một chức vụ."""
    _check_verb(actor, tasks, Verb.HAND_OVER)
    permissions.check_can_keep(actor, post.organization)
    changing.check_post(post, actor.today)
    for task in tasks:
        if task.accountable_post_id == post.pk:
            raise Conflict(f"Nhiệm vụ «{task}» đang do chính chức vụ {post} chịu trách nhiệm.")
    check_place(actor, tasks, post, moving=tasks)
    old = {task.pk: (Counted.of(task), task.accountable_post) for task in tasks}
    note_former_posts(actor, tasks)
    _update(tasks, accountable_post=post, organization=post.organization)
    note_changes((old[task.pk][0], Counted.of(task)) for task in tasks)
    for task in tasks:
        before, old_post = old[task.pk]
        _tell(
            actor, "work.hand_over", task, now, bulk,
            old_post=old_post, old_organization=before.organization_id, note=nfc(note),
        )  # fmt: skip
    return tasks


def note_former_posts(actor: Actor, tasks: Sequence[Task]) -> None:
    """Ghi chức vụ đang chịu trách nhiệm, before another one does: handing on makes no outsider of its holder."""
    FormerPost.objects.bulk_create(
        FormerPost(task=task, post_id=task.accountable_post_id, until=actor.today) for task in tasks
    )


def check_place(actor: Actor, tasks: Sequence[Task], post: Post, *, moving: Sequence[Task]) -> None:
    """The new body stands not above the one that gives, inside the task above, and over the tasks below;
    tasks that move together are not held by each other.
    """
    together = {task.pk for task in moving}
    givers = {task.assigned_by_id: task.assigned_by for task in tasks}
    below = changing.bodies_below(post.organization_id, list(givers), on=actor.today)
    for pk in below - {post.organization_id}:
        changing.check_level(actor, givers[pk], post.organization)
    above = {task.parent_id for task in tasks if task.parent_id} - together
    for parent in Task.objects.filter(pk__in=above).select_related("organization") if above else ():
        entering.check_below(actor, parent, post)
    subtasks = Task.objects.filter(parent__in=[task.pk for task in tasks], state__in=OPEN_STATES)
    owners = set(subtasks.exclude(pk__in=together).values_list("organization_id", flat=True))
    if owners - changing.bodies_below(post.organization_id, list(owners), on=actor.today):
        raise Invalid(
            f"Nhiệm vụ này có nhiệm vụ con giao cho đơn vị không thuộc {post.organization}. "
            "Hãy chuyển hoặc kết thúc nhiệm vụ con trước.",
            {"accountable_post": "Chọn chức vụ khác."},
        )


def change_due(
    actor: Actor,
    tasks: Sequence[Task],
    due_on: dt.date,
    *,
    now: dt.datetime,
    reason: str,
    bulk: BulkChange | None = None,
) -> Sequence[Task]:
    """Đổi thời hạn các nhiệm vụ này sang một ngày."""
    _check_verb(actor, tasks, Verb.CHANGE_DUE)
    reason = changing.noted(reason, "lý do đổi thời hạn", "reason")
    if due_on < actor.today:
        raise Invalid(f"Thời hạn mới {due_on:%d/%m/%Y} đã qua.", {"due_on": "Chọn từ hôm nay trở đi."})
    for task in tasks:
        _check_new_due(task, due_on)
    check_dates_around(tasks, due_on, moving=tasks)
    before = {task.pk: Counted.of(task) for task in tasks}
    _update(tasks, due_on=due_on)
    note_changes((before[task.pk], Counted.of(task)) for task in tasks)
    for task in tasks:
        _tell(
            actor, "work.change_due", task, now, bulk, old_due_on=before[task.pk].due_on, reason=reason
        )  # fmt: skip
    return tasks


def _check_new_due(task: Task, due_on: dt.date) -> None:
    if due_on == task.due_on:
        raise Invalid(
            f"Nhiệm vụ «{task}» đang có thời hạn {due_on:%d/%m/%Y} rồi.", {"due_on": "Chọn ngày khác."}
        )
    if due_on < task.start_on:
        raise Invalid(
            f"Nhiệm vụ «{task}» bắt đầu từ {task.start_on:%d/%m/%Y}, sau thời hạn mới.",
            {"due_on": "Chọn ngày muộn hơn."},
        )


def check_dates_around(tasks: Sequence[Task], due_on: dt.date, *, moving: Sequence[Task]) -> None:
    """Not after the task above, not before one below; tasks that move together are not held by each other.

    ``tasks`` as ``changing.fresh_many`` reads them.
    """
    together = {task.pk for task in moving}
    parents = {task.parent_id for task in tasks if task.parent_id} - together
    above = Task.objects.filter(pk__in=parents, due_on__lt=due_on).first() if parents else None
    if above is not None:
        raise Invalid(
            f"Thời hạn mới sau thời hạn {above.due_on:%d/%m/%Y} của nhiệm vụ cấp trên «{above}».",
            {"due_on": f"Chọn ngày không muộn hơn {above.due_on:%d/%m/%Y}."},
        )
    split = [task.pk for task in tasks if task.parts_due is not None and task.parts_due > due_on]
    if not split:
        return
    parts = Task.objects.filter(parent__in=split, state__in=OPEN_STATES)
    later = parts.filter(due_on__gt=due_on).exclude(pk__in=together)
    below = later.order_by("-due_on").only("statement", "due_on").first()
    if below is not None:
        raise Invalid(
            f"Nhiệm vụ con «{below}» có thời hạn {below.due_on:%d/%m/%Y}, sau thời hạn mới. "
            "Hãy đổi hạn nhiệm vụ con trước.",
            {"due_on": f"Chọn từ ngày {below.due_on:%d/%m/%Y} trở đi."},
        )


def remind(
    actor: Actor,
    tasks: Sequence[Task],
    *,
    now: dt.datetime,
    note: str = "",
    bulk: BulkChange | None = None,
) -> Sequence[Task]:
    """Nhắc các nhiệm vụ này; those reminded today already are left out."""
    _check_verb(actor, tasks, Verb.REMIND)
    due = [task for task in tasks if task.reminded_on != actor.today]
    if due:
        _update(due, reminded_on=actor.today)
    for task in due:
        _tell(actor, "work.remind", task, now, bulk, note=nfc(note))
    return due


# --- parts shared by the verbs above -----------------------------------------------------------------


def _check_verb(actor: Actor, tasks: Sequence[Task], verb: Verb) -> None:
    """The right over all of them, and the state of each; of several, the sentence says which it was."""
    permissions.check_can_move(actor, verb, *tasks)
    for task in tasks:
        try:
            policies.next_state(TaskState(task.state), verb)
        except Refusal as refusal:
            if len(tasks) == 1:
                raise
            raise Conflict(f"«{task}»: {refusal.sentence} Chưa nhiệm vụ nào bị thay đổi.") from refusal


def _update(tasks: Sequence[Task], **values: Any) -> None:
    Task.objects.filter(pk__in=[task.pk for task in tasks]).update(version=F("version") + 1, **values)
    for task in tasks:
        task.version += 1
        for column, value in values.items():
            setattr(task, column, value)


def _tell(
    actor: Actor, action: str, task: Task, now: dt.datetime, bulk: BulkChange | None, **facts: Any
) -> None:
    record(
        actor=actor, action=action, subject=task, now=now, using=Capability.RECORD,
        organization=task.organization, accountable_post=task.accountable_post, due_on=task.due_on,
        bulk=bulk.pk if bulk else None, **facts,
    )  # fmt: skip
