"""Chữ và đoạn: runs and paragraphs. All text passes ``literal`` here, so no form can forget it."""

from __future__ import annotations

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from soi.forms.docx.page import BODY, POINT, SECTION, SUBSECTION, Page
from soi.forms.docx.xml import element
from soi.forms.wording import literal

_HEADINGS = {1: SECTION, 2: SUBSECTION, 3: POINT}
CENTER = WD_ALIGN_PARAGRAPH.CENTER
LEFT = WD_ALIGN_PARAGRAPH.LEFT


# Where lines go: the document itself or a table cell.
Container = Document | _Cell


def add_text(
    paragraph: Paragraph,
    text: str,
    *,
    size: float | None = None,
    bold: bool = False,
    italic: bool = False,
    underline: bool = False,
) -> Run:
    """Chữ: one run; a newline in the text becomes a line break."""
    run = paragraph.add_run(literal(text))
    if size is not None:
        run.font.size = Pt(size)
    # Only what is asked for is written; the rest stays with the style, as a clerk expects.
    if bold:
        run.font.bold = True
    if italic:
        run.font.italic = True
    if underline:
        run.font.underline = True
    return run


def add_line(
    container: Container,
    text: str,
    *,
    size: float | None = None,
    bold: bool = False,
    italic: bool = False,
    align: WD_ALIGN_PARAGRAPH = CENTER,
    before: float = 0,
    keep: bool = False,
) -> Paragraph:
    """Dòng: a paragraph of the heading or the ending, outside the running text. ``before`` in points."""
    paragraph = container.add_paragraph(style="Normal")
    paragraph.alignment = align
    paragraph.paragraph_format.space_before = Pt(before)
    if keep:
        paragraph.paragraph_format.keep_with_next = True
    if text:
        add_text(paragraph, text, size=size, bold=bold, italic=italic)
    return paragraph


def add_body(page: Page, text: str, *, lead: str = "", keep: bool = False) -> None:
    """Đoạn văn: running text, a paragraph for each line of it; ``lead`` is a bold beginning."""
    for number, line in enumerate(literal(text).split("\n")):
        paragraph = page.document.add_paragraph(style=BODY)
        if keep:
            paragraph.paragraph_format.keep_with_next = True
        if lead and number == 0:
            add_text(paragraph, lead, bold=True)
            paragraph.add_run(" ")
        add_text(paragraph, line)


def add_heading(page: Page, text: str, *, level: int) -> None:
    """Đề mục: I. (1), 1. (2), a) (3). The number is part of the text, as it is typed in offices."""
    add_text(page.document.add_paragraph(style=_HEADINGS[level]), text)


def add_rule(container: Container, length: float, width: float) -> None:
    """Đường kẻ: a thin line of ``length`` in the middle of ``width`` (both mm), as the lower border of a
    paragraph: it stays where it is when the text above is edited, as a drawn line does not."""
    paragraph = container.add_paragraph(style="Normal")
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Mm((width - length) / 2)
    form.line_spacing = Pt(3)
    borders = element("w:pBdr", element("w:bottom", val="single", sz="6", space="1", color="000000"))
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc"
    )
