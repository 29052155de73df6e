"""Việc làm trên diễn biến: the verb of each numbered event. Pure: events are told and folded without tables."""

from __future__ import annotations

from enum import StrEnum


class FloorVerb(StrEnum):
    """Việc làm: what the chair, the secretary, a delegate or a site does to the floor."""

    OPEN = "open"
    START_ITEM = "start_item"
    PRESENT = "present"
    TURN_PAGE = "turn_page"
    PUT_AWAY = "put_away"
    PAUSE = "pause"
    RESUME = "resume"
    SET_RULE = "set_rule"
    START_TIMER = "start_timer"
    ASK = "ask"
    WITHDRAW = "withdraw"
    DECLINE = "decline"
    GIVE_FLOOR = "give_floor"
    END_SPEECH = "end_speech"
    CONTRIBUTE = "contribute"
    WITHDRAW_CONTRIBUTION = "withdraw_contribution"
    DRAFT_POLL = "draft_poll"
    OPEN_POLL = "open_poll"
    CLOSE_POLL = "close_poll"
    PUBLISH_POLL = "publish_poll"
    CLOSE = "close"


# Of no interest to who reads what happened; pages follow them through the floor itself.
SILENT = frozenset({FloorVerb.TURN_PAGE, FloorVerb.START_TIMER})
