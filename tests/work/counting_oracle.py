"""Người đếm chậm: the figures counted task by task in plain Python, along the day-by-day model of the tree."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field

from django.db import transaction

from soi.base.quarters import quarter_of
from soi.org.enums import WorkArea
from soi.org.models import Post
from soi.work.enums import LateCause, Origin, Standing, TaskState
from soi.work.logic.figures import Figures
from soi.work.models import Task
from soi.work.rollup import Counted, note_change
from tests.org.oracle import DAYS
from tests.org.story import Step, Story

# Around the days of the story, which all lie in the first quarter of 2021.
DUE_DAYS = [
    dt.date(2020, 8, 1), dt.date(2020, 12, 31), *DAYS, dt.date(2021, 3, 31), dt.date(2021, 4, 1),
    dt.date(2021, 12, 31),
]  # fmt: skip
AREAS = [WorkArea.LEADERSHIP, WorkArea.ECONOMY, WorkArea.GENERAL]
_VERBS = ["found", "move", "move", "merge", "merge one", "split", "abolish"]
_STATES = {
    Standing.ACTIVE: TaskState.ACTIVE,
    Standing.REPORTED: TaskState.REPORTED,
    Standing.FAILED: TaskState.FAILED,
    Standing.CANCELLED: TaskState.CANCELLED,
}


@dataclass
class World:
    """A random story of a tree and of tasks in it. Triggers must be away: tasks jump between states here."""

    draw: random.Random
    story: Story = field(default_factory=Story)
    tasks: list[Task] = field(default_factory=list)

    def reorganize(self) -> None:
        picks = [self.draw.randrange(30) for _ in range(3)]
        step: Step = (self.draw.choice(_VERBS), *picks, self.draw.choice([0, 1, 1, 2, -2]))
        self.story.do(step)

    @transaction.atomic
    def change(self) -> None:
        """A new task, or an old one changed in anything that is counted; now and then taken back at once."""
        if not self.tasks or self.draw.random() < 0.4:
            task = Task(
                accountable_post=self._post(), origin=Origin.AD_HOC, statement="Việc", deliverable="Kết quả"
            )
            self._settle(task)
            self.tasks.append(task)
            note_change(None, Counted.of(task))
            return
        task = self.draw.choice(self.tasks)
        before = Counted.of(task)
        self._settle(task)
        note_change(before, Counted.of(task))

    def _post(self) -> Post:
        top = self.story.bodies[0]
        return Post.objects.get_or_create(organization=top, label="Bí thư", start=top.start)[0]

    def _settle(self, task: Task) -> None:
        standing = self.draw.choice([Standing.ACTIVE, Standing.ACTIVE, *Standing])
        closed = standing not in {Standing.ACTIVE, Standing.REPORTED}
        task.organization = task.assigned_by = self.draw.choice(self.story.bodies)
        task.area, task.due_on = self.draw.choice(AREAS), self.draw.choice(DUE_DAYS)
        task.start_on = task.created_on = dt.date(2020, 1, 1)
        task.standing, task.state = standing, _STATES.get(standing, TaskState.DONE)
        task.reported_on = None if standing == Standing.ACTIVE else task.due_on + dt.timedelta(1)
        task.closed_on = task.reported_on if closed else None
        task.late_cause = LateCause.OWN if standing == Standing.LATE else ""
        task.cancel_reason = "Không còn cần" if standing == Standing.CANCELLED else ""
        task.save()

    # --- what must be counted ------------------------------------------------------------------------

    def below(self, body: int, today: dt.date) -> list[Task]:
        ways: dict[int, set[int]] = {}
        for task in self.tasks:
            if task.organization_id not in ways:
                ways[task.organization_id] = self.story.oracle.ways_up(task.organization_id, today)
        return [task for task in self.tasks if body in ways[task.organization_id]]

    def figures(self, body: int, first: str, last: str, today: dt.date) -> Figures:
        return figures_of_tasks(self.below(body, today), first, last, today)


def figures_of_tasks(tasks: list[Task], first: str, last: str, today: dt.date, area: str = "") -> Figures:
    """One task after the other."""
    counts = dict.fromkeys(Figures.__slots__, 0)
    for task in tasks:
        if first <= quarter_of(task.due_on) <= last and area in {"", task.area}:
            counts[task.standing] += 1
            counts["overdue"] += task.is_overdue(today)
    return Figures(**counts)


def carried_in(tasks: list[Task], first: str, today: dt.date) -> int:
    """Overdue from quarters before the first."""
    return sum(task.is_overdue(today) and quarter_of(task.due_on) < first for task in tasks)
