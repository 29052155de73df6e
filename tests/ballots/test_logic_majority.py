"""Kết quả theo quy định: the borders, one by one, as a clerk would read them."""

from __future__ import annotations

import pytest

from soi.ballots.logic.majority import Asked, Basis, Outcome, Result, decided, enough, needed

YES_NO = Asked("yes_no", (1, 2))


def _basis(base: int, majority: str = "half", denominator: str = "summoned") -> Basis:
    return Basis(denominator, majority, summoned=base, present=base, issued=base, valid=base)


def _votes(*numbers: int) -> dict[int, int]:
    return dict(enumerate(numbers, start=1))


@pytest.mark.parametrize(
    ("votes", "base", "majority", "reached"),
    [
        (5, 10, "half", False),
        (6, 10, "half", True),
        (5, 9, "half", True),
        (4, 9, "half", False),
        (6, 9, "two_thirds", True),
        (6, 10, "two_thirds", False),
        (7, 10, "two_thirds", True),
        (0, 0, "half", False),
        (0, 0, "two_thirds", False),
        # A float would call the first of these reached: 2/3 of it is one vote more.
        (2 * 10**17, 3 * 10**17 + 1, "two_thirds", False),
        (2 * 10**17, 3 * 10**17, "two_thirds", True),
    ],
)
def test_the_border_of_a_majority(votes: int, base: int, majority: str, reached: bool) -> None:
    assert enough(votes, base, majority) is reached


@pytest.mark.parametrize("majority", ["half", "two_thirds"])
@pytest.mark.parametrize("base", range(1, 60))
def test_needed_is_the_least_that_is_enough(base: int, majority: str) -> None:
    least = needed(base, majority)
    assert least is not None
    assert enough(least, base, majority)
    assert not enough(least - 1, base, majority)


def test_nothing_is_needed_where_the_most_votes_win_or_nobody_is() -> None:
    assert needed(10, "relative") is None
    assert needed(0, "half") is None


@pytest.mark.parametrize(
    ("denominator", "base"), [("summoned", 20), ("present", 18), ("issued", 17), ("valid", 15)]
)
def test_each_denominator_names_its_own_number(denominator: str, base: int) -> None:
    basis = Basis(denominator, "half", summoned=20, present=18, issued=17, valid=15)
    assert basis.base == base
    assert decided(YES_NO, _votes(9, 6), basis).needed == base // 2 + 1


def test_absent_members_count_against_where_the_rule_says_summoned() -> None:
    """QĐ 294, 9.3: more than half of the members of the body, not of those who came."""
    came = Basis("present", "half", summoned=20, present=12, issued=12, valid=12)
    of_all = Basis("summoned", "half", summoned=20, present=12, issued=12, valid=12)
    assert decided(YES_NO, _votes(9, 3), came).result is Result.PASSED
    assert decided(YES_NO, _votes(9, 3), of_all).result is Result.NOT_PASSED


def test_an_even_split_does_not_pass() -> None:
    assert decided(YES_NO, _votes(5, 5), _basis(10)).result is Result.NOT_PASSED
    even = decided(YES_NO, _votes(5, 5), _basis(10, "relative"))
    assert (even.result, even.tied) == (Result.NOT_PASSED, (1, 2))


def test_other_opinions_are_no_agreement() -> None:
    three = Asked("yes_no", (1, 2, 3))
    assert decided(three, _votes(5, 1, 4), _basis(10)).result is Result.NOT_PASSED
    assert decided(three, _votes(5, 1, 4), _basis(10, "relative")).result is Result.PASSED


LEVELS = Asked("levels", (1, 2, 3, 4, 5))


@pytest.mark.parametrize(
    ("votes", "level"),
    [
        ((6, 4, 0, 0, 0), 1),
        # Five of ten call it excellent: that alone is no majority; with "good" it is.
        ((5, 4, 1, 0, 0), 2),
        ((2, 3, 1, 4, 0), 3),
        ((0, 0, 0, 0, 10), 5),
    ],
)
def test_the_level_that_a_majority_gives_or_betters(votes: tuple[int, ...], level: int) -> None:
    outcome = decided(LEVELS, _votes(*votes), _basis(10))
    assert (outcome.result, outcome.winners) == (Result.LEVEL, (level,))


def test_no_level_when_too_few_voted() -> None:
    outcome = decided(LEVELS, _votes(2, 2, 0, 0, 0), _basis(10))
    assert (outcome.result, outcome.winners, outcome.is_settled) == (Result.NO_LEVEL, (), False)


def test_the_most_named_level_or_none_of_two_equals() -> None:
    assert decided(LEVELS, _votes(3, 4, 0, 0, 1), _basis(8, "relative")).winners == (2,)
    equal = decided(LEVELS, _votes(3, 3, 0, 0, 1), _basis(7, "relative"))
    assert (equal.result, equal.next_round) == (Result.NO_LEVEL, (1, 2))
    assert decided(LEVELS, _votes(0, 0, 0, 0, 0), _basis(7, "relative")).result is Result.NO_LEVEL


def _elect(seats: int, *votes: int, base: int = 10, majority: str = "half") -> Outcome:
    asked = Asked("elect", tuple(range(1, len(votes) + 1)), seats)
    return decided(asked, _votes(*votes), _basis(base, majority))


def test_election_seats_those_over_half_most_votes_first() -> None:
    outcome = _elect(2, 6, 9, 2)
    assert (outcome.result, outcome.winners, outcome.next_round) == (Result.ELECTED, (2, 1), ())


def test_more_over_half_than_seats() -> None:
    assert _elect(2, 7, 6, 7).winners == (1, 3)


def test_equals_at_the_last_seat_go_to_another_round_alone() -> None:
    outcome = _elect(2, 6, 9, 6, 1)
    assert (outcome.winners, outcome.tied, outcome.next_round) == ((2,), (1, 3), (1, 3))
    assert (outcome.result, outcome.seats_left) == (Result.PARTLY_ELECTED, 1)


def test_too_few_over_half_leaves_seats_to_the_others() -> None:
    outcome = _elect(2, 5, 9, 3)
    assert (outcome.result, outcome.winners, outcome.next_round) == (Result.PARTLY_ELECTED, (2,), (1, 3))
    nobody = _elect(1, 5, 5)
    assert (nobody.result, nobody.winners, nobody.next_round) == (Result.NOBODY_ELECTED, (), (1, 2))


def test_whoever_has_no_vote_is_not_elected_by_the_most_votes() -> None:
    outcome = _elect(2, 1, 0, 0, majority="relative")
    assert (outcome.winners, outcome.seats_left) == ((1,), 1)
