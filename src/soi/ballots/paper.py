"""Phiếu giấy: two tellers enter what they counted, each alone; equal numbers are the result, others are not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from soi.ballots import changing, counting, outcome, permissions, policies
from soi.ballots.enums import Mode, Verb
from soi.ballots.logic.majority import Asked
from soi.ballots.logic.paper import Fault, LineCount, Sheet, differences, faults
from soi.ballots.models import PaperCount, Poll, Question, Teller
from soi.base.actor import Actor
from soi.base.errors import Conflict, Invalid
from soi.documents.models import Source
from soi.documents.permissions import evidence_allowed
from soi.history.actions import record

_WORDS = {
    "issued": "số phiếu phát ra",
    "returned": "số phiếu thu về",
    "valid": "số phiếu hợp lệ",
    "votes": "số phiếu của",
    "issued_over_roll": "số phiếu phát ra nhiều hơn số người trong danh sách được bỏ phiếu",
    "returned_over_issued": "số phiếu thu về nhiều hơn số phiếu phát ra",
    "valid_over_returned": "số phiếu hợp lệ nhiều hơn số phiếu thu về",
    "votes_do_not_add_up": "số phiếu của các phương án không khớp với số phiếu hợp lệ",
}
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Entered:
    """Đã ghi: ``agreed`` when the other teller had the same, and the poll is counted."""

    poll: Poll
    agreed: bool


@transaction.atomic
def enter_paper_count(
    *, actor: Actor, poll: Poll, sheet: Sheet, now: dt.datetime, scan: Source | None = None
) -> Entered:
    """Ghi số đếm: one's own numbers, without seeing the other's; may be mended until two agree.

    Nothing is kept of an entry that differs: whoever was wrong enters again.
    """
    permissions.check_can_count(actor, poll)
    current = changing.fresh(poll)
    _check_paper(current)
    teller = current.tellers.get(person=actor.person_id)
    policies.next_state(current.state, Verb.COUNT)
    questions = {row.number: row for row in current.questions.prefetch_related("options")}
    _check_possible(sheet, questions, current.roll.count())
    others = list(current.paper_counts.exclude(teller=teller).select_related("teller__person"))
    agreed = _agreed(sheet, others, questions)
    PaperCount.objects.update_or_create(
        poll=current, teller=teller,
        defaults={"counts": sheet.as_json(), "scan": evidence_allowed(actor, scan) or _kept_scan(teller)},
    )  # fmt: skip
    if agreed:
        return Entered(_settle(actor, current, sheet, now), agreed=True)
    record(
        actor=actor, action="ballots.enter_paper", subject=current, now=now,
        organization=current.organization, scan=scan,
    )  # fmt: skip
    return Entered(current, agreed=False)


def entry_of(actor: Actor, poll: Poll) -> Sheet | None:
    """Số tôi đã ghi: one's own entry, never the other teller's."""
    mine = poll.paper_counts.filter(teller__person_id=actor.person_id or 0).first()
    return sheet_of(mine.counts) if mine else None


def entered_by(poll: Poll) -> list[Teller]:
    """Những người đã ghi số, without their numbers."""
    return list(poll.tellers.filter(paper_counts__isnull=False).select_related("person"))


def sheet_of(kept: Mapping[str, Mapping[str, Mapping[str, object]]]) -> Sheet:
    """The numbers as they were kept."""
    lines: dict[int, LineCount] = {}
    issued = returned = 0
    for number, row in kept["questions"].items():
        options = row["options"]
        assert isinstance(options, Mapping)  # noqa: S101 (tells the type checker)
        votes = {int(option): int(each) for option, each in options.items()}
        issued, returned = int(str(row["issued"])), int(str(row["returned"]))
        lines[int(number)] = LineCount(int(str(row["valid"])), votes)
    return Sheet(issued, returned, lines)


def _kept_scan(teller: Teller) -> Source | None:
    earlier = PaperCount.objects.filter(teller=teller).select_related("scan").first()
    return earlier.scan if earlier else None


def _check_paper(poll: Poll) -> None:
    if poll.mode != Mode.PAPER:
        raise Conflict("Cuộc bỏ phiếu này không dùng phiếu giấy nên không ghi số đếm bằng tay.")


def _check_possible(sheet: Sheet, questions: Mapping[int, Question], roll: int) -> None:
    asked: dict[int, Asked] = {number: outcome.asked(row) for number, row in questions.items()}
    complete = set(sheet.lines) == set(asked) and all(
        set(line.votes) == set(asked[number].options) for number, line in sheet.lines.items()
    )
    if not complete:
        raise Invalid("Hãy ghi đủ số phiếu của mọi câu hỏi và mọi phương án.")
    if found := list(faults(sheet, asked, roll)):
        raise Invalid(f"Số đếm chưa hợp lý: {_named(found, questions)}. Hãy kiểm tra lại.")


def _agreed(sheet: Sheet, others: list[PaperCount], questions: Mapping[int, Question]) -> bool:
    """Whether another teller has entered the same; refused where one has and none agrees."""
    if not others:
        return False
    found = [list(differences(sheet, sheet_of(other.counts))) for other in others]
    if any(not each for each in found):
        return True
    raise Conflict(
        f"Số của đồng chí khác số của đồng chí {others[0].teller.person} ở: {_named(found[0], questions)}. "
        "Hai người hãy cùng đếm lại; ai ghi sai thì ghi lại số của mình."
    )


def _named(found: list[Fault], questions: Mapping[int, Question]) -> str:
    """The lines by name, never the other's number."""
    words = [_line(fault, questions) for fault in found[:_SHOWN]]
    more = f" và {len(found) - _SHOWN} dòng khác" if len(found) > _SHOWN else ""
    return "; ".join(words) + more


def _line(fault: Fault, questions: Mapping[int, Question]) -> str:
    what = _WORDS[fault.what]
    if fault.question is None:
        return what
    question = questions[fault.question]
    if fault.option is not None:
        label = next(one.label for one in question.options.all() if one.number == fault.option)
        what = f"{what} «{label}»"
    return f"«{question}», {what}" if len(questions) > 1 else what


def _settle(actor: Actor, poll: Poll, sheet: Sheet, now: dt.datetime) -> Poll:
    """The one event of the agreement is that of the count."""
    changing.check_as_frozen(poll)
    counting.begin_counting(poll, now)
    counts = {
        number: counting.Counts(sheet.issued, sheet.returned, line.valid, line.votes)
        for number, line in sheet.lines.items()
    }
    counting.write_result(poll, counts)
    return counting.finish_counting(actor, poll, now)
