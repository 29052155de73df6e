"""The database itself: whoever writes it by hand casts nothing late, counts nothing twice, rewords nothing."""

# ruff: noqa: S608  (the tests put together the very statements that a console would)

from __future__ import annotations

import secrets

import pytest
from django.db import DatabaseError, connection, models, transaction

from soi.ballots import actions
from soi.ballots.enums import Mode, PollState
from soi.ballots.models import (
    BoxItem,
    CountedBallot,
    OptionTally,
    PaperCount,
    Poll,
    Receipt,
    RollEntry,
    Tally,
    Vote,
)
from soi.ballots.transitions import STEPS
from soi.ballots.triggers import TRIGGERS
from tests.ballots import box
from tests.factories import Region

pytestmark = pytest.mark.usefixtures("cheap")


def run(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.rowcount


def refused(sql: str) -> None:
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        run(sql)
    assert "syntax" not in str(error.value).lower(), sql
    assert "no such" not in str(error.value).lower(), sql


@pytest.fixture
def at(region: Region) -> dict[PollState, Poll]:
    """A secret poll in each state, with two votes where it was open."""
    people = box.people(4)
    found = {PollState.DRAFT: box.draft(region.bodies["region"], tellers=people[:2])}
    for state in (
        PollState.OPEN,
        PollState.CLOSED,
        PollState.COUNTED,
        PollState.PUBLISHED,
        PollState.ANNULLED,
    ):
        poll = box.opened(region.bodies["region"], people)
        box.vote(poll, people[0], {1: [box.YES]})
        box.vote(poll, people[1], {1: [box.NO]})
        if state == PollState.ANNULLED:
            poll = actions.annul_poll(actor=box.SYSTEM, poll=poll, reason="Sai", now=box.NOW)
        elif state != PollState.OPEN:
            poll = box.closed(poll)
        if state in {PollState.COUNTED, PollState.PUBLISHED}:
            poll = box.counted(poll)
        if state == PollState.PUBLISHED:
            poll = actions.publish_poll(actor=box.SYSTEM, poll=poll, now=box.NOW)
        found[state] = poll
    return found


def test_the_names_are_short_enough_to_stay_apart() -> None:
    """PostgreSQL cuts names at 63 signs, and the function and the truncation add some."""
    names = [one.name for one in TRIGGERS]
    assert len(set(names)) == len(names)
    assert max(map(len, names)) <= 52


def test_the_state_moves_only_by_the_table(at: dict[PollState, Poll]) -> None:
    for state, poll in at.items():
        for target in PollState:
            if target != state and (state, target) not in STEPS:
                refused(f"UPDATE ballots_poll SET state = '{target}' WHERE id = {poll.pk}")


def test_a_poll_is_born_a_draft_and_opens_whole(at: dict[PollState, Poll]) -> None:
    columns = [f.column for f in Poll._meta.concrete_fields if f.column not in {"id", "state"}]
    names = ", ".join(columns)
    refused(
        f"INSERT INTO ballots_poll ({names}, state) SELECT {names}, 'open' FROM ballots_poll WHERE id ="
        f" {at[PollState.OPEN].pk}"
    )
    # Without a roll, a hash or a key there is nothing to open.
    draft = at[PollState.DRAFT]
    refused(f"UPDATE ballots_poll SET state = 'open' WHERE id = {draft.pk}")
    refused(f"UPDATE ballots_poll SET state = 'open', frozen_hash = 'x' WHERE id = {draft.pk}")
    RollEntry.objects.create(poll=draft, person=box.people(1)[0])
    refused(f"UPDATE ballots_poll SET state = 'open', frozen_hash = 'x' WHERE id = {draft.pk}")
    refused(
        f"UPDATE ballots_poll SET state = 'open', frozen_hash = 'x', public_key = 'x' WHERE id = {draft.pk}"
    )


def test_a_poll_is_called_counted_only_with_its_results(at: dict[PollState, Poll]) -> None:
    poll = at[PollState.CLOSED]
    refused(f"UPDATE ballots_poll SET state = 'counted' WHERE id = {poll.pk}")
    for state in set(PollState) - {PollState.CLOSED}:
        refused(f"UPDATE ballots_poll SET counted_at = '2021-12-01 00:00:00' WHERE id = {at[state].pk}")
    assert run(f"UPDATE ballots_poll SET counted_at = '2021-12-01 00:00:00' WHERE id = {poll.pk}") == 1
    refused(f"UPDATE ballots_poll SET counted_at = NULL WHERE id = {poll.pk}")
    refused(f"UPDATE ballots_poll SET state = 'counted' WHERE id = {poll.pk}")


# --- the roll and the box ----------------------------------------------------------------------------------------


def test_the_mark_is_made_once_and_while_the_poll_is_open(at: dict[PollState, Poll]) -> None:
    for state, poll in at.items():
        mark = f'UPDATE ballots_rollentry SET "cast" = {_yes()} WHERE poll_id = {poll.pk} AND NOT "cast"'
        again = f'UPDATE ballots_rollentry SET "cast" = {_yes()} WHERE poll_id = {poll.pk} AND "cast"'
        if state != PollState.DRAFT:
            refused(again)
        if state == PollState.OPEN:
            assert run(mark) == 2
        elif state != PollState.DRAFT:
            refused(mark)


def test_a_sealed_ballot_goes_in_while_the_poll_is_open_and_never_changes(at: dict[PollState, Poll]) -> None:
    for state, poll in at.items():
        key = secrets.token_hex(16)
        insert = f"INSERT INTO ballots_boxitem (id, poll_id, sealed) VALUES ('{key}', {poll.pk}, {_bytes()})"
        if state == PollState.OPEN:
            assert run(insert) == 1
        else:
            refused(insert)
    for state in (PollState.OPEN, PollState.CLOSED):
        refused(f"DELETE FROM ballots_boxitem WHERE poll_id = {at[state].pk}")
        refused(f"UPDATE ballots_boxitem SET sealed = {_bytes()} WHERE poll_id = {at[state].pk}")
        refused(f"DELETE FROM ballots_keyshare WHERE poll_id = {at[state].pk}")
        refused(f"UPDATE ballots_keyshare SET sealed = {_bytes()} WHERE poll_id = {at[state].pk}")
    refused(f"UPDATE ballots_boxitem SET poll_id = {at[PollState.OPEN].pk}")


def test_a_share_of_the_key_is_made_before_the_opening_only(at: dict[PollState, Poll]) -> None:
    for state in set(PollState) - {PollState.DRAFT}:
        two = at[state].tellers.all()[1]
        refused(
            "INSERT INTO ballots_keyshare (poll_id, teller_id, other_id, salt, sealed) VALUES"
            f" ({at[state].pk}, {two.pk}, {two.pk}, {_bytes()}, {_bytes()})"
        )


def test_a_ballot_by_name_and_a_sealed_one_do_not_mix(at: dict[PollState, Poll], region: Region) -> None:
    people = box.people(3)
    named = box.opened(region.bodies["region"], people, mode=Mode.OPEN)
    question = named.questions.get()
    refused(f"INSERT INTO ballots_boxitem (id, poll_id, sealed) VALUES ('x', {named.pk}, {_bytes()})")
    secret = at[PollState.OPEN]
    for poll, asked in ((secret, secret.questions.get()),):
        refused(
            "INSERT INTO ballots_vote (poll_id, question_id, person_id, choices) VALUES"
            f" ({poll.pk}, {asked.pk}, {people[0].pk}, '[1]')"
        )
    box.vote(named, people[0], {1: [1]})
    refused("UPDATE ballots_vote SET choices = '[2]'")
    refused("DELETE FROM ballots_vote")
    verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    refused(
        f"{verb} INTO ballots_vote (poll_id, question_id, person_id, choices) VALUES"
        f" ({named.pk}, {question.pk}, {people[0].pk}, '[2]')"
    )
    box.closed(named)
    refused(
        "INSERT INTO ballots_vote (poll_id, question_id, person_id, choices) VALUES"
        f" ({named.pk}, {question.pk}, {people[1].pk}, '[2]')"
    )
    assert Vote.objects.get().choices == [1]


# --- what was counted --------------------------------------------------------------------------------------------


def test_results_come_in_within_a_count_only(at: dict[PollState, Poll]) -> None:
    for state in set(PollState) - {PollState.COUNTED, PollState.PUBLISHED}:
        poll = at[state]
        question = poll.questions.get()
        option = question.options.all()[0]
        refused(
            f"INSERT INTO ballots_tally (question_id, issued, returned, valid) VALUES ({question.pk}, 4, 2, 2)"
        )
        refused(f"INSERT INTO ballots_optiontally (option_id, votes) VALUES ({option.pk}, 2)")
        refused(f"INSERT INTO ballots_receipt (poll_id, code) VALUES ({poll.pk}, 'x')")
        refused(
            f"INSERT INTO ballots_countedballot (id, question_id, choices) VALUES ('x', {question.pk}, '[1]')"
        )


@pytest.mark.parametrize("model", [Tally, OptionTally, CountedBallot, Receipt])
def test_what_was_counted_is_never_changed_or_replaced(
    at: dict[PollState, Poll], model: type[models.Model]
) -> None:
    table, count = model._meta.db_table, model._default_manager.count()
    assert count
    for column in (field.column for field in model._meta.concrete_fields):
        refused(f'UPDATE {table} SET "{column}" = "{column}"')
    refused(f"DELETE FROM {table}")
    columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
    verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    refused(f"{verb} INTO {table} ({columns}) SELECT {columns} FROM {table}")
    assert model._default_manager.count() == count
    assert at


def test_a_row_of_the_roll_or_box_cannot_be_replaced(at: dict[PollState, Poll]) -> None:
    verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    poll = at[PollState.OPEN]
    for model in (RollEntry, BoxItem):
        columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
        refused(
            f"{verb} INTO {model._meta.db_table} ({columns}) SELECT {columns} FROM {model._meta.db_table}"
            f" WHERE poll_id = {poll.pk}"
        )


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
@pytest.mark.parametrize("table", ["vote", "tally", "optiontally", "countedballot", "receipt"])
def test_tables_cannot_be_emptied_at_once(at: dict[PollState, Poll], table: str) -> None:
    assert at
    refused(f"TRUNCATE ballots_{table}")


def test_counts_of_paper_are_mended_only_while_the_poll_waits_for_them(region: Region) -> None:
    people = box.people(3)
    poll = box.opened(region.bodies["region"], people, mode=Mode.PAPER)
    teller = poll.tellers.all()[0]
    insert = (
        f"INSERT INTO ballots_papercount (poll_id, teller_id, counts) VALUES ({poll.pk}, {teller.pk}, '{{}}')"
    )
    refused(insert)
    box.closed(poll)
    assert run(insert) == 1
    assert PaperCount.objects.update(counts={"a": 1}) == 1
    actions.annul_poll(actor=box.SYSTEM, poll=poll, reason="Sai", now=box.NOW)
    refused("UPDATE ballots_papercount SET counts = '{}'")
    refused("DELETE FROM ballots_papercount")


def _yes() -> str:
    return "true" if connection.vendor == "postgresql" else "1"


def _bytes() -> str:
    return r"'\x00'::bytea" if connection.vendor == "postgresql" else "x'00'"
