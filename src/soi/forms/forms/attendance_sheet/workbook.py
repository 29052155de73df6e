"""Danh sách điểm danh (Excel): a row a person, first coming and last going apart, to be filtered and counted."""

from __future__ import annotations

import datetime as dt

from soi.forms.forms.attendance_sheet.cells import figures, hour, note_text, spans_text
from soi.forms.forms.attendance_sheet.context import AttendanceLine, AttendanceSheetContext
from soi.forms.wording import one_line, post_list
from soi.forms.xlsx.cells import CellValue
from soi.forms.xlsx.table import Column, Kind, Note, table_workbook

_COLUMNS = (
    Column("TT", Kind.NUMBER),
    Column("Họ và tên", width=28),
    Column("Cấp bậc", width=14),
    Column("Chức vụ", width=36),
    Column("Điểm cầu", width=24),
    Column("Thành phần", width=14),
    Column("Có mặt", width=11),
    Column("Đến lúc", width=10),
    Column("Về lúc", width=10),
    Column("Các khoảng có mặt", width=22),
    Column("Ghi chú", width=40),
)


def workbook(context: AttendanceSheetContext, *, created: dt.datetime) -> bytes:
    """Dựng sổ tính .xlsx: the same people and words as the Word file."""
    notes: list[Note] = [
        ("Hội nghị", one_line(context.title)),
        ("Ngày họp", context.day),
        ("Lập lúc", context.as_of),
        *([("Điểm cầu", one_line(context.part))] if context.part else []),
        *(("Số liệu", line) for line in figures(context)),
    ]
    rows = (_row(number, line) for number, line in enumerate(context.lines, start=1))
    return table_workbook("Danh sách điểm danh", _COLUMNS, rows, created=created, notes=notes)


def _row(number: int, line: AttendanceLine) -> list[CellValue]:
    spans = line.spans
    last = spans[-1].left if spans else None
    return [
        number,
        one_line(line.who.name),
        one_line(line.who.rank),
        post_list(line.who.posts),
        one_line(line.who.site),
        "Thành viên" if line.entitled else "Khách mời",
        "Có mặt" if spans else ("Vắng" if line.absent else "Chưa đến"),
        hour(spans[0].came) if spans else "",
        hour(last) if last else "",
        spans_text(line),
        note_text(line),
    ]
