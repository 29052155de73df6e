"""Bảng trạng thái của cuộc bỏ phiếu: for every state and verb the move, or the sentence of refusal. Data only."""

from __future__ import annotations

from dataclasses import dataclass

from soi.ballots.enums import PollState, Verb


@dataclass(frozen=True, slots=True)
class Move:
    """Chuyển: the one state that a verb leads to."""

    target: PollState


@dataclass(frozen=True, slots=True)
class Refused:
    """Từ chối: what the user reads instead."""

    sentence: str


_NOT_OPEN_YET = Refused("Cuộc bỏ phiếu này chưa mở. Hãy chờ thư ký mở bỏ phiếu.")
_NOTHING_TO_CLOSE = Refused("Cuộc bỏ phiếu này chưa mở nên chưa có gì để đóng. Không dùng nữa thì hãy hủy.")
_OPEN_FIRST = Refused("Cuộc bỏ phiếu này chưa mở nên chưa có phiếu để kiểm.")
_COUNT_FIRST = Refused("Chưa kiểm phiếu nên chưa có kết quả để công bố. Hãy kiểm phiếu trước.")
_FROZEN = Refused(
    "Cuộc bỏ phiếu đã mở: câu hỏi, danh sách và cách tính không thay đổi nữa. "
    "Nếu có sai sót, hãy hủy và lập cuộc bỏ phiếu mới."
)
_CLOSE_FIRST = Refused("Đang bỏ phiếu nên chưa kiểm được. Hãy đóng bỏ phiếu trước.")
_OVER = Refused("Cuộc bỏ phiếu đã đóng, không nhận phiếu nữa.")
_CLOSED_ALREADY = Refused("Cuộc bỏ phiếu này đã đóng rồi.")
_OPEN_ALREADY = Refused("Cuộc bỏ phiếu này đã mở rồi. Cần bỏ phiếu lại thì lập cuộc bỏ phiếu mới.")
_COUNTED_ALREADY = Refused("Cuộc bỏ phiếu này đã kiểm phiếu xong, không kiểm lại trên máy được nữa.")
_PUBLISHED_ALREADY = Refused("Kết quả đã công bố rồi.")
_PUBLISHED_STAYS = Refused("Kết quả đã công bố nên không hủy được nữa. Cần thì tổ chức bỏ phiếu lại.")
_ANNULLED = Refused("Cuộc bỏ phiếu này đã hủy. Cần bỏ phiếu lại thì lập cuộc bỏ phiếu mới.")

_DRAFT, _OPEN, _CLOSED = PollState.DRAFT, PollState.OPEN, PollState.CLOSED
_COUNTED, _PUBLISHED = PollState.COUNTED, PollState.PUBLISHED
_GONE = PollState.ANNULLED

TABLE: dict[tuple[PollState, Verb], Move | Refused] = {
    (_DRAFT, Verb.EDIT): Move(_DRAFT),
    (_DRAFT, Verb.OPEN): Move(_OPEN),
    (_DRAFT, Verb.CAST): _NOT_OPEN_YET,
    (_DRAFT, Verb.CLOSE): _NOTHING_TO_CLOSE,
    (_DRAFT, Verb.COUNT): _OPEN_FIRST,
    (_DRAFT, Verb.PUBLISH): _COUNT_FIRST,
    (_DRAFT, Verb.ANNUL): Move(_GONE),
    (_OPEN, Verb.EDIT): _FROZEN,
    (_OPEN, Verb.OPEN): _OPEN_ALREADY,
    (_OPEN, Verb.CAST): Move(_OPEN),
    (_OPEN, Verb.CLOSE): Move(_CLOSED),
    (_OPEN, Verb.COUNT): _CLOSE_FIRST,
    (_OPEN, Verb.PUBLISH): _COUNT_FIRST,
    (_OPEN, Verb.ANNUL): Move(_GONE),
    (_CLOSED, Verb.EDIT): _FROZEN,
    (_CLOSED, Verb.OPEN): _OPEN_ALREADY,
    (_CLOSED, Verb.CAST): _OVER,
    (_CLOSED, Verb.CLOSE): _CLOSED_ALREADY,
    (_CLOSED, Verb.COUNT): Move(_COUNTED),
    (_CLOSED, Verb.PUBLISH): _COUNT_FIRST,
    (_CLOSED, Verb.ANNUL): Move(_GONE),
    (_COUNTED, Verb.EDIT): _FROZEN,
    (_COUNTED, Verb.OPEN): _OPEN_ALREADY,
    (_COUNTED, Verb.CAST): _OVER,
    (_COUNTED, Verb.CLOSE): _CLOSED_ALREADY,
    (_COUNTED, Verb.COUNT): _COUNTED_ALREADY,
    (_COUNTED, Verb.PUBLISH): Move(_PUBLISHED),
    (_COUNTED, Verb.ANNUL): Move(_GONE),
    (_PUBLISHED, Verb.EDIT): _FROZEN,
    (_PUBLISHED, Verb.OPEN): _OPEN_ALREADY,
    (_PUBLISHED, Verb.CAST): _OVER,
    (_PUBLISHED, Verb.CLOSE): _CLOSED_ALREADY,
    (_PUBLISHED, Verb.COUNT): _COUNTED_ALREADY,
    (_PUBLISHED, Verb.PUBLISH): _PUBLISHED_ALREADY,
    (_PUBLISHED, Verb.ANNUL): _PUBLISHED_STAYS,
    **{(_GONE, verb): _ANNULLED for verb in Verb},
}

# What the database itself lets happen to the state (``triggers.py``): the same table, nothing else.
STEPS = sorted(
    {
        (state, row.target)
        for (state, _), row in TABLE.items()
        if isinstance(row, Move) and row.target != state
    }
)
