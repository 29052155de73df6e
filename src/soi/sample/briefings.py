"""Giao ban mẫu: rounds of four quarters, reports sent up in time, late or not at all, and tasks out of conclusions."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from soi.base import quarters
from soi.briefings import actions
from soi.conferences.conclusions import give_task
from soi.conferences.enums import ConferenceKind
from soi.conferences.models import Conclusion, Conference
from soi.sample import days
from soi.sample.blueprint import BodyPlan, data
from soi.sample.people import actor_for, head_post, plan_of
from soi.sample.tasks import Course, past_quarters
from soi.sample.timeline import Timeline
from soi.sample.world import World

# In the last round so many units have not sent theirs yet; of each briefing so many conclusions become tasks.
_MISSING, _TASKS_EACH = 1, 2


class Chancery:
    """Ban thư ký giao ban."""

    def __init__(self, world: World, timeline: Timeline) -> None:
        self._world, self._timeline, self._rng = world, timeline, world.chance

    def begin(self) -> None:
        """Xếp lịch các đợt; the lowest level first, so that the one above finds its units' reports."""
        done = past_quarters(self._world.today)[:-1]
        for row in data("work.toml")["briefings"]:
            for quarter in done:
                ends = quarters.days_of(quarter).end
                assert ends is not None  # noqa: S101 (a quarter ends)
                due = ends + dt.timedelta(days=row["due_after"])
                self._timeline.add(ends - dt.timedelta(days=12), 8, partial(self._open, row, quarter, due))
                units = row["units"][:-_MISSING] if quarter == done[-1] else row["units"]
                for place, key in enumerate(units):
                    late = 4 if self._rng.random() < 0.12 else 0
                    day = due + dt.timedelta(days=late)
                    self._timeline.add(day, 9 + place % 3, partial(self._send, key, quarter))
                if row["body"] == "region":
                    self._timeline.add(due + dt.timedelta(days=1), 14, partial(self._send, "region", quarter))
        for day in days.months_between(self._world.opening, self._world.today):
            for offset in (16, 23):
                self._timeline.add(day + dt.timedelta(days=offset), 15, self._give_conclusions)

    def _open(self, row: dict[str, Any], quarter: str, due: dt.date, now: dt.datetime) -> None:
        body = plan_of(row["body"])
        if self._world.exists(body.key, now.date()):
            actions.open_round(
                actor=actor_for(self._world, body, now), organization=self._world.bodies[body.key],
                quarter=quarter, due_on=due, now=now,
            )  # fmt: skip

    def _send(self, key: str, quarter: str, now: dt.datetime) -> None:
        """Soạn từ hồ sơ rồi gửi, and to the briefing conference where there is one."""
        if not self._world.exists(key, now.date()):
            return
        actor = actor_for(self._world, plan_of(key), now)
        composed = actions.compose_report(
            actor=actor, organization=self._world.bodies[key], quarter=quarter, now=now
        )
        actions.send_report(actor=actor, report=composed.report, now=now)
        self._timeline.add(now.date() + dt.timedelta(days=12), 17, partial(self._take, key, composed.report))

    def _take(self, key: str, report: Any, now: dt.datetime) -> None:
        held = Conference.objects.filter(
            kind=ConferenceKind.BRIEFING_QUARTER, organization=self._world.bodies[key], period=report.quarter
        ).first()
        if held is not None:
            actions.take_to_conference(
                actor=actor_for(self._world, plan_of(key), now), report=report, conference=held, now=now
            )

    def _give_conclusions(self, now: dt.datetime) -> None:
        """Kết luận giao ban thành nhiệm vụ, in the days after."""
        fresh = now.date() - dt.timedelta(days=14)
        held = Conference.objects.filter(kind=ConferenceKind.BRIEFING_QUARTER, date_start__gte=fresh)
        since = days.months_before(self._world.today, 13)
        for conference in held.filter(date_start__gte=since).order_by("pk"):
            body = self._plan_of(conference)
            for conclusion in conference.conclusions.filter(task=None)[:_TASKS_EACH]:
                self._give(body, conclusion, now)

    def _plan_of(self, conference: Conference) -> BodyPlan:
        found = (key for key, body in self._world.bodies.items() if body.pk == conference.organization_id)
        return plan_of(next(found))

    def _give(self, body: BodyPlan, conclusion: Conclusion, now: dt.datetime) -> None:
        post = head_post(self._world, body, now.date())
        task = give_task(
            actor=actor_for(self._world, body, now), conclusion=conclusion,
            accountable_post=self._world.posts[post],
            deliverable="Biên bản kiểm tra 100% đơn vị trực thuộc, kèm kết quả từng đơn vị",
            due_on=now.date() + dt.timedelta(days=self._rng.choice((45, 60, 75))), now=now,
        )  # fmt: skip
        Course(self._world, self._timeline, task, body, plan_of(post.partition(".")[0])).begin()
