"""Cơ sở dữ liệu trên đĩa, for tests that need several connections, a kill -9, or the files themselves.

The test database of SQLite lives in memory. Here it is copied into a file, and for the length of a test every
connection, in any thread, opens that file. PostgreSQL is what it is.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections


@contextmanager
def on_disk(directory: Path) -> Iterator[Path | None]:
    """The file of the database; None on PostgreSQL."""
    if connection.vendor != "sqlite":
        yield None
        return
    file, memory = directory / "soi.sqlite3", connections["default"]
    memory.ensure_connection()
    with closing(sqlite3.connect(file)) as copy:
        memory.connection.backup(copy)
    kept = settings.DATABASES["default"]["NAME"]
    connections.settings["default"]["NAME"] = str(file)
    connections["default"] = connections.create_connection("default")
    try:
        yield file
    finally:
        connections["default"].close()
        connections.settings["default"]["NAME"] = kept
        connections["default"] = memory


def environment(directory: Path) -> dict[str, str]:
    """For a process of its own over the same database."""
    env = os.environ | {"SOI_DATA_DIR": str(directory), "DJANGO_SETTINGS_MODULE": "soi.config.settings"}
    env.pop("SOI_DATABASE_URL", None)
    if connection.vendor == "postgresql":
        at = connection.settings_dict
        who = at["USER"] + (f":{at['PASSWORD']}" if at["PASSWORD"] else "")
        env["SOI_DATABASE_URL"] = f"postgresql://{who}@{at['HOST']}:{at['PORT'] or 5432}/{at['NAME']}"
    return env


def at_once(works: list[Callable[[], Any]]) -> list[Any]:
    """Every work in a thread with its own connection, all let go at the same moment; results or exceptions."""
    results: list[Any] = [None] * len(works)
    start = threading.Barrier(len(works))

    def run(place: int, work: Callable[[], Any]) -> None:
        try:
            start.wait()
            results[place] = work()
        except Exception as error:  # noqa: BLE001  (the test looks at it)
            results[place] = error
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=run, args=(place, work)) for place, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results
