"""Janus and coturn from the environment: whole or not at all, and nothing that breaks the content policy."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from soi.config import environment

NAMES = ("SOI_JANUS_URL", "SOI_JANUS_ADMIN_KEY", "SOI_JANUS_WEBSOCKET", "SOI_TURN_URL", "SOI_TURN_SECRET")
JANUS = {
    "SOI_JANUS_URL": "http://127.0.0.1:8088/janus/",
    "SOI_JANUS_WEBSOCKET": "wss://soi.example.vn/janus-ws",
    "SOI_JANUS_ADMIN_KEY": "khoa",
}


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def given(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name, value)


def test_without_servers_there_are_none() -> None:
    assert environment.call_servers() == {
        "JANUS_URL": "", "JANUS_ADMIN_KEY": "", "JANUS_WEBSOCKET": "", "TURN_URLS": [], "TURN_SECRET": "",
    }  # fmt: skip


def test_janus_and_the_relay_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    turn = "turn:a.example.vn:3478, turns:a.example.vn:5349"
    given(monkeypatch, **JANUS, SOI_TURN_URL=turn, SOI_TURN_SECRET="chung")
    found = environment.call_servers()
    assert found["JANUS_URL"] == "http://127.0.0.1:8088/janus"
    assert found["JANUS_WEBSOCKET"] == "wss://soi.example.vn/janus-ws"
    assert found["TURN_URLS"] == ["turn:a.example.vn:3478", "turns:a.example.vn:5349"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SOI_JANUS_URL", "file:///etc/passwd"),
        ("SOI_JANUS_URL", "janus"),
        ("SOI_JANUS_WEBSOCKET", ""),
        ("SOI_JANUS_WEBSOCKET", "https://soi.example.vn"),
        ("SOI_JANUS_WEBSOCKET", "wss://soi.example.vn/x; script-src *"),
        ("SOI_JANUS_WEBSOCKET", "wss://soi.example.vn https://elsewhere.example"),
    ],
)
def test_an_address_that_cannot_work_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    given(monkeypatch, **JANUS | {name: value})
    with pytest.raises(ImproperlyConfigured, match="SOI_JANUS"):
        environment.call_servers()


@pytest.mark.parametrize(
    "values",
    [
        {"SOI_TURN_URL": "turn:a:3478"},
        {"SOI_TURN_SECRET": "chung"},
        {"SOI_TURN_URL": "https://a", "SOI_TURN_SECRET": "chung"},
    ],
)
def test_a_relay_needs_address_and_secret(monkeypatch: pytest.MonkeyPatch, values: dict[str, str]) -> None:
    given(monkeypatch, **values)
    with pytest.raises(ImproperlyConfigured, match="SOI_TURN_URL"):
        environment.call_servers()
