"""Biên bản soạn từ diễn biến: from the context to a Word file."""

from __future__ import annotations

import datetime as dt

from soi.forms.docx.ending import add_two_signatures
from soi.forms.docx.heading import add_letterhead, add_title
from soi.forms.docx.package import to_bytes
from soi.forms.docx.page import new_page
from soi.forms.docx.text import add_body, add_heading
from soi.forms.forms.approved_minutes.context import ApprovedMinutesContext
from soi.forms.layout import LayoutProfile
from soi.forms.parts import Signature
from soi.forms.wording import one_line

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def render(context: ApprovedMinutesContext, layout: LayoutProfile, *, created: dt.datetime) -> bytes:
    """Dựng biên bản: the bytes of a .docx; ``created`` (with time zone) is the time in its properties."""
    page = new_page(layout)
    add_letterhead(page, context.letterhead)
    add_title(page, "Biên bản", (context.title,))
    for number, section in zip(_ROMAN, context.sections, strict=False):
        add_heading(page, f"{number}. {one_line(section.title).upper()}", level=1)
        for paragraph in section.paragraphs:
            add_body(page, one_line(paragraph))
    add_body(page, _standing(context), keep=True)
    add_two_signatures(
        page,
        Signature(post="Người ghi biên bản", name=context.secretary),
        Signature(post="Chủ trì", name=context.chair),
    )
    return to_bytes(page.document, title=f"Biên bản {context.title}", created=created)


def _standing(context: ApprovedMinutesContext) -> str:
    if context.mark:
        return f"Biên bản đã được chủ trì và thư ký thông qua; mã SHA-256 của văn bản: {context.mark}."
    return "Dự thảo biên bản, chưa được thông qua."
