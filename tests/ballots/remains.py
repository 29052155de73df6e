"""Kẻ soi đĩa: looks for byte strings in everything a thief of the disk would have.

On SQLite every file of the data directory, the journals included. On PostgreSQL every column of every table, and
the pages of the tables of this room as they lie on the disk, dead rows included.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from django.apps import apps
from django.db import connection


def everywhere(file: Path | None, needles: Mapping[str, bytes]) -> set[str]:
    """Which of the needles are found anywhere."""
    hay = _files(file.parent) if file else [*_columns(), *_pages()]
    return {name for name, needle in needles.items() for one in hay if needle in one}


def _files(directory: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted(directory.rglob("*")) if path.is_file()]


def _columns() -> list[bytes]:
    found = []
    for model in apps.get_models():
        for row in model._default_manager.values_list():
            found += [bytes(one) if isinstance(one, bytes | memoryview) else str(one).encode() for one in row]
    return found


def _pages() -> list[bytes]:
    names = [model._meta.db_table for model in apps.get_models() if model.__module__ == "soi.ballots.models"]
    pages = []
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        for name in names:
            cursor.execute("SELECT pg_read_binary_file(pg_relation_filepath(%s::regclass))", [name])
            pages.append(bytes(cursor.fetchone()[0]))
    return pages


def write_ahead_log() -> bytes:
    """The present segment of PostgreSQL's log; of SQLite the journals lie beside the file, see ``everywhere``."""
    if connection.vendor != "postgresql":
        return b""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_read_binary_file('pg_wal/' || pg_walfile_name(pg_current_wal_lsn()))")
        return bytes(cursor.fetchone()[0])
