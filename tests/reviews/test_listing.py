"""Danh sách: two places, the highest post, exemptions and who may write them, who was forgotten."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound
from soi.history.models import Event
from soi.org import actions as org
from soi.org import staffing
from soi.org.enums import Classification, PostRole
from soi.org.models import Organization, Post
from soi.reviews import list_queries, listing
from soi.reviews.enums import Exemption, PersonGroup, ReviewKind
from soi.reviews.list_queries import Asked
from soi.reviews.models import Review
from tests.factories import FOUNDED, Region, add_official, build_region
from tests.reviews.cycle import STEPS, Played, open_year
from tests.reviews.deciding import Deciding


@pytest.fixture
def year(region: Region) -> Played:
    return open_year(region)


def appoint(
    region: Region, name: str, body: str, label: str, *, role: PostRole, start: dt.date = FOUNDED
) -> None:
    post = staffing.add_post(
        actor=region.system, organization=region.bodies[body], label=label, role=role, start=FOUNDED,
        now=region.now,
    )  # fmt: skip
    staffing.appoint(actor=region.system, person=region.people[name], post=post, start=start, now=region.now)


def test_a_person_is_reviewed_once_in_a_body_by_the_highest_post_and_twice_in_two_bodies(
    region: Region,
) -> None:
    appoint(region, "member", "cell", "Phó Bí thư Chi bộ", role=PostRole.DEPUTY)
    appoint(region, "member", "battalion", "Chính trị viên", role=PostRole.HEAD)
    rows = (
        open_year(region).cycle.reviews.filter(person=region.people["member"]).order_by("organization__name")
    )
    assert [(row.organization.name, row.post_label, row.group) for row in rows] == [
        ("Chi bộ Đại đội 2", "Phó Bí thư Chi bộ", PersonGroup.LEADER),
        ("Đảng bộ Tiểu đoàn 1", "Chính trị viên", PersonGroup.LEADER),
    ]


def test_who_left_before_the_lists_day_and_who_came_after_it_do_not_stand_there(region: Region) -> None:
    day = dt.date(2021, 11, 1)
    for name, body, start in (("came", "cell", day + dt.timedelta(days=1)), ("there", "cell", day)):
        add_official(region, name, f"Người {name}", body, f"Ủy viên {name}", start=start)
    add_official(region, "left", "Người left", "cell", "Ủy viên left")
    holding = region.posts["left"].memberships.get()
    staffing.end_membership(actor=region.system, membership=holding, on=day, now=region.now)
    listed = open_year(region, listed_on=day).cycle.reviews.filter(organization=region.bodies["cell"])
    assert {row.person.name for row in listed if row.person} == {"Đinh Văn Viên", "Người there"}


# --- exemptions --------------------------------------------------------------------------------------


def test_an_exemption_is_written_with_its_reason_and_withdrawn_again(year: Played) -> None:
    review, clerk = year.personal("member"), year.actor("divisionclerk")
    assert listing.exempt(actor=clerk, reviews=[review], reason=Exemption.AWAY, now=year.now) == 1
    review.refresh_from_db()
    assert review.exemption == Exemption.AWAY
    event = Event.objects.get(action="reviews.exempt")
    assert (event.subject_id, event.payload.facts["reason"]) == (review.pk, "away")
    listing.withdraw_exemption(actor=clerk, review=review, now=year.now)
    review.refresh_from_db()
    assert (review.exemption, review.exemption_note) == ("", "")
    with pytest.raises(Conflict):
        listing.withdraw_exemption(actor=clerk, review=review, now=year.now)


@pytest.mark.parametrize(("reason", "note"), [("", ""), ("holiday", ""), (Exemption.OTHER, "  ")])
def test_an_exemption_without_a_reason_is_refused(year: Played, reason: str, note: str) -> None:
    with pytest.raises(Invalid):
        listing.exempt(
            actor=year.actor("clerk"),
            reviews=[year.personal("member")],
            reason=reason,
            note=note,
            now=year.now,
        )


@pytest.mark.parametrize(
    ("who", "line", "refusal"),
    [
        ("divisionclerk", "division", NotAllowed),  # nobody exempts the body they act for
        ("regiment", "regiment", NotAllowed),
        ("regiment", "personal:regiment", NotAllowed),  # nor themselves
        ("inspector", "personal:member", NotAllowed),  # sees it, keeps no list
        ("brigadeclerk", "personal:member", NotFound),  # another branch
        ("member", "cell", NotAllowed),
        ("press", "personal:member", NotFound),
    ],
)
def test_who_may_not_exempt(year: Played, who: str, line: str, refusal: type[Exception]) -> None:
    review = year.personal(line.removeprefix("personal:")) if ":" in line else year.review(line)
    with pytest.raises(refusal):
        listing.exempt(actor=year.actor(who), reviews=[review], reason=Exemption.AWAY, now=year.now)


@pytest.mark.parametrize(
    ("who", "line"),
    [
        ("clerk", "division"),
        ("clerk", "region"),  # at the head of the cycle nobody stands above
        ("divisionclerk", "regiment"),
        ("divisionclerk", "personal:division"),
        ("regiment", "personal:member"),
    ],
)
def test_who_may_exempt(year: Played, who: str, line: str) -> None:
    review = year.personal(line.removeprefix("personal:")) if ":" in line else year.review(line)
    assert listing.exempt(actor=year.actor(who), reviews=[review], reason=Exemption.AWAY, now=year.now) == 1


def test_of_many_all_or_none(year: Played) -> None:
    rows = [year.personal("member"), year.personal("divisionclerk")]
    with pytest.raises(NotAllowed):
        listing.exempt(actor=year.actor("divisionclerk"), reviews=rows, reason=Exemption.AWAY, now=year.now)
    assert not Review.objects.exclude(exemption="").exists()


def test_what_is_already_written_is_not_exempted(deciding: Deciding) -> None:
    deciding.write()
    with pytest.raises(Conflict):
        listing.exempt(
            actor=deciding.actor("clerk"), reviews=[deciding.review], reason=Exemption.AWAY, now=deciding.now
        )


# --- who is missing ----------------------------------------------------------------------------------


def test_whoever_was_entered_later_is_shown_as_missing_and_added(region: Region, year: Played) -> None:
    assert list_queries.completeness(year.cycle).both.unlisted == 0
    region.bodies["platoon"] = org.found_organization(
        actor=region.system, name="Chi bộ Đại đội 3", classification=Classification.PARTY_CELL,
        parent=region.bodies["battalion"], on=FOUNDED, now=region.now,
    )  # fmt: skip
    add_official(region, "late", "Trần Thị Muộn", "platoon", "Bí thư Chi bộ", role=PostRole.HEAD)
    add_official(region, "after", "Hà Văn Sau", "cell", "Phó Bí thư", start=dt.date(2021, 12, 2))
    counted = list_queries.completeness(year.cycle)
    assert (counted.collectives.unlisted, counted.persons.unlisted) == (1, 1)
    with pytest.raises(NotAllowed):
        listing.supplement(actor=year.actor("divisionclerk"), cycle=year.cycle, now=year.now)
    assert listing.supplement(actor=year.actor("clerk"), cycle=year.cycle, now=year.now) == 2
    assert year.personal("late").group == PersonGroup.LEADER
    assert list_queries.completeness(year.cycle).both.all == 21
    with pytest.raises(Conflict, match="đã đủ"):
        listing.supplement(actor=year.actor("clerk"), cycle=year.cycle, now=year.now)


def test_who_came_after_the_lists_day_is_added_by_hand(region: Region, year: Played) -> None:
    person = add_official(region, "after", "Hà Văn Sau", "cell", "Phó Bí thư", start=dt.date(2021, 12, 2))
    late = year.actor("clerk", today=dt.date(2021, 12, 3))
    cell = region.bodies["cell"]
    with pytest.raises(Invalid, match="không giữ chức vụ nào"):
        listing.add_to_list(
            actor=late, cycle=year.cycle, organization=region.bodies["brigade"], person=person, now=year.now
        )
    added = listing.add_to_list(actor=late, cycle=year.cycle, organization=cell, person=person, now=year.now)
    assert (added.post_label, added.kind) == ("Phó Bí thư", ReviewKind.INDIVIDUAL)
    with pytest.raises(Conflict, match="đã có trong danh sách"):
        listing.add_to_list(actor=late, cycle=year.cycle, organization=cell, person=person, now=year.now)
    with pytest.raises(Conflict, match="đã có trong danh sách"):
        listing.add_to_list(actor=late, cycle=year.cycle, organization=cell, now=year.now)


def test_a_body_of_another_branch_is_not_added(region: Region) -> None:
    year = open_year(region, by="division", body="division")
    with pytest.raises(Conflict, match="không trực thuộc"):
        listing.add_to_list(
            actor=year.actor("division"),
            cycle=year.cycle,
            organization=region.bodies["brigade"],
            now=year.now,
        )


# --- under six months --------------------------------------------------------------------------------


@pytest.fixture
def newer(db: Any) -> Played:
    """A year under a rule pack that says six months; one person came three months ago."""
    now = dt.datetime(2024, 12, 1, 1, 30, tzinfo=dt.UTC)
    region = build_region(now)
    add_official(region, "fresh", "Trần Văn Mới", "cell", "Ủy viên mới", start=dt.date(2024, 9, 1))
    # A new post in the body where one has been for years makes nobody new there.
    appoint(region, "member", "cell", "Phó Bí thư Chi bộ", role=PostRole.DEPUTY, start=dt.date(2024, 10, 1))
    steps = {step: day.replace(year=day.year + 3) for step, day in STEPS.items()}
    return open_year(region, period="2024", steps=steps)


def test_who_came_lately_is_proposed_and_nothing_is_written(newer: Played) -> None:
    clerk = newer.actor("clerk")
    rows = list(list_queries.lines(clerk, newer.cycle, Asked()))
    assert list_queries.suggested_new(newer.cycle, rows) == {newer.personal("fresh").pk: dt.date(2024, 9, 1)}
    asked = Asked(state=list_queries.NEW_HERE)
    assert [row.person for row in list_queries.lines(clerk, newer.cycle, asked)] == [
        newer.region.people["fresh"]
    ]
    assert newer.personal("fresh").exemption == ""
    listing.exempt(actor=clerk, reviews=[newer.personal("fresh")], reason=Exemption.NEW, now=newer.now)
    assert not list_queries.suggested_new(newer.cycle, rows)


def test_where_the_rules_do_not_say_nobody_is_proposed(region: Region) -> None:
    add_official(region, "fresh", "Trần Văn Mới", "cell", "Ủy viên mới", start=dt.date(2021, 11, 1))
    year = open_year(region)
    assert list_queries.suggested_new(year.cycle, list(year.cycle.reviews.all())) == {}


# --- what a list shows -------------------------------------------------------------------------------


def test_a_plain_reader_sees_bodies_and_oneself_but_no_other_person(year: Played) -> None:
    rows = list_queries.lines(year.actor("member"), year.cycle, Asked())
    assert {str(row.person or row.organization) for row in rows} == {"Chi bộ Đại đội 2", "Đinh Văn Viên"}
    counted = list_queries.completeness_seen(year.actor("member"), year.cycle, year.region.bodies["region"])
    assert (counted.collectives.listed, counted.persons.listed) == (1, 1)


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ({}, 19),
        ({"kind": "collective"}, 7),
        ({"group": "leader"}, 6),
        ({"words": "dinh van vien"}, 1),
        ({"words": "su doan 901"}, 3),
        ({"state": "left"}, 18),
        ({"state": "exempt"}, 1),
        ({"state": "waiting"}, 18),
        ({"state": "nonsense", "group": "x", "kind": "y"}, 19),
    ],
)
def test_the_filter(year: Played, asked: dict[str, str], number: int) -> None:
    clerk = year.actor("clerk")
    listing.exempt(actor=clerk, reviews=[year.personal("press")], reason=Exemption.AWAY, now=year.now)
    assert list_queries.lines(clerk, year.cycle, Asked(**asked)).count() == number  # type: ignore[arg-type]


def test_the_filter_by_body_takes_what_stands_below_it(year: Played) -> None:
    asked = Asked(body=year.region.bodies["regiment"])
    assert list_queries.lines(year.actor("clerk"), year.cycle, asked).count() == 5


@pytest.mark.parametrize(
    ("classification", "role", "group"),
    [
        ("standing_committee", "member", PersonGroup.LEADER),
        ("party_committee", "member", PersonGroup.LEADER),
        ("party_cell", "member", PersonGroup.MEMBER),
        ("party_cell", "head", PersonGroup.LEADER),
        ("party_committee", "staff", PersonGroup.MEMBER),
        ("agency", "deputy", PersonGroup.LEADER),
        ("agency", "member", PersonGroup.MEMBER),
    ],
)
def test_a_member_of_a_leading_collective_is_reviewed_as_a_leader(
    classification: str, role: str, group: PersonGroup
) -> None:
    post = Post(role=role, organization=Organization(classification=classification))
    assert list_queries.group_of(post) == group
