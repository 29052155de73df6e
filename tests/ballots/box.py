"""Một cuộc bỏ phiếu thật, through the actions: opened, voted, closed, counted; and the guards off for a moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import pytest
from django.core.cache import cache
from django.db import connection
from nacl.pwhash import argon2id

from soi.ballots import actions, casting, counting, keys, queries, triggers
from soi.ballots.actions import NewQuestion
from soi.ballots.enums import Denominator, Majority, Mode, PollState, QuestionKind
from soi.ballots.models import Poll, Teller
from soi.base.actor import Actor
from soi.org.enums import Classification
from soi.org.models import Organization, Person

TODAY = dt.date(2021, 12, 1)
NOW = dt.datetime(2021, 12, 1, 1, 30, tzinfo=dt.UTC)
CHEAP = (argon2id.OPSLIMIT_MIN, argon2id.MEMLIMIT_MIN)
WORDS = ("sông dài cá lội", "núi cao chim bay", "đồng rộng lúa xanh", "biển lặng trời trong")
YES, NO = 1, 2
SYSTEM = Actor(user_id=None, person_id=None, label="Cài đặt", today=TODAY, is_system=True, via="cli")
QUESTION = NewQuestion(QuestionKind.YES_NO, "Thông qua nghị quyết")
LEVELS = NewQuestion(QuestionKind.LEVELS, "Xếp loại Chi bộ Một", ("Xuất sắc", "Tốt", "Hoàn thành"))
ELECTION = NewQuestion(QuestionKind.ELECT, "Bầu ban chấp hành", ("Ông An", "Bà Bình", "Ông Cường"), seats=2)


@contextmanager
def unguarded() -> Iterator[None]:
    """The triggers of this room out of the way: for rows that no action could have written."""
    _run([sql for one in triggers.TRIGGERS for sql in one.drop_sql(connection.vendor)])
    try:
        yield
    finally:
        _run([sql for one in triggers.TRIGGERS for sql in one.create_sql(connection.vendor)])


def _run(statements: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keys that open quickly, and no tries left over from another test."""
    monkeypatch.setattr(keys, "COST", CHEAP)
    cache.clear()
    yield
    cache.clear()


def body() -> Organization:
    """A body of its own, for tests over a database file, where building a whole region takes too long."""
    return Organization.objects.create(
        name="Chi bộ Một", classification=Classification.PARTY_CELL, start=dt.date(2015, 1, 1), sort_key="a"
    )


def people(count: int) -> list[Person]:
    """So many invented people, without posts."""
    names = [f"Nguyễn Văn Thử {number}" for number in range(1, count + 1)]
    return Person.objects.bulk_create(Person(name=name, sort_key=name, search_key=name) for name in names)


def voter(person: Person) -> Actor:
    """Whoever signs in as this person."""
    return Actor(user_id=None, person_id=person.pk, label=person.name, today=TODAY)


def draft(
    organization: Organization,
    *questions: NewQuestion,
    mode: Mode = Mode.SECRET,
    tellers: Sequence[Person] = (),
) -> Poll:
    """A draft with its tellers."""
    poll = actions.draft_poll(
        actor=SYSTEM, organization=organization, title="Bỏ phiếu thử", mode=mode,
        questions=questions or (QUESTION,), denominator=Denominator.PRESENT, majority=Majority.HALF, now=NOW,
    )  # fmt: skip
    if tellers:
        actions.name_tellers(actor=SYSTEM, poll=poll, people=tellers, head=tellers[0], now=NOW)
        poll.refresh_from_db()
    return poll


def words_of(poll: Poll) -> dict[int, str]:
    """Each teller's passphrase."""
    tellers = Teller.objects.filter(poll=poll).order_by("pk").values_list("pk", flat=True)
    return dict(zip(tellers, WORDS, strict=False))


def opened(
    organization: Organization, voters: Sequence[Person], *questions: NewQuestion, mode: Mode = Mode.SECRET,
    tellers: Sequence[Person] = (),
) -> Poll:  # fmt: skip
    """An open poll; the first two voters are its tellers where it needs any."""
    named = tellers or (() if mode == Mode.OPEN else voters[:2])
    poll = draft(organization, *questions, mode=mode, tellers=named)
    return actions.open_poll(
        actor=SYSTEM, poll=poll, roll=[person.pk for person in voters], summoned=len(voters),
        present=len(voters), now=NOW, passphrases=words_of(poll),
    )  # fmt: skip


def vote(
    poll: Poll, person: Person, answers: Mapping[int, Sequence[int]], now: dt.datetime = NOW
) -> str | None:
    """One ballot; its receipt."""
    return casting.cast(actor=voter(person), poll=poll, answers=answers, now=now).receipt


def closed(poll: Poll) -> Poll:
    """Closed."""
    return actions.close_poll(actor=SYSTEM, poll=poll, now=NOW)


def counted(poll: Poll) -> Poll:
    """Closed where it is not yet, and counted by its first two tellers."""
    if poll.state == PollState.OPEN:
        poll = closed(poll)
    if poll.mode == Mode.OPEN:
        return counting.count_poll(actor=SYSTEM, poll=poll, now=NOW)
    two = dict(list(words_of(poll).items())[:2])
    teller = queries.tellers_of(poll).get(pk=next(iter(two)))
    return counting.count_poll(actor=voter(teller.person), poll=poll, now=NOW, passphrases=two)
