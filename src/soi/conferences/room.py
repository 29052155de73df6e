"""Phòng họp: the picture of the floor for all audiences, the small picture of one person, the events since.

``room_view`` asks the same number of queries whatever the number of sites, requests, speeches and events.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import (
    Count,
    DateTimeField,
    IntegerField,
    Min,
    OuterRef,
    Prefetch,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce

from soi.ballots.models import RollEntry
from soi.base.records import Kept, padded
from soi.base.together import Together
from soi.conferences import room_making as making
from soi.conferences import waiting
from soi.conferences.audiences import audiences_of, audiences_of_many
from soi.conferences.enums import Audience, RequestState
from soi.conferences.logic.verbs import SILENT
from soi.conferences.logic.verbs import FloorVerb as Verb
from soi.conferences.models import (
    AgendaItem,
    Attendance,
    Conference,
    ConferencePoll,
    Contribution,
    FloorEvent,
    Paper,
    PriorQuestion,
    Site,
    SpeechRequest,
)
from soi.conferences.quorum import Quorum, quorum
from soi.conferences.room_mine import my_room
from soi.conferences.room_parts import (
    ContributionView,
    ItemView,
    LogLine,
    MyBallot,
    MyRoom,
    PaperLine,
    PaperView,
    PollView,
    QueueView,
    RoomView,
    SiteView,
    SpeakerView,
    TimerView,
    may_read,
)
from soi.org.models import Person

__all__ = [
    "ContributionView",
    "ItemView",
    "LogLine",
    "MyBallot",
    "MyRoom",
    "PaperLine",
    "PaperView",
    "PollView",
    "QueueView",
    "RoomView",
    "SiteView",
    "SpeakerView",
    "TimerView",
    "audiences_of",
    "audiences_of_many",
    "events_since",
    "my_room",
    "room_view",
    "told",
    "told_since",
]

LAST_CONTRIBUTIONS = 20
LAST_EVENTS = 30


CountPeople = Callable[[Conference, dt.datetime], Quorum]


def room_view(conference: Conference, now: dt.datetime, *, count: CountPeople = quorum) -> RoomView:
    """Phòng họp lúc này, for all audiences. The caller has checked that the conference may be seen.

    ``count`` counts who is there; live pages count a thousand people anew only when somebody came or left.
    """
    held = _HELD.one(keys=[conference.pk])
    if held is None:
        raise Conference.DoesNotExist
    _PARTS.load([held])
    said = _SAID.read(keys=[held.pk])
    return making.made(
        held,
        now=now,
        said=said,
        there=count(held, now),
        events=_EVENTS.read(keys=[held.pk]),
        people=people_of(held, making.people_shown(held, said)),
    )


def _held(pk: int) -> QuerySet[Conference]:
    """The conference with its floor; in one more query, all that hangs on it."""
    left = PriorQuestion.objects.filter(conference=OuterRef("pk"), answer="").order_by()
    rows = Conference.objects.select_related("organization", "floor").annotate(
        questions_left=_number_of(left)
    )
    return rows.filter(pk=pk).order_by()


def _parts() -> list[Prefetch[Any]]:
    return [
        Prefetch("agenda", _agenda()),
        Prefetch("papers", Paper.objects.order_by("pk")),
        Prefetch("sites", Site.objects.select_related("head", "technician")),
        Prefetch("speech_requests", SpeechRequest.objects.filter(state=RequestState.WAITING)),
        Prefetch("speeches", waiting.all_speeches()),
        Prefetch("polls", _polls()),
    ]


_PARTS = Together(_parts)


def _agenda() -> QuerySet[AgendaItem]:
    begun = FloorEvent.objects.filter(item=OuterRef("pk"), verb=Verb.START_ITEM).order_by()
    first = begun.values("item").annotate(first=Min("at")).values("first")
    rows = AgendaItem.objects.select_related("presenter", "presenting_body").order_by("order", "pk")
    return rows.annotate(started_at=Subquery(first, output_field=DateTimeField()))


def _polls() -> QuerySet[ConferencePoll]:
    roll = RollEntry.objects.filter(poll=OuterRef("poll")).order_by()
    counted = {"roll": _number_of(roll, "poll"), "cast": _number_of(roll.filter(cast=True), "poll")}
    return ConferencePoll.objects.select_related("poll").annotate(**counted).order_by("pk")


def _number_of(rows: QuerySet[PriorQuestion] | QuerySet[RollEntry], by: str = "conference") -> Coalesce:
    number = rows.values(by).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)


def _said(pk: int) -> QuerySet[Contribution]:
    rows = Contribution.objects.filter(conference_id=pk).select_related("site", "paper")
    return rows.order_by("-pk")[:LAST_CONTRIBUTIONS]


def _events(pk: int) -> QuerySet[FloorEvent]:
    rows = FloorEvent.objects.filter(conference_id=pk).exclude(verb__in=SILENT)
    return rows.order_by("-number")[:LAST_EVENTS]


def people_of(conference: Conference, people: set[int]) -> dict[int, making.Named]:
    """Tên và chức vụ, as the list of those attending has them."""
    if not people:
        return {}
    return {
        pk: making.Named(f"{rank or ''} {name}".strip(), posts or "")
        for pk, name, rank, posts in _PEOPLE.read(keys=[conference.pk, *padded(sorted(people))])
    }


def _people(conference: int, *people: int) -> QuerySet[Person, Any]:
    row = Attendance.objects.filter(conference=conference, person=OuterRef("pk")).order_by()
    rows = Person.objects.filter(pk__in=people).order_by()
    rows = rows.annotate(rank=Subquery(row.values("rank")[:1]), posts=Subquery(row.values("posts")[:1]))
    return rows.values_list("pk", "name", "rank", "posts")


# While a thousand people watch, these are asked after every act, by every process; composing them took half the time.
_HELD, _SAID, _EVENTS, _PEOPLE = Kept(_held), Kept(_said), Kept(_events), Kept(_people)


def events_since(conference_pk: int, number: int) -> list[FloorEvent]:
    """Các sự kiện sau số này, in order; pages replay them after a gap."""
    rows = FloorEvent.objects.filter(conference_id=conference_pk, number__gt=number)
    return list(rows.order_by("number"))


def told(events: Iterable[FloorEvent], audience: Audience) -> list[LogLine]:
    """Các câu mà lớp người xem này được đọc, in the order of the events; silent ones are left out."""
    return _readable(map(making.log_line, events), audience)


def told_since(view: RoomView, number: int, audience: Audience) -> list[LogLine]:
    """Các câu sau số này, from the picture itself as long as it reaches back so far."""
    if len(view.log) < LAST_EVENTS or view.log[-1].number <= number + 1:
        return _readable((line for line in reversed(view.log) if line.number > number), audience)
    return told(events_since(view.conference_pk, number), audience)


def _readable(lines: Iterable[LogLine], audience: Audience) -> list[LogLine]:
    return [line for line in lines if line.text and may_read(line.audience, audience)]
