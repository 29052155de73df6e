"""Sàn của các dòng sự kiện: the least a server can do: no sign-in, no rights, no page, one text for everybody.

Two workers, PostgreSQL: a POST writes one row and rings, every worker hears and writes to all; a vote is one mark
and one ballot in a transaction. ``uvicorn soi.bench.live_floor:application`` with ``SOI_FLOOR_DSN``.
"""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg

DSN = os.environ.get("SOI_FLOOR_DSN", "")
TABLES = """CREATE TABLE IF NOT EXISTS floor_speech (id bigserial PRIMARY KEY, at timestamptz);
CREATE TABLE IF NOT EXISTS floor_roll (poll int, voter int, cast_ bool, PRIMARY KEY (poll, voter));
CREATE TABLE IF NOT EXISTS floor_box (id text PRIMARY KEY, poll int, choice text)"""
# About as much as one change of the floor.
_TEXT = "Mời đồng chí đại biểu phát biểu. " * 12

_boxes: set[asyncio.Queue[bytes]] = set()
_threads = ThreadPoolExecutor(8)
_own = threading.local()


def _line() -> psycopg.Connection[Any]:
    if not hasattr(_own, "line"):
        _own.line = psycopg.connect(DSN, autocommit=True)
    return _own.line  # type: ignore[no-any-return]


def _next() -> None:
    line = _line()
    with line.transaction():
        row = line.execute("INSERT INTO floor_speech (at) VALUES (now()) RETURNING id").fetchone()
        line.execute("SELECT pg_notify('floor', %s)", [str(row[0] if row else 0)])


def _vote(poll: int, voter: int) -> bool:
    line = _line()
    with line.transaction():
        marked = line.execute(
            "UPDATE floor_roll SET cast_ = true WHERE poll = %s AND voter = %s AND NOT cast_", [poll, voter]
        )
        if marked.rowcount == 1:
            line.execute("INSERT INTO floor_box VALUES (%s, %s, 'x')", [secrets.token_hex(16), poll])
    return marked.rowcount == 1


def _listen(loop: asyncio.AbstractEventLoop) -> None:
    with psycopg.connect(DSN, autocommit=True) as line:
        line.execute("LISTEN floor")
        for note in line.notifies():
            loop.call_soon_threadsafe(_tell, _message(int(note.payload)))


def _message(number: int) -> bytes:
    data = json.dumps({"n": number, "regions": {"now": _TEXT}}, ensure_ascii=False)
    return f"id: {number}\ndata: {data}\n\n".encode()


def _tell(message: bytes) -> None:
    for box in _boxes:
        box.put_nowait(message)


async def application(
    scope: dict[str, Any], receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]
) -> None:
    """Ứng dụng trần."""
    if scope["type"] == "lifespan":
        await receive()
        loop = asyncio.get_running_loop()
        threading.Thread(target=_listen, args=(loop,), daemon=True).start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})
    elif scope["path"] == "/":
        await _stream(send)
    else:
        await _act(scope["path"], send)


async def _stream(send: Callable[[Any], Awaitable[None]]) -> None:
    headers = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    box: asyncio.Queue[bytes] = asyncio.Queue(64)
    _boxes.add(box)
    message = _message(0)
    try:
        while True:
            await send({"type": "http.response.body", "body": message, "more_body": True})
            message = await box.get()
    finally:
        _boxes.discard(box)


async def _act(path: str, send: Callable[[Any], Awaitable[None]]) -> None:
    loop = asyncio.get_running_loop()
    status = 204
    if path == "/next":
        await loop.run_in_executor(_threads, _next)
    elif not path.startswith("/vote/"):
        status = 404
    else:
        _, _, poll, voter = path.split("/")
        done = await loop.run_in_executor(_threads, _vote, int(poll), int(voter))
        status = 204 if done else 409
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})
