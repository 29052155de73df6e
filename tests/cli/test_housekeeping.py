"""Việc nền: every job in its turn, one failure never stops the others, nothing is left behind at the end."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from itertools import count, pairwise
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from soi.base.actor import Actor
from soi.cli import housekeeping
from soi.cli.housekeeping import LANES, Housekeeper, Job, run_lane
from soi.history.actions import record
from soi.history.models import Event, Seal
from soi.notices.models import Mark
from soi.org.models import Person


class Rounds(threading.Event):
    """A stop signal that lets a number of rounds pass, without waiting."""

    def __init__(self, rounds: int) -> None:
        super().__init__()
        self.rounds, self.waited = rounds, []

    def wait(self, timeout: float | None = None) -> bool:
        self.waited.append(timeout)
        return len(self.waited) > self.rounds


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """How often the lane gave its connection back (the test's own is not touched)."""
    found: list[bool] = []
    monkeypatch.setattr(housekeeping.connection, "close", lambda: found.append(True))
    return found


def seconds() -> Any:
    """A clock that goes on by one second whenever a round looks at it twice."""
    ticks = count()
    return lambda: next(ticks) / 2


def failing(error: Exception, calls: list[str], name: str) -> Any:
    def do(_now: dt.datetime) -> None:
        calls.append(name)
        raise error

    return do


def test_a_job_runs_each_round_and_once_more_at_the_end(closed: list[bool]) -> None:
    calls: list[dt.datetime] = []
    jobs = [Job("seal", 0, calls.append, at_end=True), Job("other", 0, lambda _now: None)]
    stop = Rounds(3)
    run_lane(jobs, stop, tick=0.25)
    assert len(calls) == 4
    assert stop.waited == [0.25] * 4
    assert closed == [True]
    assert all(now.tzinfo is not None for now in calls)


def test_each_job_at_its_own_pace(closed: list[bool]) -> None:
    calls: list[str] = []
    jobs = [
        Job("often", 0, lambda _now: calls.append("often")),
        Job("seldom", 60, lambda _now: calls.append("seldom")),
    ]
    run_lane(jobs, Rounds(5), clock=seconds())
    assert calls.count("often") == 5
    assert calls.count("seldom") == 1


def test_a_database_that_is_away_is_one_line_in_the_log_and_tried_again(
    closed: list[bool], caplog: pytest.LogCaptureFixture
) -> None:
    answers = iter([OperationalError("gone\naway"), None, None])

    def do(_now: dt.datetime) -> None:
        if error := next(answers):
            raise error

    with caplog.at_level(logging.WARNING):
        run_lane([Job("seal", 0, do, at_end=True)], Rounds(2))
    assert [line.getMessage() for line in caplog.records] == ["seal failed, tried again later: gone away"]
    assert len(closed) == 2  # after the error, and at the end
    assert next(answers, "none") == "none"


@pytest.mark.parametrize("error", [OperationalError("away"), ZeroDivisionError("a fault of the program")])
def test_one_jobs_failure_never_stops_the_others(
    error: Exception, closed: list[bool], caplog: pytest.LogCaptureFixture
) -> None:
    calls: list[str] = []
    jobs = [
        Job("bad", 0, failing(error, calls, "bad")),
        Job("good", 0, lambda _now: calls.append("good")),
    ]
    with caplog.at_level(logging.WARNING):
        run_lane(jobs, Rounds(3))
    assert calls == ["bad", "good"] * 3
    assert {line.getMessage().split(",")[0] for line in caplog.records} == {"bad failed"}


def test_a_job_that_keeps_failing_is_tried_less_and_less_often(closed: list[bool]) -> None:
    calls: list[str] = []
    ticks = count()
    at: list[int] = []

    def do(_now: dt.datetime) -> None:
        at.append(moment)
        calls.append("x")
        raise OperationalError("away")

    moment = 0

    def clock() -> float:
        nonlocal moment
        moment = next(ticks) // 2
        return float(moment)

    run_lane([Job("bad", 1, do)], Rounds(200), clock=clock)
    gaps = [later - earlier for earlier, later in pairwise(at)]
    assert gaps == sorted(gaps)
    assert gaps[0] <= 3
    assert max(gaps) <= housekeeping.LONGEST_WAIT_SECONDS + 1
    assert len(at) < 20


def test_the_jobs_of_a_server() -> None:
    """What must not wait for mail does not stand in its lane; sealing is the job that is done at the end."""
    lanes = [[job.name for job in lane] for lane in LANES]
    assert sorted(name for lane in lanes for name in lane) == [
        "comment_traces", "deadlines", "figures", "mail", "notices", "seal", "traces",
    ]  # fmt: skip
    assert next(lane for lane in lanes if "seal" in lane) != next(lane for lane in lanes if "mail" in lane)
    assert [job.name for lane in LANES for job in lane if job.at_end] == ["seal"]


@pytest.mark.django_db
def test_every_job_of_a_server_runs_on_an_empty_installation(now: dt.datetime) -> None:
    for lane in LANES:
        for job in lane:
            job.do(now)
    assert Mark.objects.filter(name="deadlines").exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite in memory has one connection")
def test_in_their_own_threads_on_their_own_connections(system: Actor) -> None:
    subject = Person.objects.create(name="Lê Văn Thử", sort_key="", search_key="")
    keeper = Housekeeper(tick=0.01)
    keeper.start()
    with transaction.atomic():
        record(actor=system, action="a.b", subject=subject, now=dt.datetime.now(dt.UTC))
    keeper.stop(patience=10)
    assert not any(thread.is_alive() for thread in keeper._threads)
    assert Seal.objects.count() == Event.objects.count() == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        assert cursor.fetchone()[0] == 1
