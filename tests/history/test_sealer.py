"""The sealing thread: seals, survives a database that is away, leaves no connection behind."""

from __future__ import annotations

import datetime as dt
import logging
import threading

import pytest
from django.db import OperationalError, connection, transaction

from soi.base.actor import Actor
from soi.history import sealer
from soi.history.actions import record
from soi.history.models import Event, Seal
from soi.org.models import Person


class Rounds(threading.Event):
    """A stop signal that lets a number of rounds pass, without waiting."""

    def __init__(self, rounds: int) -> None:
        super().__init__()
        self.rounds, self.waited = rounds, []

    def wait(self, timeout: float | None = None) -> bool:
        self.waited.append(timeout)
        return len(self.waited) > self.rounds


def test_it_seals_each_round_and_once_more_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[bool] = []
    monkeypatch.setattr(sealer, "seal_pending", lambda *, recent_only: calls.append(recent_only))
    monkeypatch.setattr(sealer.connection, "close", lambda: None)
    stop = Rounds(3)
    sealer.run(stop, every=0.25)
    assert calls == [True] * 4
    assert stop.waited == [0.25] * 4


def test_a_database_that_is_away_is_one_line_in_the_log_and_tried_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    closed: list[bool] = []
    answers = iter([OperationalError("gone\naway"), 1, 0])

    def seal(*, recent_only: bool) -> int:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(sealer, "seal_pending", seal)
    monkeypatch.setattr(sealer.connection, "close", lambda: closed.append(True))
    with caplog.at_level(logging.WARNING):
        sealer.run(Rounds(2))
    assert [line.getMessage() for line in caplog.records] == [
        "sealing failed, the events wait for the next round: gone away"
    ]
    assert len(closed) == 2  # after the error, and at the end
    assert next(answers, None) is None


def test_a_fault_of_the_program_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[bool] = []
    monkeypatch.setattr(sealer, "seal_pending", lambda *, recent_only: 1 / 0)
    monkeypatch.setattr(sealer.connection, "close", lambda: closed.append(True))
    with pytest.raises(ZeroDivisionError):
        sealer.run(Rounds(1))
    assert closed == [True]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite in memory has one connection")
def test_in_its_own_thread_on_its_own_connection(system: Actor) -> None:
    subject = Person.objects.create(name="Lê Văn Thử", sort_key="", search_key="")
    stop = threading.Event()
    thread = threading.Thread(target=sealer.run, args=(stop, 0.01))
    thread.start()
    with transaction.atomic():
        record(actor=system, action="a.b", subject=subject, now=dt.datetime.now(dt.UTC))
    stop.set()
    thread.join(timeout=10)
    assert not thread.is_alive()
    assert Seal.objects.count() == Event.objects.count() == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        assert cursor.fetchone()[0] == 1
