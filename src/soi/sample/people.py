"""Ai làm việc gì: who keeps the records, answers for a remedy, reports and verifies, on a given day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache

from soi.base.actor import Actor, Capability
from soi.org.models import Person, Post
from soi.org.queries import in_scope
from soi.sample.blueprint import BodyPlan, bodies
from soi.sample.world import World

# Which post of a body answers for an area, best first; the head of the body for everything else.
_IN_CHARGE = {
    "ideology": ("political", "propaganda.head", "vicecommissar", "building", "culture", "commissar"),
    "party_building": ("secretary", "vice", "building"),
    "personnel": ("secretary", "cadres.head", "vice"),
    "inspection": ("secretary", "vicecommissar", "chair"),
    "leadership": ("clerk", "vice", "chair", "secretary"),
    "defence": ("commander", "chief", "operations.head", "communemilitia.commander"),
    "security": ("commander", "chief", "communepolice.head"),
    "economy": ("logistics", "supply.head", "div981logistics.head", "economy", "commander", "vicechair"),
    "society": ("logistics", "culture", "political", "vice"),
    "admin_law": ("clerk", "network", "communeservice.head"),
    "mass_work": ("political", "masswork.head", "communefront.chair", "vicecommissar"),
    "land_env": ("logistics", "land", "communepeople.land", "commander", "vicechair"),
    "general": ("secretary", "head", "chair"),
}
_HEADS = ("secretary", "head", "chair", "commander", "member")
_INSPECTORS = ("inspector", "control.vice", "control.head")
# Who took over what is still open in a body that was merged or abolished.
_HEIRS = {
    "reg812": "reg813",
    "district": "province",
    **dict.fromkeys(("old1", "old2", "old3"), "commune"),
    **dict.fromkeys(("old1people", "old2people", "old3people"), "communepeople"),
}


@cache
def plan_of(key: str) -> BodyPlan:
    """Bản thiết kế của một tổ chức."""
    return next(plan for plan in bodies() if plan.key == key)


def chain(body: BodyPlan) -> Iterator[BodyPlan]:
    """Tổ chức và các cấp trên của nó, as designed."""
    yield body
    while body.up:
        body = plan_of(body.up)
        yield body


def living(world: World, body: BodyPlan, on: dt.date) -> BodyPlan:
    """Tổ chức hiện còn: the body itself, or the one that took it over."""
    return body if world.exists(body.key, on) else plan_of(_HEIRS.get(body.key, body.up))


def subordinates(body: BodyPlan, on: dt.date, world: World) -> list[BodyPlan]:
    """Các tổ chức cấp dưới trực tiếp có đơn vị tính, that stood on that day."""
    kinds = {"division", "regiment", "battalion", "brigade", "school"}
    return [
        plan for plan in bodies() if plan.up == body.key and plan.kind in kinds and world.exists(plan.key, on)
    ]


def head_post(world: World, body: BodyPlan, on: dt.date) -> str:
    """Chức vụ của người đứng đầu."""
    keys = [f"{body.key}.{key}" for key in _HEADS]
    # The standing committee is headed by the secretary of its committee.
    if body.kind == "standing":
        keys.insert(0, f"{body.up}.secretary")
    return next(key for key in keys if world.holder(key, on))


def accountable_post(world: World, body: BodyPlan, area: str, on: dt.date) -> str:
    """Chức vụ chịu trách nhiệm chính cho một lĩnh vực, held by somebody that day."""
    for wanted in _IN_CHARGE[area]:
        key = wanted if "." in wanted else f"{body.key}.{wanted}"
        if _below(key.partition(".")[0], body) and world.holder(key, on):
            return key
    return head_post(world, body, on)


def _below(key: str, body: BodyPlan) -> bool:
    return any(plan.key == body.key for plan in chain(plan_of(key)))


def actor_for(world: World, body: BodyPlan, now: dt.datetime) -> Actor:
    """Người lập hồ sơ: the nearest clerk, else the nearest head who may record."""
    for plan in chain(body):
        for key in ("clerk", "office.clerk", *_HEADS):
            person = world.holder(key if "." in key else f"{plan.key}.{key}", now.date())
            if person is not None and _records(actor := world.actor(person, now), world, body):
                return actor
    return world.system(now)


def _records(actor: Actor, world: World, body: BodyPlan) -> bool:
    # Whoever has no such right anywhere need not be asked where.
    return actor.may(Capability.RECORD) and in_scope(actor, Capability.RECORD, world.bodies[body.key].pk)


def reporter(world: World, post: Post, body: BodyPlan, now: dt.datetime) -> Actor:
    """Người báo cáo: who holds the accountable post that day, else the clerk on its behalf."""
    key = next(key for key, known in world.posts.items() if known.pk == post.pk)
    person = world.holder(key, now.date())
    return world.actor(person, now) if person else actor_for(world, body, now)


def judges(world: World, body: BodyPlan, now: dt.datetime) -> Iterator[Actor]:
    """Những người có thể xác nhận: inspectors and secretaries, the nearest first; the actions refuse who had a part."""
    for person in dict.fromkeys(_judges(world, body, now.date())):
        actor = world.actor(person, now)
        if actor.may(Capability.VERIFY):
            yield actor


def _judges(world: World, body: BodyPlan, on: dt.date) -> Iterator[Person]:
    for plan in chain(body):
        for key in (*_INSPECTORS, "secretary"):
            person = world.holder(key if "." in key else f"{plan.key}.{key}", on)
            if person is not None:
                yield person
