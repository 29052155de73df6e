"""SQLite nhúng: Django's SQLite backend with safe settings and a fair queue of writers.

* ``synchronous=FULL`` always: an acknowledged act survives a power cut.
* WAL only where the library has the fix for the WAL-reset corruption (3.51.3, 3.50.7, 3.44.6), else
  TRUNCATE (https://www.sqlite.org/changes.html).
* Write transactions queue in this process, first come first served; so one process writes one file.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base

from soi.base.sqlite.fairlock import FairLock

LOCK_SECONDS = 20.0
_locks: dict[str, FairLock] = {}


def wal_is_safe(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite library carries the WAL-reset fix."""
    major_minor = version[:2]
    if major_minor == (3, 44):
        return version >= (3, 44, 6)
    if major_minor == (3, 50):
        return version >= (3, 50, 7)
    return version >= (3, 51, 3)


def start_commands() -> str:
    """PRAGMAs of every new connection."""
    journal = "WAL" if wal_is_safe(sqlite3.sqlite_version_info) else "TRUNCATE"
    return (
        f"PRAGMA journal_mode={journal}; PRAGMA synchronous=FULL; "
        "PRAGMA cache_size=-64000; PRAGMA temp_store=MEMORY;"
    )


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's wrapper; a transaction that may write first takes its turn in the queue."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._turn: FairLock | None = None

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._give_turn()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._give_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._give_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._give_turn()

    def _take_turn(self) -> None:
        if self._turn is not None:
            return
        # setdefault is one step for all threads: two queues for one file would be none.
        queue = _locks.setdefault(str(self.settings_dict["NAME"]), FairLock())
        if not queue.acquire(LOCK_SECONDS):
            raise OperationalError("database is locked: a write waited too long for its turn")
        self._turn = queue

    def _give_turn(self) -> None:
        if self._turn is not None:
            turn, self._turn = self._turn, None
            turn.release()
