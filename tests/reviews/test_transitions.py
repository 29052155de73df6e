"""The table of moves is total; there is one way to "final", and one out of it."""

from __future__ import annotations

import pytest

from soi.base.errors import Conflict
from soi.base.text import has_marks
from soi.reviews import policies
from soi.reviews.enums import CycleState, Exemption, ReviewState, Verb
from soi.reviews.transitions import TABLE, Move, Refused

EVERY = [(state, verb) for state in ReviewState for verb in Verb]
MOVES = {key: row for key, row in TABLE.items() if isinstance(row, Move)}


def test_every_state_answers_every_verb() -> None:
    assert set(TABLE) == set(EVERY)
    assert len(EVERY) == 40


@pytest.mark.parametrize(("state", "verb"), EVERY)
def test_a_row_is_a_move_or_a_vietnamese_sentence(state: ReviewState, verb: Verb) -> None:
    row = TABLE[state, verb]
    if isinstance(row, Move):
        assert policies.refusal(state, verb) == ""
        assert policies.next_state(state, verb) == row.target
        return
    assert isinstance(row, Refused)
    assert has_marks(row.sentence)
    assert row.sentence.endswith(".")
    assert policies.refusal(state, verb) == row.sentence
    with pytest.raises(Conflict) as refusal:
        policies.next_state(state, verb)
    assert refusal.value.sentence == row.sentence


def test_only_finalizing_leads_to_final_and_only_approving_to_approved() -> None:
    into = {
        target: {verb for (_state, verb), move in MOVES.items() if move.target == target}
        for target in (ReviewState.FINAL, ReviewState.APPROVED)
    }
    assert into == {ReviewState.FINAL: {Verb.FINALIZE}, ReviewState.APPROVED: {Verb.APPROVE}}


def test_a_finalized_text_is_left_only_by_being_returned_or_corrected_and_an_approved_one_only_corrected() -> (
    None
):
    out = {
        state: {verb for (one, verb), move in MOVES.items() if one == state and move.target != state}
        for state in (ReviewState.FINAL, ReviewState.APPROVED)
    }
    assert out[ReviewState.FINAL] == {Verb.APPROVE, Verb.RETURN, Verb.CORRECT}
    assert out[ReviewState.APPROVED] == {Verb.CORRECT}
    for state in (ReviewState.FINAL, ReviewState.APPROVED):
        for verb in (Verb.WRITE, Verb.EXPLAIN, Verb.PROMPT, Verb.EXEMPT, Verb.FINALIZE):
            assert policies.refusal(state, verb)


def test_who_is_exempt_takes_no_other_act() -> None:
    for verb in Verb:
        sentence = policies.exempt_refusal(Exemption.NEW, verb)
        assert bool(sentence) == (verb != Verb.EXEMPT)
        assert policies.exempt_refusal("", verb) == ""
    assert "Chưa đủ 6 tháng" in policies.exempt_refusal(Exemption.NEW, Verb.WRITE)


def test_a_closed_cycle_takes_no_prompt_and_no_exemption_but_a_correction() -> None:
    refused = {verb for verb in Verb if policies.closed_refusal(CycleState.CLOSED, verb)}
    assert refused == {Verb.PROMPT, Verb.EXEMPT}
    assert not any(policies.closed_refusal(CycleState.OPEN, verb) for verb in Verb)
