"""Trạng thái có cho phép không: no user, no database. A refusal is the sentence that every door shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from soi.ballots.enums import Mode, PollState, QuestionKind, Verb
from soi.ballots.transitions import TABLE, Refused
from soi.base.errors import Conflict, Invalid

# Fewer than this cannot hold a key together, nor count paper and check each other.
TELLERS = 2
WITH_TELLERS = frozenset({Mode.SECRET, Mode.PAPER})


def refusal(state: str, verb: Verb) -> str:
    """Vì sao không: empty where the state allows the verb."""
    row = TABLE[PollState(state), verb]
    return row.sentence if isinstance(row, Refused) else ""


def next_state(state: str, verb: Verb) -> PollState:
    """Trạng thái sau đó. Raises Conflict where the state refuses the verb."""
    row = TABLE[PollState(state), verb]
    if isinstance(row, Refused):
        raise Conflict(row.sentence)
    return row.target


def most_marks(kind: str, seats: int | None) -> int:
    """Được chọn nhiều nhất mấy phương án."""
    return (seats or 1) if kind == QuestionKind.ELECT else 1


def check_answers(
    asked: Mapping[int, tuple[str, int | None, Sequence[int]]], answers: Mapping[int, Sequence[int]]
) -> None:
    """Phiếu điền đúng: only questions and options that are printed, no more marks than allowed. Blank is allowed.

    ``asked``: by number of question its kind, seats and the numbers of its options.
    """
    if not set(answers) <= set(asked):
        raise Invalid("Phiếu có câu hỏi lạ. Hãy tải lại trang rồi bỏ phiếu.")
    for number, marks in answers.items():
        kind, seats, options = asked[number]
        if not set(marks) <= set(options) or len(set(marks)) != len(marks):
            raise Invalid(f"Câu {number} có phương án lạ. Hãy tải lại trang rồi bỏ phiếu.")
        if len(marks) > (most := most_marks(kind, seats)):
            raise Invalid(
                f"Câu {number} chỉ được chọn nhiều nhất {most} phương án, đồng chí đã chọn {len(marks)}.",
                {str(number): f"Chọn nhiều nhất {most}."},
            )
