"""Điều chỉnh biện pháp: hand it to another post, or give it another date; and enter it into the work of a body."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict, Invalid
from soi.findings import permissions, policies
from soi.findings.actions import fresh
from soi.findings.enums import RemedyState
from soi.findings.models import Remedy, RemedyChange
from soi.findings.remedies import check_post, noted, settle
from soi.history.actions import record
from soi.org.models import Post
from soi.work import tasks
from soi.work.enums import Origin
from soi.work.models import Programme, Task
from soi.work.queries import OPEN_STATES


@transaction.atomic
def change_remedy(
    *,
    actor: Actor,
    remedy: Remedy,
    accountable_post: Post,
    due_on: dt.date,
    reason: str,
    now: dt.datetime,
) -> Remedy:
    """Chuyển biện pháp cho chức vụ khác, hoặc đổi thời hạn, with the reason; never by who answers for it.

    After a reorganisation this is how a remedy of a post that is gone reaches one that exists.
    """
    permissions.check_can_rearrange(actor, remedy)
    finding = fresh(remedy.finding)
    current = Remedy.objects.select_related("accountable_post__organization").get(pk=remedy.pk)
    permissions.check_state(policies.remedy_refusal(RemedyState(current.state)))
    _check_change(actor, current, accountable_post, due_on)
    change = RemedyChange.objects.create(
        remedy=current, on=actor.today, reason=noted(reason, "lý do điều chỉnh", field="reason"),
        old_post=current.accountable_post, new_post=accountable_post,
        old_due_on=current.due_on, new_due_on=due_on, author_label=actor.label,
    )  # fmt: skip
    _move_task(actor, change, now)
    current.accountable_post, current.due_on = accountable_post, due_on
    current.save(update_fields=["accountable_post", "due_on"])
    settle(finding, finding.state)
    record(
        actor=actor, action="findings.change_remedy", subject=current, now=now, using=Capability.RECORD,
        finding=finding, accountable_post=accountable_post, organization=accountable_post.organization,
        due_on=due_on, reason=change.reason, old_post=change.old_post, old_due_on=change.old_due_on,
    )  # fmt: skip
    return current


def _move_task(actor: Actor, change: RemedyChange, now: dt.datetime) -> None:
    """The task that does the remedy follows it, unless it has ended; post and date never say two things."""
    task = Task.objects.filter(pk=change.remedy.task_id or 0, state__in=OPEN_STATES).first()
    if task is None:
        return
    due_on, post = change.new_due_on, change.new_post
    if due_on not in {change.old_due_on, task.due_on}:
        tasks.change_due(actor=actor, task=task, due_on=due_on, reason=change.reason, now=now)
    if post.pk not in {change.old_post_id, task.accountable_post_id}:
        tasks.hand_over_task(actor=actor, task=task, accountable_post=post, note=change.reason, now=now)


def _check_change(actor: Actor, remedy: Remedy, post: Post, due_on: dt.date) -> None:
    if post == remedy.accountable_post and due_on == remedy.due_on:
        raise Invalid(
            "Chưa có gì thay đổi. Hãy chọn chức vụ khác hoặc thời hạn khác.",
            {"accountable_post": "Chọn chức vụ khác, hoặc đổi thời hạn."},
        )
    if due_on != remedy.due_on and due_on < actor.today:
        raise Invalid(
            f"Thời hạn {due_on:%d/%m/%Y} đã qua. Hãy chọn từ hôm nay trở đi.", {"due_on": "Chọn ngày khác."}
        )
    if post != remedy.accountable_post:
        check_post(actor, post, actor.today)


@transaction.atomic
def enter_programme(
    *, actor: Actor, remedy: Remedy, now: dt.datetime, programme: Programme | None = None
) -> Task:
    """Đưa biện pháp vào chương trình công tác: one task with the same post, product and date does it."""
    permissions.check_can_change(actor, remedy.finding)
    finding = fresh(remedy.finding)
    current = Remedy.objects.select_related("accountable_post__organization").get(pk=remedy.pk)
    permissions.check_state(policies.remedy_refusal(RemedyState(current.state)))
    if current.task_id:
        raise Conflict("Biện pháp này đã có trong chương trình công tác.")
    task = tasks.assign_task(
        actor=actor, assigned_by=finding.organization, accountable_post=current.accountable_post,
        statement=current.statement, deliverable=current.deliverable, due_on=current.due_on,
        area=finding.area, programme=programme, origin=Origin.REMEDY, now=now,
        start_on=min(current.created_on, current.due_on), historic=current.due_on < actor.today,
    )  # fmt: skip
    current.task = task
    current.save(update_fields=["task"])
    record(
        actor=actor, action="findings.enter_programme", subject=current, now=now, using=Capability.RECORD,
        finding=finding, task=task, programme=programme,
    )  # fmt: skip
    return task
