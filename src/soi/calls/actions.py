"""Mở và đóng phòng, nối và rời: what people do; what browsers say to each other is in ``signalling``."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction

from soi.base.actor import Actor
from soi.base.errors import Conflict, Invalid
from soi.calls import permissions, queries
from soi.calls.adapters import Ticket, adapter_of
from soi.calls.enums import RoomKind
from soi.calls.logic import turn_credential
from soi.calls.models import CallRoom, Endpoint, Signal
from soi.conferences import lines
from soi.conferences.enums import Line
from soi.conferences.models import Conference
from soi.history import actions as history

GONE = "Đầu nối này không còn: trang khác đã nối thay, hoặc phòng đã đóng. Hãy nối lại nếu cần."
NOT_OPEN = "Chưa mở phòng âm thanh, hình ảnh cho hội nghị này. Hãy chờ thư ký mở."


@dataclass(frozen=True, slots=True)
class Joined:
    """Đã nối: what the page needs to begin."""

    endpoint: Endpoint
    room: CallRoom
    ticket: Ticket = field(repr=False)
    relays: list[dict[str, object]] = field(repr=False)


@transaction.atomic
def open_room(
    *, actor: Actor, conference: Conference, kind: RoomKind, now: dt.datetime, link: str = ""
) -> CallRoom:
    """Mở phòng âm thanh, hình ảnh of a conference, in one of the three ways."""
    permissions.check_can_run(actor, conference)
    Conference.objects.select_for_update().get(pk=conference.pk)
    if queries.room_of(conference):
        raise Conflict("Phòng đang mở. Muốn đổi cách truyền, hãy đóng phòng trước.")
    _check_possible(conference, kind, link)
    room, _new = CallRoom.objects.update_or_create(
        conference=conference,
        defaults={
            "kind": kind,
            "link": link.strip() if kind == RoomKind.LINK else "",
            "opened_at": now,
            "closed_at": None,
            "followed_at": None,
        },
    )
    adapter_of(kind).open_room(room)
    room.save()
    history.record(actor=actor, action="calls.open", subject=conference, now=now, kind=kind.value)
    return room


def _check_possible(conference: Conference, kind: RoomKind, link: str) -> None:
    most, sites = adapter_of(kind).most_endpoints, conference.sites.count()
    if kind == RoomKind.LINK and not link.strip().startswith(("https://", "http://")):
        raise Invalid("Ghi liên kết của phòng họp, bắt đầu bằng https://", {"link": "Ghi liên kết đầy đủ."})
    if kind == RoomKind.JANUS and not settings.JANUS_URL:
        raise Invalid("Chưa cài đặt máy chủ Janus. Hãy báo người quản trị, hoặc chọn cách truyền khác.")
    if sites > most:
        raise Invalid(f"Hội nghị có {sites} điểm cầu, cách truyền này chỉ đủ cho {most}. Hãy chọn cách khác.")


@transaction.atomic
def close_room(*, actor: Actor, conference: Conference, now: dt.datetime) -> None:
    """Đóng phòng: everybody is out."""
    permissions.check_can_run(actor, conference)
    room = _open(conference)
    sites = [each.site_id for each in queries.endpoints_of(conference) if each.client and each.site_id]
    room.closed_at = now
    room.save(update_fields=["closed_at"])
    Signal.objects.filter(conference=conference).delete()
    Endpoint.objects.filter(conference=conference).update(client="", token="", user=None)
    lines.measured(conference=conference, sites=sites, line=Line.READY, now=now)
    history.record(actor=actor, action="calls.close", subject=conference, now=now)
    adapter_of(room.kind).close_room(room)


def join(*, actor: Actor, conference: Conference, now: dt.datetime, take_over: bool = False) -> Joined:
    """Nối một đầu: this page speaks for the place from now on; a page that did so before is out."""
    with transaction.atomic():
        place = permissions.check_has_place(actor, conference)
        room, endpoint = _open(conference), _endpoint_of(conference, place)
        if room.kind == RoomKind.LINK:
            raise Conflict("Phòng họp này ở ngoài Soi. Hãy mở liên kết của phòng.")
        _check_free(room, endpoint, actor, now, take_over=take_over)
        endpoint.client, endpoint.token = secrets.token_urlsafe(12), secrets.token_urlsafe(24)
        endpoint.user_id, endpoint.seen_at = actor.user_id, now
        endpoint.save()
        if endpoint.site_id:
            lines.measured(conference=conference, sites=[endpoint.site_id], line=Line.CONNECTED, now=now)
    # Outside of the transaction: another server may take its time.
    may = endpoint.pk in queries.publishers_of(conference)
    ticket = adapter_of(room.kind).join_token(room, endpoint, may_publish=may)
    return Joined(endpoint, room, ticket, _relays(endpoint, now))


def _endpoint_of(conference: Conference, place: queries.Place) -> Endpoint:
    whose: dict[str, Any] = {"site": place.site, "person_id": place.person_id}
    endpoint, _new = Endpoint.objects.select_for_update().get_or_create(conference=conference, **whose)
    return endpoint


def _check_free(
    room: CallRoom, endpoint: Endpoint, actor: Actor, now: dt.datetime, *, take_over: bool
) -> None:
    inside = queries.present(queries.endpoints_of(room.conference), now)
    others = [each for each in inside if each.pk != endpoint.pk]
    most = adapter_of(room.kind).most_endpoints
    if len(others) >= most:
        raise Conflict(f"Đã đủ {most} điểm nối. Hãy báo thư ký đóng phòng và mở lại qua máy chủ Janus.")
    mine = endpoint.user_id in (None, actor.user_id)
    if len(others) < len(inside) and not mine and not take_over:
        raise Conflict(
            "Điểm cầu này đang nối từ máy của đồng chí khác. Chuyển sang máy này thì máy kia bị ngắt."
        )


def _relays(endpoint: Endpoint, now: dt.datetime) -> list[dict[str, object]]:
    """Trạm chuyển tiếp: where the network lets browsers reach each other only through one."""
    if not settings.TURN_URLS:
        return []
    name, password = turn_credential(settings.TURN_SECRET, f"soi-{endpoint.pk}", now.timestamp())
    return [{"urls": settings.TURN_URLS, "username": name, "credential": password}]


@transaction.atomic
def pulse(*, actor: Actor, conference: Conference, client: str, now: dt.datetime) -> Endpoint:
    """Còn nối: said every few seconds by the page that is joined; the lines of sites follow it."""
    endpoint = check_joined(actor, conference, client)
    Endpoint.objects.filter(pk=endpoint.pk, client=client).update(seen_at=now)
    endpoint.seen_at = now
    since = now - dt.timedelta(seconds=queries.LOST_SECONDS)
    silent = conference.endpoints.exclude(client="").exclude(site=None).filter(seen_at__lt=since)
    lost = list(silent.values_list("site_id", flat=True))
    if lost:
        lines.measured(conference=conference, sites=lost, line=Line.LOST, now=now)
    if endpoint.site and endpoint.site.line != Line.CONNECTED:
        lines.measured(conference=conference, sites=[endpoint.site.pk], line=Line.CONNECTED, now=now)
    return endpoint


def leave(*, actor: Actor, conference: Conference, client: str, now: dt.datetime) -> None:
    """Rời: the page says goodbye; its line is ready for the next."""
    with transaction.atomic():
        endpoint = check_joined(actor, conference, client)
        room = _open(conference)
        Endpoint.objects.filter(pk=endpoint.pk, client=client).update(client="", user=None)
        if endpoint.site_id:
            lines.measured(conference=conference, sites=[endpoint.site_id], line=Line.READY, now=now)
    adapter_of(room.kind).kick(room, endpoint)


def check_joined(actor: Actor, conference: Conference, client: str) -> Endpoint:
    """The endpoint whose joined page this is; a page that another replaced is told so."""
    place = permissions.check_has_place(actor, conference)
    _open(conference)
    endpoint = queries.endpoint_at(conference, place)
    if endpoint is None or not client or endpoint.client != client or endpoint.user_id != actor.user_id:
        raise Conflict(GONE)
    return endpoint


def _open(conference: Conference) -> CallRoom:
    room = queries.room_of(conference)
    if room is None:
        raise Conflict(NOT_OPEN)
    return room
