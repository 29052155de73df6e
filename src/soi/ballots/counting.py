"""Kiểm phiếu: opened in memory, shuffled, and written in one transaction that also empties the box.

After it nothing is left that two rows could be matched by: the opened ballots carry random keys and stand in
random order, the roll is written anew in another random order, the sealed items and the key are gone, and the
tables are then rewritten so that not even their empty places remember. What stops half way changes nothing.
"""

from __future__ import annotations

import datetime as dt
import logging
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import DatabaseError, transaction

from soi.ballots import changing, envelopes, keys, permissions, policies, queries, unlocking
from soi.ballots.enums import Mode, PollState, Verb
from soi.ballots.logic.tally import tally
from soi.ballots.models import (
    BoxItem,
    CountedBallot,
    KeyShare,
    Option,
    OptionTally,
    Poll,
    Question,
    Receipt,
    RollEntry,
    Tally,
    Vote,
)
from soi.ballots.queries import turnout
from soi.base.actor import Actor
from soi.base.errors import Conflict
from soi.base.rewriting import Anew, overwrite_deleted, rewrite
from soi.history.actions import record

_RANDOM = secrets.SystemRandom()
_LOG = logging.getLogger(__name__)
_BY_TWO_TELLERS = "Phiếu giấy: hai người trong ban kiểm phiếu nhập số đếm; khi trùng khớp thì có kết quả."
_NOTHING_CHANGED = (
    "Chưa có gì thay đổi. Hãy lập biên bản, giữ nguyên hệ thống và báo người quản trị; "
    "nếu không tìm ra nguyên nhân thì hủy cuộc bỏ phiếu và bỏ phiếu lại."
)


@dataclass(frozen=True, slots=True)
class Counts:
    """Số phiếu của một câu: issued, returned, valid, and by number of option."""

    issued: int
    returned: int
    valid: int
    votes: Mapping[int, int]


@dataclass(slots=True)
class _Opened:
    """Hòm đã mở, in memory: choices by question, receipts; ``items`` is how many lay in the box."""

    choices: dict[int, list[list[int]]] = field(default_factory=dict)
    receipts: list[str] = field(default_factory=list)
    items: int = 0


def count_poll(
    *, actor: Actor, poll: Poll, now: dt.datetime, passphrases: Mapping[int, str] | None = None
) -> Poll:
    """Kiểm phiếu. ``passphrases``: of a secret ballot, by number of teller, of exactly two of them."""
    permissions.check_can_count(actor, poll)
    current = Poll.objects.get(pk=poll.pk)
    policies.next_state(current.state, Verb.COUNT)
    if current.mode == Mode.PAPER:
        raise Conflict(_BY_TWO_TELLERS)
    if current.mode == Mode.OPEN:
        return _settle(actor, current, _named(current), now)
    private = unlocking.private_key(actor, current, passphrases, now)
    return _settle(actor, current, _open_box(current, private), now)


# --- in memory ---------------------------------------------------------------------------------------------


def _questions(poll: Poll) -> list[Question]:
    return list(Question.objects.filter(poll=poll).order_by("number").prefetch_related("options"))


def _named(poll: Poll) -> _Opened:
    opened = _Opened({question.pk: [] for question in _questions(poll)})
    for question, choices in Vote.objects.filter(poll=poll).values_list("question_id", "choices"):
        opened.choices[question].append(choices)
    return opened


def _open_box(poll: Poll, private: bytes) -> _Opened:
    items = BoxItem.objects.filter(poll=poll).values_list("question_id", "sealed")
    rows = [(question, bytes(sealed)) for question, sealed in items]
    if len({sealed for _, sealed in rows}) != len(rows):
        raise Conflict(f"Trong hòm có phiếu bị chép lại. {_NOTHING_CHANGED}")
    numbers = {question.pk: question.number for question in _questions(poll)}
    opened = _Opened({question: [] for question in numbers}, items=len(rows))
    try:
        contents = keys.unseal(private, [sealed for _, sealed in rows])
        for (question, _), content in zip(rows, contents, strict=True):
            if question is None:
                opened.receipts.append(envelopes.code_of(content, poll.pk))
            else:
                opened.choices[question].append(envelopes.choices_of(content, poll.pk, numbers[question]))
    except ValueError as error:
        raise Conflict(f"Trong hòm có phiếu không thuộc cuộc bỏ phiếu này. {_NOTHING_CHANGED}") from error
    return _shuffled(opened)


def shuffle(items: list[Any]) -> None:
    """Xáo trộn, from the randomness of the system."""
    _RANDOM.shuffle(items)


def _shuffled(opened: _Opened) -> _Opened:
    """Each question by itself: the answers of one voter to two questions part here."""
    for ballots in opened.choices.values():
        shuffle(ballots)
    shuffle(opened.receipts)
    return opened


# --- in one transaction --------------------------------------------------------------------------------------


@transaction.atomic
def _settle(actor: Actor, poll: Poll, opened: _Opened, now: dt.datetime) -> Poll:
    current = changing.fresh(poll)
    policies.next_state(current.state, Verb.COUNT)
    changing.check_as_frozen(current)
    cast, roll = turnout(current)
    _check_adds_up(current, opened, cast)
    counts = {
        question.number: _counted(question, opened.choices[question.pk], roll)
        for question in _questions(current)
    }
    begin_counting(current, now)
    write_result(current, counts)
    if current.mode == Mode.SECRET:
        _keep_for_recount(current, opened)
        _empty(current, now)
        _rewrite_roll(current)
        transaction.on_commit(forget, robust=True)
    return finish_counting(actor, current, now)


def begin_counting(poll: Poll, now: dt.datetime) -> None:
    """Bắt đầu ghi kết quả: from here to ``finish_counting`` the database lets results in and the box out."""
    poll.counted_at = now
    poll.save(update_fields=["counted_at"])


def finish_counting(actor: Actor, poll: Poll, now: dt.datetime) -> Poll:
    """Ghi xong, with the one event: the database refuses where a result is missing or the box is not empty."""
    poll.state = policies.next_state(poll.state, Verb.COUNT)
    changing.save(poll, "state")
    cast, roll = turnout(poll)
    record(
        actor=actor, action="ballots.count", subject=poll, now=now, frozen_hash=poll.frozen_hash,
        cast=cast, roll=roll,
    )  # fmt: skip
    return poll


def write_result(poll: Poll, counts: Mapping[int, Counts]) -> None:
    """Ghi số phiếu của từng câu, by number of question; between ``begin_counting`` and ``finish_counting``."""
    for question in _questions(poll):
        one = counts[question.number]
        Tally.objects.create(question=question, issued=one.issued, returned=one.returned, valid=one.valid)
        OptionTally.objects.bulk_create(
            OptionTally(option=option, votes=one.votes[option.number]) for option in _options(question)
        )


def _options(question: Question) -> Sequence[Option]:
    return list(question.options.all())


def _counted(question: Question, ballots: Iterable[Sequence[int]], roll: int) -> Counts:
    numbers = [option.number for option in _options(question)]
    found = tally(question.kind, numbers, question.seats, ballots)
    return Counts(issued=roll, returned=found.returned, valid=found.valid, votes=found.votes)


def _check_adds_up(poll: Poll, opened: _Opened, cast: int) -> None:
    """As many ballots to each question, and receipts, as marks on the roll; and nothing came or went meanwhile."""
    found = Counter({question: len(ballots) for question, ballots in opened.choices.items()})
    secret = poll.mode == Mode.SECRET
    receipts_differ = secret and (
        len(set(opened.receipts)) != cast or BoxItem.objects.filter(poll=poll).count() != opened.items
    )
    if receipts_differ or any(number != cast for number in found.values()):
        raise Conflict(
            f"Số phiếu không khớp: danh sách ghi {cast} người đã bỏ phiếu, nhưng từng câu có "
            f"{', '.join(str(number) for number in found.values())} phiếu"
            + (f" và {len(set(opened.receipts))} mã phiếu" if secret else "")
            + f". {_NOTHING_CHANGED}"
        )


def _keep_for_recount(poll: Poll, opened: _Opened) -> None:
    """The opened ballots and receipts: random keys, and rows of all questions mixed."""
    rows = [
        CountedBallot(id=secrets.token_hex(16), question_id=question, choices=choices)
        for question, ballots in opened.choices.items()
        for choices in ballots
    ]
    shuffle(rows)
    CountedBallot.objects.bulk_create(rows)
    Receipt.objects.bulk_create(Receipt(poll=poll, code=code) for code in opened.receipts)


def _empty(poll: Poll, now: dt.datetime) -> None:
    """Hủy phiếu niêm phong và khóa; that their places are still to be written over is kept with it."""
    overwrite_deleted()
    BoxItem.objects.filter(poll=poll).delete()
    KeyShare.objects.filter(poll=poll).delete()
    Poll.objects.filter(pk=poll.pk).update(traces_since=now)


def _rewrite_roll(poll: Poll) -> None:
    """Chép lại danh sách in random order: before, the place and transaction of each row told who voted when."""
    rows = [
        RollEntry(poll=poll, person_id=person, cast=cast)
        for person, cast in RollEntry.objects.filter(poll=poll).values_list("person_id", "cast")
    ]
    shuffle(rows)
    RollEntry.objects.filter(poll=poll).delete()
    RollEntry.objects.bulk_create(rows)


# --- after the commit ------------------------------------------------------------------------------------------


def forget() -> bool:
    """Xóa dấu vết: rewrite the tables that rows were deleted from; False when the database was too busy.

    A count stands without it: what is left in empty places is sealed to a key that is gone. What is owed stays
    noted on the poll until it is done.
    """
    try:
        # Whatever is emptied while the tables are written is owed again.
        owed = list(queries.with_traces().values_list("pk", flat=True))
        _rewrite_tables()
        Poll.objects.filter(pk__in=owed).update(traces_since=None)
    except DatabaseError:
        _LOG.warning(
            "the tables of the ballots could not be rewritten; the housekeeping tries again", exc_info=True
        )
        return False
    return True


def forget_what_is_owed() -> bool:
    """Xóa nốt dấu vết: the housekeeping's part; True when nothing is owed any more."""
    return not queries.with_traces().exists() or forget()


def _rewrite_tables() -> None:
    rewrite(_ANEW)


_ANEW = (
    Anew(BoxItem, "sealed", "bytea", "sealed || ''::bytea"),
    Anew(KeyShare, "sealed", "bytea", "sealed || ''::bytea"),
    Anew(RollEntry, "cast", "boolean", """CASE WHEN "cast" THEN true ELSE false END"""),
    Anew(CountedBallot, "choices", "jsonb", "choices #> '{}'"),
)


def destroy(poll: Poll, now: dt.datetime) -> None:
    """Hủy hòm phiếu chưa mở của một cuộc bỏ phiếu đã hủy: nobody will ever read what lay in it."""
    if poll.state != PollState.ANNULLED:
        raise RuntimeError("only the box of an annulled poll is destroyed unopened")
    _empty(poll, now)
    transaction.on_commit(forget, robust=True)
