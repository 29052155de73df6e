"""Bàn phím của cơ sở dữ liệu: statements past every door, for what the triggers must refuse."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction


def run(sql: str, *values: Any) -> int:
    """How many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


def refused(sql: str, *values: Any) -> str:
    """Must be refused; the sentence of the database."""
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        run(sql, *values)
    return str(error.value)
