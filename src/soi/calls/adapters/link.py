"""Phòng bên ngoài: Jitsi, BigBlueButton, LiveKit or hardware of the organisation. Soi shows the way there;
who is connected is ticked by the technician of each site, and microphones are ruled over there.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from soi.calls.adapters import Ticket
from soi.conferences.enums import Line

if TYPE_CHECKING:
    from soi.calls.models import CallRoom, Endpoint


class Link:
    """Liên kết."""

    most_endpoints = 10_000

    def open_room(self, room: CallRoom) -> None:
        pass

    def join_token(self, room: CallRoom, endpoint: Endpoint, *, may_publish: bool) -> Ticket:
        return {"link": room.link}

    def set_floor(self, room: CallRoom, endpoints: Collection[Endpoint], publishers: frozenset[int]) -> None:
        pass

    def kick(self, room: CallRoom, endpoint: Endpoint) -> None:
        pass

    def participants(self, room: CallRoom) -> frozenset[int]:
        ticked = room.conference.endpoints.filter(site__line=Line.CONNECTED)
        return frozenset(ticked.values_list("pk", flat=True))

    def close_room(self, room: CallRoom) -> None:
        pass
