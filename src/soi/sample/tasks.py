"""Công việc mẫu: a programme for every quarter, its tasks, what was reported of them and how they were judged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from soi.base import quarters
from soi.base.actor import Actor
from soi.base.errors import Refusal
from soi.org.enums import WorkArea
from soi.sample import days
from soi.sample.blueprint import BodyPlan, data
from soi.sample.people import accountable_post, actor_for, judges, living, plan_of, reporter
from soi.sample.phrases import world_of
from soi.sample.timeline import Timeline
from soi.sample.world import World
from soi.work import progress, tasks
from soi.work.enums import LateCause, Result, TaskState
from soi.work.models import ProgressReport, Task
from soi.work.programmes import add_programme

# Quarters before the present one.
QUARTERS = 4
# Two regiments became one; the work of the first is handed to the posts of the second, but for these few.
_MERGED, _INTO, _LEFT = "reg812", "reg813", 2


def past_quarters(today: dt.date) -> list[str]:
    """Các quý của dữ liệu mẫu, the present one last."""
    present = quarters.quarter_of(today)
    year, number = int(present[:4]), int(present[-1])
    count = year * 4 + number - 1 - QUARTERS
    return quarters.quarters_between(f"{count // 4:04d}-Q{count % 4 + 1}", present)


def words_of(quarter: str) -> dict[str, str]:
    """What stands in titles and tasks."""
    return {"q": ("I", "II", "III", "IV")[int(quarter[-1]) - 1], "y": quarter[:4]}


@dataclass(frozen=True, slots=True)
class Fate:
    """Số phận của một nhiệm vụ: the day it is reported done (None: not yet), and how it is judged."""

    done_on: dt.date | None
    result: Result
    judged_after: int | None
    returned: bool = False


class Office:
    """Văn phòng: gives the tasks of each quarter and lets time run."""

    def __init__(self, world: World, timeline: Timeline) -> None:
        self._world, self._timeline, self._rng = world, timeline, world.chance
        self._table = data("work.toml")

    def begin(self) -> None:
        """Xếp lịch cho mọi quý, and for what a merger leaves without an owner."""
        for quarter in past_quarters(self._world.today):
            first = quarters.days_of(quarter).start
            for row in self._table["plans"]:
                day = days.workday(first + dt.timedelta(days=2))
                self._timeline.add(day, 8, partial(self._plan, row, quarter))
        if merged := self._merged_on():
            self._timeline.add(merged + dt.timedelta(days=9), 10, self._hand_over_merged)

    def _merged_on(self) -> dt.date | None:
        for row in data("changes.toml")["reorganization"]:
            if _MERGED in row.get("merge", ()):
                return days.months_before(self._world.today, row["months"])
        return None

    def _plan(self, row: dict[str, Any], quarter: str, now: dt.datetime) -> None:
        body = plan_of(row["body"])
        if not self._world.exists(body.key, now.date()):
            return
        actor, organization = actor_for(self._world, body, now), self._world.bodies[body.key]
        programme = add_programme(
            actor=actor, organization=organization, period=quarter, now=now,
            title=self._table["programme"].format(**words_of(quarter)),
        )  # fmt: skip
        receivers = [key for key in row["to"] if self._world.exists(key, now.date())]
        for number, chosen in enumerate(self._choose(body, row["tasks"])):
            to = receivers[number % len(receivers)] if receivers and number % 3 else body.key
            self._give(actor, body, plan_of(to), chosen, quarter, now=now, programme=programme)

    def _choose(self, body: BodyPlan, count: int) -> list[dict[str, Any]]:
        return self._rng.sample(self._table[world_of(body)], count)

    def _give(
        self,
        actor: Actor,
        giver: BodyPlan,
        receiver: BodyPlan,
        row: dict[str, Any],
        quarter: str,
        *,
        now: dt.datetime,
        **given: Any,
    ) -> None:
        span = quarters.days_of(quarter)
        assert span.end is not None  # noqa: S101 (a quarter ends)
        due_on = span.end - dt.timedelta(days=self._rng.choice((1, 1, 6, 15, 16, 31, 45)))
        target = Decimal(self._rng.randint(*row["target"])) if "target" in row else None
        post = accountable_post(self._world, receiver, row["area"], now.date())
        task = tasks.assign_task(
            actor=actor,
            assigned_by=self._world.bodies[giver.key],
            accountable_post=self._world.posts[post],
            statement=row["text"].format(unit=receiver.unit or receiver.name, **words_of(quarter)),
            deliverable=row["product"],
            due_on=max(due_on, now.date() + dt.timedelta(days=20)),
            area=WorkArea(row["area"]),
            weight=row["weight"],
            target=target,
            unit=row.get("unit", ""),
            now=now,
            **given,
        )
        Course(self._world, self._timeline, task, giver, receiver).begin()

    def _hand_over_merged(self, now: dt.datetime) -> None:
        """Sau sáp nhập: the heir's posts take the open tasks, all but a few that still wait for somebody."""
        owed = Task.objects.filter(
            organization=self._world.bodies[_MERGED], state=TaskState.ACTIVE
        ).select_related("accountable_post", "organization", "assigned_by")
        heir = plan_of(_INTO)
        for task in list(owed)[_LEFT:]:
            post = accountable_post(self._world, heir, task.area, now.date())
            tasks.hand_over_task(
                actor=actor_for(self._world, plan_of("div981"), now), task=task, now=now,
                accountable_post=self._world.posts[post], note="Bàn giao sau khi sáp nhập hai trung đoàn.",
            )  # fmt: skip


@dataclass(slots=True)
class Course:
    """Một nhiệm vụ đang chạy."""

    world: World
    timeline: Timeline
    task: Task
    giver: BodyPlan
    receiver: BodyPlan

    def begin(self) -> None:
        """Bốc thăm số phận và xếp lịch."""
        fate, rng = self._fate(), self.world.chance
        length = (self.task.due_on - self.task.created_on).days
        half = self.task.created_on + dt.timedelta(days=round(length * rng.uniform(0.35, 0.6)))
        self.timeline.add(half, 16, self.report)
        if fate.done_on is None:
            if fate.judged_after is not None:
                self.timeline.add(
                    self.task.due_on + dt.timedelta(days=fate.judged_after), 10, self.call_failed
                )
            return
        self.timeline.add(fate.done_on, 16, partial(self.done, result=fate.result))
        last = fate.done_on
        if fate.returned:
            self.timeline.add(last + dt.timedelta(days=3), 9, self.send_back)
            last += dt.timedelta(days=14)
            self.timeline.add(last, 16, partial(self.done, result=Result.ACHIEVED))
        if fate.judged_after is not None:
            self.timeline.add(
                last + dt.timedelta(days=fate.judged_after), 10, partial(self.judge, result=fate.result)
            )

    def _fate(self) -> Fate:
        rng, due = self.world.chance, self.task.due_on
        luck = rng.random()
        judged = rng.randint(2, 12) if rng.random() < 0.93 else None
        if luck < 0.10:
            failed = rng.randint(20, 60) if rng.random() < 0.45 else None
            return Fate(None, Result.NOT_ACHIEVED, failed)
        if luck < 0.24:
            return Fate(due + dt.timedelta(days=rng.randint(2, 25)), Result.ACHIEVED, judged)
        done = due - dt.timedelta(days=rng.randint(0, 12))
        exceeded = self.task.target is not None and luck > 0.88
        result = Result.EXCEEDED if exceeded else Result.ACHIEVED
        return Fate(done, result, judged, returned=rng.random() < 0.05)

    # --- what the accountable post says ---------------------------------------------------------------------

    def report(self, now: dt.datetime) -> None:
        """Báo cáo giữa kỳ, at times with a difficulty and a request to the superior."""
        if (actor := self._reporter(now)) is None:
            return
        hard = self.world.chance.random() < 0.3
        asks = hard and self.world.chance.random() < 0.6
        report = progress.report_progress(
            actor=actor, task=self.task, percent=self.world.chance.choice((30, 40, 50, 60)),
            note=f"{self._say('half')}.", now=now,
            difficulty=f"{self._say('difficulty')}." if hard else "",
            request=f"{self._say('request')}." if asks else "",
        )  # fmt: skip
        if asks and self.world.chance.random() < 0.7:
            self.timeline.add(now.date() + dt.timedelta(days=6), 9, partial(self.answer, report))

    def done(self, now: dt.datetime, *, result: Result) -> None:
        """Báo cáo đã làm xong; the cause is told when it is late."""
        if (actor := self._reporter(now)) is None:
            return
        late = now.date() > self.task.due_on
        cause = self.world.chance.choice(LateCause.values) if late else ""
        told = f" {self._say(cause)}." if cause else ""
        target = self.task.target
        value = target and (target * Decimal("1.15") if result == Result.EXCEEDED else target)
        progress.report_done(
            actor=actor, task=self.task, note=f"{self._say('done')}.{told}", result=result,
            value=value and Decimal(round(value)), late_cause=cause, now=now,
        )  # fmt: skip

    def _reporter(self, now: dt.datetime) -> Actor | None:
        """Whoever holds the accountable post that day; nobody where it has ended or the task is closed."""
        self.task = Task.objects.select_related("accountable_post__organization", "assigned_by").get(
            pk=self.task.pk
        )
        post = self.task.accountable_post
        if self.task.state != TaskState.ACTIVE or now.date() not in post.period:
            return None
        return reporter(self.world, post, living(self.world, self.receiver, now.date()), now)

    # --- what the level that gave it says -------------------------------------------------------------------

    def judge(self, now: dt.datetime, *, result: Result) -> None:
        """Đánh giá kết quả."""
        if self._state() == TaskState.REPORTED:
            note = f"{self._say('exceeded' if result == Result.EXCEEDED else 'accepted')}."
            self._by_superior(
                now,
                lambda by: progress.assess_task(actor=by, task=self.task, result=result, note=note, now=now),
            )

    def call_failed(self, now: dt.datetime) -> None:
        """Quá hạn lâu mà không báo cáo: called not achieved."""
        if self._state() == TaskState.ACTIVE:
            note = f"{self._say('failed')}."
            self._by_superior(
                now,
                lambda by: progress.assess_task(
                    actor=by, task=self.task, result=Result.NOT_ACHIEVED, note=note, now=now,
                    late_cause=LateCause.OWN,
                ),
            )  # fmt: skip

    def send_back(self, now: dt.datetime) -> None:
        """Chưa đạt, làm tiếp."""
        if self._state() == TaskState.REPORTED:
            note = f"{self._say('returned')}."
            self._by_superior(
                now, lambda by: progress.return_task(actor=by, task=self.task, note=note, now=now)
            )

    def answer(self, report: ProgressReport, now: dt.datetime) -> None:
        """Trả lời đề nghị."""
        text = f"{self._say('answer')}."
        self._by_superior(
            now, lambda by: progress.answer_request(actor=by, report=report, text=text, now=now)
        )

    def _by_superior(self, now: dt.datetime, act: Callable[[Actor], object]) -> None:
        """The office of the level that gave it, else the nearest above who had no part in it."""
        body = living(self.world, self.giver, now.date())
        for actor in (actor_for(self.world, body, now), *judges(self.world, body, now)):
            if actor.person_id is None:
                continue
            with suppress(Refusal):
                act(actor)
                return

    def _state(self) -> str:
        self.task.refresh_from_db()
        return self.task.state

    def _say(self, what: str) -> str:
        return str(self.world.chance.choice(data("work.toml")["reports"][what]))
