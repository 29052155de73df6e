"""Báo cáo giao ban: from the context to a Word file; a section without a line takes no number."""

from __future__ import annotations

import datetime as dt

from soi.forms.docx.ending import add_signature
from soi.forms.docx.heading import add_letterhead, add_title
from soi.forms.docx.package import to_bytes
from soi.forms.docx.page import Page, new_page
from soi.forms.docx.text import add_body, add_heading
from soi.forms.forms.briefing_report.context import BriefingContext
from soi.forms.layout import LayoutProfile
from soi.forms.parts import SectionText
from soi.forms.wording import one_line, phrase, sentence, short_date, upper_first

_NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_EMPTY = "Báo cáo chưa có nội dung"


def render(context: BriefingContext, layout: LayoutProfile, *, created: dt.datetime) -> bytes:
    """Dựng báo cáo: the bytes of a .docx; ``created`` (with time zone) is the time in its properties."""
    page = new_page(layout)
    add_letterhead(page, context.letterhead)
    add_title(page, "Báo cáo", (_abstract(context),), note=_note(context))
    _add_sections(page, [section for section in context.sections if any(map(one_line, section.lines))])
    add_signature(page, context.signature, context.recipients)
    return to_bytes(page.document, title=f"Báo cáo {_abstract(context)}", created=created)


def _abstract(context: BriefingContext) -> str:
    parts = [f"kết quả công tác {one_line(context.period)}"]
    if one_line(context.next_period):
        parts.append(f"phương hướng {one_line(context.next_period)}")
    return upper_first(", ".join(parts))


def _note(context: BriefingContext) -> str:
    draft = "Bản đang soạn. " if context.is_draft else ""
    return f"({draft}Số liệu tính đến ngày {short_date(context.as_of)})"


def _add_sections(page: Page, sections: list[SectionText]) -> None:
    if not sections:
        add_body(page, _EMPTY + page.layout.end_mark, keep=True)
        return
    for numeral, section in zip(_NUMERALS, sections, strict=False):
        add_heading(page, f"{numeral}. {one_line(section.title)}", level=1)
        last = section is sections[-1]
        lines = [line for line in section.lines if one_line(line)]
        for number, line in enumerate(lines, start=1):
            # The mark that ends the paper stands behind its last word; signatures never stand alone.
            ends = last and number == len(lines)
            text = phrase(line) + page.layout.end_mark if ends else sentence(line)
            add_body(page, f"- {text}", keep=ends)
