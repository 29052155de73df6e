"""Whether it is mended the finding says; what is not mended needs its reason."""

from __future__ import annotations

import pytest

from soi.findings.enums import FindingState
from soi.reviews.enums import Mended
from soi.reviews.logic.carried import lacks_answer, mended_of


def test_every_state_of_a_shortcoming_has_its_word() -> None:
    states = [state for state in FindingState if state != FindingState.NOTED]
    assert {state: Mended(mended_of(state)) for state in states} == {
        FindingState.OPEN: Mended.NOT_YET,
        FindingState.IN_REMEDY: Mended.GOING,
        FindingState.REPORTED: Mended.GOING,
        FindingState.MENDED: Mended.FIXED,
    }
    with pytest.raises(KeyError):
        mended_of(FindingState.NOTED)


@pytest.mark.parametrize(
    ("state", "answer", "why_not", "lacks"),
    [
        ("mended", "Đã kiểm tra", "", False),
        ("mended", "", "", True),
        ("reported", "Đã làm", "", True),
        ("reported", "Đã làm", "Chờ xác nhận", False),
        ("open", "", "Chưa có người", True),
    ],
)
def test_what_an_answer_lacks(state: str, answer: str, why_not: str, lacks: bool) -> None:
    assert lacks_answer(state, answer, why_not) is lacks
