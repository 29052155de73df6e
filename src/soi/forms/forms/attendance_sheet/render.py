"""Danh sách điểm danh: from the context to a Word file, with a column to sign by hand."""

from __future__ import annotations

import datetime as dt

from soi.forms.docx.ending import add_two_signatures
from soi.forms.docx.heading import add_letterhead, add_title
from soi.forms.docx.package import to_bytes
from soi.forms.docx.page import Page, new_page
from soi.forms.docx.tables import Column, Row, add_table
from soi.forms.docx.text import add_body
from soi.forms.forms.attendance_sheet.cells import figures, hour, note_text, spans_text, who_text
from soi.forms.forms.attendance_sheet.context import AttendanceLine, AttendanceSheetContext
from soi.forms.layout import LayoutProfile
from soi.forms.parts import Participant, Signature
from soi.forms.wording import one_line, ranked_name, short_date

_EMPTY = "Danh sách chưa có ai"
_SIZE = 11
_NUMBER, _NAME, _POST = (
    Column("TT", 9, centered=True),
    Column("Họ và tên", 38),
    Column("Cấp bậc, chức vụ", 42),
)
_SITE, _SPANS = Column("Điểm cầu", 26), Column("Có mặt", 25, centered=True)
_NOTE, _SIGNED = Column("Ghi chú", 28), Column("Ký tên", 18)


def render(context: object, layout: LayoutProfile, *, created: dt.datetime) -> bytes:
    """Dựng danh sách: the bytes of a .docx; ``created`` (with time zone) is the time in its properties."""
    if not isinstance(context, AttendanceSheetContext):
        raise TypeError("attendance_sheet prints an AttendanceSheetContext")
    page = new_page(layout)
    add_letterhead(page, context.letterhead)
    about = (context.title, one_line(context.part)) if context.part else (context.title,)
    add_title(page, "Danh sách điểm danh", about, note=_as_of(context))
    for figure in figures(context):
        add_body(page, figure, keep=True)
    _add_list(page, context)
    add_two_signatures(page, _signer("Người điểm danh", context.secretary), _signer("Chủ trì", context.chair))
    return to_bytes(page.document, title=f"Danh sách điểm danh {context.title}", created=created)


def _as_of(context: AttendanceSheetContext) -> str:
    drawn = f"{hour(context.as_of.time())} ngày {short_date(context.as_of.date())}"
    return f"(Ngày họp {short_date(context.day)}; lập lúc {drawn})"


def _signer(role: str, person: Participant | None) -> Signature:
    return Signature(post=role, name=ranked_name(person) if person else "")


def _add_list(page: Page, context: AttendanceSheetContext) -> None:
    if not context.lines:
        add_body(page, _EMPTY + page.layout.end_mark)
        return
    by_site = any(one_line(line.who.site) for line in context.lines) and not context.part
    columns = [_NUMBER, _NAME, _POST, *([_SITE] if by_site else []), _SPANS, _NOTE, _SIGNED]
    rows = [_row(number, line, by_site=by_site) for number, line in enumerate(context.lines, start=1)]
    add_table(page, columns, rows, size=_SIZE)


def _row(number: int, line: AttendanceLine, *, by_site: bool) -> Row:
    site = [one_line(line.who.site)] if by_site else []
    return [
        str(number),
        one_line(line.who.name),
        who_text(line),
        *site,
        spans_text(line),
        note_text(line),
        "",
    ]
