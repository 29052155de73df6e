"""Carried rows: nobody can call a finding mended that is not."""

from __future__ import annotations

import pytest

from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound
from soi.findings import remedies
from soi.history.models import Event
from soi.reviews import readiness
from soi.reviews.enums import ReviewState
from tests.reviews.deciding import Deciding


def said_mended() -> str:
    return str(Event.objects.select_related("payload").latest("pk").payload.facts["mended"])


def test_an_open_finding_needs_the_reason_whatever_the_answer_says(deciding: Deciding) -> None:
    with pytest.raises(Invalid) as refusal:
        deciding.answer(answer="Đã khắc phục xong hoàn toàn.", why_not="")
    assert "why_not" in refusal.value.fields
    row = deciding.answer()
    assert (said_mended(), row.version) == ("not_yet", 2)
    assert row.why_not
    assert deciding.review.state == ReviewState.DRAFT


def test_reported_done_is_still_going_on_until_somebody_else_confirms(deciding: Deciding) -> None:
    deciding.story.report(deciding.story.give(deciding.finding))
    with pytest.raises(Invalid):
        deciding.answer(why_not="")
    deciding.answer()
    assert said_mended() == "going"
    deciding.story.verify(deciding.finding)
    row = deciding.answer(why_not="thừa")
    assert said_mended() == "fixed"
    assert row.why_not == "", "of what is mended no reason is kept"
    assert not readiness.unanswered_carried(deciding.review)


def test_opened_again_the_answer_is_missing_again(deciding: Deciding) -> None:
    deciding.story.mended(deciding.finding)
    deciding.answer(why_not="")
    assert not readiness.unanswered_carried(deciding.review)
    remedies.reopen(
        actor=deciding.actor("inspector"), finding=deciding.finding, reason="Tái diễn", now=deciding.now
    )
    assert len(readiness.unanswered_carried(deciding.review)) == 1


def test_of_two_at_once_the_second_reads_both_wordings(deciding: Deciding) -> None:
    old = deciding.carried
    deciding.answer(old, answer="Lời trước")
    with pytest.raises(Conflict, match="Lời trước") as refusal:
        deciding.answer(old, answer="Lời sau")
    assert "Lời sau" in refusal.value.sentence


@pytest.mark.parametrize("name", ["clerk", "secretary", "brigade", "inspector"])
def test_only_the_author_answers(deciding: Deciding, name: str) -> None:
    deciding.author = name
    with pytest.raises((NotAllowed, NotFound)):
        deciding.answer()
