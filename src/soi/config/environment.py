"""Cài đặt từ môi trường: what an operator sets, read once, with sentences for what cannot work."""

from __future__ import annotations

import os
import secrets
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

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
            "server_side_binding": True,
            "prepare_threshold": 5,
            "options": "-c jit=off -c lock_timeout=5s -c statement_timeout=30s "
            "-c idle_in_transaction_session_timeout=60s",
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


def mail() -> dict[str, Any]:
    """Thư đi: ``SOI_MAIL_URL=smtp://tên:mật-khẩu@máy:587/?tls=1`` (or ``smtps://``); without it no mail at all."""
    url = os.environ.get("SOI_MAIL_URL", "").strip()
    if not url:
        return {"MAIL_IS_SET_UP": False, "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    try:
        parts = urlsplit(url)
        port = parts.port
        tls = parse_qs(parts.query).get("tls", ["0"])[-1].lower() in {"1", "true", "yes", "on"}
    except ValueError as error:
        raise ImproperlyConfigured(_MAIL_URL) from error
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured(_MAIL_URL)
    sender = os.environ.get("SOI_MAIL_FROM", "").strip()
    if "@" not in parseaddr(sender)[1] or any(sign in sender for sign in "\r\n"):
        raise ImproperlyConfigured("SOI_MAIL_FROM phải là địa chỉ gửi thư, ví dụ: Soi <soi@example.vn>")
    secure = parts.scheme == "smtps"
    return {
        "MAIL_IS_SET_UP": True,
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or (465 if secure else 587 if tls else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": secure,
        "EMAIL_USE_TLS": tls and not secure,
        "DEFAULT_FROM_EMAIL": sender,
    }


_MAIL_URL = "SOI_MAIL_URL phải có dạng smtp://tên:mật-khẩu@máy:587/?tls=1 hoặc smtps://tên:mật-khẩu@máy:465/"


def public_url() -> str:
    """Địa chỉ mà người dùng mở Soi (``SOI_PUBLIC_URL``), for links in mail and calendars; empty when not told."""
    url = os.environ.get("SOI_PUBLIC_URL", "").strip().rstrip("/")
    if not url:
        return ""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ImproperlyConfigured("SOI_PUBLIC_URL phải là địa chỉ mở Soi, ví dụ: https://soi.example.vn")
    if any(sign.isspace() for sign in url):
        raise ImproperlyConfigured("SOI_PUBLIC_URL không được có khoảng trắng.")
    return url


def call_servers() -> dict[str, Any]:
    """Máy chủ âm thanh, hình ảnh: Janus (its API, its key, its websocket as browsers see it) and coturn."""
    janus = os.environ.get("SOI_JANUS_URL", "").strip().rstrip("/")
    websocket = os.environ.get("SOI_JANUS_WEBSOCKET", "").strip()
    turn = words("SOI_TURN_URL")
    secret = os.environ.get("SOI_TURN_SECRET", "").strip()
    if janus and not _is_address(janus, "http", "https"):
        raise ImproperlyConfigured("SOI_JANUS_URL phải là địa chỉ API của Janus: http://127.0.0.1:8088/janus")
    if bool(janus) != bool(websocket) or (websocket and not _is_address(websocket, "ws", "wss")):
        raise ImproperlyConfigured(
            "SOI_JANUS_URL đi cùng SOI_JANUS_WEBSOCKET, địa chỉ mà trình duyệt nối tới, "
            "ví dụ: wss://soi.example.vn/janus-ws"
        )
    if bool(turn) != bool(secret) or not all(url.startswith(("turn:", "turns:")) for url in turn):
        raise ImproperlyConfigured(
            "SOI_TURN_URL (ví dụ: turn:turn.example.vn:3478) đi cùng SOI_TURN_SECRET, khóa chung với coturn."
        )
    return {
        "JANUS_URL": janus,
        "JANUS_ADMIN_KEY": os.environ.get("SOI_JANUS_ADMIN_KEY", "").strip(),
        "JANUS_WEBSOCKET": websocket,
        "TURN_URLS": turn,
        "TURN_SECRET": secret,
    }


def _is_address(url: str, *schemes: str) -> bool:
    # What goes into the content policy must be one plain address.
    parts = urlsplit(url)
    return parts.scheme in schemes and bool(parts.hostname) and not any(sign in url for sign in " ;,'\"\t\n")


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
