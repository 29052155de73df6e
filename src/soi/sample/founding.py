"""Lập tổ chức mẫu: bodies, posts, people, duties and accounts, each through its action."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from soi.access import actions as access
from soi.access.enums import Duty
from soi.org import actions as org
from soi.org import staffing
from soi.org.enums import Classification, HoldingKind, PostRole
from soi.sample.blueprint import BodyPlan, PostPlan, bodies, data
from soi.sample.signins import PASSWORD, SIGN_INS
from soi.sample.world import World

FOUNDED = dt.date(2015, 1, 1)
BASIS = "Số liệu giả định, dùng để làm quen phần mềm"
# How often a new person is a woman: civil bodies, staff of military agencies.
_WOMEN_CIVIL, _WOMEN_STAFF = 0.35, 0.2


def found(world: World, plan: BodyPlan, now: dt.datetime) -> None:
    """Một tổ chức với chức vụ và nhiệm vụ của từng chức vụ."""
    on = plan.founded or FOUNDED
    world.bodies[plan.key] = org.found_organization(
        actor=world.system(now),
        name=plan.name,
        short_name=plan.short_name,
        classification=Classification(plan.classification),
        parent=world.bodies.get(plan.up),
        on=on,
        now=now,
        basis=BASIS,
    )
    for post in plan.posts:
        _add_post(world, plan.key, post, on, now)


def _add_post(world: World, body: str, plan: PostPlan, on: dt.date, now: dt.datetime) -> None:
    post = staffing.add_post(
        actor=world.system(now),
        organization=world.bodies[body],
        label=plan.label,
        role=PostRole(plan.role),
        seats=plan.seats,
        start=on,
        now=now,
    )
    world.posts[f"{body}.{plan.key}"] = post
    if plan.duty:
        give_duty(world, f"{body}.{plan.key}", plan.duty, plan.over, now)


def give_duty(world: World, post: str, duty: str, over: str, now: dt.datetime) -> None:
    """Giao nhiệm vụ trên hệ thống cho một chức vụ, over the part of the tree below ``over``."""
    access.give_duty(
        actor=world.system(now),
        post=world.posts[post],
        duty=Duty(duty),
        organization=world.bodies[over],
        now=now,
    )


def staff(world: World, plan: BodyPlan, now: dt.datetime, successors: dict[str, str]) -> None:
    """Người vào chức vụ của một tổ chức; ``successors`` names those who come from a dissolved body."""
    for post in plan.posts:
        for who in post.who:
            person = successors.get(who, who)
            if person not in world.people:
                _add_person(world, plan, post, person, now)
            world.people.setdefault(who, world.people[person])
            _take_office(world, plan, f"{plan.key}.{post.key}", who, now)
    if plan.joins and plan.joins[1] in world.posts:
        _take_office(world, plan, plan.joins[1], plan.joins[0], now)


def _add_person(world: World, plan: BodyPlan, post: PostPlan, who: str, now: dt.datetime) -> None:
    name = world.namer.name(women=_share_of_women(plan, post))
    world.people[who] = staffing.add_person(
        actor=world.system(now), name=name, organization=world.bodies[plan.key], now=now
    )
    if post.rank:
        since = (plan.founded or world.opening) - dt.timedelta(days=world.rng.randint(200, 1300))
        world.promote(who, post.rank, since, now)


def _share_of_women(plan: BodyPlan, post: PostPlan) -> float:
    if post.female:
        return 1.0
    if plan.civil:
        return _WOMEN_CIVIL
    return _WOMEN_STAFF if plan.classification == "agency" and post.role == "staff" else 0.0


def _take_office(world: World, plan: BodyPlan, post: str, who: str, now: dt.datetime) -> None:
    start = plan.founded or _start(world, who)
    concurrent = who.partition(".")[0] != post.partition(".")[0]
    staffing.appoint(
        actor=world.system(now),
        person=world.people[who],
        post=world.posts[post],
        start=start,
        now=now,
        kind=HoldingKind.CONCURRENT if concurrent else HoldingKind.APPOINTED,
    )


def _start(world: World, who: str) -> dt.date:
    """One day for all the posts that a person begins with."""
    if who not in world.since:
        world.since[who] = world.opening - dt.timedelta(days=world.rng.randint(120, 1500))
    return world.since[who]


def found_from_the_start(world: World, now: dt.datetime) -> Iterable[str]:
    """Mọi tổ chức có từ đầu; yields the name of each as it is done."""
    changes = data("changes.toml")
    plans = [plan for plan in bodies() if plan.founded is None]
    for plan in plans:
        found(world, plan, now)
        yield plan.name
    for plan in plans:
        staff(world, plan, now, {})
        yield plan.name
    for extra in changes["extra"]:
        for who in extra["who"]:
            _take_office(world, plans[0], extra["post"], who, now)
    for duty in changes["duties"]:
        give_duty(world, duty["post"], duty["duty"], duty["over"], now)
    open_accounts(world, now)


def found_later(world: World, on: dt.date, now: dt.datetime) -> None:
    """Các tổ chức thành lập vào ngày đó, with those who come to them from the old ones."""
    successors: dict[str, str] = data("changes.toml")["successors"]
    plans = [plan for plan in bodies() if plan.founded == on]
    for plan in plans:
        found(world, plan, now)
    for plan in plans:
        staff(world, plan, now, successors)


def open_accounts(world: World, now: dt.datetime) -> None:
    """Tài khoản đăng nhập sẵn; only these, a password is slow to hash on purpose."""
    for sign_in in SIGN_INS:
        person = world.people[sign_in.who]
        world.users[str(person.pk)] = access.open_account(
            actor=world.system(now), person=person, username=sign_in.username, password=PASSWORD, now=now
        )
