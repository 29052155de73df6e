"""Danh sách kiểm điểm (Excel): a line for each collective and person, and the identity in the notes."""

from __future__ import annotations

import datetime as dt

from soi.forms.forms.review_list.context import ReviewLine, ReviewListContext
from soi.forms.layout import LayoutProfile
from soi.forms.xlsx.cells import CellValue
from soi.forms.xlsx.table import Column, Kind, Note, table_workbook

_TITLE = "Danh sách kiểm điểm"
_COLUMNS = (
    Column("TT", Kind.NUMBER),
    Column("Đơn vị", width=34),
    Column("Họ và tên", width=26),
    Column("Chức vụ", width=30),
    Column("Tập thể, nhóm cá nhân", width=28),
    Column("Tình trạng", width=22),
    Column("Lý do chưa kiểm điểm", width=40),
    Column("Nhắc gần nhất", Kind.DATE),
)


def render(context: object, _layout: LayoutProfile, *, created: dt.datetime) -> bytes:
    """Dựng sổ tính .xlsx."""
    if not isinstance(context, ReviewListContext):
        raise TypeError("review_list prints a ReviewListContext")
    rows = (_row(number, line) for number, line in enumerate(context.lines, start=1))
    return table_workbook(_TITLE, _COLUMNS, rows, created=created, notes=_notes(context))


def _row(number: int, line: ReviewLine) -> list[CellValue]:
    return [
        number, line.body, line.person, line.post, line.group, line.state, line.reason, line.reminded_on,
    ]  # fmt: skip


def _notes(context: ReviewListContext) -> list[Note]:
    left = context.listed - context.reviewed - context.exempt
    identity = (
        f"{context.listed} trong danh sách = {context.reviewed} đã kiểm điểm + "
        f"{context.exempt} chưa kiểm điểm có lý do + {left} còn phải làm"
    )
    return [
        ("Đợt kiểm điểm", context.cycle),
        ("Cấp mở đợt", context.opened_by),
        ("Bộ quy định", context.rules),
        ("Danh sách lập theo ngày", context.listed_on),
        ("Tình trạng tính đến ngày", context.as_of),
        ("Phạm vi chọn", "\n".join(context.filters) or "Tất cả"),
        ("Đủ số", identity),
        ("Chưa có trong danh sách", context.unlisted),
    ]
