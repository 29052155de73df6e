"""Phần cuối: signature blocks and recipients, kept together on one page."""

from __future__ import annotations

from collections.abc import Sequence

from docx.shared import Pt
from docx.table import _Cell

from soi.forms.docx.heading import add_columns, drop_first_paragraph
from soi.forms.docx.page import Page
from soi.forms.docx.text import LEFT, Container, add_line, add_text
from soi.forms.docx.xml import element
from soi.forms.parts import Signature
from soi.forms.wording import one_line

# Room for a signature by hand, in points: about four lines.
_SIGNING_SPACE = 72


def add_two_signatures(page: Page, left: Signature, right: Signature) -> None:
    """Hai chữ ký (biên bản): left NGƯỜI GHI BIÊN BẢN, right CHỦ TRÌ; no place for a seal."""
    for cell, signature in zip(_ending_cells(page), (left, right), strict=True):
        add_line(cell, one_line(signature.post).upper(), bold=True, keep=True)
        _name(cell, signature)
        drop_first_paragraph(cell)


def add_signature(page: Page, signature: Signature | None, recipients: Sequence[str]) -> None:
    """Chữ ký và nơi nhận: recipients left, signature right; nothing at all when there is neither."""
    if signature is None and not recipients:
        return
    left, right = _ending_cells(page)
    add_recipients(page, left, recipients)
    if signature is not None:
        if signature.collective:
            collective = f"{page.layout.on_behalf} {one_line(signature.collective)}".upper()
            add_line(right, collective, bold=True, keep=True)
        add_line(right, one_line(signature.post).upper(), bold=page.layout.signer_post_bold, keep=True)
        _name(right, signature)
        drop_first_paragraph(right)
    drop_first_paragraph(left)


def add_recipients(page: Page, container: Container, recipients: Sequence[str], *, before: float = 0) -> None:
    """Nơi nhận: a dash and a comma each (State: a semicolon), a full stop last; ``before`` in points."""
    names = [name.rstrip(".,;") for name in map(one_line, recipients) if name]
    if not names:
        return
    layout = page.layout
    upright = layout.recipients_underlined
    title = add_line(container, "", align=LEFT, before=before, keep=True)
    size = layout.recipients_title_size
    add_text(title, "Nơi nhận", size=size, underline=upright, bold=not upright, italic=not upright)
    add_text(title, ":", size=size, bold=not upright, italic=not upright)
    separator = "," if upright else ";"
    for number, name in enumerate(names, start=1):
        mark = "." if number == len(names) else separator
        add_line(container, f"- {name}{mark}", size=layout.recipients_size, align=LEFT)


def _ending_cells(page: Page) -> tuple[_Cell, _Cell]:
    # A paragraph of its own: two tables that touch are one table to Word.
    gap = page.document.add_paragraph(style="Normal").paragraph_format
    gap.line_spacing, gap.keep_with_next = Pt(12), True
    row = add_columns(page, 1, (0.5, 0.5)).rows[0]
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))
    return row.cells[0], row.cells[1]


def _name(cell: _Cell, signature: Signature) -> None:
    add_line(cell, one_line(signature.name), bold=True, before=_SIGNING_SPACE)
