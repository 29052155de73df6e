"""Trang một bản kiểm điểm: where it stands, its text as a paper, and what each side can do about it now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from soi.base.actor import Actor
from soi.reviews import editions, permissions, reading
from soi.reviews.enums import Change, ReviewState
from soi.reviews.sections import Heading, sections_of
from soi.web.event_words import Told, told
from soi.web.figure_words import Piece, pieces_of
from soi.web.parts import Act

if TYPE_CHECKING:
    from soi.reviews.models import Paragraph, Review, Wording

LATEST_EVENTS = 20
# Icon and colour of each state, as the kit names them.
BADGES = {
    ReviewState.WAITING: "clock",
    ReviewState.DRAFT: "edit",
    ReviewState.FINAL: "confirmed",
    ReviewState.RETURNED: "returned",
    ReviewState.APPROVED: "verified",
}


@dataclass(frozen=True, slots=True)
class ParagraphRow:
    """Một đoạn như hiện ra."""

    paragraph: Paragraph
    pieces: tuple[Piece, ...]
    asides: tuple[Wording, ...] = ()

    @property
    def figures(self) -> int:
        return len(self.paragraph.basis)

    @property
    def is_own(self) -> bool:
        """Đoạn của người viết, not one composed from records."""
        return not self.paragraph.key

    @property
    def is_edited(self) -> bool:
        return self.paragraph.text != self.paragraph.composed

    @property
    def must_decide(self) -> bool:
        return self.paragraph.change in (Change.DIFFERS, Change.GONE) and not self.paragraph.dropped


@dataclass(slots=True)
class Part:
    """Một phần của bản kiểm điểm."""

    section: Heading
    rows: list[ParagraphRow] = field(default_factory=list)
    dropped: list[Paragraph] = field(default_factory=list)

    @property
    def numeral(self) -> str:
        return self.section.numeral

    @property
    def undecided(self) -> int:
        """So many places wait for somebody to choose between two wordings."""
        return sum(row.must_decide or bool(row.asides) for row in self.rows)


@dataclass(frozen=True, slots=True)
class StepRow:
    """Bước của đợt và hạn của bước."""

    label: str
    due_on: dt.date
    passed: bool


@dataclass(frozen=True, slots=True)
class ReviewView:
    """Mọi thứ trên trang, besides the panels that other pages build."""

    review: Review
    edition: int
    parts: list[Part]
    editions: list[int]
    offers: permissions.Offers
    readable: bool
    behind: bool
    steps: list[StepRow]
    main: Act | None
    events: list[Told]
    badge: str

    @property
    def is_current(self) -> bool:
        """Bản đang dùng, not an earlier edition."""
        return self.edition == self.review.edition

    @property
    def is_empty(self) -> bool:
        return not any(part.rows for part in self.parts)


def build(actor: Actor, review: Review, *, edition: int = 0) -> ReviewView:
    """The page of one review, or of an earlier edition of its text."""
    numbers = editions.editions_for(actor, review)
    wanted = edition if edition in numbers else max(numbers, default=review.edition)
    writes = editions.reads_draft(actor, review)
    offers = permissions.offers(actor, review)
    return ReviewView(
        review=review,
        edition=wanted,
        parts=parts_of(review, reading.paragraphs_of(review, edition=wanted)) if numbers else [],
        editions=numbers,
        offers=offers,
        readable=bool(numbers),
        behind=not offers.write and reading.is_behind(review),
        steps=_steps(review, actor.today),
        main=_main(review, offers),
        events=[told(event) for event in reading.history_of(review)[:LATEST_EVENTS]] if writes else [],
        badge=BADGES[ReviewState(review.state)],
    )


def parts_of(
    review: Review, paragraphs: Iterable[Paragraph], asides: dict[int, list[Wording]] | None = None
) -> list[Part]:
    """Đủ các phần theo mẫu, the empty ones too: their numbers are those of the form."""
    parts = {section.value: Part(section) for section in sections_of(review.group)}
    for paragraph in paragraphs:
        part = parts[paragraph.section]
        if paragraph.dropped:
            part.dropped.append(paragraph)
        else:
            part.rows.append(row_of(paragraph, (asides or {}).get(paragraph.pk, [])))
    return list(parts.values())


def row_of(paragraph: Paragraph, asides: Iterable[Wording] = ()) -> ParagraphRow:
    """Đoạn với các con số là đường mở."""
    address = reverse("review_figure", args=[paragraph.pk])
    return ParagraphRow(paragraph, pieces_of(paragraph, address), tuple(asides))


def _steps(review: Review, today: dt.date) -> list[StepRow]:
    return [
        StepRow(row.get_step_display(), row.due_on, row.due_on < today) for row in review.cycle.steps.all()
    ]


def _main(review: Review, offers: permissions.Offers) -> Act | None:
    """The one thing to do next, for whoever writes the text."""
    if offers.write:
        return None
    if review.composed_at is None:
        return Act(reverse("review_composing", args=[review.pk]), _("Soạn dự thảo từ hồ sơ"), "recurring")
    return Act(reverse("review_writing", args=[review.pk]), _("Soạn tiếp"), "edit")
