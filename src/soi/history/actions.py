"""Ghi lịch sử: add one event in the transaction of the change it tells of, and seal what was added."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import connection, models, transaction
from django.utils import translation

from soi.base.actor import Actor, Capability
from soi.base.locks import Alone, hold_alone
from soi.base.text import nfc
from soi.history.logic import GENESIS, link, payload_hash
from soi.history.models import Event, Payload, Seal

# A long transaction takes its event number early and commits late, behind events sealed meanwhile; none
# lasts so long that this many overtake it (environment.database ends it before).
_LATE_COMMITS = 5_000


def record(
    *,
    actor: Actor,
    action: str,
    subject: models.Model,
    now: dt.datetime,
    using: Capability | None = None,
    **facts: Any,
) -> Event:
    """Ghi một sự kiện. Call it inside the transaction that makes the change: both stand or neither.

    ``action`` is ``room.verb``; ``facts`` is what changed, as plain values. ``using`` is the right the act
    needed: where the actor has it by delegation only, the event says on whose behalf.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("history.record belongs inside the transaction of the change")
    # What is kept does not depend on the language that the actor has chosen for the pages.
    with translation.override(settings.LANGUAGE_CODE):
        salt, plain = secrets.token_hex(16), _plain(facts)
    event = Event(
        at=now,
        actor_id=actor.user_id,
        person_id=actor.person_id,
        actor_label=actor.label,
        on_behalf_of=actor.on_behalf_of(using) if using else "",
        via=actor.via,
        action=action,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        payload_hash=payload_hash(plain, salt),
    )
    _append(event, salt, plain)
    return event


def _append(event: Event, salt: str, facts: dict[str, Any]) -> None:
    """Two plain INSERTs: every change in Soi passes here, and composing them anew costs more than they do."""
    values = [field.get_db_prep_save(getattr(event, field.attname), connection) for field in _EVENT_FIELDS]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT_EVENT, values)
        event.pk = cursor.fetchone()[0]
        cursor.execute(_INSERT_PAYLOAD, [event.pk, salt, json.dumps(facts)])
    event._state.adding, event._state.db = False, connection.alias


_EVENT_FIELDS = [field for field in Event._meta.concrete_fields if not field.primary_key]
_INSERT_EVENT = (
    f"INSERT INTO {Event._meta.db_table} ({', '.join(str(field.column) for field in _EVENT_FIELDS)}) "  # noqa: S608
    f"VALUES ({', '.join(['%s'] * len(_EVENT_FIELDS))}) RETURNING id"
)
_INSERT_PAYLOAD = f"INSERT INTO {Payload._meta.db_table} (event_id, salt, facts) VALUES (%s, %s, %s)"  # noqa: S608


def _plain(facts: dict[str, Any]) -> dict[str, Any]:
    """Dates and records as text, so that hashing before storing equals hashing after reading."""
    return {str(key): _plain_value(value) for key, value in facts.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, models.Model):
        return {"id": value.pk, "label": str(value)}
    if isinstance(value, dict):
        return _plain(value)
    if isinstance(value, set | frozenset):
        return sorted((_plain_value(item) for item in value), key=str)
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_plain_value(item) for item in value]
    return value if value is None or isinstance(value, bool | int) else nfc(str(value))


def seal_pending(*, recent_only: bool = False, at_once: int = 10_000) -> int:
    """Niêm phong: chain every event that has no seal yet, oldest first; returns how many.

    ``recent_only`` looks only near the end of the chain, which is quick however long the history is; ``soi
    serve`` does so every second. Without it (before a verification) every event is looked at. One sealer at
    a time: a second one waits.
    """
    total = 0
    while sealed := _seal_some(recent_only, at_once):
        total += sealed
    return total


@transaction.atomic
def _seal_some(recent_only: bool, at_once: int) -> int:
    hold_alone(Alone.SEALING)
    last = Seal.objects.order_by("-seq").first()
    seq, previous = (last.seq, last.digest) if last else (0, GENESIS)
    pending = Event.objects.filter(seal__isnull=True)
    if recent_only:
        newest = Seal.objects.aggregate(newest=models.Max("event_id"))["newest"] or 0
        pending = pending.filter(pk__gt=newest - _LATE_COMMITS)
    seals = []
    for number, event in enumerate(pending.order_by("pk")[:at_once], start=seq + 1):
        digest = link(previous, event.as_chained())
        seals.append(Seal(seq=number, event=event, previous=previous, digest=digest))
        previous = digest
    Seal.objects.bulk_create(seals)
    return len(seals)
