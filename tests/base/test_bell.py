"""Chuông: heard after the commit, never before; nonsense is left unheard."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction

from soi.base import bell
from soi.base.bell import Line


@pytest.fixture
def heard() -> Any:
    rings: list[tuple[str, int]] = []
    stop = bell.listen(lambda topic, number: rings.append((topic, number)))
    yield rings
    stop()


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOI_LIVE_BUS", "process")


@pytest.mark.django_db
def test_it_is_heard_when_the_change_is_committed_and_not_before(
    heard: list[Any], in_process: None, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        bell.ring("conference:5", 7)
        assert heard == []
    assert heard == [("conference:5", 7)]


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_rolled_back_rings_nothing(heard: list[Any], in_process: None) -> None:
    with transaction.atomic():
        bell.ring("conference:5", 7)
        transaction.set_rollback(True)
    assert heard == []


def test_who_stops_listening_hears_nothing(heard: list[Any]) -> None:
    others: list[Any] = []
    stop = bell.listen(lambda topic, number: others.append((topic, number)))
    stop()
    stop()
    bell.tell("conference:5 7")
    assert (heard, others) == ([("conference:5", 7)], [])


@pytest.mark.parametrize("nonsense", ["", "7", "conference:5", "conference:5 x", "conference:5 -1"])
def test_nonsense_on_the_line_is_left_unheard(heard: list[Any], nonsense: str) -> None:
    bell.tell(nonsense)
    assert heard == []


@pytest.mark.django_db
def test_the_line_is_that_of_the_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOI_LIVE_BUS", raising=False)
    monkeypatch.delenv("SOI_REDIS_URL", raising=False)
    own = Line.POSTGRESQL if connection.vendor == "postgresql" else Line.PROCESS
    assert bell.line() == own
    monkeypatch.setenv("SOI_REDIS_URL", "redis://127.0.0.1:1/0")
    assert bell.line() == (Line.POSTGRESQL if connection.vendor == "postgresql" else Line.REDIS)
    monkeypatch.setenv("SOI_LIVE_BUS", "redis")
    assert bell.line() == Line.REDIS


@pytest.mark.django_db
def test_a_redis_that_is_down_fails_no_change(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setenv("SOI_LIVE_BUS", "redis")
    monkeypatch.setenv("SOI_REDIS_URL", "redis://127.0.0.1:1/0")
    bell._redis.cache_clear()
    with django_capture_on_commit_callbacks(execute=True):
        bell.ring("conference:5", 7)
    bell._redis.cache_clear()
