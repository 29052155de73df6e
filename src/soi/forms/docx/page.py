"""Trang giấy: an empty document set up for a layout: paper, fonts, styles, page number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from soi.forms.docx.xml import element
from soi.forms.layout import LayoutProfile

BODY = "Body Text"
SECTION, SUBSECTION, POINT = "Heading 1", "Heading 2", "Heading 3"

# How far the page number stands from the upper edge: inside the 20 mm margin, clear of the text.
_HEADER_DISTANCE = 10
_FONT_SLOTS = ("ascii", "hAnsi", "eastAsia", "cs")
_LANGUAGE = "vi-VN"


@dataclass(frozen=True, slots=True)
class Page:
    """Văn bản đang dựng: the document, the layout that it follows, and whether it lies."""

    document: Document
    layout: LayoutProfile
    landscape: bool = False

    @property
    def width(self) -> float:
        """Bề rộng vùng chữ, in millimetres."""
        return self.layout.text_width(landscape=self.landscape)


def new_page(layout: LayoutProfile, *, landscape: bool = False) -> Page:
    """Mở văn bản trống: set up for the layout, without a first empty paragraph."""
    document = docx.Document()
    _set_defaults(document, layout)
    _set_styles(document, layout)
    _set_paper(document, layout, landscape=landscape)
    _set_page_number(document, layout)
    return Page(document, layout, landscape)


def set_font(properties: Any, font: str) -> None:
    """Phông chữ for all scripts: with one slot left to the theme, Word takes Calibri for some letters."""
    fonts = properties.get_or_add_rFonts()
    for key in list(fonts.attrib):
        del fonts.attrib[key]
    for slot in _FONT_SLOTS:
        fonts.set(qn(f"w:{slot}"), font)


def _set_defaults(document: Document, layout: LayoutProfile) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}")
    set_font(properties, layout.font)
    language = properties.find(qn("w:lang"))
    language.set(qn("w:val"), _LANGUAGE)
    language.set(qn("w:eastAsia"), _LANGUAGE)
    for tag in ("w:sz", "w:szCs"):
        properties.find(qn(tag)).set(qn("w:val"), str(round(layout.body_size * 2)))
    spacing = defaults.find(f"{qn('w:pPrDefault')}/{qn('w:pPr')}/{qn('w:spacing')}")
    spacing.attrib.clear()
    spacing.set(qn("w:after"), "0")
    spacing.set(qn("w:line"), "240")
    spacing.set(qn("w:lineRule"), "auto")


def _set_styles(document: Document, layout: LayoutProfile) -> None:
    for name in ("Normal", BODY, SECTION, SUBSECTION, POINT, "Header"):
        _plain_style(document, name, layout)
    for name in (BODY, SECTION, SUBSECTION, POINT):
        _running_text(document.styles[name], layout)
    document.styles[SUBSECTION].font.bold = document.styles[SECTION].font.bold = True
    document.styles[POINT].font.italic = document.styles[POINT].font.bold = True
    document.styles["Header"].font.size = Pt(layout.page_number_size)


def _plain_style(document: Document, name: str, layout: LayoutProfile) -> None:
    style = document.styles[name]
    set_font(style.element.get_or_add_rPr(), layout.font)
    style.font.size = Pt(layout.body_size)
    style.font.color.rgb = RGBColor(0, 0, 0)
    style.font.bold = style.font.italic = False


def _running_text(style: Any, layout: LayoutProfile) -> None:
    form = style.paragraph_format
    form.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    form.first_line_indent = Mm(layout.first_line)
    form.space_before, form.space_after = Pt(0), Pt(layout.paragraph_gap)
    form.keep_with_next = style.name != BODY
    form.widow_control = True
    if layout.exact_line is None:
        form.line_spacing_rule = WD_LINE_SPACING.SINGLE
    else:
        form.line_spacing = Pt(layout.exact_line)
        form.line_spacing_rule = WD_LINE_SPACING.EXACTLY


def _set_paper(document: Document, layout: LayoutProfile, *, landscape: bool) -> None:
    section = document.sections[0]
    short, long = layout.paper
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(long), Mm(short)) if landscape else (Mm(short), Mm(long))
    margins = layout.margins
    section.top_margin, section.bottom_margin = Mm(margins.top), Mm(margins.bottom)
    section.left_margin, section.right_margin = Mm(margins.left), Mm(margins.right)
    section.header_distance = section.footer_distance = Mm(_HEADER_DISTANCE)
    section.gutter = Mm(0)


def _set_page_number(document: Document, layout: LayoutProfile) -> None:
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.is_linked_to_previous = False
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _add_field(paragraph, "PAGE")


def _add_field(paragraph: Paragraph, instruction: str) -> None:
    field = element("w:fldSimple", instr=f" {instruction} ")
    # What stands there until Word counts the pages.
    shown = paragraph.add_run("2")
    field.append(shown._r)
    paragraph._p.append(field)
