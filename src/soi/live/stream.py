"""Dòng sự kiện: ``GET /truc-tiep/<hội nghị>/<lớp người xem>/`` answered as server-sent events, beside Django.

Who asks is known by the session cookie of the pages, and refused as they refuse: what one may not see does not
exist. Nothing is buffered for a page beyond its small box, nothing compressed, nothing kept by anybody between.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import random
import re
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from soi.live.admitting import Answer
from soi.live.client import Client, Knock
from soi.live.headers import common_headers
from soi.live.hub import Hub
from soi.live.screens import wire

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]

PREFIX = "/truc-tiep/"
# Tabs of one sign-in, in one process; a browser opens six at most to one server.
STREAMS_OF_A_SESSION = 12
_PATH = re.compile(r"^/truc-tiep/([1-9][0-9]{0,17})/(chair|delegate|site|teller|wall)/$")
_STATE = re.compile(r"^[0-9]{1,10}\.[0-9a-f]{16}$")
_SENTENCES = {
    400: "Yêu cầu không đọc được.",
    401: "Hãy đăng nhập rồi mở lại trang.",
    404: "Không tìm thấy.",
    405: "Chỉ đọc được.",
    429: "Đã mở quá nhiều trang của phòng họp này. Hãy đóng bớt.",
    503: "Máy chủ đang dừng. Trang sẽ tự nối lại.",
}
_STREAM = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store, no-transform"),
    # A proxy in front must hand every event on at once.
    (b"x-accel-buffering", b"no"),
]


@dataclass(frozen=True, slots=True)
class Asked:
    """Yêu cầu đã đọc."""

    knock: Knock
    state: str


class NotAnswered(Exception):  # noqa: N818 (an answer, not a fault)
    """Từ chối, with its status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


async def serve(hub: Hub, scope: Scope, receive: Receive, send: Send) -> None:
    """Trả lời một yêu cầu: a refusal, or the stream until the page, the right or the server ends."""
    try:
        asked = read(scope)
        client = await _admit(hub, asked)
    except NotAnswered as refusal:
        await _refuse(send, refusal.status)
        return
    gone = asyncio.ensure_future(_wait_until_gone(receive, client))
    task = asyncio.current_task()
    client.cutting = task.cancel if task else None
    try:
        await send({"type": "http.response.start", "status": 200, "headers": [*_STREAM, *common_headers()]})
        await _pour(client, send)
    finally:
        gone.cancel()
        hub.leave(client)


def read(scope: Scope) -> Asked:
    """Đọc yêu cầu; raises ``NotAnswered`` for what is no GET of a page of this server."""
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    if scope["method"] != "GET":
        raise NotAnswered(405)
    _check_host(scope, headers)
    found = _PATH.fullmatch(scope["path"])
    if not found:
        raise NotAnswered(404)
    key = _cookie(headers.get(b"cookie", ""))
    if not key:
        raise NotAnswered(401)
    # The browser names the last event when it comes back by itself; the page, when it opens a new stream.
    state = headers.get(b"last-event-id", "") or "".join(_query(scope).get("sau", []))
    return Asked(Knock(key, int(found[1]), found[2]), state if _STATE.fullmatch(state) else "")


def _check_host(scope: Scope, headers: dict[bytes, str]) -> None:
    """The host must be one of ours, and the page that asks must come from it."""
    host = headers.get(b"host", "")
    if not validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS):
        raise NotAnswered(400)
    origin = headers.get(b"origin", "")
    if (origin and urlsplit(origin).netloc != host) or headers.get(b"sec-fetch-site", "") in {
        "cross-site",
        "same-site",
    }:
        raise NotAnswered(404)
    if settings.SECURE_SSL_REDIRECT and not _is_secure(scope, headers):
        raise NotAnswered(400)


def _is_secure(scope: Scope, headers: dict[bytes, str]) -> bool:
    if settings.BEHIND_PROXY and b"x-forwarded-proto" in headers:
        return headers[b"x-forwarded-proto"].split(",")[0].strip() == "https"
    return bool(scope.get("scheme") == "https")


def _query(scope: Scope) -> dict[str, list[str]]:
    return parse_qs(scope["query_string"][:200].decode("latin-1"))


def _cookie(header: str) -> str:
    """The key of the session; a value that Django would not have made is none."""
    try:
        morsel = SimpleCookie(header).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return ""
    return morsel.value if morsel and morsel.value.isalnum() and len(morsel.value) <= 40 else ""


async def _admit(hub: Hub, asked: Asked) -> Client:
    if hub.closing:
        raise NotAnswered(503)
    if hub.streams_of(asked.knock.key) >= STREAMS_OF_A_SESSION:
        raise NotAnswered(429)
    verdict = await hub.admitting.ask(asked.knock)
    if verdict.answer == Answer.SIGN_IN:
        raise NotAnswered(401)
    if verdict.answer != Answer.IN:
        raise NotAnswered(404)
    return await hub.join(asked.knock, verdict, state=asked.state)


async def _pour(client: Client, send: Send) -> None:
    """First when to come back and what time it is here; then what the box holds, as it comes."""
    # Not all at the same moment when the server starts again.
    pause = random.randint(500, 2500)  # noqa: S311 (no secret)
    clock = wire({"now": dt.datetime.now(dt.UTC).isoformat()}, event="clock")
    chunk = f"retry: {pause}\n\n".encode() + clock
    loop = asyncio.get_running_loop()
    while chunk:
        client.blocked_since = loop.time()
        await send({"type": "http.response.body", "body": chunk, "more_body": True})
        client.blocked_since = None
        chunk = await client.next()
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _wait_until_gone(receive: Receive, client: Client) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    client.end()


async def _refuse(send: Send, status: int) -> None:
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"cache-control", b"no-store"),
        *([(b"allow", b"GET")] if status == 405 else []),
        *common_headers(),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": f"{_SENTENCES[status]}\n".encode()})
