"""Công việc của trung đoàn, to try rights on: one record of every kind, all of it saying CANARY."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from soi.documents.models import Source
from soi.org import staffing
from soi.org.enums import PostRole, WorkArea
from soi.org.models import Person, Post
from soi.work import bulk, handing, programmes, progress, tasks
from soi.work.enums import BulkKind, Result
from soi.work.models import BulkChange, Handover, Programme, ProgressReport, Task
from tests.factories import FOUNDED, Region


@dataclass
class Work:
    """Hồ sơ công việc. The regiment gave the tasks, and its secretary answers for them."""

    task: Task
    reported: Task
    request: ProgressReport
    programme: Programme
    bulk: BulkChange
    handover: Handover
    # A post whose holder left, with no list made yet.
    left_post: Post
    left_by: Person


def build_work(region: Region, evidence: Source, today: dt.date) -> Work:
    """Two tasks, a programme, a list handed over, a holder gone, a change of many."""
    clerk, body, now = region.actor("divisionclerk", today=today), region.bodies["regiment"], region.now
    owner = region.actor("regiment", today=today)
    programme = programmes.add_programme(
        actor=clerk, organization=body, title="CANARY chương trình công tác", period=f"{today.year}", now=now
    )
    task = _task(region, "regiment", today, programme=programme)
    request = progress.report_progress(
        actor=owner, task=task, percent=30, note="CANARY đang làm", request="CANARY xin kinh phí",
        evidence=evidence, now=now,
    )  # fmt: skip
    reported = progress.report_done(
        actor=owner,
        task=_task(region, "regiment", today),
        note="CANARY đã xong",
        result=Result.ACHIEVED,
        now=now,
    )
    listed_post, listed_by = _gone(region, "Âu Văn Giao", today)
    left_post, left_by = _gone(region, "Tô Văn Nghỉ", today)
    return Work(
        task=task,
        reported=reported,
        request=request,
        programme=programme,
        bulk=bulk.change_many(
            actor=clerk,
            tasks=[_task(region, "regiment", today)],
            kind=BulkKind.REMIND,
            note="CANARY",
            now=now,
        ),
        handover=handing.prepare_handover(
            actor=clerk, post=listed_post, outgoing=listed_by, on=today, note="CANARY", now=now
        ),
        left_post=left_post,
        left_by=left_by,
    )


def _task(
    region: Region, post: str | Post, today: dt.date, *, given: dt.date | None = None, **more: Any
) -> Task:
    return tasks.assign_task(
        actor=region.actor("divisionclerk", today=given or today),
        assigned_by=region.bodies["regiment"],
        accountable_post=region.posts[post] if isinstance(post, str) else post,
        statement="CANARY kiểm tra kho vũ khí của 3 tiểu đoàn",
        deliverable="CANARY 3 biên bản kiểm tra",
        due_on=today + dt.timedelta(days=30),
        area=WorkArea.DEFENCE,
        now=region.now,
        **more,
    )


def _gone(region: Region, name: str, today: dt.date) -> tuple[Post, Person]:
    """Người vừa thôi giữ chức, with a task left behind."""
    body, now = region.bodies["regiment"], region.now
    post = staffing.add_post(
        actor=region.system,
        organization=body,
        label=f"Trợ lý của {name}",
        role=PostRole.STAFF,
        start=FOUNDED,
        now=now,
    )
    person = staffing.add_person(actor=region.system, name=name, organization=body, now=now)
    holding = staffing.appoint(actor=region.system, person=person, post=post, start=FOUNDED, now=now)
    _task(region, post, today, given=today - dt.timedelta(days=9))
    staffing.end_membership(actor=region.system, membership=holding, on=today, now=now)
    return post, person
