"""Đường chuông: heard in another process over PostgreSQL or Redis; a line that breaks is opened again."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from soi.base import bell
from soi.live import bus
from soi.live.bus import Bus


@pytest.fixture
def heard() -> Iterator[list[tuple[str, int]]]:
    rings: list[tuple[str, int]] = []
    stop = bell.listen(lambda topic, number: rings.append((topic, number)))
    yield rings
    stop()


def wait_for(true: Any, seconds: float = 5.0) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "never came true"
        time.sleep(0.01)


def test_a_line_that_breaks_is_opened_again_and_everybody_looks_anew(heard: list[Any]) -> None:
    opened: list[int] = []
    lines = [["", "conference:5 1"], ["", "conference:5 2"]]

    def line(stop: threading.Event) -> Iterator[str]:
        opened.append(len(opened))
        yield from lines.pop(0) if lines else [""]
        if not lines:
            stop.wait(5)
        raise OSError("cable pulled out")

    looked: list[int] = []
    listening = Bus(line, reopened=lambda: looked.append(1))
    wait_for(lambda: heard == [("conference:5", 1), ("conference:5", 2)])
    listening.stop(patience=3)
    assert len(looked) == len(opened) == 2


def test_a_process_alone_needs_no_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOI_LIVE_BUS", "process")
    assert bus.start() is None


postgres_only = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="needs PostgreSQL")


@postgres_only
@pytest.mark.django_db(transaction=True)
def test_another_process_hears_a_ring_when_it_is_committed(heard: list[Any]) -> None:
    ready = threading.Event()
    listening = bus.start(reopened=ready.set)
    assert listening
    assert ready.wait(5)
    _in_another_process("SELECT pg_notify('soi_bell', 'conference:5 41')")
    wait_for(lambda: ("conference:5", 41) in heard)
    with transaction.atomic():
        bell.ring("conference:5", 42)
        time.sleep(0.2)
        assert ("conference:5", 42) not in heard
    wait_for(lambda: ("conference:5", 42) in heard)
    listening.stop(patience=3)


@postgres_only
@pytest.mark.django_db(transaction=True)
def test_a_connection_that_the_database_ends_heals_by_itself(heard: list[Any]) -> None:
    opened: list[int] = []
    listening = bus.start(reopened=lambda: opened.append(1))
    wait_for(lambda: opened)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE application_name = 'soi live' AND datname = current_database()"
        )
    wait_for(lambda: len(opened) >= 2)
    _in_another_process("SELECT pg_notify('soi_bell', 'conference:5 7')")
    wait_for(lambda: ("conference:5", 7) in heard)
    assert listening
    listening.stop(patience=3)


def _in_another_process(statement: str) -> None:
    told = bus._parameters()
    told.pop("application_name")
    code = f"import psycopg; psycopg.connect(autocommit=True, **{told!r}).execute({statement!r})"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=20)


@pytest.mark.skipif(shutil.which("redis-server") is None, reason="needs redis-server")
@pytest.mark.django_db(transaction=True)
def test_redis_carries_the_ring_where_there_is_no_postgresql(
    heard: list[Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    port = 26_391
    server = subprocess.Popen(
        ["redis-server", "--port", str(port), "--save", "", "--dir", str(tmp_path)], stdout=subprocess.DEVNULL
    )
    monkeypatch.setenv("SOI_LIVE_BUS", "redis")
    monkeypatch.setenv("SOI_REDIS_URL", f"redis://127.0.0.1:{port}/0")
    bell._redis.cache_clear()
    ready = threading.Event()
    try:
        listening = bus.start(reopened=ready.set)
        assert listening
        assert ready.wait(5)
        bell.ring("conference:5", 9)
        wait_for(lambda: ("conference:5", 9) in heard)
        listening.stop(patience=3)
    finally:
        server.terminate()
        server.wait(10)
        bell._redis.cache_clear()
