"""Thông báo về góp ý: who is asked is told, and so is who gets an answer; without names nobody is told apart."""

from __future__ import annotations

from soi.history.actions import seal_pending
from soi.notices.enums import NoticeKind
from soi.notices.making import make_notices
from soi.notices.models import Notice
from soi.reviews import commenting
from soi.reviews.enums import Uptake
from soi.reviews.models import UnsignedComment
from tests.conftest import NOW
from tests.factories import Region
from tests.reviews.comments import AFTER, OFFICE, asking, closed, people, persons, says, sends
from tests.reviews.cycle import open_year


def told(region: Region, kind: NoticeKind) -> set[str]:
    """Sign-in names of those told of this, by what is still to be told."""
    seal_pending(recent_only=True)
    make_notices(now=NOW)
    names = {person.pk: name for name, person in region.people.items()}
    return {names[pk] for pk in Notice.objects.filter(kind=kind).values_list("person_id", flat=True)}


def test_who_is_asked_is_told_and_who_is_answered(region: Region) -> None:
    seal_pending(recent_only=True)
    make_notices(now=NOW)
    review = open_year(region).review("division")
    office = region.actor(OFFICE)
    round_ = asking(
        office,
        review,
        bodies=[region.bodies["regiment"]],
        people=[region.people["member"]],
        on_paper=["Công đoàn"],
    )
    assert told(region, NoticeKind.COMMENTS_ASKED) == {"regiment", "member"}
    [one] = says(region, "regiment", round_, "Một ý")
    commenting.answer(actor=office, comment=one, uptake=Uptake.TAKEN, reason="", now=NOW)
    assert told(region, NoticeKind.COMMENT_ANSWERED) == {"regiment"}


def test_an_answer_without_names_tells_nobody_apart(region: Region) -> None:
    seal_pending(recent_only=True)
    make_notices(now=NOW)
    names = people(region, 10)
    review = open_year(region).review("division")
    round_ = asking(region.actor(OFFICE), review, people=persons(region, names), anonymous=True)
    for name in names[:5]:
        sends(region, name, round_, f"Ý của {name}")
    closed(region.actor(OFFICE, today=AFTER), round_)
    one = UnsignedComment.objects.select_related("round__review__organization")[0]
    commenting.answer(actor=region.actor(OFFICE), comment=one, uptake=Uptake.TAKEN, reason="", now=NOW)
    assert told(region, NoticeKind.COMMENTS_ASKED) == set(names)
    assert told(region, NoticeKind.COMMENT_ANSWERED) == set()
