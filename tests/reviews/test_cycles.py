"""Mở đợt, đổi lịch, kết thúc: what is drawn up, what is refused, what stays in the history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal
from soi.base.periods import Period
from soi.history.models import Event
from soi.org.enums import Classification
from soi.reviews import cycles, listing
from soi.reviews.enums import CycleKind, CycleState, Exemption, PersonGroup, ReviewKind, ReviewState, Step
from soi.reviews.models import Cycle, Review
from tests.factories import Region
from tests.reviews.cycle import STEPS, Played, open_year
from tests.reviews.deciding import Deciding

TODAY = dt.date(2021, 12, 1)


@pytest.fixture
def year(region: Region) -> Played:
    return open_year(region)


def test_the_list_holds_every_body_and_everybody_who_holds_a_post_there(region: Region, year: Played) -> None:
    rows = Review.objects.filter(cycle=year.cycle)
    assert rows.filter(kind=ReviewKind.COLLECTIVE).count() == len(region.bodies) == 7
    assert rows.filter(kind=ReviewKind.INDIVIDUAL).count() == len(region.people) == 12
    assert year.personal("secretary").group == PersonGroup.LEADER
    assert year.personal("member").group == PersonGroup.MEMBER
    assert year.personal("member").post_label == "Đảng viên Chi bộ Đại đội 2"
    assert set(rows.values_list("state", flat=True)) == {ReviewState.WAITING}


def test_opening_writes_one_event_with_how_many_and_under_which_rules(year: Played) -> None:
    event = Event.objects.get(action="reviews.open_cycle")
    assert (event.payload.facts["collectives"], event.payload.facts["persons"]) == (7, 12)
    assert event.payload.facts["rule_pack"] == "vn-party-2018"
    assert not Event.objects.filter(subject_type="reviews.review").exists()


def test_only_the_kinds_of_body_asked_for(region: Region) -> None:
    year = open_year(region, classifications=[Classification.PARTY_CELL])
    assert [row.organization.name for row in year.cycle.reviews.filter(kind=ReviewKind.COLLECTIVE)] == [
        "Chi bộ Đại đội 2"
    ]
    assert year.cycle.reviews.filter(kind=ReviewKind.INDIVIDUAL).count() == 1


def test_without_persons(region: Region) -> None:
    assert open_year(region, with_persons=False).cycle.reviews.count() == 7


def test_a_lower_level_opens_for_itself_and_below(region: Region) -> None:
    year = open_year(region, by="division", body="division")
    assert {row.organization.name for row in year.cycle.reviews.all()} == {
        "Đảng ủy Sư đoàn 901", "Đảng ủy Trung đoàn 91", "Đảng bộ Tiểu đoàn 1", "Chi bộ Đại đội 2",
    }  # fmt: skip


@pytest.mark.parametrize("who", ["divisionclerk", "inspector", "press", "brigade", "member", "admin"])
def test_only_those_who_keep_its_records_or_decide_for_it_open_a_cycle(region: Region, who: str) -> None:
    with pytest.raises((NotAllowed, NotFound)):
        open_year(region, by=who)
    assert open_year(region, by="clerk").cycle.pk


@pytest.mark.parametrize("who", ["clerk", "secretary"])
def test_a_level_above_does_not_open_in_the_name_of_another_body(region: Region, who: str) -> None:
    with pytest.raises(NotAllowed):
        open_year(region, by=who, body="division")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"period": "2022"}, "period"),
        ({"period": "2021-Q4"}, "period"),
        ({"period": ""}, "period"),
        ({"kind": "month"}, "kind"),
        ({"kind": CycleKind.TERM, "period": ""}, "start"),
        ({"kind": CycleKind.ON_DEMAND, "days": Period(TODAY, dt.date(2021, 12, 31))}, "title"),
        ({"classifications": []}, "classifications"),
        ({"classifications": [Classification.MASS_ORGANIZATION]}, "classifications"),
        ({"listed_on": dt.date(2021, 12, 2)}, "listed_on"),
        ({"listed_on": dt.date(2014, 12, 31)}, "listed_on"),
        ({"listed_on": dt.date(2017, 1, 1)}, "listed_on"),
        ({"steps": {}}, "due_finalize"),
        ({"steps": {**STEPS, Step.COMMENT: dt.date(2021, 12, 9)}}, "due_comment"),
    ],
)
def test_what_is_missing_or_wrong_is_said_beside_its_field(
    region: Region, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        open_year(region, **given)
    assert list(refused.value.fields) == [field]
    assert not Cycle.objects.exists()


def test_a_term_and_a_cycle_on_demand_are_named_by_their_days(region: Region) -> None:
    days = Period(dt.date(2020, 10, 1), dt.date(2025, 10, 1))
    term = open_year(region, kind=CycleKind.TERM, period="", days=days).cycle
    assert (term.period, term.title) == ("2020-2025", "Kiểm điểm nhiệm kỳ 2020-2025")
    for _ in range(2):  # as often as it is needed
        asked = open_year(
            region, kind=CycleKind.ON_DEMAND, period="", days=days, title="  Sau thanh tra   đất đai "
        ).cycle
        assert asked.title == "Sau thanh tra đất đai"


def test_the_same_cycle_is_opened_once(region: Region, year: Played) -> None:
    with pytest.raises(Conflict, match="đã được mở ngày 01/12/2021"):
        open_year(region)
    assert open_year(region, kind=CycleKind.QUARTER, period="2021-Q4").cycle.title == "Kiểm điểm quý IV/2021"


def test_moving_a_step_keeps_the_earlier_day_in_the_history(year: Played) -> None:
    later = dt.date(2021, 12, 28)
    cycles.move_step(
        actor=year.actor("clerk"), cycle=year.cycle, steps={Step.FINALIZE: later}, reason="Bão", now=year.now
    )
    assert year.cycle.steps.get(step=Step.FINALIZE).due_on == later
    facts = Event.objects.get(action="reviews.move_step").payload.facts
    assert (facts["before"], facts["after"]) == ({"finalize": "2021-12-25"}, {"finalize": "2021-12-28"})
    with pytest.raises(Conflict):
        cycles.move_step(
            actor=year.actor("clerk"), cycle=year.cycle, steps={Step.FINALIZE: later}, now=year.now
        )
    with pytest.raises(Invalid):
        cycles.move_step(
            actor=year.actor("clerk"),
            cycle=year.cycle,
            steps={Step.DECIDE: dt.date(2021, 12, 27)},
            now=year.now,
        )
    with pytest.raises(NotAllowed):
        cycles.move_step(actor=year.actor("division"), cycle=year.cycle, steps=STEPS, now=year.now)


@pytest.fixture
def finished(deciding: Deciding) -> Played:
    """Everybody but the division is exempt; the division is finalized."""
    deciding.ready()
    deciding.finalize()
    year = deciding.played
    others = Review.objects.filter(cycle=year.cycle).exclude(pk=year.review("division").pk)
    listing.exempt(
        actor=year.region.system,
        reviews=list(others),
        reason=Exemption.OTHER,
        note="Đang sáp nhập",
        now=year.now,
    )
    return year


def test_a_cycle_with_anybody_left_is_not_closed(year: Played) -> None:
    with pytest.raises(Conflict, match="còn 19 bản kiểm điểm chưa chốt"):
        cycles.close_cycle(actor=year.actor("clerk"), cycle=year.cycle, now=year.now)


def test_a_cycle_is_closed_when_everybody_is_reviewed_or_exempt(finished: Played) -> None:
    with pytest.raises(NotAllowed):
        cycles.close_cycle(actor=finished.actor("divisionclerk"), cycle=finished.cycle, now=finished.now)
    closed = cycles.close_cycle(actor=finished.actor("clerk"), cycle=finished.cycle, now=finished.now)
    assert (closed.state, closed.closed_on) == (CycleState.CLOSED, TODAY)


def test_a_returned_review_is_not_reviewed(finished: Played, deciding: Deciding) -> None:
    deciding.send_back()
    with pytest.raises(Conflict, match="còn 1 bản kiểm điểm"):
        cycles.close_cycle(actor=finished.actor("clerk"), cycle=finished.cycle, now=finished.now)


def test_nothing_of_a_closed_cycle_changes(finished: Played) -> None:
    clerk, cycle, now = finished.actor("clerk"), finished.cycle, finished.now
    cycles.close_cycle(actor=clerk, cycle=cycle, now=now)
    acts: list[Callable[[], Any]] = [
        lambda: cycles.close_cycle(actor=clerk, cycle=cycle, now=now),
        lambda: cycles.move_step(actor=clerk, cycle=cycle, steps={}, now=now),
        lambda: listing.supplement(actor=clerk, cycle=cycle, now=now),
        lambda: listing.withdraw_exemption(actor=clerk, review=finished.review("brigade"), now=now),
    ]
    for act in acts:
        with pytest.raises(Refusal, match="đã kết thúc"):
            act()
