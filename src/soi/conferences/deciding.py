"""Bỏ phiếu tại hội nghị: drafted for an item, opened for those present, closed and announced on the floor.

The room of ballots knows no conference; here its polls get their place in the programme. Each step is one event
of the floor; a single vote never is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import QuerySet

from soi.ballots import actions as ballots
from soi.ballots import queries as polls
from soi.ballots.actions import NewQuestion
from soi.ballots.enums import PollState
from soi.ballots.models import SMALL_BODY, Poll
from soi.ballots.permissions import can_conduct
from soi.base.actor import Actor
from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound
from soi.conferences import floor_rights as rights
from soi.conferences import floor_steps as steps
from soi.conferences.enums import Audience, FloorState
from soi.conferences.floor_steps import Facts
from soi.conferences.logic.verbs import FloorVerb as Verb
from soi.conferences.models import AgendaItem, Conference, ConferencePoll, Floor
from soi.conferences.quorum import quorum

_NOT_HERE = "Không tìm thấy cuộc bỏ phiếu này trong hội nghị."


@transaction.atomic
def new_poll(
    *,
    actor: Actor,
    conference: Conference,
    title: str,
    mode: str,
    questions: Sequence[NewQuestion],
    denominator: str,
    majority: str,
    now: dt.datetime,
    item: int | None = None,
    earlier: Poll | None = None,
    min_body_for_numbers: int = SMALL_BODY,
) -> Poll:
    """Soạn cuộc bỏ phiếu của hội nghị, for an item of its programme; only chair and secretary hear of it."""
    rights.check_drives(actor, conference)
    floor = steps.begin(conference, Verb.DRAFT_POLL)
    if item is not None and not AgendaItem.objects.filter(conference=conference, pk=item).exists():
        raise NotFound("Không tìm thấy nội dung này trong chương trình hội nghị.")
    poll = ballots.draft_poll(
        actor=actor, organization=conference.organization, title=title, mode=mode, questions=questions,
        denominator=denominator, majority=majority, now=now, earlier=earlier,
        min_body_for_numbers=min_body_for_numbers,
    )  # fmt: skip
    ConferencePoll.objects.create(conference=conference, item_id=item, poll=poll)
    steps.append(floor, Verb.DRAFT_POLL, actor=actor, now=now, facts=_named(poll), audience=Audience.CHAIR)
    return poll


@transaction.atomic
def open_vote(
    *,
    actor: Actor,
    conference: Conference,
    poll: Poll,
    now: dt.datetime,
    passphrases: Mapping[int, str] | None = None,
) -> Poll:
    """Đưa ra bỏ phiếu: the roll is whoever may vote and is there at this moment, at whatever site."""
    rights.check_drives(actor, conference)
    floor = steps.begin(conference, Verb.OPEN_POLL)
    _check_ours(actor, conference, poll)
    there = quorum(conference, now)
    if not there.voters:
        raise Conflict(
            "Chưa có thành viên chính thức nào được điểm danh có mặt. Hãy điểm danh rồi mở bỏ phiếu."
        )
    opened = ballots.open_poll(
        actor=actor, poll=poll, roll=there.voters, summoned=there.entitled, present=there.present, now=now,
        passphrases=passphrases,
    )  # fmt: skip
    facts = {
        **_named(opened), "mode": str(opened.get_mode_display()), "summoned": there.entitled,
        "present": there.present, "roll": len(there.voters), "ended": steps.end_speech(floor, now),
    }  # fmt: skip
    steps.append(
        floor, Verb.OPEN_POLL, actor=actor, now=now, facts=facts, poll=opened.pk, **steps.timer(now, None)
    )
    return opened


@transaction.atomic
def close_vote(*, actor: Actor, conference: Conference, now: dt.datetime, poll: int | None = None) -> Poll:
    """Đóng bỏ phiếu đang mở, and back to the item. One annulled on its own page leaves the floor this way too.

    ``poll``: the one the actor has before them, where another could have been opened meanwhile.
    """
    rights.check_drives(actor, conference)
    floor = steps.begin(conference, Verb.CLOSE_POLL)
    closed = _on_the_floor(floor, poll)
    if closed.state == PollState.OPEN:
        _check_ours(actor, conference, closed)
        closed = ballots.close_poll(actor=actor, poll=closed, now=now)
    cast, roll = polls.turnout(closed)
    facts = {**_named(closed), "cast": cast, "roll": roll, "annulled": closed.state == PollState.ANNULLED}
    steps.append(floor, Verb.CLOSE_POLL, actor=actor, now=now, facts=facts, **steps.item_timer(floor))
    return closed


@transaction.atomic
def publish_votes(
    *, actor: Actor, conference: Conference, polls: Sequence[Poll], now: dt.datetime
) -> list[Poll]:
    """Công bố kết quả, of one or of several at once: all or none of them, and the room hears of it once.

    Everybody's page shows them, also when they were counted after the session.
    """
    rights.check_drives(actor, conference)
    floor = steps.begin(conference, Verb.PUBLISH_POLL)
    if not polls:
        raise Invalid("Hãy đánh dấu ít nhất một cuộc bỏ phiếu để công bố.", {"poll": "Chưa chọn."})
    for poll in polls:
        _check_ours(actor, conference, poll)
    # Two who press at the same time take the polls in the same order.
    in_order = sorted(polls, key=lambda poll: poll.pk)
    published = [ballots.publish_poll(actor=actor, poll=poll, now=now) for poll in in_order]
    # While another poll is open, that one stays on the floor.
    shown = floor.poll_id if floor.state == FloorState.VOTING else published[0].pk
    facts = {**_named(published[0]), "more": [_named(poll) for poll in published[1:]]}
    steps.append(floor, Verb.PUBLISH_POLL, actor=actor, now=now, facts=facts, poll=shown)
    return published


def _on_the_floor(floor: Floor, asked: int | None) -> Poll:
    if floor.poll is None or asked not in {None, floor.poll_id}:
        raise Conflict("Cuộc bỏ phiếu này không còn mở. Hãy tải lại trang.")
    return floor.poll


def _check_ours(actor: Actor, conference: Conference, poll: Poll) -> None:
    """Of this conference, and the actor's to conduct: who only chairs sees it and is told whom to ask."""
    if not ConferencePoll.objects.filter(conference=conference, poll=poll).exists():
        raise NotFound(_NOT_HERE)
    if not can_conduct(actor, poll):
        raise NotAllowed(
            f"Cuộc bỏ phiếu này do thư ký hoặc người lãnh đạo của {conference.organization} điều hành. "
            "Hãy đề nghị đồng chí đó mở, đóng và công bố."
        )


def _named(poll: Poll) -> Facts:
    return {"poll": poll.title, "poll_id": poll.pk, "mode_key": poll.mode}


def poll_of(conference: Conference, pk: int) -> Poll:
    """Cuộc bỏ phiếu của hội nghị này; whether the actor may do anything with it, the action asks."""
    return polls_of(conference, [pk])[0]


def polls_of(conference: Conference, numbers: Sequence[int]) -> list[Poll]:
    """Các cuộc bỏ phiếu này của hội nghị: all of them, or not found."""
    found = list(Poll.objects.filter(conference_link__conference=conference, pk__in=numbers))
    if len(found) != len(set(numbers)):
        raise NotFound(_NOT_HERE)
    return found


def counted(conference: Conference) -> QuerySet[Poll]:
    """Đã kiểm phiếu, chờ công bố."""
    waiting = Poll.objects.filter(conference_link__conference=conference, state=PollState.COUNTED)
    return waiting.order_by("pk")


def conference_of(poll: Poll) -> Conference | None:
    """Hội nghị của cuộc bỏ phiếu, if it belongs to one: its pages then go through this module."""
    link = ConferencePoll.objects.filter(poll=poll).select_related("conference__organization").first()
    return link.conference if link else None


def is_on_floor(conference: Conference, poll: Poll) -> bool:
    """Đang được đưa ra bỏ phiếu ở phiên họp: then it is closed there, so that every page hears of it."""
    return Floor.objects.filter(conference=conference, poll=poll, state=FloorState.VOTING).exists()
