"""The SQLite backend: one fair queue of writers to one file, every acknowledged act on the disk."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from soi.base.sqlite import base
from soi.base.sqlite.base import wal_is_safe
from soi.base.sqlite.fairlock import FairLock
from soi.config import environment

ALIAS = "queue"


@pytest.fixture
def file(tmp_path: Path, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A database file of its own, with the settings of an installation."""
    monkeypatch.delenv("SOI_DATABASE_URL", raising=False)
    connections.settings[ALIAS] = {
        **connections.settings["default"],
        **environment.database(tmp_path),
        "CONN_MAX_AGE": None,
    }
    with django_db_blocker.unblock():
        with connections[ALIAS].cursor() as cursor:
            cursor.execute("CREATE TABLE entry (writer INTEGER, number INTEGER)")
        yield tmp_path / "soi.sqlite3"
        connections[ALIAS].close()
    del connections[ALIAS]
    del connections.settings[ALIAS]


def connection() -> BaseDatabaseWrapper:
    return connections[ALIAS]


def write(writer: int, number: int) -> None:
    with connection().cursor() as cursor:
        cursor.execute("INSERT INTO entry VALUES (%s, %s)", [writer, number])


def count() -> int:
    with connection().cursor() as cursor:
        cursor.execute("SELECT count(*) FROM entry")
        return int(cursor.fetchone()[0])


def in_threads(number: int, work: Callable[[int], None]) -> list[BaseException]:
    errors: list[BaseException] = []

    def run(index: int) -> None:
        try:
            work(index)
        except Exception as error:  # noqa: BLE001 (every error of a thread is counted)
            errors.append(error)
        finally:
            connection().close()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def test_many_writers_at_once_and_nobody_is_told_that_the_database_is_locked(file: Path) -> None:
    def work(index: int) -> None:
        for number in range(10):
            with transaction.atomic(using=ALIAS):
                before = count()
                write(index, number)
                assert count() == before + 1

    assert in_threads(20, work) == []
    assert count() == 200


def test_single_statements_outside_a_transaction_may_race_too(file: Path) -> None:
    assert in_threads(10, lambda index: [write(index, number) for number in range(5)] and None) == []
    assert count() == 50


def test_a_transaction_within_a_transaction_has_the_turn_already(file: Path) -> None:
    with transaction.atomic(using=ALIAS), transaction.atomic(using=ALIAS):
        write(1, 1)
    assert in_threads(1, lambda index: write(2, index)) == []


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_an_exception_gives_the_turn_back(file: Path, depth: int) -> None:
    def fail_at(level: int) -> None:
        with transaction.atomic(using=ALIAS):
            write(1, level)
            if level == depth:
                raise ZeroDivisionError
            fail_at(level + 1)

    with pytest.raises(ZeroDivisionError):
        fail_at(1)
    assert count() == 0
    assert others_can_write()


def test_an_explicit_rollback_gives_the_turn_back(file: Path) -> None:
    with transaction.atomic(using=ALIAS):
        write(1, 1)
        transaction.set_rollback(True, using=ALIAS)
    assert others_can_write()


def test_closing_the_connection_gives_the_turn_back(file: Path) -> None:
    with transaction.atomic(using=ALIAS):
        write(1, 1)
        connection().close()
        assert others_can_write()
    assert count() == 1


def test_a_failed_commit_gives_the_turn_back(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: Any) -> None:
        raise OperationalError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(base.base.DatabaseWrapper, "_commit", fail)
        with pytest.raises(OperationalError, match="disk full"), transaction.atomic(using=ALIAS):
            write(1, 1)
    assert others_can_write()
    assert count() == 1


def test_a_failed_begin_gives_the_turn_back(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: Any) -> None:
        raise OperationalError("cannot start")

    with monkeypatch.context() as patch:
        patch.setattr(base.base.DatabaseWrapper, "_start_transaction_under_autocommit", fail)
        with pytest.raises(OperationalError, match="cannot start"), transaction.atomic(using=ALIAS):
            write(1, 1)
    assert others_can_write()


def test_who_waits_too_long_is_told(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "LOCK_SECONDS", 0.05)
    with transaction.atomic(using=ALIAS):
        write(1, 1)
        errors = in_threads(1, _write_in_transaction)
    assert [str(error) for error in errors] == ["database is locked: a write waited too long for its turn"]
    assert others_can_write()


def others_can_write() -> bool:
    return not in_threads(1, _write_in_transaction)


def _write_in_transaction(index: int) -> None:
    with transaction.atomic(using=ALIAS):
        write(99, index)


def test_the_settings_of_durability_are_in_force(file: Path) -> None:
    with connection().cursor() as cursor:
        assert cursor.execute("PRAGMA synchronous").fetchone()[0] == 2  # FULL
        wanted = "wal" if wal_is_safe(sqlite3.sqlite_version_info) else "truncate"
        assert cursor.execute("PRAGMA journal_mode").fetchone()[0] == wanted
        assert cursor.execute("PRAGMA foreign_keys").fetchone()[0] == 1


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 49, 9), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
        ((4, 0, 0), True),
    ],
)
def test_wal_only_with_the_fix(version: tuple[int, int, int], safe: bool) -> None:
    assert wal_is_safe(version) is safe


def test_the_queue_serves_in_the_order_of_coming() -> None:
    lock, served = FairLock(), []
    assert lock.acquire(1)

    def wait(index: int) -> None:
        assert lock.acquire(5)
        served.append(index)
        lock.release()

    threads = []
    for index in range(8):
        threads.append(threading.Thread(target=wait, args=(index,)))
        threads[-1].start()
        _until(lambda expected=index + 1: len(lock._waiting) == expected)
    lock.release()
    for thread in threads:
        thread.join()
    assert served == list(range(8))


def test_who_gives_up_leaves_the_queue() -> None:
    lock = FairLock()
    assert lock.acquire(0.01)
    assert not lock.acquire(0.01)
    lock.release()
    assert lock.acquire(0.01)


def _until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 5
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.001)
