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
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce

from soi.ballots.models import RollEntry
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
]

LAST_CONTRIBUTIONS = 20
LAST_EVENTS = 30


CountPeople = Callable[[Conference, dt.datetime], Quorum]


def room_view(conference: Conference, now: dt.datetime, *, count: CountPeople = quorum) -> RoomView:
    """Phòng họp lúc này, for all audiences. The caller has checked that the conference may be seen.

    ``count`` counts who is there; live pages count a thousand people anew only when somebody came or left.
    """
    held = _with_parts(conference.pk)
    said = list(_contributions(held)[:LAST_CONTRIBUTIONS])
    events = FloorEvent.objects.filter(conference=held).exclude(verb__in=SILENT)
    return making.made(
        held,
        now=now,
        said=said,
        there=count(held, now),
        events=list(events.order_by("-number")[:LAST_EVENTS]),
        people=people_of(held, making.people_shown(held, said)),
    )


def _with_parts(pk: int) -> Conference:
    """The conference with its floor, and in one more query all that hangs on it."""
    left = PriorQuestion.objects.filter(conference=OuterRef("pk"), answer="").order_by()
    rows = Conference.objects.select_related("organization", "floor").annotate(
        questions_left=_number_of(left)
    )
    held = rows.get(pk=pk)
    _PARTS.load([held])
    return held


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


def _contributions(conference: Conference) -> QuerySet[Contribution]:
    return Contribution.objects.filter(conference=conference).select_related("site", "paper").order_by("-pk")


def people_of(conference: Conference, people: set[int]) -> dict[int, making.Named]:
    """Tên và chức vụ, as the list of those attending has them."""
    row = Attendance.objects.filter(conference=conference, person=OuterRef("pk")).order_by()
    rows = Person.objects.filter(Q(pk__in=people)).order_by()
    rows = rows.annotate(rank=Subquery(row.values("rank")[:1]), posts=Subquery(row.values("posts")[:1]))
    return {
        pk: making.Named(f"{rank or ''} {name}".strip(), posts or "")
        for pk, name, rank, posts in rows.values_list("pk", "name", "rank", "posts")
    }


def events_since(conference_pk: int, number: int) -> list[FloorEvent]:
    """Các sự kiện sau số này, in order; pages replay them after a gap."""
    rows = FloorEvent.objects.filter(conference_id=conference_pk, number__gt=number)
    return list(rows.order_by("number"))


def told(events: Iterable[FloorEvent], audience: Audience) -> list[LogLine]:
    """Các câu mà lớp người xem này được đọc, in the order of the events; silent ones are left out."""
    lines = map(making.log_line, events)
    return [line for line in lines if line.text and may_read(line.audience, audience)]
