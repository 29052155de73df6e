"""Máy chủ thật bên cạnh: the application as ``soi serve`` runs it, streams included, over a copy of the test's records.

Django's own live server answers page by page and knows no streams.
"""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from soi.access.models import User

STARTS_WITHIN = 60.0


class Beside:
    """Một máy chủ: stopped and started again at the same address, over the same records."""

    def __init__(self, directory: Path) -> None:
        self.port = _free_port()
        self._environment = {**os.environ, **_database(directory), "SOI_SECRET_KEY": settings.SECRET_KEY}
        self._environment.pop("DJANGO_SETTINGS_MODULE", None)
        self._process: subprocess.Popen[bytes] | None = None
        self.address = f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Chạy, until it answers."""
        command = [
            sys.executable, "-m", "uvicorn", "soi.config.asgi:application", "--port", str(self.port),
            "--log-level", "error", "--timeout-graceful-shutdown", "2",
        ]  # fmt: skip
        self._process = subprocess.Popen(command, env=self._environment)
        _wait_for(self.address, self._process)

    def kill(self) -> None:
        """Giết, as the kernel or a pulled plug does."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def stop(self) -> None:
        """Dừng; without a word when it does not run."""
        if self._process:
            self._process.terminate()
            self._process.wait()
            self._process = None


@contextmanager
def serving(directory: Path) -> Iterator[Beside]:
    """A server over what is in the test's database now."""
    server = Beside(directory)
    try:
        server.start()
        yield server
    finally:
        server.stop()


def cookie_of(user: User, address: str) -> dict[str, str]:
    """Signed in without typing: the password of a test is kept in a way that only tests accept."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": address}


def _database(directory: Path) -> dict[str, str]:
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(directory / "soi.sqlite3")) as copy:
            connection.connection.backup(copy)
        return {"SOI_DATA_DIR": str(directory)}
    given = connection.settings_dict
    who = f"{quote(given['USER'])}:{quote(given['PASSWORD'] or '')}"
    where = f"{given['HOST'] or '127.0.0.1'}:{given['PORT'] or 5432}"
    url = f"postgresql://{who}@{where}/{given['NAME']}"
    return {"SOI_DATA_DIR": str(directory), "SOI_DATABASE_URL": url}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(int(STARTS_WITHIN * 10)):
        if server.poll() is not None:
            pytest.fail(f"the server ended with {server.returncode}")
        try:
            urlopen(f"{address}/khoe/", timeout=2).close()  # noqa: S310 (our own server)
        except (URLError, TimeoutError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    pytest.fail("the server did not answer in time")
