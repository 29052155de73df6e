"""Ghi lịch sử: add one event in the transaction of the change it tells of, and seal what was added."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from django.db import connection, models, transaction

from soi.base.actor import Actor
from soi.history.logic import GENESIS, link, payload_hash
from soi.history.models import Event, Payload, Seal

# One number, the same in every process: PostgreSQL lets one sealer work at a time.
_SEALER_LOCK = 0x50_1E_A1


def record(
    *, actor: Actor, action: str, subject: models.Model, now: dt.datetime, on_behalf_of: str = "", **facts: Any
) -> Event:
    """Ghi một sự kiện. Call it inside the transaction that makes the change: both stand or neither.

    ``action`` is ``room.verb``; ``facts`` is what changed, as plain values.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("history.record belongs inside the transaction of the change")
    salt = secrets.token_hex(16)
    event = Event.objects.create(
        at=now,
        actor_id=actor.user_id,
        person_id=actor.person_id,
        actor_label=actor.label,
        on_behalf_of=on_behalf_of,
        via=actor.via,
        action=action,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        payload_hash=payload_hash(plain := _plain(facts), salt),
    )
    Payload.objects.create(event=event, salt=salt, facts=plain)
    return event


def _plain(facts: dict[str, Any]) -> dict[str, Any]:
    """Dates and records as text, so that hashing before storing equals hashing after reading."""
    return {key: _plain_value(value) for key, value in facts.items()}


def _plain_value(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, models.Model):
        return {"id": value.pk, "label": str(value)}
    if isinstance(value, dict):
        return _plain(value)
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain_value(item) for item in value]
    return str(value)


def seal_pending(*, most: int = 10_000) -> int:
    """Niêm phong: chain every event that has no seal yet, oldest first; returns how many.

    Runs once a second inside ``soi serve`` and before each verification. One sealer at a time: a second one
    waits (SQLite: the write queue; PostgreSQL: an advisory lock).
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_SEALER_LOCK])
        last = Seal.objects.order_by("-seq").first()
        seq, previous = (last.seq, last.digest) if last else (0, GENESIS)
        seals = []
        for event in Event.objects.filter(seal__isnull=True).order_by("pk")[:most]:
            seq += 1
            digest = link(previous, event.as_chained())
            seals.append(Seal(seq=seq, event=event, previous=previous, digest=digest))
            previous = digest
        Seal.objects.bulk_create(seals)
    return len(seals)
