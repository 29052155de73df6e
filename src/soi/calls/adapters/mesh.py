"""Truyền thẳng: browsers connect to each other; the server passes on what they say to find a way, no more.

No service besides Soi. Each endpoint sends to every other, so there is room for five.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from soi.calls.adapters import Ticket

if TYPE_CHECKING:
    from soi.calls.models import CallRoom, Endpoint

MOST = 5


class Mesh:
    """Lưới: who may send is asked at each message (``signalling``) and told to every page with its state."""

    most_endpoints = MOST

    def open_room(self, room: CallRoom) -> None:
        pass

    def join_token(self, room: CallRoom, endpoint: Endpoint, *, may_publish: bool) -> Ticket:
        return {}

    def set_floor(self, room: CallRoom, endpoints: Collection[Endpoint], publishers: frozenset[int]) -> None:
        pass

    def kick(self, room: CallRoom, endpoint: Endpoint) -> None:
        pass

    def participants(self, room: CallRoom) -> frozenset[int]:
        joined = room.conference.endpoints.exclude(client="")
        return frozenset(joined.values_list("pk", flat=True))

    def close_room(self, room: CallRoom) -> None:
        pass
