"""Bảng trạng thái của biên bản: for every state and verb the state after, or the sentence of refusal. Data only."""

from __future__ import annotations

from enum import StrEnum

from soi.base.errors import Conflict
from soi.conferences.enums import MinutesState


class MinutesVerb(StrEnum):
    """Việc làm với biên bản."""

    EDIT = "edit"
    CIRCULATE = "circulate"
    COMMENT = "comment"
    ANSWER = "answer"
    SIGN = "sign"
    FREEZE = "freeze"


_DRAFT, _OUT, _DONE = MinutesState.DRAFT, MinutesState.CIRCULATED, MinutesState.APPROVED
_NOT_OUT = "Biên bản chưa được gửi lấy ý kiến. Hãy chờ thư ký gửi."
_FROZEN = (
    "Biên bản đã được chủ trì và thư ký thông qua nên không thay đổi được nữa. "
    "Nội dung cần nói lại thì ghi vào hội nghị sau."
)

TABLE: dict[tuple[MinutesState, MinutesVerb], MinutesState | str] = {
    (_DRAFT, MinutesVerb.EDIT): _DRAFT,
    (_DRAFT, MinutesVerb.CIRCULATE): _OUT,
    (_DRAFT, MinutesVerb.COMMENT): _NOT_OUT,
    (_DRAFT, MinutesVerb.ANSWER): _NOT_OUT,
    (_DRAFT, MinutesVerb.SIGN): _DRAFT,
    (_DRAFT, MinutesVerb.FREEZE): _DONE,
    # Rewording after comments keeps it out with those who attended: they see what became of their words.
    (_OUT, MinutesVerb.EDIT): _OUT,
    (_OUT, MinutesVerb.CIRCULATE): _OUT,
    (_OUT, MinutesVerb.COMMENT): _OUT,
    (_OUT, MinutesVerb.ANSWER): _OUT,
    (_OUT, MinutesVerb.SIGN): _OUT,
    (_OUT, MinutesVerb.FREEZE): _DONE,
    **{(_DONE, verb): _FROZEN for verb in MinutesVerb},
}


def next_state(state: MinutesState, verb: MinutesVerb) -> MinutesState:
    """Trạng thái sau; ``Conflict`` with the sentence where the state does not allow it."""
    after = TABLE[state, verb]
    if isinstance(after, MinutesState):
        return after
    raise Conflict(after)
