"""Soạn dự thảo từ hồ sơ: the first time the whole, again only what the records changed; edited words stay."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from soi.base.actor import Actor, Capability
from soi.base.errors import Invalid
from soi.base.ordering import STEP
from soi.base.text import nfc
from soi.briefings.logic.merging import Merge, Old, Patch, merge
from soi.briefings.logic.sentences import Sentence
from soi.history.actions import record
from soi.reviews import changing, permissions, personal
from soi.reviews.enums import Change, ReviewKind
from soi.reviews.gathering import PeriodQueries, gather
from soi.reviews.logic.composition import compose
from soi.reviews.models import Paragraph, Review, Wording
from soi.reviews.reading import paragraphs_of
from soi.reviews.writing import begun

_PATCHED = ["change", "composed", "text", "basis", "other_text", "other_basis", "dropped", "version"]
_BY_RECORDS = "Soạn từ hồ sơ"


@dataclass(frozen=True, slots=True)
class Composed:
    """Kết quả soạn: what composing did to the paragraphs; the first time all of them are ``added``."""

    review: Review
    is_new: bool
    added: int = 0
    updated: int = 0
    differing: int = 0
    gone: int = 0

    @property
    def changed(self) -> int:
        return self.added + self.updated + self.differing + self.gone


@transaction.atomic
def compose_draft(*, actor: Actor, review: Review, now: dt.datetime) -> Composed:
    """Soạn dự thảo tập thể; again, it takes the records as they stand now and keeps every edited paragraph."""
    permissions.check_can_write(actor, review)
    current = begun(changing.fresh(review))
    _check_begun(actor, current)
    sentences = _sentences(actor, current)
    old = {row.key: row for row in paragraphs_of(current) if row.key}
    plan = merge([_old(row) for row in old.values()], sentences)
    is_new = current.composed_at is None
    _apply(current, plan, old, now, is_new=is_new)
    current.as_of, current.composed_at = actor.today, now
    current.save(update_fields=["as_of", "composed_at"])
    done = Composed(
        current, is_new=is_new, added=len(plan.added), updated=plan.count(Change.UPDATED),
        differing=plan.count(Change.DIFFERS), gone=plan.count(Change.GONE),
    )  # fmt: skip
    record(
        actor=actor, action="reviews.compose", subject=current, now=now, using=Capability.RECORD,
        organization=current.organization, as_of=current.as_of, paragraphs=len(sentences),
        added=done.added, updated=done.updated, differing=done.differing, gone=done.gone,
    )  # fmt: skip
    return done


def _sentences(actor: Actor, review: Review) -> list[Sentence]:
    if review.kind == ReviewKind.COLLECTIVE:
        return compose(gather(actor, review), PeriodQueries())
    return personal.sentences(actor, review)


def _check_begun(actor: Actor, review: Review) -> None:
    if actor.today < review.cycle.start:
        raise Invalid("Kỳ kiểm điểm chưa bắt đầu nên chưa có gì để soạn.")


def _apply(review: Review, plan: Merge, old: dict[str, Paragraph], now: dt.datetime, *, is_new: bool) -> None:
    changed = [row for patch in plan.patches if (row := _patched(old[patch.key], patch))]
    # What a paragraph said before stays among its wordings: somebody may have it open and write on from there.
    reworded = [row for row in changed if _is_reworded(row)]
    before = [_wording(row, version=row.version - 1, text=row.other_text, now=now) for row in reworded]
    known = set(
        Wording.objects.filter(paragraph__in=reworded, aside=False).values_list("paragraph_id", "version")
    )
    wordings = [one for one in before if (one.paragraph_id, one.version) not in known]
    wordings += [_wording(row, version=row.version, text=row.text, now=now) for row in reworded]
    Paragraph.objects.bulk_update(changed, _PATCHED)
    Paragraph.objects.bulk_create(_added(review, plan, old, is_new=is_new))
    Wording.objects.bulk_create(wordings)


def _is_reworded(row: Paragraph) -> bool:
    return row.change == Change.UPDATED and row.other_text != row.text


def _old(row: Paragraph) -> Old:
    figures = tuple(figure["words"] for figure in row.basis)
    return Old(row.key, row.composed, row.text, row.dropped, row.change, figures)


def _patched(row: Paragraph, patch: Patch) -> Paragraph | None:
    """The paragraph as it is from now on; None where nothing of it changes."""
    before = [getattr(row, name) for name in _PATCHED]
    row.change = patch.change
    row.other_text, row.other_basis = patch.other_text, list(patch.other_basis)
    row.composed = row.composed if patch.composed is None else patch.composed
    row.basis = row.basis if patch.basis is None else list(patch.basis)
    row.dropped = row.dropped if patch.dropped is None else patch.dropped
    if patch.text is not None and patch.text != row.text:
        row.text = patch.text
        row.version += 1
    return row if [getattr(row, name) for name in _PATCHED] != before else None


def _added(review: Review, plan: Merge, old: dict[str, Paragraph], *, is_new: bool) -> list[Paragraph]:
    """New sentences, each right behind the one it follows in the composition."""
    orders = {key: row.order for key, row in old.items()}
    rows = []
    for sentence, before in plan.added:
        orders[sentence.key] = orders.get(before, 0) + (STEP if is_new else 1)
        change = Change.NONE if is_new else Change.NEW
        rows.append(_paragraph(review, sentence, orders[sentence.key], change))
    return rows


def _paragraph(review: Review, sentence: Sentence, order: int, change: Change) -> Paragraph:
    return Paragraph(
        review=review, edition=review.edition, section=sentence.section, order=order, key=sentence.key,
        composed=nfc(sentence.text), text=nfc(sentence.text), basis=list(sentence.basis), change=change,
    )  # fmt: skip


def _wording(row: Paragraph, *, version: int, text: str, now: dt.datetime) -> Wording:
    return Wording(
        paragraph=row, version=version, based_on=max(version - 1, 0), text=text, at=now,
        editor_label=_BY_RECORDS,
    )  # fmt: skip
