"""B3: mất điện lúc đang bỏ phiếu và đang kiểm phiếu: nothing acknowledged is lost, a count is all or nothing.

SQLite: the power goes at 200 points of a recorded run (``power``). PostgreSQL: its settings are the safe ones, and
connections are cut off in the midst. On both a process is killed while it counts. ``SOI_TEST_FULL=1`` takes more.
"""

# ruff: noqa: S311, T201  (seeds are printed, so that a failure can be played again)

from __future__ import annotations

import json
import os
import random
import re
import signal
import sqlite3
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from django.db import DatabaseError, connection

from soi.ballots import casting, counting, envelopes, keys, queries, unlocking
from soi.ballots.enums import PollState
from soi.ballots.models import BoxItem, KeyShare, Poll, Receipt
from soi.base.checks import check_durability
from soi.base.errors import Conflict
from soi.org.models import Person
from tests.ballots import box, disk, power

pytestmark = [
    pytest.mark.usefixtures("cheap"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
]
FULL = bool(os.environ.get("SOI_TEST_FULL"))
POINTS = 1000 if FULL else 200
KILLS = 100 if FULL else 12
VOTERS = 12
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="the files of SQLite")
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="sessions of PostgreSQL")


@pytest.fixture
def dice() -> random.Random:
    seed = random.randrange(10**6)
    print("seed", seed)
    return random.Random(seed)


def private_key(poll: Poll) -> bytes:
    """What the two tellers know together; for the judge only."""
    return unlocking.private_key(box.SYSTEM, poll, dict(list(box.words_of(poll).items())[:2]), box.NOW)


def ballots_of(people: list[int]) -> dict[int, Counter[int]]:
    """How these people vote (``counting_process``)."""
    return {1: Counter(1 + person % 2 for person in people), 2: Counter({1: len(people)} if people else {})}


# --- SQLite: the power goes -----------------------------------------------------------------------------------


@on_sqlite
@pytest.mark.skipif(not power.can_record(), reason="needs strace, and the right to trace")
def test_whenever_the_power_goes_nothing_acknowledged_is_lost_and_no_count_is_half(
    tmp_path: Path, dice: random.Random
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    with disk.on_disk(folder) as file:
        assert file
        people = box.people(VOTERS)
        poll = box.opened(box.body(), people, box.QUESTION, box.QUESTION)
        judge = Judge(poll, private_key(poll))
        work = {
            "poll": poll.pk, "people": [person.pk for person in people],
            "words": dict(list(box.words_of(poll).items())[:2]),
        }  # fmt: skip
        connection.close()
        begun = {path.name: bytearray(path.read_bytes()) for path in folder.iterdir() if path.stat().st_size}
        steps = recorded(work, file, tmp_path / "trace")
    told = [step for step in steps if step.kind == "told"]
    assert len(told) == VOTERS + 2
    seen: Counter[str] = Counter()
    cut, at = power.Disk(begun), 0
    for turn, point in enumerate(points(steps, dice)):
        while at < point:
            cut.do(steps[at])
            at += 1
        found = tmp_path / f"cut{turn}"
        found.mkdir()
        cut.after_a_cut(dice, found)
        seen[judge.looks(found / file.name, cut.told.decode())] += 1
    print(seen)
    assert set(seen) == {"open", "closed", "counted"}


def recorded(work: dict[str, object], file: Path, log: Path) -> list[power.Step]:
    script = Path(__file__).with_name("counting_process.py")
    return power.record(
        [sys.executable, str(script), json.dumps(work)], disk.environment(file.parent), file, log
    )


def points(steps: list[power.Step], dice: random.Random) -> list[int]:
    """After every acknowledgement; else between two syncs, half while they vote and half from the close on.

    Between syncs and not anywhere: the tables written anew after the count are most of the steps.
    """
    told = [place for place, step in enumerate(steps) if step.kind == "told"]
    closed = next(place for place in told if steps[place].data == b"closed\n")
    syncs = [place for place, step in enumerate(steps) if step.kind == "sync"]
    found = [place + 1 for place in told]
    for part in (
        [place for place in syncs if place < closed],
        [place for place in syncs if place > closed],
    ):
        for _ in range(POINTS // 2):
            turn = dice.randrange(len(part))
            begin = part[turn - 1] + 1 if turn else min(part[0], closed + 1)
            found.append(dice.randint(begin, part[turn]))
    return sorted(found)


class Judge:
    """Người phán xét, with the key: opens what a cut has left, and compares it with what the voters were told."""

    def __init__(self, poll: Poll, private: bytes) -> None:
        self._poll, self._private = poll.pk, private
        self._questions = dict(poll.questions.values_list("pk", "number"))

    def looks(self, file: Path, told: str) -> str:
        """The state found; everything in it must be whole."""
        answered = {int(line.split()[1]): line.split()[2] for line in told.splitlines() if "vote" in line}
        with closing(sqlite3.connect(file)) as left:
            # Asked for by constraints of the tables.
            left.create_function("REGEXP", 2, lambda wanted, text: bool(re.search(wanted, text)))
            assert left.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            marked = {row[0] for row in left.execute('SELECT person_id FROM ballots_rollentry WHERE "cast"')}
            (state,) = left.execute("SELECT state FROM ballots_poll WHERE id = ?", [self._poll]).fetchone()
            assert set(answered) <= marked
            # The one whose answer was under way may be in or not; nobody else.
            assert len(marked) <= len(answered) + 1
            if state == "counted":
                receipts, votes = self._counted(left)
            else:
                assert "counted" not in told
                receipts, votes = self._in_the_box(left)
            assert state == "open" or len(marked) == VOTERS
            assert len(receipts) == len(set(receipts)) == len(marked)
            assert set(answered.values()) <= set(receipts)
            assert votes == ballots_of(sorted(marked))
        return str(state)

    def _in_the_box(self, left: sqlite3.Connection) -> tuple[list[str], dict[int, Counter[int]]]:
        for table in ("tally", "optiontally", "countedballot", "receipt"):
            assert left.execute(f"SELECT count(*) FROM ballots_{table}").fetchone() == (0,)  # noqa: S608
        assert left.execute("SELECT count(*) FROM ballots_keyshare").fetchone() == (2,)
        receipts, votes = [], {number: Counter[int]() for number in self._questions.values()}
        for question, sealed in left.execute("SELECT question_id, sealed FROM ballots_boxitem"):
            (content,) = keys.unseal(self._private, [sealed])
            if question is None:
                receipts.append(envelopes.code_of(content, self._poll))
            else:
                number = self._questions[question]
                votes[number].update(envelopes.choices_of(content, self._poll, number))
        return receipts, votes

    def _counted(self, left: sqlite3.Connection) -> tuple[list[str], dict[int, Counter[int]]]:
        for table in ("boxitem", "keyshare"):
            assert left.execute(f"SELECT count(*) FROM ballots_{table}").fetchone() == (0,)  # noqa: S608
        votes = {number: Counter[int]() for number in self._questions.values()}
        again = {number: Counter[int]() for number in self._questions.values()}
        for question, option, number in left.execute(
            "SELECT o.question_id, o.number, t.votes FROM ballots_optiontally t"
            " JOIN ballots_option o ON o.id = t.option_id WHERE t.votes > 0"
        ):
            votes[self._questions[question]][option] = number
        for question, choices in left.execute("SELECT question_id, choices FROM ballots_countedballot"):
            again[self._questions[question]].update(json.loads(choices))
        assert votes == again
        return [row[0] for row in left.execute("SELECT code FROM ballots_receipt")], votes


@on_sqlite
def test_the_model_of_the_disk_loses_what_was_not_synced_and_finds_it_missing(tmp_path: Path) -> None:
    """The positive control: without the sync an acknowledged write is not there after a cut."""
    lost = power.Disk({"a": bytearray(b"old")})
    for step in (power.Step("write", "a", 0, b"new"), power.Step("told", data=b"done")):
        lost.do(step)
    found = set()
    for seed in range(20):
        lost.after_a_cut(random.Random(seed), tmp_path)
        found.add((tmp_path / "a").read_bytes())
    assert found == {b"old", b"new"}
    lost.do(power.Step("sync", "a"))
    lost.after_a_cut(random.Random(0), tmp_path)
    assert (tmp_path / "a").read_bytes() == b"new"
    torn = power.Disk({"a": bytearray(1024)})
    torn.do(power.Step("write", "a", 500, b"x" * 100))
    images = set()
    for seed in range(40):
        torn.after_a_cut(random.Random(seed), tmp_path)
        images.add((tmp_path / "a").read_bytes().count(b"x"))
    assert images == {0, 12, 88, 100}


# --- both: the process is killed while it counts -------------------------------------------------------------------


def test_a_count_that_is_killed_is_whole_or_has_not_begun(tmp_path: Path, dice: random.Random) -> None:
    with disk.on_disk(tmp_path):
        people = box.people(VOTERS)
        body = box.body()
        wholes, longest = 0, 0.0
        for turn in range(KILLS + 1):
            poll = box.opened(body, people, box.QUESTION, box.QUESTION)
            told = [voted(poll, person) for person in people]
            poll = box.closed(poll)
            begun = time.perf_counter()
            killed_while_counting(poll, dice.uniform(0, longest) if turn else None)
            longest = longest or time.perf_counter() - begun
            wholes += whole_or_untouched(poll, told)
            counted = Poll.objects.get(pk=poll.pk)
            if counted.state == PollState.CLOSED:
                counted = box.counted(counted)
            assert whole_or_untouched(counted, told)
        print("counted before the kill:", wholes, "of", KILLS + 1)


def voted(poll: Poll, person: Person) -> str:
    return box.vote(poll, person, {1: [1 + person.pk % 2], 2: [1]}) or ""


def killed_while_counting(poll: Poll, after: float | None) -> None:
    """A child of this process with a connection of its own, killed after so many seconds of the count, or never."""
    read, write = os.pipe()
    connection.close()
    child = os.fork()
    if child == 0:
        try:
            os.write(write, f"{backend()}\n".encode())
            box.counted(poll)
        finally:
            os._exit(0)
    os.close(write)
    session = int(os.read(read, 100))
    os.close(read)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    wait_until(lambda: not session or not at_work(session))


def backend() -> int:
    """The session in the database; opens the connection in any case."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()" if connection.vendor == "postgresql" else "SELECT 0")
        return int(cursor.fetchone()[0])


def at_work(session: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE pid = %s", [session])
        return bool(cursor.fetchone()[0])


def wait_until(done: Callable[[], bool]) -> None:
    until = time.monotonic() + 30
    while not done():
        assert time.monotonic() < until
        time.sleep(0.01)


def whole_or_untouched(poll: Poll, told: list[str]) -> bool:
    """True when it is counted, with everything; false when nothing of a count is there."""
    poll = Poll.objects.get(pk=poll.pk)
    assert queries.turnout(poll) == (VOTERS, VOTERS)
    left = (BoxItem.objects.filter(poll=poll).count(), KeyShare.objects.filter(poll=poll).count())
    receipts = sorted(Receipt.objects.filter(poll=poll).values_list("code", flat=True))
    if poll.state == PollState.CLOSED:
        assert (left, receipts, poll.counted_at) == ((3 * VOTERS, 2), [], None)
        return False
    assert (left, receipts) == ((0, 0), sorted(told))
    even = sum(1 for entry in poll.roll.all() if entry.person_id % 2 == 0)
    votes = {row.number: row.tally.votes for row in poll.questions.get(number=1).options.all()}
    assert votes == {1: even, 2: VOTERS - even}
    return True


# --- PostgreSQL ------------------------------------------------------------------------------------------------


@on_postgresql
def test_a_ballot_is_committed_to_the_disk_before_it_is_acknowledged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in Soi turns the waiting for the disk off, not even for a moment: asked within the transaction."""
    assert check_durability(databases=["default"]) == []
    people = box.people(3)
    poll = box.opened(box.body(), people)
    asked: list[str] = []
    monkeypatch.setattr(casting, "_mark", also_asks(casting._mark, asked))
    monkeypatch.setattr(counting, "begin_counting", also_asks(counting.begin_counting, asked))
    box.vote(poll, people[0], {1: [1]})
    box.counted(poll)
    assert asked == ["on", "on"]


def also_asks(act: Callable[..., object], asked: list[str]) -> Callable[..., object]:
    def acts(*given: object) -> object:
        with connection.cursor() as cursor:
            cursor.execute("SHOW synchronous_commit")
            asked.append(cursor.fetchone()[0])
        return act(*given)

    return acts


@on_postgresql
def test_sessions_cut_off_while_voting_lose_and_double_nothing(dice: random.Random) -> None:
    people = box.people(120)
    poll = box.opened(box.body(), people, box.QUESTION, box.QUESTION)
    told: dict[int, str] = {}
    sentences: set[str] = set()
    over = threading.Event()

    def votes() -> None:
        for person in people:
            while person.pk not in told:
                try:
                    told[person.pk] = voted(poll, person)
                except Conflict as refusal:
                    told[person.pk] = ""
                    sentences.add(refusal.sentence)
                except DatabaseError:
                    connection.close()
        over.set()

    def cuts() -> int:
        cut = 0
        with psycopg.connect(**connection.get_connection_params() | {"autocommit": True}) as line:
            while not over.is_set():
                cut += terminated(line)
                over.wait(dice.uniform(0, 0.05))
        return cut

    _, cut = disk.at_once([votes, cuts])
    print("sessions cut off:", cut)
    assert cut
    assert sentences <= {casting.DONE_ALREADY}
    assert queries.turnout(poll) == (120, 120)
    assert BoxItem.objects.filter(poll=poll).count() == 360
    counted = box.counted(poll)
    receipts = set(queries.receipts_of(counted))
    assert {code for code in told.values() if code} <= receipts
    assert len(receipts) == 120


def terminated(line: psycopg.Connection[tuple[int, ...]]) -> int:
    """The session that is voting just now is ended by the server."""
    done = line.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid() AND (query LIKE '%%ballots_%%' OR state LIKE '%%in transaction%%')"
    )
    return len(done.fetchall())
