"""Đọc lịch sử: the events of a record, the head of the chain, and whether the chain still holds."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import models
from django.db.models import QuerySet

from soi.history.logic import GENESIS, Entry, Fault, Head, chain_faults
from soi.history.models import Event, Seal

_AT_ONCE = 2000


def events_of(*subjects: models.Model) -> QuerySet[Event]:
    """Sự kiện của hồ sơ, newest first, with what changed. The caller has checked that it may be seen."""
    wanted = models.Q(pk__in=[])
    for subject in subjects:
        wanted |= models.Q(subject_type=subject._meta.label_lower, subject_id=subject.pk)
    return Event.objects.filter(wanted).select_related("payload").order_by("-pk")


def newest(count: int) -> list[tuple[int, str]]:
    """Những sự kiện mới nhất: number and action only, newest first; who sees them learns of no record."""
    return list(Event.objects.order_by("-pk").values_list("pk", "action")[:count])


def head() -> Head:
    """The last link of the chain; number 0 when nothing is sealed yet."""
    last = Seal.objects.order_by("-seq").first()
    return Head(last.seq, last.digest) if last else Head(0, GENESIS)


def parse_head(text: str) -> Head:
    """``number:digest`` as printed; ValueError when it is not of that form."""
    seq, _, digest = text.strip().partition(":")
    if not seq.isdigit() or len(digest) != len(GENESIS):
        raise ValueError(text)
    return Head(int(seq), digest)


def verify(known: Head | None = None) -> list[Fault]:
    """Kiểm tra chuỗi: every place where the chain or a payload does not hold; empty when all is well.

    With ``known``, a head kept outside the database, also a tail that was cut off or rewritten shows.
    """
    return list(chain_faults(entries(), known))


def entries() -> Iterator[Entry]:
    """The stored chain in order. Events are looked up apart from seals: a join would hide a deleted event."""
    seq = 0
    while seals := list(Seal.objects.filter(seq__gt=seq).order_by("seq")[:_AT_ONCE]):
        events = Event.objects.select_related("payload").in_bulk([seal.event_id for seal in seals])
        yield from (_entry(seal, events.get(seal.event_id)) for seal in seals)
        seq = seals[-1].seq


def _entry(seal: Seal, event: Event | None) -> Entry:
    if event is None:
        return Entry(seal.seq, seal.previous, seal.digest, seal.event_id)
    payload = getattr(event, "payload", None)
    return Entry(
        seq=seal.seq,
        previous=seal.previous,
        digest=seal.digest,
        event_id=event.pk,
        at=event.at,
        chained=event.as_chained(),
        facts=payload.facts if payload else None,
        salt=payload.salt if payload else "",
    )
