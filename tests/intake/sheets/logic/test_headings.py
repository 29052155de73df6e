"""Dòng tiêu đề: found wherever it stands, whatever its spelling and order."""

from __future__ import annotations

import pytest

from soi.base.errors import Invalid
from soi.documents.reading import ReadSheet
from soi.intake.sheets.logic.headings import find_table, heading_key

FULL = ("Mã", "Nhiệm vụ", "Sản phẩm", "Lĩnh vực", "Chức vụ", "Đơn vị", "Thời hạn")


def sheet(*rows: tuple[str | None, ...], name: str = "Trang 1") -> ReadSheet:
    return ReadSheet(name, rows)


@pytest.mark.parametrize(
    "headings",
    [
        FULL,
        tuple(reversed(FULL)),
        (
            "MÃ SỐ",
            "NOI DUNG NHIEM VU",
            "San pham, ket qua",
            "linh vuc cong tac",
            "Chu tri",
            "Don vi",
            "HAN HOAN THANH (*)",
        ),
        (
            "STT",
            "Nhiệm vụ *",
            "Sản phẩm / kết quả *",
            "Lĩnh vực *",
            "Chức vụ\nchịu trách nhiệm *",
            "Thời  hạn *",
        ),
    ],
)
def test_any_order_and_spelling(headings: tuple[str, ...]) -> None:
    table = find_table([sheet(headings, ("a",))])
    assert {"statement", "deliverable", "area", "post", "due"} <= set(table.columns)


def test_titles_above_and_other_columns_do_not_matter() -> None:
    table = find_table(
        [sheet((), ("CHƯƠNG TRÌNH CÔNG TÁC",), (None, "Năm 2021"), (*FULL, "Ghi chú"), ("1", "Việc"))]
    )
    assert table.heading_row == 4
    assert table.ignored == ("Ghi chú",)
    assert [number for number, _ in table.rows] == [5]


def test_the_sheet_with_the_table_is_found_among_others() -> None:
    other = sheet(("Tên chức vụ", "Thuộc đơn vị"), ("Bí thư", "Đảng ủy"), name="Chức vụ")
    assert find_table([other, sheet(FULL, name="Kế hoạch"), other]).sheet == "Kế hoạch"


def test_what_is_missing_or_twice_is_named() -> None:
    with pytest.raises(Invalid, match="Không thấy dòng tiêu đề"):
        find_table([sheet(("Họ tên", "Ngày sinh"))])
    with pytest.raises(Invalid, match="Không thấy dòng tiêu đề"):
        find_table([])
    with pytest.raises(Invalid, match="thiếu cột: Thời hạn"):
        find_table([sheet(FULL[:-1])])
    with pytest.raises(Invalid, match="ô B1 và ô H1"):
        find_table([sheet((*FULL, "Nội dung"))])


def test_heading_keys() -> None:
    assert heading_key("Sản phẩm/kết quả (*)") == heading_key("SAN PHAM,  KET QUA")
