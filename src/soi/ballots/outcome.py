"""Đọc kết quả: the outcome of a poll as this viewer may see it, computed from the tally by the frozen rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from soi.ballots import permissions
from soi.ballots.enums import Mode
from soi.ballots.logic import majority, numbers
from soi.ballots.logic.majority import Asked, Basis, Outcome, Result
from soi.ballots.logic.numbers import Sight
from soi.ballots.models import Poll, Question, Tally, Vote
from soi.base.actor import Actor
from soi.base.errors import NotAllowed


@dataclass(frozen=True, slots=True)
class OptionResult:
    """Một phương án; ``votes`` is None where numbers are not shown, ``names`` are those who voted by name."""

    number: int
    label: str
    votes: int | None
    wins: bool
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """Kết quả một câu hỏi. Every number is None where a small body is protected."""

    number: int
    kind: str
    text: str
    seats: int | None
    result: Result
    options: tuple[OptionResult, ...]
    winners: tuple[str, ...]
    again: tuple[str, ...]
    seats_left: int
    issued: int | None = None
    returned: int | None = None
    valid: int | None = None
    base: int | None = None
    needed: int | None = None
    tied: tuple[str, ...] = ()

    @property
    def invalid(self) -> int | None:
        """Số phiếu không hợp lệ."""
        return None if self.returned is None or self.valid is None else self.returned - self.valid


@dataclass(frozen=True, slots=True)
class PollResult:
    """Kết quả cuộc bỏ phiếu như người xem được thấy; ``hidden`` says that numbers are kept back on purpose."""

    poll_id: int
    questions: tuple[QuestionResult, ...]
    denominator: str
    majority: str
    summoned: int | None
    present: int | None
    hidden: bool


def result(actor: Actor, poll: Poll) -> PollResult | None:
    """Kết quả: None before the count, and for others than those who count or lead it before it is published.

    The caller got ``poll`` from ``queries``: whoever may not see the poll never comes here.
    """
    seen = numbers.sight(
        mode=poll.mode, state=poll.state, roll=_roll(poll), least=poll.min_body_for_numbers,
        counts=counts(actor, poll),
    )  # fmt: skip
    return _composed(poll, seen) if seen.outcome else None


def published(poll: Poll) -> PollResult | None:
    """Kết quả đã công bố: what anybody in the hall may see; nothing before."""
    seen = numbers.sight(
        mode=poll.mode, state=poll.state, roll=_roll(poll), least=poll.min_body_for_numbers, counts=False
    )
    return _composed(poll, seen) if seen.outcome else None


def record(actor: Actor, poll: Poll) -> PollResult:
    """Số liệu cho biên bản kiểm phiếu: in full, for the tellers alone."""
    seen = numbers.record_sight(state=poll.state, is_teller=is_teller(actor, poll))
    if not seen.outcome:
        raise NotAllowed(
            "Biên bản kiểm phiếu do ban kiểm phiếu lập, in và ký sau khi kiểm phiếu xong. "
            "Đồng chí xem kết quả ở trang của cuộc bỏ phiếu."
        )
    return _composed(poll, seen)


def is_teller(actor: Actor, poll: Poll) -> bool:
    """Người trong ban kiểm phiếu."""
    return actor.person_id is not None and any(
        teller.person_id == actor.person_id for teller in poll.tellers.all()
    )


def counts(actor: Actor, poll: Poll) -> bool:
    """Người kiểm phiếu hoặc điều hành: sees the outcome when it is counted, before it is published."""
    return is_teller(actor, poll) or permissions.can_conduct(actor, poll)


def is_small(poll: Poll) -> bool:
    """Tập thể nhỏ: pages show the outcome alone. True of an empty roll that is not frozen yet, too."""
    return numbers.hides_numbers(poll.mode, _roll(poll), poll.min_body_for_numbers)


def asked(question: Question) -> Asked:
    """Câu hỏi, as the rule reads it."""
    return Asked(question.kind, tuple(one.number for one in question.options.all()), question.seats)


def _roll(poll: Poll) -> int:
    return poll.roll.count()


def _composed(poll: Poll, seen: Sight) -> PollResult:
    rows = poll.questions.select_related("tally").prefetch_related("options__tally").order_by("number")
    names = _names(poll)
    return PollResult(
        poll_id=poll.pk,
        questions=tuple(_question(poll, row, seen, names) for row in rows if hasattr(row, "tally")),
        denominator=poll.denominator,
        majority=poll.majority,
        summoned=poll.summoned if seen.numbers else None,
        present=poll.present if seen.numbers else None,
        hidden=not seen.numbers,
    )


Names = Mapping[tuple[int, int], list[str]]


def _names(poll: Poll) -> Names:
    """Ai chọn gì, of votes by name only: by question and option."""
    found: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    if poll.mode == Mode.OPEN:
        rows = Vote.objects.filter(poll=poll).order_by("person__sort_key", "person")
        for question, name, choices in rows.values_list("question_id", "person__name", "choices"):
            for option in choices:
                found[question, option].append(name)
    return found


def _question(poll: Poll, question: Question, seen: Sight, names: Names) -> QuestionResult:
    options = list(question.options.all())
    votes = {option.number: option.tally.votes for option in options}
    found = majority.decided(asked(question), votes, _basis(poll, question.tally))
    plain = _without_numbers(question, _labels(question), found)
    if not seen.numbers:
        return plain
    named = tuple(
        replace(option, names=tuple(names.get((question.pk, option.number), ()))) for option in plain.options
    )
    return _with_numbers(replace(plain, options=named), votes, question.tally, found)


def _labels(question: Question) -> dict[int, str]:
    return {option.number: option.label for option in question.options.all()}


def _basis(poll: Poll, tally: Tally) -> Basis:
    return Basis(
        poll.denominator, poll.majority, summoned=poll.summoned or 0, present=poll.present or 0,
        issued=tally.issued, valid=tally.valid,
    )  # fmt: skip


def _without_numbers(question: Question, labels: Mapping[int, str], found: Outcome) -> QuestionResult:
    """In the order of the ballot paper: the order of votes is a number, too, and so is a tie."""
    return QuestionResult(
        number=question.number,
        kind=question.kind,
        text=question.text,
        seats=question.seats,
        result=found.result,
        options=tuple(
            OptionResult(number, label, None, number in found.winners) for number, label in labels.items()
        ),
        winners=tuple(label for number, label in labels.items() if number in found.winners),
        again=tuple(label for number, label in labels.items() if number in found.next_round),
        seats_left=found.seats_left,
    )


def _with_numbers(
    plain: QuestionResult, votes: Mapping[int, int], tally: Tally, found: Outcome
) -> QuestionResult:
    labels = {option.number: option.label for option in plain.options}
    return replace(
        plain,
        options=tuple(replace(option, votes=votes[option.number]) for option in plain.options),
        winners=tuple(labels[number] for number in found.winners),
        tied=tuple(labels[number] for number in found.tied),
        issued=tally.issued,
        returned=tally.returned,
        valid=tally.valid,
        base=found.base,
        needed=found.needed,
    )
