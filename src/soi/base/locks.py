"""Từng việc một: what two processes must not do at the same time."""

from __future__ import annotations

from enum import IntEnum

from django.db import connection


class Alone(IntEnum):
    """Việc chỉ một nơi làm một lúc; the numbers are the same in every process."""

    SEALING = 0x50_1E_A1
    REORGANIZING = 0x50_1E_A2
    FOLDING = 0x50_1E_A3
    NOTICING = 0x50_1E_A4


def hold_alone(work: Alone) -> None:
    """Wait for one's turn and keep it until the transaction ends; call it inside one.

    On SQLite the write transaction itself is the turn; PostgreSQL gives an advisory lock.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(work)])


def take_alone(work: Alone) -> bool:
    """Take one's turn until the transaction ends if nobody else has it; False: somebody is at it already."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [int(work)])
        return bool(cursor.fetchone()[0])
