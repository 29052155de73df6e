"""Một hội nghị thật của tổ chức thử: who is in it, and their sign-ins."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from soi.access import actions as access
from soi.ballots.models import Poll, Teller
from soi.conferences.enums import AttendanceRole, ConferenceKind, Presence
from soi.conferences.models import (
    Attendance,
    AttendanceRoleHeld,
    Conference,
    ConferencePoll,
    Floor,
    Invitation,
    Site,
)
from soi.org import staffing
from tests.factories import Region, build_region


@dataclass
class Hall:
    """Phòng họp: conference of the division; ``guests`` are people without any post there."""

    region: Region
    conference: Conference
    keys: dict[str, str] = field(default_factory=dict)

    def sign_in(self, name: str) -> str:
        """The key of a session as a sign-in and one page leave it."""
        client = Client()
        client.force_login(self.region.users[name])
        client.get("/")
        return client.cookies[settings.SESSION_COOKIE_NAME].value


def build_hall() -> Hall:
    now = timezone.now()
    region = build_region(now)
    for name, label in (
        ("delegate", "Trần Văn Biểu"),
        ("technician", "Cao Văn Máy"),
        ("teller", "Tạ Thị Phiếu"),
    ):
        person = staffing.add_person(
            actor=region.system, name=label, organization=region.bodies["brigade"], now=now
        )
        region.people[name] = person
        region.users[name] = access.open_account(
            actor=region.system, person=person, username=f"{name}1", password="mot-mat-khau-dai-1945", now=now
        )
    today = timezone.localdate()
    conference = Conference.objects.create(
        organization=region.bodies["division"], kind=ConferenceKind.BRIEFING_QUARTER, title="Giao ban quý",
        date_start=today, date_end=today, search_key="giao ban quy",
    )  # fmt: skip
    Floor.objects.create(conference=conference)
    attend(conference, region.people["delegate"])
    Site.objects.create(conference=conference, name="Điểm cầu 1", technician=region.people["technician"])
    poll = Poll.objects.create(
        organization=conference.organization,
        title="Biểu quyết",
        mode="open",
        denominator="roll",
        majority="half",
    )
    ConferencePoll.objects.create(conference=conference, poll=poll)
    Teller.objects.create(poll=poll, person=region.people["teller"])
    return Hall(region, conference)


def attend(
    conference: Conference, person: Any, *, role: str = "", sent: dt.datetime | None = None
) -> Attendance:
    row = Attendance.objects.create(conference=conference, person=person, presence=Presence.INVITED)
    Invitation.objects.create(attendance=row, sent_at=sent or timezone.now())
    if role:
        AttendanceRoleHeld.objects.create(attendance=row, role=AttendanceRole(role))
    return row


@pytest.fixture
def hall(db: Any) -> Hall:
    return build_hall()
