"""B7: hai thế giới chỉ khác nhau ở chỗ ai chọn gì: until the count nobody tells them apart, nor a thief of the disk.

The same people vote in the same order, with the same coins (every random choice of the server falls alike); only what
they choose differs. Compared: every answer of the server to every kind of reader, every table, every line of the
log, the sizes of files and journals. After the count the worlds differ in their sums only; two worlds with the same
sums do not differ at all.
"""

# ruff: noqa: S311, S608  (coins that fall alike; the names of tables are the database's own)

from __future__ import annotations

import datetime as dt
import io
import logging
import os
import random
import re
import secrets
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from soi.ballots import actions, counting, keys
from soi.ballots.models import Poll
from soi.base import triggers
from tests.ballots import box, disk
from tests.factories import Region, build_region

pytestmark = [
    pytest.mark.usefixtures("cheap"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
]

FULL = bool(os.environ.get("SOI_TEST_FULL"))
Choices = Sequence[tuple[tuple[int, ...], tuple[int, ...]]]
# Nine of ten vote; a blank and an invalid ballot among them. The second world has other sums; the third has the
# choices of the first, dealt to other people.
FIRST: Choices = [
    ((1,), (1, 2)), ((1,), (1,)), ((2,), (2, 3)), ((), ()), ((1,), (3,)), ((1,), (1, 2)), ((2,), ()), ((1,), (2,)),
    ((1,), (1, 3)),
]  # fmt: skip
OTHER: Choices = [((2,), (3,))] * 7 + [((), ()), ((1,), (1, 2))]
DEALT: Choices = [*FIRST[4:], *FIRST[:4]]
PAIR = keys.new_pair()
# Sealed with randomness that libsodium draws by itself: of these the length tells enough.
BY_LENGTH = {
    ("ballots_boxitem", "sealed"), ("ballots_keyshare", "sealed"), ("ballots_keyshare", "salt"),
}  # fmt: skip
# Of sessions the contents are not choices of a ballot but times; that nothing of one is in them is asked below.
UNLIKE = {("django_session", "session_data")}
PAGES = ("poll_detail", "poll_voting", "poll_counting", "poll_record_docx")
SUMS = {"ballots_tally", "ballots_optiontally", "ballots_countedballot"}
_TIME = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?(\+00:00|Z)?")
_CLOCK = re.compile(r"\d\d:\d\d(:\d\d)?")
_ONCE = re.compile(r'nonce="[^"]*"|nonce-[\w+/=-]+')
_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")


@dataclass
class World:
    """Những gì một thế giới để lại, stage by stage."""

    answers: dict[str, object] = field(default_factory=dict)
    tables: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    sizes: list[object] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    sums: dict[int, dict[int, int]] = field(default_factory=dict)


def test_before_the_count_two_worlds_are_one_and_after_it_they_differ_in_sums_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, other, dealt = (
        lived(choices, tmp_path / name, monkeypatch)
        for name, choices in (("first", FIRST), ("other", OTHER), ("dealt", DEALT))
    )
    assert first.sums == dealt.sums != other.sums, "else nothing was tried"
    before = ("half", "voted", "closed")
    for world in (other, dealt):
        for stage in before:
            same(first.tables[stage], world.tables[stage], stage)
        asked = [name for name in first.answers if name.split()[0] in {*before, "vote"}]
        same(
            {name: first.answers[name] for name in asked},
            {name: world.answers[name] for name in asked},
            "answers",
        )
        assert first.sizes == world.sizes
        assert first.log == world.log
    for stage in ("counted", "published"):
        differs = {
            name for name in first.tables[stage] if first.tables[stage][name] != other.tables[stage][name]
        }
        assert differs == SUMS
        same(first.tables[stage], dealt.tables[stage], stage)
    same(first.answers, dealt.answers, "answers after the count")
    shown = [name for name in first.answers if first.answers[name] != other.answers[name]]
    assert shown, "the result is to be seen in the end"
    assert {name.split()[0] for name in shown} <= {"counted", "published"}


def same(one: Mapping[str, object], two: Mapping[str, object], where: str) -> None:
    assert one.keys() == two.keys()
    differs = {name: (one[name], two[name]) for name in one if one[name] != two[name]}
    assert not differs, (where, {name: first_difference(*both) for name, both in differs.items()})


def first_difference(one: Any, two: Any) -> object:
    if isinstance(one, list) and isinstance(two, list):
        return [(a, b) for a, b in zip(one, two, strict=False) if a != b][:3] or (len(one), len(two))
    texts = str(one), str(two)
    place = next((at for at, (a, b) in enumerate(zip(*texts, strict=False)) if a != b), 0)
    return tuple(text[max(0, place - 80) : place + 80] for text in texts)


# --- a world ---------------------------------------------------------------------------------------------------


def lived(choices: Choices, directory: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """Everything from the founding to the publication, through the pages where there are pages."""
    directory.mkdir()
    world = World()
    with disk.on_disk(directory) as file, the_same_coins(monkeypatch), listening(world):
        fresh_start(file)
        region = build_region(box.NOW)
        voters = [region.people[key] for key in list(region.people)[:10]]
        poll = box.opened(region.bodies["region"], voters, box.QUESTION, box.ELECTION)
        with watched_sizes(file, world, monkeypatch):
            for place, (person, marks) in enumerate(zip(voters, choices, strict=False)):
                world.answers[f"vote {place}"] = vote(region, username_of(region, person.pk), poll, marks)
                if place == len(choices) // 2:
                    look(world, "half", region, poll)
            look(world, "voted", region, poll)
            poll = box.closed(poll)
            look(world, "closed", region, poll)
        # From here on the log may name what is public anyway.
        heard = list(world.log)
        poll = box.counted(poll)
        look(world, "counted", region, poll)
        actions.publish_poll(actor=box.SYSTEM, poll=poll, now=box.NOW)
        look(world, "published", region, poll)
        world.log[:] = heard
        world.sums = {
            question.number: {row.number: row.tally.votes for row in question.options.all()}
            for question in poll.questions.all()
        }
    return world


def fresh_start(file: Path | None) -> None:
    """Keys of rows begin with one in every world; on SQLite each has a file of its own."""
    cache.clear()
    if file:
        return
    triggers.remove(connection)
    call_command("flush", verbosity=0, interactive=False, reset_sequences=True)
    triggers.install(connection)


@contextmanager
def the_same_coins(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Receipts, keys of rows, sessions and shuffles fall alike in every world."""
    coins = random.Random(7)
    with monkeypatch.context() as patch:
        patch.setattr(secrets, "token_hex", lambda size=16: coins.randbytes(size).hex())
        patch.setattr(secrets, "choice", coins.choice)
        patch.setattr(counting, "shuffle", coins.shuffle)
        patch.setattr(keys, "new_pair", lambda: PAIR)
        yield


@contextmanager
def listening(world: World) -> Iterator[None]:
    """Every line that any part would write to a log, at the most talkative level."""

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            world.log.append(f"{record.name} {record.levelname} {without_chance(record.getMessage())}")

    root, ear = logging.getLogger(), Ear()
    level = root.level
    root.addHandler(ear)
    root.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        root.setLevel(level)
        root.removeHandler(ear)


@contextmanager
def watched_sizes(file: Path | None, world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """SQLite: database and journals in the moment before each commit; PostgreSQL: the tables of the ballots."""
    commit: Callable[[], None] = connection._commit  # type: ignore[attr-defined]  (not in the stubs)

    def measured() -> None:
        if file:
            world.sizes.append({path.name: path.stat().st_size for path in file.parent.glob("soi.sqlite3*")})
        commit()

    with monkeypatch.context() as patch:
        patch.setattr(connection, "_commit", measured, raising=False)
        yield
    if not file:
        world.sizes.append(rows("SELECT relname, pg_relation_size(oid) FROM pg_class WHERE relname LIKE 'ballots%%'"
                                " AND relkind = 'r' ORDER BY relname"))  # fmt: skip


def vote(region: Region, username: str, poll: Poll, marks: tuple[tuple[int, ...], ...]) -> object:
    """By the pages: the ballot is opened, cast, and cast once more."""
    client = signed_in(region, username)
    path = reverse("poll_voting", args=[poll.pk])
    form = {"step": "cast", **{f"q{number}": list(chosen) for number, chosen in enumerate(marks, start=1)}}
    told = [page(client.get(path)), page(client.post(path, form)), page(client.post(path, form))]
    # The time of a session is its own; nothing of a ballot, not even for a moment, lies in it.
    assert {name for name, _ in client.session.items() if not name.startswith("_")} <= {"started", "seen"}
    return told


def look(world: World, stage: str, region: Region, poll: Poll) -> None:
    """What everybody is answered, and then what lies in the database."""
    paths = [
        reverse("my_work"), reverse("poll_list"), reverse("notice_list"),
        *(reverse(name, args=[poll.pk]) for name in PAGES),
    ]  # fmt: skip
    people = list(region.people)
    # Who has voted, a teller, who has not voted; in the full size who is not on the roll, and a stranger.
    for who in (people[1], people[0], people[9], *((people[-1], "") if FULL else ())):
        client = signed_in(region, who) if who else Client()
        for path in paths:
            world.answers[f"{stage} {who} {path}"] = page(client.get(path))
    world.tables[stage] = {name: table(name) for name in connection.introspection.table_names()}


def username_of(region: Region, person: int) -> str:
    return next(name for name, one in region.people.items() if one.pk == person)


def signed_in(region: Region, username: str) -> Client:
    client = Client()
    client.force_login(region.users[username])
    return client


def page(answer: Any) -> object:
    """Status, header and body without what is drawn anew for every answer; a Word file by its parts."""
    headers = sorted(
        (name, without_chance(value)) for name, value in answer.headers.items() if name != "Date"
    )
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            told = {
                name: without_chance(parts.read(name).decode(errors="replace")) for name in parts.namelist()
            }
        # Packed, the time of making changes the length.
        return answer.status_code, [one for one in headers if one[0] != "Content-Length"], told
    return answer.status_code, headers, without_chance(body.decode())


def without_chance(text: str) -> str:
    return _DIGEST.sub("digest", _CLOCK.sub("clock", _TIME.sub("time", _ONCE.sub("nonce", text))))


def rows(sql: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def table(name: str) -> list[str]:
    """Every row, sorted: places of rows are asked about in ``test_attacks``."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
        columns = [column[0] for column in cursor.description]
        found = [
            [value(name, column, one) for column, one in zip(columns, row, strict=True)] for row in cursor
        ]
    if name == "ballots_countedballot":
        # The shuffle deals the choices to the rows: which row has which is chance, how many of each is the result.
        place = columns.index("choices")
        choices = sorted(row.pop(place) for row in found)
        return sorted(map(str, found)) + choices
    return sorted(map(str, found))


def value(name: str, column: str, one: object) -> str:
    if (name, column) in UNLIKE:
        return "..."
    if (name, column) in BY_LENGTH:
        return f"{len(bytes(one))} bytes"  # type: ignore[call-overload]
    if isinstance(one, dt.datetime):
        return "time"
    return without_chance(bytes(one).hex() if isinstance(one, bytes | memoryview) else str(one))
