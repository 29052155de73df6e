"""The table of moves is total, and no row of it opens a second way to "mended"."""

from __future__ import annotations

import pytest

from soi.base.errors import Conflict
from soi.base.text import has_marks
from soi.findings import policies
from soi.findings.enums import FindingState, LinkState, RemedyState, Verb
from soi.findings.transitions import TABLE, Move, Refused

EVERY = [(state, verb) for state in FindingState for verb in Verb]
MOVES = {key: row for key, row in TABLE.items() if isinstance(row, Move)}


def test_every_state_answers_every_verb() -> None:
    assert set(TABLE) == set(EVERY)
    assert len(EVERY) == len(FindingState) * len(Verb) == 30


@pytest.mark.parametrize(("state", "verb"), EVERY)
def test_a_row_is_a_move_or_a_vietnamese_sentence(state: FindingState, verb: Verb) -> None:
    row = TABLE[state, verb]
    if isinstance(row, Refused):
        assert has_marks(row.sentence)
        assert row.sentence[0].isupper()
        assert row.sentence.endswith(".")
        assert policies.refusal(state, verb) == row.sentence
    else:
        assert row.targets
        assert policies.refusal(state, verb) == ""


def test_only_a_verification_of_reported_work_leads_to_mended() -> None:
    ways = {key for key, move in MOVES.items() if FindingState.MENDED in move.targets}
    assert ways == {(FindingState.REPORTED, Verb.VERIFY_MENDED)}


def test_only_reopening_leads_away_from_mended_and_nothing_leads_to_noted() -> None:
    assert {verb for state, verb in MOVES if state == FindingState.MENDED} == {Verb.REOPEN}
    assert all(FindingState.NOTED not in move.targets for move in MOVES.values())
    assert all(state != FindingState.NOTED for state, _ in MOVES)


def test_every_state_of_a_shortcoming_can_still_reach_mended() -> None:
    for start in set(FindingState) - {FindingState.NOTED}:
        reached, frontier = {start}, {start}
        while frontier:
            frontier = {
                target for (state, _), move in MOVES.items() if state in frontier for target in move.targets
            } - reached
            reached |= frontier
        assert FindingState.MENDED in reached


@pytest.mark.parametrize(
    ("state", "verb", "active", "expected"),
    [
        (FindingState.OPEN, Verb.ADD_REMEDY, 1, FindingState.IN_REMEDY),
        (FindingState.IN_REMEDY, Verb.REPORT_DONE, 1, FindingState.IN_REMEDY),
        (FindingState.IN_REMEDY, Verb.REPORT_DONE, 0, FindingState.REPORTED),
        (FindingState.REPORTED, Verb.RETURN_FOR_MORE, 2, FindingState.IN_REMEDY),
        (FindingState.REPORTED, Verb.VERIFY_MENDED, 0, FindingState.MENDED),
        (FindingState.MENDED, Verb.REOPEN, 0, FindingState.OPEN),
        (FindingState.MENDED, Verb.REOPEN, 1, FindingState.IN_REMEDY),
    ],
)
def test_next_state(state: FindingState, verb: Verb, active: int, expected: FindingState) -> None:
    assert policies.next_state(state, verb, active_remedies=active) == expected


@pytest.mark.parametrize(("state", "verb"), [key for key in EVERY if key not in MOVES])
def test_a_refused_verb_raises_its_sentence(state: FindingState, verb: Verb) -> None:
    with pytest.raises(Conflict) as refused:
        policies.next_state(state, verb, active_remedies=0)
    assert refused.value.sentence == policies.refusal(state, verb)


def test_remedies_links_and_texts_have_their_own_rules() -> None:
    assert policies.remedy_refusal(RemedyState.ACTIVE) == ""
    assert policies.remedy_refusal(RemedyState.REPORTED)
    assert policies.remedy_refusal(RemedyState.CONFIRMED)
    assert [state for state in LinkState if not policies.link_refusal(state)] == [LinkState.PROPOSED]
    assert [state for state in FindingState if policies.edit_refusal(state)] == [FindingState.MENDED]
