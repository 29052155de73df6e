"""Hàng chờ phát biểu: the requests that wait, in their order under the rule. Two queries, whatever their number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from soi.base.records import Kept
from soi.conferences.enums import RequestState
from soi.conferences.logic import clock
from soi.conferences.logic.queue import Placed, Spoken, Waiting, ordered
from soi.conferences.models import Speech, SpeechRequest


@dataclass(frozen=True, slots=True)
class LineUp:
    """Hàng chờ: the order, and the requests by number."""

    order: list[Placed]
    requests: dict[int, SpeechRequest]


def requests(conference_id: int) -> QuerySet[SpeechRequest]:
    """Các đăng ký đang chờ."""
    return every_request().filter(conference_id=conference_id)


def every_request() -> QuerySet[SpeechRequest]:
    """Các đăng ký đang chờ, of whatever conference."""
    return SpeechRequest.objects.filter(state=RequestState.WAITING)


def all_speeches() -> QuerySet[Speech]:
    """Các lượt đã và đang phát biểu, in the order they were held."""
    return Speech.objects.select_related("request").order_by("pk")


def line(conference_id: int, rule: str, now: dt.datetime) -> LineUp:
    """Hàng chờ lúc này."""
    rows = {row.pk: row for row in requests(conference_id).select_related("person", "site")}
    held = Speech.objects.filter(conference_id=conference_id).order_by("pk")
    return LineUp(in_order(rows.values(), held, rule, now), rows)


def places(conference_id: int, rule: str, now: dt.datetime) -> list[int]:
    """Số của các đăng ký đang chờ, in their order: what an act of the chair needs, without the people."""
    asking = [Waiting(*row) for row in _ASKING.read(keys=[conference_id])]
    held = [
        Spoken(person, site, kind, clock.seconds_between(started, ended or now))
        for person, site, kind, started, ended in _HELD.read(keys=[conference_id])
    ]
    return [placed.pk for placed in ordered(asking, rule, held)]


def _asking(conference_id: int) -> QuerySet[SpeechRequest, Any]:
    columns = ("pk", "person_id", "site_id", "kind", "asked_at")
    return requests(conference_id).order_by().values_list(*columns)


def _held(conference_id: int) -> QuerySet[Speech, Any]:
    rows = Speech.objects.filter(conference_id=conference_id).order_by("pk")
    return rows.values_list("person_id", "site_id", "kind", "started_at", "ended_at")


_ASKING, _HELD = Kept(_asking), Kept(_held)


def in_order(
    rows: Iterable[SpeechRequest], spoken: Iterable[Speech], rule: str, now: dt.datetime
) -> list[Placed]:
    """Thứ tự, from rows already read."""
    asking = [Waiting(row.pk, row.person_id, row.site_id, row.kind, row.asked_at) for row in rows]
    held = [Spoken(one.person_id, one.site_id, one.kind, length(one, now)) for one in spoken]
    return ordered(asking, rule, held)


def length(speech: Speech, now: dt.datetime) -> int:
    """Số giây đã nói, up to now where it still goes on."""
    return clock.seconds_between(speech.started_at, speech.ended_at or now)
