"""Đếm phiếu: which ballots are valid, and how many votes each option has. Plain numbers, no names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

# The values of ``enums.QuestionKind``, as plain strings: nothing here knows Django.
YES_NO, LEVELS, ELECT = "yes_no", "levels", "elect"


@dataclass(frozen=True, slots=True)
class Counted:
    """Kết quả đếm: ``blank`` ballots are some of the ``invalid`` ones; every option stands in ``votes``."""

    valid: int
    invalid: int
    blank: int
    votes: dict[int, int]

    @property
    def returned(self) -> int:
        """Số phiếu thu về."""
        return self.valid + self.invalid


def is_valid(kind: str, option_numbers: Collection[int], seats: int | None, ballot: Sequence[int]) -> bool:
    """Phiếu hợp lệ: one mark, or up to ``seats`` different marks in an election; only what is printed on it.

    A blank ballot counts as returned and not as valid: nothing was said.
    """
    most = (seats or 1) if kind == ELECT else 1
    marks = set(ballot)
    return 1 <= len(ballot) <= most and len(marks) == len(ballot) and marks <= set(option_numbers)


def tally(
    kind: str, option_numbers: Sequence[int], seats: int | None, ballots: Iterable[Sequence[int]]
) -> Counted:
    """Đếm: the order of the ballots does not matter and is not kept."""
    votes: Counter[int] = Counter()
    valid = invalid = blank = 0
    for ballot in ballots:
        if is_valid(kind, option_numbers, seats, ballot):
            valid += 1
            votes.update(ballot)
        else:
            invalid += 1
            blank += not ballot
    return Counted(valid, invalid, blank, {number: votes[number] for number in option_numbers})
