"""``soi serve``: several processes only where they can share a database; told at once, not later."""

from __future__ import annotations

import pytest
import typer
from django.db import connection

from soi.cli import serving


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite")
def test_several_processes_need_postgresql(capsys: pytest.CaptureFixture[str]) -> None:
    serving._check_workers(1)
    with pytest.raises(typer.Exit) as refused:
        serving._check_workers(2)
    assert refused.value.exit_code == 2
    assert "PostgreSQL" in capsys.readouterr().err


def test_one_process_or_several_are_started_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []
    monkeypatch.setattr("uvicorn.run", lambda _app, **how: started.append(how["workers"]))
    for workers in (1, 3):
        serving._answer("127.0.0.1", 8000, workers)
    assert started == [1, 3]
