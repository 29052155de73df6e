"""Cài đặt tạm bên cạnh cài đặt thật: a data directory and a database of its own, thrown away afterwards.

On SQLite a file, on PostgreSQL a database of the same server. Of the real installation nothing else is reached:
its Redis, mail and call servers, its secret key and its files are not even named there.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

PREFIX = "soi_tam"


class CannotMake(Exception):  # noqa: N818  (an answer to a person, not a fault of the program)
    """Không lập được cài đặt tạm; the sentence says why and what to do."""


@contextmanager
def installation(*, beside: Path | None = None) -> Iterator[Path]:
    """Cài đặt tạm, with its tables, for this process and those it starts; to be entered before Django is set up.

    ``beside``: the folder in which its own is made, so that the disk is the real one. Raises ``CannotMake``.
    """
    kept = {name: value for name, value in os.environ.items() if name.startswith("SOI_")}
    with _directory(beside) as directory, _database(kept.get("SOI_DATABASE_URL", "")) as url:
        _only({
            "SOI_DATA_DIR": str(directory), "SOI_SECRET_KEY": secrets.token_urlsafe(60), "SOI_HTTPS": "0",
            "SOI_ALLOWED_HOSTS": "127.0.0.1", **({"SOI_DATABASE_URL": url} if url else {}),
        })  # fmt: skip
        try:
            _make_tables()
            yield directory
        finally:
            _leave()
            _only(kept)


def _only(settings: dict[str, str]) -> None:
    for name in [name for name in os.environ if name.startswith("SOI_")]:
        del os.environ[name]
    os.environ.update(settings)


def _make_tables() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)


def _leave() -> None:
    from django.conf import settings
    from django.db import connections

    if settings.configured:
        connections.close_all()


@contextmanager
def _directory(beside: Path | None) -> Iterator[Path]:
    try:
        made = tempfile.TemporaryDirectory(prefix=f"{PREFIX}_", dir=beside)
    except OSError as error:
        raise CannotMake(
            f"Không tạo được thư mục tạm trong {beside or tempfile.gettempdir()}: {error.strerror}. "
            "Hãy chạy bằng tài khoản vẫn chạy Soi, và xem đĩa còn chỗ không."
        ) from error
    with made as name:
        yield Path(name)


@contextmanager
def _database(real: str) -> Iterator[str]:
    """The address of a new database on the server of ``real``; nothing for SQLite, whose file lies in the folder."""
    if not real:
        yield ""
        return
    from psycopg import sql

    name = f"{PREFIX}_{os.getpid()}_{secrets.token_hex(3)}"
    _create(real, name)
    try:
        yield urlunsplit(urlsplit(real)._replace(path=f"/{name}"))
    finally:
        with _server(real) as line:
            line.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _create(real: str, name: str) -> None:
    """Sorted and compared as the real one is: an index is as fast, a search finds the same."""
    from psycopg import errors, sql

    with _server(real) as line:
        row = line.execute(
            "SELECT datcollate, datctype, current_user FROM pg_database WHERE datname = current_database()"
        ).fetchone()
        collate, ctype, account = row or ("C", "C", "")
        make = "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE {} LC_CTYPE {}"
        try:
            line.execute(sql.SQL(make).format(sql.Identifier(name), sql.Literal(collate), sql.Literal(ctype)))
        except errors.InsufficientPrivilege as error:
            raise CannotMake(
                f"Tài khoản PostgreSQL «{account}» không được tạo cơ sở dữ liệu, mà dữ liệu thật thì không được "
                f'chạm vào. Người quản trị PostgreSQL chạy: ALTER ROLE "{account}" CREATEDB; rồi đồng chí chạy lại. '
                f'Xong việc có thể thu lại: ALTER ROLE "{account}" NOCREATEDB;'
            ) from error


@contextmanager
def _server(real: str) -> Iterator[Any]:
    import psycopg

    try:
        line = psycopg.connect(real, autocommit=True, connect_timeout=10)
    except psycopg.Error as error:
        raise CannotMake(
            f"Không nối được với PostgreSQL theo SOI_DATABASE_URL: {str(error).strip()}"
        ) from error
    with line:
        yield line
