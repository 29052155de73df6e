"""Chép lại bảng: tables written anew on the disk, so that not even their empty places remember deleted rows.

Not VACUUM FULL on PostgreSQL: it keeps dead rows as long as any transaction of the whole server runs that began
before it, a neighbour's in another database included. A column written anew copies living rows only, whoever
reads.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import OperationalError, connection, models


@dataclass(frozen=True, slots=True)
class Anew:
    """Một bảng chép lại: ``value`` gives a column of it, of SQL type ``kind``, as it is, by an expression."""

    model: type[models.Model]
    column: str
    kind: str
    value: str

    def sql(self) -> str:
        """The statement of PostgreSQL."""
        table = self.model._meta.db_table
        return f'ALTER TABLE {table} ALTER COLUMN "{self.column}" TYPE {self.kind} USING {self.value}'


def rewrite(tables: Iterable[Anew]) -> None:
    """Chép lại các bảng này (SQLite: the whole file). Raises DatabaseError where the database is too busy."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table in tables:
                cursor.execute(table.sql())
            return
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, *_ = cursor.fetchone()
        if busy:
            raise OperationalError("a reader keeps the journal of the database")


def overwrite_deleted() -> None:
    """Ghi đè chỗ trống của những dòng sắp xóa, where the database can (SQLite)."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")
