"""Trạng thái có cho phép không: no user, no database. A refusal is the sentence that every door shows."""

from __future__ import annotations

from soi.base.errors import Conflict
from soi.reviews.enums import CycleState, Exemption, ReviewState, Verb
from soi.reviews.transitions import TABLE, Refused

# What a closed cycle no longer takes. A finalized text may still be decided on, and corrected, later.
_WHILE_OPEN = frozenset({Verb.EXEMPT, Verb.PROMPT})


def refusal(state: ReviewState, verb: Verb) -> str:
    """Vì sao không: empty where the state allows the verb."""
    row = TABLE[ReviewState(state), Verb(verb)]
    return row.sentence if isinstance(row, Refused) else ""


def next_state(state: ReviewState, verb: Verb) -> ReviewState:
    """Trạng thái sau đó. Raises Conflict where the state refuses the verb."""
    row = TABLE[ReviewState(state), Verb(verb)]
    if isinstance(row, Refused):
        raise Conflict(row.sentence)
    return row.target


def exempt_refusal(exemption: str, verb: Verb) -> str:
    """Ai đang ghi là chưa kiểm điểm thì không làm gì khác: the exemption is withdrawn first."""
    if not exemption or verb == Verb.EXEMPT:
        return ""
    return (
        f"Danh sách đang ghi là chưa kiểm điểm trong đợt này ({Exemption(exemption).label}). "
        "Nếu không đúng, hãy đề nghị nơi lập danh sách rút lý do này."
    )


def closed_refusal(state: CycleState, verb: Verb) -> str:
    """Đợt đã kết thúc thì danh sách và gợi ý không thay đổi nữa."""
    if state == CycleState.CLOSED and verb in _WHILE_OPEN:
        return "Đợt kiểm điểm này đã kết thúc, nên danh sách và gợi ý không thay đổi nữa."
    return ""
