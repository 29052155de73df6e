"""Date and period expressions of papers."""

from __future__ import annotations

import pytest

from soi.intake.extract.dates import find_dates
from soi.intake.extract.model import Span
from soi.intake.extract.periods import find_periods, unit_months
from soi.intake.extract.reading import Reading


def dates(text: str, year: int | None = None) -> list[tuple[str, str]]:
    return [found.iso(year) for found in find_dates(Reading(text), Span(0, len(text)))]


def labels(text: str, year: int | None = 2022) -> list[str | None]:
    return [found.label(year) for found in find_periods(Reading(text), Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sáng 7/4, Bộ Tư lệnh", ("--04-07", "--04-07")),
        ("Ngày 22-11, Thường vụ", ("--11-22", "--11-22")),
        ("ngày 10 tháng 12 năm 2021", ("2021-12-10", "2021-12-10")),
        ("thứ Sáu ngày 02/12/2022", ("2022-12-02", "2022-12-02")),
        ("Trong 2 ngày 17 và 18/12", ("--12-17", "--12-18")),
        ("từ ngày 29/11 đến ngày 1/12/2023", ("2023-11-29", "2023-12-01")),
        ("Sáng nay (9/10), Bộ", ("--10-09", "--10-09")),
        ("Chiều 3.7.2020", ("2020-07-03", "2020-07-03")),
    ],
)
def test_dates(text: str, expected: tuple[str, str]) -> None:
    assert dates(text) == [expected]


@pytest.mark.parametrize(
    "text", ["đạt 18/20 chỉ tiêu", "4/6 dự án", "ngày 31/02/2021", "số 12/2021/NĐ", "tăng 3.7%"]
)
def test_what_is_no_date(text: str) -> None:
    assert dates(text) == []


def test_a_meeting_over_new_year_begins_in_the_year_before() -> None:
    assert dates("từ ngày 30/12 đến ngày 2/1/2024") == [("2023-12-30", "2024-01-02")]
    assert dates("Sáng 7/4", 2021) == [("2021-04-07", "2021-04-07")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("quý I/2022", ["2022-Q1"]),
        ("quý IV năm 2019", ["2019-Q4"]),
        ("quý 1 năm nay", ["2022-Q1"]),
        ("6 tháng đầu năm 2023", ["2023-H1"]),
        ("6 tháng cuối năm", ["2022-H2"]),
        ("9 tháng năm 2017", ["2017-9M"]),
        ("tháng 11/2022", ["2022-11"]),
        ("nhiệm kỳ 2020 – 2025", ["2020-2025"]),
        ("03 năm thực hiện Kết luận", ["P3Y"]),
        ("năm 2021", ["2021"]),
        ("kế hoạch giai đoạn 2021-2025", []),
    ],
)
def test_periods(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


def test_a_period_without_any_year_has_no_label() -> None:
    assert labels("quý II", None) == [None]


def test_months_of_a_unit() -> None:
    assert [unit_months(unit) for unit in ("Q3", "H2", "9M", "11", "")] == [
        (7, 9),
        (7, 12),
        (1, 9),
        (11, 11),
        (1, 12),
    ]
