"""The same shortcoming in an earlier period or another unit is proposed; a person without a stake decides."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from soi.base.errors import Conflict, NotAllowed, NotFound
from soi.findings import actions, permissions, queries, recurrence
from soi.findings.enums import FindingKind, LinkState, ResponsibilityKind
from soi.findings.models import Finding, RecurrenceLink
from soi.history.models import Event
from soi.org import actions as org
from soi.org.enums import WorkArea
from tests.findings.story import Story

SAME = "Một số nhiệm vụ được giao chưa cụ thể, thiếu người chịu trách nhiệm chính"
LAST_YEAR = dt.date(2020, 12, 10)


@pytest.fixture
def link(story: Story) -> RecurrenceLink:
    story.record(SAME, found_on=LAST_YEAR)
    return story.record().links_back.get()


def test_the_same_shortcoming_last_year_is_proposed(story: Story) -> None:
    earlier = story.record(SAME, found_on=LAST_YEAR)
    before = Event.objects.count()
    finding = story.record()
    link = RecurrenceLink.objects.get()
    assert (link.finding, link.earlier, link.same_body, link.state) == (
        finding,
        earlier,
        True,
        LinkState.PROPOSED,
    )
    assert link.similarity >= recurrence.ALIKE_IN_AREA
    assert not finding.recurrent
    assert Event.objects.count() == before + 1, "recording and proposing is one act"
    assert Event.objects.latest("pk").payload.facts["looks_like"] == [earlier.pk]


def test_another_unit_counts_too_and_is_told_apart(story: Story) -> None:
    story.record(SAME, body="brigade", found_on=LAST_YEAR)
    assert story.record().links_back.get().same_body is False


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ({"kind": FindingKind.STRENGTH}, {}),
        ({}, {"kind": FindingKind.STRENGTH}),
        ({"found_on": dt.date(2018, 9, 1)}, {}),
        ({"found_on": dt.date(2021, 10, 20)}, {}),
        ({"found_on": dt.date(2021, 11, 20)}, {}),
        ({"statement": "Quản lý vũ khí, trang bị còn sơ hở"}, {}),
    ],
)
def test_what_is_not_a_recurrence(story: Story, earlier: dict[str, Any], later: dict[str, Any]) -> None:
    story.record(**{"statement": SAME, "found_on": LAST_YEAR, **earlier})
    story.record(**later)
    assert not RecurrenceLink.objects.exists()


def test_in_another_area_more_likeness_is_asked(story: Story) -> None:
    one = "Quản lý quân nhân ngoài giờ hành chính ở một số phân đội còn sơ hở, lỏng lẻo"
    two = "Quản lý quân nhân ngoài giờ ở đại đội còn lỏng lẻo do chỉ huy vắng mặt"
    story.record(one, found_on=LAST_YEAR, area=WorkArea.INSPECTION)
    assert not story.record(two, area=WorkArea.DEFENCE).links_back.exists()
    assert story.record(two, area=WorkArea.INSPECTION).links_back.exists()


def test_nobody_learns_by_a_link_of_what_is_out_of_sight(story: Story) -> None:
    """The clerk of the division records; the like finding of the brigade stays unknown there."""
    story.record(SAME, body="brigade", found_on=LAST_YEAR)
    finding = story.record(by="divisionclerk")
    assert not finding.links_back.exists()
    links = recurrence.propose_recurrence(actor=story.actor("clerk"), finding=finding, now=story.now)
    assert len(links) == 1
    assert queries.links_of(story.actor("divisionclerk"), finding) == []
    assert queries.links_of(story.actor("clerk"), finding) == links
    with pytest.raises(NotFound):
        queries.get_link(story.actor("division"), links[0].pk)
    with pytest.raises(NotFound):
        recurrence.decide_recurrence(
            actor=story.actor("division"), link=links[0], confirmed=False, now=story.now
        )


def test_asking_again_adds_nothing_twice(story: Story, link: RecurrenceLink) -> None:
    before = Event.objects.count()
    assert (
        recurrence.propose_recurrence(actor=story.actor("clerk"), finding=link.finding, now=story.now) == []
    )
    assert RecurrenceLink.objects.count() == 1
    assert Event.objects.count() == before + 1


def test_only_the_most_alike_are_proposed(story: Story) -> None:
    for day in range(1, 9):
        story.record(SAME, found_on=dt.date(2020, 3, day))
    links = story.record().links_back.all()
    assert len(links) == recurrence.MOST_LINKS


def test_a_merged_body_is_the_same_body(story: Story) -> None:
    story.record(SAME, body="brigade", found_on=LAST_YEAR)
    bodies = story.region.bodies
    org.merge_organizations(
        actor=story.region.system,
        sources=[bodies["brigade"]],
        into=bodies["division"],
        on=dt.date(2021, 6, 1),
        now=story.now,
    )
    assert story.record().links_back.get().same_body is True


# --- deciding ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("confirmed", "state"), [(True, LinkState.CONFIRMED), (False, LinkState.REJECTED)])
def test_a_person_decides_once(story: Story, link: RecurrenceLink, confirmed: bool, state: LinkState) -> None:
    actor = story.actor("inspector")
    assert link in queries.recurrence_to_decide(actor)
    before = Event.objects.count()
    decided = recurrence.decide_recurrence(actor=actor, link=link, confirmed=confirmed, now=story.now)
    assert (decided.state, decided.decided_by, decided.decided_at) == (state, "Ngô Văn Kiểm", story.now)
    assert Finding.objects.get(pk=link.finding_id).recurrent is confirmed
    assert Finding.objects.get(pk=link.earlier_id).recurrent is False
    assert Event.objects.count() == before + 1
    assert link not in queries.recurrence_to_decide(actor)
    assert (decided in queries.links_of(actor, link.finding)) is confirmed
    with pytest.raises(Conflict, match="đã có người quyết định"):
        recurrence.decide_recurrence(actor=actor, link=link, confirmed=not confirmed, now=story.now)


def test_nobody_waves_away_the_own_recurrence(story: Story, link: RecurrenceLink) -> None:
    actions.add_responsibility(
        actor=story.actor("clerk"),
        finding=link.finding,
        kind=ResponsibilityKind.HEAD,
        organization=story.region.bodies["division"],
        post=story.region.posts["division"],
        now=story.now,
    )
    actor = story.actor("division")
    assert link not in queries.recurrence_to_decide(actor)
    with pytest.raises(NotAllowed, match="có trách nhiệm"):
        recurrence.decide_recurrence(actor=actor, link=link, confirmed=False, now=story.now)
    permissions.check_can_decide_recurrence(story.actor("inspector"), link)


def test_the_clerk_does_not_decide(story: Story, link: RecurrenceLink) -> None:
    with pytest.raises(NotAllowed):
        recurrence.decide_recurrence(actor=story.actor("clerk"), link=link, confirmed=True, now=story.now)
    assert not queries.recurrence_to_decide(story.actor("clerk")).exists()
