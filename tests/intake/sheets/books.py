"""Bảng tính để thử: workbooks as clerks make them, cell by cell."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

HEADINGS = (
    "Mã", "Nhiệm vụ", "Sản phẩm/kết quả", "Lĩnh vực", "Chức vụ chịu trách nhiệm", "Đơn vị", "Phối hợp",
    "Bắt đầu", "Thời hạn", "Chỉ tiêu", "Đơn vị tính", "Trọng số",
)  # fmt: skip
DUE = dt.date(2021, 12, 31)

ROW: dict[str, Any] = {
    "Mã": "CT-01",
    "Nhiệm vụ": "Kiểm tra việc bảo quản vũ khí ở 100% đại đội",
    "Sản phẩm/kết quả": "Biên bản kiểm tra của từng đại đội",
    "Lĩnh vực": "Quân sự, quốc phòng",
    "Chức vụ chịu trách nhiệm": "Bí thư Đảng ủy Trung đoàn",
    "Đơn vị": "Đảng ủy Trung đoàn 91",
    "Thời hạn": DUE,
}


def row(**changes: Any) -> dict[str, Any]:
    """A row that can be taken, with changes: ``row(ma="CT-02", thoi_han="31/12/2021")``."""
    names = {
        "ma": "Mã", "nhiem_vu": "Nhiệm vụ", "san_pham": "Sản phẩm/kết quả", "linh_vuc": "Lĩnh vực",
        "chuc_vu": "Chức vụ chịu trách nhiệm", "don_vi": "Đơn vị", "phoi_hop": "Phối hợp", "bat_dau": "Bắt đầu",
        "thoi_han": "Thời hạn", "chi_tieu": "Chỉ tiêu", "don_vi_tinh": "Đơn vị tính", "trong_so": "Trọng số",
    }  # fmt: skip
    return ROW | {names[key]: value for key, value in changes.items()}


def workbook(
    rows: Sequence[dict[str, Any]],
    *,
    headings: Sequence[str] = HEADINGS,
    above: Sequence[str] = (),
    sheet: str = "Nhiệm vụ",
) -> bytes:
    """An .xlsx file; ``above`` are lines over the headings."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    page, day = book.add_worksheet(sheet), book.add_format({"num_format": "dd/mm/yyyy"})
    for number, text in enumerate(above):
        page.write_string(number, 0, text)
    top = len(above)
    for place, heading in enumerate(headings):
        page.write_string(top, place, heading)
    for number, cells in enumerate(rows, start=top + 1):
        for place, heading in enumerate(headings):
            value = cells.get(heading)
            if isinstance(value, dt.date):
                page.write_datetime(number, place, value, day)
            elif isinstance(value, str):
                page.write_string(number, place, value)
            elif value is not None:
                page.write_number(number, place, value)
    book.close()
    return buffer.getvalue()
