"""A programme of a body for a period, once, and the paper from above that it answers."""

from __future__ import annotations

from typing import Any

import pytest

from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal
from soi.directives import actions as directives
from soi.directives.enums import DirectiveKind, ElaborationKind
from soi.directives.models import Addressee
from soi.history.models import Event
from soi.work import programmes, queries
from soi.work.filters import TaskFilter
from soi.work.models import Programme
from tests.work.story import TODAY, Story


def add(story: Story, *, by: str = "divisionclerk", body: str = "division", **given: Any) -> Programme:
    values = {"title": "Chương trình công tác năm 2022", "period": "2022", **given}
    return programmes.add_programme(
        actor=story.actor(by), organization=story.region.bodies[body], now=story.now, **values
    )


@pytest.fixture
def place(story: Story) -> Addressee:
    """Nơi nhận: the division, of a resolution of the region."""
    directive = directives.issue_directive(
        actor=story.actor("clerk"), issuer=story.region.bodies["region"], kind=DirectiveKind.RESOLUTION,
        number="15-NQ/ĐU", title="Về kỷ luật", issued_on=TODAY, now=story.now,
        addressees=[story.region.bodies["division"]],
    )  # fmt: skip
    return Addressee.objects.get(directive=directive)


def test_a_programme_is_made_once_a_period(story: Story) -> None:
    programme = add(story, title="  Chương trình  công tác năm 2022 ")
    assert (programme.title, programme.created_on) == ("Chương trình công tác năm 2022", TODAY)
    assert Event.objects.latest("pk").action == "work.add_programme"
    with pytest.raises(Conflict, match="đã có chương trình"):
        add(story)
    assert add(story, period="2022-Q1").pk
    assert add(story, by="clerk", body="region").pk


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "a" * 301}, "title"),
        ({"period": ""}, "period"),
        ({"period": "2022-Q5"}, "period"),
        ({"period": "9999"}, "period"),
        ({"period": "hằng năm"}, "period"),
    ],
)
def test_name_and_period_are_asked_for(story: Story, given: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        add(story, **given)
    assert field in refused.value.fields
    assert not Programme.objects.exists()


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("division", None), ("clerk", None), ("inspector", NotAllowed), ("brigade", NotFound)],
)
def test_who_keeps_the_records_makes_it(story: Story, who: str, refusal: type[Refusal] | None) -> None:
    if refusal is None:
        assert add(story, by=who).pk
        return
    with pytest.raises(refusal):
        add(story, by=who)


def test_a_programme_that_answers_a_paper_elaborates_it(story: Story, place: Addressee) -> None:
    programme = add(story, elaborates=place)
    place.refresh_from_db()
    assert place.elaborated_on == TODAY
    assert place.elaborations.get().kind == ElaborationKind.PROGRAMME
    assert queries.get_programme(story.actor("clerk"), programme.pk).elaborates == place


def test_only_a_paper_sent_to_the_body(story: Story, place: Addressee) -> None:
    with pytest.raises(Invalid) as refused:
        add(story, body="regiment", elaborates=place)
    assert "elaborates" in refused.value.fields
    assert not Programme.objects.exists()


def test_who_sees_a_programme(story: Story) -> None:
    programme = add(story)
    for who in ("divisionclerk", "clerk", "inspector"):
        assert queries.get_programme(story.actor(who), programme.pk) == programme
    for who in ("brigade", "member", "admin", "commander"):
        with pytest.raises(NotFound):
            queries.get_programme(story.actor(who), programme.pk)
    task = story.assign(by="divisionclerk", giver="division", to="member", programme=programme)
    member = story.actor("member")
    assert queries.get_programme(member, programme.pk) == programme, "whose post has a task in it"
    assert list(queries.listing(member, TaskFilter(programme=programme.pk))) == [task]
