"""Bảng tính của một danh sách bất kỳ: a heading row with filters, a row a record, and a sheet "Ghi chú"."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

import xlsxwriter

from soi.base.errors import Invalid
from soi.forms.origin import PRODUCER, created_utc
from soi.forms.wording import one_line
from soi.forms.xlsx.cells import CellFormats, CellValue, cell_formats, cell_text, write_cell

# Excel has 1,048,576 rows; the first is the heading.
MOST_ROWS = 1_048_575
_A4 = 9
_LONGEST_SHEET_NAME = 31
_NOT_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
_OPTIONS = {
    # Rows go to disk as they come: 100,000 rows take 30 MB instead of several hundred.
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class Kind(Enum):
    """Loại cột: decides the width where none is given."""

    TEXT = 30
    DATE = 12
    NUMBER = 8


@dataclass(frozen=True, slots=True)
class Column:
    """Cột: heading, kind, and width in Excel's unit (about one digit) if the kind's own does not suit."""

    title: str
    kind: Kind = Kind.TEXT
    width: float | None = None


# A line of the sheet "Ghi chú": what, and its value.
Note = tuple[str, CellValue]


def table_workbook(
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[CellValue]],
    *,
    created: dt.datetime,
    notes: Sequence[Note] = (),
) -> bytes:
    """Sổ tính .xlsx: ``rows`` may be a generator. Refuses more rows than Excel holds, rather than lose some.

    ``created`` (with time zone) is the only time in the file: the same input gives the same bytes.
    """
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, _OPTIONS)
    workbook.set_properties(
        {"title": one_line(title)[:255], "author": PRODUCER, "created": created_utc(created)}
    )
    formats = cell_formats(workbook)
    try:
        _add_list(workbook, title, columns, rows, formats)
        _add_notes(workbook, title, notes, formats)
    finally:
        # Also after a refusal, or XlsxWriter leaves its temporary files behind.
        workbook.close()
    return buffer.getvalue()


def sheet_name(title: str) -> str:
    """Tên trang tính: at most 31 characters, without those that Excel forbids."""
    name = _NOT_IN_SHEET_NAME.sub(" ", one_line(title))
    name = one_line(name[:_LONGEST_SHEET_NAME]).strip("' ")
    # "History" is Excel's own; "Ghi chú" is the second sheet.
    return name if name.lower() not in {"", "history", "ghi chú"} else "Danh sách"


def _add_list(
    workbook: Any,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[CellValue]],
    formats: CellFormats,
) -> None:
    sheet = workbook.add_worksheet(sheet_name(title))
    _set_page(sheet)
    _add_head(workbook, sheet, columns)
    last = 0
    for last, row in enumerate(rows, start=1):
        if last > MOST_ROWS:
            raise Invalid("Danh sách dài hơn một trang tính Excel chứa được. Hãy lọc bớt rồi xuất lại.")
        for number, (_, value) in enumerate(zip(columns, row, strict=True)):
            write_cell(sheet, last, number, value, formats)
    sheet.autofilter(0, 0, last, len(columns) - 1)


def _set_page(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    sheet.set_footer("&C&P/&N")


def heading_format(workbook: Any) -> Any:
    """Dòng tiêu đề: bold on grey, in the middle."""
    look = {"font_name": "Times New Roman", "font_size": 12, "bold": True, "border": 1, "text_wrap": True}
    return workbook.add_format({**look, "align": "center", "valign": "vcenter", "bg_color": "#E7E6E6"})


def _add_head(workbook: Any, sheet: Any, columns: Sequence[Column]) -> None:
    head = heading_format(workbook)
    for number, column in enumerate(columns):
        sheet.set_column(number, number, column.kind.value if column.width is None else column.width)
        sheet.write_string(0, number, cell_text(column.title), head)


def _add_notes(workbook: Any, title: str, notes: Sequence[Note], formats: CellFormats) -> None:
    sheet = workbook.add_worksheet("Ghi chú")
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 90)
    for row, (what, value) in enumerate([("Tên bảng", title), *notes]):
        write_cell(sheet, row, 0, what, formats)
        write_cell(sheet, row, 1, value, formats)
