"""An unsafe installation is refused with the cure, a safe one is not."""

from __future__ import annotations

import pytest
from django.core import checks
from django.core.checks import CheckMessage
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.test import override_settings

from soi.base import checks as own
from soi.base.checks import check_durability, check_https, check_secret_key

RANDOM_KEY = "q7Zt0v_rRk3mYbN1xLwP9sHdUeGcJ5fA2oTiVhQnM8yBzKlXpE4"


def ids(messages: list[CheckMessage]) -> list[str]:
    for message in messages:
        assert message.hint, "a refusal without a cure helps nobody"
    return sorted(str(message.id) for message in messages)


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What the database would answer; questions that are not listed are really asked."""
    given: dict[str, str] = {}
    ask = own._answer
    monkeypatch.setattr(own, "_answer", lambda db, question: given.get(question) or ask(db, question))
    return given


@pytest.mark.django_db
def test_the_database_of_the_tests_is_durable() -> None:
    assert check_durability(databases=["default"]) == []
    assert check_durability(databases=None) == []


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="speaks of SQLite")
@pytest.mark.parametrize(
    ("question", "answer", "fault"),
    [
        ("PRAGMA synchronous", "1", ["soi.E001"]),
        ("PRAGMA synchronous", "0", ["soi.E001"]),
        ("PRAGMA synchronous", "3", []),
        ("PRAGMA journal_mode", "off", ["soi.E002"]),
        ("PRAGMA journal_mode", "truncate", []),
        ("PRAGMA journal_mode", "WAL", ["soi.E003"]),
    ],
)
def test_sqlite(
    answers: dict[str, str], question: str, answer: str, fault: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own, "_in_memory", lambda _: False)
    monkeypatch.setattr(own, "wal_is_safe", lambda _: False)
    answers["PRAGMA journal_mode"] = "truncate"
    answers[question] = answer
    assert ids(check_durability(databases=["default"])) == fault


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="speaks of SQLite")
def test_sqlite_may_use_wal_with_the_fix(answers: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own, "wal_is_safe", lambda _: True)
    answers["PRAGMA journal_mode"] = "wal"
    assert check_durability(databases=["default"]) == []


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="speaks of PostgreSQL")
@pytest.mark.parametrize("name", ["fsync", "synchronous_commit", "full_page_writes"])
def test_postgresql(answers: dict[str, str], name: str) -> None:
    answers[f"SHOW {name}"] = "off"
    assert ids(check_durability(databases=["default"])) == ["soi.E004"]


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="speaks of PostgreSQL")
def test_postgresql_is_really_asked() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
    assert ids(check_durability(databases=["default"])) == ["soi.E004"]


@pytest.mark.parametrize(
    ("key", "fault"),
    [
        (RANDOM_KEY, []),
        ("short", ["soi.E005"]),
        ("a" * 80, ["soi.E005"]),
        (f"django-insecure-{RANDOM_KEY}", ["soi.E005"]),
    ],
)
def test_secret_key(key: str, fault: list[str]) -> None:
    with override_settings(SECRET_KEY=key):
        assert ids(check_secret_key()) == fault


@pytest.mark.parametrize(
    ("hosts", "https", "fault"),
    [
        (["127.0.0.1", "localhost", "[::1]"], False, []),
        (["127.0.0.1", "soi.example.vn"], False, ["soi.W001"]),
        (["*"], False, ["soi.W001"]),
        (["soi.example.vn"], True, []),
    ],
)
def test_https(hosts: list[str], https: bool, fault: list[str]) -> None:
    with override_settings(ALLOWED_HOSTS=hosts, HTTPS=https):
        found = check_https()
    assert ids(found) == fault
    assert all(message.level == checks.WARNING for message in found)


@pytest.mark.django_db
def test_a_start_with_a_weak_key_is_refused() -> None:
    def start() -> None:
        call_command("check", tags=["security", "database"], databases=["default"], fail_level="ERROR")

    start()
    with override_settings(SECRET_KEY="short"), pytest.raises(SystemCheckError, match="SOI_SECRET_KEY"):
        start()
