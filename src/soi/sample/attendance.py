"""Thành phần dự: who sits in a conference of a body on a day, and in which role."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial

from soi.base.actor import Actor
from soi.base.errors import Refusal
from soi.conferences import minutes
from soi.conferences.enums import AttendanceRole, Presence
from soi.conferences.models import Conference, Site
from soi.org.models import Person
from soi.sample.blueprint import BodyPlan, bodies
from soi.sample.people import head_post
from soi.sample.world import World

_MOST = 6
_REASONS = ("Đi công tác", "Đi học tập trung", "Nghỉ phép", "Làm nhiệm vụ đột xuất")


def attend(
    world: World,
    actor: Actor,
    conference: Conference,
    body: BodyPlan,
    *,
    now: dt.datetime,
    sites: Sequence[Site] = (),
    superior: str = "",
) -> None:
    """Ghi thành phần dự: the head chairs, deputies report, a superior directs, a few speak, one may be absent."""
    roles = _cast(world, body, conference.date_start, superior)
    for number, (person, held) in enumerate(roles.items()):
        absent = held == [AttendanceRole.ATTEND] and world.rng.random() < 0.12
        record = partial(
            minutes.record_attendance,
            conference=conference,
            person=person,
            roles=held,
            presence=Presence.ABSENT if absent else Presence.PRESENT,
            reason=world.rng.choice(_REASONS) if absent else "",
            site=_site(sites, number),
            now=now,
        )
        try:
            record(actor=actor)
        except Refusal:
            # A guest from a level above, whom the clerk's register does not hold.
            record(actor=world.system(now))


def _site(sites: Sequence[Site], number: int) -> Site | None:
    """The first three sit at the main site, the others are spread."""
    if not sites:
        return None
    return sites[number % len(sites)] if number > 2 else sites[0]


def _cast(world: World, body: BodyPlan, on: dt.date, superior: str) -> dict[Person, list[AttendanceRole]]:
    people = list(dict.fromkeys(_candidates(world, body, on)))[:_MOST]
    chair = world.holder(head_post(world, body, on), on)
    roles: dict[Person, list[AttendanceRole]] = {}
    if chair is not None:
        roles[chair] = [AttendanceRole.CHAIR, AttendanceRole.SPEAK]
    if superior and (guest := world.holder(superior, on)) is not None:
        roles.setdefault(guest, [AttendanceRole.DIRECT])
    order = [
        [AttendanceRole.PRESENT],
        [AttendanceRole.SPEAK],
        [AttendanceRole.SPEAK],
        [AttendanceRole.SECRETARY],
    ]
    for number, person in enumerate(one for one in people if one not in roles):
        roles[person] = order[number] if number < len(order) else [AttendanceRole.ATTEND]
    return roles


def _candidates(world: World, body: BodyPlan, on: dt.date) -> list[Person]:
    """Those of the body itself, then the heads of the bodies directly below."""
    found = [person for post in body.posts for person in world.holding(f"{body.key}.{post.key}", on)[:6]]
    for below in bodies():
        if below.up == body.key and world.exists(below.key, on):
            found += world.holding(head_post(world, below, on), on)[:1]
    return found
