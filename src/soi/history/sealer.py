"""Người niêm phong: the thread of ``soi serve`` that chains new events every second."""

from __future__ import annotations

import logging
import threading

from django.db import Error, connection

from soi.base.text import squash
from soi.history.actions import seal_pending

logger = logging.getLogger(__name__)


def run(stop_event: threading.Event, every: float = 1.0) -> None:
    """Niêm phong mỗi ``every`` giây until ``stop_event`` is set, and once more at the end.

    A database that is away is tried again on a new connection; the events wait for it.
    """
    try:
        while not stop_event.wait(every):
            _seal()
        _seal()
    finally:
        connection.close()


def _seal() -> None:
    try:
        seal_pending(recent_only=True)
    except Error as error:
        logger.warning("sealing failed, the events wait for the next round: %s", squash(str(error)))
        connection.close()
