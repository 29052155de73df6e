"""Bỏ phiếu: one mark on the roll and one sealed item a question, in one transaction that keeps no time and no order.

Nothing is read from the roll beforehand: of any number of tries at once the database lets exactly one change the
mark. A secret ballot leaves no event in the history: the event would stand in order, with a time and a name.
"""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from soi.ballots import envelopes, keys, permissions, policies
from soi.ballots.enums import Mode, PollState, Verb
from soi.ballots.models import BoxItem, Option, Poll, Question, RollEntry, Vote
from soi.base.actor import Actor
from soi.base.errors import Conflict
from soi.history.actions import record

DONE_ALREADY = "Phiếu của đồng chí đã được ghi nhận."
ON_PAPER = "Cuộc bỏ phiếu này dùng phiếu giấy: hãy bỏ phiếu vào hòm phiếu tại chỗ."
# The first of the two numbers of PostgreSQL's advisory locks; the second is the poll.
_BOX = 0x501E_B0


@dataclass(frozen=True, slots=True)
class Cast:
    """Đã bỏ phiếu; the receipt of a secret ballot is shown once and kept nowhere in the clear."""

    receipt: str | None


# Key, poll, question (None: the receipt), and what is sealed.
_Item = tuple[str, int, int | None, bytes]


@dataclass(frozen=True, slots=True)
class _Asked:
    pk: int
    kind: str
    seats: int | None
    options: list[int]


def cast(*, actor: Actor, poll: Poll, answers: Mapping[int, Sequence[int]], now: dt.datetime) -> Cast:
    """Bỏ phiếu. ``answers``: by number of question the numbers of the options chosen; none means blank.

    ``now`` counts for a vote by name only: of a secret one no time is kept.
    """
    person = permissions.voter_of(actor)
    if poll.mode == Mode.PAPER:
        raise Conflict(ON_PAPER)
    asked = _asked(poll)
    policies.check_answers({no: (one.kind, one.seats, one.options) for no, one in asked.items()}, answers)
    if poll.mode == Mode.OPEN:
        return _cast_by_name(actor, poll, {one.pk: answers.get(no, ()) for no, one in asked.items()}, now)
    # An unopened draft has no key to seal to.
    policies.next_state(poll.state, Verb.CAST)
    code = envelopes.new_receipt()
    items = _sealed_items(poll, asked, answers, code)
    with transaction.atomic():
        _mark(actor, poll, person)
        _insert(_INTO_BOX, items)
    return Cast(code)


@transaction.atomic
def _cast_by_name(actor: Actor, poll: Poll, choices: Mapping[int, Sequence[int]], now: dt.datetime) -> Cast:
    person = permissions.voter_of(actor)
    _mark(actor, poll, person)
    votes = [(poll.pk, question, person, json.dumps(sorted(marks))) for question, marks in choices.items()]
    _insert(_INTO_VOTES, votes)
    record(actor=actor, action="ballots.cast", subject=poll, now=now)
    return Cast(None)


# Composing these anew takes Django longer than the database takes to answer, and in the worst minute of a
# conference everybody votes at once.
_ASKED = (
    f"SELECT q.id, q.number, q.kind, q.seats, o.number FROM {Question._meta.db_table} q"  # noqa: S608
    f" JOIN {Option._meta.db_table} o ON o.question_id = q.id WHERE q.poll_id = %s ORDER BY q.number, o.number"
)
_MARK = (
    f'UPDATE {RollEntry._meta.db_table} SET "cast" = %s WHERE poll_id = %s AND person_id = %s AND NOT "cast"'  # noqa: S608
    f" AND EXISTS (SELECT 1 FROM {Poll._meta.db_table} p WHERE p.id = %s AND p.state = %s)"
)
_INTO_VOTES = f"INSERT INTO {Vote._meta.db_table} (poll_id, question_id, person_id, choices) VALUES "  # noqa: S608
_INTO_BOX = f"INSERT INTO {BoxItem._meta.db_table} (id, poll_id, question_id, sealed) VALUES "  # noqa: S608


def _asked(poll: Poll) -> dict[int, _Asked]:
    """The questions by number, with the numbers of their options: one query."""
    asked: dict[int, _Asked] = {}
    with connection.cursor() as cursor:
        cursor.execute(_ASKED, [poll.pk])
        for pk, number, kind, seats, option in cursor.fetchall():
            asked.setdefault(number, _Asked(pk, kind, seats, [])).options.append(option)
    return asked


def _sealed_items(
    poll: Poll, asked: Mapping[int, _Asked], answers: Mapping[int, Sequence[int]], code: str
) -> list[_Item]:
    contents: dict[int | None, bytes] = {
        one.pk: envelopes.answer(poll.pk, number, answers.get(number, ())) for number, one in asked.items()
    }
    contents[None] = envelopes.receipt(poll.pk, code)
    sealed = keys.seal(poll.public_key, contents.values())
    items = [
        (secrets.token_hex(16), poll.pk, question, item)
        for question, item in zip(contents, sealed, strict=True)
    ]
    # Written in the order of random keys, so that the place of a row does not tell the receipt apart.
    return sorted(items, key=lambda item: item[0])


def _insert(into: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """One INSERT of all of them, of four columns each."""
    with connection.cursor() as cursor:
        values = ", ".join(["(%s, %s, %s, %s)"] * len(rows))
        cursor.execute(into + values, [part for row in rows for part in row])


def _mark(actor: Actor, poll: Poll, person: int) -> None:
    """Đánh dấu đã bỏ phiếu: exactly one row, of an open poll, that was not marked; else the reason why not."""
    hold_box(poll.pk, alone=False)
    with connection.cursor() as cursor:
        cursor.execute(_MARK, [True, poll.pk, person, poll.pk, PollState.OPEN.value])
        marked = cursor.rowcount
    if marked != 1:
        permissions.check_sees(actor, poll)
        policies.next_state(Poll.objects.values_list("state", flat=True).get(pk=poll.pk), Verb.CAST)
        permissions.check_on_roll(actor, poll)
        raise Conflict(DONE_ALREADY)


def hold_box(poll_pk: int, *, alone: bool) -> None:
    """Giữ hòm phiếu until the transaction ends: voters together, whoever closes alone.

    So no ballot is on its way when a poll is closed. PostgreSQL's advisory locks queue fairly and write nothing
    to disk; on SQLite the write transaction itself is the turn.
    """
    if connection.vendor != "postgresql":
        return
    lock = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(%s, %s)", [_BOX, poll_pk & 0x7FFF_FFFF])
