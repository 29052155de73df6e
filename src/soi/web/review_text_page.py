"""Trang soạn và so sánh: the sections with their paragraphs, every wording with its changes, copied sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from soi.base.actor import Actor
from soi.conferences.logic.changes import Piece, changed_lines, changed_words
from soi.reviews import editions, queries, reading
from soi.reviews.logic.copies import copies as find_copies
from soi.reviews.sections import Heading, sections_of
from soi.web.review_page import Part, parts_of

if TYPE_CHECKING:
    from soi.reviews.models import Paragraph, Review, Wording


@dataclass(frozen=True, slots=True)
class WritingView:
    """Trang soạn: all sections, and the paragraph that is open without a script."""

    parts: list[Part]
    opened: int

    @property
    def undecided(self) -> int:
        return sum(part.undecided for part in self.parts)


def build(review: Review, *, opened: int) -> WritingView:
    """The editor of the present edition."""
    parts = parts_of(review, reading.paragraphs_of(review), reading.asides_of(review))
    return WritingView(parts, opened)


# --- what changed ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WordingRow:
    """Một lời văn đã có, with what it changed in the words it was based on."""

    wording: Wording
    pieces: tuple[Piece, ...]


def wordings(paragraph: Paragraph) -> list[WordingRow]:
    """Newest first; the oldest is all kept."""
    rows = reading.wordings_of(paragraph)
    texts = {row.version: row.text for row in rows if not row.aside}
    return [WordingRow(row, changed_words(texts.get(row.based_on, row.text), row.text)) for row in rows]


@dataclass(frozen=True, slots=True)
class ComparedPart:
    """Một phần, with what became of its words."""

    section: Heading
    numeral: str
    lines: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """Hai lần cạnh nhau."""

    earlier: int
    later: int
    editions: list[int]
    parts: list[ComparedPart]


def compare(actor: Actor, review: Review, earlier: int, later: int) -> Compared:
    """So hai lần; nonsense compares the present edition with the one before."""
    numbers = editions.editions_for(actor, review)
    after = later if later in numbers else max(numbers, default=review.edition)
    before = earlier if earlier in numbers else _before(numbers, after)
    old, new = (_texts(review, edition) for edition in (before, after))
    parts = [
        ComparedPart(part, part.numeral, changed_lines(old.get(part.value, []), new.get(part.value, [])))
        for part in sections_of(review.group)
    ]
    return Compared(before, after, numbers, [part for part in parts if part.lines])


def _before(numbers: Sequence[int], after: int) -> int:
    return max((one for one in numbers if one < after), default=after)


def _texts(review: Review, edition: int) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for paragraph in reading.paragraphs_of(review, edition=edition):
        if not paragraph.dropped:
            found.setdefault(paragraph.section, []).append(paragraph.text)
    return found


# --- what was copied ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CopyRow:
    """Một câu trùng; the other body is named only to who may read its text."""

    paragraph: int
    sentence: str
    percent: int
    period: str
    is_own: bool
    body: str
    review: int


def copies(actor: Actor, review: Review) -> list[CopyRow]:
    """Câu do người viết mà trùng bản kỳ trước hoặc bản của nơi khác."""
    mine = {
        row.pk: row.text
        for row in reading.paragraphs_of(review)
        if not row.dropped and row.text != row.composed
    }
    neighbours = reading.neighbours_of(review) if mine else []
    found = find_copies(mine, ((one, one.text) for one in neighbours))
    seen = set(
        queries.text_visible_to(actor)
        .filter(pk__in={copy.source.review for copy in found})
        .values_list("pk", flat=True)
    )
    return [
        CopyRow(
            paragraph=copy.paragraph,
            sentence=copy.sentence,
            percent=copy.percent,
            period=copy.source.period,
            is_own=copy.source.organization == review.organization_id,
            body=copy.source.organization_name if copy.source.review in seen else "",
            review=copy.source.review if copy.source.review in seen else 0,
        )
        for copy in found
    ]
