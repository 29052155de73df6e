"""Lắp vào máy chủ: one hub for each process, made by the first page that opens, closed when the server stops."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import Any, TypeVar

from django.db import Error, connection

from soi.live import rendering, rights, stream
from soi.live.admitting import Verdict
from soi.live.bus import Bus, start
from soi.live.client import Knock
from soi.live.hub import Hub, Pulse
from soi.live.screens import Screen, Told
from soi.live.stream import PREFIX, Receive, Scope, Send

T = TypeVar("T")

__all__ = ["PREFIX", "close", "end_with_the_server", "live"]

_hub: Hub | None = None
_bus: Bus | None = None


async def live(scope: Scope, receive: Receive, send: Send) -> None:
    """Ứng dụng ASGI của các dòng sự kiện."""
    await stream.serve(_the_hub(), scope, receive, send)


def close() -> None:
    """Dừng: the streams end, so that the server does not wait for them."""
    global _hub, _bus  # noqa: PLW0603 (one of each in a process)
    if _hub:
        _hub.close()
    if _bus:
        _bus.stop()
    _hub = _bus = None


def end_with_the_server() -> None:
    """When the server is told to stop, the streams hear it first: it waits for what is still being answered."""
    if threading.current_thread() is not threading.main_thread():
        return
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _after_closing(signal.getsignal(number), loop))


def _after_closing(before: Any, loop: asyncio.AbstractEventLoop) -> Callable[[int, Any], None]:
    def handle(number: int, frame: Any) -> None:
        loop.call_soon_threadsafe(close)
        if callable(before):
            before(number, frame)

    return handle


def _the_hub() -> Hub:
    global _hub, _bus  # noqa: PLW0603 (one of each in a process)
    if _hub is None:
        _hub = Hub(FromDatabase())
        _bus = start(reopened=_hub.look_again_from_any_thread)
    return _hub


class FromDatabase:
    """Nguồn của trạm phát: the real rooms; each thread keeps its connection as long as it works."""

    def __init__(self) -> None:
        self._watch = rights.Watch()
        self._looking = rendering.Looking()

    def look(self, conference: int, *, recount: bool) -> Any:
        return _kept(partial(self._looking.look, conference, recount=recount))

    def draw(self, view: Any, audience: str) -> Screen:
        return rendering.draw(view, audience)

    def told(self, view: Any, after: int, audience: str) -> Sequence[Told]:
        return _kept(rendering.told, view, after, audience)

    def check(self, knocks: Sequence[Knock]) -> list[Verdict]:
        return _kept(rights.check, knocks)

    def pulse(self, conferences: Collection[int], keys: Collection[str]) -> Pulse:
        return _kept(self._watch.pulse, conferences, keys)

    def envelope(self, number: int) -> tuple[int, dict[str, Any]] | None:
        from soi.calls import signalling

        return _kept(signalling.envelope, number)


def _kept(ask: Callable[..., T], *given: Any) -> T:
    """Asks; a connection that broke is not used again, and the question is put once more over another."""
    try:
        return ask(*given)
    except Error:
        connection.close()
        return ask(*given)
