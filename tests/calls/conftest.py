"""A conference with three sites, held by the division: the chair at the main site, a presenter, a speaker."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import pytest

from soi.base.actor import Actor
from soi.calls.adapters import Ticket
from soi.calls.models import CallRoom, Endpoint
from soi.conferences.enums import AttendanceRole, FloorState
from soi.conferences.models import (
    AgendaItem,
    Attendance,
    AttendanceRoleHeld,
    Conference,
    Floor,
    Site,
    Speech,
)
from tests.conferences.conftest import hold
from tests.factories import Region


@dataclass
class Hall:
    """Hội nghị ba điểm cầu: ``division`` chairs at the main one; ``regiment`` and ``brigade`` serve the others."""

    region: Region
    conference: Conference
    main: Site
    north: Site
    south: Site
    floor: Floor
    item: AgendaItem

    def actor(self, username: str) -> Actor:
        return self.region.actor(username)

    def attend(self, username: str, site: Site | None, role: AttendanceRole | None = None) -> Attendance:
        row = Attendance.objects.create(
            conference=self.conference, person=self.region.people[username], site=site
        )
        if role:
            AttendanceRoleHeld.objects.create(attendance=row, role=role)
        return row

    def turn(self, state: FloorState, *, item: AgendaItem | None = None) -> None:
        """The floor moves, as the actions of the floor leave it."""
        Floor.objects.filter(pk=self.floor.pk).update(
            state=state, number=self.number + 1, item=item or self.item
        )
        self.floor.refresh_from_db()

    @property
    def number(self) -> int:
        return Floor.objects.get(pk=self.floor.pk).number

    def speak(self, username: str | None = None, site: Site | None = None) -> Speech:
        person = self.region.people[username] if username else None
        self.turn(FloorState.SPEAKING)
        return Speech.objects.create(
            conference=self.conference, person=person, site=site, started_at=self.region.now
        )

    def hush(self) -> None:
        Speech.objects.filter(conference=self.conference).update(ended_at=self.region.now)
        self.turn(FloorState.ITEM)


def build_hall(region: Region) -> Hall:
    """Prepared and waiting to be opened."""
    people = region.people
    conference = hold(region, "division")
    sites = [
        Site.objects.create(
            conference=conference, name=name, is_main=not number, technician=people[technician]
        )
        for number, (name, technician) in enumerate(
            [("Sở chỉ huy", "divisionclerk"), ("Trung đoàn 91", "regiment"), ("Lữ đoàn 902", "brigade")]
        )
    ]
    item = AgendaItem.objects.create(conference=conference, order=1, title="Thảo luận")
    floor = Floor.objects.create(conference=conference)
    hall = Hall(region, conference, *sites, floor, item)
    hall.attend("division", sites[0], AttendanceRole.CHAIR)
    hall.attend("regiment", sites[1])
    hall.attend("brigade", sites[2])
    hall.attend("member", sites[1])
    return hall


@pytest.fixture
def hall(region: Region) -> Hall:
    return build_hall(region)


@dataclass
class Fake:
    """Một cách truyền giả: remembers what it was told, and what it would let through."""

    most_endpoints: int = 60
    told: list[str] = field(default_factory=list)
    inside: set[int] = field(default_factory=set)
    publishing: frozenset[int] = frozenset()

    def open_room(self, room: CallRoom) -> None:
        room.number = 77
        self.told.append("open")

    def join_token(self, room: CallRoom, endpoint: Endpoint, *, may_publish: bool) -> Ticket:
        self.inside.add(endpoint.pk)
        self.told.append(f"join {endpoint.pk} {may_publish}")
        return {"token": endpoint.token}

    def set_floor(self, room: CallRoom, endpoints: Collection[Endpoint], publishers: frozenset[int]) -> None:
        self.publishing = publishers
        self.told.append("floor")

    def kick(self, room: CallRoom, endpoint: Endpoint) -> None:
        self.inside.discard(endpoint.pk)
        self.told.append(f"kick {endpoint.pk}")

    def participants(self, room: CallRoom) -> frozenset[int]:
        return frozenset(self.inside)

    def close_room(self, room: CallRoom) -> None:
        self.inside.clear()
        self.told.append("close")


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Fake:
    """Janus replaced by one that only remembers."""
    fake = Fake()
    monkeypatch.setattr("soi.calls.adapters.janus.Janus", lambda: fake)
    settings.JANUS_URL = "http://127.0.0.1:1/janus"
    return fake
