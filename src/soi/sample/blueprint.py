"""Bản thiết kế: the sample tree and its posts, read from the data files. Pure; no database."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class PostPlan:
    """Một chức vụ theo bản thiết kế; ``who`` lists the people ("body.role") who hold it at first."""

    key: str
    label: str
    role: str
    seats: int | None
    who: tuple[str, ...]
    rank: str
    female: bool
    duty: str
    over: str


@dataclass(frozen=True, slots=True)
class BodyPlan:
    """Một tổ chức theo bản thiết kế. ``joins``: who also holds which post ("body.key") one level up."""

    key: str
    kind: str
    name: str
    short_name: str
    unit: str
    classification: str
    up: str
    civil: bool
    founded: dt.date | None
    posts: tuple[PostPlan, ...]
    joins: tuple[str, str] | None


@cache
def data(name: str) -> dict[str, Any]:
    """Một tệp dữ liệu TOML của gói; read once, changed by nobody."""
    return tomllib.loads(files("soi.sample").joinpath("data", name).read_text(encoding="utf-8"))


@cache
def bodies() -> tuple[BodyPlan, ...]:
    """Mọi tổ chức, superior before subordinate."""
    kinds = data("kinds.toml")
    rows = data("bodies.toml")["body"]
    units = {row["key"]: row.get("unit", row["name"]) for row in rows}
    return tuple(_body(row, kinds[row["kind"]], units) for row in rows)


def _body(row: dict[str, Any], kind: dict[str, Any], units: dict[str, str]) -> BodyPlan:
    up, joins = row.get("up", ""), kind.get("joins")
    words = {"u": units[row["key"]], "p": units.get(up, ""), "h": row.get("lead", "")}
    civil = kind.get("civil", False)
    return BodyPlan(
        key=row["key"],
        kind=row["kind"],
        name=row["name"],
        short_name=row.get("short", ""),
        unit=words["u"],
        classification=kind["classification"],
        up=up,
        civil=civil,
        founded=dt.date.fromisoformat(row["from"]) if "from" in row else None,
        posts=tuple(_post(entry, row["key"], up, words) for entry in kind["posts"]),
        joins=(_person(joins["who"], row["key"], up), f"{up}.{joins['post']}") if joins else None,
    )


def _post(entry: dict[str, Any], body: str, up: str, words: dict[str, str]) -> PostPlan:
    people = entry.get("people")
    who = entry.get("who", entry["key"])
    named = [who] if people is None else [f"{who}{number}" for number in range(1, people + 1)]
    return PostPlan(
        key=entry["key"],
        label=entry["label"].format(**words),
        role=entry["role"],
        seats=1 if people is None else entry.get("seats"),
        who=tuple(_person(one, body, up) for one in named),
        rank=entry.get("rank", ""),
        female=entry.get("female", False),
        duty=entry.get("duty", ""),
        over=entry.get("over", body),
    )


def _person(who: str, body: str, up: str) -> str:
    """ "secretary" is of this body, "up.secretary" of the one above, "region.secretary" of that body."""
    if "." not in who:
        return f"{body}.{who}"
    place, _, role = who.partition(".")
    return f"{up if place == 'up' else place}.{role}"
