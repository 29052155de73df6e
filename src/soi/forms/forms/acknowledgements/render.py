"""Bảng theo dõi quán triệt (Excel): one row a body, in the order of the tree."""

from __future__ import annotations

import datetime as dt

from soi.forms.forms.acknowledgements.context import AcknowledgementsContext, AddresseeLine, StepCell
from soi.forms.layout import LayoutProfile
from soi.forms.xlsx.cells import CellValue
from soi.forms.xlsx.table import Column, Kind, Note, table_workbook

_TITLE = "Theo dõi quán triệt"
_COLUMNS = (
    Column("TT", Kind.NUMBER, 6),
    Column("Cấp", Kind.NUMBER, 6),
    Column("Đơn vị", width=44),
    Column("Thuộc", width=34),
    Column("Văn bản phải thực hiện", width=34),
    Column("Xác nhận", width=18),
    Column("Ngày xác nhận", Kind.DATE),
    Column("Hạn xác nhận", Kind.DATE),
    Column("Quán triệt", width=18),
    Column("Ngày quán triệt", Kind.DATE),
    Column("Hạn quán triệt", Kind.DATE),
    Column("Hình thức", width=24),
    Column("Số người phải dự", Kind.NUMBER, 10),
    Column("Số người dự", Kind.NUMBER, 10),
    Column("Cụ thể hóa", width=18),
    Column("Ngày cụ thể hóa", Kind.DATE),
    Column("Hạn cụ thể hóa", Kind.DATE),
    Column("Cụ thể hóa bằng", width=36),
    Column("Chậm nhất (ngày)", Kind.NUMBER, 10),
    Column("Số lần nhắc", Kind.NUMBER, 8),
    Column("Nhắc gần nhất", Kind.DATE),
)


def render(context: object, _layout: LayoutProfile, *, created: dt.datetime) -> bytes:
    """Dựng sổ tính .xlsx."""
    if not isinstance(context, AcknowledgementsContext):
        raise TypeError("acknowledgements prints an AcknowledgementsContext")
    notes: list[Note] = [
        ("Văn bản", context.title),
        ("Nơi ban hành", context.issuer),
        ("Số liệu tính đến ngày", context.as_of),
        *(("Số liệu", line) for line in context.figures),
    ]
    rows = (_row(number, line) for number, line in enumerate(context.lines, start=1))
    return table_workbook(_TITLE, _COLUMNS, rows, created=created, notes=notes)


def _row(number: int, line: AddresseeLine) -> list[CellValue]:
    return [
        number,
        line.level,
        line.body,
        line.above,
        line.paper,
        *_step(line.acknowledged),
        *_step(line.studied),
        "\n".join(line.forms),
        line.expected,
        line.attended,
        *_step(line.elaborated),
        "\n".join(line.elaborations),
        line.days_late or None,
        line.reminders or None,
        line.reminded_on,
    ]


def _step(step: StepCell) -> tuple[CellValue, CellValue, CellValue]:
    return step.standing, step.done_on, step.due_on
