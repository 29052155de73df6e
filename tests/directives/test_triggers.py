"""The database itself: raw SQL deletes nothing, rewords nothing, and moves no day without its proof."""

# ruff: noqa: S608  (the tests put together the very statements that a console would)

from __future__ import annotations

import pytest
from django.db import connection

from soi.directives.actions import PointEntry
from soi.directives.models import Directive
from soi.directives.triggers import TRIGGERS
from tests.console import refused, run
from tests.directives.story import Story, day

TABLES = ("directive", "directivepoint", "addressee", "dissemination", "elaboration")


@pytest.fixture
def full(story: Story) -> Directive:
    """A row in every table of the room."""
    directive = story.issue("region", "division", "brigade", points=[PointEntry("1", "Lập lịch")])
    story.acknowledge(directive, "division")
    story.study(directive, "division", "10/11")
    story.not_needed(directive, "division", "20/11")
    return directive


@pytest.mark.parametrize("table", TABLES)
def test_nothing_is_deleted(full: Directive, table: str) -> None:
    assert "never deleted" in refused(f"DELETE FROM directives_{table}")


@pytest.mark.parametrize("change", [
    ("directivepoint", "statement = 'khác'"), ("directivepoint", "number = '2'"), ("dissemination", "attended = 1"),
    ("elaboration", "note = 'khác'"), ("directive", "issued_on = '2021-10-01'"), ("directive", "kind = 'plan'"),
    ("addressee", "added_on = '2021-10-01'"), ("addressee", "acknowledged_on = '2021-11-02'"),
    ("addressee", "acknowledged_on = NULL"), ("addressee", "acknowledger_label = 'ai khác'"),
    ("addressee", "acknowledged_by_id = NULL"), ("addressee", "studied_on = NULL"),
    ("addressee", "studied_on = '2021-11-09'"), ("addressee", "studied_on = '2021-11-11'"),
    ("addressee", "elaborated_on = '2021-11-19'"), ("addressee", "reminders = reminders - 1"),
])  # fmt: skip
def test_nothing_said_is_changed(story: Story, full: Directive, change: tuple[str, str]) -> None:
    table, words = change
    run("UPDATE directives_addressee SET reminders = 3")
    where = "" if table != "addressee" else f" WHERE id = {story.at(full, 'division').pk}"
    refused(f"UPDATE directives_{table} SET {words}{where}")


def test_a_day_needs_its_row(story: Story, full: Directive) -> None:
    brigade = story.at(full, "brigade").pk
    sql = "UPDATE directives_addressee SET studied_on = %s WHERE id = %s"
    assert "recorded occasion" in refused(sql, "2021-11-12", brigade)
    run(
        'INSERT INTO directives_dissemination (addressee_id, "on", form, expected, attended, note, reporter_label)'
        " VALUES (%s, '2021-11-12', 'conference', 10, 9, '', 'x')",
        brigade,
    )
    assert run(sql, "2021-11-12", brigade) == 1


def test_an_end_and_a_place_are_set_once(story: Story, full: Directive) -> None:
    sql = "UPDATE directives_directive SET ended_on = %s, end_reason = 'x' WHERE id = %s"
    assert run(sql, "2021-11-20", full.pk) == 1
    assert "set once" in refused(sql, "2021-11-25", full.pk)
    other = story.at(story.issue("region", "division", number="6"), "division").pk
    own = story.issue(
        "division",
        "regiment",
        by="divisionclerk",
        number="7",
        issued_on=day("02/11"),
        elaborates=story.at(full, "division"),
    )
    refused("UPDATE directives_directive SET elaborates_id = %s WHERE id = %s", other, own.pk)


def test_replace_does_not_slip_past(story: Story, full: Directive) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("INSERT OR REPLACE is a statement of SQLite")
    row = story.at(full, "division")
    refused(
        "INSERT OR REPLACE INTO directives_addressee (directive_id, organization_id, added_on, acknowledger_label,"
        " reminders)"
        " VALUES (%s, %s, '2021-11-01', '', 0)",
        full.pk, row.organization_id,
    )  # fmt: skip


def test_nobody_is_born_with_work_done(story: Story, full: Directive) -> None:
    sql = (
        "INSERT INTO directives_addressee (directive_id, organization_id, added_on, acknowledger_label, reminders,"
        " studied_on) VALUES (%s, %s, '2021-11-01', '', 0, {})"
    )
    cell = story.region.bodies["cell"].pk
    assert "nothing done" in refused(sql.format("'2021-11-02'"), full.pk, cell)
    assert run(sql.format("NULL"), full.pk, cell) == 1


def test_every_trigger_is_in_place(full: Directive) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        names = {name for (name,) in cursor.fetchall()}
    assert {trigger.name for trigger in TRIGGERS} <= names
