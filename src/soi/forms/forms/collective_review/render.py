"""Báo cáo kiểm điểm: from the context to a Word file; every section of the form keeps its number."""

from __future__ import annotations

import datetime as dt

from soi.forms.docx.ending import add_signature
from soi.forms.docx.heading import add_letterhead, add_title
from soi.forms.docx.package import to_bytes
from soi.forms.docx.page import Page, new_page
from soi.forms.docx.text import add_body, add_heading
from soi.forms.forms.collective_review.context import MeasureLine, ReviewContext
from soi.forms.layout import LayoutProfile
from soi.forms.wording import one_line, phrase, sentence, short_date

_NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_EMPTY = "(Chưa có nội dung)"


def render(context: ReviewContext, layout: LayoutProfile, *, created: dt.datetime) -> bytes:
    """Dựng báo cáo: the bytes of a .docx; ``created`` (with time zone) is the time in its properties."""
    page = new_page(layout)
    add_letterhead(page, context.letterhead)
    add_title(page, "Báo cáo", (_abstract(context),), note=_note(context))
    _add_sections(page, context)
    add_signature(page, context.signature, context.recipients)
    return to_bytes(page.document, title=f"Báo cáo {_abstract(context)}", created=created)


def _abstract(context: ReviewContext) -> str:
    return f"Kiểm điểm tập thể {one_line(context.subject)}"


def _note(context: ReviewContext) -> str:
    said = ["Dự thảo"] if context.is_draft else []
    if context.edition > 1:
        said.append(f"Lần {context.edition}")
    if context.as_of:
        said.append(f"Số liệu tính đến ngày {short_date(context.as_of)}")
    return f"({'. '.join(said)})" if said else ""


def _add_sections(page: Page, context: ReviewContext) -> None:
    for place, (numeral, section) in enumerate(zip(_NUMERALS, context.sections, strict=False)):
        add_heading(page, f"{numeral}. {one_line(section.title)}", level=1)
        lines = [line for line in section.lines if one_line(line)]
        if place == context.measures_in:
            lines += [_measure(number, row) for number, row in enumerate(context.measures, start=1)]
        _add_lines(page, lines or [_EMPTY], ends=place == len(context.sections) - 1)


def _add_lines(page: Page, lines: list[str], *, ends: bool) -> None:
    """The mark that ends the paper stands behind its last word; signatures never stand alone."""
    for number, line in enumerate(lines, start=1):
        last = ends and number == len(lines)
        text = phrase(line) + page.layout.end_mark if last else sentence(line) if line != _EMPTY else line
        add_body(page, text, keep=last)


def _measure(number: int, row: MeasureLine) -> str:
    return (
        f"Biện pháp {number}: {phrase(row.statement)}; kết quả: {phrase(row.deliverable)}; "
        f"chịu trách nhiệm: {one_line(row.post)}; thời hạn: {short_date(row.due_on)}"
    )
