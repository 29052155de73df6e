"""Đọc phòng âm thanh, hình ảnh: the room, whose endpoint a person serves, who may send now, what waits for a page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from soi.base.actor import Actor
from soi.calls import logic
from soi.calls.models import CallRoom, Endpoint, Signal
from soi.conferences.enums import AttendanceRole, Reply, Way
from soi.conferences.models import Attendance, AttendanceSpan, Conference, Floor, Site, Speech

# A page tells every few seconds that it is still there; silent for so long, it is taken for gone.
PULSE_SECONDS = 5
LOST_SECONDS = 15


@dataclass(frozen=True, slots=True)
class Place:
    """Chỗ nối: the site that a person answers for, or the place of their own."""

    name: str
    site: Site | None = None
    person_id: int | None = None


def room_of(conference: Conference) -> CallRoom | None:
    """The room that is open now."""
    return CallRoom.objects.filter(conference=conference, closed_at=None).first()


def place_of(actor: Actor, conference: Conference) -> Place | None:
    """Người này nối cho đâu: their site (head, technician), the main site (chair, secretary), or their own place.

    Whoever sits at a site is heard from there and has no place of their own.
    """
    if actor.person_id is None:
        return None
    me = actor.person_id
    served = Site.objects.filter(Q(head=me) | Q(technician=me), conference=conference)
    site = served.order_by("-is_main", "pk").first()
    if site is not None:
        return Place(site.name, site)
    attendance = (
        Attendance.objects.filter(conference=conference, person=me)
        .select_related("person", "invitation")
        .prefetch_related("roles", _open_spans())
        .first()
    )
    return None if attendance is None else _place_of_attendant(attendance)


def _place_of_attendant(attendance: Attendance) -> Place | None:
    leads = {role.role for role in attendance.roles.all()} & {AttendanceRole.CHAIR, AttendanceRole.SECRETARY}
    if leads:
        main = Site.objects.filter(conference=attendance.conference_id, is_main=True).first()
        if main is not None:
            return Place(main.name, main)
        if AttendanceRole.CHAIR in leads:
            return Place(attendance.person.name, person_id=attendance.person_id)
    if _is_online(attendance):
        return Place(attendance.person.name, person_id=attendance.person_id)
    return None


def _is_online(attendance: Attendance) -> bool:
    spans = list(attendance.spans.all())
    if spans:
        return any(span.way == Way.ONLINE and span.site_id is None for span in spans)
    invitation = getattr(attendance, "invitation", None)
    return invitation is not None and invitation.reply == Reply.ONLINE


def _open_spans() -> Prefetch[Any]:
    return Prefetch("spans", AttendanceSpan.objects.filter(left_at=None))


def runs(actor: Actor, conference: Conference) -> bool:
    """Whether this person chairs the conference or is its secretary."""
    if actor.person_id is None:
        return False
    return Attendance.objects.filter(
        conference=conference,
        person=actor.person_id,
        roles__role__in=(AttendanceRole.CHAIR, AttendanceRole.SECRETARY),
    ).exists()


def endpoints_of(conference: Conference) -> QuerySet[Endpoint]:
    """Đầu nối của hội nghị, with what is shown of them."""
    return Endpoint.objects.filter(conference=conference).select_related("site", "person", "user")


def endpoint_at(conference: Conference, place: Place) -> Endpoint | None:
    """The endpoint of this place, when anybody has ever joined there."""
    return endpoints_of(conference).filter(site=place.site, person=place.person_id).first()


def present(endpoints: Iterable[Endpoint], now: dt.datetime) -> list[Endpoint]:
    """Đang nối: joined, and heard of a moment ago."""
    since = now - dt.timedelta(seconds=LOST_SECONDS)
    return [each for each in endpoints if each.client and each.seen_at and each.seen_at >= since]


def seats(endpoints: Iterable[Endpoint]) -> list[logic.Seat]:
    """The endpoints as the rule of the floor sees them."""
    return [
        logic.Seat(
            pk=each.pk,
            site_id=each.site_id,
            person_id=each.person_id,
            is_main=each.site is not None and each.site.is_main,
            organization_id=each.site.organization_id if each.site else None,
        )
        for each in endpoints
    ]


def floor_now(conference: Conference) -> logic.FloorNow:
    """Diễn biến lúc này, in a fixed number of queries."""
    floor = Floor.objects.filter(conference=conference).select_related("item").first()
    speech = Speech.objects.filter(conference=conference, ended_at=None).first()
    item = floor.item if floor else None
    presenter = item.presenter_id if item else None
    speaker = speech.person_id if speech else None
    chairs, sits = _who_sits_where(conference, {presenter, speaker} - {None})
    return logic.FloorNow(
        number=floor.number if floor else 0,
        state=floor.state if floor else "waiting",
        chairs=chairs,
        presenter_id=presenter,
        presenting_body_id=item.presenting_body_id if item else None,
        speaker_id=speaker,
        speaking_site_id=speech.site_id if speech else None,
        sits=sits,
    )


def _who_sits_where(conference: Conference, people: set[Any]) -> tuple[frozenset[int], dict[int, int]]:
    """Chairs, and the sites where they and ``people`` sit: as signed in, else as invited."""
    leads = Q(roles__role=AttendanceRole.CHAIR)
    rows = (
        Attendance.objects.filter(Q(person__in=people) | leads, conference=conference)
        .distinct()
        .prefetch_related("roles", _open_spans())
    )
    chairs, sits = set(), {}
    for row in rows:
        if any(role.role == AttendanceRole.CHAIR for role in row.roles.all()):
            chairs.add(row.person_id)
        spans = [span.site_id for span in row.spans.all()]
        site = spans[0] if spans else row.site_id
        if site is not None:
            sits[row.person_id] = site
    return frozenset(chairs), sits


def publishers_of(conference: Conference) -> frozenset[int]:
    """Ai được phát lúc này: endpoints, worked out from the floor each time and kept nowhere."""
    return publishers_among(floor_now(conference), endpoints_of(conference))


def publishers_among(floor: logic.FloorNow, endpoints: Iterable[Endpoint]) -> frozenset[int]:
    """The same, of endpoints that were read already."""
    return logic.publishers(floor, seats(endpoints))


def waiting_for(endpoint: Endpoint, after: int) -> list[Signal]:
    """Tín hiệu gửi đến trang này, oldest first."""
    return list(endpoint.signals.filter(client=endpoint.client, pk__gt=after).order_by("pk")[:200])
