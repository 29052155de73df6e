"""B6: 10,000 random polls, counted by the room and by an independent counter: no difference, in any round."""

from __future__ import annotations

import random
import secrets
from collections import Counter
from typing import Any

from soi.ballots.logic.majority import Asked, Basis, decided
from soi.ballots.logic.tally import tally
from tests.ballots.independent import count

POLLS = 10_000
MOST_ROUNDS = 4


def _poll(dice: random.Random) -> dict[str, Any]:
    kind = dice.choice(["yes_no", "levels", "elect"])
    options = list(range(1, 1 + dice.randint(2, 3) if kind == "yes_no" else 1 + dice.randint(1, 7)))
    if kind == "levels" and len(options) < 2:
        options = [1, 2]
    return {
        "kind": kind,
        "options": options,
        "seats": dice.randint(1, len(options)) if kind == "elect" else None,
        "denominator": dice.choice(["summoned", "present", "issued", "valid"]),
        "majority": dice.choice(["half", "two_thirds", "relative"]),
    }


def _vote(poll: dict[str, Any], dice: random.Random) -> None:
    """Small heaps, so that ties and exact thresholds are common; some ballots are spoiled."""
    returned = dice.choice([0, 1, 2, 3, 4, 5, 6, 9, 12, 30])
    issued = returned + dice.randint(0, 2)
    present = issued + dice.randint(0, 1)
    poll["numbers"] = {"issued": issued, "present": present, "summoned": present + dice.randint(0, 3)}
    poll["ballots"] = [_ballot(poll, dice) for _ in range(returned)]


def _ballot(poll: dict[str, Any], dice: random.Random) -> list[int]:
    options, luck = poll["options"], dice.random()
    if luck < 0.05:
        return []
    if luck < 0.12:
        return dice.choice([[99], [options[0], options[0]], [*options, *options], [0], [options[-1], 99]])
    if poll["kind"] == "elect":
        return dice.sample(options, dice.randint(1, poll["seats"]))
    return [options[min(int(dice.expovariate(1.2)), len(options) - 1)]]


def _ours(poll: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    counted = tally(poll["kind"], poll["options"], poll["seats"], iter(poll["ballots"]))
    basis = Basis(poll["denominator"], poll["majority"], valid=counted.valid, **poll["numbers"])
    outcome = decided(Asked(poll["kind"], tuple(poll["options"]), poll["seats"]), counted.votes, basis)
    said: dict[str, Any] = {
        "valid": counted.valid,
        "invalid": counted.invalid,
        "blank": counted.blank,
        "votes": counted.votes,
        "winners": list(outcome.winners),
    }
    if poll["kind"] == "elect":
        again = set(outcome.next_round)
        said |= {
            "winners": set(outcome.winners),
            "tied": set(outcome.tied),
            "again": again,
            "left": outcome.seats_left,
        }
    return said, {"options": list(outcome.next_round), "seats": outcome.seats_left}


def test_ten_thousand_polls_are_counted_alike() -> None:
    seed = secrets.randbits(64)
    print("seed", seed)  # noqa: T201
    dice, seen = random.Random(seed), Counter[str]()  # noqa: S311
    for number in range(POLLS):
        poll = _poll(dice)
        for round_ in range(1, MOST_ROUNDS + 1):
            _vote(poll, dice)
            ours, again = _ours(poll)
            assert ours == count(poll), f"seed {seed}, poll {number}, round {round_}: {poll}"
            assert sum(map(len, poll["ballots"])) >= sum(ours["votes"].values())
            _note(seen, poll, ours, round_)
            if poll["kind"] != "elect" or not again["seats"] or not again["options"]:
                break
            poll |= {"options": again["options"], "seats": min(again["seats"], len(again["options"]))}
    # The dice must have thrown what the rule is hard about.
    hard = ("ties", "spoiled", "third round", "exactly half", "exactly two thirds", "nobody")
    assert all(seen[what] > 50 for what in hard), f"seed {seed}: {seen}"


def _note(seen: Counter[str], poll: dict[str, Any], ours: dict[str, Any], round_: int) -> None:
    whole = dict(poll["numbers"], valid=ours["valid"])[poll["denominator"]]
    seen["ties"] += bool(ours.get("tied"))
    seen["spoiled"] += ours["invalid"] > 0
    seen["third round"] += round_ >= 3
    seen["nobody"] += whole == 0
    if whole and poll["majority"] != "relative":
        parts = 3 if poll["majority"] == "two_thirds" else 2
        exact = any(votes * parts == whole * (parts - 1) for votes in ours["votes"].values())
        seen["exactly two thirds" if parts == 3 else "exactly half"] += exact
