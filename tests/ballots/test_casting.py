"""Bỏ phiếu: one vote each, whatever races or dies; nothing kept but a mark and sealed items of one length."""

# ruff: noqa: S311, T201  (seeds are printed, so that a failure can be played again)

from __future__ import annotations

import datetime as dt
import random
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from soi.ballots import actions, casting, queries
from soi.ballots.enums import Mode, PollState
from soi.ballots.models import BoxItem, Poll, RollEntry, Vote
from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound
from soi.history.models import Event
from tests.ballots import box, disk
from tests.factories import Region

pytestmark = pytest.mark.usefixtures("cheap")
SIZE = 112


# --- one ballot ----------------------------------------------------------------------------------------------


def test_a_secret_ballot_leaves_a_mark_and_one_sealed_item_a_question_and_a_receipt(region: Region) -> None:
    people = box.people(3)
    poll = box.opened(region.bodies["region"], people, box.QUESTION, box.ELECTION, box.LEVELS)
    events = Event.objects.count()
    code = box.vote(poll, people[0], {1: [box.NO], 2: [1, 3], 3: [2]})
    assert code
    assert sorted(filter(None, BoxItem.objects.values_list("question__number", flat=True))) == [1, 2, 3]
    assert BoxItem.objects.filter(question=None).count() == 1
    assert {len(bytes(one.sealed)) for one in BoxItem.objects.all()} == {SIZE}
    assert queries.turnout(poll) == (1, 3)
    assert Event.objects.count() == events
    assert not Vote.objects.exists()


def test_a_ballot_without_a_mark_is_as_long_as_a_full_one(region: Region) -> None:
    people = box.people(2)
    poll = box.opened(region.bodies["region"], people, box.ELECTION)
    box.vote(poll, people[0], {})
    box.vote(poll, people[1], {1: [1, 2]})
    assert {len(bytes(one.sealed)) for one in BoxItem.objects.all()} == {SIZE}


def test_casting_is_one_update_and_one_insert_and_reads_no_roll(region: Region) -> None:
    people = box.people(2)
    poll = box.opened(region.bodies["region"], people, *[box.QUESTION] * 30)
    with CaptureQueriesContext(connection) as captured:
        box.vote(poll, people[0], {1: [1]})
    said = [one["sql"] for one in captured.captured_queries]
    writes = [sql for sql in said if sql.split(maxsplit=1)[0] in {"UPDATE", "INSERT", "DELETE"}]
    assert [sql.split(maxsplit=1)[0] for sql in writes] == ["UPDATE", "INSERT"]
    assert not [sql for sql in said if sql.startswith("SELECT") and "rollentry" in sql]
    assert len(said) <= 7


def test_a_named_vote_is_kept_by_name_and_has_its_event_without_the_choice(region: Region) -> None:
    people = box.people(2)
    poll = box.opened(region.bodies["region"], people, box.QUESTION, box.ELECTION, mode=Mode.OPEN)
    assert box.vote(poll, people[0], {1: [box.YES], 2: [3, 1]}) is None
    votes = Vote.objects.order_by("question__number").values_list("person_id", "choices")
    assert list(votes) == [(people[0].pk, [box.YES]), (people[0].pk, [1, 3])]
    event = Event.objects.filter(action="ballots.cast").get()
    assert (event.person_id, event.payload.facts) == (people[0].pk, {})
    assert not BoxItem.objects.exists()


def test_the_second_try_says_that_the_ballot_was_taken(region: Region) -> None:
    people = box.people(2)
    for mode in (Mode.SECRET, Mode.OPEN):
        poll = box.opened(region.bodies["region"], people, mode=mode)
        box.vote(poll, people[0], {1: [box.YES]})
        with pytest.raises(Conflict, match=casting.DONE_ALREADY):
            box.vote(poll, people[0], {1: [box.NO]})
        assert queries.turnout(poll) == (1, 2)
    assert (BoxItem.objects.count(), Vote.objects.count()) == (2, 1)


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({3: [1]}, "câu hỏi lạ"),
        ({1: [3]}, "phương án lạ"),
        ({2: [1, 1]}, "phương án lạ"),
        ({1: [1, 2]}, "nhiều nhất 1"),
        ({2: [1, 2, 3]}, "nhiều nhất 2"),
    ],
)
def test_a_ballot_that_nobody_could_print_is_refused_and_changes_nothing(
    region: Region, answers: dict[int, list[int]], sentence: str
) -> None:
    people = box.people(2)
    poll = box.opened(region.bodies["region"], people, box.QUESTION, box.ELECTION)
    with pytest.raises(Invalid, match=sentence):
        box.vote(poll, people[0], answers)
    assert queries.turnout(poll) == (0, 2)


def test_paper_is_not_cast_here(region: Region) -> None:
    people = box.people(2)
    poll = box.opened(region.bodies["region"], people, mode=Mode.PAPER)
    with pytest.raises(Conflict, match="phiếu giấy"):
        box.vote(poll, people[0], {1: [1]})


def test_who_is_not_on_the_roll_does_not_vote(region: Region) -> None:
    poll = box.opened(region.bodies["region"], box.people(2))
    with pytest.raises(NotFound):
        box.vote(poll, box.people(1)[0], {1: [1]})
    with pytest.raises(NotAllowed, match="không có tên"):
        casting.cast(actor=region.actor("secretary"), poll=poll, answers={1: [1]}, now=box.NOW)
    with pytest.raises(NotAllowed, match="chính người có tên"):
        casting.cast(actor=box.SYSTEM, poll=poll, answers={1: [1]}, now=box.NOW)


def test_a_failed_ballot_leaves_no_mark(region: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    people = box.people(2)
    poll = box.opened(region.bodies["region"], people)
    monkeypatch.setattr(casting, "_insert", lambda _into, _rows: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        box.vote(poll, people[0], {1: [1]})
    assert queries.turnout(poll) == (0, 2)


# --- B1: one vote each ---------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("mode", "voters"), [(Mode.SECRET, 100), (Mode.OPEN, 40)])
def test_sixteen_racing_tries_of_every_voter_are_one_vote_each(
    tmp_path: Path, mode: Mode, voters: int
) -> None:
    """B1, over the action: every thread tries for every voter, in an order of its own."""
    seed = random.randrange(10**6)
    print("seed", seed)
    with disk.on_disk(tmp_path):
        people = box.people(voters)
        poll = box.opened(box.body(), people, mode=mode)

        def tries(number: int) -> tuple[int, int]:
            taken = refused = 0
            for person in random.Random(f"{seed} {number}").sample(people, len(people)):
                try:
                    box.vote(poll, person, {1: [1 + number % 2]})
                    taken += 1
                except Conflict as refusal:
                    refused += refusal.sentence == casting.DONE_ALREADY
            return taken, refused

        done = disk.at_once([lambda number=number: tries(number) for number in range(16)])
        assert not [one for one in done if isinstance(one, Exception)], done
        assert sum(taken for taken, _ in done) == voters
        assert sum(refused for _, refused in done) == 15 * voters
        assert RollEntry.objects.filter(cast=True).count() == voters
        items = (voters, 0) if mode == Mode.OPEN else (0, 2 * voters)
        assert (Vote.objects.count(), BoxItem.objects.count()) == items
        box.counted(poll)


# --- B2: what was acknowledged survives ------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_twenty_kills_lose_and_double_no_acknowledged_vote(tmp_path: Path) -> None:
    seed = random.randrange(10**6)
    print("seed", seed)
    with disk.on_disk(tmp_path):
        people = box.people(200)
        body = box.body()
        poll = box.opened(body, people, box.QUESTION, box.QUESTION)
        log = _voted_under_fire(tmp_path, poll, [person.pk for person in people], seed)
        assert set(log) == {person.pk for person in people}
        assert queries.turnout(poll) == (200, 200)
        assert BoxItem.objects.count() == 600
        box.counted(poll)
        # A receipt that was told is one that was counted; a killed answer left at most one untold.
        told = {answer for answer in log.values() if answer != "already"}
        counted = set(queries.receipts_of(poll))
        assert told <= counted
        assert len(counted) == 200
        votes = {row.number: row.tally.votes for row in poll.questions.get(number=1).options.all()}
        even = sum(1 for person in people if person.pk % 2 == 0)
        assert votes == {1: even, 2: 200 - even}


def _voted_under_fire(directory: Path, poll: Poll, people: list[int], seed: int) -> dict[int, str]:
    script = Path(__file__).with_name("voting_process.py")
    command = [sys.executable, str(script), *map(str, (poll.pk, seed, 20, *people))]
    ran = subprocess.run(
        command, env=disk.environment(directory), capture_output=True, text=True, timeout=120, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return {int(line.split()[0]): line.split()[1] for line in ran.stdout.splitlines()}


# --- B10: the database decides, not a clock ----------------------------------------------------------------------


def test_a_clock_that_is_wrong_decides_nothing(region: Region) -> None:
    people = box.people(5)
    poll = box.opened(region.bodies["region"], people)
    for hours, person in ((-2, people[0]), (2, people[1]), (-26280, people[2])):
        box.vote(poll, person, {1: [1]}, now=box.NOW + dt.timedelta(hours=hours))
    # Closed by a clock that runs two hours fast: a ballot of "before" is late all the same, and the other way round.
    actions.close_poll(actor=box.SYSTEM, poll=poll, now=box.NOW + dt.timedelta(hours=2))
    for hours in (-2, 0, 3):
        with pytest.raises(Conflict, match="không nhận phiếu nữa"):
            box.vote(poll, people[3], {1: [1]}, now=box.NOW + dt.timedelta(hours=hours))
    assert queries.turnout(poll) == (3, 5)


@pytest.mark.django_db(transaction=True)
def test_no_ballot_is_taken_after_the_close_has_committed(tmp_path: Path) -> None:
    """Eight threads vote while the poll is closed: who was answered before is in, nobody else ever."""
    with disk.on_disk(tmp_path):
        people = box.people(160)
        poll = box.opened(box.body(), people)
        closed, started = threading.Event(), threading.Event()

        def votes(mine: int) -> tuple[int, int]:
            taken = late = 0
            for person in people[mine::8]:
                over = closed.is_set()
                try:
                    box.vote(poll, person, {1: [1]})
                    taken += 1
                    late += over
                except Conflict as refusal:
                    late += "không nhận phiếu nữa" not in refusal.sentence
                started.set()
            return taken, late

        def close() -> int:
            started.wait(20)
            box.closed(Poll.objects.get(pk=poll.pk))
            closed.set()
            return BoxItem.objects.count()

        *done, at_close = disk.at_once([*[lambda mine=mine: votes(mine) for mine in range(8)], close])
        assert not [one for one in (*done, at_close) if isinstance(one, Exception)], done
        taken = sum(taken for taken, _ in done)
        assert sum(late for _, late in done) == 0
        assert at_close == BoxItem.objects.count() == 2 * taken
        assert Poll.objects.get(pk=poll.pk).state == PollState.CLOSED
        box.counted(Poll.objects.get(pk=poll.pk))
