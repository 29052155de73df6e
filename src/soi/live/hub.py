"""Trạm phát: which pages are open in this process, what each shows, and who may go on watching.

Everything here runs on the event loop; what asks the database runs in two threads of its own, one that renders
and one that looks at rights, so that a page never waits for the other. A ring (``base.bell``) makes a room be
rendered once for each audience with somebody in it; once a second the pulse finds what no ring told: numbers
whose ring was lost, the turnout of an open ballot, and rights that have ended.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol

from soi.base import bell
from soi.live.admitting import Admitting, Verdict
from soi.live.client import Client, Knock
from soi.live.screens import Album, Screen, Told, wire

logger = logging.getLogger(__name__)

PULSE_SECONDS = 1.0
HEARTBEAT_SECONDS = 15
# A line that takes nothing for so long is not there any more.
BLOCKED_SECONDS = 60.0
OVER = wire({}, event="over")
# An event, not a comment: a page cannot see comments, and must notice a line that has gone silent.
HEARTBEAT = wire({}, event="beat")


@dataclass(frozen=True, slots=True)
class Pulse:
    """Nhịp mỗi giây: for each conference its number and turnout; which sessions stand; what may have ended rights.

    ``stamp`` differs from the one before when something happened that can change what somebody may see.
    """

    numbers: Mapping[int, tuple[int, int]]
    keys: Collection[str]
    stamp: object


class Source(Protocol):
    """Nơi lấy dữ liệu; the functions may wait for the database and are called in threads."""

    def look(self, conference: int, *, recount: bool) -> Any:
        """One reading of the room, for all audiences; ``recount``: not only an act of the floor may have changed."""

    def draw(self, view: Any, audience: str) -> Screen:
        """The screen of one audience, from that reading."""

    def told(self, view: Any, after: int, audience: str) -> Sequence[Told]:
        """The sentences after a number that this audience may know, up to that reading."""

    def check(self, knocks: Sequence[Knock]) -> list[Verdict]:
        """Who may watch, for each knock in turn."""

    def pulse(self, conferences: Collection[int], keys: Collection[str]) -> Pulse:
        """What no ring tells."""

    def envelope(self, number: int) -> tuple[int, dict[str, Any]] | None:
        """A private message and the account it is for."""


@dataclass
class Room:
    """Phòng họp có người xem; ``number`` is the newest we heard of, ``drawn`` the one on the screens."""

    number: int = 0
    drawn: int = -1
    turnout: int = 0
    wanted: bool = True
    recount: bool = True
    drawn_at: float = 0.0
    albums: dict[str, Album] = field(default_factory=dict)
    clients: dict[str, set[Client]] = field(default_factory=dict)
    drawing: asyncio.Task[None] | None = None
    later: asyncio.TimerHandle | None = None

    def everybody(self) -> Iterable[Client]:
        return (client for clients in self.clients.values() for client in clients)


class Hub:
    """Trạm phát của một tiến trình; made on the event loop by the first page that opens."""

    def __init__(self, source: Source, *, pulse_seconds: float = PULSE_SECONDS) -> None:
        self.source, self.pulse_seconds = source, pulse_seconds
        self.rooms: dict[int, Room] = {}
        self.closing = False
        self._loop = asyncio.get_running_loop()
        self._pen = ThreadPoolExecutor(1, "live-drawing")
        self._guard = ThreadPoolExecutor(1, "live-rights")
        self.admitting = Admitting(source.check, self._guard)
        self._stop_listening = bell.listen(self._ring_from_any_thread)
        self._stamp: object = None
        self._lost = False
        self._beat = 0
        self._pulsing = self._loop.create_task(self._pulse_for_ever())

    # --- who watches -------------------------------------------------------------------------------------

    async def join(self, knock: Knock, verdict: Verdict, *, state: str) -> Client:
        """Vào xem; ``state`` is what the page shows already, if anything."""
        room = self.rooms.setdefault(knock.conference, Room())
        album = room.albums.setdefault(knock.audience, Album())
        client = Client(knock, album, user_id=verdict.user_id, until=verdict.until, state=state)
        client.turn = self._beat % HEARTBEAT_SECONDS
        room.clients.setdefault(knock.audience, set()).add(client)
        if album.current is None:
            self._want(room, knock.conference)
        else:
            client.show()
        return client

    def leave(self, client: Client) -> None:
        """Rời phòng; a room without anybody is forgotten."""
        room = self.rooms.get(client.knock.conference)
        if room is None:
            return
        room.clients.get(client.knock.audience, set()).discard(client)
        if not any(room.clients.values()):
            del self.rooms[client.knock.conference]
            for task in (room.drawing, room.later):
                if task:
                    task.cancel()

    def streams_of(self, key: str) -> int:
        """How many streams one session has open here."""
        return sum(client.knock.key == key for client in self._everybody())

    def close(self) -> None:
        """Dừng: every stream ends, so that the server can."""
        if self.closing:
            return
        self.closing = True
        self._stop_listening()
        self._pulsing.cancel()
        for client in self._everybody():
            client.end()
        for pool in (self._pen, self._guard):
            pool.shutdown(wait=False, cancel_futures=True)

    def _everybody(self) -> list[Client]:
        return [client for room in self.rooms.values() for client in room.everybody()]

    # --- what is shown -----------------------------------------------------------------------------------

    def _ring_from_any_thread(self, topic: str, number: int) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.heard, topic, number)

    def look_again_from_any_thread(self) -> None:
        """After the bell's line was open again: what rang meanwhile was not heard."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._look_again)

    def _look_again(self) -> None:
        for conference, room in self.rooms.items():
            room.recount = True
            self._want(room, conference)

    def heard(self, topic: str, number: int) -> None:
        """Nghe chuông: ``conference:5`` is at a number, or ``signal:5`` has a private message of that number."""
        kind, _, pk = topic.partition(":")
        room = self.rooms.get(int(pk)) if pk.isdecimal() else None
        if room is None or self.closing:
            return
        if kind == "conference":
            self._reached(room, int(pk), number, recount=True)
        elif kind == "signal":
            self._loop.create_task(self._deliver(room, number))

    def _reached(self, room: Room, conference: int, number: int, *, recount: bool) -> None:
        """A new number is drawn at once; something else at the same number at most once a second."""
        if number > room.number:
            room.number = number
            self._want(room, conference)
            return
        room.recount = room.recount or recount
        if room.later is None:
            wait = max(0.0, room.drawn_at + self.pulse_seconds - time.monotonic())
            room.later = self._loop.call_later(wait, self._want_now, room, conference)

    def _want_now(self, room: Room, conference: int) -> None:
        room.later = None
        self._want(room, conference)

    def _want(self, room: Room, conference: int) -> None:
        room.wanted = True
        if room.drawing is None or room.drawing.done():
            room.drawing = self._loop.create_task(self._draw(room, conference))

    async def _draw(self, room: Room, conference: int) -> None:
        while room.wanted and not self.closing:
            room.wanted = False
            room.drawn_at = time.monotonic()
            try:
                await self._draw_once(room, conference)
            except Exception:
                logger.exception("conference %s not drawn, tried again", conference)
                await asyncio.sleep(self.pulse_seconds)
                room.wanted = True

    async def _draw_once(self, room: Room, conference: int) -> None:
        recount, room.recount = room.recount, False
        view: Any = None
        # Where most are watching first.
        for audience in sorted(room.clients, key=lambda name: -len(room.clients[name])):
            if not room.clients[audience]:
                continue
            album = room.albums[audience]
            # Looked and drawn in one go: on a busy machine every change of thread is a wait.
            view, new, told = await self._loop.run_in_executor(
                self._pen, self._screen, view or partial(self.source.look, conference, recount=recount),
                audience, album.current,
            )  # fmt: skip
            if album.turn(new, told):
                room.drawn = new.number
            room.number = max(room.number, new.number)
            for client in room.clients[audience]:
                client.show()
            # Let them be sent before the next audience takes the processor.
            await asyncio.sleep(0)

    def _screen(self, view: Any, audience: str, shown: Screen | None) -> tuple[Any, Screen, Sequence[Told]]:
        """The screen of one audience, from the reading or (the first time) from how to get it."""
        if isinstance(view, partial):
            view = view()
        new = self.source.draw(view, audience)
        passed = shown is not None and new.number > shown.number
        return view, new, self.source.told(view, shown.number, audience) if shown and passed else ()

    async def _deliver(self, room: Room, number: int) -> None:
        """A private message, to the streams of one account in this conference."""
        found = await self._loop.run_in_executor(self._guard, self.source.envelope, number)
        if found:
            user, data = found
            message = wire(data, event="signal")
            for client in room.everybody():
                if client.user_id == user:
                    client.put(message)

    # --- once a second -----------------------------------------------------------------------------------

    async def _pulse_for_ever(self) -> None:
        while True:
            await asyncio.sleep(self.pulse_seconds)
            self._beat += 1
            if not self.rooms:
                self._stamp = None
                continue
            self._keep_lines()
            try:
                await self._pulse()
            except Exception as error:  # noqa: BLE001 (the pages are told, and it is tried again)
                self._line(lost=True, why=error)
            else:
                self._line(lost=False)

    async def _pulse(self) -> None:
        keys = {client.knock.key for client in self._everybody()}
        now = await self._loop.run_in_executor(self._guard, self.source.pulse, list(self.rooms), keys)
        for conference, (number, turnout) in now.numbers.items():
            room = self.rooms.get(conference)
            if room and (number > room.number or turnout != room.turnout):
                room.turnout = turnout
                # Ballots that were cast change nothing in who is there.
                self._reached(room, conference, number, recount=False)
        gone = keys - set(now.keys)
        for client in self._everybody():
            if client.knock.key in gone:
                client.end(OVER)
        await self._look_at_rights(now.stamp)

    async def _look_at_rights(self, stamp: object) -> None:
        """All at once when something happened that can end a right; else those whose session runs out."""
        disturbed, self._stamp = stamp != self._stamp, stamp
        today = dt.datetime.now(dt.UTC)
        doubtful = [
            client
            for client in self._everybody()
            if not client.ended and (disturbed or client.until <= today)
        ]
        if not doubtful:
            return
        knocks = list({client.knock for client in doubtful})
        verdicts = dict(zip(knocks, await self.admitting.ask_all(knocks), strict=True))
        for client in doubtful:
            verdict = verdicts[client.knock]
            client.until = verdict.until
            if not verdict.is_in:
                client.end(OVER)

    def _keep_lines(self) -> None:
        """Heartbeats, each second for a fifteenth of the pages; lines that take nothing any more are cut."""
        clock = time.monotonic()
        for client in self._everybody():
            if client.blocked_since is not None and clock - client.blocked_since > BLOCKED_SECONDS:
                client.cut()
            elif client.turn == self._beat % HEARTBEAT_SECONDS:
                client.put(HEARTBEAT)

    def _line(self, *, lost: bool, why: object = None) -> None:
        """The pages are told when the server itself hears nothing, and when it does again."""
        if lost == self._lost:
            return
        self._lost = lost
        if lost:
            logger.warning("live pages hear nothing for now: %s", why)
        for client in self._everybody():
            client.put(wire({"lost": lost}, event="line"))
        if not lost:
            self._look_again()
