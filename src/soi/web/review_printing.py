"""Báo cáo kiểm điểm in ra: one edition as it stands, without what was dropped, for the Word form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from soi.briefings.queries import head_of
from soi.forms.forms.collective_review.context import MeasureLine, ReviewContext
from soi.forms.parts import SectionText, Signature
from soi.org import queries as org
from soi.reviews import editions, prompted, reading
from soi.reviews.enums import Section
from soi.reviews.sections import sections_of
from soi.web import printing
from soi.web.period_words import say

if TYPE_CHECKING:
    import datetime as dt

    from soi.org.models import Organization
    from soi.reviews.models import Review


def context_of(review: Review, edition: int, *, today: dt.date) -> ReviewContext:
    """Văn bản của một lần; what was not finalized says that it is a draft. The caller has checked who reads it."""
    final = next((one for one in editions.finalizations_of(review) if one.edition == edition), None)
    body, day = review.organization, final.on if final else today
    above = org.superior(body, on=day)
    lines = _lines(review, edition)
    return ReviewContext(
        letterhead=printing.letterhead(body, date=day),
        subject=f"{org.name_on(body, day)}, {say(review.cycle.period)}",
        sections=tuple(
            SectionText(title=heading.label, lines=lines.get(heading.value, ()))
            for heading in sections_of(review.group)
        ),
        measures=tuple(
            MeasureLine(
                statement=row.statement,
                deliverable=row.deliverable,
                post=row.accountable_post.label,
                due_on=row.due_on,
            )
            for row in prompted.measures_of(review, edition=edition)
        ),
        measures_in=Section.DIRECTIONS - 1,
        as_of=review.as_of,
        edition=edition,
        is_draft=final is None,
        signature=_signature(body, day),
        recipients=(*((org.name_on(above, day),) if above else ()), "Lưu văn thư"),
    )


def _lines(review: Review, edition: int) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for row in reading.paragraphs_of(review, edition=edition):
        if not row.dropped:
            found[row.section] = (*found.get(row.section, ()), row.text)
    return found


def _signature(body: Organization, day: dt.date) -> Signature | None:
    """Người đứng đầu on that day, for the collective; nobody where the post was empty."""
    head = head_of(body, day)
    return Signature(collective=org.name_on(body, day), post=head[0], name=head[1]) if head else None
