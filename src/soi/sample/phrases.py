"""Kho câu: whole sentences written beforehand, chosen and completed by rule. Pure; the rng decides."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache
from typing import Any

from soi.sample.blueprint import BodyPlan, bodies, data


@dataclass(frozen=True, slots=True)
class Issue:
    """Một hạn chế thường gặp: several ways of saying it, its causes, and how it is mended."""

    key: str
    area: str
    kind: str
    texts: tuple[str, ...]
    own: str
    external: str
    remedy: str
    deliverable: str
    progress: tuple[str, ...]
    verified: str
    answer: str
    parts: str
    only: tuple[str, ...]
    not_for: tuple[str, ...]

    def fits(self, body: BodyPlan) -> bool:
        """Whether that body could have it."""
        wanted = not self.only or body.key in self.only or body.kind in self.only
        return wanted and body.kind not in self.not_for


@dataclass(frozen=True, slots=True)
class Statement:
    """Một câu đã hoàn chỉnh, and the subordinate body it names ("" when none)."""

    text: str
    named: str = ""


def world_of(body: BodyPlan) -> str:
    """ "army" or "civil": which bank a body draws from."""
    return "civil" if _top(body.key) == "province" else "army"


@cache
def _top(key: str) -> str:
    up = {plan.key: plan.up for plan in bodies()}
    while up[key]:
        key = up[key]
    return key


_BANKS = {
    "army": ("army_party_issues.toml", "army_work_issues.toml"),
    "civil": ("civil_issues.toml",),
}


@cache
def issues(world: str) -> tuple[Issue, ...]:
    """Các hạn chế thường gặp of one bank."""
    return tuple(_issue(row) for name in _BANKS[world] for row in data(name)["issue"])


def _issue(row: dict[str, Any]) -> Issue:
    return Issue(
        key=row["key"],
        area=row["area"],
        kind=row["kind"],
        texts=tuple(row["texts"]),
        own=row.get("own", ""),
        external=row.get("external", ""),
        remedy=row["remedy"][0],
        deliverable=row["remedy"][1],
        progress=tuple(row["progress"]),
        verified=row["verified"],
        answer=row.get("answer", ""),
        parts=row.get("parts", "unit"),
        only=tuple(row.get("only", ())),
        not_for=tuple(row.get("not_for", ())),
    )


# Kinds of body with strengths of their own; the others take those of their world.
_OWN_STRENGTHS = {
    **dict.fromkeys(("department", "section", "office", "divisionoffice"), "agency"),
    **dict.fromkeys(("battalion", "cell"), "small"),
    **dict.fromkeys(("district", "oldcommune", "oldpeoples"), "old"),
    "villagecell": "village",
}


@cache
def _strengths(world: str) -> tuple[tuple[str, str], ...]:
    table: dict[str, list[str]] = data("strengths.toml")[world]
    return tuple((area, text) for area, texts in table.items() for text in texts)


def state(issue: Issue, body: BodyPlan, rng: random.Random, subordinates: list[BodyPlan]) -> Statement:
    """Nêu hạn chế ở tổ chức này, sometimes at one subordinate body by name."""
    parts = data_of_parts()[body.kind]
    named = rng.choice(subordinates) if parts.get("named") and subordinates and rng.random() < 0.4 else None
    if named is not None:
        part = f"cấp ủy {named.unit}" if issue.parts == "party" else named.unit
    else:
        part = rng.choice(parts.get(issue.parts) or parts["unit"])
    text = fill(rng.choice(issue.texts), rng, part=part, low=48, high=74)
    return Statement(text, named.key if named else "")


def strengths(body: BodyPlan, count: int, rng: random.Random) -> list[tuple[str, str]]:
    """Các ưu điểm (area, sentence), no area twice."""
    bank = list(_strengths(_OWN_STRENGTHS.get(body.kind) or world_of(body)))
    rng.shuffle(bank)
    by_area = {area: text for area, text in bank if area != "general" or count == 1}
    return [(area, fill(text, rng, low=80, high=97)) for area, text in list(by_area.items())[:count]]


def fill(text: str, rng: random.Random, *, part: str = "", low: int = 60, high: int = 95) -> str:
    """Điền số liệu giả định; nothing but invented figures."""
    return text.format(
        part=part,
        n=rng.randint(2, 6),
        pct=f"{rng.randint(low, high)},{rng.randint(1, 9)}",
        big=rng.randint(12, 240),
    )


@cache
def data_of_parts() -> dict[str, dict[str, Any]]:
    """Tên bộ phận được nêu trong câu, by kind of body."""
    return data("parts.toml")
