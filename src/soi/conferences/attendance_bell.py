"""Chuông điểm danh: pages count the present again, at most once a second for each conference.

200 people signing in within a minute would otherwise have every page of the room rendered 200 times.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from django.db import connections, transaction

from soi.base import bell
from soi.conferences.models import Floor

logger = logging.getLogger(__name__)

APART = 1.0


class Coalescer:
    """Gộp: the first call rings at once; those of the next second ring together at its end."""

    def __init__(
        self,
        ring: Callable[[int], None],
        *,
        clock: Callable[[], float] = time.monotonic,
        later: Callable[[float, Callable[[], None]], None] | None = None,
    ) -> None:
        self._ring, self._clock, self._later = ring, clock, later or _later
        self._guard = threading.Lock()
        self._last: dict[int, float] = {}
        self._waiting: set[int] = set()

    def __call__(self, pk: int) -> None:
        with self._guard:
            if pk in self._waiting:
                return
            wait = self._last.get(pk, -APART) + APART - self._clock()
            if wait > 0:
                self._waiting.add(pk)
            else:
                self._last[pk] = self._clock()
        if wait > 0:
            self._later(wait, lambda: self._belated(pk))
        else:
            self._ring(pk)

    def _belated(self, pk: int) -> None:
        with self._guard:
            self._waiting.discard(pk)
            self._last[pk] = self._clock()
        self._ring(pk)


def _later(seconds: float, call: Callable[[], None]) -> None:
    def run() -> None:
        try:
            call()
        except Exception:  # a bell that does not ring must not end in a silent thread
            logger.exception("attendance bell not rung")
        finally:
            connections.close_all()

    timer = threading.Timer(seconds, run)
    timer.daemon = True
    timer.start()


def _ring_now(pk: int) -> None:
    number = Floor.objects.filter(conference_id=pk).values_list("number", flat=True).first()
    bell.ring(f"conference:{pk}", number or 0)


_coalesced = Coalescer(_ring_now)


def ring(pk: int) -> None:
    """Rung when the change is committed: a page that counts before would count the old figures."""
    transaction.on_commit(lambda: _coalesced(pk), robust=True)
