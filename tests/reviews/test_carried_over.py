"""Chuyển sang: what is carried into which review, how often it was, and through a reorganisation."""

from __future__ import annotations

import datetime as dt

import pytest

from soi.findings.actions import ConcernedEntry
from soi.findings.enums import FindingKind, FindingState
from soi.org import actions as org
from soi.org.enums import Classification
from soi.org.models import Organization
from soi.reviews import listing
from soi.reviews.enums import ReviewKind
from soi.reviews.models import Carried, Cycle
from tests.factories import Region, build_region
from tests.findings.story import Story
from tests.reviews.cycle import STEPS, open_year

LAST_YEAR = dt.date(2020, 11, 20)


def carried_by(cycle: Cycle, body: Organization) -> list[tuple[str, int, str]]:
    rows = Carried.objects.filter(
        review__cycle=cycle, review__organization=body, review__kind=ReviewKind.COLLECTIVE
    )
    return [(row.finding.statement, row.times, row.state_then) for row in rows]


@pytest.fixture
def story(region: Region) -> Story:
    return Story(region, region.now)


def test_open_of_an_earlier_period_is_carried_and_nothing_else(region: Region, story: Story) -> None:
    story.record("Giao nhiệm vụ chưa cụ thể", found_on=LAST_YEAR)
    story.record("Nêu trong chính năm này", found_on=dt.date(2021, 10, 20))
    story.record("Một ưu điểm", kind=FindingKind.STRENGTH, found_on=LAST_YEAR)
    cycle = open_year(region).cycle
    assert carried_by(cycle, region.bodies["division"]) == [
        ("Giao nhiệm vụ chưa cụ thể", 1, FindingState.OPEN)
    ]
    assert Carried.objects.count() == 1


@pytest.mark.parametrize(
    ("last_day", "number"), [(dt.date(2020, 12, 31), 0), (dt.date(2021, 1, 1), 1), (dt.date(2021, 12, 1), 1)]
)
def test_what_was_mended_in_the_period_is_told_and_what_was_mended_before_it_is_not(
    db: None, last_day: dt.date, number: int
) -> None:
    """The day on which it was confirmed decides; it stands among what was carried, as mended."""
    then = dt.datetime.combine(last_day, dt.time(2, 0), dt.UTC)
    region = build_region(then)
    Story(region, then).mended(Story(region, then).record("Đã khắc phục", found_on=dt.date(2020, 11, 20)))
    region.now = dt.datetime(2021, 12, 1, 1, 30, tzinfo=dt.UTC)
    cycle = open_year(region).cycle
    expected = [("Đã khắc phục", 1, FindingState.MENDED)] * number
    assert carried_by(cycle, region.bodies["division"]) == expected


def test_bodies_that_a_finding_concerns_carry_it_too(region: Region, story: Story) -> None:
    story.record("Chung", found_on=LAST_YEAR, concerned=[ConcernedEntry(region.bodies["regiment"])])
    cycle = open_year(region).cycle
    for body in ("division", "regiment"):
        assert [row[0] for row in carried_by(cycle, region.bodies[body])] == ["Chung"]
    assert carried_by(cycle, region.bodies["region"]) == []


def test_each_cycle_of_the_kind_makes_it_one_older(region: Region, story: Story) -> None:
    story.record("Cũ", found_on=dt.date(2018, 11, 20))
    for times, year in enumerate(("2019", "2020", "2021"), start=1):
        cycle = open_year(region, period=year).cycle
        assert [row[1] for row in carried_by(cycle, region.bodies["division"])] == [times]
    # A quarter counts quarters; and two cycles about one period do not count each other.
    quarter = open_year(region, kind="quarter", period="2021-Q4").cycle
    assert [row[1] for row in carried_by(quarter, region.bodies["division"])] == [1]
    own = open_year(region, by="division", body="division").cycle
    assert [row[1] for row in carried_by(own, region.bodies["division"])] == [3]


def test_what_a_merged_body_left_open_goes_to_its_successor(region: Region, story: Story) -> None:
    story.record("Của lữ đoàn", body="brigade", found_on=LAST_YEAR)
    story.record("Của sư đoàn", found_on=LAST_YEAR)
    heir = region.bodies["division"]
    org.merge_organizations(
        actor=region.system, sources=[region.bodies["brigade"]], into=heir, on=dt.date(2021, 6, 1),
        now=region.now,
    )  # fmt: skip
    cycle = open_year(region).cycle
    assert sorted(row[0] for row in carried_by(cycle, heir)) == ["Của lữ đoàn", "Của sư đoàn"]
    assert not cycle.reviews.filter(organization=region.bodies["brigade"]).exists()


def test_a_body_added_later_carries_its_own(region: Region, story: Story) -> None:
    story.record("Của chi bộ", body="cell", found_on=LAST_YEAR)
    classes = [Classification.PARTY_COMMITTEE]
    cycle = open_year(region, classifications=classes, steps=STEPS).cycle
    assert Carried.objects.count() == 0
    listing.add_to_list(
        actor=region.actor("clerk"), cycle=cycle, organization=region.bodies["cell"], now=region.now
    )
    assert [row[0] for row in carried_by(cycle, region.bodies["cell"])] == ["Của chi bộ"]
