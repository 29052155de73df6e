"""Events in the database: written with the change or not at all, never changed, read as they were hashed."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from soi.access.enums import Duty
from soi.base.actor import Actor, Capability, Grant
from soi.history import actions, queries
from soi.history.actions import record, seal_pending
from soi.history.logic import GENESIS, payload_hash
from soi.history.models import Event, Payload, Seal
from soi.history.queries import Head, head, parse_head, verify
from soi.org.models import Person

MOMENT = dt.datetime(2021, 11, 22, 8, 30, 15, 123456, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture
def person(db: None) -> Person:
    return Person.objects.create(name="Lê Văn Thử", sort_key="", search_key="")


def add(actor: Actor, subject: Person, **facts: object) -> Event:
    with transaction.atomic():
        return record(actor=actor, action="org.try", subject=subject, now=MOMENT, **facts)


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_recording_is_refused(system: Actor) -> None:
    subject = Person(pk=1, name="Lê Văn Thử")
    with pytest.raises(RuntimeError, match="inside the transaction"):
        record(actor=system, action="org.try", subject=subject, now=MOMENT)
    assert not Event.objects.exists()


def test_a_change_that_is_rolled_back_leaves_no_event(system: Actor, person: Person) -> None:
    def change() -> None:
        with transaction.atomic():
            add(system, person)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change()
    assert not Event.objects.exists()
    assert not Payload.objects.exists()


def test_the_event_says_who_when_and_on_whose_behalf(person: Person) -> None:
    lent = Grant(Capability.VERIFY, 1, whole_tree=True, post_id=3, on_behalf_of="Đỗ Thị Mẫu")
    own = Grant(Capability.RECORD, 1, whole_tree=True, post_id=4)
    actor = Actor(7, 8, "Ngô Văn Kiểm", dt.date(2021, 11, 22), grants=(lent, own), via="intake")
    with transaction.atomic():
        by_delegation = record(actor=actor, action="a.b", subject=person, now=MOMENT, using=Capability.VERIFY)
        by_post = record(actor=actor, action="a.b", subject=person, now=MOMENT, using=Capability.RECORD)
    assert (by_delegation.actor_id, by_delegation.person_id, by_delegation.via) == (7, 8, "intake")
    assert (by_delegation.on_behalf_of, by_post.on_behalf_of) == ("Đỗ Thị Mẫu", "")
    assert (by_delegation.subject_type, by_delegation.subject_id) == ("org.person", person.pk)


@pytest.mark.parametrize(
    ("fact", "stored"),
    [
        (dt.date(2021, 11, 22), "2021-11-22"),
        (MOMENT, "2021-11-22 08:30:15.123456+07:00"),
        (Decimal("2.50"), "2.50"),
        (0.1, "0.1"),
        (None, None),
        (True, True),
        (2**53 + 1, 2**53 + 1),
        (Duty.CLERK, "clerk"),
        ("Ðảng u\u0309y\x00\u200b", "Đảng ủy"),
        ({10: "mười", 9: "chín", "a": 1}, {"10": "mười", "9": "chín", "a": 1}),
        ({3, 1, 2}, [1, 2, 3]),
        ([dt.date(2021, 1, 1), ("x", None)], ["2021-01-01", ["x", None]]),
        ({"b": {"z": 1, "a": 2}}, {"b": {"z": 1, "a": 2}}),
    ],
)
def test_facts_are_read_back_as_they_were_hashed(
    system: Actor, person: Person, fact: object, stored: object
) -> None:
    event = Event.objects.select_related("payload").get(pk=add(system, person, fact=fact).pk)
    assert event.payload.facts == {"fact": stored}
    assert payload_hash(event.payload.facts, event.payload.salt) == event.payload_hash
    seal_pending()
    assert verify() == []


def test_records_are_kept_by_number_and_name(system: Actor, person: Person) -> None:
    event = add(system, person, person=person, people=[person])
    named = {"id": person.pk, "label": "Lê Văn Thử"}
    assert Payload.objects.get(event=event).facts == {"person": named, "people": [named]}


def test_the_time_is_hashed_alike_before_and_after_storing(system: Actor, person: Person) -> None:
    for moment in (MOMENT, MOMENT.replace(microsecond=0), MOMENT.astimezone(dt.UTC)):
        with transaction.atomic():
            event = record(actor=system, action="a.b", subject=person, now=moment)
        assert Event.objects.get(pk=event.pk).as_chained() == event.as_chained()


def test_sealing_chains_what_is_new_and_only_that(system: Actor, person: Person) -> None:
    assert head() == Head(0, GENESIS)
    first, second = add(system, person), add(system, person)
    assert (seal_pending(), seal_pending()) == (2, 0)
    third = add(system, person)
    assert seal_pending(recent_only=True) == 1
    assert list(Seal.objects.values_list("seq", "event_id")) == [(1, first.pk), (2, second.pk), (3, third.pk)]
    assert verify(head()) == []


def test_sealing_goes_on_until_nothing_is_left(system: Actor, person: Person) -> None:
    for _ in range(7):
        add(system, person)
    assert seal_pending(at_once=3) == 7
    assert verify(head()) == []


def test_an_event_that_commits_late_is_sealed_behind_the_others(system: Actor, person: Person) -> None:
    early, late = add(system, person), add(system, person)
    Event.objects.bulk_create([Event(**{**values(early), "id": late.pk + 1000})])
    seal_pending()
    between = Event.objects.bulk_create([Event(**{**values(early), "id": late.pk + 500})])[0]
    assert seal_pending(recent_only=True) == 1
    assert Seal.objects.get(event=between).seq == 4
    assert verify(head()) == []


def values(event: Event) -> dict[str, object]:
    return {field.attname: getattr(event, field.attname) for field in event._meta.local_fields}


def test_sealing_when_idle_asks_little(
    system: Actor, person: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    add(system, person)
    seal_pending()
    # last seal, newest number, pending events; savepoint around; on PostgreSQL also the lock
    with django_assert_num_queries(6 if connection.vendor == "postgresql" else 5):
        assert seal_pending(recent_only=True) == 0


# --- append only, by the database itself ---------------------------------------------------------------


@pytest.mark.parametrize("table", ["event", "seal", "payload"])
def test_raw_sql_cannot_change_history(system: Actor, person: Person, table: str) -> None:
    add(system, person)
    seal_pending()
    column = {"event": "actor_label", "seal": "digest", "payload": "salt"}[table]
    with pytest.raises(IntegrityError, match="only ever added to"), transaction.atomic():
        run(f"UPDATE history_{table} SET {column} = 'x'")  # noqa: S608 (names from this file)


@pytest.mark.parametrize("table", ["event", "seal"])
def test_raw_sql_cannot_delete_history(system: Actor, person: Person, table: str) -> None:
    add(system, person)
    seal_pending()
    with pytest.raises(IntegrityError, match="only ever added to"), transaction.atomic():
        run(f"DELETE FROM history_{table}")  # noqa: S608 (names from this file)


def test_an_erased_payload_does_not_break_the_chain(system: Actor, person: Person) -> None:
    event = add(system, person, name="Lê Văn Thử")
    seal_pending()
    Payload.objects.filter(event=event).delete()
    assert verify(head()) == []
    assert [entry.facts for entry in queries.entries()] == [None]


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


# --- tampering by somebody who took the triggers away ---------------------------------------------------


def tamper(*statements: str) -> None:
    """What the owner of the database file can do: without triggers, without foreign keys."""
    from soi.base import triggers

    triggers.remove(connection)
    if connection.vendor == "postgresql":
        run("SET session_replication_role = replica")
    else:
        connection.disable_constraint_checking()
    for statement in statements:
        run(statement)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("statements", "place"),
    [
        (["UPDATE history_event SET actor_label = 'x' WHERE id = {event3}"], 3),
        (["UPDATE history_payload SET facts = '{{\"n\": 9}}' WHERE event_id = {event3}"], 3),
        (["DELETE FROM history_payload", "DELETE FROM history_event WHERE id > {event3}"], 6),
        (["DELETE FROM history_seal WHERE seq = 2"], 2),
        (["DELETE FROM history_seal WHERE seq >= 5"], 6),
    ],
)
def test_tampering_with_the_stored_rows_is_found(system: Actor, statements: list[str], place: int) -> None:
    subject = Person.objects.create(name="Lê Văn Thử", sort_key="", search_key="")
    for number in range(6):
        add(system, subject, n=number)
    seal_pending()
    outside = head()
    assert verify(outside) == []
    try:
        event3 = Seal.objects.get(seq=3).event_id
        tamper(*(statement.format(event3=event3) for statement in statements))
        assert place in {fault.seq for fault in verify(outside)}
    finally:
        if connection.vendor == "postgresql":
            run("SET session_replication_role = DEFAULT")
        else:
            run("DELETE FROM history_seal")
            run("DELETE FROM history_payload")
            connection.enable_constraint_checking()


# --- two sealers -----------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite in memory has one connection")
def test_two_sealers_at_once_make_one_unbroken_chain(system: Actor) -> None:
    subject = Person.objects.create(name="Lê Văn Thử", sort_key="", search_key="")
    writing = threading.Event()

    def write() -> None:
        for number in range(30):
            add(system, subject, n=number)

    def seal() -> None:
        while not writing.is_set():
            seal_pending(recent_only=True, at_once=7)

    writers = [in_thread(write) for _ in range(2)]
    sealers = [in_thread(seal) for _ in range(2)]
    errors = [error for join in writers for error in join()]
    writing.set()
    errors += [error for join in sealers for error in join()]
    assert errors == []
    seal_pending()
    assert Seal.objects.count() == Event.objects.count() == 60
    assert verify(head()) == []


def in_thread(work: Callable[[], None]) -> Callable[[], list[Exception]]:
    errors: list[Exception] = []

    def run_it() -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001 (every error of a thread is counted)
            errors.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run_it)
    thread.start()

    def join() -> list[Exception]:
        thread.join()
        return errors

    return join


# --- reading ---------------------------------------------------------------------------------------------


def test_events_of_a_record_newest_first_in_one_query(
    system: Actor, person: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    other = Person.objects.create(name="Đỗ Thị Mẫu", sort_key="", search_key="")
    for number in range(3):
        add(system, person, n=number)
        add(system, other, n=number)
    with django_assert_num_queries(1):
        assert [event.payload.facts["n"] for event in queries.events_of(person)] == [2, 1, 0]
    assert queries.events_of(person, other).count() == 6
    assert queries.events_of().count() == 0


def test_a_head_is_read_as_it_is_printed() -> None:
    kept = Head(12, "a" * 64)
    assert parse_head(f" {kept}\n") == kept
    for wrong in (":", "12", "x:" + "a" * 64, "12:abc"):
        with pytest.raises(ValueError, match=wrong):
            parse_head(wrong)


def test_the_lock_of_the_sealer_is_not_that_of_the_tree() -> None:
    from soi.base.locks import Alone

    assert len({int(work) for work in Alone}) == len(Alone)
    assert actions.Alone.SEALING is Alone.SEALING
