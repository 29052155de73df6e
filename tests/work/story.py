"""Short ways to play the life of a task through the actions. All names and texts are invented."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from soi.access import actions as access
from soi.access.enums import Duty
from soi.base.actor import Actor
from soi.org import staffing
from soi.org.enums import PostRole, WorkArea
from soi.org.models import Person, Post
from soi.work import progress, tasks
from soi.work.enums import Result
from soi.work.models import ProgressReport, Task, TaskDelta
from tests.factories import FOUNDED, Region, add_official

TODAY = dt.date(2021, 12, 1)
DUE_ON = dt.date(2021, 12, 31)
STATEMENT = "Ban hành quy chế phân công từng nhiệm vụ cho một chức vụ"


@dataclass
class Story:
    """One region on one day; ``actor`` by sign-in name. The division's secretary is accountable unless said."""

    region: Region
    now: dt.datetime

    def actor(self, name: str, **kwargs: Any) -> Actor:
        return self.region.actor(name, **kwargs)

    def assign(self, *, by: str = "clerk", giver: str = "region", to: str = "division", **given: Any) -> Task:
        values: dict[str, Any] = {
            "statement": STATEMENT,
            "deliverable": "Quy chế được ban hành",
            "due_on": DUE_ON,
            "area": WorkArea.LEADERSHIP,
            "assigned_by": self.region.bodies[giver],
            "accountable_post": self.region.posts[to],
            **given,
        }
        today = values.pop("today", None)
        return tasks.assign_task(actor=self.actor(by, today=today), now=self.now, **values)

    def below(self, task: Task, **given: Any) -> Task:
        """A sub-task that the division gives to its regiment."""
        given = {"by": "divisionclerk", "giver": "division", "to": "regiment", **given}
        return self.assign(parent=task, **given)

    def edit(self, task: Task, *, by: str = "clerk", version: int | None = None, **given: Any) -> Task:
        values = {
            "statement": task.statement, "deliverable": task.deliverable, "area": task.area,
            "weight": task.weight, "target": task.target, "unit": task.unit, **given,
        }  # fmt: skip
        return tasks.edit_task(
            actor=self.actor(by), task=task, expected_version=version or task.version, now=self.now, **values
        )

    def report(
        self, task: Task, percent: int | None = 40, *, by: str = "division", **given: Any
    ) -> ProgressReport:
        values: dict[str, Any] = {"note": "Đã soạn dự thảo", **given}
        today = values.pop("today", None)
        return progress.report_progress(
            actor=self.actor(by, today=today), task=task, percent=percent, now=self.now, **values
        )

    def done(self, task: Task, *, by: str = "division", **given: Any) -> Task:
        values: dict[str, Any] = {"note": "Đã ban hành", "result": Result.ACHIEVED, **given}
        today = values.pop("today", None)
        return progress.report_done(actor=self.actor(by, today=today), task=task, now=self.now, **values)

    def assess(self, task: Task, *, by: str = "secretary", **given: Any) -> Task:
        values: dict[str, Any] = {"note": "Đã đọc quy chế", "result": Result.ACHIEVED, **given}
        today = values.pop("today", None)
        return progress.assess_task(actor=self.actor(by, today=today), task=task, now=self.now, **values)

    def give_back(self, task: Task, *, by: str = "secretary", note: str = "Thiếu phần hậu cần") -> Task:
        return progress.return_task(actor=self.actor(by), task=task, note=note, now=self.now)

    def closed(self, task: Task) -> Task:
        """From given to done, the honest way."""
        return self.assess(self.done(task))

    def official(self, username: str, name: str, body: str, label: str, **kwargs: Any) -> Person:
        return add_official(self.region, username, name, body, label, **kwargs)

    def lend(self, lender: str, receiver: str) -> None:
        access.delegate(
            actor=self.actor(lender),
            post=self.region.posts[lender],
            delegate=self.region.people[receiver],
            start=TODAY,
            end=TODAY + dt.timedelta(days=10),
            reason="Đi công tác",
            now=self.now,
        )

    def second_post(self, username: str, body: str, duty: Duty) -> Post:
        """A further post, held by somebody who has one."""
        region = self.region
        post = staffing.add_post(
            actor=region.system, organization=region.bodies[body], label="Ủy viên kiêm nhiệm",
            role=PostRole.MEMBER, start=FOUNDED, now=self.now,
        )  # fmt: skip
        access.give_duty(actor=region.system, post=post, duty=duty, whole_tree=True, now=self.now)
        staffing.appoint(
            actor=region.system, person=region.people[username], post=post, start=FOUNDED, now=self.now
        )
        return post

    def replace(self, username: str, name: str, *, on: dt.date = TODAY) -> Person:
        """Somebody else takes over the post of ``username`` on that day."""
        region = self.region
        body = region.posts[username].organization
        person = staffing.add_person(actor=region.system, name=name, organization=body, now=self.now)
        staffing.appoint(
            actor=region.system, person=person, post=region.posts[username], start=on, replace=True,
            now=self.now,
        )  # fmt: skip
        return person


def figures() -> dict[tuple[int, str, dt.date, str], int]:
    """What all changes add up to."""
    found: dict[tuple[int, str, dt.date, str], int] = {}
    for delta in TaskDelta.objects.all():
        key = (delta.organization_id, delta.area, delta.due_on, delta.standing)
        found[key] = found.get(key, 0) + delta.n
    return {key: n for key, n in found.items() if n}


def figures_of_tasks() -> dict[tuple[int, str, dt.date, str], int]:
    found: dict[tuple[int, str, dt.date, str], int] = {}
    for task in Task.objects.all():
        key = (task.organization_id, task.area, task.due_on, task.standing)
        found[key] = found.get(key, 0) + 1
    return found
