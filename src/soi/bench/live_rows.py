"""Hội nghị để đo: a thousand delegates at forty sites, each with an account, a post and an open session.

Bodies and posts come through the actions; the crowd is written in bulk, as only benchmarks may. The meeting
itself is opened and led through the real actions.
"""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone

from soi.access.models import User
from soi.access.queries import actor_of
from soi.base.actor import Actor
from soi.base.text import fold, sort_key
from soi.bench.rows import FOUNDED, build_bodies
from soi.conferences import floor
from soi.conferences.enums import (
    AttendanceRole,
    ConferenceKind,
    Evidence,
    Form,
    ItemKind,
    Presence,
    Reply,
    Way,
)
from soi.conferences.models import (
    AgendaItem,
    Attendance,
    AttendanceRoleHeld,
    AttendanceSpan,
    Conference,
    Invitation,
    Site,
    SpeechRequest,
)
from soi.org.enums import HoldingKind, PostRole
from soi.org.models import Membership, Organization, Person, Post

CSRF = "k" * 32
_NO_PASSWORD = "!"  # noqa: S105 (nobody signs in with one here)


@dataclass
class Meeting:
    """Hội nghị đã mở: who leads it, and the cookies of everybody in it."""

    conference: Conference
    chair: User
    chair_cookie: str
    delegates: list[User]
    cookies: list[str]

    @property
    def leader(self) -> Actor:
        return actor_of(self.chair, today=timezone.localdate())


def build(*, delegates: int, sites: int) -> Meeting:
    """Dựng hội nghị, opened at its first item."""
    chair, bodies, _ = build_bodies()
    now = timezone.now()
    users = _crowd(delegates, bodies, now)
    conference = _conference(bodies[0], sites)
    _attend(conference, chair, users, now)
    cookies = _cookies([chair, *users], now)
    meeting = Meeting(conference, chair, cookies[0], users, cookies[1:])
    floor.open_session(actor=meeting.leader, conference=conference, now=now)
    item = AgendaItem.objects.filter(conference=conference).order_by("order").first()
    if item:
        floor.start_item(actor=meeting.leader, conference=conference, item=item.pk, now=now)
    return meeting


def _crowd(count: int, bodies: list[Organization], now: dt.datetime) -> list[User]:
    names = [f"Trần Văn {chr(65 + number % 26)}{number}" for number in range(count)]
    people = Person.objects.bulk_create(
        Person(name=name, sort_key=sort_key(name), search_key=fold(name)) for name in names
    )
    label = "Ủy viên Đảng ủy"
    posts = Post.objects.bulk_create(
        Post(
            organization=bodies[1 + number % (len(bodies) - 1)], label=label, role=PostRole.MEMBER,
            search_key=fold(label), start=FOUNDED,
        )
        for number in range(count)
    )  # fmt: skip
    Membership.objects.bulk_create(
        Membership(person=person, post=post, kind=HoldingKind.APPOINTED, start=FOUNDED)
        for person, post in zip(people, posts, strict=True)
    )
    return User.objects.bulk_create(
        User(username=f"dai-bieu{number}", password=_NO_PASSWORD, person=person, date_joined=now)
        for number, person in enumerate(people)
    )


def _conference(body: Organization, sites: int) -> Conference:
    today = timezone.localdate()
    title = "Hội nghị giao ban trực tuyến (đo tốc độ)"
    conference = Conference.objects.create(
        organization=body, kind=ConferenceKind.BRIEFING_QUARTER, form=Form.HYBRID, title=title,
        date_start=today, date_end=today, search_key=fold(title),
    )  # fmt: skip
    Site.objects.bulk_create(
        Site(conference=conference, name=f"Điểm cầu {number + 1:02d}", is_main=number == 0)
        for number in range(sites)
    )
    AgendaItem.objects.bulk_create(
        AgendaItem(
            conference=conference,
            order=number,
            kind=ItemKind.DISCUSSION,
            title=f"Nội dung {number}",
            minutes=20,
        )
        for number in range(1, 7)
    )
    return conference


def _attend(conference: Conference, chair: User, users: list[User], now: dt.datetime) -> None:
    sites = list(conference.sites.all())
    everybody = [chair, *users]
    rows = Attendance.objects.bulk_create(
        Attendance(
            conference=conference, person_id=user.person_id, rank="Đại tá", posts="Ủy viên Đảng ủy",
            presence=Presence.PRESENT, site=sites[number % len(sites)], order=number,
        )
        for number, user in enumerate(everybody)
    )  # fmt: skip
    Invitation.objects.bulk_create(
        Invitation(attendance=row, is_entitled=True, sent_at=now, reply=Reply.COMING) for row in rows
    )
    AttendanceSpan.objects.bulk_create(
        AttendanceSpan(
            attendance=row, site_id=row.site_id, way=Way.IN_PERSON, came_at=now, evidence=Evidence.CODE
        )
        for row in rows
    )
    AttendanceRoleHeld.objects.create(attendance=rows[0], role=AttendanceRole.CHAIR)


def ask_to_speak(meeting: Meeting, count: int) -> list[int]:
    """Đăng ký phát biểu của ``count`` đại biểu; the numbers of the requests, in the order of asking."""
    now = timezone.now()
    rows = SpeechRequest.objects.bulk_create(
        SpeechRequest(
            conference=meeting.conference, person_id=user.person_id, topic="Ý kiến về dự thảo",
            asked_at=now + dt.timedelta(milliseconds=number),
        )
        for number, user in enumerate(meeting.delegates[:count])
    )  # fmt: skip
    return [row.pk for row in rows]


def _cookies(users: list[User], now: dt.datetime) -> list[str]:
    """Sessions as a sign-in leaves them, with the token that forms send back."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    rows = [_session(store, user, now) for user in users]
    store.get_model_class().objects.bulk_create(rows)
    return [
        f"{settings.SESSION_COOKIE_NAME}={row.session_key}; {settings.CSRF_COOKIE_NAME}={CSRF}"
        for row in rows
    ]


def _session(store: Any, user: User, now: dt.datetime) -> Any:
    data = {
        SESSION_KEY: str(user.pk),
        BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
        HASH_SESSION_KEY: user.get_session_auth_hash(),
        "started": now.timestamp(),
        "seen": now.timestamp(),
    }
    return store.get_model_class()(
        session_key=secrets.token_hex(16),
        session_data=store().encode(data),
        expire_date=now + dt.timedelta(hours=12),
    )
