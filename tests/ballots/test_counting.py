"""Kiểm phiếu: the right numbers, all or nothing, and afterwards neither box nor key nor order."""

# ruff: noqa: S311, T201  (seeds are printed, so that a failure can be played again)

from __future__ import annotations

import random
import secrets
import threading
from collections import Counter
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from soi.ballots import actions, casting, counting, envelopes, keys, queries
from soi.ballots.enums import Mode, PollState
from soi.ballots.models import (
    BoxItem,
    CountedBallot,
    KeyShare,
    OptionTally,
    Poll,
    Question,
    Receipt,
    RollEntry,
    Tally,
)
from soi.base.errors import Conflict, NotAllowed
from soi.history.models import Event
from tests.ballots import box, disk
from tests.ballots.remains import everywhere
from tests.factories import Region

pytestmark = pytest.mark.usefixtures("cheap")


def votes_of(poll: Poll, number: int = 1) -> dict[int, int]:
    options = OptionTally.objects.filter(option__question__poll=poll, option__question__number=number)
    return dict(options.values_list("option__number", "votes"))


def everything(poll: Poll) -> list[Any]:
    """All rows of the poll, to see that nothing changed."""
    tables = [
        Poll.objects.filter(pk=poll.pk), RollEntry.objects.filter(poll=poll), BoxItem.objects.filter(poll=poll),
        KeyShare.objects.filter(poll=poll), Tally.objects.filter(question__poll=poll),
        CountedBallot.objects.filter(question__poll=poll), Receipt.objects.filter(poll=poll),
    ]  # fmt: skip
    return [sorted(table.values_list(), key=str) for table in tables]


# --- the numbers ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", [Mode.SECRET, Mode.OPEN])
def test_the_count_is_what_was_voted(region: Region, mode: Mode) -> None:
    people = box.people(7)
    poll = box.opened(region.bodies["region"], people, box.QUESTION, box.ELECTION, box.LEVELS, mode=mode)
    ballots = [
        {1: [1], 2: [1, 2], 3: [1]}, {1: [1], 2: [1], 3: [2]}, {1: [2], 2: [1, 3], 3: [2]},
        {1: [], 2: [], 3: [3]}, {1: [1], 2: [2, 1]}, {},
    ]  # fmt: skip
    codes = [box.vote(poll, person, ballot) for person, ballot in zip(people, ballots, strict=False)]
    poll = box.counted(poll)
    assert poll.state == PollState.COUNTED
    assert votes_of(poll, 1) == {1: 3, 2: 1}
    assert votes_of(poll, 2) == {1: 4, 2: 2, 3: 1}
    assert votes_of(poll, 3) == {1: 1, 2: 2, 3: 1}
    tallies = Tally.objects.filter(question__poll=poll).order_by("question__number")
    assert list(tallies.values_list("issued", "returned", "valid")) == [(7, 6, 4), (7, 6, 4), (7, 6, 4)]
    assert queries.receipts_of(poll) == (sorted(filter(None, codes)))
    assert queries.turnout(poll) == (6, 7)
    event = Event.objects.get(action="ballots.count")
    assert event.payload.facts == {"frozen_hash": poll.frozen_hash, "cast": 6, "roll": 7}


def test_a_recount_of_the_opened_ballots_gives_the_same(region: Region) -> None:
    seed = random.randrange(10**6)
    print("seed", seed)
    dice = random.Random(seed)
    people = box.people(40)
    poll = box.opened(region.bodies["region"], people, box.QUESTION, box.ELECTION)
    for person in people:
        box.vote(poll, person, {1: [dice.randint(1, 2)], 2: dice.sample([1, 2, 3], dice.randint(0, 2))})
    poll = box.counted(poll)
    for number in (1, 2):
        again = Counter(
            choice
            for row in CountedBallot.objects.filter(question__poll=poll, question__number=number)
            for choice in row.choices
        )
        assert again == Counter(votes_of(poll, number))


def test_a_poll_in_which_nobody_voted_is_counted_too(region: Region) -> None:
    poll = box.counted(box.opened(region.bodies["region"], box.people(2)))
    assert votes_of(poll) == {1: 0, 2: 0}
    assert queries.receipts_of(poll) == []


def test_nothing_of_the_box_is_left_and_no_row_of_the_roll_is_the_old_one(region: Region) -> None:
    people = box.people(12)
    poll = box.opened(region.bodies["region"], people)
    before = set(RollEntry.objects.filter(poll=poll).values_list("pk", flat=True))
    for person in people[:8]:
        box.vote(poll, person, {1: [box.YES]})
    poll = box.counted(poll)
    assert not BoxItem.objects.filter(poll=poll).exists()
    assert not KeyShare.objects.filter(poll=poll).exists()
    rows = RollEntry.objects.filter(poll=poll)
    assert not before & set(rows.values_list("pk", flat=True))
    assert {row.person_id: row.cast for row in rows} == {
        person.pk: number < 8 for number, person in enumerate(people)
    }


def test_a_secret_count_needs_the_tellers_and_a_count_by_name_the_secretary(region: Region) -> None:
    people = box.people(3)
    secret = box.closed(box.opened(region.bodies["region"], people))
    with pytest.raises(NotAllowed):
        counting.count_poll(actor=region.actor("secretary"), poll=secret, now=box.NOW, passphrases={})
    named = box.closed(box.opened(region.bodies["region"], people, mode=Mode.OPEN))
    assert (
        counting.count_poll(actor=region.actor("secretary"), poll=named, now=box.NOW).state
        == PollState.COUNTED
    )


def test_paper_is_not_counted_by_opening_a_box(region: Region) -> None:
    people = box.people(3)
    poll = box.closed(box.opened(region.bodies["region"], people, mode=Mode.PAPER))
    with pytest.raises(Conflict, match="nhập số đếm"):
        counting.count_poll(actor=box.voter(people[0]), poll=poll, now=box.NOW)


# --- it stops rather than guess --------------------------------------------------------------------------------


@pytest.fixture
def waiting(region: Region) -> Poll:
    people = box.people(5)
    poll = box.opened(region.bodies["region"], people, box.QUESTION, box.QUESTION)
    for person in people[:3]:
        box.vote(poll, person, {1: [box.YES], 2: [box.NO]})
    return box.closed(poll)


def forged(poll: Poll, question: Question | None, content: bytes) -> None:
    with box.unguarded():
        sealed = keys.seal(poll.public_key, [content])[0]
        BoxItem.objects.create(id=secrets.token_hex(16), poll=poll, question=question, sealed=sealed)


def removed(poll: Poll, **which: Any) -> None:
    with box.unguarded():
        BoxItem.objects.filter(pk=BoxItem.objects.filter(poll=poll, **which)[0].pk).delete()


def stops(poll: Poll, sentence: str) -> None:
    before = everything(poll)
    with pytest.raises(Conflict, match=sentence) as refusal, transaction.atomic():
        box.counted(poll)
    assert "Chưa có gì thay đổi" in refusal.value.sentence
    assert everything(poll) == before
    poll.refresh_from_db()
    assert poll.state == PollState.CLOSED


def test_a_ballot_more_than_marks_on_the_roll_stops_the_count(waiting: Poll) -> None:
    first = waiting.questions.get(number=1)
    forged(waiting, first, envelopes.answer(waiting.pk, 1, [1]))
    stops(waiting, "danh sách ghi 3 người đã bỏ phiếu, nhưng từng câu có 4, 3 phiếu và 3 mã phiếu")


def test_a_whole_ballot_stuffed_without_a_mark_stops_the_count(waiting: Poll) -> None:
    for question in waiting.questions.all():
        forged(waiting, question, envelopes.answer(waiting.pk, question.number, [1]))
    forged(waiting, None, envelopes.receipt(waiting.pk, envelopes.new_receipt()))
    stops(waiting, "ghi 3 người.*4, 4 phiếu và 4 mã phiếu")


def test_a_mark_without_a_ballot_stops_the_count(waiting: Poll) -> None:
    with box.unguarded():
        RollEntry.objects.filter(pk=RollEntry.objects.filter(poll=waiting, cast=False)[0].pk).update(
            cast=True
        )
    stops(waiting, "ghi 4 người")


@pytest.mark.parametrize("which", [{"question__number": 2}, {"question": None}])
def test_a_missing_ballot_or_receipt_stops_the_count(waiting: Poll, which: dict[str, Any]) -> None:
    removed(waiting, **which)
    stops(waiting, "Số phiếu không khớp")


def test_a_copied_ballot_stops_the_count(waiting: Poll) -> None:
    one, two = BoxItem.objects.filter(poll=waiting, question__number=1)[:2]
    with box.unguarded():
        BoxItem.objects.filter(pk=one.pk).update(sealed=two.sealed)
    stops(waiting, "bị chép lại")


def test_a_ballot_moved_from_another_question_or_poll_stops_the_count(waiting: Poll) -> None:
    first, second = waiting.questions.order_by("number")
    removed(waiting, question=second)
    forged(waiting, second, envelopes.answer(waiting.pk, 1, [1]))
    stops(waiting, "không thuộc cuộc bỏ phiếu này")
    removed(waiting, question=first)


def test_a_ballot_sealed_to_another_key_stops_the_count(waiting: Poll) -> None:
    other, _ = keys.new_pair()
    with box.unguarded():
        item = BoxItem.objects.filter(poll=waiting, question__number=1)[0]
        sealed = keys.seal(other, [envelopes.answer(waiting.pk, 1, [1])])[0]
        BoxItem.objects.filter(pk=item.pk).update(sealed=sealed)
    stops(waiting, "không thuộc cuộc bỏ phiếu này")


def test_a_box_that_changed_while_it_was_opened_stops_the_count(
    waiting: Poll, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = counting._open_box

    def changed_meanwhile(poll: Poll, private: bytes) -> Any:
        found = opened(poll, private)
        forged(poll, None, envelopes.receipt(poll.pk, envelopes.new_receipt()))
        return found

    monkeypatch.setattr(counting, "_open_box", changed_meanwhile)
    with pytest.raises(Conflict, match="Số phiếu không khớp"):
        box.counted(waiting)
    assert not Tally.objects.exists()


def test_a_changed_question_stops_the_count(waiting: Poll) -> None:
    with box.unguarded():
        waiting.questions.filter(number=1).update(text="Một câu khác")
    with pytest.raises(Conflict, match="mã băm không khớp"):
        box.counted(waiting)
    assert not Tally.objects.exists()


def test_a_second_count_is_refused(waiting: Poll) -> None:
    box.counted(waiting)
    waiting.state = PollState.CLOSED
    with pytest.raises(Conflict, match="đã kiểm phiếu xong"):
        box.counted(waiting)


# --- B9: all or nothing ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "step", ["write_result", "_keep_for_recount", "_empty", "_rewrite_roll", "finish_counting"]
)
def test_what_stops_half_way_changes_nothing_and_can_begin_again(
    waiting: Poll, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    before = everything(waiting)
    done = getattr(counting, step)

    def dies(*args: Any, **kwargs: Any) -> None:
        done(*args, **kwargs)
        raise KeyboardInterrupt

    monkeypatch.setattr(counting, step, dies)
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        box.counted(waiting)
    monkeypatch.setattr(counting, step, done)
    assert everything(waiting) == before
    assert not Event.objects.filter(action="ballots.count").exists()
    assert box.counted(waiting).state == PollState.COUNTED


@pytest.mark.django_db(transaction=True)
def test_two_counts_at_once_are_one(tmp_path: Path) -> None:
    with disk.on_disk(tmp_path):
        people = box.people(6)
        poll = box.opened(box.body(), people)
        for person in people:
            box.vote(poll, person, {1: [box.YES]})
        poll = box.closed(poll)
        done = disk.at_once([lambda: box.counted(Poll.objects.get(pk=poll.pk))] * 3)
        assert sum(isinstance(one, Poll) for one in done) == 1, done
        assert sum(isinstance(one, Conflict) for one in done) == 2, done
        assert Receipt.objects.count() == CountedBallot.objects.count() == 6


@pytest.mark.django_db(transaction=True)
def test_after_the_commit_the_tables_are_rewritten(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with disk.on_disk(tmp_path) as file:
        people = box.people(30)
        poll = box.opened(box.body(), people)
        for person in people:
            box.vote(poll, person, {1: [box.YES]})
        poll = box.closed(poll)
        before = _pages(file)
        box.counted(poll)
        assert not caplog.records
        if file:
            assert [path.name for path in file.parent.iterdir() if path.stat().st_size] == [file.name]
        else:
            assert _pages(file) != before  # a table written anew has new files


def _pages(file: Path | None) -> list[str]:
    if file:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relfilenode FROM pg_class WHERE relname IN ('ballots_boxitem', 'ballots_rollentry')"
            " ORDER BY relname"
        )
        return [str(row[0]) for row in cursor.fetchall()]


@pytest.mark.django_db(transaction=True)
def test_a_database_too_busy_to_rewrite_is_told_to_the_log_only(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    reading, let_go = threading.Event(), threading.Event()

    def reads() -> None:
        with transaction.atomic():
            list(BoxItem.objects.all())
            reading.set()
            let_go.wait(20)

    def forgets() -> bool:
        reading.wait(20)
        with connection.cursor() as cursor:
            cursor.execute(_IMPATIENT[connection.vendor])
        done = counting.forget()
        let_go.set()
        return done

    with disk.on_disk(tmp_path):
        assert disk.at_once([reads, forgets]) == [None, False]
    assert "could not be rewritten" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_count_and_an_annulment_owe_nothing_once_the_tables_are_rewritten(tmp_path: Path) -> None:
    with disk.on_disk(tmp_path):
        people = box.people(3)
        polls = [box.opened(box.body(), people) for _ in range(2)]
        for poll in polls:
            box.vote(poll, people[0], {1: [box.YES]})
        box.counted(polls[0])
        actions.annul_poll(actor=box.SYSTEM, poll=polls[1], reason="Sai danh sách", now=box.NOW)
        assert queries.traces_left() is None


def test_what_could_not_be_written_over_stays_owed_until_it_is(
    region: Region, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    people = box.people(3)
    counted, gone = (box.opened(region.bodies["region"], people) for _ in range(2))
    box.counted(counted)  # inside the test's transaction: nothing after the commit happens
    actions.annul_poll(actor=box.SYSTEM, poll=gone, reason="Sai danh sách", now=box.NOW)
    tries: list[bool] = []

    def busy() -> None:
        tries.append(True)
        if len(tries) < 3:
            raise OperationalError("a reader keeps the journal")

    monkeypatch.setattr(counting, "_rewrite_tables", busy)
    done = [counting.forget_what_is_owed() for _ in range(2)]
    assert queries.traces_left() == queries.TracesLeft(2, box.NOW)
    done += [counting.forget_what_is_owed() for _ in range(2)]
    assert (done, len(tries)) == ([False, False, True, True], 3)  # nothing owed, nothing rewritten
    assert queries.traces_left() is None
    assert caplog.text.count("the housekeeping tries again") == 2


def test_what_is_emptied_while_the_tables_are_written_is_still_owed(
    region: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = box.people(3)
    first, second = (box.closed(box.opened(region.bodies["region"], people)) for _ in range(2))
    box.counted(first)
    monkeypatch.setattr(counting, "_rewrite_tables", lambda: box.counted(second))
    counting.forget()
    assert list(queries.with_traces()) == [second]


def test_only_a_secret_ballot_owes_anything(region: Region) -> None:
    box.counted(box.opened(region.bodies["region"], box.people(3), mode=Mode.OPEN))
    assert queries.traces_left() is None


_IMPATIENT = {"postgresql": "SET lock_timeout = '100ms'", "sqlite": "PRAGMA busy_timeout = 100"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps no dead rows for readers")
@pytest.mark.parametrize("database", ["own", "postgres"])
def test_who_began_before_keeps_no_dead_rows(database: str, caplog: pytest.LogCaptureFixture) -> None:
    """A long page over the same database, and a writer in another database of the same server (VACUUM FULL would
    keep what was deleted since for either)."""
    people = box.people(3)
    poll = box.opened(box.body(), people)
    box.vote(poll, people[0], {1: [box.YES]})
    poll = box.closed(poll)
    sealed = {str(row.pk): bytes(row.sealed) for row in [*BoxItem.objects.all(), *KeyShare.objects.all()]}
    assert everywhere(None, sealed) == set(sealed)
    with _neighbour(database) as other:
        other.execute("SELECT pg_current_xact_id()")
        other.execute("SELECT count(*) FROM pg_class")
        box.counted(poll)
        assert everywhere(None, sealed) == set()
    assert not caplog.records


def _neighbour(database: str) -> psycopg.Connection[tuple[object, ...]]:
    at = connection.settings_dict
    return psycopg.connect(
        host=at["HOST"], port=at["PORT"] or 5432, user=at["USER"], password=at["PASSWORD"],
        dbname=at["NAME"] if database == "own" else database,
    )  # fmt: skip


# --- the database, too, refuses half a count --------------------------------------------------------------------


def test_a_poll_is_not_called_counted_with_a_full_box(waiting: Poll) -> None:
    counting.begin_counting(waiting, box.NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Poll.objects.filter(pk=waiting.pk).update(state=PollState.COUNTED)
    counting.write_result(waiting, {number: counting.Counts(5, 3, 3, {1: 3, 2: 0}) for number in (1, 2)})
    with pytest.raises(IntegrityError), transaction.atomic():
        Poll.objects.filter(pk=waiting.pk).update(state=PollState.COUNTED)


def test_a_result_that_differs_from_the_roll_is_refused(region: Region) -> None:
    people = box.people(3)
    poll = box.closed(box.opened(region.bodies["region"], people, mode=Mode.OPEN))
    counting.begin_counting(poll, box.NOW)
    counting.write_result(poll, {1: counting.Counts(3, 1, 1, {1: 1, 2: 0})})
    with pytest.raises(IntegrityError), transaction.atomic():
        Poll.objects.filter(pk=poll.pk).update(state=PollState.COUNTED)


def test_the_published_poll_is_the_one_that_was_frozen(waiting: Poll) -> None:
    poll = box.counted(waiting)
    with box.unguarded():
        poll.questions.filter(number=2).update(text="Một câu khác")
    with pytest.raises(Conflict, match="mã băm"):
        actions.publish_poll(actor=box.SYSTEM, poll=poll, now=box.NOW)
    assert casting.DONE_ALREADY.endswith(".")
