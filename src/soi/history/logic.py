"""Chuỗi băm: how an event becomes a link of the chain. Pure functions; the same bytes on every machine.

Link n = SHA-256(link n-1, canonical JSON of event n). The payload enters by its own salted hash only, so
that it can be erased when its retention ends without breaking the chain.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

GENESIS = "0" * 64
# An event whose time is this much older than the one before it was slipped in later (or the clock jumped).
LATE = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Head:
    """Đầu chuỗi: number and digest of the last link, to be kept outside the database."""

    seq: int
    digest: str

    def __str__(self) -> str:
        return f"{self.seq}:{self.digest}"


@dataclass(frozen=True, slots=True)
class Entry:
    """Một mục như đang lưu: a link, its event (None when gone) and the event's payload (None when erased)."""

    seq: int
    previous: str
    digest: str
    event_id: int
    at: dt.datetime | None = None
    chained: Mapping[str, Any] | None = None
    facts: Mapping[str, Any] | None = None
    salt: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """Chỗ sai: which link does not hold, and why."""

    seq: int
    sentence: str


def canonical(value: Mapping[str, Any]) -> bytes:
    """One spelling for equal content: sorted keys, no blanks, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str).encode()


def payload_hash(payload: Mapping[str, Any], salt: str) -> str:
    """Salted hash of what changed; the salt keeps short payloads from being guessed after erasure."""
    return hashlib.sha256(salt.encode() + canonical(payload)).hexdigest()


def link(previous: str, event: Mapping[str, Any]) -> str:
    """The next link of the chain."""
    return hashlib.sha256(previous.encode() + canonical(event)).hexdigest()


def chain_faults(entries: Iterable[Entry], known: Head | None = None) -> Iterator[Fault]:
    """Kiểm tra chuỗi: every place that does not hold, for entries in the order of their numbers.

    With ``known``, a head kept outside, also a tail that was cut off and a chain that was rewritten whole.
    """
    previous, expected = GENESIS, 1
    latest: dt.datetime | None = None
    at_known = GENESIS if known and known.seq == 0 else ""
    for entry in entries:
        yield from _link_faults(entry, previous, expected)
        yield from _event_faults(entry, latest)
        if entry.at is not None:
            latest = max(latest or entry.at, entry.at)
        if known and entry.seq == known.seq:
            at_known = entry.digest
        previous, expected = entry.digest, entry.seq + 1
    if known and at_known != known.digest:
        yield Fault(known.seq, "đầu chuỗi lưu ở ngoài không khớp: có mục đã bị xóa hoặc viết lại")


def _link_faults(entry: Entry, previous: str, expected: int) -> Iterator[Fault]:
    if entry.seq != expected:
        yield Fault(expected, f"thiếu các mục từ {expected} đến {entry.seq - 1}")
    if entry.previous != previous:
        yield Fault(entry.seq, "không nối tiếp mục liền trước")


def _event_faults(entry: Entry, latest: dt.datetime | None) -> Iterator[Fault]:
    if entry.chained is None:
        yield Fault(entry.seq, f"sự kiện {entry.event_id} đã bị xóa")
        return
    if entry.digest != link(entry.previous, entry.chained):
        yield Fault(entry.seq, f"sự kiện {entry.event_id} đã bị sửa")
    if entry.facts is not None and payload_hash(entry.facts, entry.salt) != entry.chained["payload_hash"]:
        yield Fault(entry.seq, f"nội dung của sự kiện {entry.event_id} đã bị sửa")
    if latest and entry.at and entry.at < latest - LATE:
        yield Fault(entry.seq, f"sự kiện {entry.event_id} được ghi muộn hơn nhiều so với thời điểm nó nêu")
