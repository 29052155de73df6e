"""Các lần chốt: what an edition says in one form, and which editions a reader may open."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from soi.base.actor import Actor
from soi.reviews.logic import canon
from soi.reviews.logic.carried import mended_of
from soi.reviews.models import Carried, Explanation, Finalization, Measure, Paragraph, Prompt, Review
from soi.reviews.queries import at_home, visible_to


def reads_draft(actor: Actor, review: Review) -> bool:
    """Đọc được bản đang soạn: the body's own people, the person alone; nobody above before it is finalized."""
    return actor.is_system or visible_to(actor).filter(at_home(actor), pk=review.pk).exists()


def editions_for(actor: Actor, review: Review) -> list[int]:
    """Các lần mà người này được mở, oldest first: what was finalized, and at home the one being written."""
    found = list(finalizations_of(review).values_list("edition", flat=True))
    writing = review.edition not in found
    return [*found, review.edition] if writing and reads_draft(actor, review) else found


def finalizations_of(review: Review) -> QuerySet[Finalization]:
    """Các lần chốt, oldest first. The caller has checked that the text may be read."""
    return Finalization.objects.filter(review=review).order_by("edition")


def last_finalization(review: Review) -> Finalization | None:
    """Lần chốt mới nhất."""
    return finalizations_of(review).last()


def is_intact(finalization: Finalization) -> bool:
    """Dấu còn khớp toàn văn đã giữ."""
    return canon.mark(finalization.text) == finalization.sha256


def full_text(review: Review) -> str:
    """Toàn văn của lần hiện nay, as it is kept when finalized: paragraphs, carried rows, explanations, measures."""
    return canon.canonical(
        canon.Edition(
            heading=_heading(review),
            number=review.edition,
            paragraphs=_paragraphs(review),
            carried=_carried(review),
            prompts=_prompts(review),
            measures=_measures(review),
        )
    )


def _heading(review: Review) -> list[str]:
    of = [review.person.name, review.post_label] if review.person else []
    return [line for line in (review.cycle.title, review.organization.name, *of) if line]


def _paragraphs(review: Review) -> list[tuple[int, str]]:
    rows = Paragraph.objects.filter(review=review, edition=review.edition, dropped=False)
    return list(rows.values_list("section", "text"))


def _carried(review: Review) -> list[canon.CarriedText]:
    rows = Carried.objects.filter(review=review).select_related("finding")
    return [
        canon.CarriedText(row.finding.statement, mended_of(row.finding.state), row.answer, row.why_not)
        for row in rows
    ]


def _prompts(review: Review) -> list[canon.PromptText]:
    said = Prefetch("explanations", Explanation.objects.order_by("pk"))
    rows = Prompt.objects.filter(review=review, sent_on__isnull=False, withdrawn_on__isnull=True)
    return [
        canon.PromptText(row.number, row.text, [one.text for one in row.explanations.all()])
        for row in rows.prefetch_related(said)
    ]


def _measures(review: Review) -> list[canon.MeasureText]:
    rows = Measure.objects.filter(review=review, edition=review.edition, dropped=False)
    return [
        canon.MeasureText(row.statement, row.deliverable, row.accountable_post.label, row.due_on)
        for row in rows.select_related("accountable_post")
    ]
