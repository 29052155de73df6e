"""Đọc lịch sử: the events of a record, the head of the chain, and whether the chain still holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.db.models import QuerySet

from soi.history.logic import GENESIS, link, payload_hash
from soi.history.models import Event, Payload, Seal

# An entry whose time is this much older than its neighbour's was slipped in later (or the clock jumped).
LATE = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Head:
    """Đầu chuỗi: number and digest of the last link, to be kept outside the database."""

    seq: int
    digest: str

    def __str__(self) -> str:
        return f"{self.seq}:{self.digest}"


@dataclass(frozen=True, slots=True)
class Fault:
    """Chỗ sai: which link does not hold, and why."""

    seq: int
    sentence: str


def events_of(*subjects: models.Model) -> QuerySet[Event]:
    """Sự kiện của hồ sơ, newest first, with what changed. The caller has checked that it may be seen."""
    wanted = models.Q(pk__in=[])
    for subject in subjects:
        wanted |= models.Q(subject_type=subject._meta.label_lower, subject_id=subject.pk)
    return Event.objects.filter(wanted).select_related("payload").order_by("-pk")


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
    faults = list(_chain_faults())
    if known and known.seq and _digest_at(known.seq) != known.digest:
        faults.append(Fault(known.seq, "đầu chuỗi lưu ở ngoài không khớp: có mục đã bị xóa hoặc viết lại"))
    return faults


def _digest_at(seq: int) -> str | None:
    return Seal.objects.filter(seq=seq).values_list("digest", flat=True).first()


def _chain_faults() -> Iterator[Fault]:
    previous, expected = GENESIS, 1
    latest: dt.datetime | None = None
    seals = Seal.objects.select_related("event", "event__payload").order_by("seq")
    for seal in seals.iterator(chunk_size=2000):
        yield from _faults_of(seal, previous, expected)
        if latest and seal.event.at < latest - LATE:
            yield Fault(seal.seq, f"sự kiện {seal.event_id} được ghi muộn hơn nhiều so với thời điểm nó nêu")
        latest = max(latest or seal.event.at, seal.event.at)
        previous, expected = seal.digest, seal.seq + 1


def _faults_of(seal: Seal, previous: str, expected: int) -> Iterator[Fault]:
    if seal.seq != expected:
        yield Fault(expected, f"thiếu các mục từ {expected} đến {seal.seq - 1}")
    if seal.previous != previous:
        yield Fault(seal.seq, "không nối tiếp mục liền trước")
    if seal.digest != link(seal.previous, seal.event.as_chained()):
        yield Fault(seal.seq, f"sự kiện {seal.event_id} đã bị sửa")
    payload: Payload | None = getattr(seal.event, "payload", None)
    if payload and payload_hash(payload.facts, payload.salt) != seal.event.payload_hash:
        yield Fault(seal.seq, f"nội dung của sự kiện {seal.event_id} đã bị sửa")
