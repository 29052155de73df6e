"""Hạn chế chuyển sang nay thế nào: it follows from the state of the finding, and nobody chooses it. Pure."""

from __future__ import annotations

# Values of ``FindingState`` and of ``Mended``; pure code does not import the enumerations of the tables.
FIXED, GOING, NOT_YET = "fixed", "going", "not_yet"
_MENDED = {"mended": FIXED, "in_remedy": GOING, "reported": GOING, "open": NOT_YET}


def mended_of(finding_state: str) -> str:
    """Đã, đang hay chưa khắc phục. What was reported done waits for somebody else, so it is still going on.

    KeyError for a strength: there is nothing to mend.
    """
    return _MENDED[finding_state]


def lacks_answer(finding_state: str, answer: str, why_not: str) -> bool:
    """Còn thiếu trả lời: what was done is always said; why it is not finished, unless it is."""
    return not answer or (mended_of(finding_state) != FIXED and not why_not)
