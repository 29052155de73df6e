"""Chương trình công tác (Excel): one row a task, in the columns of the sheet that is read in."""

from __future__ import annotations

import datetime as dt

from soi.forms.forms.programme.context import ProgrammeContext
from soi.forms.layout import LayoutProfile
from soi.forms.xlsx.table import Note, table_workbook
from soi.forms.xlsx.task_lines import SHEET_COLUMNS, figures, sheet_row

_TITLE = "Nhiệm vụ"
_AGAIN = "Sửa các cột từ «Mã» đến «Trọng số» rồi nhập lại bảng này vào chương trình; các cột sau chỉ để xem."


def render(context: object, _layout: LayoutProfile, *, created: dt.datetime) -> bytes:
    """Dựng sổ tính .xlsx."""
    if not isinstance(context, ProgrammeContext):
        raise TypeError("programme prints a ProgrammeContext")
    notes: list[Note] = [
        ("Chương trình", context.title),
        ("Tổ chức lập", context.body),
        ("Kỳ", context.period),
        ("Số liệu tính đến ngày", context.as_of),
        *(("Số liệu", line) for line in figures(context.tasks)),
        ("Nhập lại", _AGAIN),
    ]
    return table_workbook(_TITLE, SHEET_COLUMNS, map(sheet_row, context.tasks), created=created, notes=notes)
