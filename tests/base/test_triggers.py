"""Triggers stand in the database after ``migrate``, refuse what they should, and survive a rebuilt table."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from soi.base import triggers
from soi.base.triggers import Trigger

GUARDED = Trigger("probe_no_update", "probe", "UPDATE", "no", "NEW.number < OLD.number")
KEPT = Trigger("probe_no_delete", "probe", "DELETE", "kept")


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def installed() -> set[str]:
    question = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(question[connection.vendor])
        return {row[0] for row in cursor.fetchall()}


def declared() -> set[str]:
    return {trigger.name for trigger in triggers.all_triggers()}


@pytest.fixture
def probe(db: None) -> Iterator[None]:
    """A table with one row and two triggers."""
    run("CREATE TABLE probe (number INTEGER)", "INSERT INTO probe VALUES (5)")
    for trigger in (GUARDED, KEPT):
        run(*trigger.create_sql(connection.vendor))
    yield
    run("DROP TABLE probe")


@pytest.mark.django_db
def test_every_declared_trigger_is_in_the_database() -> None:
    assert len(declared()) >= 5
    assert declared() <= installed()


def test_names_are_said_once() -> None:
    assert len(declared()) == len(triggers.all_triggers())


def test_a_condition_decides_what_is_refused(probe: None) -> None:
    run("UPDATE probe SET number = 6")
    with pytest.raises(IntegrityError, match="no"), transaction.atomic():
        run("UPDATE probe SET number = 4")
    with pytest.raises(IntegrityError, match="kept"), transaction.atomic():
        run("DELETE FROM probe")


def test_emptying_the_table_at_one_stroke_is_a_deletion_too(probe: None) -> None:
    empty = "TRUNCATE probe" if connection.vendor == "postgresql" else "DELETE FROM probe"
    with pytest.raises(IntegrityError, match="kept"), transaction.atomic():
        run(empty)


def test_installing_again_replaces_and_removing_takes_all_away(probe: None) -> None:
    changed = Trigger("probe_no_delete", "probe", "DELETE", "another word")
    run(*changed.create_sql(connection.vendor))
    with pytest.raises(IntegrityError, match="another word"), transaction.atomic():
        run("DELETE FROM probe")
    run(*changed.drop_sql(connection.vendor))
    run("DELETE FROM probe")
    assert not any(name.startswith("probe_no_delete") for name in installed())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("room", [None, "history"])
def test_a_rebuilt_table_gets_its_triggers_back_with_the_next_migrate(room: str | None) -> None:
    mine = {name for name in declared() if name.startswith("history_event")}
    for trigger in triggers.all_triggers():
        if trigger.name in mine:  # what SQLite does when Django rebuilds the table
            run(*trigger.drop_sql(connection.vendor))
    assert not mine & installed()
    call_command("migrate", *([room] if room else []), verbosity=0)
    assert mine <= installed()


@pytest.mark.django_db
def test_a_room_whose_table_is_not_there_yet_does_not_stop_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    later = Trigger("later_no_delete", "a_table_of_tomorrow", "DELETE", "kept")
    monkeypatch.setattr(triggers, "all_triggers", lambda: [later])
    triggers.install(connection)
    assert "later_no_delete" not in installed()
