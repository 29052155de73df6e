"""Một bộ cuộc bỏ phiếu của trung đoàn, in every state that a page asks for; counted by two who may read there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from soi.ballots.enums import Mode, PollState
from soi.ballots.models import Poll
from tests.ballots.rows import Asked, brought_to, counted, draft
from tests.factories import Region

_REGIMENT: dict[str, Any] = {
    "body": "regiment", "title": "CANARY bỏ phiếu", "tellers": ("division", "regiment"),
}  # fmt: skip
_ASKED = Asked(text="CANARY thông qua nghị quyết", votes={1: 3})


@dataclass
class Polls:
    """Các cuộc bỏ phiếu."""

    draft: Poll
    open: Poll
    closed: Poll
    paper: Poll
    counted: Poll
    published: Poll


def build_polls(region: Region) -> Polls:
    """One of each; those on the roll may read the regiment anyway."""

    def at(state: PollState, mode: Mode = Mode.SECRET) -> Poll:
        return brought_to(draft(region, _ASKED, mode=mode, **_REGIMENT), state, region)

    return Polls(
        draft=draft(region, _ASKED, **_REGIMENT),
        open=at(PollState.OPEN),
        closed=at(PollState.CLOSED),
        paper=at(PollState.CLOSED, Mode.PAPER),
        counted=counted(region, _ASKED, state=PollState.COUNTED, **_REGIMENT),
        published=counted(region, _ASKED, **_REGIMENT),
    )
