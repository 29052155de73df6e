"""Kết quả theo quy định: what the counted votes decide. Exact fractions, never a rounded percentage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from soi.ballots.logic.tally import ELECT, LEVELS

# The values of ``enums.Majority`` and ``enums.Denominator``.
HALF, TWO_THIRDS, RELATIVE = "half", "two_thirds", "relative"
SUMMONED, PRESENT, ISSUED, VALID = "summoned", "present", "issued", "valid"


class Result(StrEnum):
    """Kết luận của một câu hỏi."""

    PASSED = "passed"
    NOT_PASSED = "not_passed"
    LEVEL = "level"
    NO_LEVEL = "no_level"
    ELECTED = "elected"
    PARTLY_ELECTED = "partly_elected"
    NOBODY_ELECTED = "nobody_elected"


@dataclass(frozen=True, slots=True)
class Asked:
    """Câu hỏi như đã in: options in their order (levels: best first; yes or no: the first means yes)."""

    kind: str
    options: tuple[int, ...]
    seats: int | None = None


@dataclass(frozen=True, slots=True)
class Basis:
    """Căn cứ và đa số, with the four numbers that a rule may name."""

    denominator: str
    majority: str
    summoned: int
    present: int
    issued: int
    valid: int

    @property
    def base(self) -> int:
        """Số làm căn cứ tính."""
        return {
            SUMMONED: self.summoned, PRESENT: self.present, ISSUED: self.issued, VALID: self.valid,
        }[self.denominator]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """Kết quả: ``winners`` by number of option (yes, the level, or who is elected, most votes first).

    ``needed`` is the least number of votes that is enough (None: the most votes win). ``tied`` are those whose
    equal votes leave seats open; ``next_round`` are those a further round is held among, for ``seats_left``.
    """

    result: Result
    base: int
    needed: int | None
    winners: tuple[int, ...] = ()
    tied: tuple[int, ...] = ()
    next_round: tuple[int, ...] = ()
    seats_left: int = 0

    @property
    def is_settled(self) -> bool:
        """Đã có kết quả: no further round is needed for a decision."""
        return (
            self.result in {Result.PASSED, Result.NOT_PASSED, Result.LEVEL, Result.ELECTED} and not self.tied
        )


def enough(votes: int, base: int, majority: str) -> bool:
    """Đạt đa số: more than half, or at least two thirds, of ``base``. Of nobody there is no majority."""
    if base <= 0:
        return False
    share = Fraction(votes, base)
    return share >= Fraction(2, 3) if majority == TWO_THIRDS else share > Fraction(1, 2)


def needed(base: int, majority: str) -> int | None:
    """Số phiếu ít nhất phải đạt; None where the most votes win, or where there is nobody."""
    if majority == RELATIVE or base <= 0:
        return None
    return -(-2 * base // 3) if majority == TWO_THIRDS else base // 2 + 1


def decided(asked: Asked, votes: Mapping[int, int], basis: Basis) -> Outcome:
    """Kết quả của một câu hỏi."""
    if asked.kind == ELECT:
        return _elected(asked, votes, basis)
    if asked.kind == LEVELS:
        return _level(asked, votes, basis)
    return _passed(asked, votes, basis)


def _passed(asked: Asked, votes: Mapping[int, int], basis: Basis) -> Outcome:
    yes, *others = asked.options
    least = needed(basis.base, basis.majority)
    if basis.majority != RELATIVE:
        good = enough(votes[yes], basis.base, basis.majority)
        return Outcome(_yes_or_no(good), basis.base, least, (yes,) if good else ())
    best = max(votes[number] for number in others)
    tied = tuple(number for number in asked.options if votes[number] == best) if votes[yes] == best else ()
    good = votes[yes] > best
    return Outcome(_yes_or_no(good), basis.base, least, (yes,) if good else (), tied)


def _yes_or_no(good: bool) -> Result:
    return Result.PASSED if good else Result.NOT_PASSED


def _level(asked: Asked, votes: Mapping[int, int], basis: Basis) -> Outcome:
    """Mức đạt được: the best level that, with all votes for a better one, has the majority."""
    least = needed(basis.base, basis.majority)
    if basis.majority == RELATIVE:
        return _most_named_level(asked.options, votes, basis)
    so_far = 0
    for level in asked.options:
        so_far += votes[level]
        if enough(so_far, basis.base, basis.majority):
            return Outcome(Result.LEVEL, basis.base, least, (level,))
    return Outcome(Result.NO_LEVEL, basis.base, least, next_round=asked.options)


def _most_named_level(levels: Sequence[int], votes: Mapping[int, int], basis: Basis) -> Outcome:
    best = max(votes[level] for level in levels)
    first = tuple(level for level in levels if votes[level] == best and best)
    if len(first) == 1:
        return Outcome(Result.LEVEL, basis.base, None, first)
    return Outcome(Result.NO_LEVEL, basis.base, None, tied=first, next_round=first or tuple(levels))


def _elected(asked: Asked, votes: Mapping[int, int], basis: Basis) -> Outcome:
    """Người trúng cử: who has the majority, most votes first, while seats last; equals at the edge do not pass."""
    seats = asked.seats or 1
    ranked = sorted(asked.options, key=lambda number: -votes[number])
    good = [number for number in ranked if _may_win(votes[number], basis)]
    winners, tied = _seated(good, votes, seats)
    left = seats - len(winners)
    again = tied or (tuple(number for number in asked.options if number not in winners) if left else ())
    result = _how_many(len(winners), left)
    return Outcome(result, basis.base, needed(basis.base, basis.majority), winners, tied, again, left)


def _may_win(votes: int, basis: Basis) -> bool:
    return votes > 0 if basis.majority == RELATIVE else enough(votes, basis.base, basis.majority)


def _seated(
    good: Sequence[int], votes: Mapping[int, int], seats: int
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    if len(good) <= seats:
        return tuple(good), ()
    edge = votes[good[seats - 1]]
    if votes[good[seats]] < edge:
        return tuple(good[:seats]), ()
    winners = tuple(number for number in good if votes[number] > edge)
    return winners, tuple(sorted(number for number in good if votes[number] == edge))


def _how_many(winners: int, left: int) -> Result:
    if not left:
        return Result.ELECTED
    return Result.PARTLY_ELECTED if winners else Result.NOBODY_ELECTED
