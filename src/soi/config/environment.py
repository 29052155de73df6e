"""Cài đặt từ môi trường: what an operator sets, read once, with sentences for what cannot work."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def data_dir() -> Path:
    """Thư mục dữ liệu (``SOI_DATA_DIR``, default ``var`` below the working directory); made when missing."""
    path = Path(os.environ.get("SOI_DATA_DIR", "var")).expanduser().resolve()
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def flag(name: str, *, default: bool) -> bool:
    """A switch: 1, true, yes, on mean yes."""
    value = os.environ.get(name)
    return default if value is None else value.strip().lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str = "") -> list[str]:
    """A list separated by commas."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def secret_key(directory: Path) -> str:
    """Khóa bí mật: ``SOI_SECRET_KEY``, else a file of its own beside the data, made on first start."""
    given = os.environ.get("SOI_SECRET_KEY")
    if given:
        return given
    file = directory / "secret.key"
    if not file.exists():
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as out:
            out.write(secrets.token_urlsafe(60))
    return file.read_text().strip()


def database(directory: Path) -> dict[str, Any]:
    """Cơ sở dữ liệu: ``SOI_DATABASE_URL=postgresql://…``, else SQLite in the data directory."""
    url = os.environ.get("SOI_DATABASE_URL", "")
    if not url:
        return _sqlite(directory)
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            "SOI_DATABASE_URL phải có dạng postgresql://tên:mật-khẩu@máy:5432/cơ-sở-dữ-liệu"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        # Compiling a statement costs a third of a second; it is run once and answers in a few milliseconds.
        "OPTIONS": {
            "options": "-c jit=off -c lock_timeout=5s -c statement_timeout=30s "
            "-c idle_in_transaction_session_timeout=60s"
        },
    }


def _sqlite(directory: Path) -> dict[str, Any]:
    from soi.base.sqlite.base import LOCK_SECONDS, start_commands

    return {
        "ENGINE": "soi.base.sqlite",
        "NAME": directory / "soi.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": LOCK_SECONDS,
            "init_command": start_commands(),
        },
        "CONN_MAX_AGE": None,
    }


def cache() -> dict[str, Any]:
    """Bộ nhớ đệm: Redis when ``SOI_REDIS_URL`` is set, else the memory of this one process."""
    url = os.environ.get("SOI_REDIS_URL", "")
    if url:
        return {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": url,
            "KEY_PREFIX": "soi",
        }
    return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "soi"}
