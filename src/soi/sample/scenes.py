"""Cảnh dựng sẵn: a few findings placed on purpose, so that every sign-in finds work waiting on its first page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from soi.conferences import actions
from soi.conferences.enums import ConferenceKind, Form
from soi.sample import days
from soi.sample.attendance import attend
from soi.sample.meetings import Meeting, Secretariat
from soi.sample.people import actor_for, plan_of
from soi.sample.phrases import issues, world_of
from soi.sample.story import Fate
from soi.sample.timeline import Timeline
from soi.sample.world import World

# Days from the conference to the remedy.
_GIVEN = 4


@dataclass(frozen=True, slots=True)
class Scene:
    """Một cảnh: found ``ago`` days before today, remedy by ``post`` due ``late`` days before today (negative: still to
    come), reported done ``done`` days before today or not at all."""

    ago: int
    body: str
    issue: str
    post: str
    late: int
    done: int | None = None
    # Whether what looks alike is left for the visitor to decide.
    links_wait: bool = False


SCENES = (
    Scene(96, "bat8111", "discipline", "bat8111.commander", 19),
    Scene(96, "bat8111", "training", "bat8111.commander", -12),
    Scene(88, "office", "reports", "office.clerk", 8),
    Scene(88, "office", "secrecy", "office.network", 11),
    Scene(82, "propaganda", "network", "propaganda.head", 5),
    Scene(82, "propaganda", "education", "propaganda.head", -9),
    Scene(103, "region", "rules", "region.secretary", 6),
    Scene(103, "region", "drill", "staff.head", 20, 12),
    Scene(92, "div981", "assignment", "div981.secretary", 14),
    Scene(92, "div981", "finance", "div981logistics.head", 10, 9),
    Scene(86, "reg811", "cellmeeting", "reg811.secretary", 9, 10, links_wait=True),
    Scene(84, "reg813", "regularity", "reg813.commander", 4, 5, links_wait=True),
    Scene(90, "bri985", "traffic", "bri985.commander", 7, 8, links_wait=True),
    Scene(91, "ansoncommand", "militia", "ansoncommand.commander", 2, 6),
    Scene(94, "commune", "petitions", "commune.secretary", 5),
    Scene(94, "commune", "dataset", "commune.clerk", 7),
    Scene(87, "communepeople", "land", "communepeople.land", 3, 9, links_wait=True),
    Scene(87, "communepeople", "service", "communeservice.head", 1, 4),
)


def stage(world: World, timeline: Timeline, secretariat: Secretariat) -> None:
    """Xếp các cảnh vào lịch; those of one body and day are one conference."""
    for (_, ago), scenes in groupby(SCENES, key=lambda scene: (scene.body, scene.ago)):
        day = days.workday(world.today - dt.timedelta(days=ago))
        timeline.add(day, 13, partial(_play, world, timeline, secretariat, tuple(scenes)))


def _play(
    world: World, timeline: Timeline, secretariat: Secretariat, scenes: tuple[Scene, ...], now: dt.datetime
) -> None:
    plan, day = plan_of(scenes[0].body), now.date()
    actor = actor_for(world, plan, now)
    conference = actions.record_conference(
        actor=actor,
        organization=world.bodies[plan.key],
        kind=ConferenceKind.LESSONS,
        form=Form.IN_PERSON,
        title=Meeting(plan, ConferenceKind.LESSONS, day, {}).title,
        date_start=day,
        now=now,
    )
    attend(world, actor, conference, plan, now=now)
    for scene in scenes:
        issue = next(one for one in issues(world_of(plan)) if one.key == scene.issue)
        story = secretariat.blame(actor, conference, plan, issue, now=now, post=scene.post)
        give = partial(story.give, fate=_fate(scene, (world.today - day).days), found_on=day)
        timeline.add(day + dt.timedelta(days=_GIVEN), 9, give)
        if not scene.links_wait:
            timeline.add(day + dt.timedelta(days=2 * _GIVEN), 15, story.decide_links)


def _fate(scene: Scene, age: int) -> Fate:
    """What was reported done waits for the visitor: nobody in the sample confirms it."""
    done = None if scene.done is None else age - scene.done
    return Fate(_GIVEN, term=age - _GIVEN - scene.late, done=done, verified=None)
