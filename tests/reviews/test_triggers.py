"""The database itself: raw SQL, as from a console, deletes nothing and gives no line of a list to somebody else."""

# ruff: noqa: S608  (the tests put together the very statements that a console would)

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from soi.reviews.enums import CycleState
from soi.reviews.models import Carried, Cycle, CycleStep, Review
from tests.console import refused, run
from tests.reviews.deciding import Deciding

TABLES = [Cycle, CycleStep, Review, Carried]


def test_no_row_can_be_deleted_or_replaced(deciding: Deciding) -> None:
    for model in TABLES:
        table = model._meta.db_table
        count = model._default_manager.count()
        assert count, f"{table} must hold something that could be lost"
        refused(f"DELETE FROM {table}")
        columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
        verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
        refused(f"{verb} INTO {table} ({columns}) SELECT {columns} FROM {table} LIMIT 1")
        assert model._default_manager.count() == count


@pytest.mark.parametrize(
    "change",
    [
        "reviews_cycle SET rule_pack = 'vn-party-2025'",
        "reviews_cycle SET period = '2020'",
        "reviews_cycle SET \"end\" = '2023-01-01'",
        "reviews_cycle SET listed_on = '2021-11-30'",
        "reviews_cyclestep SET step = 'decide' WHERE step = 'prompt'",
        "reviews_review SET organization_id = (SELECT MAX(id) FROM org_organization)",
        "reviews_review SET person_id = (SELECT MIN(id) FROM org_person) WHERE person_id IS NOT NULL",
        "reviews_review SET kind = 'individual' WHERE kind = 'collective'",
        "reviews_review SET edition = 0",
        "reviews_carried SET times = 1 + times",
        "reviews_carried SET state_then = 'mended'",
    ],
)
def test_what_a_row_says_of_whom_stays(deciding: Deciding, change: str) -> None:
    refused(f"UPDATE {change}")


def test_a_day_may_be_moved_while_the_cycle_is_open(deciding: Deciding) -> None:
    assert run("UPDATE reviews_cyclestep SET due_on = '2021-12-30' WHERE step = 'finalize'") == 1


def test_a_closed_cycle_is_closed_for_good(deciding: Deciding) -> None:
    Cycle.objects.update(state=CycleState.CLOSED, closed_on=deciding.actor("clerk").today)
    refused("UPDATE reviews_cycle SET state = 'open', closed_on = NULL")
    refused("UPDATE reviews_cyclestep SET due_on = '2021-12-30' WHERE step = 'finalize'")
    refused("UPDATE reviews_review SET exemption = 'away' WHERE kind = 'individual'")
    cell = deciding.region.bodies["cell"]
    cycle = deciding.played.cycle
    with pytest.raises(DatabaseError), transaction.atomic():
        Review.objects.create(
            cycle=cycle, kind="individual", organization=cell, person=deciding.region.people["press"],
            group="member",
        )  # fmt: skip
