"""Enough or not, from the rows: by kind of meeting, at any moment, over all sites, in two queries."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from soi.conferences import absences, attending, quorum
from soi.conferences.enums import ConferenceKind, NotCounted
from soi.conferences.logic.presence import COMMITTEE, CONGRESS, MEETING, AtSite, Ground
from soi.conferences.models import Conference
from soi.conferences.queries import get
from tests.conferences.attending_hall import Hall, build_hall
from tests.conferences.conftest import hold
from tests.factories import Region

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def hall(region: Region) -> Hall:
    return build_hall(region)


def test_the_kind_of_meeting_and_the_body_choose_the_rule(region: Region) -> None:
    rules = {
        ("region", ConferenceKind.COMMITTEE_PLENUM): COMMITTEE,
        ("region", ConferenceKind.BRIEFING_QUARTER): COMMITTEE,
        ("region", ConferenceKind.CELL_MEETING): MEETING,
        ("cell", ConferenceKind.SELF_CRITICISM): MEETING,
        ("cell", ConferenceKind.CONGRESS): CONGRESS,
        ("division", ConferenceKind.CONGRESS): CONGRESS,
    }
    for (body, kind), rule in rules.items():
        assert quorum.rule_for(hold(region, body, kind=kind)) is rule


def test_it_counts_official_members_over_all_sites_at_any_moment(hall: Hall) -> None:
    hall.come("secretary", minute=0)
    hall.come("division", minute=5)
    hall.come("guest", minute=5)
    hall.go("secretary", minute=20)
    found = [hall.quorum(minute) for minute in (0, 5, 19, 20)]
    assert [(q.summoned, q.entitled, q.present, q.needed, q.reached) for q in found] == [
        (3, 3, 1, 2, False), (3, 3, 2, 2, True), (3, 3, 2, 2, True), (3, 3, 1, 2, False),
    ]  # fmt: skip
    assert found[1].by_site == {hall.main.pk: AtSite(2, 1), hall.branch.pk: AtSite(1, 1)}
    assert (found[1].everybody, found[1].share) == (3, Fraction(2, 3))
    assert list(quorum.quorum(hall.conference, hall.at(6)).voters) == sorted(
        hall.region.people[who].pk for who in ("secretary", "division")
    )


def test_what_is_written_later_does_not_change_an_earlier_count(hall: Hall) -> None:
    hall.come("secretary", minute=0)
    before = hall.quorum(3)
    hall.come("division", minute=5)
    hall.go("secretary", minute=6)
    assert hall.quorum(3) == before


def test_a_case_is_left_out_and_counted_apart(hall: Hall) -> None:
    hall.come("division", minute=0)
    absences.set_counting(
        actor=hall.region.system, attendance=hall.row("brigade"), ground=NotCounted.SUSPENDED, now=hall.at(1)
    )
    found = hall.quorum(2)
    assert (found.summoned, found.entitled, found.left_out) == (3, 2, {Ground.SUSPENDED: 1})
    absences.set_counting(
        actor=hall.region.system, attendance=hall.row("brigade"), ground=None, now=hall.at(3)
    )
    assert hall.quorum(4).entitled == 3


def test_a_cell_leaves_out_who_is_away_with_a_reason(region: Region) -> None:
    hall = build_hall(region, kind=ConferenceKind.CELL_MEETING)
    assert hall.quorum(0).entitled == 3
    absences.note_absence(
        actor=region.system, attendance=hall.row("brigade"), reason="Đi viện", now=hall.at(1)
    )
    assert hall.quorum(2).entitled == 2
    hall.come("brigade", minute=5)
    assert hall.quorum(6).entitled == 3


def test_at_a_congress_the_substitute_has_the_seat(region: Region) -> None:
    hall = build_hall(region, kind=ConferenceKind.CONGRESS)
    instead = absences.replace(
        actor=region.system, attendance=hall.row("division"), person=region.people["regiment"], now=hall.at(0)
    )
    attending.check_in(actor=region.system, attendance=instead, site=hall.branch, now=hall.at(1))
    assert list(quorum.quorum(hall.conference, hall.at(2)).voters) == [region.people["regiment"].pk]
    assert hall.quorum(2).entitled == 1, "who has neither come nor sent somebody is left out"
    Conference.objects.update(kind=ConferenceKind.COMMITTEE_PLENUM)
    hall.conference.refresh_from_db()
    assert (hall.quorum(2).voters, hall.quorum(2).entitled) == ((), 3), "a committee has no substitutes"


def test_lapses_say_from_when_to_when_it_was_not_enough(hall: Hall) -> None:
    hall.come("secretary", minute=0)
    hall.come("division", minute=5)
    hall.go("division", minute=15)
    hall.come("division", minute=20)
    found = quorum.lapses(hall.conference, hall.at(0), hall.at(30))
    assert [(p.start, p.end) for p in found] == [(hall.at(0), hall.at(5)), (hall.at(15), hall.at(20))]


@pytest.mark.parametrize("people", [["secretary"], ["secretary", "division", "brigade"]])
def test_two_queries_for_one_and_for_three(hall: Hall, people: list[str]) -> None:
    for who in people:
        hall.come(who, minute=0)
    conference = get(hall.region.system, hall.conference.pk)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        quorum.quorum(conference, hall.at(1))
    assert len(asked) == 2
