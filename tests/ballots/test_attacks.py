"""B4, B5: kẻ tấn công có cả cơ sở dữ liệu: every order, number and file of it, and still guesses like a coin.

The thief knows who voted in which order (a log of commits tells), and pairs that order, and every order left in the
tables, with the opened ballots. Of 200 voters with two choices, half and half, chance names 100 right; three
standard deviations more are 121. Chance passes that once in some hundred tries, so an attack counts as one that
works when it does so against two polls.
"""

# ruff: noqa: S311, T201  (seeds are printed, so that a failure can be played again)
# ruff: noqa: S608  (the names of columns are constants)

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from django.db import connection

from soi.ballots import counting, envelopes, keys, queries
from soi.ballots.models import BoxItem, CountedBallot, Poll, Receipt, RollEntry
from soi.history.models import Event
from soi.org.models import Person
from tests.ballots import box, disk
from tests.ballots.remains import everywhere, write_ahead_log

pytestmark = pytest.mark.usefixtures("cheap")
# Transactions of their own, and files: what the thief reads.
on_its_own = pytest.mark.django_db(transaction=True)

VOTERS, MOST = 200, 121
PLACE = "ctid" if connection.vendor == "postgresql" else "rowid"


@dataclass
class Evidence:
    """What the thief has, and (for the judge) the truth."""

    poll: Poll
    order: list[int]
    truth: dict[int, int]
    receipts: dict[int, str]


def held_vote(dice: random.Random, voters: int = VOTERS) -> Evidence:
    """People vote in a random order, one after the other, half and half."""
    people = box.people(voters)
    poll = box.opened(box.body(), people)
    choices = [box.YES, box.NO] * (voters // 2)
    dice.shuffle(choices)
    truth = dict(zip((person.pk for person in people), choices, strict=True))
    receipts = {}
    for person in dice.sample(people, voters):
        receipts[person.pk] = box.vote(poll, person, {1: [truth[person.pk]]}) or ""
    return Evidence(poll, list(receipts), truth, receipts)


def rows(sql: str, *values: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


# --- the attacker's kit ----------------------------------------------------------------------------------------


def orders_of_people(found: Evidence) -> dict[str, list[int]]:
    """Every order in which the people stand anywhere."""
    roll = "SELECT person_id FROM ballots_rollentry WHERE poll_id = %s ORDER BY"
    codes = dict(rows("SELECT code, id FROM ballots_receipt WHERE poll_id = %s", found.poll.pk))
    orders = {
        "voted": found.order,
        "roll by place": [row[0] for row in rows(f"{roll} {PLACE}", found.poll.pk)],
        "roll by key": [row[0] for row in rows(f"{roll} id", found.poll.pk)],
        # Those who were made to tell their receipt, in the order in which the receipts were written.
        "receipts by key": sorted(found.order, key=lambda person: codes[found.receipts[person]]),
        "receipts by code": sorted(found.order, key=lambda person: found.receipts[person]),
    }
    if PLACE == "ctid":
        orders["roll by transaction"] = [
            row[0] for row in rows(f"{roll} xmin::text::bigint, ctid", found.poll.pk)
        ]
    return orders  # type: ignore[return-value]


def orders_of_ballots(found: Evidence) -> dict[str, list[int]]:
    """Every order in which the opened ballots stand anywhere."""
    ballots = (
        "SELECT b.id FROM ballots_countedballot b JOIN ballots_question q ON q.id = b.question_id"
        " WHERE q.poll_id = %s ORDER BY"
    )
    choice = {row.pk: row.choices[0] for row in CountedBallot.objects.filter(question__poll=found.poll)}
    sorts = {"by place": f"b.{PLACE}", "by key": "b.id"}
    if PLACE == "ctid":
        sorts["by transaction"] = "b.xmin::text::bigint, b.ctid"
    return {
        name: [choice[row[0]] for row in rows(f"{ballots} {by}", found.poll.pk)] for name, by in sorts.items()
    }


def right_guesses(found: Evidence) -> dict[str, int]:
    """Every order of people against every order of ballots; wrong every time is as telling as right."""
    scores = {}
    for who, people in orders_of_people(found).items():
        for what, ballots in orders_of_ballots(found).items():
            for turn, guess in (("", ballots), (" backwards", ballots[::-1])):
                right = sum(found.truth[one] == choice for one, choice in zip(people, guess, strict=True))
                scores[f"{who} / {what}{turn}"] = max(right, len(people) - right)
    return scores


def working(scores: dict[str, int]) -> set[str]:
    return {name for name, right in scores.items() if right > MOST}


@pytest.fixture
def seed() -> int:
    seed = random.randrange(10**6)
    print("seed", seed)
    return seed


# --- B4 ------------------------------------------------------------------------------------------------------


@on_its_own
def test_neither_while_they_vote_nor_after_the_count_is_a_voter_matched_with_a_choice(
    tmp_path: Path, seed: int
) -> None:
    dice = random.Random(seed)
    with disk.on_disk(tmp_path) as file:
        suspects = set[str]()
        for turn in range(2):
            found = held_vote(dice)
            nothing_tells_yes_from_no(
                found, _linked_by_commits(found) if file else _linked_by_transaction(found)
            )
            box.counted(found.poll)
            the_roll_has_forgotten_its_order(found)
            now = working(right_guesses(found))
            suspects = now if turn == 0 else suspects & now
            if not suspects:
                break
        assert not suspects


@pytest.mark.django_db
def test_the_kit_names_all_of_them_where_the_count_does_not_shuffle(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The positive control: the same thief, after a count that wrote the box in the order of its rows."""
    monkeypatch.setattr(counting, "shuffle", lambda items: None)
    found = held_vote(random.Random(seed), 60)
    box.counted(found.poll)
    assert right_guesses(found)["voted / by place"] == 60


def the_roll_has_forgotten_its_order(found: Evidence) -> None:
    if PLACE == "ctid":
        assert rows(
            "SELECT count(DISTINCT xmin::text) FROM ballots_rollentry WHERE poll_id = %s", found.poll.pk
        ) == [(1,)]
    orders = orders_of_people(found)
    for order in (orders["roll by place"], orders["roll by key"]):
        kept = sum(one == other for one, other in zip(order, found.order, strict=True))
        assert kept < 12  # chance keeps one in place
        assert order != sorted(order)


def nothing_tells_yes_from_no(found: Evidence, linked: dict[int, list[bytes]]) -> None:
    """The thief knows whose sealed items are whose; he cannot read them, nor compare them with his own."""
    assert len(linked) == VOTERS
    items = [item for mine in linked.values() for item in mine]
    assert len(items) == 2 * VOTERS
    assert {len(item) for item in items} == {envelopes.SIZE + 48}
    assert len(set(items)) == len(items)
    own = keys.seal(found.poll.public_key, [envelopes.answer(found.poll.pk, 1, [one]) for one in (1, 2)])
    assert not set(own) & set(items)
    features: dict[str, Callable[[list[bytes]], object]] = {
        "first bit": lambda mine: mine[0][0] & 1,
        "last bit": lambda mine: mine[0][-1] & 1,
        "sum": lambda mine: sum(map(sum, mine)) & 1,
        "order": lambda mine: mine[0] < mine[-1],
    }
    for name, feature in features.items():
        right = sum((found.truth[one] == box.YES) == bool(feature(mine)) for one, mine in linked.items())
        # Five deviations: these are asked once only.
        assert abs(right - VOTERS // 2) < 36, name


def _linked_by_transaction(found: Evidence) -> dict[int, list[bytes]]:
    linked: dict[int, list[bytes]] = {}
    for person, sealed in rows(
        "SELECT r.person_id, b.sealed FROM ballots_rollentry r JOIN ballots_boxitem b ON r.xmin = b.xmin"
        " WHERE r.poll_id = %s ORDER BY b.id", found.poll.pk,
    ):  # fmt: skip
        linked.setdefault(int(str(person)), []).append(bytes(sealed))  # type: ignore[arg-type]
    return linked


def _linked_by_commits(found: Evidence) -> dict[int, list[bytes]]:
    """What a replay of the journal gives on SQLite: two rows a commit, in the order of the votes."""
    items = [bytes(row[0]) for row in rows("SELECT sealed FROM ballots_boxitem ORDER BY rowid")]  # type: ignore[arg-type]
    pairs: Sequence[list[bytes]] = [items[place : place + 2] for place in range(0, len(items), 2)]
    return dict(zip(found.order, pairs, strict=True))


@on_its_own
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL: transactions tell the same, see above")
def test_copies_of_the_file_between_votes_tell_who_voted_and_nothing_more(tmp_path: Path) -> None:
    with disk.on_disk(tmp_path) as file:
        assert file
        people = box.people(20)
        poll = box.opened(box.body(), people)
        copies = []
        for number, person in enumerate(people):
            code = box.vote(poll, person, {1: [1 + number % 2]})
            copies.append(tmp_path / f"copy{number}")
            copies[-1].mkdir()
            for one in (file, file.with_name(file.name + "-journal"), file.with_name(file.name + "-wal")):
                if one.exists():
                    shutil.copy(one, copies[-1])
            assert code
        marked = [_marked(copy / file.name) for copy in copies]
        assert [now - before for before, now in pairwise(marked)] == [{person.pk} for person in people[1:]]
        plain = {f"choice {one}": envelopes.answer(poll.pk, 1, [one]) for one in (1, 2)}
        for copy in copies:
            assert everywhere(copy / file.name, plain) == set()
        # And the copies do not help once the box is opened.
        box.counted(poll)
        shutil.copy(file, tmp_path / "after")
        assert not BoxItem.objects.exists()


def _marked(file: Path) -> set[int]:
    with closing(sqlite3.connect(file)) as copy:
        return {row[0] for row in copy.execute('SELECT person_id FROM ballots_rollentry WHERE "cast"')}


@pytest.mark.django_db
def test_the_history_has_no_time_and_no_name_of_a_secret_ballot() -> None:
    people = box.people(12)
    poll = box.opened(box.body(), people)
    opened = Event.objects.count()
    for person in people:
        box.vote(poll, person, {1: [box.YES]})
    assert Event.objects.count() == opened
    box.counted(poll)
    later = Event.objects.order_by("pk")[opened:]
    assert [event.action for event in later] == ["ballots.close", "ballots.count"]
    facts = str([event.payload.facts for event in later])
    assert not any(person.name in facts for person in people)


@pytest.mark.django_db
def test_answers_of_one_voter_to_two_questions_part_at_the_count(seed: int) -> None:
    """A pattern over many questions would be a signature: agreed on beforehand, it would prove a vote."""
    dice = random.Random(seed)
    people = box.people(80)
    poll = box.opened(box.body(), people, box.QUESTION, box.QUESTION)
    for person in people:
        choice = dice.choice([box.YES, box.NO])
        box.vote(poll, person, {1: [choice], 2: [choice]})
    box.counted(poll)
    by_place = f"SELECT id FROM ballots_countedballot WHERE question_id = %s ORDER BY {PLACE}"
    choice_of = {row.pk: row.choices for row in CountedBallot.objects.filter(question__poll=poll)}
    one, two = ([choice_of[row[0]] for row in rows(by_place, asked.pk)] for asked in poll.questions.all())
    same = sum(first == second for first, second in zip(one, two, strict=True))
    assert same < 66  # all 80 if they stood together; chance 40, and five deviations more are 63


# --- B5 ------------------------------------------------------------------------------------------------------


@on_its_own
def test_no_choice_and_no_receipt_lies_anywhere_in_the_clear_before_the_count(tmp_path: Path) -> None:
    with disk.on_disk(tmp_path) as file:
        people = box.people(12)
        poll = box.opened(box.body(), people, box.ELECTION)
        plain: dict[str, bytes] = {}
        labels = _labels_found(file)
        for number, person in enumerate(people):
            choices = [1 + number % 3]
            plain[f"receipt {number}"] = (box.vote(poll, person, {1: choices}) or "").encode()
            plain[f"choice {choices}"] = envelopes.answer(poll.pk, 1, choices)
            plain[f"envelope {number}"] = envelopes.receipt(poll.pk, plain[f"receipt {number}"].decode())
        poll = box.closed(poll)
        sealed = {f"sealed {row.pk}": bytes(row.sealed) for row in BoxItem.objects.all()}
        assert everywhere(file, plain | sealed) == set(sealed), "and the search finds what is there"
        assert {name for name, one in plain.items() if one in write_ahead_log()} == set()
        # The names on the ballot paper lie there once, however often they were chosen.
        assert _labels_found(file) == labels
        box.counted(poll)
        # Of the sealed ones not even a trace in the empty places of a page.
        assert everywhere(file, plain | sealed) == {name for name in plain if name.startswith("receipt")}
        assert len(queries.receipts_of(poll)) == Receipt.objects.count() == 12


def _labels_found(file: Path | None) -> int:
    if file:
        return file.read_bytes().count("Bà Bình".encode())
    return sum("Bà Bình" in str(row) for row in rows("SELECT label FROM ballots_option"))


def test_nothing_of_a_voter_but_the_mark_is_kept() -> None:
    """Whatever else were added to the row would be a link: this test is to be read before adding a column."""
    assert {field.name for field in RollEntry._meta.get_fields()} == {"id", "poll", "person", "cast"}
    assert {field.name for field in BoxItem._meta.get_fields()} == {"id", "poll", "question", "sealed"}
    assert {field.name for field in CountedBallot._meta.get_fields()} == {"id", "question", "choices"}
    assert {field.name for field in Receipt._meta.get_fields()} == {"id", "poll", "code"}
    linked = {
        relation.related_model
        for relation in Person._meta.get_fields(include_hidden=True)
        if relation.is_relation and relation.auto_created
    }
    assert not linked & {BoxItem, CountedBallot, Receipt}
