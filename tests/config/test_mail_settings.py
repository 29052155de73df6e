"""Cài đặt thư: what an operator may write, and the sentence for what cannot work."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from soi.config import environment

SENDER = "Soi <soi@example.vn>"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SOI_MAIL_URL", "SOI_MAIL_FROM", "SOI_PUBLIC_URL"):
        monkeypatch.delenv(name, raising=False)


def test_without_a_server_no_mail_can_leave() -> None:
    assert environment.mail() == {
        "MAIL_IS_SET_UP": False,
        "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
    }
    assert environment.public_url() == ""


@pytest.mark.parametrize(
    ("url", "host", "port", "tls", "ssl", "user"),
    [
        ("smtp://an:m%40t%3Akhau@mail.example.vn:587/?tls=1", "mail.example.vn", 587, True, False, "an"),
        ("smtp://mail.example.vn/?tls=yes", "mail.example.vn", 587, True, False, ""),
        ("smtps://an:x@mail.example.vn/", "mail.example.vn", 465, False, True, "an"),
        ("smtp://127.0.0.1:2525", "127.0.0.1", 2525, False, False, ""),
        ("smtp://127.0.0.1/?tls=0", "127.0.0.1", 25, False, False, ""),
    ],
)
def test_servers(
    monkeypatch: pytest.MonkeyPatch, url: str, host: str, port: int, *, tls: bool, ssl: bool, user: str
) -> None:
    monkeypatch.setenv("SOI_MAIL_URL", url)
    monkeypatch.setenv("SOI_MAIL_FROM", SENDER)
    found = environment.mail()
    assert found["MAIL_IS_SET_UP"] is True
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_HOST_USER"]) == (host, port, user)
    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (tls, ssl)
    if "%40" in url:
        assert found["EMAIL_HOST_PASSWORD"] == "m@t:khau"


@pytest.mark.parametrize(
    "url", ["mail.example.vn:587", "http://mail.example.vn", "smtp://", "smtp://mail:99999/", "smtp://mail:abc/", "smtp://[::1"]
)  # fmt: skip
def test_what_is_no_mail_server(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("SOI_MAIL_URL", url)
    monkeypatch.setenv("SOI_MAIL_FROM", SENDER)
    with pytest.raises(ImproperlyConfigured, match="SOI_MAIL_URL"):
        environment.mail()


@pytest.mark.parametrize("sender", ["", "Soi", "Soi <>", "Soi <soi@example.vn>\r\nBcc: x@example.vn"])
def test_what_is_no_sender(monkeypatch: pytest.MonkeyPatch, sender: str) -> None:
    monkeypatch.setenv("SOI_MAIL_URL", "smtp://127.0.0.1")
    monkeypatch.setenv("SOI_MAIL_FROM", sender)
    with pytest.raises(ImproperlyConfigured, match="SOI_MAIL_FROM"):
        environment.mail()


@pytest.mark.parametrize(
    ("given", "kept"),
    [("https://soi.example.vn/", "https://soi.example.vn"), ("http://10.0.0.5:8000", "http://10.0.0.5:8000")],
)
def test_addresses(monkeypatch: pytest.MonkeyPatch, given: str, kept: str) -> None:
    monkeypatch.setenv("SOI_PUBLIC_URL", given)
    assert environment.public_url() == kept


@pytest.mark.parametrize(
    "given",
    ["soi.example.vn", "javascript:alert(1)", "https://", "https://a.vn/?x=1", "https://a.vn/#b", "https://a b.vn"],
)  # fmt: skip
def test_what_is_no_address(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("SOI_PUBLIC_URL", given)
    with pytest.raises(ImproperlyConfigured, match="SOI_PUBLIC_URL"):
        environment.public_url()
