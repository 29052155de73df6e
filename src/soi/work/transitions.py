"""Bảng trạng thái của nhiệm vụ: for every state and verb the move, or the sentence of refusal. Data only."""

from __future__ import annotations

from dataclasses import dataclass

from soi.work.enums import TaskState, Verb


@dataclass(frozen=True, slots=True)
class Move:
    """Chuyển: the states a verb may lead to; between two, ``policies.next_state`` decides by the result."""

    targets: tuple[TaskState, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """Từ chối: what the user reads instead."""

    sentence: str


_WAITING = (
    "Nhiệm vụ này đã được báo cáo xong và đang chờ cấp giao đánh giá. "
    "Nếu còn việc phải làm, cấp giao sẽ yêu cầu làm tiếp."
)
_JUDGE_FIRST = (
    "Nhiệm vụ này đã được báo cáo xong. Hãy đánh giá kết quả hoặc yêu cầu làm tiếp trước khi thay đổi."
)
_NOTHING_TO_RETURN = Refused("Chưa có báo cáo làm xong nào chờ đánh giá, nên không có gì để trả lại.")
_DONE = Refused(
    "Nhiệm vụ này đã được đánh giá hoàn thành, không thay đổi nữa. Việc mới thì giao nhiệm vụ mới."
)
_FAILED = Refused(
    "Nhiệm vụ này đã được kết luận không hoàn thành, không thay đổi nữa. Nếu phải làm tiếp, hãy giao nhiệm vụ mới."
)
_CANCELLED = Refused("Nhiệm vụ này đã hủy, không thay đổi nữa. Nếu vẫn phải làm, hãy giao nhiệm vụ mới.")

_ACTIVE, _REPORTED = TaskState.ACTIVE, TaskState.REPORTED
_DONE_STATE, _FAILED_STATE = TaskState.DONE, TaskState.FAILED

# An ordinary task goes ACTIVE → REPORTED → DONE. There is no other way to DONE.
TABLE: dict[tuple[TaskState, Verb], Move | Refused] = {
    (_ACTIVE, Verb.EDIT): Move((_ACTIVE,)),
    (_ACTIVE, Verb.HAND_OVER): Move((_ACTIVE,)),
    (_ACTIVE, Verb.CHANGE_DUE): Move((_ACTIVE,)),
    (_ACTIVE, Verb.REMIND): Move((_ACTIVE,)),
    (_ACTIVE, Verb.REPORT_PROGRESS): Move((_ACTIVE,)),
    (_ACTIVE, Verb.REPORT_DONE): Move((_REPORTED,)),
    (_ACTIVE, Verb.RETURN): _NOTHING_TO_RETURN,
    # What nobody ever reports would otherwise never be called failed: see ``policies.assess_refusal``.
    (_ACTIVE, Verb.ASSESS): Move((_FAILED_STATE,)),
    (_ACTIVE, Verb.CANCEL): Move((TaskState.CANCELLED,)),
    (_REPORTED, Verb.EDIT): Refused(_JUDGE_FIRST),
    (_REPORTED, Verb.HAND_OVER): Refused(_JUDGE_FIRST),
    # Late is judged by the day due: it does not move once somebody has said "done".
    (_REPORTED, Verb.CHANGE_DUE): Refused(_JUDGE_FIRST),
    (_REPORTED, Verb.REMIND): Refused(_WAITING),
    (_REPORTED, Verb.REPORT_PROGRESS): Refused(_WAITING),
    (_REPORTED, Verb.REPORT_DONE): Refused(_WAITING),
    (_REPORTED, Verb.RETURN): Move((_ACTIVE,)),
    (_REPORTED, Verb.ASSESS): Move((_DONE_STATE, _FAILED_STATE)),
    (_REPORTED, Verb.CANCEL): Refused(_JUDGE_FIRST),
    **{(_DONE_STATE, verb): _DONE for verb in Verb},
    **{(_FAILED_STATE, verb): _FAILED for verb in Verb},
    **{(TaskState.CANCELLED, verb): _CANCELLED for verb in Verb},
}
