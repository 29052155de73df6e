"""Chốt, duyệt, trả lại, đính chính. What was finalized stays as it was; what follows is a new edition."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TypeVar

from django.db import transaction

from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict, Refusal
from soi.base.text import cut
from soi.history.actions import record
from soi.org.models import Organization
from soi.reviews import changing, editions, measuring, permissions, readiness
from soi.reviews.enums import Change, Verb
from soi.reviews.logic import canon
from soi.reviews.logic.next_period import programme_periods
from soi.reviews.models import Finalization, Measure, Paragraph, Review
from soi.reviews.queries import above_of
from soi.work import tasks
from soi.work.models import Programme, Task

_Row = TypeVar("_Row", Paragraph, Measure)


@transaction.atomic
def finalize(*, actor: Actor, review: Review, now: dt.datetime) -> Finalization:
    """Chốt: from now on nothing of this edition changes, and each measure is a task. All of it stands or none.

    Raises Conflict, with everything that is still missing.
    """
    current = changing.fresh(review)
    permissions.check_can_write(actor, current)
    permissions.check_state(current, Verb.FINALIZE)
    if missing := readiness.lacks(current, today=actor.today):
        raise Conflict("Chưa chốt được. " + " ".join(lack.sentence for lack in missing))
    made = _enter_programme(actor, current, now)
    text = editions.full_text(current)
    finalization = Finalization.objects.create(
        review=current, edition=current.edition, at=now, on=actor.today, finalizer_label=actor.label,
        text=text, sha256=canon.mark(text),
    )  # fmt: skip
    changing.move(current, Verb.FINALIZE)
    _record(
        actor, "finalize", current, now, above=above_of(current, on=actor.today), edition=current.edition,
        sha256=finalization.sha256, tasks=made,
    )  # fmt: skip
    return finalization


@transaction.atomic
def approve(*, actor: Actor, review: Review, now: dt.datetime) -> Finalization:
    """Duyệt, once every explanation was found clear."""
    above = permissions.check_can_decide(actor, review)
    current = changing.fresh(review)
    permissions.check_state(current, Verb.APPROVE)
    if left := readiness.unjudged_prompts(current).count():
        raise Conflict(
            f"Còn {left} giải trình chưa được xem xét. Hãy ghi nhận từng giải trình là đã rõ, "
            "hoặc trả lại bản kiểm điểm để giải trình thêm."
        )
    finalization = _decide(actor, current, approved=True, reason="")
    changing.move(current, Verb.APPROVE)
    _record(actor, "approve", current, now, above=above, edition=current.edition)
    return finalization


@transaction.atomic
def return_review(*, actor: Actor, review: Review, reason: str, now: dt.datetime) -> Review:
    """Trả lại, with the reason: what was finalized stays; the author goes on in a new edition."""
    above = permissions.check_can_decide(actor, review)
    current = changing.fresh(review)
    permissions.check_state(current, Verb.RETURN)
    reason = changing.noted(reason, "lý do trả lại")
    _decide(actor, current, approved=False, reason=reason)
    _go_on(current, Verb.RETURN)
    _record(actor, "return", current, now, above=above, edition=current.edition - 1, reason=reason)
    return current


@transaction.atomic
def correct(*, actor: Actor, review: Review, reason: str, now: dt.datetime) -> Review:
    """Đính chính: a new edition, with the reason; what was finalized, and approved, stays beside it."""
    current = changing.fresh(review)
    permissions.check_can_write(actor, current)
    permissions.check_state(current, Verb.CORRECT)
    reason = changing.noted(reason, "lý do đính chính")
    Finalization.objects.filter(review=current, edition=current.edition).update(
        corrected_on=actor.today, corrector_label=actor.label, correction_reason=reason
    )
    _go_on(current, Verb.CORRECT)
    above = above_of(current, on=actor.today)
    _record(actor, "correct", current, now, above=above, edition=current.edition - 1, reason=reason)
    return current


# --- measures become tasks ---------------------------------------------------------------------------


def _enter_programme(actor: Actor, review: Review, now: dt.datetime) -> list[Task]:
    """Each measure that is no task yet becomes one, in the programme of the next period where there is one."""
    rows = Measure.objects.select_for_update(of=("self",)).filter(
        review=review, edition=review.edition, dropped=False, task__isnull=True
    )
    measures = list(rows.select_related("accountable_post__organization").order_by("pk"))
    programmes = _programmes(measuring.giver_of(actor, review)) if measures else {}
    for measure in measures:
        measure.review = review
        periods = programme_periods(review.cycle.period, measure.due_on)
        programme = next((programmes[period] for period in periods if period in programmes), None)
        measure.task = _assign(actor, measure, programme, now)
        measure.save(update_fields=["task"])
    return [measure.task for measure in measures if measure.task]


def _assign(actor: Actor, measure: Measure, programme: Programme | None, now: dt.datetime) -> Task:
    entry = measuring.task_entry(actor, measure)
    try:
        return tasks.assign_task(
            actor=actor, assigned_by=entry.assigned_by, accountable_post=entry.accountable_post,
            statement=entry.statement, deliverable=entry.deliverable, due_on=entry.due_on, area=entry.area,
            start_on=entry.start_on, programme=programme, origin=entry.origin, now=now,
        )  # fmt: skip
    except Refusal as refusal:
        # Which of the measures it was, the sentence of the task does not say.
        raise Conflict(
            f"Biện pháp «{cut(measure.statement)}» chưa thành nhiệm vụ được. {refusal.sentence}"
        ) from refusal


def _programmes(body: Organization) -> dict[str, Programme]:
    """The oldest programme of each period."""
    rows = Programme.objects.filter(organization=body).order_by("-pk")
    return {programme.period: programme for programme in rows}


# --- editions ----------------------------------------------------------------------------------------


def _decide(actor: Actor, review: Review, *, approved: bool, reason: str) -> Finalization:
    finalization = Finalization.objects.select_for_update().get(review=review, edition=review.edition)
    finalization.approved, finalization.reason = approved, reason
    finalization.decided_on, finalization.decider_label = actor.today, actor.label
    finalization.save(update_fields=["approved", "reason", "decided_on", "decider_label"])
    return finalization


def _go_on(review: Review, verb: Verb) -> None:
    """A new edition with a copy of the text and the measures; those that are tasks already stay the same tasks."""
    paragraphs = list(Paragraph.objects.filter(review=review, edition=review.edition))
    measures = list(Measure.objects.filter(review=review, edition=review.edition))
    review.edition += 1
    changing.move(review, verb, "edition")
    for paragraph in paragraphs:
        paragraph.change, paragraph.other_text, paragraph.other_basis = Change.NONE, "", []
    Paragraph.objects.bulk_create(_anew(review, paragraphs))
    Measure.objects.bulk_create(_anew(review, measures))


def _anew(review: Review, rows: Iterable[_Row]) -> list[_Row]:
    copies = list(rows)
    for row in copies:
        row.pk, row.edition, row.version = None, review.edition, 1
        row._state.adding = True
    return copies


def _record(actor: Actor, verb: str, review: Review, now: dt.datetime, **facts: object) -> None:
    record(
        actor=actor, action=f"reviews.{verb}", subject=review, now=now, using=Capability.RECORD,
        organization=review.organization, person=review.person, **facts,
    )  # fmt: skip
