"""Trạng thái có cho phép không: no user, no database. A refusal is the sentence that every door shows."""

from __future__ import annotations

import datetime as dt

from soi.base.errors import Conflict
from soi.work.enums import Result, Standing, TaskState, Verb
from soi.work.transitions import TABLE, Refused

JUDGEMENTS = (Result.EXCEEDED, Result.ACHIEVED, Result.NOT_ACHIEVED)
_NOT_REPORTED = (
    "Nhiệm vụ này chưa được báo cáo xong nên chưa đánh giá được. Hãy chờ báo cáo, hoặc nhắc việc; "
    "khi đã quá hạn thì có thể kết luận không đạt."
)
_ONLY_FAILED = (
    "Nhiệm vụ này quá hạn mà chưa được báo cáo xong, nên chỉ kết luận được là không đạt. "
    "Nếu việc đã xong, hãy yêu cầu người chịu trách nhiệm báo cáo."
)


# By these somebody could be on time, or rid of a task, without having done it.
NOT_BY_THE_OWNER = frozenset({Verb.HAND_OVER, Verb.CHANGE_DUE, Verb.CANCEL})
NOT_BY_HIMSELF = (
    "Người chịu trách nhiệm chính không tự đổi hạn, không tự chuyển hoặc hủy nhiệm vụ của mình. "
    "Hãy đề nghị người khác của cấp giao."
)


def refusal(state: TaskState, verb: Verb) -> str:
    """Vì sao không: empty where the state allows the verb."""
    row = TABLE[TaskState(state), verb]
    return row.sentence if isinstance(row, Refused) else ""


def results_offered(state: TaskState, *, overdue: bool) -> tuple[Result, ...]:
    """Các mức đánh giá có thể chọn: all for what was reported; for what never was, after its date, one."""
    if refusal(state, Verb.ASSESS):
        return ()
    if state == TaskState.REPORTED:
        return JUDGEMENTS
    return (Result.NOT_ACHIEVED,) if overdue else ()


def assess_refusal(state: TaskState, *, overdue: bool) -> str:
    """Vì sao không đánh giá được; empty where some result may be chosen."""
    if sentence := refusal(state, Verb.ASSESS):
        return sentence
    return "" if results_offered(state, overdue=overdue) else _NOT_REPORTED


def next_state(
    state: TaskState, verb: Verb, *, result: Result | None = None, overdue: bool = False
) -> TaskState:
    """Trạng thái sau đó; ``result`` and ``overdue`` count for an assessment only.

    Raises Conflict where the state refuses the verb.
    """
    row = TABLE[TaskState(state), verb]
    if isinstance(row, Refused):
        raise Conflict(row.sentence)
    if verb != Verb.ASSESS:
        return row.targets[0]
    if sentence := assess_refusal(state, overdue=overdue):
        raise Conflict(sentence)
    if result not in results_offered(state, overdue=overdue):
        raise Conflict(_ONLY_FAILED)
    return TaskState.FAILED if result == Result.NOT_ACHIEVED else TaskState.DONE


def standing_of(
    state: TaskState, *, result: Result | None = None, reported_on: dt.date | None, due_on: dt.date
) -> Standing:
    """Kết quả để đếm. Late beats exceeded: a date is part of every task."""
    if state != TaskState.DONE:
        return Standing(TaskState(state).value)
    if reported_on is not None and reported_on > due_on:
        return Standing.LATE
    return Standing.EXCEEDED if result == Result.EXCEEDED else Standing.ON_TIME
