"""Trang đang mở: one stream to one browser, with a small box for what waits to be sent.

A line that takes nothing does not make the box grow: it is emptied, and the page gets everything anew as soon
as the line takes something again.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from soi.live.screens import Album

MOST_WAITING = 16


@dataclass(frozen=True, slots=True)
class Knock:
    """Xin xem: with which session, which conference, as which audience."""

    key: str
    conference: int
    audience: str


class Client:
    """Một dòng sự kiện. Only the event loop touches it."""

    __slots__ = (
        "_box", "_stale", "_waiter", "album", "blocked_since", "cutting", "ended", "knock", "state", "turn", "until",
        "user_id",
    )  # fmt: skip

    def __init__(self, knock: Knock, album: Album, *, user_id: int, until: dt.datetime, state: str) -> None:
        self.knock, self.album, self.user_id, self.until = knock, album, user_id, until
        self.state = state  # what the page shows once the box is empty
        self.turn = 0  # its second of the heartbeat
        self.ended = False
        self.blocked_since: float | None = None
        self.cutting: Callable[[], object] | None = None  # ends a send that waits for the line
        self._box: deque[bytes] = deque()
        self._stale = False
        self._waiter: asyncio.Future[None] | None = None

    def show(self) -> None:
        """Đưa trang đến màn hình hiện nay."""
        message = self.album.since(self.state)
        if message:
            self.state = self.album.state
            self.put(message)

    def put(self, message: bytes) -> None:
        """Bỏ vào hộp; a full box is emptied and everything is sent anew later."""
        if self.ended or self._stale:
            return
        if len(self._box) >= MOST_WAITING:
            self._box.clear()
            self._stale = True
        else:
            self._box.append(message)
        self._wake()

    def end(self, last: bytes = b"") -> None:
        """Đóng dòng, after what is in the box and a last word."""
        if self.ended:
            return
        if last:
            self._box.append(last)
        self.ended = True
        self._wake()

    def cut(self) -> None:
        """Cắt: what waits in the box is not sent any more."""
        self._box.clear()
        self.end()
        if self.cutting:
            self.cutting()

    async def next(self) -> bytes:
        """What is to be sent next; empty when the stream has ended."""
        while not self._box and not self._stale and not self.ended:
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter
        if self._stale:
            self._stale = False
            self.state = self.album.state
            self._box.appendleft(self.album.full())
        everything = b"".join(self._box) if len(self._box) > 1 else (self._box[0] if self._box else b"")
        self._box.clear()
        return everything

    def _wake(self) -> None:
        waiter, self._waiter = self._waiter, None
        if waiter and not waiter.done():
            waiter.set_result(None)
