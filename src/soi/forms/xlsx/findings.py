"""Danh mục hạn chế, khuyết điểm (Excel): the same context as the Word form, one row a remedy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from soi.forms.forms.findings_list.cells import (
    NO_REMEDY,
    OVERDUE,
    RECURS,
    answers_text,
    causes_text,
    lines,
)
from soi.forms.forms.findings_list.context import FindingLine, FindingsContext, RemedyLine
from soi.forms.forms.findings_list.totals import totals
from soi.forms.xlsx.cells import CellValue
from soi.forms.xlsx.table import Column, Kind, Note, table_workbook

_TITLE = "Danh mục hạn chế, khuyết điểm"
_REPEATED = (
    "Mỗi dòng là một biện pháp; hạn chế, khuyết điểm có nhiều biện pháp thì lặp lại với cùng số thứ tự."
)
_COLUMNS = (
    Column("TT", Kind.NUMBER, 6),
    Column("Mã", width=12),
    Column("Hạn chế, khuyết điểm", width=50),
    Column("Loại", width=14),
    Column("Tái diễn", width=10),
    Column("Lĩnh vực", width=20),
    Column("Nguồn", width=30),
    Column("Ngày nêu", Kind.DATE),
    Column("Nguyên nhân", width=40),
    Column("Trách nhiệm tập thể", width=25),
    Column("Trách nhiệm cá nhân", width=25),
    Column("Trạng thái", width=18),
    Column("Biện pháp khắc phục", width=40),
    Column("Chức vụ chịu trách nhiệm", width=22),
    Column("Người chịu trách nhiệm", width=22),
    Column("Sản phẩm", width=22),
    Column("Thời hạn", Kind.DATE),
    Column("Quá hạn", width=10),
    Column("Trạng thái biện pháp", width=18),
    Column("Kết quả", width=35),
    Column("Người xác nhận", width=25),
    Column("Ngày xác nhận", Kind.DATE),
)


def findings_workbook(context: FindingsContext, *, created: dt.datetime) -> bytes:
    """Sổ tính danh mục: list and "Ghi chú" (body, period, as-of date, filters, totals)."""
    return table_workbook(_TITLE, _COLUMNS, _rows(context), created=created, notes=_notes(context))


def _notes(context: FindingsContext) -> list[Note]:
    notes: list[Note] = [
        ("Đơn vị", context.body),
        ("Kỳ", context.period),
        ("Số liệu tính đến ngày", context.as_of),
        ("Phạm vi chọn", "\n".join(context.filters) or "Tất cả"),
    ]
    notes.extend(("Số liệu", line) for line in totals(context))
    notes.append(("Cách đọc", _REPEATED))
    return notes


def _rows(context: FindingsContext) -> Iterator[list[CellValue]]:
    for number, finding in enumerate(context.findings, start=1):
        left = _finding(number, finding)
        if not finding.remedies:
            yield [*left, NO_REMEDY, *[None] * 9]
        for remedy in finding.remedies:
            yield [*left, *_remedy(remedy)]


def _finding(number: int, finding: FindingLine) -> list[CellValue]:
    source = finding.source
    return [
        number,
        finding.code,
        lines(finding.text, *answers_text(finding)),
        finding.kind,
        RECURS if finding.recurs else "",
        finding.area,
        source.title if source else "",
        source.day if source else None,
        causes_text(finding),
        "\n".join(finding.responsible.collectives),
        "\n".join(finding.responsible.individuals),
        finding.state,
    ]


def _remedy(remedy: RemedyLine) -> list[CellValue]:
    confirmation = remedy.confirmation
    return [
        remedy.measure,
        remedy.accountable_post,
        remedy.accountable_person,
        remedy.deliverable,
        remedy.due,
        OVERDUE if remedy.is_overdue else "",
        remedy.state,
        remedy.result,
        confirmation.by if confirmation else "",
        confirmation.day if confirmation else None,
    ]
