"""Dữ kiện để soạn biên bản: read from the record, the events of the floor, and who was present when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone

from soi.ballots import outcome, wording
from soi.ballots.models import Poll
from soi.ballots.outcome import QuestionResult
from soi.conferences.enums import AttendanceRole, Audience, Presence
from soi.conferences.logic import sentences
from soi.conferences.logic.protocol import Facts, Happening, Item, Place, Somebody, clock
from soi.conferences.logic.verbs import FloorVerb as Verb
from soi.conferences.models import Attendance, Conference, Contribution, FloorEvent
from soi.conferences.quorum import Quorum, quorum

# Said elsewhere in the minutes, or of no weight once the conference is over.
_LEFT_OUT = frozenset(
    {
        Verb.OPEN, Verb.CLOSE, Verb.START_ITEM, Verb.ASK, Verb.WITHDRAW, Verb.SET_RULE, Verb.DRAFT_POLL,
        Verb.END_SPEECH, Verb.PUT_AWAY, Verb.WITHDRAW_CONTRIBUTION, Verb.PUBLISH_POLL,
    }
)  # fmt: skip


def gather(conference: Conference) -> Facts:
    """Gom dữ kiện: only what everybody in the room may know; withdrawn opinions are left out."""
    events = list(
        FloorEvent.objects.filter(conference=conference, audience=Audience.DELEGATE).order_by("number")
    )
    opened, closed = _first(events, Verb.OPEN), _first(events, Verb.CLOSE)
    people = list(conference.attendances.select_related("person").prefetch_related("roles"))
    there = quorum(conference, opened.at if opened else timezone.now())
    before, items = _course(conference, events)
    return Facts(
        title=conference.title,
        body=str(conference.organization),
        place=conference.place,
        day=conference.date_start,
        opened_at=_local(opened),
        closed_at=_local(closed),
        opened_event=opened.number if opened else None,
        closed_event=closed.number if closed else None,
        places=_places(conference, there),
        chairs=_having(people, AttendanceRole.CHAIR),
        secretaries=_having(people, AttendanceRole.SECRETARY),
        directing=_having(people, AttendanceRole.DIRECT),
        entitled=there.entitled,
        entitled_present=there.present,
        present=there.everybody,
        absent=tuple(_somebody(row) for row in people if row.presence == Presence.ABSENT),
        before_items=before,
        items=items,
        decisions=_decisions(conference, events),
        conclusions=tuple(_conclusion(row) for row in conference.conclusions.select_related("task")),
    )


def _first(events: Iterable[FloorEvent], verb: Verb) -> FloorEvent | None:
    return next((event for event in events if event.verb == verb), None)


def _local(event: FloorEvent | None) -> dt.datetime | None:
    return timezone.localtime(event.at) if event else None


def _places(conference: Conference, there: Quorum) -> tuple[Place, ...]:
    counted = ((site, there.by_site.get(site.pk)) for site in conference.sites.all())
    return tuple(Place(site.name, site.is_main, at.present if at else 0) for site, at in counted)


def _having(people: Iterable[Attendance], role: AttendanceRole) -> tuple[Somebody, ...]:
    return tuple(_somebody(row) for row in people if any(held.role == role for held in row.roles.all()))


def _somebody(row: Attendance) -> Somebody:
    return Somebody(" ".join(part for part in (row.rank, row.person.name) if part), row.posts, row.reason)


# --- what happened, item by item -------------------------------------------------------------------------


def _course(
    conference: Conference, events: Sequence[FloorEvent]
) -> tuple[tuple[Happening, ...], tuple[Item, ...]]:
    """What was said before the first item, and each item that was taken up, in the order it first was."""
    words = {row.pk: row for row in conference.contributions.all()}
    told: dict[int | None, list[Happening]] = {None: []}
    heads: dict[int, FloorEvent] = {}
    for event in events:
        told.setdefault(event.item_id, [])
        if event.verb == Verb.START_ITEM and event.item_id is not None:
            heads.setdefault(event.item_id, event)
        elif event.verb not in _LEFT_OUT and (text := _happening(event, words)):
            told[event.item_id].append(Happening(text, (event.number,)))
    items = tuple(
        Item(
            str(head.facts.get("index", "")),
            str(head.facts.get("title", "")),
            tuple(told[pk]),
            (head.number,),
        )
        for pk, head in heads.items()
    )
    return tuple(told[None]), items


def _happening(event: FloorEvent, words: dict[int, Contribution]) -> str:
    said = None
    if event.verb == Verb.CONTRIBUTE:
        said = words.get(int(event.facts.get("contribution") or 0))
        if said is None or said.withdrawn:
            return ""
    # When the one before ended is told by the clock of the next; who typed it stands in the log.
    facts: dict[str, Any] = {**event.facts, "ended": None, "by": ""}
    text = sentences.sentence(event.verb, facts, words=said.text if said else "")
    return f"{clock(timezone.localtime(event.at))}: {text}" if text else ""


# --- what was decided ---------------------------------------------------------------------------------------


def _decisions(conference: Conference, events: Iterable[FloorEvent]) -> tuple[Happening, ...]:
    """Each published ballot: its questions with the outcome, and the rule it was reached by."""
    published = {
        int(named["poll_id"]): event.number
        for event in events
        if event.verb == Verb.PUBLISH_POLL
        for named in (event.facts, *event.facts.get("more", ()))
        if named.get("poll_id")
    }
    rows = Poll.objects.filter(conference_link__conference=conference).order_by("pk")
    told: list[Happening] = []
    for poll in rows:
        result = outcome.published(poll)
        if result is None:
            continue
        number = published.get(poll.pk)
        proof = (number,) if number is not None else ()
        rule = wording.rule_of(poll)
        told += [
            Happening(f"{_question(poll, one)} ({poll.get_mode_display().lower()}; {rule.lower()}).", proof)
            for one in result.questions
        ]
    return tuple(told)


def _question(poll: Poll, found: QuestionResult) -> str:
    subject = poll.title if found.text in {"", poll.title} else f"{poll.title}: {found.text}"
    votes = [f"{one.label} {one.votes}" for one in found.options if one.votes is not None]
    numbers = f" ({', '.join(votes)} trên {found.valid} phiếu hợp lệ)" if votes else ""
    return f"{subject}: {wording.sentence(found).lower()}{numbers}"


def _conclusion(row: Any) -> str:
    text = str(row.statement).rstrip(".; ")
    if row.task is None:
        return text
    return f"{text} ({row.task.accountable_post}; xong trước ngày {row.task.due_on:%d/%m/%Y})"
