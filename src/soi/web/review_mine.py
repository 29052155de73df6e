"""Trang kiểm điểm của tôi: each review with how far it is and the next step; comments about me with my answers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from soi.base.actor import Actor
from soi.reviews import commented, readiness
from soi.reviews.enums import ReviewState, Step
from soi.reviews.personal import mine
from soi.web.review_comments import SaidRow, said_row
from soi.web.review_page import BADGES

if TYPE_CHECKING:
    from soi.reviews.models import Review


@dataclass(frozen=True, slots=True)
class MyReview:
    """Một bản của tôi: until when, what is missing, where to go on."""

    review: Review
    badge: str
    due_on: dt.date | None
    lacks: tuple[str, ...]
    begins: bool
    writes: bool
    url: str


def build(actor: Actor, *, with_lacks: bool = True) -> list[MyReview]:
    """Các bản kiểm điểm của tôi, newest cycle first."""
    return [_one(actor, review, with_lacks=with_lacks) for review in mine(actor)]


def _one(actor: Actor, review: Review, *, with_lacks: bool) -> MyReview:
    state = ReviewState(review.state)
    writes = not review.exemption and state in (ReviewState.WAITING, ReviewState.DRAFT, ReviewState.RETURNED)
    begins = writes and review.composed_at is None
    return MyReview(
        review=review,
        badge=BADGES[state],
        due_on=next((row.due_on for row in review.cycle.steps.all() if row.step == Step.FINALIZE), None),
        lacks=tuple(one.sentence for one in readiness.lacks(review, today=actor.today))
        if with_lacks and writes and not begins
        else (),
        begins=begins,
        writes=writes,
        url=reverse("review_writing" if writes and not begins else "review_detail", args=[review.pk]),
    )


@dataclass(frozen=True, slots=True)
class AboutMe:
    """Một góp ý về tôi, and where I answer it."""

    row: SaidRow
    cycle: str
    url: str


def about_me(actor: Actor) -> list[AboutMe]:
    """Mọi góp ý về tôi."""
    found = commented.about_me(actor)
    return [
        *(
            AboutMe(
                said_row(one, who=one.asked.name),
                str(one.asked.round.review.cycle),
                reverse("comment_answer", args=[one.pk]),
            )
            for one in found.signed
        ),
        *(
            AboutMe(
                said_row(one, who=_("Không ghi tên")),
                str(one.round.review.cycle),
                reverse("unsigned_answer", args=[one.pk]),
            )
            for one in found.unsigned
        ),
    ]
