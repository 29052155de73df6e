"""Phần chung khi ghi: the newest row, locked; the move that a verb makes; words that must be there.

Nothing here checks who acts; the actions do.
"""

from __future__ import annotations

from collections.abc import Iterable

from soi.base.errors import Invalid, NotFound
from soi.base.text import nfc
from soi.reviews import permissions, policies
from soi.reviews.enums import ReviewState, Verb
from soi.reviews.models import Review
from soi.reviews.queries import OUT_OF_SIGHT


def fresh(review: Review) -> Review:
    """Bản mới nhất, locked until the transaction ends: of two acts at once, the second sees the first."""
    return fresh_many([review])[0]


def fresh_many(reviews: Iterable[Review]) -> list[Review]:
    """Các bản mới nhất, locked in one order everywhere, so that two who change many never wait in a ring."""
    asked = {review.pk for review in reviews}
    beside = ("cycle", "organization", "person")
    rows = Review.objects.select_for_update(of=("self",)).select_related(*beside).filter(pk__in=asked)
    locked = list(rows.order_by("pk"))
    if len(locked) != len(asked):
        raise NotFound(OUT_OF_SIGHT)
    return locked


def move(review: Review, verb: Verb, *columns: str) -> None:
    """Ghi trạng thái mới that the verb leads to, with the columns named. Raises where it is refused now."""
    permissions.check_state(review, verb)
    review.state = policies.next_state(ReviewState(review.state), verb)
    review.version += 1
    review.save(update_fields=["state", "version", *columns])


def noted(text: str, what: str, field: str = "reason") -> str:
    """Chữ phải có."""
    text = nfc(text)
    if not text:
        raise Invalid(f"Hãy ghi {what}.", {field: f"Chưa ghi {what}."})
    return text
