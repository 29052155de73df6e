"""Vòng kiểm điểm: where a body stands, what is missing, from whom, until when; the worst first; few statements."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from soi.org import actions as org
from soi.org.enums import Classification
from soi.reviews import listing
from soi.reviews.enums import Exemption, Lack, Step, Verdict
from soi.reviews.logic.completeness import Tally
from soi.reviews.ring import BodyRow, Ring, ring
from tests.factories import FOUNDED, Region, add_official
from tests.reviews.cycle import Played, open_year
from tests.reviews.deciding import Deciding

STATEMENTS = 9


@pytest.fixture
def year(region: Region) -> Played:
    return open_year(region)


def turn(played: Played, by: str = "clerk", body: str = "region", today: dt.date | None = None) -> Ring:
    actor = played.actor(by, today=today) if today else played.actor(by)
    return ring(actor, played.cycle, played.region.bodies[body])


def row_of(found: Ring, name: str) -> BodyRow:
    return next(row for row in found.rows if name in row.organization.name)


def lacks(row: BodyRow) -> dict[Lack, tuple[int, dt.date | None]]:
    return {one.lack: (one.count, one.until) for one in row.lacks}


def test_a_year_just_opened_lacks_everything_and_nothing_is_late(year: Played) -> None:
    found = turn(year)
    assert found.counted.collectives == Tally(7)
    assert found.counted.persons == Tally(12)
    assert {row.step for row in found.rows} == {Step.PROMPT}
    assert lacks(row_of(found, "Sư đoàn 901")) == {
        Lack.TEXT: (1, dt.date(2021, 12, 10)), Lack.PERSONS: (2, dt.date(2021, 12, 25)),
    }  # fmt: skip
    assert max(row.days_late for row in found.rows) == 0


def test_what_a_review_waits_for_is_told_with_its_day(deciding: Deciding) -> None:
    deciding.prompt()
    row = row_of(turn(deciding.played), "Sư đoàn 901")
    assert lacks(row)[Lack.EXPLANATION] == lacks(row)[Lack.CARRIED] == (1, dt.date(2021, 12, 10))
    said = deciding.explain(deciding.prompt("Một gợi ý nữa"))
    assert lacks(row_of(turn(deciding.played), "Sư đoàn 901"))[Lack.EXPLANATION][0] == 1
    deciding.judge(said, Verdict.AGAIN, "Chưa nêu ai")
    assert lacks(row_of(turn(deciding.played), "Sư đoàn 901"))[Lack.EXPLANATION][0] == 2


def test_from_draft_to_decided(deciding: Deciding) -> None:
    def seen() -> tuple[Step | None, set[Lack]]:
        row = row_of(turn(deciding.played), "Sư đoàn 901")
        return row.step, set(lacks(row)) - {Lack.PERSONS}

    deciding.ready()
    assert seen() == (Step.DRAFT, {Lack.FINAL})
    deciding.finalize()
    assert seen() == (Step.DECIDE, {Lack.DECISION})
    whom = [
        one.whom for one in row_of(turn(deciding.played), "Sư đoàn 901").lacks if one.lack == Lack.DECISION
    ]
    assert whom == ["Đảng ủy Quân khu Thử Nghiệm"]
    deciding.send_back()
    assert seen() == (Step.FINALIZE, {Lack.RETURNED})
    deciding.finalize()
    deciding.approve()
    assert seen() == (None, set())
    assert turn(deciding.played).counted.collectives == Tally(7, reviewed=1)


def test_the_latest_stands_first_and_a_superior_sees_it_in_its_branch(year: Played) -> None:
    late = dt.date(2021, 12, 13)
    listing.exempt(
        actor=year.actor("clerk"), reviews=[year.review("region"), year.review("brigade"), year.review("command")],
        reason=Exemption.OTHER, note="Kiểm điểm riêng", now=year.now,
    )  # fmt: skip
    found = turn(year, today=late)
    assert [row.days_late for row in found.rows] == [3, 3, 3, 3, 0, 0, 0]
    assert [(one.organization.name, one.bodies, one.late) for one in found.branches] == [
        ("Đảng ủy Sư đoàn 901", 4, 4), ("Bộ Tư lệnh Quân khu Thử Nghiệm", 1, 0), ("Đảng ủy Lữ đoàn 902", 1, 0),
    ]  # fmt: skip


def test_the_identity_holds_in_every_row_and_in_the_whole(deciding: Deciding) -> None:
    deciding.ready()
    deciding.finalize()
    year = deciding.played
    listing.exempt(
        actor=year.actor("clerk"), reviews=[year.personal("press")], reason=Exemption.AWAY, now=year.now
    )
    found = turn(year)
    for tally in (row.counted.both for row in found.rows):
        assert tally.listed == tally.reviewed + tally.exempt + tally.left
    assert found.counted.both == Tally(19, reviewed=1, exempt=1)


def test_a_body_that_stands_in_no_list_is_shown_as_such(region: Region, year: Played) -> None:
    region.bodies["platoon"] = org.found_organization(
        actor=region.system, name="Chi bộ Đại đội 3", classification=Classification.PARTY_CELL,
        parent=region.bodies["battalion"], on=FOUNDED, now=region.now,
    )  # fmt: skip
    add_official(region, "late", "Trần Thị Muộn", "platoon", "Bí thư Chi bộ")
    row = row_of(turn(year), "Đại đội 3")
    assert {lack for lack, _ in lacks(row).items()} == {Lack.UNLISTED, Lack.UNLISTED_PERSONS}
    assert turn(year).counted.both.unlisted == 2
    # Who may not see it is not told of it.
    assert turn(year, by="brigade", body="brigade").counted.both.unlisted == 0


@pytest.mark.parametrize(
    ("by", "body", "bodies", "persons"),
    [
        ("clerk", "region", 7, 12),
        ("divisionclerk", "division", 4, 4),
        ("divisionclerk", "region", 4, 4),  # of what stands above, nothing
        ("member", "region", 1, 1),
        ("press", "region", 1, 1),
        ("admin", "region", 0, 1),
    ],
)
def test_each_sees_as_far_as_they_read(year: Played, by: str, body: str, bodies: int, persons: int) -> None:
    counted = turn(year, by=by, body=body).counted
    assert (counted.collectives.listed, counted.persons.listed) == (bodies, persons)


def test_the_number_of_statements_does_not_grow(region: Region, year: Played) -> None:
    def statements(by: str, body: str) -> int:
        actor = year.actor(by)
        with CaptureQueriesContext(connection) as seen:
            ring(actor, year.cycle, region.bodies[body])
        return len(seen)

    assert statements("clerk", "region") <= STATEMENTS
    assert statements("clerk", "cell") <= STATEMENTS
