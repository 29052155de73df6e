"""ASGI: pages on a pool of threads (fixed number of database connections); files and live streams beside them."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable
from typing import Any

from django.core.asgi import get_asgi_application

from soi.config.pages import Pages, Receive, Scope, Send

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "soi.config.settings")

# whitenoise hands small files over in one synchronous piece, on purpose.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")

PAGE_THREADS = int(os.environ.get("SOI_PAGE_THREADS", "8"))

_files = get_asgi_application()


def _pages() -> Pages:
    from soi.config.wsgi import application as wsgi

    return Pages(wsgi, threads=PAGE_THREADS)


_page_app = _pages()


def _live() -> tuple[Any, str, Callable[[], None]]:
    from soi.live.mount import PREFIX, end_with_the_server, live

    return live, PREFIX, end_with_the_server


_live_app, _LIVE, _end_streams_first = _live()


def _follow_the_floor() -> None:
    """Microphones that another server mutes are told by a thread of this process."""
    from soi.calls import following

    following.start()


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Static files go to Django's ASGI side (more than twice as fast there), every page to the threads."""
    if scope["type"] == "http" and scope["path"].startswith("/static/"):
        await _files(dict(scope), receive, send)
    elif scope["type"] == "http" and scope["path"].startswith(_LIVE):
        await _live_app(scope, receive, send)
    elif scope["type"] == "http":
        await _page_app(scope, receive, send)
    elif scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            _end_streams_first()
            _follow_the_floor()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
