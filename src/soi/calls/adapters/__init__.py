"""Cách truyền: one small interface, one way behind it for each kind of room."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Protocol

from soi.calls.enums import RoomKind

if TYPE_CHECKING:
    from soi.calls.models import CallRoom, Endpoint

# What the browser of one endpoint is told so that it can join.
Ticket = dict[str, str | int]


class Adapter(Protocol):
    """Một cách truyền. Each verb may be repeated without harm; none reads sound or picture."""

    most_endpoints: int

    def open_room(self, room: CallRoom) -> None:
        """Make the room known to whoever carries sound and picture; may fill in fields of ``room``."""

    def join_token(self, room: CallRoom, endpoint: Endpoint, *, may_publish: bool) -> Ticket:
        """What this endpoint needs to enter; an earlier page of the same endpoint is out from now on."""

    def set_floor(self, room: CallRoom, endpoints: Collection[Endpoint], publishers: frozenset[int]) -> None:
        """From now on exactly these endpoints send."""

    def kick(self, room: CallRoom, endpoint: Endpoint) -> None:
        """Take this endpoint out."""

    def participants(self, room: CallRoom) -> frozenset[int]:
        """Endpoints that the carrier itself sees."""

    def close_room(self, room: CallRoom) -> None:
        """Nobody is in the room any more."""


def adapter_of(kind: str) -> Adapter:
    """The way behind this kind of room."""
    from soi.calls.adapters.janus import Janus
    from soi.calls.adapters.link import Link
    from soi.calls.adapters.mesh import Mesh

    ways: dict[str, type[Adapter]] = {RoomKind.MESH: Mesh, RoomKind.JANUS: Janus, RoomKind.LINK: Link}
    return ways[kind]()
