"""Đường chuông giữa các tiến trình: hears PostgreSQL's NOTIFY or Redis and rings in this process.

A thread with a connection of its own; when the line breaks it is logged once and opened again, and after each
opening everybody who listens looks anew, because rings of the meantime were not heard.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from typing import Any

from soi.base import bell

logger = logging.getLogger(__name__)

# How long one waits for a ring before looking whether to stop, and how many such waits prove a dead line.
WAIT_SECONDS = 1.0
WAITS_BEFORE_ASKING = 10
RETRY_SECONDS = (0.2, 0.5, 1.0, 2.0, 5.0)

Open = Callable[[threading.Event], Iterator[str]]


class Bus:
    """Người nghe đường chuông, until ``stop``."""

    def __init__(self, open_line: Open, *, reopened: Callable[[], None] = lambda: None) -> None:
        self._open, self._reopened = open_line, reopened
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="live-bus", daemon=True)
        self._thread.start()

    def stop(self, *, patience: float = 0.0) -> None:
        """Thôi nghe; the thread ends at its next quiet moment, and ``patience`` waits for that."""
        self._stop.set()
        self._thread.join(timeout=patience)

    def _run(self) -> None:
        failures = 0
        while not self._stop.is_set():
            try:
                for message in self._open(self._stop):
                    failures = 0
                    self._hear(message)
            except Exception as error:  # noqa: BLE001 (whatever broke the line: it is opened again)
                if not failures:
                    logger.warning("bell line lost, opened again: %s", error)
                self._stop.wait(RETRY_SECONDS[min(failures, len(RETRY_SECONDS) - 1)])
                failures += 1

    def _hear(self, message: str) -> None:
        if message:
            bell.tell(message)
        else:
            self._reopened()


def start(*, reopened: Callable[[], None] = lambda: None) -> Bus | None:
    """Nghe đường chuông của cài đặt này; None where the process rings for itself only."""
    lines: dict[bell.Line, Open] = {bell.Line.POSTGRESQL: _postgresql, bell.Line.REDIS: _redis}
    line = lines.get(bell.line())
    return Bus(line, reopened=reopened) if line else None


def _postgresql(stop: threading.Event) -> Iterator[str]:
    """An empty message says that the line is open (again)."""
    import psycopg

    with psycopg.connect(**_parameters(), autocommit=True) as line:
        line.execute(f'LISTEN "{bell.CHANNEL}"')
        yield ""
        for turn in count(1):
            for note in line.notifies(timeout=WAIT_SECONDS):
                yield note.payload
            if stop.is_set():
                return
            # Nothing for a while: a line that is gone is found out now, not by the first ring it misses.
            if turn % WAITS_BEFORE_ASKING == 0:
                line.execute("SELECT 1")


def _parameters() -> dict[str, Any]:
    """As Django connects, without what belongs to its own connections."""
    from django.db import connection

    told = connection.get_connection_params()
    wanted = ("dbname", "user", "password", "host", "port", "service", "sslmode", "sslrootcert", "passfile")
    return {name: told[name] for name in wanted if told.get(name)} | {"application_name": "soi live"}


def _redis(stop: threading.Event) -> Iterator[str]:
    import redis

    client = redis.Redis.from_url(os.environ["SOI_REDIS_URL"], socket_timeout=10)
    pubsub: Any = client.pubsub
    with closing(client), closing(pubsub(ignore_subscribe_messages=True)) as heard:
        heard.subscribe(bell.CHANNEL)
        yield ""
        for turn in count(1):
            message = heard.get_message(timeout=WAIT_SECONDS)
            if message and message["type"] == "message":
                yield message["data"].decode()
            if stop.is_set():
                return
            if turn % WAITS_BEFORE_ASKING == 0:
                heard.ping()
