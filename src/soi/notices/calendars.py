"""Lịch iCalendar (RFC 5545): days due of tasks, remedies and steps of directives, and conferences.

Whoever has the key reads; what is read is what the feed's owner may see at that moment.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vText

from soi.access.models import User
from soi.access.queries import actor_of
from soi.base.actor import Actor
from soi.base.errors import NotFound
from soi.base.text import squash
from soi.conferences import queries as conferences
from soi.conferences.enums import Reply
from soi.conferences.models import Attendance, Conference
from soi.directives import queries as directives
from soi.directives.enums import Step
from soi.directives.models import Addressee
from soi.findings import queries as findings
from soi.findings.enums import RemedyState
from soi.findings.models import Remedy
from soi.notices import queries, records
from soi.notices.enums import RecordKind
from soi.notices.models import CalendarFeed
from soi.org.models import Organization, Post
from soi.work import queries as work
from soi.work.enums import TaskState
from soi.work.models import Task

# What was due longer ago stands in Soi, not in a calendar.
LOOK_BACK = dt.timedelta(days=90)
MOST = 1000
_TITLE = 160


@dataclass(frozen=True, slots=True)
class Entry:
    """Một mục của lịch. ``kind`` and ``pk`` lead to the record; ``step`` tells apart the dates of one record."""

    kind: str
    pk: int
    first: dt.date
    last: dt.date
    neutral: str
    words: str
    details: str = ""
    step: str = ""
    # Clock times of the first and the last day, where the record knows them.
    starts_at: dt.time | None = None
    ends_at: dt.time | None = None
    place: str = ""
    version: int = 1


Link = Callable[[Entry], str]


def key_hash(key: str) -> str:
    """What is stored of a key: it is random and long, so a plain hash cannot be guessed back."""
    return hashlib.sha256(key.encode()).hexdigest()


def read(key: str, *, now: dt.datetime, today: dt.date, link: Link, host: str) -> bytes:
    """Nội dung lịch; NotFound for a key that never was, was withdrawn, or whose owner lost the right."""
    feed, actor = _owner(key, today)
    body = _body(feed, actor)
    name = _("Soi: %(body)s") % {"body": body} if body else _("Soi: việc của tôi")
    found = sorted(entries(actor, body), key=lambda entry: (entry.first, entry.kind, entry.pk, entry.step))
    calendar = Calendar()
    calendar.add("prodid", "-//Soi//Soi//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", vText(name if feed.with_words or not body else _("Soi: lịch đơn vị")))
    calendar.add("x-published-ttl", vText("PT4H"))
    for entry in found:
        calendar.add_component(_component(entry, feed, now, link, host))
    return bytes(calendar.to_ical())


def invitation(actor: Actor, conference: Conference, *, now: dt.datetime, link: Link, host: str) -> bytes:
    """Giấy mời cho lịch: one entry, under the number that it has in the feed, so that none has it twice."""
    entry = _of_conference(conferences.get(actor, conference.pk))
    calendar = Calendar()
    calendar.add("prodid", "-//Soi//Soi//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_component(entry, _OPEN, now, link, host))
    return bytes(calendar.to_ical())


# Whoever opens it is signed in and asked for it: the words may stand in it.
_OPEN = CalendarFeed(with_words=True)


def _owner(key: str, today: dt.date) -> tuple[CalendarFeed, Actor]:
    feed = CalendarFeed.objects.filter(key_hash=key_hash(key), withdrawn_at=None).first()
    user = User.objects.filter(person_id=feed.person_id, is_active=True) if feed else User.objects.none()
    owner = user.select_related("person").first()
    if feed is None or owner is None:
        raise NotFound(_MISSING)
    return feed, actor_of(owner, today=today, via="calendar")


def _body(feed: CalendarFeed, actor: Actor) -> Organization | None:
    if feed.organization_id is None:
        return None
    body = queries.bodies_for_feed(actor).filter(pk=feed.organization_id).first()
    if body is None:
        raise NotFound(_MISSING)
    return body


_MISSING = "Không có lịch này, hoặc lịch đã được thu hồi."


def _component(entry: Entry, feed: CalendarFeed, now: dt.datetime, link: Link, host: str) -> Event:
    event = Event()
    step = f"-{entry.step}" if entry.step else ""
    event.add("uid", f"{entry.kind}-{entry.pk}{step}@{host}")
    event.add("dtstamp", now.astimezone(dt.UTC))
    _add_times(event, entry)
    event.add("sequence", entry.version - 1)
    event.add("summary", _line(entry.words) if feed.with_words else entry.neutral)
    if feed.with_words and entry.details:
        event.add("description", entry.details)
    if feed.with_words and entry.place:
        event.add("location", entry.place)
    # A day due leaves the day free; hours of a conference do not.
    event.add("transp", "OPAQUE" if entry.starts_at else "TRANSPARENT")
    event.add("class", "PRIVATE")
    if address := link(entry):
        event.add("url", address)
    return event


def _add_times(event: Event, entry: Entry) -> None:
    if entry.starts_at is None:
        event.add("dtstart", entry.first)
        # The end of a day-long event is the first day after it.
        event.add("dtend", entry.last + dt.timedelta(days=1))
        return
    zone = timezone.get_current_timezone()
    first = dt.datetime.combine(entry.first, entry.starts_at, zone)
    last = dt.datetime.combine(entry.last, entry.ends_at or entry.starts_at, zone)
    event.add("dtstart", first.astimezone(dt.UTC))
    event.add("dtend", (last if last > first else first + _USUAL).astimezone(dt.UTC))


# How long a conference is taken to last that does not say when it ends.
_USUAL = dt.timedelta(hours=2)


def _line(text: str) -> str:
    line = squash(text)
    return line if len(line) <= _TITLE else f"{line[: _TITLE - 1]}…"


# --- what stands in it -----------------------------------------------------------------------------------


def entries(actor: Actor, body: Organization | None) -> Iterator[Entry]:
    """Mọi mục: of the actor's own posts, or of one body as far as the actor may read it."""
    since = actor.today - LOOK_BACK
    for task in _soonest(_tasks(actor, body), since):
        yield _of_task(task)
    for remedy in _soonest(_remedies(actor, body), since):
        yield _of_remedy(remedy)
    for addressee in _addressees(actor, body)[:MOST]:
        yield from _of_addressee(addressee, since)
    for conference in _conferences(actor, body).filter(date_end__gte=since)[:MOST]:
        yield _of_conference(conference)


def _soonest(rows: QuerySet[Any], since: dt.date) -> QuerySet[Any]:
    return rows.filter(due_on__gte=since).order_by("due_on", "pk")[:MOST]


def _tasks(actor: Actor, body: Organization | None) -> QuerySet[Task]:
    if body is None:
        return work.due_from(actor)
    rows = work.visible_to(actor).filter(organization=body, state=TaskState.ACTIVE)
    return rows.select_related("organization", "accountable_post")


def _remedies(actor: Actor, body: Organization | None) -> QuerySet[Remedy]:
    """A remedy that entered a programme stands there as its task."""
    if body is None:
        return findings.due_from(actor).filter(task=None)
    seen: QuerySet[Remedy] = records.SEEN[RecordKind.REMEDY](actor)
    return seen.filter(accountable_post__organization=body, state=RemedyState.ACTIVE, task=None)


def _addressees(actor: Actor, body: Organization | None) -> QuerySet[Addressee]:
    if body is None:
        return directives.addressed_to(actor)
    rows = Addressee.objects.filter(directives.addressees_seen(actor), organization=body)
    return rows.filter(directives.still_open(actor.today)).select_related("directive", "organization")


def _conferences(actor: Actor, body: Organization | None) -> QuerySet[Conference]:
    rows = conferences.visible_to(actor).select_related("organization").order_by("-date_start", "-pk")
    if body is not None:
        return rows.filter(organization=body)
    own = Post.objects.filter(pk__in=actor.post_ids).values("organization_id")
    taking_part = Attendance.objects.filter(conferences.let_in(), person_id=actor.person_id or 0)
    away = taking_part.filter(invitation__reply__in=(Reply.ABSENT, Reply.REPLACED))
    rows = rows.filter(Q(organization__in=own) | Q(pk__in=taking_part.values("conference_id")))
    # Who will be away, or sends somebody else, has the hours for other things.
    return rows.exclude(pk__in=away.values("conference_id"))


def _of_task(task: Task) -> Entry:
    return Entry(
        kind="task",
        pk=task.pk,
        first=task.due_on,
        last=task.due_on,
        neutral=_("Đến hạn nhiệm vụ"),
        words=_("Nhiệm vụ: %(statement)s") % {"statement": task.statement},
        details=_details(task.statement, task.deliverable, task.accountable_post, task.organization),
    )


def _of_remedy(remedy: Remedy) -> Entry:
    return Entry(
        kind="remedy",
        pk=remedy.pk,
        first=remedy.due_on,
        last=remedy.due_on,
        neutral=_("Đến hạn biện pháp khắc phục"),
        words=_("Biện pháp: %(statement)s") % {"statement": remedy.statement},
        details=_details(
            remedy.statement,
            remedy.deliverable,
            remedy.accountable_post,
            remedy.accountable_post.organization,
        ),
    )


def _details(statement: str, deliverable: str, post: Post, body: Organization) -> str:
    return _("%(statement)s\nSản phẩm: %(deliverable)s\nChịu trách nhiệm: %(post)s, %(body)s") % {
        "statement": statement,
        "deliverable": deliverable,
        "post": post,
        "body": body,
    }


def _of_addressee(addressee: Addressee, since: dt.date) -> Iterator[Entry]:
    for step in Step:
        due_on = getattr(addressee.directive, directives.DUE_FIELD[step])
        if due_on and due_on >= since and getattr(addressee, directives.DONE_FIELD[step]) is None:
            yield Entry(
                kind="directive",
                pk=addressee.directive_id,
                first=due_on,
                last=due_on,
                neutral=_("Đến hạn: %(step)s một văn bản") % {"step": step.label},
                words=_("%(step)s: %(directive)s") % {"step": step.label, "directive": addressee.directive},
                details=str(addressee.organization),
                step=f"{addressee.organization_id}-{step.value}",
            )


def _of_conference(conference: Conference) -> Entry:
    return Entry(
        kind="conference",
        pk=conference.pk,
        first=conference.date_start,
        last=conference.date_end,
        neutral=_("Hội nghị"),
        words=conference.title,
        details=str(conference.organization),
        place=conference.place,
        starts_at=conference.starts_at,
        ends_at=conference.ends_at,
        version=conference.version,
    )
