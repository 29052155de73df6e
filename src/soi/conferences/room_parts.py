"""Phòng họp như đang thấy: one frozen picture of the floor for all audiences, and the small one of one person.

Plain values only. ``RoomView.seen_by`` takes away what an audience may not know, so that a page is rendered once
for each audience and never for each person.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from soi.ballots.enums import PollState
from soi.conferences.enums import (
    Audience,
    ContributionKind,
    FloorState,
    ItemKind,
    Line,
    QueueRule,
    RequestKind,
    Secrecy,
)


@dataclass(frozen=True, slots=True)
class ItemView:
    """Một nội dung chương trình; ``place`` is "done", "now", "next" or "later"."""

    pk: int
    index: str  # "2" or "2.1"
    depth: int
    kind: ItemKind
    title: str
    minutes: int
    presenter: str
    presenter_id: int | None
    started_at: dt.datetime | None
    place: str
    papers: tuple[PaperLine, ...]


@dataclass(frozen=True, slots=True)
class PaperLine:
    """Một tài liệu trong danh sách, of an item (``item_id``) or of the whole conference (None)."""

    pk: int
    title: str
    secrecy: Secrecy
    is_draft: bool
    item_id: int | None


@dataclass(frozen=True, slots=True)
class TimerView:
    """Đồng hồ: since when, and of how many seconds (None: counts up)."""

    since: dt.datetime
    seconds: int | None


@dataclass(frozen=True, slots=True)
class PaperView:
    """Tài liệu đang trình bày, at its page."""

    pk: int
    title: str
    page: int
    secrecy: Secrecy
    is_draft: bool


@dataclass(frozen=True, slots=True)
class SpeakerView:
    """Người đang phát biểu; without a person the site itself speaks."""

    pk: int  # of the speech
    person_id: int | None
    site_id: int | None
    name: str  # with the rank: "Thượng tá Mai Văn Trung"; of a site its name
    post: str
    site: str
    kind: RequestKind
    topic: str
    since: dt.datetime
    seconds: int | None


@dataclass(frozen=True, slots=True)
class QueueView:
    """Một đăng ký phát biểu, at its place in the order, with the reason in words."""

    pk: int
    place: int
    person_id: int | None
    site_id: int | None
    name: str
    post: str
    site: str
    kind: RequestKind
    topic: str
    asked_at: dt.datetime
    reason: str


@dataclass(frozen=True, slots=True)
class PollView:
    """Một cuộc bỏ phiếu; ``cast`` and ``roll`` are numbers only."""

    pk: int
    title: str
    mode: str
    mode_label: str
    state: str
    state_label: str
    item_id: int | None
    cast: int
    roll: int


@dataclass(frozen=True, slots=True)
class SiteView:
    """Một điểm cầu: its line, how many are there, and how long it has spoken."""

    pk: int
    name: str
    is_main: bool
    room: str
    head: str
    technician: str
    line: Line
    line_at: dt.datetime | None
    present: int
    entitled_present: int
    code: str  # empty for audiences that do not show it
    turns: int
    spoken_seconds: int


@dataclass(frozen=True, slots=True)
class ContributionView:
    """Một ý kiến; withdrawn ones keep their words for the chair and the secretary only."""

    pk: int
    at: dt.datetime
    person_id: int | None
    name: str
    post: str
    site: str
    kind: ContributionKind
    text: str
    paper_id: int | None
    paper: str
    paragraph: int | None
    finding_id: int | None
    withdrawn: bool
    entered_label: str
    restricted: bool  # about a paper that not everybody may read


@dataclass(frozen=True, slots=True)
class LogLine:
    """Một câu của diễn biến: "14:05 Đồng chí … phát biểu"; ``text`` is without the time."""

    number: int
    at: dt.datetime
    text: str
    audience: Audience


@dataclass(frozen=True, slots=True)
class RoomView:
    """Phòng họp lúc này, for all audiences together: never render it without ``seen_by``."""

    conference_pk: int
    title: str
    kind_label: str
    body: str
    organization_id: int
    day: dt.date
    state: FloorState
    number: int
    now: dt.datetime
    opened_at: dt.datetime | None
    closed_at: dt.datetime | None
    rule: QueueRule
    speech_minutes: int | None
    item: ItemView | None
    agenda: tuple[ItemView, ...]
    timer: TimerView | None
    paper: PaperView | None  # the one on show
    papers: tuple[PaperLine, ...]
    speaker: SpeakerView | None
    queue: tuple[QueueView, ...]
    poll: PollView | None  # the one on the floor
    polls: tuple[PollView, ...]  # all of the conference, in their order
    sites: tuple[SiteView, ...]
    present: int
    entitled_present: int
    entitled: int
    quorum_needed: int
    quorum_reached: bool
    questions_left: int  # put before by the superior and not yet answered
    contributions: tuple[ContributionView, ...]  # the last 20, newest first
    log: tuple[LogLine, ...]  # the last 30, newest first

    def seen_by(self, audience: Audience) -> RoomView:
        """Như lớp người xem này được thấy: restricted papers, drafts, codes, chair's notes are taken away."""
        if audience == Audience.CHAIR:
            return self
        knows_codes = audience in {Audience.SITE, Audience.WALL}
        knows_drafts = audience == Audience.TELLER
        return replace(
            self,
            item=_open_item(self.item) if self.item else None,
            agenda=tuple(_open_item(item) for item in self.agenda),
            paper=_open_paper(self.paper) if self.paper else None,
            papers=_open_papers(self.papers),
            polls=tuple(poll for poll in self.polls if knows_drafts or poll.state != PollState.DRAFT),
            sites=self.sites if knows_codes else tuple(replace(site, code="") for site in self.sites),
            contributions=tuple(map(_open_contribution, self.contributions)),
            log=tuple(line for line in self.log if may_read(line.audience, audience)),
        )


def may_read(told_to: Audience, audience: Audience) -> bool:
    """Sự kiện dành cho một lớp người xem: those told to delegates are for everybody, and the chair reads all."""
    return audience == Audience.CHAIR or told_to in {Audience.DELEGATE, audience}


def _open_papers(papers: tuple[PaperLine, ...]) -> tuple[PaperLine, ...]:
    return tuple(paper for paper in papers if paper.secrecy == Secrecy.ALL)


def _open_item(item: ItemView) -> ItemView:
    return replace(item, papers=_open_papers(item.papers))


def _open_paper(paper: PaperView) -> PaperView:
    """That something is shown is known to all; what it is called, only to those who may read it."""
    return paper if paper.secrecy == Secrecy.ALL else replace(paper, title="")


def _open_contribution(one: ContributionView) -> ContributionView:
    if one.restricted or one.withdrawn:
        return replace(one, text="", paper="", paper_id=None, finding_id=None)
    # Not everybody may see the finding.
    return replace(one, finding_id=None)


@dataclass(frozen=True, slots=True)
class MyBallot:
    """Phiếu của tôi, in a poll that is open: whether cast, never what."""

    poll_id: int
    title: str
    cast: bool


@dataclass(frozen=True, slots=True)
class NotInvited:
    """Đăng ký không được mời: why, for whoever asked and for nobody else."""

    at: dt.datetime
    reason: str


@dataclass(frozen=True, slots=True)
class MyRoom:
    """Phần của riêng tôi: a small GET after an event, so that nothing else differs from person to person."""

    person_id: int | None
    number: int
    state: FloorState
    request: QueueView | None  # mine that waits, with its place
    not_invited: NotInvited | None  # my last request, where the chair declined it
    speaking: bool
    may_ask: bool
    may_contribute: bool
    may_drive: bool
    may_turn_page: bool
    page: int | None  # of the paper on show
    ballot: MyBallot | None
    site_id: int | None  # where I sit
    site: str
    to_sign_in: bool  # I attend and am not marked as here
    sites_served: tuple[int, ...]  # I am their head or technician
    site_request: QueueView | None  # of a site I serve
    site_not_invited: NotInvited | None
    papers: tuple[PaperLine, ...]  # that I may read and not everybody may
    contributions: tuple[ContributionView, ...]  # mine, not withdrawn, newest first
