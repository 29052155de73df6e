"""Bảng trạng thái: for every state and verb the move, or the sentence of refusal. Data only."""

from __future__ import annotations

from dataclasses import dataclass

from soi.findings.enums import FindingState, Verb


@dataclass(frozen=True, slots=True)
class Move:
    """Chuyển: the states a verb may lead to; between two, ``policies.next_state`` decides by the remedies."""

    targets: tuple[FindingState, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """Từ chối: what the user reads instead."""

    sentence: str


_STRENGTH = Refused("Đây là ưu điểm, chỉ ghi nhận; không giao biện pháp và không xác nhận khắc phục.")
_NO_REMEDY = Refused("Nội dung này chưa có biện pháp khắc phục. Hãy thêm biện pháp trước.")
_NOT_REPORTED = Refused(
    "Chưa báo cáo xong mọi biện pháp nên chưa xác nhận được. "
    "Hãy chờ người chịu trách nhiệm báo cáo đã làm xong."
)
_WAITING = Refused(
    "Mọi biện pháp đã được báo cáo xong và đang chờ xác nhận. "
    "Nếu còn việc phải làm, người xác nhận sẽ yêu cầu làm tiếp."
)
_MENDED = Refused("Nội dung này đã được xác nhận khắc phục. Nếu tái diễn, hãy mở lại và ghi lý do.")
_NOTHING_TO_RETURN = Refused("Chưa có báo cáo làm xong nào chờ xác nhận, nên không có gì để trả lại.")
_NOT_CLOSED = Refused("Nội dung này chưa được xác nhận khắc phục, nên không cần mở lại.")

_OPEN, _IN_REMEDY, _REPORTED = FindingState.OPEN, FindingState.IN_REMEDY, FindingState.REPORTED

# An ordinary shortcoming goes OPEN → IN_REMEDY → REPORTED → MENDED. There is no other way to MENDED.
TABLE: dict[tuple[FindingState, Verb], Move | Refused] = {
    **{(FindingState.NOTED, verb): _STRENGTH for verb in Verb},
    (_OPEN, Verb.ADD_REMEDY): Move((_IN_REMEDY,)),
    (_OPEN, Verb.REPORT_PROGRESS): _NO_REMEDY,
    (_OPEN, Verb.REPORT_DONE): _NO_REMEDY,
    (_OPEN, Verb.RETURN_FOR_MORE): _NOTHING_TO_RETURN,
    (_OPEN, Verb.VERIFY_MENDED): _NO_REMEDY,
    (_OPEN, Verb.REOPEN): _NOT_CLOSED,
    (_IN_REMEDY, Verb.ADD_REMEDY): Move((_IN_REMEDY,)),
    (_IN_REMEDY, Verb.REPORT_PROGRESS): Move((_IN_REMEDY,)),
    (_IN_REMEDY, Verb.REPORT_DONE): Move((_IN_REMEDY, _REPORTED)),
    (_IN_REMEDY, Verb.RETURN_FOR_MORE): _NOTHING_TO_RETURN,
    (_IN_REMEDY, Verb.VERIFY_MENDED): _NOT_REPORTED,
    (_IN_REMEDY, Verb.REOPEN): _NOT_CLOSED,
    (_REPORTED, Verb.ADD_REMEDY): Move((_IN_REMEDY,)),
    (_REPORTED, Verb.REPORT_PROGRESS): _WAITING,
    (_REPORTED, Verb.REPORT_DONE): _WAITING,
    (_REPORTED, Verb.RETURN_FOR_MORE): Move((_IN_REMEDY,)),
    (_REPORTED, Verb.VERIFY_MENDED): Move((FindingState.MENDED,)),
    (_REPORTED, Verb.REOPEN): _NOT_CLOSED,
    **{(FindingState.MENDED, verb): _MENDED for verb in Verb},
    (FindingState.MENDED, Verb.REOPEN): Move((_OPEN, _IN_REMEDY)),
}
