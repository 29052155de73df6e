"""Máy chủ được đo: ``soi serve --workers`` and the bare floor, each as its own process tree on its own port."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from soi.bench.live_load import tree

# Below the range from which the clients' own ports are taken.
_FIRST_PORT, _LAST_PORT = 21_000, 30_000
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Running:
    """Đang chạy: where it listens, and its processes with those of the database that work for it."""

    port: int
    pid: int

    def pids(self) -> list[int]:
        return sorted({*tree(self.pid), *database_pids()})


@contextmanager
def soi_server(workers: int) -> Iterator[Running]:
    """Soi itself, over the installation of this process."""
    port = free_port()
    command = [sys.executable, "-m", "soi.cli", "serve", "--port", str(port), "--workers", str(workers)]
    with _started(command, dict(os.environ), port) as running:
        yield running


@contextmanager
def floor_server(workers: int) -> Iterator[Running]:
    """The floor over the same database, in tables of its own."""
    from django.db import connection

    from soi.bench.live_floor import TABLES

    with connection.cursor() as cursor:
        for statement in TABLES.split(";"):
            cursor.execute(statement)
    port = free_port()
    env = os.environ | {"SOI_FLOOR_DSN": os.environ["SOI_DATABASE_URL"]}
    command = [
        sys.executable, "-m", "uvicorn", "soi.bench.live_floor:application", "--port", str(port),
        "--workers", str(workers), "--log-level", "warning",
    ]  # fmt: skip
    with _started(command, env, port) as running:
        yield running


@contextmanager
def _started(command: list[str], env: dict[str, str], port: int) -> Iterator[Running]:
    server = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, start_new_session=True)  # noqa: S603
    try:
        _wait_for(port, server)
        yield Running(port, server.pid)
    finally:
        server.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            server.wait(timeout=20)
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and server.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1) as line:
            line.sendall(b"GET /truc-tiep/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            if line.recv(16):
                # The other workers of the same start are nearly there too.
                time.sleep(2)
                return
        time.sleep(0.2)
    raise RuntimeError("the server to be measured did not start")


def free_port() -> int:
    """A port that nobody listens on."""
    for port in range(_FIRST_PORT, _LAST_PORT):
        with socket.socket() as trial, suppress(OSError):
            trial.bind(("127.0.0.1", port))
            return port
    raise RuntimeError("no free port")


def database_pids() -> list[int]:
    """The database's processes for this database and those that serve all; none when it runs elsewhere."""
    address = os.environ.get("SOI_DATABASE_URL")
    if not address:
        return []
    import psycopg

    with psycopg.connect(address) as line:
        rows = line.execute(
            "SELECT pid FROM pg_stat_activity WHERE (datname = current_database() OR datname IS NULL)"
            " AND pid <> pg_backend_pid()"
        )
        pids = [row[0] for row in rows]
    here = [pid for pid in pids if _is_postgres(pid)]
    return here and [*here, _parent(here[0])]


def _is_postgres(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip().startswith("postgres")
    except OSError:
        return False


def _parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
