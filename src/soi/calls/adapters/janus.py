"""Qua Janus VideoRoom: each endpoint sends once, Janus copies it to all; mutes are made there, not in browsers.

A token lets an endpoint in as a sender. Only those who have the floor own a valid one; whoever had it before is
muted by Janus itself and keeps the connection, so that the floor can come back at once. Watching needs the pin.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from django.conf import settings

from soi.base.errors import Conflict
from soi.calls.adapters import Ticket
from soi.calls.janus_http import JanusRefused, JanusSilent, VideoRoom, video_room

if TYPE_CHECKING:
    from soi.calls.models import CallRoom, Endpoint

SILENT = (
    "Máy chủ âm thanh, hình ảnh (Janus) không trả lời. "
    "Hãy báo người quản trị, hoặc chọn truyền thẳng giữa các điểm cầu."
)
REFUSED = "Máy chủ âm thanh, hình ảnh (Janus) không nhận yêu cầu này. Hãy đóng phòng rồi mở lại."
# Our pages send sound first and picture second; sections are numbered in that order.
SECTIONS = ("0", "1")
BITS_A_SECOND = 768_000


class Janus:
    """Máy chủ Janus."""

    most_endpoints = 60

    def open_room(self, room: CallRoom) -> None:
        room.number = secrets.randbelow(2**53 - 2) + 1
        room.secret, room.pin = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
        with _speaking() as janus:
            _create(janus, room)

    def join_token(self, room: CallRoom, endpoint: Endpoint, *, may_publish: bool) -> Ticket:
        with _speaking() as janus:
            # Started anew, Janus has forgotten its rooms; whoever joins first brings this one back.
            if not janus.ask(request="exists", room=room.number).get("exists"):
                _create(janus, room)
            _kick(janus, room, endpoint.pk)
            if may_publish:
                _allow(janus, room, "add", [endpoint.token])
        return {
            "websocket": settings.JANUS_WEBSOCKET,
            "room": str(room.number),
            "pin": room.pin,
            "token": endpoint.token,
        }

    def set_floor(self, room: CallRoom, endpoints: Collection[Endpoint], publishers: frozenset[int]) -> None:
        with _speaking() as janus:
            _allow(janus, room, "add", [each.token for each in endpoints if each.pk in publishers])
            _allow(janus, room, "remove", [each.token for each in endpoints if each.pk not in publishers])
            for pk in _inside(janus, room):
                for section in SECTIONS:
                    _moderate(janus, room, pk, section, mute=pk not in publishers)

    def kick(self, room: CallRoom, endpoint: Endpoint) -> None:
        with _speaking() as janus:
            _allow(janus, room, "remove", [endpoint.token])
            _kick(janus, room, endpoint.pk)

    def participants(self, room: CallRoom) -> frozenset[int]:
        with _speaking() as janus:
            return _inside(janus, room)

    def close_room(self, room: CallRoom) -> None:
        # Janus forgets its rooms when it starts anew: gone is closed, and one that is silent carries nothing.
        with suppress(Conflict), _speaking() as janus, suppress(JanusRefused):
            janus.ask(request="destroy", room=room.number, secret=room.secret)


@contextmanager
def _speaking() -> Iterator[VideoRoom]:
    """A session with Janus whose faults become a sentence that says what to do."""
    if not settings.JANUS_URL:
        raise Conflict(SILENT)
    try:
        with video_room(settings.JANUS_URL) as janus:
            yield janus
    except JanusSilent as error:
        raise Conflict(SILENT) from error
    except JanusRefused as error:
        raise Conflict(REFUSED) from error


def _create(janus: VideoRoom, room: CallRoom) -> None:
    janus.ask(
        request="create",
        room=room.number,
        admin_key=settings.JANUS_ADMIN_KEY,
        secret=room.secret,
        pin=room.pin,
        # A list that is not empty is what makes Janus ask senders for a token.
        allowed=[secrets.token_urlsafe(24)],
        description=f"soi {room.conference_id}",
        is_private=True,
        publishers=Janus.most_endpoints,
        bitrate=BITS_A_SECOND,
        videocodec="vp8,h264",
        permanent=False,
    )


def _allow(janus: VideoRoom, room: CallRoom, action: str, tokens: list[str]) -> None:
    tokens = [token for token in tokens if token]
    if tokens:
        janus.ask(request="allowed", room=room.number, secret=room.secret, action=action, allowed=tokens)


def _inside(janus: VideoRoom, room: CallRoom) -> frozenset[int]:
    found = janus.ask(request="listparticipants", room=room.number)
    return frozenset(int(each["id"]) for each in found.get("participants", ()))


def _moderate(janus: VideoRoom, room: CallRoom, pk: int, section: str, *, mute: bool) -> None:
    # Whoever is inside without sending yet has nothing to mute.
    with suppress(JanusRefused):
        janus.ask(request="moderate", room=room.number, secret=room.secret, id=pk, mid=section, mute=mute)


def _kick(janus: VideoRoom, room: CallRoom, pk: int) -> None:
    with suppress(JanusRefused):
        janus.ask(request="kick", room=room.number, secret=room.secret, id=pk)
