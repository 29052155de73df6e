"""Danh mục hạn chế, khuyết điểm: from the context to a Word file on lying paper."""

from __future__ import annotations

import datetime as dt

from soi.forms.docx.ending import add_signature
from soi.forms.docx.heading import add_letterhead, add_title
from soi.forms.docx.package import to_bytes
from soi.forms.docx.page import Page, new_page
from soi.forms.docx.tables import Column, Row, add_table
from soi.forms.docx.text import add_body
from soi.forms.forms.findings_list.cells import (
    NO_REMEDY,
    accountable_text,
    causes_text,
    confirmation_text,
    due_text,
    finding_text,
    responsible_text,
    result_text,
    source_text,
)
from soi.forms.forms.findings_list.context import FindingLine, FindingsContext, RemedyLine
from soi.forms.forms.findings_list.totals import totals
from soi.forms.layout import LayoutProfile
from soi.forms.wording import literal, one_line, phrase, short_date

_TITLE = "Hạn chế, khuyết điểm và biện pháp khắc phục"
_EMPTY = "Không có hạn chế, khuyết điểm nào trong phạm vi và thời gian nêu trên"
# Twelve columns on 252 mm: below 10 points it is not read, above 10.5 the dates break.
_TABLE_SIZE = 10.5
_COLUMNS = (
    Column("TT", 8, centered=True),
    Column("Hạn chế, khuyết điểm", 36),
    Column("Lĩnh vực", 15),
    Column("Nguồn", 21),
    Column("Nguyên nhân", 25),
    Column("Trách nhiệm", 24),
    Column("Biện pháp khắc phục", 28),
    Column("Người chịu trách nhiệm", 22),
    Column("Sản phẩm", 16),
    Column("Thời hạn", 20, centered=True),
    Column("Trạng thái, kết quả", 18),
    Column("Xác nhận", 20),
)


def render(context: FindingsContext, layout: LayoutProfile, *, created: dt.datetime) -> bytes:
    """Dựng danh mục: the bytes of a .docx; ``created`` (with time zone) is the time in its properties."""
    page = new_page(layout, landscape=True)
    add_letterhead(page, context.letterhead)
    about = " – ".join(part for part in map(one_line, (context.body, context.period)) if part)
    as_of = f"(Số liệu tính đến ngày {short_date(context.as_of)})"
    add_title(page, "Danh mục", (_TITLE, about), note=as_of)
    _add_scope(page, context)
    _add_list(page, context)
    add_signature(page, context.signature, context.recipients)
    return to_bytes(page.document, title=f"Danh mục {_TITLE.lower()}", created=created)


def _add_scope(page: Page, context: FindingsContext) -> None:
    filters = "; ".join(part for part in map(phrase, map(one_line, context.filters)) if part)
    if filters:
        add_body(page, f"{filters}.", lead="Phạm vi chọn:")
    figures = totals(context)
    if figures:
        add_body(page, " ".join(figures), keep=True)


def _add_list(page: Page, context: FindingsContext) -> None:
    if not context.findings:
        add_body(page, _EMPTY + page.layout.end_mark)
        return
    rows = [row for number, finding in enumerate(context.findings, start=1) for row in _rows(number, finding)]
    add_table(page, _COLUMNS, rows, size=_TABLE_SIZE)


def _rows(number: int, finding: FindingLine) -> list[Row]:
    """A row for each remedy; from the second on, the finding's own cells run on from above."""
    left: Row = (
        str(number),
        finding_text(finding),
        one_line(finding.area),
        source_text(finding.source),
        causes_text(finding),
        responsible_text(finding),
    )
    if not finding.remedies:
        return [(*left, NO_REMEDY, "", "", "", one_line(finding.state), "")]
    merged: Row = (None,) * len(left)
    return [(*(merged if i else left), *_remedy(remedy)) for i, remedy in enumerate(finding.remedies)]


def _remedy(remedy: RemedyLine) -> Row:
    return (
        literal(remedy.measure),
        accountable_text(remedy),
        literal(remedy.deliverable),
        due_text(remedy),
        result_text(remedy),
        confirmation_text(remedy),
    )
