"""Một ô: what clerks type as days, numbers and weights, and what they get to read when it cannot be one."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from soi.base.errors import Invalid
from soi.documents.reading import CellValue
from soi.intake.sheets.logic.cells import address, column_name, day_of, number_of, text_of, weight_of

LAST = dt.date(2021, 12, 31)


@pytest.mark.parametrize(
    "cell",
    [LAST, "31/12/2021", " 31 / 12 / 2021 ", "31-12-2021", "31.12.2021", "2021-12-31", "2021-12-31 00:00:00", 44561,
     44561.5],
)  # fmt: skip
def test_days_in_every_usual_form(cell: CellValue) -> None:
    assert day_of(cell) == LAST


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("31/11/2021", "Không có ngày 31/11/2021"),
        ("12/31/2021", "Không có ngày"),  # the American order is not guessed at
        ("quý IV", "Không đọc được ngày «quý IV»"),
        ("31/12/21", "Không đọc được ngày"),
        ("01/01/0001", "Năm 1"),
        (dt.date(1899, 12, 31), "Năm 1899"),
        (3, "không phải là ngày"),
        (1e300, "không phải là ngày"),
        (True, "Không đọc được ngày"),
        ("9" * 5000, "Không đọc được ngày"),
    ],
)
def test_what_is_no_day_is_told(cell: CellValue, said: str) -> None:
    with pytest.raises(Invalid, match=said) as refused:
        day_of(cell)
    assert len(refused.value.sentence) < 200


def test_an_empty_cell_is_no_day() -> None:
    assert day_of(None) is None
    assert day_of("") is None


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (12, "12"), (12.5, "12.5"), ("12", "12"), ("1,5", "1.5"), ("1.500", "1500"), ("1.500,75", "1500.75"),
        ("1 500", "1500"), ("0,333", None), ("12.345.678", "12345678"), ("1.5", "1.5"), (0, "0"),
    ],
)  # fmt: skip
def test_numbers_as_written_in_vietnamese(cell: CellValue, number: str | None) -> None:
    if number is None:
        # A group of three after one comma could be thousands.
        with pytest.raises(Invalid, match="có thể là"):
            number_of(cell)
    else:
        assert number_of(cell) == Decimal(number)


@pytest.mark.parametrize(
    "cell", ["mười", "1,500", "-3", -3, 1e12, "NaN", "Infinity", "1e5000", True, "12 buổi", "9" * 4000]
)
def test_what_is_no_number_is_told(cell: CellValue) -> None:
    with pytest.raises(Invalid):
        number_of(cell)


@pytest.mark.parametrize(("cell", "weight"), [(1, 1), ("10", 10), (None, None), ("", None)])
def test_weights(cell: CellValue, weight: int | None) -> None:
    assert weight_of(cell) == weight


@pytest.mark.parametrize("cell", [0, 11, 2.5, "cao", -1, "²", True])
def test_what_is_no_weight(cell: CellValue) -> None:
    with pytest.raises(Invalid, match="từ 1 đến 10"):
        weight_of(cell)


def test_addresses() -> None:
    assert [column_name(place) for place in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]
    assert address(17, 3) == "D17"


def test_text() -> None:
    assert text_of(LAST) == "31/12/2021"
    assert text_of(12) == "12"
    assert text_of(0.5) == "0,5"
    assert text_of("  Kiểm   tra\nkho ") == "Kiểm tra kho"
