"""``soi bench rollup-work``: what it says, and how it ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from soi.bench import rollup_work
from soi.bench.rollup_work import Findings, p95
from soi.cli.bench import app

SMALLEST = ["rollup-work", "--small", "--tasks", "500", "--bodies", "50", "--rounds", "5", "--changes", "2"]


def test_without_postgresql_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rollup_work, "_has_postgres", lambda: False)
    result = CliRunner().invoke(app, ["rollup-work"])
    assert result.exit_code == 2
    assert "SOI_DATABASE_URL" in result.output
    assert "--small" in result.output


def test_a_small_run_prints_its_table_and_compares_equal(tmp_path: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "SOI_DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-m", "soi.cli", "bench", *SMALLEST, "--pause", "0"],
        env=environment | {"SOI_DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("bằng nhau") == 2
    assert "sàn" in done.stdout
    assert "Khóa chết: 0; lỗi khác: 0" in done.stdout
    assert "KHÔNG ĐẠT" not in done.stdout


def test_95_of_100() -> None:
    assert p95([float(number) for number in range(100)]) == 95.0
    assert p95([3.0]) == 3.0


def test_a_small_run_has_no_bars_for_times_but_its_figures_must_be_right() -> None:
    small, large = Findings(judges_times=False), Findings(judges_times=True)
    for findings in (small, large):
        findings.bar(False, "chậm")
        findings.must(False, "sai")
        findings.must(True, "đúng")
    assert (small.missed, large.missed) == (["sai"], ["chậm", "sai"])


def test_a_missed_bar_ends_with_one(capsys: pytest.CaptureFixture[str]) -> None:
    findings = Findings(judges_times=True)
    assert rollup_work._report(findings) == 0
    findings.bar(False, "trang bảng điều hành: p95 90 ms")
    assert rollup_work._report(findings) == 1
    assert "KHÔNG ĐẠT  trang bảng điều hành: p95 90 ms" in capsys.readouterr().out
