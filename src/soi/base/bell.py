"""Chuông: tells every process, once a change is committed, that something has a new number. It carries no content.

On PostgreSQL the database itself rings (NOTIFY, inside the transaction); else Redis where the installation has
one; else only this process hears. A lost ring does no harm: who listens looks at the numbers once a second too.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from functools import lru_cache
from typing import Any

from django.db import connection, transaction

logger = logging.getLogger(__name__)

CHANNEL = "soi_bell"

Hear = Callable[[str, int], None]
_listeners: list[Hear] = []


class Line(StrEnum):
    """Đường chuông: what carries a ring from one process to the others."""

    POSTGRESQL = "postgresql"
    REDIS = "redis"
    PROCESS = "process"


def line() -> Line:
    """Đường chuông của cài đặt này; ``SOI_LIVE_BUS`` chooses another (behind a pooler NOTIFY is not heard)."""
    chosen = os.environ.get("SOI_LIVE_BUS", "").strip().lower()
    if chosen:
        return Line(chosen)
    if connection.vendor == "postgresql":
        return Line.POSTGRESQL
    return Line.REDIS if os.environ.get("SOI_REDIS_URL") else Line.PROCESS


def ring(topic: str, number: int) -> None:
    """Rung chuông: ``topic`` (``conference:5``) has reached ``number``; heard when the transaction commits.

    Never rung for a single vote: who watches the bell would learn when each was cast.
    """
    message = f"{topic} {number}"
    if line() == Line.POSTGRESQL:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, message])
    elif line() == Line.REDIS:
        transaction.on_commit(lambda: _publish(message), robust=True)
    else:
        transaction.on_commit(lambda: tell(message), robust=True)


def listen(hear: Hear) -> Callable[[], None]:
    """Nghe chuông in this process: ``hear(topic, number)`` is called from whatever thread heard it; returns stop."""
    _listeners.append(hear)

    def stop() -> None:
        with suppress(ValueError):
            _listeners.remove(hear)

    return stop


def tell(message: str) -> None:
    """Báo cho những ai đang nghe trong tiến trình này: what came over the line; nonsense is left unheard."""
    topic, _, number = message.rpartition(" ")
    if not topic or not number.isdecimal():
        return
    for hear in _listeners:
        hear(topic, int(number))


def _publish(message: str) -> None:
    """A Redis that does not answer must not fail a change that is committed already."""
    from redis.exceptions import RedisError

    try:
        _redis().publish(CHANNEL, message)
    except RedisError as error:
        logger.warning("bell not rung over Redis: %s", error)


@lru_cache(maxsize=1)
def _redis() -> Any:
    import redis

    return redis.Redis.from_url(os.environ["SOI_REDIS_URL"], socket_timeout=2, socket_connect_timeout=2)
