"""Lập thông báo: the worker that reads the history in the order of its seals and tells those concerned.

The order of seals is the order in which events were committed: a seal is given only to what is committed, one
sealer at a time. So one number remembers how far the worker has come, and an event that was numbered early and
committed late is neither lost nor told twice.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max, Prefetch, QuerySet
from django.utils import timezone

from soi.base.locks import Alone, hold_alone
from soi.briefings.models import BriefingReport, BriefingRound
from soi.conferences.models import Conference
from soi.directives.models import Addressee, Directive
from soi.findings.models import Finding, Remedy
from soi.history.models import Event, Seal
from soi.notices import posting
from soi.notices.enums import NoticeKind, RecordKind
from soi.notices.models import Mark, Notice
from soi.notices.people import Book, Target, verifiers_of
from soi.notices.rules import BY_ACTION, DAY, Rule, verifiers
from soi.reviews.models import CommentRound, Cycle, Review
from soi.work.models import Handover, Task

logger = logging.getLogger(__name__)

HISTORY = "history"
# What happened longer ago than this is no news: an old history is not told again when notices begin.
NEWS = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class _Telling:
    """Một quy tắc đã khớp: the event, the rule, the record."""

    event: Event
    rule: Rule
    record: Any
    target: Target


def make_notices(*, now: dt.datetime, at_once: int = 500) -> int:
    """Lập thông báo cho mọi sự kiện mới; returns how many events were looked at. Workers take turns."""
    looked = 0
    while _has_news() and (done := _make_some(now, at_once)):
        looked += done
    return looked


def _has_news() -> bool:
    """Asked without a transaction, so that an idle second costs no writer its turn."""
    newest = Seal.objects.aggregate(newest=Max("seq"))["newest"] or 0
    mark = Mark.objects.filter(name=HISTORY).first()
    return newest > (mark.number if mark else 0)


@transaction.atomic
def _make_some(now: dt.datetime, at_once: int) -> int:
    hold_alone(Alone.NOTICING)
    mark = Mark.objects.filter(name=HISTORY).first() or Mark(name=HISTORY, number=_start(now))
    seals = list(
        Seal.objects.filter(seq__gt=mark.number)
        .select_related("event", "event__payload")
        .order_by("seq")[:at_once]
    )
    tell([seal.event for seal in seals], now)
    mark.number = seals[-1].seq if seals else mark.number
    mark.save()
    return len(seals)


def _start(now: dt.datetime) -> int:
    """Where an installation begins that has a history already: behind everything that is no news."""
    old = Seal.objects.filter(event__at__lt=now - NEWS).order_by("-seq").first()
    return old.seq if old else 0


def tell(events: Sequence[Event], now: dt.datetime) -> int:
    """Báo các sự kiện này: one notice a person and event, never to the author; returns how many were made."""
    today = timezone.localdate(now)
    recent = [event for event in events if event.at >= now - NEWS and event.action in BY_ACTION]
    tellings = _tellings(recent)
    book = Book([telling.target for telling in tellings], today)
    made: dict[tuple[int, int], Notice] = {}
    said: set[tuple[object, ...]] = set()
    for telling in tellings:
        for person in sorted(_people(telling, book, today) - {telling.event.person_id or 0}):
            notice = _notice(telling, person)
            words = (person, notice.kind, notice.record_kind, notice.record_id)
            # Of two rules for one person and event the first one speaks; and nobody is told the same of one
            # record twice in one breath.
            if (person, telling.event.pk) not in made and words not in said:
                made[person, telling.event.pk] = notice
                said.add(words)
    return posting.post(list(made.values()), now)


def _people(telling: _Telling, book: Book, today: dt.date) -> set[int]:
    if telling.rule.to is verifiers:
        return verifiers_of(telling.record.finding, today)
    return book.of(telling.target)


def _notice(telling: _Telling, person: int) -> Notice:
    event, rule, record_id = telling.event, telling.rule, telling.record.pk
    kind = rule.record
    if rule.kind == NoticeKind.FINDING_TO_VERIFY:
        kind, record_id = RecordKind.FINDING, telling.record.finding_id
    by = f"{event.actor_label}, thay mặt {event.on_behalf_of}" if event.on_behalf_of else event.actor_label
    return Notice(
        person_id=person,
        kind=rule.kind,
        record_kind=kind,
        record_id=record_id,
        at=event.at,
        event_id=event.pk,
        by=by,
    )


def _tellings(events: Iterable[Event]) -> list[_Telling]:
    wanted = [(event, rule) for event in events for rule in BY_ACTION[event.action]]
    records = _load({(rule.record, event.subject_id) for event, rule in wanted})
    found = []
    for event, rule in wanted:
        record = records.get((rule.record, event.subject_id))
        facts = _facts(event)
        if record is not None and (target := _target(event, rule, record, facts)) is not None:
            found.append(_Telling(event, rule, record, target))
    return found


def _target(event: Event, rule: Rule, record: Any, facts: dict[str, Any]) -> Target | None:
    """None where the rule does not apply; an event with facts of an unknown shape tells nobody, once logged."""
    try:
        return rule.to(record, facts) if rule.only(facts) else None
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        logger.error("event %s (%s) tells nobody: %s", event.pk, event.action, type(error).__name__)  # noqa: TRY400
        return None


def _facts(event: Event) -> dict[str, Any]:
    payload = getattr(event, "payload", None)
    return (payload.facts if payload is not None else {}) | {DAY: timezone.localdate(event.at)}


# --- records in bulk -----------------------------------------------------------------------------------


def _rows(kind: RecordKind) -> QuerySet[Any]:
    rows: dict[RecordKind, QuerySet[Any]] = {
        RecordKind.TASK: Task.objects.prefetch_related("contributors", "reports"),
        RecordKind.REMEDY: Remedy.objects.select_related("finding"),
        RecordKind.FINDING: Finding.objects.prefetch_related("remedies", "responsibilities"),
        RecordKind.DIRECTIVE: Directive.objects.prefetch_related(
            Prefetch("addressees", Addressee.objects.order_by("pk"))
        ),
        RecordKind.ADDRESSEE: Addressee.objects.all(),
        RecordKind.HANDOVER: Handover.objects.all(),
        RecordKind.BRIEFING: BriefingReport.objects.all(),
        RecordKind.ROUND: BriefingRound.objects.select_related("organization"),
        RecordKind.CONFERENCE: Conference.objects.all(),
        RecordKind.REVIEW_CYCLE: Cycle.objects.all(),
        RecordKind.REVIEW: Review.objects.all(),
        RecordKind.COMMENTS: CommentRound.objects.all(),
    }
    return rows[kind]


def _load(wanted: set[tuple[RecordKind, int]]) -> dict[tuple[RecordKind, int], Any]:
    return {
        (kind, pk): row
        for kind in sorted({kind for kind, _ in wanted})
        for pk, row in _rows(kind).in_bulk([pk for of, pk in wanted if of == kind]).items()
    }
