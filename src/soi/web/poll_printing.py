"""In biên bản kiểm phiếu: from the poll to the form, in full numbers, for its tellers alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from soi.ballots import outcome, wording
from soi.ballots.enums import Mode, QuestionKind
from soi.ballots.outcome import PollResult, QuestionResult
from soi.base.actor import Actor
from soi.forms.forms.counting_record.context import CountingContext, OptionLine, QuestionRecord
from soi.forms.parts import Participant
from soi.org import queries as org
from soi.web.printing import letterhead

if TYPE_CHECKING:
    from soi.ballots.models import Poll, Teller


def record(actor: Actor, poll: Poll) -> CountingContext:
    """Biên bản kiểm phiếu; refused to whoever is no teller of it, and before the count."""
    found = outcome.record(actor, poll)
    counted = timezone.localtime(poll.counted_at) if poll.counted_at else None
    first = found.questions[0]
    return CountingContext(
        letterhead=letterhead(poll.organization, date=counted.date() if counted else actor.today),
        title=poll.title,
        form=str(poll.get_mode_display()),
        rule=wording.rule_of(poll),
        opened_at=timezone.localtime(poll.opened_at) if poll.opened_at else None,
        counted_at=counted,
        round=poll.round,
        tellers=tuple(_teller(teller, actor) for teller in poll.tellers.all()),
        summoned=found.summoned or 0,
        present=found.present or 0,
        issued=first.issued or 0,
        returned=first.returned or 0,
        questions=_questions(found),
        frozen_hash=poll.frozen_hash,
        destroyed_key=poll.mode == Mode.SECRET,
        numbers_kept_here=outcome.is_small(poll),
    )


def _teller(teller: Teller, actor: Actor) -> Participant:
    posts = tuple(org.post_labels(teller.person_id, on=actor.today))
    return Participant(name=teller.person.name, rank=org.rank_of(teller.person, on=actor.today), posts=posts)


def _questions(found: PollResult) -> tuple[QuestionRecord, ...]:
    return tuple(_question(question) for question in found.questions)


def _question(question: QuestionResult) -> QuestionRecord:
    return QuestionRecord(
        text=question.text,
        options=tuple(OptionLine(label=one.label, votes=one.votes or 0) for one in question.options),
        valid=question.valid or 0,
        invalid=question.invalid or 0,
        outcome=wording.sentence(question),
        base=question.base or 0,
        needed=question.needed,
        is_rated=question.kind == QuestionKind.LEVELS,
    )
