"""Bảng diễn biến: for every state of the floor and every verb the move, or the sentence of refusal. Data only."""

from __future__ import annotations

from dataclasses import dataclass

from soi.base.errors import Conflict
from soi.conferences.enums import FloorState
from soi.conferences.logic.verbs import FloorVerb as Verb


@dataclass(frozen=True, slots=True)
class Move:
    """Chuyển: the state the verb leads to; None: back to rest (a paper is on show, or the item is discussed)."""

    target: FloorState | None


@dataclass(frozen=True, slots=True)
class Refused:
    """Từ chối: what the user reads instead."""

    sentence: str


_WAITING, _ITEM, _PRESENTING = FloorState.WAITING, FloorState.ITEM, FloorState.PRESENTING
_SPEAKING, _VOTING = FloorState.SPEAKING, FloorState.VOTING
_BREAK, _CLOSED = FloorState.BREAK, FloorState.CLOSED
_REST = Move(None)

_NOT_OPEN = Refused("Phiên họp chưa khai mạc. Chủ trì hoặc thư ký khai mạc trước rồi làm việc này.")
_IS_OPEN = Refused("Phiên họp đã khai mạc.")
_NO_BREAK = Refused("Hội nghị đang họp, không phải đang nghỉ.")
_NO_SPEAKER = Refused("Hiện không có ai đang phát biểu.")
_NO_PAPER = Refused("Hiện không có tài liệu nào đang trình bày. Hãy chọn tài liệu trước.")
_NO_POLL = Refused("Hiện không có cuộc bỏ phiếu nào đang mở.")
_IN_BREAK = Refused("Hội nghị đang nghỉ. Hãy cho họp tiếp trước.")
_VOTE_FIRST = Refused("Hội nghị đang bỏ phiếu. Hãy đóng cuộc bỏ phiếu trước.")
_END_SPEECH_FIRST = Refused("Đang có người phát biểu. Hãy kết thúc lượt phát biểu rồi bế mạc.")
_OVER = Refused("Phiên họp đã bế mạc. Việc cần bổ sung thì ghi vào biên bản.")

# What is possible at any time of a session without moving it.
_ANY_TIME = (
    Verb.SET_RULE,
    Verb.ASK,
    Verb.WITHDRAW,
    Verb.DECLINE,
    Verb.CONTRIBUTE,
    Verb.WITHDRAW_CONTRIBUTION,
    Verb.DRAFT_POLL,
    Verb.PUBLISH_POLL,
)
# Before the opening one may already ask to speak, and what is prepared may still be changed.
_BEFORE = (Verb.SET_RULE, Verb.ASK, Verb.WITHDRAW, Verb.DECLINE, Verb.DRAFT_POLL)

TABLE: dict[tuple[FloorState, Verb], Move | Refused] = {
    **{(_WAITING, verb): _NOT_OPEN for verb in Verb},
    **{(_WAITING, verb): Move(_WAITING) for verb in _BEFORE},
    (_WAITING, Verb.OPEN): Move(_ITEM),
    **{(_ITEM, verb): Move(_ITEM) for verb in _ANY_TIME},
    (_ITEM, Verb.OPEN): _IS_OPEN,
    (_ITEM, Verb.START_ITEM): Move(_ITEM),
    (_ITEM, Verb.PRESENT): Move(_PRESENTING),
    (_ITEM, Verb.TURN_PAGE): _NO_PAPER,
    (_ITEM, Verb.PUT_AWAY): _NO_PAPER,
    (_ITEM, Verb.PAUSE): Move(_BREAK),
    (_ITEM, Verb.RESUME): _NO_BREAK,
    (_ITEM, Verb.START_TIMER): Move(_ITEM),
    (_ITEM, Verb.GIVE_FLOOR): Move(_SPEAKING),
    (_ITEM, Verb.END_SPEECH): _NO_SPEAKER,
    (_ITEM, Verb.OPEN_POLL): Move(_VOTING),
    (_ITEM, Verb.CLOSE_POLL): _NO_POLL,
    (_ITEM, Verb.CLOSE): Move(_CLOSED),
    **{(_PRESENTING, verb): Move(_PRESENTING) for verb in _ANY_TIME},
    (_PRESENTING, Verb.OPEN): _IS_OPEN,
    (_PRESENTING, Verb.START_ITEM): Move(_ITEM),
    (_PRESENTING, Verb.PRESENT): Move(_PRESENTING),
    (_PRESENTING, Verb.TURN_PAGE): Move(_PRESENTING),
    (_PRESENTING, Verb.PUT_AWAY): Move(_ITEM),
    (_PRESENTING, Verb.PAUSE): Move(_BREAK),
    (_PRESENTING, Verb.RESUME): _NO_BREAK,
    (_PRESENTING, Verb.START_TIMER): Move(_PRESENTING),
    (_PRESENTING, Verb.GIVE_FLOOR): Move(_SPEAKING),
    (_PRESENTING, Verb.END_SPEECH): _NO_SPEAKER,
    (_PRESENTING, Verb.OPEN_POLL): Move(_VOTING),
    (_PRESENTING, Verb.CLOSE_POLL): _NO_POLL,
    (_PRESENTING, Verb.CLOSE): Move(_CLOSED),
    # Moving on ends the speech: the chair is not made to press two buttons for "next, please".
    **{(_SPEAKING, verb): Move(_SPEAKING) for verb in _ANY_TIME},
    (_SPEAKING, Verb.OPEN): _IS_OPEN,
    (_SPEAKING, Verb.START_ITEM): Move(_ITEM),
    (_SPEAKING, Verb.PRESENT): Move(_SPEAKING),
    # Whether a paper is on show at all is asked by the action.
    (_SPEAKING, Verb.TURN_PAGE): Move(_SPEAKING),
    (_SPEAKING, Verb.PUT_AWAY): Move(_SPEAKING),
    (_SPEAKING, Verb.PAUSE): Move(_BREAK),
    (_SPEAKING, Verb.RESUME): _NO_BREAK,
    (_SPEAKING, Verb.START_TIMER): Move(_SPEAKING),
    (_SPEAKING, Verb.GIVE_FLOOR): Move(_SPEAKING),
    (_SPEAKING, Verb.END_SPEECH): _REST,
    (_SPEAKING, Verb.OPEN_POLL): Move(_VOTING),
    (_SPEAKING, Verb.CLOSE_POLL): _NO_POLL,
    (_SPEAKING, Verb.CLOSE): _END_SPEECH_FIRST,
    **{(_VOTING, verb): _VOTE_FIRST for verb in Verb},
    **{(_VOTING, verb): Move(_VOTING) for verb in _ANY_TIME},
    (_VOTING, Verb.OPEN): _IS_OPEN,
    (_VOTING, Verb.RESUME): _NO_BREAK,
    (_VOTING, Verb.START_TIMER): Move(_VOTING),
    (_VOTING, Verb.END_SPEECH): _NO_SPEAKER,
    (_VOTING, Verb.CLOSE_POLL): _REST,
    **{(_BREAK, verb): _IN_BREAK for verb in Verb},
    **{(_BREAK, verb): Move(_BREAK) for verb in _ANY_TIME},
    (_BREAK, Verb.OPEN): _IS_OPEN,
    (_BREAK, Verb.RESUME): _REST,
    (_BREAK, Verb.START_TIMER): Move(_BREAK),
    (_BREAK, Verb.END_SPEECH): _NO_SPEAKER,
    (_BREAK, Verb.CLOSE_POLL): _NO_POLL,
    # Ballots counted afterwards are still announced.
    **{(_CLOSED, verb): _OVER for verb in Verb},
    (_CLOSED, Verb.PUBLISH_POLL): Move(_CLOSED),
}


def refusal(state: str, verb: Verb) -> str:
    """Vì sao không: empty where the state of the floor allows the verb."""
    row = TABLE[FloorState(state), verb]
    return row.sentence if isinstance(row, Refused) else ""


def next_state(state: str, verb: Verb, *, paper_on_show: bool) -> FloorState:
    """Trạng thái sau đó; Conflict where the state refuses the verb."""
    row = TABLE[FloorState(state), verb]
    if isinstance(row, Refused):
        raise Conflict(row.sentence)
    if row.target is not None:
        return row.target
    return _PRESENTING if paper_on_show else _ITEM
