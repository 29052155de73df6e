"""A small tree made by hand, so that tests of single actions read like the story they tell."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import pytest

from soi.base.actor import Actor, system_actor
from soi.org import actions, staffing
from soi.org.enums import Classification, PostRole
from soi.org.models import Organization, Person, Post

FOUNDED = dt.date(2015, 1, 1)
NOW = dt.datetime(2021, 12, 1, 1, 30, tzinfo=dt.UTC)


@dataclass
class Tree:
    """Bodies by letter; ``system`` acts."""

    system: Actor = field(default_factory=lambda: system_actor("Cài đặt", today=dt.date(2021, 12, 1)))
    bodies: dict[str, Organization] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Organization:
        return self.bodies[key]

    def found(self, key: str, parent: str | None = None, on: dt.date = FOUNDED) -> Organization:
        self.bodies[key] = actions.found_organization(
            actor=self.system,
            name=f"Đơn vị {key}",
            classification=Classification.UNIT,
            parent=self.bodies[parent] if parent else None,
            on=on,
            now=NOW,
        )
        return self.bodies[key]

    def move(self, key: str, parent: str, on: dt.date) -> None:
        actions.move_organization(
            actor=self.system, organization=self[key], parent=self[parent], on=on, now=NOW
        )

    def merge(self, keys: str, into: str, on: dt.date) -> None:
        actions.merge_organizations(
            actor=self.system, sources=[self[key] for key in keys], into=self[into], on=on, now=NOW
        )

    def abolish(self, key: str, on: dt.date) -> None:
        actions.abolish_organization(actor=self.system, organization=self[key], on=on, now=NOW)

    def rename(self, key: str, name: str, on: dt.date) -> None:
        actions.rename_organization(actor=self.system, organization=self[key], name=name, on=on, now=NOW)

    def post(
        self, key: str, label: str = "Bí thư", *, seats: int | None = 1, start: dt.date = FOUNDED
    ) -> Post:
        return staffing.add_post(
            actor=self.system,
            organization=self[key],
            label=label,
            role=PostRole.HEAD,
            start=start,
            seats=seats,
            now=NOW,
        )

    def person(self, name: str = "Lê Văn Thử", key: str = "A") -> Person:
        return staffing.add_person(actor=self.system, name=name, organization=self[key], now=NOW)


@pytest.fixture
def tree(db: None) -> Tree:
    """A over B and C; B over D; D over E.  (A > B > D > E, A > C)"""
    grown = Tree()
    for key, parent in [("A", None), ("B", "A"), ("C", "A"), ("D", "B"), ("E", "D")]:
        grown.found(key, parent)
    return grown
