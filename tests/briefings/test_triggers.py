"""The database itself: raw SQL, as from a console, deletes nothing and changes nothing that was sent."""

# ruff: noqa: S608  (the tests put together the very statements that a console would)

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from soi.briefings import actions
from soi.briefings.models import BriefingPaper, BriefingReport, BriefingRound, ReportLine, Sending
from soi.briefings.triggers import TRIGGERS
from tests.briefings.story import Briefing
from tests.console import refused, run

EVERY_TABLE = [BriefingRound, BriefingReport, ReportLine, Sending, BriefingPaper]


@pytest.fixture
def sent(briefing: Briefing, report: BriefingReport) -> BriefingReport:
    """A row in every table; the report was returned once and sent again."""
    briefing.round()
    briefing.send(report)
    actions.return_report(actor=briefing.actor("clerk"), report=report, reason="Thiếu", now=briefing.now)
    briefing.send(report)
    actions.take_to_conference(
        actor=briefing.actor("clerk"), report=report, conference=briefing.conference(), now=briefing.now
    )
    report.refresh_from_db()
    return report


def test_no_row_of_any_table_can_be_deleted_or_replaced(sent: BriefingReport) -> None:
    for model in EVERY_TABLE:
        table = model._meta.db_table
        count = model._default_manager.count()
        assert count, f"{table} must hold something that could be lost"
        refused(f"DELETE FROM {table}")
        columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
        verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
        refused(f"{verb} INTO {table} ({columns}) SELECT {columns} FROM {table} LIMIT 1")
        assert model._default_manager.count() == count


@pytest.mark.parametrize("edition", [1, 2])
@pytest.mark.parametrize(
    "change",
    ["text = 'khác'", "dropped = NOT dropped", "basis = '[]'", '"order" = 1', "edition = 9", "section = 5"],
)
def test_a_sent_line_never_changes(sent: BriefingReport, edition: int, change: str) -> None:
    where = f"WHERE report_id = {sent.pk} AND edition = {edition}"
    assert "never changes" in refused(f"UPDATE briefings_reportline SET {change} {where}")


def test_nothing_is_added_to_or_moved_into_a_sent_report(briefing: Briefing, sent: BriefingReport) -> None:
    with pytest.raises(DatabaseError, match="nothing is added"), transaction.atomic():
        ReportLine.objects.create(report=sent, edition=2, section=4, order=1, text="lén")
    draft = briefing.compose("region", by="clerk")
    refused(f"UPDATE briefings_reportline SET report_id = {sent.pk} WHERE report_id = {draft.pk}")
    # A draft's lines do change: the lock is on what was sent.
    assert run(f"UPDATE briefings_reportline SET text = 'khác' WHERE report_id = {draft.pk}")


@pytest.mark.parametrize(
    "change",
    [
        "as_of = '2020-01-01'", "composer_label = 'ai đó'", "state = 'draft', sent_on = NULL",
        "state = 'returned', sent_on = NULL, edition = 3", "sent_on = '2020-01-01'", "quarter = '2021-Q3'",
        "organization_id = organization_id + 1",
    ],
)  # fmt: skip
def test_a_sent_report_changes_only_by_being_returned(sent: BriefingReport, change: str) -> None:
    refused(f"UPDATE briefings_briefingreport SET {change} WHERE id = {sent.pk}")


def test_a_report_is_not_called_sent_without_a_sending(briefing: Briefing, report: BriefingReport) -> None:
    where = f"WHERE id = {report.pk}"
    assert "recorded sending" in refused(
        f"UPDATE briefings_briefingreport SET state = 'sent', sent_on = '2021-12-01' {where}"
    )
    assert "edition" in refused(f"UPDATE briefings_briefingreport SET edition = 2 {where}")
    assert "begins as a draft" in refused(
        "INSERT INTO briefings_briefingreport (organization_id, quarter, state, edition, as_of, composed_at,"
        " composer_label, sent_on) SELECT organization_id, '2020-Q1', 'sent', 1, as_of, composed_at,"
        f" composer_label, as_of FROM briefings_briefingreport {where}"
    )


def test_a_sending_changes_once_by_being_returned(sent: BriefingReport) -> None:
    first, second = (f"WHERE report_id = {sent.pk} AND edition = {edition}" for edition in (1, 2))
    refused(f"UPDATE briefings_sending SET reason = 'khác' {first}")
    refused(f"UPDATE briefings_sending SET returned_on = NULL {first}")
    refused(f"UPDATE briefings_sending SET sha256 = 'x' {second}")
    back = "returned_on = '2021-12-01', reason = 'thiếu', returner_label = 'x'"
    refused(f"UPDATE briefings_sending SET {back}, sha256 = 'x' {second}")
    assert run(f"UPDATE briefings_sending SET {back} {second}") == 1


def test_a_paper_stays(sent: BriefingReport) -> None:
    refused("UPDATE briefings_briefingpaper SET edition = 1")


def test_names_of_triggers_are_unique_and_short() -> None:
    names = [trigger.name for trigger in TRIGGERS]
    assert len(names) == len(set(names))
    assert all(len(f"{name}_fn") <= 63 for name in names)
