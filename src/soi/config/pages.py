"""Trang trên một số luồng cố định: the pages (WSGI) beside the event streams, each answered in one piece.

A page is worked out by a thread from its form, read beforehand, and goes back to the event loop once. Every
crossing between the two waits for the interpreter's lock; a page that crosses five times waits five times, and when
everybody votes at once that is most of its time. Only files, and forms too large to hold, go over in pieces.
"""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field
from typing import Any, BinaryIO, cast

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Any]

# A larger form is read by the page itself, which may refuse it.
HELD_BYTES = 64 * 1024


class ClientGoneError(ConnectionError):
    """Trình duyệt đã đóng đường truyền before all was sent."""


@dataclass(slots=True)
class Answer:
    """Trả lời; ``rest`` are the pieces of a file, which follow what is in ``body``."""

    status: int = 500
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""
    rest: Iterator[bytes] | None = None
    close: Callable[[], None] = lambda: None

    def start(self, status: str, headers: list[tuple[str, str]], _error: Any = None) -> None:
        """``start_response`` of WSGI."""
        self.status = int(status.split(" ", 1)[0])
        # Django writes cookies with a blank before them.
        self.headers = [
            (name.lower().encode("latin-1"), value.strip().encode("latin-1")) for name, value in headers
        ]


class Pages:
    """Ứng dụng ASGI của các trang."""

    def __init__(self, application: Application, *, threads: int) -> None:
        self._application = application
        self._pool = ThreadPoolExecutor(threads, "page")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            form = await _form(scope, receive)
        except ClientGoneError:
            return
        loop = asyncio.get_running_loop()
        answer = await loop.run_in_executor(
            self._pool, copy_context().run, self._answer, environ(scope, form)
        )
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        try:
            if answer.rest:
                while (piece := await loop.run_in_executor(self._pool, next, answer.rest, None)) is not None:
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
        finally:
            if answer.rest:
                await loop.run_in_executor(self._pool, answer.close)
        await send({"type": "http.response.body", "body": answer.body})

    def _answer(self, asked: Environ) -> Answer:
        answer = Answer()
        pieces = self._application(asked, answer.start)
        close = getattr(pieces, "close", answer.close)
        if getattr(pieces, "streaming", False):
            answer.rest, answer.close = iter(pieces), close
            return answer
        try:
            answer.body = b"".join(pieces)
        finally:
            close()
        return answer


# --- what is asked -------------------------------------------------------------------------------------------


def environ(scope: Scope, form: BinaryIO) -> Environ:
    """Yêu cầu theo cách của WSGI."""
    server, client = scope.get("server") or ("localhost", 80), scope.get("client")
    asked: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1] or 0),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": form,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    if client:
        asked["REMOTE_ADDR"], asked["REMOTE_PORT"] = client[0], str(client[1])
    for name, value in scope["headers"]:
        _add_header(asked, name.decode("latin-1"), value.decode("latin-1"))
    return asked


def _add_header(asked: Environ, name: str, value: str) -> None:
    # With an underscore it would pass for the header with a hyphen, which a proxy in front may vouch for.
    if "_" in name:
        return
    key = name.upper().replace("-", "_")
    if key not in {"CONTENT_LENGTH", "CONTENT_TYPE"}:
        key = f"HTTP_{key}"
    between = "; " if key == "HTTP_COOKIE" else ","
    asked[key] = f"{asked[key]}{between}{value}" if key in asked else value


async def _form(scope: Scope, receive: Receive) -> BinaryIO:
    """What the browser sends with it: nothing, a form, or something larger that the page reads as it comes."""
    length = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    if not length.isdigit() or int(length) > HELD_BYTES:
        coming = Coming(receive, asyncio.get_running_loop())
        return cast(BinaryIO, io.BufferedReader(coming, HELD_BYTES))
    parts: list[bytes] = []
    more = int(length) > 0
    while more:
        part, more = await _part(receive)
        parts.append(part)
    return io.BytesIO(b"".join(parts))


async def _part(receive: Receive) -> tuple[bytes, bool]:
    message = await receive()
    if message["type"] == "http.disconnect":
        raise ClientGoneError
    return message.get("body", b""), message.get("more_body", False)


class Coming(io.RawIOBase):
    """Đang đến: read by the thread of a page, piece by piece, so that nothing large is held."""

    def __init__(self, receive: Receive, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self._receive, self._loop = receive, loop
        self._left, self._more = b"", True

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, into: Any) -> int:
        """As much as is there, at least something; 0 at the end."""
        while not self._left and self._more:
            coming = asyncio.run_coroutine_threadsafe(_part(self._receive), self._loop)
            self._left, self._more = coming.result()
        piece, self._left = self._left[: len(into)], self._left[len(into) :]
        into[: len(piece)] = piece
        return len(piece)
