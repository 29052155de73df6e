"""Cuộc bỏ phiếu đã kiểm, as rows: for tests of reading, without casting a single vote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from soi.ballots import counting
from soi.ballots.enums import Denominator, Majority, Mode, PollState, QuestionKind
from soi.ballots.models import KeyShare, Option, Poll, Question, Receipt, RollEntry, Teller
from soi.ballots.queries import content_hash
from tests.factories import Region

YES_NO = ("Đồng ý", "Không đồng ý")
LEVELS = (
    "Hoàn thành xuất sắc nhiệm vụ", "Hoàn thành tốt nhiệm vụ", "Hoàn thành nhiệm vụ",
    "Không hoàn thành nhiệm vụ", "Chưa xếp loại",
)  # fmt: skip
VOTERS = (
    "secretary",
    "clerk",
    "inspector",
    "press",
    "commander",
    "division",
    "divisionclerk",
    "regiment",
    "member",
)
TELLERS = ("press", "inspector")


@dataclass(frozen=True)
class Asked:
    """A question and, once counted, its numbers."""

    kind: QuestionKind = QuestionKind.YES_NO
    text: str = "Thông qua nghị quyết"
    options: Sequence[str] = YES_NO
    seats: int | None = None
    votes: Mapping[int, int] = field(default_factory=dict)
    valid: int | None = None


def draft(
    region: Region, *asked: Asked, mode: Mode = Mode.SECRET, voters: int = 3, body: str = "region",
    denominator: Denominator = Denominator.PRESENT, majority: Majority = Majority.HALF,
    title: str = "Bỏ phiếu thông qua", tellers: Sequence[str] = TELLERS,
) -> Poll:  # fmt: skip
    """A draft with its questions, roll and tellers."""
    poll = Poll.objects.create(
        organization=region.bodies[body], title=title, mode=mode,
        denominator=denominator, majority=majority,
    )  # fmt: skip
    for number, one in enumerate(asked or (Asked(),), start=1):
        question = Question.objects.create(
            poll=poll, number=number, kind=one.kind, text=one.text, seats=one.seats
        )
        Option.objects.bulk_create(
            Option(question=question, number=place, label=label)
            for place, label in enumerate(one.options, start=1)
        )
    RollEntry.objects.bulk_create(RollEntry(poll=poll, person=region.people[key]) for key in VOTERS[:voters])
    for place, key in enumerate(tellers):
        Teller.objects.create(poll=poll, person=region.people[key], is_head=place == 0)
    return poll


def brought_to(poll: Poll, state: PollState, region: Region) -> Poll:
    """Open, then closed, as the database allows; everybody has voted."""
    if state == PollState.DRAFT:
        return poll
    if state == PollState.ANNULLED:
        return _annulled(poll)
    _open(poll, region)
    if state == PollState.OPEN:
        return poll
    if poll.mode != Mode.PAPER:
        poll.roll.update(cast=True)
    poll.state, poll.closed_at = PollState.CLOSED, region.now
    poll.save()
    return poll


def _annulled(poll: Poll) -> Poll:
    poll.state, poll.annul_reason = PollState.ANNULLED, "Nhầm danh sách"
    poll.save()
    return poll


def _open(poll: Poll, region: Region) -> None:
    if poll.mode == Mode.SECRET:
        one, two = poll.tellers.all()
        KeyShare.objects.create(poll=poll, teller=one, other=two, salt=b"", sealed=b"")
        poll.public_key = "00"
    poll.summoned = poll.present = poll.roll.count()
    poll.frozen_hash = content_hash(poll)
    poll.opened_at, poll.state = region.now, PollState.OPEN
    poll.save()


def counted(region: Region, *asked: Asked, state: PollState = PollState.PUBLISHED, **more: Any) -> Poll:
    """A poll with its result; not a single ballot was sealed for it."""
    poll = brought_to(draft(region, *asked, **more), PollState.CLOSED, region)
    voters = poll.roll.count()
    with transaction.atomic():
        counting.begin_counting(poll, region.now)
        poll.key_shares.all().delete()
        if poll.mode == Mode.SECRET:
            Receipt.objects.bulk_create(Receipt(poll=poll, code=f"ma-{place}") for place in range(voters))
        counting.write_result(poll, _counts(poll, asked or (Asked(),), voters))
        counting.finish_counting(region.system, poll, region.now)
    if state == PollState.PUBLISHED:
        poll.state, poll.published_at = state, region.now
        poll.save()
    return poll


def _counts(poll: Poll, asked: Sequence[Asked], voters: int) -> dict[int, counting.Counts]:
    numbers = {row.number: [one.number for one in row.options.all()] for row in poll.questions.all()}
    return {
        number: counting.Counts(
            voters,
            voters,
            voters if one.valid is None else one.valid,
            {option: one.votes.get(option, 0) for option in numbers[number]},
        )
        for number, one in enumerate(asked, start=1)
    }
