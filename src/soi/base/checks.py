"""Kiểm tra an toàn: settings under which an act could be lost or a session stolen, with the cure.

Errors stop ``soi serve``; warnings are printed. Run them by hand with ``manage.py check --database default``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from soi.base.sqlite.base import wal_is_safe

SHORTEST_KEY = 50
LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]", "testserver"})
_FULL = 2  # PRAGMA synchronous, as SQLite numbers it


def register_all() -> None:
    """Called once when the application is ready."""
    register(check_durability, Tags.database)
    register(check_secret_key, Tags.security)
    register(check_https, Tags.security)


def check_durability(*, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Bền vững: an acknowledged act survives a power cut, on whichever database is used."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        found += _postgres(connection) if connection.vendor == "postgresql" else _sqlite(connection)
    return found


def _sqlite(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if int(_answer(connection, "PRAGMA synchronous")) < _FULL:
        found.append(
            Error(
                "SQLite không ghi chắc xuống đĩa (synchronous khác FULL): mất điện có thể mất việc đã nhận.",
                hint="Bỏ cấu hình PRAGMA synchronous riêng; dùng soi.base.sqlite như mặc định.",
                id="soi.E001",
            )
        )
    journal = _answer(connection, "PRAGMA journal_mode").lower()
    if journal in {"off", "memory"} and not _in_memory(connection):
        found.append(
            Error(
                f"SQLite dùng journal_mode={journal}: tắt máy đột ngột có thể hỏng cơ sở dữ liệu.",
                hint="Bỏ cấu hình PRAGMA journal_mode riêng; dùng soi.base.sqlite như mặc định.",
                id="soi.E002",
            )
        )
    if journal == "wal" and not wal_is_safe(sqlite3.sqlite_version_info):
        found.append(
            Error(
                f"SQLite {sqlite3.sqlite_version} có lỗi làm hỏng dữ liệu ở chế độ WAL.",
                hint="Cập nhật SQLite lên 3.51.3, 3.50.7 hoặc 3.44.6, hoặc dùng journal_mode=TRUNCATE.",
                id="soi.E003",
            )
        )
    return found


def _in_memory(connection: BaseDatabaseWrapper) -> bool:
    return "memory" in str(connection.settings_dict["NAME"])


def _postgres(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    return [
        Error(
            f"PostgreSQL đang đặt {name} = off: mất điện có thể mất việc đã nhận.",
            hint=f"Đặt {name} = on trong postgresql.conf rồi khởi động lại PostgreSQL.",
            id="soi.E004",
        )
        for name in ("fsync", "synchronous_commit", "full_page_writes")
        if _answer(connection, f"SHOW {name}") == "off"
    ]


def _answer(connection: BaseDatabaseWrapper, question: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(question)
        row = cursor.fetchone()
    return str(row[0]) if row else ""


def check_secret_key(**_: Any) -> list[CheckMessage]:
    """Khóa bí mật signs sessions and links; a short or copied one lets a stranger sign in as anybody."""
    key = settings.SECRET_KEY
    if (
        len(key) >= SHORTEST_KEY
        and len(set(key)) > SHORTEST_KEY // 10
        and not key.startswith("django-insecure")
    ):
        return []
    return [
        Error(
            f"Khóa bí mật SOI_SECRET_KEY quá yếu (cần ít nhất {SHORTEST_KEY} ký tự ngẫu nhiên).",
            hint="Bỏ biến SOI_SECRET_KEY để Soi tự tạo khóa trong thư mục dữ liệu.",
            id="soi.E005",
        )
    ]


def check_https(**_: Any) -> list[CheckMessage]:
    """HTTPS: without it, whoever listens on the network reads passwords."""
    others = sorted(set(settings.ALLOWED_HOSTS) - LOOPBACK)
    if settings.HTTPS or not others:
        return []
    return [
        checks.Warning(
            f"Chưa bật HTTPS mà máy khác truy cập được ({', '.join(others)}): mật khẩu đi qua mạng để trần.",
            hint="Đặt Soi sau máy chủ có chứng chỉ rồi đặt SOI_HTTPS=1, hoặc sửa SOI_ALLOWED_HOSTS.",
            id="soi.W001",
        )
    ]
