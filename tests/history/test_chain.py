"""The chain as pure functions: a thousand random tamperings, each found against a head kept outside."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
from collections.abc import Callable, Sequence

import pytest

from soi.history.logic import GENESIS, Entry, Fault, Head, canonical, chain_faults, link, payload_hash

LENGTH = 40
SEED = 20211122
START = dt.datetime(2021, 11, 22, 8, tzinfo=dt.UTC)

Chain = list[Entry]
Tampering = Callable[[Chain, random.Random], int]


def event(number: int, facts: dict[str, object], salt: str) -> dict[str, object]:
    return {
        "id": number,
        "at": (START + dt.timedelta(minutes=number)).isoformat(timespec="microseconds"),
        "actor_label": f"Người {number % 3}",
        "action": "org.rename_organization",
        "subject_id": number % 7,
        "payload_hash": payload_hash(facts, salt),
    }


def sealed(previous: str, seq: int, *, note: str = "") -> Entry:
    facts, salt = {"name": f"Tên {seq}{note}"}, f"{seq:032x}"
    chained = event(seq, facts, salt)
    at = dt.datetime.fromisoformat(str(chained["at"]))
    return Entry(seq, previous, link(previous, chained), seq, at, chained, facts, salt)


def chain(length: int = LENGTH, *, note: str = "") -> Chain:
    entries: Chain = []
    for seq in range(1, length + 1):
        entries.append(sealed(entries[-1].digest if entries else GENESIS, seq, note=note))
    return entries


GENUINE = chain()
OUTSIDE = Head(GENUINE[-1].seq, GENUINE[-1].digest)


# --- the attacks: each changes the list and says at which number it must show --------------------------


def change_a_field(entries: Chain, dice: random.Random) -> int:
    place = dice.randrange(len(entries))
    field = dice.choice(["at", "actor_label", "action", "subject_id", "payload_hash"])
    chained = {**(entries[place].chained or {}), field: "khác"}
    entries[place] = dataclasses.replace(entries[place], chained=chained)
    return place + 1


def change_the_payload(entries: Chain, dice: random.Random) -> int:
    place = dice.randrange(len(entries))
    entries[place] = dataclasses.replace(entries[place], facts={"name": "Tên khác"})
    return place + 1


def change_and_seal_again(entries: Chain, dice: random.Random) -> int:
    """The attacker works out the digest of the changed event anew, but not of the whole rest."""
    place = dice.randrange(len(entries) - 1)
    entries[place] = sealed(entries[place].previous, place + 1, note=" giả")
    return place + 2


def change_a_link(entries: Chain, dice: random.Random) -> int:
    place = dice.randrange(len(entries))
    entries[place] = dataclasses.replace(entries[place], previous="f" * 64)
    return place + 1


def delete_an_event(entries: Chain, dice: random.Random) -> int:
    place = dice.randrange(len(entries))
    entries[place] = Entry(place + 1, entries[place].previous, entries[place].digest, place + 1)
    return place + 1


def delete_an_entry(entries: Chain, dice: random.Random) -> int:
    place = dice.randrange(len(entries) - 1)
    del entries[place]
    return place + 1


def delete_and_renumber(entries: Chain, dice: random.Random) -> int:
    place = dice.randrange(len(entries) - 1)
    del entries[place]
    entries[place:] = [dataclasses.replace(entry, seq=entry.seq - 1) for entry in entries[place:]]
    return place + 1


def cut_the_tail(entries: Chain, dice: random.Random) -> int:
    del entries[-dice.randint(1, len(entries)) :]
    return OUTSIDE.seq


def swap_two(entries: Chain, dice: random.Random) -> int:
    one, other = sorted(dice.sample(range(len(entries)), 2))
    first, second = entries[one], entries[other]
    entries[one] = dataclasses.replace(second, seq=first.seq)
    entries[other] = dataclasses.replace(first, seq=second.seq)
    return one + 1


def swap_events(entries: Chain, dice: random.Random) -> int:
    one, other = sorted(dice.sample(range(len(entries)), 2))
    first, second = entries[one], entries[other]
    entries[one] = dataclasses.replace(first, chained=second.chained, facts=second.facts, salt=second.salt)
    entries[other] = dataclasses.replace(second, chained=first.chained, facts=first.facts, salt=first.salt)
    return one + 1


def insert_an_entry(entries: Chain, dice: random.Random) -> int:
    place = dice.randrange(len(entries) - 1)
    added = sealed(entries[place].digest, place + 2, note=" thêm")
    rest = [dataclasses.replace(entry, seq=entry.seq + 1) for entry in entries[place + 1 :]]
    entries[place + 1 :] = [added, *rest]
    return place + 3


def rewrite_the_whole_chain(entries: Chain, dice: random.Random) -> int:
    """Everything fits together again; only the head outside tells."""
    entries[:] = chain(dice.randint(LENGTH, LENGTH + 5), note=f" {dice.random()}")
    return OUTSIDE.seq


ATTACKS: Sequence[Tampering] = [
    change_a_field,
    change_the_payload,
    change_and_seal_again,
    change_a_link,
    delete_an_event,
    delete_an_entry,
    delete_and_renumber,
    cut_the_tail,
    swap_two,
    swap_events,
    insert_an_entry,
    rewrite_the_whole_chain,
]


def test_a_genuine_chain_has_no_fault() -> None:
    assert list(chain_faults(GENUINE, OUTSIDE)) == []
    assert list(chain_faults(GENUINE, Head(7, GENUINE[6].digest))) == []
    assert list(chain_faults([], Head(0, GENESIS))) == []


def test_a_thousand_tamperings_are_found_and_their_place_is_named() -> None:
    dice, missed = random.Random(SEED), []  # noqa: S311 (no secret)
    for attempt in range(1000):
        attack, entries = ATTACKS[attempt % len(ATTACKS)], list(GENUINE)
        place = attack(entries, dice)
        if place not in {fault.seq for fault in chain_faults(entries, OUTSIDE)}:
            missed.append((attempt, attack.__name__, place))
    assert missed == [], f"seed {SEED}"


@pytest.mark.parametrize("attack", [cut_the_tail, rewrite_the_whole_chain])
def test_without_a_head_outside_a_rewritten_chain_would_pass(attack: Tampering) -> None:
    entries = list(GENUINE)
    attack(entries, random.Random(SEED))  # noqa: S311 (no secret)
    assert list(chain_faults(entries)) == []


def test_only_what_was_changed_is_named() -> None:
    entries = list(GENUINE)
    entries[9] = dataclasses.replace(entries[9], facts={"name": "Tên khác"})
    assert list(chain_faults(entries, OUTSIDE)) == [Fault(10, "nội dung của sự kiện 10 đã bị sửa")]


def test_erasing_payloads_leaves_the_chain_whole() -> None:
    erased = [dataclasses.replace(entry, facts=None, salt="") for entry in GENUINE]
    assert list(chain_faults(erased, OUTSIDE)) == []


def test_an_event_slipped_in_with_an_old_time_shows() -> None:
    late = {**(GENUINE[-1].chained or {}), "at": "2021-11-01T00:00:00.000000+00:00"}
    digest = link(GENUINE[-1].digest, late)
    entry = Entry(LENGTH + 1, GENUINE[-1].digest, digest, 99, START - dt.timedelta(days=20), late)
    assert [fault.seq for fault in chain_faults([*GENUINE, entry])] == [LENGTH + 1]


def test_equal_content_has_one_spelling_and_the_salt_hides_it() -> None:
    assert canonical({"b": 1, "a": "ủy"}) == '{"a":"ủy","b":1}'.encode()
    assert payload_hash({"a": 1, "b": 2}, "s") == payload_hash({"b": 2, "a": 1}, "s")
    assert payload_hash({"a": 1}, "s") != payload_hash({"a": 1}, "t")
