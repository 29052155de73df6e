"""Bảng có viền: tables whose heading row repeats on every page.

Built straight on XML: python-docx searches the whole table for each cell, which takes minutes for long lists.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from soi.forms.docx.page import Page
from soi.forms.docx.xml import element
from soi.forms.wording import literal

# A cell that continues the cell above it (several remedies of one finding) is None.
Row = Sequence[str | None]

_CELL_MARGINS = {"top": 0.4, "left": 1.2, "bottom": 0.4, "right": 1.2}
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


@dataclass(frozen=True, slots=True)
class Column:
    """Cột: heading, width in millimetres (scaled to the page), and whether its cells are centred."""

    title: str
    width: float
    centered: bool = False


def add_table(
    page: Page,
    columns: Sequence[Column],
    rows: Sequence[Row],
    *,
    size: float | None = None,
) -> None:
    """Bảng: bordered, as wide as the text. Each line of a cell is a paragraph; ``size`` in points."""
    size = page.layout.table_size if size is None else size
    scale = page.width / sum(column.width for column in columns)
    widths = [round(Mm(column.width * scale).twips) for column in columns]
    table = _table(widths)
    head = [_cell(c.title, w, size, centered=True, bold=True) for c, w in zip(columns, widths, strict=True)]
    table.append(_row(head, "w:cantSplit", "w:tblHeader"))
    for number, row in enumerate(rows):
        below = rows[number + 1] if number + 1 < len(rows) else [""] * len(columns)
        cells = [
            _cell(text, width, size, centered=column.centered, merge=_merge(text, under))
            for text, under, column, width in zip(row, below, columns, widths, strict=True)
        ]
        table.append(_row(cells, "w:cantSplit"))
    page.document.element.body.insert_element_before(table, "w:sectPr")


def add_gap(page: Page) -> None:
    """Khoảng trống after a table, as high as between paragraphs, so that the text does not touch it."""
    paragraph = page.document.add_paragraph(style="Normal")
    paragraph.paragraph_format.line_spacing = Pt(page.layout.paragraph_gap)


def _merge(text: str | None, below: str | None) -> str | None:
    """Gộp dọc: how the cell takes part in a merged one, in Word's words; None if it does not."""
    if text is None:
        return "continue"
    return "restart" if below is None else None


def _table(widths: Sequence[int]) -> Any:
    margins = {side: str(round(Mm(wide).twips)) for side, wide in _CELL_MARGINS.items()}
    properties = element(
        "w:tblPr",
        element("w:tblW", w=str(sum(widths)), type="dxa"),
        element("w:tblBorders", *(element(f"w:{s}", val="single", sz="4", space="0") for s in _SIDES)),
        element("w:tblLayout", type="fixed"),
        element("w:tblCellMar", *(element(f"w:{s}", w=w, type="dxa") for s, w in margins.items())),
    )
    grid = element("w:tblGrid", *(element("w:gridCol", w=str(width)) for width in widths))
    return element("w:tbl", properties, grid)


def _row(cells: Sequence[Any], *marks: str) -> Any:
    return element("w:tr", element("w:trPr", *map(element, marks)), *cells)


def _cell(
    text: str | None,
    width: int,
    size: float,
    *,
    centered: bool,
    bold: bool = False,
    merge: str | None = None,
) -> Any:
    properties = element("w:tcPr", element("w:tcW", w=str(width), type="dxa"))
    if merge is not None:
        properties.append(element("w:vMerge", val=merge))
    if bold:
        properties.append(element("w:vAlign", val="center"))
    lines = literal(text or "").split("\n")
    paragraphs = (_paragraph(line, size, centered=centered, bold=bold) for line in lines)
    return element("w:tc", properties, *paragraphs)


def _paragraph(text: str, size: float, *, centered: bool, bold: bool) -> Any:
    half_points = str(round(size * 2))
    font = element("w:rPr", *([element("w:b")] if bold else []))
    font.append(element("w:sz", val=half_points))
    font.append(element("w:szCs", val=half_points))
    content = element("w:t")
    content.text = text
    content.set(qn("xml:space"), "preserve")
    place = element("w:pPr", element("w:jc", val="center" if centered else "left"))
    return element("w:p", place, element("w:r", font, content))
