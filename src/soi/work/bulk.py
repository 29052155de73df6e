"""Việc làm hàng loạt: one change of up to 500 tasks, all or none, which its author can take back that day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict, Invalid, NotAllowed
from soi.history.actions import record
from soi.org.models import Post
from soi.work import changing, permissions, redirecting
from soi.work.enums import BulkKind
from soi.work.models import BulkChange, BulkItem, ProgressReport, Task
from soi.work.rollup import Counted, note_changes

MOST = 500
_NAMED = 5


@transaction.atomic
def change_many(
    *,
    actor: Actor,
    tasks: Sequence[Task],
    kind: BulkKind,
    now: dt.datetime,
    accountable_post: Post | None = None,
    due_on: dt.date | None = None,
    reason: str = "",
    note: str = "",
) -> BulkChange:
    """Chuyển, đổi hạn hoặc nhắc nhiều nhiệm vụ một lần; each is checked as if it were changed alone.

    When one cannot be changed, none is, and the sentence names it.
    """
    if not 0 < len({task.pk for task in tasks}) <= MOST:
        raise Invalid(f"Hãy chọn từ 1 đến {MOST} nhiệm vụ.", {"tasks": "Chọn lại các nhiệm vụ."})
    locked = changing.fresh_many(tasks)
    old = _old(locked)
    change = BulkChange.objects.create(
        organization=locked[0].assigned_by,
        kind=BulkKind(kind),
        at=now,
        author_id=actor.person_id,
        author_label=actor.label,
    )
    changed = _act(
        actor, locked, change, now=now, post=accountable_post, due_on=due_on, reason=reason, note=note
    )
    if not changed:
        raise Conflict("Các nhiệm vụ này đều đã được nhắc hôm nay.")
    BulkItem.objects.bulk_create(
        BulkItem(change=change, task=task, old=old[task.pk], version_after=task.version) for task in changed
    )
    record(
        actor=actor, action="work.bulk", subject=change, now=now, using=Capability.RECORD,
        kind=change.kind, tasks=[task.pk for task in changed], accountable_post=accountable_post,
        due_on=due_on, reason=reason, note=note,
    )  # fmt: skip
    return change


def _act(
    actor: Actor,
    tasks: Sequence[Task],
    change: BulkChange,
    *,
    now: dt.datetime,
    post: Post | None,
    due_on: dt.date | None,
    reason: str,
    note: str,
) -> Sequence[Task]:
    match BulkKind(change.kind):
        case BulkKind.HAND_OVER:
            if post is None:
                raise Invalid("Hãy chọn chức vụ nhận việc.", {"accountable_post": "Chọn một chức vụ."})
            return redirecting.hand_over(actor, tasks, post, now=now, note=note, bulk=change)
        case BulkKind.CHANGE_DUE:
            if due_on is None:
                raise Invalid("Hãy chọn thời hạn mới.", {"due_on": "Chọn ngày."})
            return redirecting.change_due(actor, tasks, due_on, now=now, reason=reason, bulk=change)
        case BulkKind.REMIND:
            return redirecting.remind(actor, tasks, now=now, note=note, bulk=change)


@transaction.atomic
def undo(*, actor: Actor, change: BulkChange, now: dt.datetime) -> int:
    """Hoàn tác: by the author, on the same day, while none of the tasks has been changed since."""
    current = BulkChange.objects.select_for_update().get(pk=change.pk)
    _check_may_undo(actor, current)
    items = {item.task_id: item for item in current.items.select_related("task")}
    tasks = changing.fresh_many([item.task for item in items.values()])
    permissions.check_can_change(actor, *tasks)
    _check_unchanged(current, tasks, items)
    # The posts are read once for all of them.
    posts = Post.objects.select_related("organization").in_bulk(
        {item.old["accountable_post"] for item in items.values()}
    )
    before = {task.pk: Counted.of(task) for task in tasks}
    _check_fits_again(actor, current, tasks, items, posts)
    if current.kind == BulkKind.HAND_OVER:
        redirecting.note_former_posts(actor, tasks)
    for task in tasks:
        old = items[task.pk].old
        task.accountable_post = posts[old["accountable_post"]]
        task.organization = task.accountable_post.organization
        task.due_on, task.reminded_on = (
            _day(old["due_on"]),
            _day(old["reminded_on"]) if old["reminded_on"] else None,
        )
        task.version += 1
        record(
            actor=actor, action="work.bulk_undone", subject=task, now=now, using=Capability.RECORD,
            organization=task.organization, accountable_post=task.accountable_post, due_on=task.due_on,
            kind=current.kind, bulk=current.pk,
        )  # fmt: skip
    note_changes((before[task.pk], Counted.of(task)) for task in tasks)
    Task.objects.bulk_update(
        tasks, ["accountable_post", "organization", "due_on", "reminded_on", "version"], batch_size=100
    )
    current.undone_at = now
    current.save(update_fields=["undone_at"])
    record(
        actor=actor, action="work.bulk_undone", subject=current, now=now, using=Capability.RECORD,
        kind=current.kind, tasks=[task.pk for task in tasks],
    )  # fmt: skip
    return len(tasks)


def _check_may_undo(actor: Actor, change: BulkChange) -> None:
    if change.author_id is None or change.author_id != actor.person_id:
        raise NotAllowed("Chỉ người đã làm lần thay đổi này mới hoàn tác được.")
    if change.undone_at is not None:
        raise Conflict("Lần thay đổi này đã được hoàn tác.")
    if timezone.localdate(change.at) != actor.today:
        raise Conflict("Chỉ hoàn tác được trong ngày. Hãy đổi lại từng nhiệm vụ, ghi rõ lý do.")


def _check_unchanged(change: BulkChange, tasks: Sequence[Task], items: Mapping[int, BulkItem]) -> None:
    reported = _last_reports(tasks) if change.kind == BulkKind.HAND_OVER else {}
    touched = [
        task
        for task in tasks
        if task.version != items[task.pk].version_after
        or reported.get(task.pk, 0) > items[task.pk].old["last_report"]
    ]
    if touched:
        names = "; ".join(f"«{task}»" for task in touched[:_NAMED])
        more = f" và {len(touched) - _NAMED} nhiệm vụ khác" if len(touched) > _NAMED else ""
        raise Conflict(
            f"Không hoàn tác được vì sau đó đã có thay đổi ở: {names}{more}. Hãy đổi lại từng nhiệm vụ."
        )


def _check_fits_again(
    actor: Actor,
    change: BulkChange,
    tasks: Sequence[Task],
    items: Mapping[int, BulkItem],
    posts: Mapping[int, Post],
) -> None:
    """What was given below meanwhile must still fit below; as for any other change of post or date."""
    groups: defaultdict[Any, list[Task]] = defaultdict(list)
    key = {BulkKind.HAND_OVER: "accountable_post", BulkKind.CHANGE_DUE: "due_on"}.get(BulkKind(change.kind))
    for task in tasks if key else ():
        groups[items[task.pk].old[key]].append(task)
    for old, some in groups.items():
        if key == "due_on":
            redirecting.check_dates_around(some, _day(old), moving=tasks)
        else:
            redirecting.check_place(actor, some, posts[old], moving=tasks)


def _old(tasks: Sequence[Task]) -> dict[int, dict[str, Any]]:
    reports = _last_reports(tasks)
    return {
        task.pk: {
            "accountable_post": task.accountable_post_id,
            "due_on": task.due_on.isoformat(),
            "reminded_on": task.reminded_on.isoformat() if task.reminded_on else None,
            "last_report": reports.get(task.pk, 0),
        }
        for task in tasks
    }


def _last_reports(tasks: Sequence[Task]) -> dict[int, int]:
    """A report says more than its task's version: whoever took a task over may have begun."""
    reports = ProgressReport.objects.filter(task__in=[task.pk for task in tasks]).order_by()
    return dict(reports.values_list("task_id").annotate(last=Max("pk")))


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
