"""Vẽ cho các trang đang mở: one reading of the room, then each audience's regions and sentences from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils import timezone

from soi.conferences import pulse, room
from soi.conferences.enums import FloorState
from soi.conferences.quorum import Quorum, quorum
from soi.conferences.room import RoomView
from soi.live.screens import Screen, Told, screen
from soi.web import room_rendering

if TYPE_CHECKING:
    from soi.conferences.models import Conference


# Counting a thousand people takes as long as all the rest.
COUNT_KEPT = dt.timedelta(seconds=10)
_RUNNING = frozenset(FloorState) - {FloorState.WAITING, FloorState.CLOSED}


class Looking:
    """Người nhìn vào phòng họp: keeps who is there, which an act of the chair does not change."""

    def __init__(self) -> None:
        self._counted: dict[int, Quorum] = {}

    def look(self, conference: int, *, recount: bool) -> RoomView:
        """Phòng họp lúc này, for all audiences together; ``recount``: somebody may have come or left."""
        if recount:
            self._counted.pop(conference, None)
        return room.room_view(pulse.conference(conference), timezone.now(), count=self._count)

    def _count(self, conference: Conference, now: dt.datetime) -> Quorum:
        kept = self._counted.get(conference.pk)
        # The acts that open and close a session count people themselves, and end their stays.
        floor = getattr(conference, "floor", None)  # none before a session was ever opened
        running = floor is not None and floor.state in _RUNNING
        if kept is None or not running or now - kept.at > COUNT_KEPT:
            kept = self._counted[conference.pk] = quorum(conference, now)
        return kept


def draw(view: RoomView, audience: str) -> Screen:
    """Màn hình của một lớp người xem."""
    return screen(view.number, room_rendering.regions_of(view, audience))


def told(view: RoomView, after: int, audience: str) -> Sequence[Told]:
    """Lời của các sự kiện sau ``after``, those that this audience may know."""
    return room_rendering.told(view, after, audience)
