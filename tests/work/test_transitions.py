"""The table of states is total, and its refusals are sentences."""

from __future__ import annotations

import datetime as dt
from itertools import product

import pytest

from soi.base.errors import Conflict
from soi.work import policies
from soi.work.enums import Result, Standing, TaskState, Verb
from soi.work.transitions import TABLE, Move, Refused

DUE = dt.date(2021, 12, 31)
OPEN = {TaskState.ACTIVE, TaskState.REPORTED}


def test_every_state_answers_every_verb() -> None:
    assert set(TABLE) == set(product(TaskState, Verb))


def test_every_refusal_is_a_sentence() -> None:
    for row in TABLE.values():
        if isinstance(row, Refused):
            assert row.sentence[0].isupper(), row
            assert row.sentence.endswith("."), row


def test_done_is_reached_by_an_assessment_of_what_was_reported_only() -> None:
    ways = {key for key, row in TABLE.items() if isinstance(row, Move) and TaskState.DONE in row.targets}
    assert ways == {(TaskState.REPORTED, Verb.ASSESS)}


def test_what_has_ended_stays() -> None:
    for state, verb in product(set(TaskState) - OPEN, Verb):
        assert policies.refusal(state, verb)
        with pytest.raises(Conflict):
            policies.next_state(state, verb)


def test_every_state_is_reached() -> None:
    reached = {target for row in TABLE.values() if isinstance(row, Move) for target in row.targets}
    assert reached == set(TaskState)


@pytest.mark.parametrize("overdue", [True, False])
@pytest.mark.parametrize("state", list(TaskState))
def test_what_is_offered_is_what_is_taken(state: TaskState, overdue: bool) -> None:
    offered = policies.results_offered(state, overdue=overdue)
    assert bool(offered) == (policies.assess_refusal(state, overdue=overdue) == "")
    for result in Result:
        if result in offered:
            assert policies.next_state(state, Verb.ASSESS, result=result, overdue=overdue)
        else:
            with pytest.raises(Conflict):
                policies.next_state(state, Verb.ASSESS, result=result, overdue=overdue)


@pytest.mark.parametrize(
    ("result", "days", "standing"),
    [
        (Result.EXCEEDED, 0, Standing.EXCEEDED),
        (Result.ACHIEVED, 0, Standing.ON_TIME),
        (Result.EXCEEDED, 1, Standing.LATE),
    ],
)
def test_late_beats_exceeded(result: Result, days: int, standing: Standing) -> None:
    on = DUE + dt.timedelta(days=days)
    assert (
        policies.standing_of(TaskState.DONE, result=result, reported_on=on, due_on=DUE) == standing
    )  # fmt: skip


@pytest.mark.parametrize("state", sorted(set(TaskState) - {TaskState.DONE}))
def test_otherwise_the_standing_is_the_state(state: TaskState) -> None:
    assert policies.standing_of(state, reported_on=DUE, due_on=DUE).value == state.value
