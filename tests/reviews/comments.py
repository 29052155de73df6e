"""Short ways to ask for comments and to give them. All names and texts are invented."""

from __future__ import annotations

import datetime as dt
from typing import Any

from soi.base.actor import Actor
from soi.org.models import Person
from soi.reviews import comment_rounds, commented, commenting, unsigned
from soi.reviews.enums import ReviewState, Section
from soi.reviews.logic.envelopes import Item
from soi.reviews.models import Asked, Comment, CommentRound, Paragraph, Review
from tests.conftest import NOW, TODAY
from tests.factories import Region, add_official

DUE = TODAY + dt.timedelta(days=5)
AFTER = DUE + dt.timedelta(days=1)
OFFICE = "divisionclerk"


def paragraph(review: Review, text: str = "Lãnh đạo hoàn thành nhiệm vụ.", **given: Any) -> Paragraph:
    """A paragraph as an author would have written it; the review counts as being written."""
    Review.objects.filter(pk=review.pk, state=ReviewState.WAITING).update(state=ReviewState.DRAFT)
    review.refresh_from_db(fields=["state"])
    values = {"section": Section.STRENGTHS, "order": 10, "edition": review.edition, **given}
    return Paragraph.objects.create(review=review, text=text, **values)


def asking(actor: Actor, review: Review, **given: Any) -> CommentRound:
    """Mở đợt góp ý, due in five days."""
    values = {"request": "Đề nghị góp ý dự thảo.", "due_on": DUE, "now": NOW, **given}
    return comment_rounds.open_round(actor=actor, review=review, **values)


def people(region: Region, number: int, body: str = "division") -> list[str]:
    """So many more people of a body, each with an account; their sign-in names."""
    names = [f"nguoi{one}" for one in range(number)]
    for name in names:
        add_official(region, name, f"Người {name}", body, f"Trợ lý {name}")
    return names


def persons(region: Region, names: list[str]) -> list[Person]:
    return [region.people[name] for name in names]


def says(
    region: Region, name: str, round_: CommentRound, *texts: str, about: Paragraph | None = None
) -> list[Comment]:
    """Góp ý ghi tên."""
    actor = region.actor(name)
    items = [Item(text, about.pk if about else None) for text in texts]
    asked = commented.get_asked(actor, round_.pk)
    return commenting.comment(actor=actor, asked=asked, items=items, now=NOW)


def sends(
    region: Region, name: str, round_: CommentRound, *texts: str, about: Paragraph | None = None
) -> None:
    """Góp ý không ghi tên."""
    actor = region.actor(name)
    items = [Item(text, about.pk if about else None) for text in texts]
    unsigned.send(actor=actor, asked=commented.get_asked(actor, round_.pk), items=items)


def closed(actor: Actor, round_: CommentRound) -> CommentRound:
    return comment_rounds.close_round(actor=actor, round_=round_, now=NOW)


def asked_body(round_: CommentRound, region: Region, body: str) -> Asked:
    return Asked.objects.select_related("round__review").get(round=round_, organization=region.bodies[body])
