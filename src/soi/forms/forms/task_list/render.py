"""Danh sách nhiệm vụ (Excel): the columns of the sheet that is read in, then progress and result."""

from __future__ import annotations

import datetime as dt

from soi.forms.forms.task_list.context import TaskListContext
from soi.forms.layout import LayoutProfile
from soi.forms.xlsx.table import Note, table_workbook
from soi.forms.xlsx.task_lines import LIST_COLUMNS, figures, list_row

_TITLE = "Danh sách nhiệm vụ"


def render(context: object, _layout: LayoutProfile, *, created: dt.datetime) -> bytes:
    """Dựng sổ tính .xlsx."""
    if not isinstance(context, TaskListContext):
        raise TypeError("task_list prints a TaskListContext")
    notes: list[Note] = [
        ("Số liệu tính đến ngày", context.as_of),
        ("Phạm vi chọn", "\n".join(context.filters) or "Tất cả"),
        *(("Số liệu", line) for line in figures(context.tasks)),
    ]
    rows = (list_row(number, line) for number, line in enumerate(context.tasks, start=1))
    return table_workbook(_TITLE, LIST_COLUMNS, rows, created=created, notes=notes)
