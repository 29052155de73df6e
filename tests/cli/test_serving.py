"""``soi serve``: several processes only where they can share a database; told at once, not later."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
import typer
from django.db import connection, connections

from soi.cli import processes, serving
from soi.cli.housekeeping import Housekeeper


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite")
def test_several_processes_need_postgresql(capsys: pytest.CaptureFixture[str]) -> None:
    serving._check_workers(1)
    with pytest.raises(typer.Exit) as refused:
        serving._check_workers(2)
    assert refused.value.exit_code == 2
    assert "PostgreSQL" in capsys.readouterr().err


def test_one_process_keeps_house_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr("uvicorn.Server.run", lambda _server: done.append("answered"))
    monkeypatch.setattr(Housekeeper, "start", lambda _self: done.append("started"))
    monkeypatch.setattr(Housekeeper, "stop", lambda _self, *, patience: done.append(f"stopped {patience}"))
    serving._run("127.0.0.1", 8000, 1)
    assert done == ["started", "answered", f"stopped {serving.GRACE_SECONDS}"]


def test_of_several_processes_one_keeps_house_and_the_others_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    jobs: list[Sequence[processes.Job]] = []
    monkeypatch.setattr(processes, "Processes", lambda given: jobs.append(given) or _Idle())
    monkeypatch.setattr(connections, "close_all", lambda: None)
    monkeypatch.setattr(serving, "_load", lambda _server: None)
    monkeypatch.setenv("SOI_PAGE_THREADS", "3")
    serving._run("127.0.0.1", 0, 3)
    keeps_house, *answer = jobs[0]
    assert keeps_house is serving._keep_house
    assert len(answer) == 3
    lines = [job.args[0][0] for job in answer]  # type: ignore[attr-defined]
    assert len({line.getsockname() for line in lines}) == 1
    for line in lines:
        line.close()


class _Idle:
    def run(self) -> None:
        """Forks nothing."""
