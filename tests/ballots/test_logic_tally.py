"""Đếm phiếu: what makes a ballot valid, and what may be shown of a small body."""

from __future__ import annotations

import itertools

import pytest

from soi.ballots.logic import numbers
from soi.ballots.logic.tally import is_valid, tally


@pytest.mark.parametrize(
    ("kind", "seats", "ballot", "valid"),
    [
        ("yes_no", None, (1,), True),
        ("yes_no", None, (), False),
        ("yes_no", None, (1, 2), False),
        ("yes_no", None, (4,), False),
        ("levels", None, (3,), True),
        ("levels", None, (2, 3), False),
        ("elect", 2, (1, 3), True),
        ("elect", 2, (3,), True),
        ("elect", 2, (1, 2, 3), False),
        ("elect", 2, (1, 1), False),
        ("elect", 2, (0,), False),
        ("elect", None, (1, 2), False),
    ],
)
def test_what_makes_a_ballot_valid(
    kind: str, seats: int | None, ballot: tuple[int, ...], valid: bool
) -> None:
    assert is_valid(kind, (1, 2, 3), seats, ballot) is valid


def test_counting_reads_the_ballots_once_in_any_order() -> None:
    ballots = [(1,), (2,), (1,), (), (1, 2)]
    every = {
        (c.valid, c.invalid, c.blank, tuple(c.votes.items()))
        for order in itertools.permutations(ballots)
        for c in [tally("yes_no", (1, 2, 3), None, iter(order))]
    }
    assert every == {(3, 2, 1, ((1, 2), (2, 1), (3, 0)))}


def test_returned_is_valid_and_invalid_together() -> None:
    assert tally("yes_no", (1, 2), None, [(1,), ()]).returned == 2


STATES = ("draft", "open", "closed", "counted", "published", "annulled")


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("counts", [True, False])
@pytest.mark.parametrize("roll", range(1, 9))
def test_a_small_body_never_shows_numbers(state: str, counts: bool, roll: int) -> None:
    for mode in ("secret", "paper"):
        seen = numbers.sight(mode=mode, state=state, roll=roll, least=5, counts=counts)
        assert not seen.numbers or roll >= 5
        assert seen.outcome == (state == "published" or (state == "counted" and counts))


def test_a_vote_by_name_has_nothing_to_hide() -> None:
    assert numbers.sight(mode="open", state="published", roll=3, least=5, counts=False) == numbers.ALL


@pytest.mark.parametrize("state", STATES)
def test_the_record_is_for_those_who_sign_it(state: str) -> None:
    assert numbers.record_sight(state=state, is_teller=False) == numbers.NOTHING
    counted = state in {"counted", "published"}
    assert numbers.record_sight(state=state, is_teller=True).numbers is counted
