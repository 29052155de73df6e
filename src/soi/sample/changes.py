"""Biến động mẫu: posts that change hands, promotions, reorganisations, each on its day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from soi.org import actions as org
from soi.sample import days, founding
from soi.sample.blueprint import bodies, data
from soi.sample.world import World

Step = Callable[[World, dt.datetime], None]


def changes(today: dt.date) -> Iterator[tuple[dt.date, Step]]:
    """Mọi biến động với ngày của nó, reorganisations before the moves of the same day."""
    table = data("changes.toml")
    for on in sorted({plan.founded for plan in bodies() if plan.founded}):
        yield on, partial(_found, on=on)
    for number, row in enumerate(table["reorganization"], start=1):
        on = _day(row, today)
        yield on, partial(_reorganize, row=row, on=on, basis=table["basis"].format(number=700 + 11 * number))
    for number, row in enumerate(table["move"], start=1):
        on = _day(row, today)
        yield on, partial(_move, row=row, on=on, basis=table["basis"].format(number=1200 + 7 * number))


def _day(row: dict[str, Any], today: dt.date) -> dt.date:
    if "on" in row:
        return dt.date.fromisoformat(row["on"])
    return days.months_before(today, row["months"]) + dt.timedelta(days=row.get("after", 0))


def _found(world: World, now: dt.datetime, *, on: dt.date) -> None:
    world.forget(on)
    founding.found_later(world, on, now)


def _move(world: World, now: dt.datetime, *, row: dict[str, Any], on: dt.date, basis: str) -> None:
    world.forget(on)
    who = row["who"]
    for post in row.get("leaves", ()):
        world.leave(who, post, on, now)
    for post in row.get("takes", ()):
        world.appoint(who, post, on, now, basis)
    if rank := row.get("rank"):
        world.promote(who, rank, on, now)


def _reorganize(world: World, now: dt.datetime, *, row: dict[str, Any], on: dt.date, basis: str) -> None:
    world.forget(on)
    actor = world.system(now)
    if "merge" in row:
        sources = [world.bodies[key] for key in row["merge"]]
        org.merge_organizations(
            actor=actor, sources=sources, into=world.bodies[row["to"]], on=on, now=now, basis=basis
        )
    elif "move" in row:
        body, parent = world.bodies[row["move"]], world.bodies[row["to"]]
        org.move_organization(actor=actor, organization=body, parent=parent, on=on, now=now, basis=basis)
    elif "rename" in row:
        body = world.bodies[row["rename"]]
        org.rename_organization(
            actor=actor,
            organization=body,
            name=row["name"],
            short_name=row["short"],
            on=on,
            now=now,
            basis=basis,
        )
    else:
        org.abolish_organization(
            actor=actor, organization=world.bodies[row["abolish"]], on=on, now=now, basis=basis
        )
