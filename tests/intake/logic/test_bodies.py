"""Short names of bodies mean the nearest body that fits; vague words mean none."""

from __future__ import annotations

import pytest

from soi.intake.logic.bodies import BELOW, BESIDE, KnownBody, best, is_vague, matches
from soi.org.enums import Classification

CENTRE = KnownBody(1, ("Đảng ủy Tổng cục Thử Nghiệm",), Classification.PARTY_COMMITTEE, 1)
REGION = KnownBody(2, ("Đảng ủy Quân khu Thử Nghiệm",), Classification.PARTY_COMMITTEE, 0)
COMMAND = KnownBody(3, ("Bộ Tư lệnh Quân khu Thử Nghiệm",), Classification.COMMAND, BELOW + 1)
DIVISION = KnownBody(
    4, ("Đảng ủy Sư đoàn 901", "Sư đoàn bộ binh 901"), Classification.PARTY_COMMITTEE, BELOW + 1
)
BRIGADE = KnownBody(5, ("Đảng ủy Lữ đoàn 902",), Classification.PARTY_COMMITTEE, BELOW + 1)
POLITICS = KnownBody(6, ("Cục Chính trị",), Classification.AGENCY, BELOW + 1)
OTHER_POLITICS = KnownBody(7, ("Cục Chính trị",), Classification.AGENCY, BESIDE)
ALL = [OTHER_POLITICS, BRIGADE, DIVISION, COMMAND, REGION, CENTRE, POLITICS]


@pytest.mark.parametrize(
    ("written", "body"),
    [
        ("Đảng ủy", REGION),
        ("Đảng uỷ Quân khu", REGION),
        ("dang uy quan khu", REGION),
        ("Đảng ủy QK", REGION),
        ("Quân khu", REGION),
        ("Bộ Tư lệnh Quân khu", COMMAND),
        ("Bộ Tư lệnh", COMMAND),
        ("BTL Quân khu", COMMAND),
        ("Ban Thường vụ", REGION),
        ("Thường vụ Đảng ủy Quân khu", REGION),
        ("BTV Đảng ủy Tổng cục", CENTRE),
        ("Sư đoàn 901", DIVISION),
        ("Đảng bộ Sư đoàn 901", DIVISION),
        ("Sư đoàn bộ binh 901", DIVISION),
        ("Lữ đoàn 902", BRIGADE),
        ("Cục Chính trị", POLITICS),
        ("Tổng cục Thử Nghiệm", CENTRE),
    ],
)
def test_a_short_name_means_the_nearest_body_that_fits(written: str, body: KnownBody) -> None:
    assert best(written, ALL) == body.id


@pytest.mark.parametrize(
    "written",
    ["Quân khu 9", "Sư đoàn 90", "Đảng ủy Quân khu Bảy", "Đảng", "", "Trung ương Đảng", "Lữ đoàn 901"],
)
def test_a_name_with_a_word_too_many_means_none(written: str) -> None:
    assert best(written, ALL) is None


@pytest.mark.parametrize(
    "written", ["một số đơn vị", "Các cơ quan, đơn vị", "nhiều cấp ủy", "cơ quan, đơn vị"]
)
def test_vague_words_name_no_body(written: str) -> None:
    assert is_vague(written)
    assert matches(written, ALL) == []


def test_two_that_fit_alike_are_left_to_the_clerk() -> None:
    one = KnownBody(11, ("Phòng Chính trị",), Classification.AGENCY, BELOW + 2)
    two = KnownBody(12, ("Phòng Chính trị",), Classification.AGENCY, BELOW + 2)
    assert best("Phòng Chính trị", [one, two]) is None
    assert {match.body.id for match in matches("Phòng Chính trị", [one, two])} == {11, 12}


def test_the_standing_committee_itself_goes_before_its_committee() -> None:
    standing = KnownBody(
        9, ("Ban Thường vụ Đảng ủy Quân khu Thử Nghiệm",), Classification.STANDING_COMMITTEE, BELOW + 1
    )
    assert best("Ban Thường vụ Đảng ủy Quân khu", [*ALL, standing]) == 9
    assert best("Thường vụ Đảng ủy Quân khu", [*ALL, standing]) == 9
    assert best("Đảng ủy Quân khu", [*ALL, standing]) == REGION.id
