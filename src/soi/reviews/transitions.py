"""Bảng trạng thái: for every state and verb the state that follows, or the sentence of refusal. Data only."""

from __future__ import annotations

from dataclasses import dataclass

from soi.reviews.enums import ReviewState, Verb


@dataclass(frozen=True, slots=True)
class Move:
    """Chuyển: the state a verb leads to."""

    target: ReviewState


@dataclass(frozen=True, slots=True)
class Refused:
    """Từ chối: what the user reads instead."""

    sentence: str


_FROZEN = Refused(
    "Bản kiểm điểm đã chốt nên không sửa được nữa. Nếu có chỗ sai, hãy đính chính và ghi lý do, "
    "hoặc đề nghị cấp trên trả lại."
)
_APPROVED = Refused(
    "Bản kiểm điểm đã được cấp trên duyệt nên không sửa được nữa. Nếu có chỗ sai, hãy đính chính và ghi lý do."
)
_WRITTEN = Refused("Bản kiểm điểm này đã được soạn, nên không ghi là chưa kiểm điểm được nữa.")
_TOO_LATE_TO_PROMPT = Refused(
    "Bản kiểm điểm đã chốt nên không gợi ý thêm được. Hãy trả lại, nêu lý do, rồi gửi gợi ý."
)
_NOTHING_TO_EXPLAIN = Refused(
    "Bản kiểm điểm đã chốt nên không giải trình thêm được. Cấp trên trả lại thì giải trình tiếp."
)
_NO_TEXT = Refused("Bản kiểm điểm chưa có chữ nào. Hãy soạn trước khi chốt.")
_ALREADY_FINAL = Refused("Bản kiểm điểm này đã được chốt rồi.")
_NOT_FINAL = Refused("Bản kiểm điểm này chưa chốt, nên chưa có gì để xem xét.")
_NOTHING_TO_CORRECT = Refused("Bản kiểm điểm này chưa chốt, nên cứ sửa thẳng vào bản đang soạn.")
_RETURNED = Refused("Bản kiểm điểm này đã được trả lại và đang chờ chốt lại.")
_DECIDED = Refused("Bản kiểm điểm này đã được duyệt. Nếu có chỗ sai, nơi lập bản sẽ đính chính.")

_WAITING, _DRAFT, _FINAL = ReviewState.WAITING, ReviewState.DRAFT, ReviewState.FINAL
_BACK, _DONE = ReviewState.RETURNED, ReviewState.APPROVED

# WAITING → DRAFT → FINAL → APPROVED; FINAL → RETURNED → FINAL. A correction goes back to DRAFT, one edition on.
TABLE: dict[tuple[ReviewState, Verb], Move | Refused] = {
    (_WAITING, Verb.WRITE): Move(_DRAFT),
    (_WAITING, Verb.EXEMPT): Move(_WAITING),
    (_WAITING, Verb.PROMPT): Move(_WAITING),
    (_WAITING, Verb.EXPLAIN): Move(_DRAFT),
    (_WAITING, Verb.FINALIZE): _NO_TEXT,
    (_DRAFT, Verb.WRITE): Move(_DRAFT),
    (_DRAFT, Verb.EXEMPT): _WRITTEN,
    (_DRAFT, Verb.PROMPT): Move(_DRAFT),
    (_DRAFT, Verb.EXPLAIN): Move(_DRAFT),
    (_DRAFT, Verb.FINALIZE): Move(_FINAL),
    (_BACK, Verb.WRITE): Move(_BACK),
    (_BACK, Verb.EXEMPT): _WRITTEN,
    (_BACK, Verb.PROMPT): Move(_BACK),
    (_BACK, Verb.EXPLAIN): Move(_BACK),
    (_BACK, Verb.FINALIZE): Move(_FINAL),
    (_BACK, Verb.RETURN): _RETURNED,
    (_BACK, Verb.APPROVE): _RETURNED,
    (_BACK, Verb.CORRECT): _NOTHING_TO_CORRECT,
    (_FINAL, Verb.WRITE): _FROZEN,
    (_FINAL, Verb.RETURN): Move(_BACK),
    (_FINAL, Verb.APPROVE): Move(_DONE),
    (_DONE, Verb.WRITE): _APPROVED,
    (_DONE, Verb.RETURN): _DECIDED,
    (_DONE, Verb.APPROVE): _DECIDED,
    **{(state, verb): _NOT_FINAL for state in (_WAITING, _DRAFT) for verb in (Verb.RETURN, Verb.APPROVE)},
    **{(state, Verb.CORRECT): _NOTHING_TO_CORRECT for state in (_WAITING, _DRAFT)},
    **{(state, Verb.EXEMPT): _WRITTEN for state in (_FINAL, _DONE)},
    **{(state, Verb.PROMPT): _TOO_LATE_TO_PROMPT for state in (_FINAL, _DONE)},
    **{(state, Verb.EXPLAIN): _NOTHING_TO_EXPLAIN for state in (_FINAL, _DONE)},
    **{(state, Verb.FINALIZE): _ALREADY_FINAL for state in (_FINAL, _DONE)},
    **{(state, Verb.CORRECT): Move(_DRAFT) for state in (_FINAL, _DONE)},
}
