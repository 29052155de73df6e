"""Một bước của phiên họp: lock the floor, ask the table, write one event with the next number, ring the bell.

Whatever anybody does on the floor goes through here, so numbers have no gaps and every event carries exactly
what it changed: see ``logic.fold``.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models

from soi.base.actor import Actor
from soi.base.bell import ring
from soi.base.errors import Conflict
from soi.base.records import Kept
from soi.conferences import floor_table
from soi.conferences.enums import Audience, FloorState
from soi.conferences.logic import clock, fold
from soi.conferences.logic.verbs import FloorVerb as Verb
from soi.conferences.models import Attendance, Conference, Floor, FloorEvent, Site, Speech
from soi.org.models import Person

# Columns of the floor by the name under which an event tells of them.
_COLUMNS = {
    "state": "state", "rule": "rule", "speech_minutes": "speech_minutes", "item": "item_id",
    "paper": "paper_id", "page": "page", "poll": "poll_id", "timer_from": "timer_from",
    "timer_seconds": "timer_seconds", "opened_at": "opened_at", "closed_at": "closed_at",
}  # fmt: skip

Facts = dict[str, Any]
About = tuple[int | None, int | None]  # the person and the site that an event tells of


def begin(conference: Conference, verb: Verb) -> Floor:
    """Khóa diễn biến and ask the table first: a refused verb writes nothing."""
    floor = locked(conference)
    if sentence := floor_table.refusal(floor.state, verb):
        raise Conflict(sentence)
    return floor


def locked(conference: Conference) -> Floor:
    """The floor's row, held until the transaction ends; made when it is first needed."""
    floor: Floor | None = _FLOOR.one(keys=[conference.pk])
    if floor is None:
        Floor.objects.get_or_create(conference=conference)
        return locked(conference)
    return floor


_FLOOR = Kept(
    lambda conference: Floor.objects.select_for_update(of=("self",)).select_related("item")
    .filter(conference=conference).order_by()
)  # fmt: skip


def append(
    floor: Floor,
    verb: Verb,
    *,
    actor: Actor,
    now: dt.datetime,
    facts: Facts | None = None,
    audience: Audience = Audience.DELEGATE,
    about: About = (None, None),
    **changes: Any,
) -> FloorEvent:
    """Ghi một sự kiện: the change of state by the table, the other changes as given, and the bell."""
    paper = changes.get("paper", floor.paper_id)
    changes["state"] = floor_table.next_state(floor.state, verb, paper_on_show=paper is not None)
    changed = _apply(floor, changes)
    floor.number += 1
    floor.save(update_fields=["number", *(_COLUMNS[name] for name in changed)])
    event = FloorEvent.objects.create(
        conference_id=floor.conference_id,
        number=floor.number,
        verb=verb,
        at=now,
        actor_label=actor.label,
        item_id=floor.item_id,
        person_id=about[0],
        site_id=about[1],
        facts={**(facts or {}), **({fold.CHANGES: changed} if changed else {})},
        audience=audience,
    )
    ring(f"conference:{floor.conference_id}", floor.number)
    return event


def _apply(floor: Floor, changes: Facts) -> Facts:
    """Set what differs; returns it as an event tells it."""
    changed: Facts = {}
    for name, value in changes.items():
        column = _COLUMNS[name]
        if getattr(floor, column) != value:
            setattr(floor, column, value)
            changed[name] = told(value)
    return changed


def told(value: Any) -> Any:
    """Moments as text, states and rules by their values."""
    if isinstance(value, dt.datetime):
        return value.isoformat()
    return value.value if isinstance(value, models.TextChoices) else value


# --- parts shared by the verbs ----------------------------------------------------------------------


def who(conference: Conference, person: Person | None, site: Site | None) -> Facts:
    """Ai, chức vụ gì, ở đâu, as the list of those attending names them; what sentences are made from."""
    facts: Facts = {"who": "", "post": "", "site": site.name if site else ""}
    if person is not None:
        rank, posts = _LISTED.one(keys=[conference.pk, person.pk]) or ("", "")
        facts["who"], facts["post"] = f"{rank} {person.name}".strip(), posts
    return facts


def timer(now: dt.datetime | None, seconds: int | None) -> Facts:
    """Changes of the floor that set its clock going, or (without a moment) take it away."""
    return {"timer_from": now, "timer_seconds": seconds if now else None}


def item_timer(floor: Floor) -> Facts:
    """Đồng hồ của nội dung, going again as if nothing had come between."""
    item = floor.item
    if item is None:
        return timer(None, None)
    begun = FloorEvent.objects.filter(
        conference_id=floor.conference_id, verb=Verb.START_ITEM, item_id=floor.item_id
    )
    at = begun.order_by("-number").values_list("at", flat=True).first()
    return timer(at, clock.seconds_of(item.minutes) if at else None)


def end_speech(floor: Floor, now: dt.datetime) -> Facts | None:
    """Kết thúc lượt đang phát biểu, if any; returns who it was and how long, for the event that ended it."""
    if floor.state != FloorState.SPEAKING:
        return None
    speech = open_speech(floor.conference_id)
    if speech is None:
        return None
    # Two web servers may disagree by a moment; a speech does not end before it began.
    speech.ended_at = max(now, speech.started_at)
    speech.save(update_fields=["ended_at"])
    return {
        **who(speech.conference, speech.person, speech.site),
        "speech": speech.pk,
        "kind": speech.kind,
        "seconds": clock.seconds_between(speech.started_at, speech.ended_at),
    }


def open_speech(conference_id: int) -> Speech | None:
    """Lượt đang phát biểu."""
    found: Speech | None = _OPEN_SPEECH.one(keys=[conference_id])
    return found


# Asked by every act of the chair, while everybody waits to see it.
_LISTED = Kept(
    lambda conference, person: Attendance.objects.filter(conference=conference, person=person)
    .order_by("pk").values_list("rank", "posts")
)  # fmt: skip
_OPEN_SPEECH = Kept(
    lambda conference: Speech.objects.select_related("conference", "person", "site")
    .filter(conference_id=conference, ended_at__isnull=True).order_by("pk")
)  # fmt: skip
