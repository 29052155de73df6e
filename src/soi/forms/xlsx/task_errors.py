"""Bảng lỗi (Excel): the sheet as it came, its mistakes coloured and told in a comment at the very cell.

Rows and columns keep their places, so that the addresses named on the page are those of this workbook, and
the mended workbook can be read in again.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter

from soi.forms.origin import PRODUCER, created_utc
from soi.forms.xlsx.cells import CellValue, cell_formats, cell_text, write_cell
from soi.forms.xlsx.table import heading_format, sheet_name

# Not one of the headings that are read.
TO_MEND = "Cần sửa"
_WRONG = "#F8CBAD"
_SENTENCES = "#FCE4D6"


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """Một dòng: its number in the sheet (from 1), cells by column (from 0), and mistakes by column."""

    number: int
    cells: Mapping[int, CellValue]
    mistakes: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MarkedSheet:
    """Bảng đã tải lên: ``headings`` by column, with width, in row ``heading_row`` (from 1)."""

    name: str
    heading_row: int
    headings: Mapping[int, tuple[str, float]]


def errors_workbook(context: MarkedSheet, rows: Iterable[MarkedRow], *, created: dt.datetime) -> bytes:
    """Sổ tính .xlsx; ``rows`` in the order of the sheet, may be a generator."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    workbook.set_properties({"title": "Bảng lỗi", "author": PRODUCER, "created": created_utc(created)})
    sheet = workbook.add_worksheet(sheet_name(context.name))
    head, plain = heading_format(workbook), cell_formats(workbook)
    wrong, told = cell_formats(workbook, bg_color=_WRONG), cell_formats(workbook, bg_color=_SENTENCES)
    top, last_column = context.heading_row - 1, max(context.headings, default=-1) + 1
    for number, (title, width) in {**context.headings, last_column: (TO_MEND, 60.0)}.items():
        sheet.set_column(number, number, width)
        sheet.write_string(top, number, cell_text(title), head)
    sheet.freeze_panes(context.heading_row, 0)
    last = top
    for row in rows:
        last = row.number - 1
        for number in sorted({*row.cells, *row.mistakes}):
            formats = wrong if number in row.mistakes else plain
            write_cell(sheet, last, number, row.cells.get(number), formats)
        if row.mistakes:
            _tell(sheet, row, last_column, told)
    sheet.autofilter(top, 0, last, last_column)
    workbook.close()
    return buffer.getvalue()


def _tell(sheet: Any, row: MarkedRow, last_column: int, told: Any) -> None:
    for column, sentence in row.mistakes.items():
        sheet.write_comment(
            row.number - 1, column, cell_text(sentence)[:30_000], {"author": PRODUCER, "x_scale": 2}
        )
    write_cell(sheet, row.number - 1, last_column, "\n".join(row.mistakes.values()), told)
