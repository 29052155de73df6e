"""``soi rehearse`` thật, cỡ nhỏ: in a process of its own, beside an installation that must stay as it was."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from soi.bench import aside, rehearse

pytestmark = pytest.mark.slow
COMMAND = [sys.executable, "-m", "soi.cli", "rehearse", "--sites", "3", "--delegates", "12"]


@pytest.fixture
def real(tmp_path: Path) -> Path:
    """A data directory with something in it that nobody may touch."""
    (tmp_path / "soi.sqlite3").write_bytes(b"the real database")
    (tmp_path / "secret.key").write_text("the real key")
    return tmp_path


def environment(directory: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SOI_", "DJANGO_"))}
    # What the real installation has and a rehearsal must not need: none of these servers is there.
    return kept | {
        "SOI_DATA_DIR": str(directory), "SOI_REDIS_URL": "redis://127.0.0.1:1/0", "SOI_LIVE_BUS": "redis",
        "SOI_HTTPS": "1", "SOI_SECOND_FACTOR": "1", "SOI_ALLOWED_HOSTS": "soi.example.vn",
    }  # fmt: skip


def seen(directory: Path) -> dict[str, str]:
    return {
        str(path.relative_to(directory)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in directory.rglob("*")
        if path.is_file()
    }


def test_a_small_rehearsal_on_sqlite_runs_and_leaves_nothing(real: Path) -> None:
    before = seen(real)
    done = subprocess.run(
        COMMAND, env=environment(real), capture_output=True, text=True, timeout=400, check=False
    )
    assert done.returncode in {rehearse.ENOUGH, rehearse.NOT_ENOUGH}, done.stdout + done.stderr
    for line in (
        "12 trang cùng vào phòng họp", "3 điểm cầu, 12 đại biểu; SQLite, 1 tiến trình trả lời",
        "Mọi trang vào phòng họp: sau", "Mọi trang thấy một thay đổi: thường sau", "Số lần sót: 0",
        "Biểu quyết công khai: ", "Phiếu kín: ", "6 phiếu được ghi nhận đủ: sau", "Bộ nhớ: ", "KẾT LUẬN: máy này",
    ):  # fmt: skip
        assert line in done.stdout
    assert seen(real) == before
    assert [path.name for path in real.iterdir() if path.is_dir()] == []


def test_stopped_by_hand_it_clears_up_and_says_so(real: Path) -> None:
    before = seen(real)
    with subprocess.Popen(
        COMMAND, env=environment(real), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout
        assert any("khởi động máy chủ tạm" in line for line in running.stdout)
        (made,) = [path for path in real.iterdir() if path.is_dir()]
        assert made.name.startswith(aside.PREFIX)
        for _ in range(2):  # somebody who does not like to wait
            running.send_signal(signal.SIGINT)
        _, told = running.communicate(timeout=120)
    assert running.returncode == rehearse.STOPPED, told
    assert "dữ liệu tạm đã được xóa" in told
    assert seen(real) == before
    assert not made.exists()


def test_what_cannot_be_tried_is_refused_before_anything_is_made(
    real: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("SOI_DATABASE_URL", raising=False)
    assert rehearse.run(sites=3, delegates=12, workers=2, data_dir=real) == rehearse.CANNOT
    assert "cần PostgreSQL" in capsys.readouterr().err
    monkeypatch.setattr("resource.getrlimit", lambda _which: (1024, 4096))
    assert rehearse.run(sites=3, delegates=5000, workers=1, data_dir=real) == rehearse.CANNOT
    assert "chỉ cho mở 4096 tệp, mà 5000 người cần ít nhất 5200" in capsys.readouterr().err
    assert len(seen(real)) == 2


@pytest.mark.parametrize(("error", "word"), [(TimeoutError(), "chờ một phút"), (RuntimeError("x"), "(x)")])
def test_a_machine_that_breaks_down_is_not_enough(
    real: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: Exception,
    word: str,
) -> None:
    def breaks(*_: object) -> None:
        raise error

    monkeypatch.delenv("SOI_DATABASE_URL", raising=False)
    monkeypatch.setattr(aside, "_make_tables", breaks)
    monkeypatch.setattr(aside, "_leave", lambda: None)
    monkeypatch.setattr("resource.setrlimit", lambda *_: None)
    kept = dict(os.environ)
    assert rehearse.run(sites=3, delegates=12, workers=1, data_dir=real) == rehearse.NOT_ENOUGH
    assert word in capsys.readouterr().err
    assert dict(os.environ) == kept
    assert len(seen(real)) == 2


def test_a_folder_that_cannot_be_written_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("SOI_DATABASE_URL", raising=False)
    monkeypatch.setattr("resource.setrlimit", lambda *_: None)
    missing = tmp_path / "nowhere"
    assert rehearse.run(sites=3, delegates=12, workers=1, data_dir=missing) == rehearse.CANNOT
    assert "Không tạo được thư mục tạm" in capsys.readouterr().err


# --- PostgreSQL: a database beside the real one ------------------------------------------------------------------

on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="about PostgreSQL")


def server(user: str | None = None) -> str:
    at = connection.settings_dict
    who = user or at["USER"] + (f":{at['PASSWORD']}" if at["PASSWORD"] else "")
    return f"postgresql://{who}@{at['HOST']}:{at['PORT'] or 5432}/postgres"


def databases() -> set[str]:
    with psycopg.connect(server()) as line:
        rows = line.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{aside.PREFIX}%"])
        return {row[0] for row in rows}


@on_postgresql
def test_the_database_beside_is_made_like_the_real_one_and_dropped_with_whoever_is_in_it() -> None:
    others = databases()
    with aside._database(server()) as url:
        (made,) = databases() - others
        assert url.endswith(f"/{made}")
        still_there = psycopg.connect(url)
        row = still_there.execute(
            "SELECT count(DISTINCT (datcollate, datctype, encoding)) FROM pg_database"
            " WHERE datname IN (current_database(), 'postgres')"
        ).fetchone()
        assert row == (1,)
    assert databases() == others
    still_there.close()


@on_postgresql
def test_an_account_that_may_not_create_databases_is_told_what_to_ask_for() -> None:
    account = f"{aside.PREFIX}_{os.getpid()}"
    who = sql.Identifier(account)
    with psycopg.connect(server(), autocommit=True) as line:
        line.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD 'thu-mot-lan'").format(who))
        try:
            with (
                pytest.raises(aside.CannotMake, match=f'ALTER ROLE "{account}" CREATEDB'),
                aside._database(server(f"{account}:thu-mot-lan")),
            ):
                raise AssertionError("it was made all the same")
        finally:
            line.execute(sql.SQL("DROP ROLE {}").format(who))


@on_postgresql
def test_a_server_that_does_not_answer_is_a_sentence() -> None:
    with (
        pytest.raises(aside.CannotMake, match="Không nối được với PostgreSQL"),
        aside._database("postgresql://nobody@127.0.0.1:1/nothing"),
    ):
        raise AssertionError
