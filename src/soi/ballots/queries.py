"""Đọc cuộc bỏ phiếu: what an actor may see, the ballot of one voter, how many have voted; never who chose what."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Prefetch, Q, QuerySet

from soi.ballots.enums import Mode, PollState
from soi.ballots.models import Option, Poll, Question, Receipt, RollEntry, Teller
from soi.base.actor import Actor, Capability
from soi.base.errors import NotFound
from soi.base.records import Kept
from soi.history.models import Event
from soi.history.queries import events_of
from soi.org.queries import scope

OUT_OF_SIGHT = "Không tìm thấy cuộc bỏ phiếu này, hoặc cuộc bỏ phiếu nằm ngoài phạm vi của đồng chí."
MODE_SENTENCES = {
    Mode.OPEN: "Biểu quyết công khai: tên và lựa chọn của đồng chí được ghi lại cùng nhau.",
    Mode.SECRET: (
        "Phiếu kín điện tử: danh sách chỉ ghi đồng chí đã bỏ phiếu, không ghi lựa chọn. "
        "Phiếu được niêm phong và chỉ hai người kiểm phiếu cùng nhau mới mở được, sau khi đóng bỏ phiếu."
    ),
    Mode.PAPER: "Phiếu giấy: bỏ vào hòm phiếu tại chỗ, không bỏ trên máy.",
}
_SMALL = (
    "Danh sách chỉ có {roll} người. Ở tập thể nhỏ, chỉ riêng con số kết quả cũng có thể lộ lựa chọn của từng "
    "người, nên trang kết quả chỉ ghi kết luận. Không máy móc nào che được một kết quả tuyệt đối tán thành."
)


# --- what is in sight --------------------------------------------------------------------------------


def visible_to(actor: Actor) -> QuerySet[Poll]:
    """Cuộc bỏ phiếu được thấy: of a body one reads, with oneself on the roll, or counted by oneself."""
    if actor.is_system:
        return Poll.objects.all()
    me = actor.person_id or 0
    voter = RollEntry.objects.filter(poll=OuterRef("pk"), person_id=me)
    teller = Teller.objects.filter(poll=OuterRef("pk"), person_id=me)
    reads = scope(actor, Capability.READ, path="organization")
    return Poll.objects.filter(reads | Q(Exists(voter)) | Q(Exists(teller)))


def get(actor: Actor, pk: int) -> Poll:
    """Một cuộc bỏ phiếu with its questions, options and tellers; NotFound when it is out of sight."""
    options = Prefetch("questions__options", Option.objects.order_by("number"))
    tellers = Prefetch("tellers", Teller.objects.select_related("person"))
    polls = visible_to(actor).filter(pk=pk).select_related("organization", "earlier")
    poll = polls.prefetch_related("questions", options, tellers).first()
    if poll is None:
        raise NotFound(OUT_OF_SIGHT)
    return poll


def at_the_box(actor: Actor, pk: int) -> Poll:
    """Cuộc bỏ phiếu mà mình có tên: one query, nothing beside it, for a ballot that is being cast."""
    poll: Poll | None = _AT_THE_BOX.one(keys=[pk, actor.person_id or 0])
    return poll or get(actor, pk)


def _with_a_voter(pk: int, person: int) -> QuerySet[Poll]:
    mine = RollEntry.objects.filter(poll=OuterRef("pk"), person_id=person)
    return Poll.objects.filter(Exists(mine), pk=pk).order_by()


_AT_THE_BOX = Kept(_with_a_voter)


def listing(actor: Actor) -> QuerySet[Poll]:
    """Các cuộc bỏ phiếu được thấy, newest first."""
    return visible_to(actor).select_related("organization").order_by("-pk")


def to_cast(actor: Actor) -> QuerySet[Poll]:
    """Chờ tôi bỏ phiếu: open, with me on the roll and no ballot of mine in the box."""
    mine = RollEntry.objects.filter(poll=OuterRef("pk"), person_id=actor.person_id or 0, cast=False)
    waiting = Poll.objects.filter(Exists(mine), state=PollState.OPEN).exclude(mode=Mode.PAPER)
    return waiting.select_related("organization").order_by("pk")


def to_count(actor: Actor) -> QuerySet[Poll]:
    """Chờ tôi kiểm phiếu: closed, and I am one of its tellers."""
    mine = Teller.objects.filter(poll=OuterRef("pk"), person_id=actor.person_id or 0)
    closed = Poll.objects.filter(Exists(mine), state=PollState.CLOSED)
    return closed.select_related("organization").order_by("pk")


def with_traces() -> QuerySet[Poll]:
    """Đã mở hoặc hủy hòm mà chưa xóa hết dấu vết trên đĩa."""
    return Poll.objects.filter(traces_since__isnull=False)


@dataclass(frozen=True, slots=True)
class TracesLeft:
    """Dấu vết chưa xóa: of how many ballots and since when; never of which."""

    number: int
    since: dt.datetime


def traces_left() -> TracesLeft | None:
    """Còn dấu vết trên đĩa, as whoever looks after the machine is told; None when nothing is owed."""
    found = with_traces().aggregate(number=Count("pk"), since=Min("traces_since"))
    return TracesLeft(**found) if found["number"] else None


def history_of(poll: Poll) -> QuerySet[Event]:
    """Lịch sử của cuộc bỏ phiếu. The caller has checked that it may be seen."""
    return events_of(poll)


# --- the ballot of one voter -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """Một câu trên phiếu; options as (number, label)."""

    number: int
    kind: str
    text: str
    seats: int | None
    options: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Ballot:
    """Phiếu của một người: what they vote on, how, and whether they have; never what was chosen."""

    poll: Poll
    lines: tuple[Line, ...]
    mode_sentence: str
    small_body_warning: str
    on_roll: bool
    cast: bool

    @property
    def may_cast(self) -> bool:
        """Được bỏ phiếu bây giờ."""
        return (
            self.on_roll and not self.cast and self.poll.state == PollState.OPEN
            and self.poll.mode != Mode.PAPER
        )  # fmt: skip


def ballot_for(actor: Actor, poll: Poll) -> Ballot:
    """Phiếu của người đang xem. The caller got ``poll`` from ``get``."""
    mine = RollEntry.objects.filter(poll=poll, person_id=actor.person_id or 0)
    cast = mine.values_list("cast", flat=True).first()
    return Ballot(
        poll=poll,
        lines=tuple(_line(question) for question in poll.questions.all()),
        mode_sentence=MODE_SENTENCES[Mode(poll.mode)],
        small_body_warning=_small_body_warning(poll),
        on_roll=cast is not None,
        cast=bool(cast),
    )


def _line(question: Question) -> Line:
    options = tuple((option.number, option.label) for option in question.options.all())
    return Line(question.number, question.kind, question.text, question.seats, options)


def _small_body_warning(poll: Poll) -> str:
    if poll.mode == Mode.OPEN or poll.state == PollState.DRAFT:
        return ""
    roll = poll.roll.count()
    return _SMALL.format(roll=roll) if roll < poll.min_body_for_numbers else ""


def turnout(poll: Poll) -> tuple[int, int]:
    """Đã bỏ phiếu và tổng số trên danh sách: two numbers, no names."""
    counted = RollEntry.objects.filter(poll=poll).aggregate(
        cast=Count("pk", filter=Q(cast=True)), roll=Count("pk")
    )
    return counted["cast"], counted["roll"]


def tellers_of(poll: Poll) -> QuerySet[Teller]:
    """Ban kiểm phiếu, the head first."""
    return Teller.objects.filter(poll=poll).select_related("person")


def receipts_of(poll: Poll) -> list[str]:
    """Mã phiếu, sorted, without choices; none before the count."""
    return list(Receipt.objects.filter(poll=poll).order_by("code").values_list("code", flat=True))


# --- what was frozen ---------------------------------------------------------------------------------------


def content_hash(poll: Poll) -> str:
    """Mã băm của nội dung đã chốt, worked out anew from the rows: questions, options, roll, rule, public key."""
    text = json.dumps(_content(poll), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def is_as_frozen(poll: Poll) -> bool:
    """Còn nguyên như khi mở."""
    return bool(poll.frozen_hash) and content_hash(poll) == poll.frozen_hash


def _content(poll: Poll) -> dict[str, Any]:
    rule = (
        "title", "mode", "round", "denominator", "majority", "min_body_for_numbers", "summoned", "present",
        "public_key", "organization_id", "earlier_id",
    )  # fmt: skip
    people = RollEntry.objects.filter(poll=poll).order_by("person_id").values_list("person_id", flat=True)
    return {
        "poll": poll.pk,
        "rule": {name: getattr(poll, name) for name in rule},
        "questions": _questions(poll),
        "roll": list(people),
    }


def _questions(poll: Poll) -> Sequence[Any]:
    rows = Question.objects.filter(poll=poll).order_by("number").prefetch_related("options")
    return [
        [row.number, row.kind, row.text, row.seats, [[one.number, one.label] for one in row.options.all()]]
        for row in rows
    ]
