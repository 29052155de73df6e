"""B11: từ khi mở không gì thay đổi được: not by any actor's action, not by the database console; the hash tells."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from soi.ballots import actions, queries
from soi.ballots.enums import Mode, PollState
from soi.ballots.models import Poll
from soi.base.errors import Refusal
from soi.history.models import Event
from tests.ballots import box
from tests.factories import Region

pytestmark = pytest.mark.usefixtures("cheap")

# Of one poll {p}: its question {q}, an option {o}, a person {x} not on the roll, a teller {t}.
CHANGES = [
    "UPDATE ballots_poll SET title = 'Khác' WHERE id = {p}",
    "UPDATE ballots_poll SET mode = 'paper' WHERE id = {p}",
    "UPDATE ballots_poll SET denominator = 'issued' WHERE id = {p}",
    "UPDATE ballots_poll SET majority = 'relative' WHERE id = {p}",
    "UPDATE ballots_poll SET min_body_for_numbers = 1 WHERE id = {p}",
    "UPDATE ballots_poll SET round = 2 WHERE id = {p}",
    "UPDATE ballots_poll SET earlier_id = {other} WHERE id = {p}",
    "UPDATE ballots_poll SET summoned = summoned + 1 WHERE id = {p}",
    "UPDATE ballots_poll SET present = NULL WHERE id = {p}",
    "UPDATE ballots_poll SET frozen_hash = '0' WHERE id = {p}",
    "UPDATE ballots_poll SET public_key = '00' WHERE id = {p}",
    "UPDATE ballots_poll SET opened_at = NULL WHERE id = {p}",
    "UPDATE ballots_poll SET organization_id = {body} WHERE id = {p}",
    "UPDATE ballots_poll SET id = id + 1000 WHERE id = {p}",
    "DELETE FROM ballots_poll WHERE id = {p}",
    "UPDATE ballots_question SET text = 'Khác' WHERE id = {q}",
    "UPDATE ballots_question SET number = 9 WHERE id = {q}",
    "UPDATE ballots_question SET poll_id = {other} WHERE id = {q}",
    "DELETE FROM ballots_question WHERE id = {q}",
    "INSERT INTO ballots_question (poll_id, number, kind, text) VALUES ({p}, 8, 'yes_no', 'Thêm')",
    "UPDATE ballots_question SET poll_id = {p} WHERE poll_id = {other}",
    "UPDATE ballots_option SET label = 'Khác' WHERE id = {o}",
    "UPDATE ballots_option SET number = 3 - number WHERE id = {o}",
    "DELETE FROM ballots_option WHERE id = {o}",
    "INSERT INTO ballots_option (question_id, number, label) VALUES ({q}, 8, 'Thêm')",
    'INSERT INTO ballots_rollentry (poll_id, person_id, "cast") VALUES ({p}, {x}, {no})',
    'INSERT INTO ballots_rollentry (poll_id, person_id, "cast") VALUES ({p}, {x}, {yes})',
    "DELETE FROM ballots_rollentry WHERE poll_id = {p}",
    "UPDATE ballots_rollentry SET person_id = {x} WHERE poll_id = {p}",
    "UPDATE ballots_rollentry SET poll_id = {other} WHERE poll_id = {p}",
    'UPDATE ballots_rollentry SET "cast" = {no} WHERE poll_id = {p} AND "cast"',
    "DELETE FROM ballots_teller WHERE id = {t}",
    "UPDATE ballots_teller SET person_id = {x} WHERE id = {t}",
    "INSERT INTO ballots_teller (poll_id, person_id, is_head) VALUES ({p}, {x}, {no})",
]


@pytest.fixture
def polls(region: Region) -> dict[PollState, Poll]:
    """One in every state after the draft, each with a vote."""
    people = box.people(3)
    found = {}
    for state in (
        PollState.OPEN,
        PollState.CLOSED,
        PollState.COUNTED,
        PollState.PUBLISHED,
        PollState.ANNULLED,
    ):
        poll = box.opened(region.bodies["region"], people)
        box.vote(poll, people[0], {1: [box.YES]})
        if state in {PollState.CLOSED, PollState.COUNTED, PollState.PUBLISHED}:
            poll = box.closed(poll)
        if state in {PollState.COUNTED, PollState.PUBLISHED}:
            poll = box.counted(poll)
        if state == PollState.PUBLISHED:
            poll = actions.publish_poll(actor=box.SYSTEM, poll=poll, now=box.NOW)
        if state == PollState.ANNULLED:
            poll = actions.annul_poll(actor=box.SYSTEM, poll=poll, reason="Sai", now=box.NOW)
        poll.refresh_from_db()
        found[state] = poll
    return found


def parts(poll: Poll, region: Region) -> dict[str, Any]:
    question = poll.questions.get()
    yes, no = ("true", "false") if connection.vendor == "postgresql" else ("1", "0")
    other = box.draft(region.bodies["region"])
    return {
        "p": poll.pk, "q": question.pk, "o": question.options.all()[0].pk, "x": box.people(1)[0].pk,
        "t": poll.tellers.all()[0].pk, "other": other.pk, "body": region.bodies["division"].pk,
        "yes": yes, "no": no,
    }  # fmt: skip


def test_no_statement_of_a_console_changes_what_was_frozen(
    polls: dict[PollState, Poll], region: Region
) -> None:
    for poll in polls.values():
        named = parts(poll, region)
        before = queries.content_hash(poll)
        for change in CHANGES:
            statement = change.format(**named)
            with pytest.raises(DatabaseError), transaction.atomic():
                _run(statement)
        poll.refresh_from_db()
        assert queries.content_hash(poll) == before == poll.frozen_hash


def test_each_of_those_statements_would_do_something_to_an_unguarded_poll(
    polls: dict[PollState, Poll], region: Region
) -> None:
    """Else a spelling mistake would pass for a refusal."""
    named = parts(polls[PollState.OPEN], region)
    with box.unguarded():
        for change in CHANGES:
            assert _would_do_something(change.format(**named)), change


def _run(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.rowcount)


def _would_do_something(statement: str) -> bool:
    """Foreign keys and unique rolls refuse some of them anyhow."""
    before = transaction.savepoint()
    try:
        return _run(statement) > 0
    except DatabaseError as error:
        return "constraint" in str(error).lower()
    finally:
        transaction.savepoint_rollback(before)


def test_no_action_of_anybody_changes_what_was_frozen(polls: dict[PollState, Poll], region: Region) -> None:
    people = [region.people["clerk"], region.people["inspector"]]
    for poll in polls.values():
        for username in ("secretary", "clerk", "inspector", "admin", "member", "brigade"):
            actor = region.actor(username)
            acts: list[Any] = [
                lambda actor=actor, poll=poll: actions.edit_poll(
                    actor=actor, poll=poll, expected_version=poll.version, title="Khác", mode=Mode.OPEN,
                    questions=[box.LEVELS], denominator="valid", majority="relative", now=box.NOW,
                ),
                lambda actor=actor, poll=poll: actions.name_tellers(
                    actor=actor, poll=poll, people=people, head=people[0], now=box.NOW
                ),
                lambda actor=actor, poll=poll: actions.open_poll(
                    actor=actor, poll=poll, roll=[people[0].pk], summoned=1, present=1, now=box.NOW,
                    passphrases=box.words_of(poll),
                ),
            ]  # fmt: skip
            for act in acts:
                with pytest.raises(Refusal):
                    act()
        assert queries.content_hash(poll) == poll.frozen_hash


def test_the_hash_stands_in_the_history_at_opening_counting_and_publishing(
    polls: dict[PollState, Poll],
) -> None:
    poll = polls[PollState.PUBLISHED]
    told = Event.objects.filter(subject_type="ballots.poll", subject_id=poll.pk).exclude(
        action__in=["ballots.draft", "ballots.name_tellers", "ballots.close"]
    )
    assert {event.action: event.payload.facts["frozen_hash"] for event in told} == {
        "ballots.open": poll.frozen_hash, "ballots.count": poll.frozen_hash, "ballots.publish": poll.frozen_hash,
    }  # fmt: skip
    assert queries.is_as_frozen(poll)


def test_the_hash_sees_every_part(region: Region) -> None:
    people = box.people(3)
    poll = box.opened(region.bodies["region"], people, box.QUESTION, box.ELECTION)
    question, option = poll.questions.get(number=2), poll.questions.get(number=2).options.all()[0]
    hashes = {queries.content_hash(poll)}
    with box.unguarded():
        for table, values in [
            (Poll.objects.filter(pk=poll.pk), {"title": "Khác"}),
            (Poll.objects.filter(pk=poll.pk), {"majority": "two_thirds"}),
            (Poll.objects.filter(pk=poll.pk), {"denominator": "issued"}),
            (Poll.objects.filter(pk=poll.pk), {"present": 99}),
            (Poll.objects.filter(pk=poll.pk), {"public_key": "00" * 32}),
            (poll.questions.filter(pk=question.pk), {"text": "Khác"}),
            (poll.questions.filter(pk=question.pk), {"seats": 1}),
            (question.options.filter(pk=option.pk), {"label": "Khác"}),
            (poll.roll.filter(person=people[0]), {"person": box.people(1)[0]}),
        ]:
            assert table.update(**values) == 1
            hashes.add(queries.content_hash(Poll.objects.get(pk=poll.pk)))
    assert len(hashes) == 10


def test_voting_and_counting_do_not_change_the_hash(region: Region) -> None:
    people = box.people(6)
    poll = box.opened(region.bodies["region"], people)
    opened = poll.frozen_hash
    for person in people[:4]:
        box.vote(poll, person, {1: [box.YES]})
    poll = box.counted(poll)
    assert queries.content_hash(Poll.objects.get(pk=poll.pk)) == opened == poll.frozen_hash
