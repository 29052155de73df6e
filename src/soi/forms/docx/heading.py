"""Phần đầu: the block of issuing body, banner, number and date; then type and abstract of the document."""

from __future__ import annotations

from docx.shared import Mm, Pt
from docx.table import Table, _Cell

from soi.forms.docx.page import Page
from soi.forms.docx.text import add_line, add_rule
from soi.forms.docx.xml import element
from soi.forms.parts import Letterhead
from soi.forms.wording import long_date, one_line, upper_first

# Share of the width that the left side gets; the banner of the State needs 89 of 165 mm.
_LEFT_SHARE = 0.42
_SHORT_RULE = 25
# Points between the line above and the number.
_ABOVE_NUMBER = 3
# Width of a capital at 14 points, in millimetres, on average over names of organisations.
_CAPITAL = 3


def add_columns(page: Page, rows: int, shares: tuple[float, ...]) -> Table:
    """Cột không viền: a table without borders and inner margins; ``shares`` of the width, adding up to 1."""
    table: Table = page.document.add_table(rows=rows, cols=len(shares))
    table.autofit = False
    no_margins = (element(f"w:{side}", w="0", type="dxa") for side in ("left", "right"))
    # Word wants the parts of a table's properties in their order.
    margins = element("w:tblCellMar", *no_margins)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook", "w:tblCaption", "w:tblDescription")
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Mm(page.width * share)
    for row in table.rows:
        for cell, share in zip(row.cells, shares, strict=True):
            cell.width = Mm(page.width * share)
    return table


def drop_first_paragraph(cell: _Cell) -> None:
    """Word wants a paragraph in every cell and python-docx makes an empty one: gone once there are others."""
    first = cell.paragraphs[0]
    if len(cell.paragraphs) > 1 and not first.runs:
        first._p.getparent().remove(first._p)


def add_letterhead(page: Page, head: Letterhead) -> None:
    """Tiêu đề: left superior body, issuing body, "*", number; right banner with its line, place and date."""
    table = add_columns(page, 2, (_LEFT_SHARE, 1 - _LEFT_SHARE))
    left, right = table.rows[0].cells
    _issuer(page, left, head)
    _banner(page, right)
    number, date = table.rows[1].cells
    if one_line(head.number):
        text = page.layout.number_prefix + one_line(head.number)
        add_line(number, text, size=page.layout.number_size, before=_ABOVE_NUMBER)
    place_and_date = _place_and_date(head)
    add_line(date, place_and_date, size=page.layout.date_size, italic=True, before=_ABOVE_NUMBER)
    for cell in (left, right, number, date):
        drop_first_paragraph(cell)


def _issuer(page: Page, cell: _Cell, head: Letterhead) -> None:
    layout = page.layout
    room = int(page.width * _LEFT_SHARE / _CAPITAL)
    for line in balanced(one_line(head.superior_body).upper(), room):
        add_line(cell, line, size=layout.superior_size)
    for line in balanced(one_line(head.issuing_body).upper(), room):
        add_line(cell, line, size=layout.issuer_size, bold=True)
    if layout.issuer_star:
        add_line(cell, "*", size=layout.issuer_size)
    else:
        add_rule(cell, _SHORT_RULE, page.width * _LEFT_SHARE)


def balanced(text: str, room: int) -> tuple[str, ...]:
    """Ngắt dòng cân: a name longer than ``room`` letters in two lines of like length, as clerks break it
    (ỦY BAN NHÂN DÂN / TỈNH …), not with one word left for the second line."""
    if len(text) <= room or " " not in text:
        return (text,) if text else ()
    gaps = (place for place, letter in enumerate(text) if letter == " ")
    middle = min(gaps, key=lambda place: abs(2 * place - len(text)))
    return text[:middle], text[middle + 1 :]


def _banner(page: Page, cell: _Cell) -> None:
    for line in page.layout.banner:
        add_line(cell, line.text, size=line.size, bold=True)
    add_rule(cell, page.layout.banner_rule, page.width * (1 - _LEFT_SHARE))


def _place_and_date(head: Letterhead) -> str:
    place, date = one_line(head.place), long_date(head.date)
    return f"{place}, {date}" if place else upper_first(date)


def add_title(page: Page, kind: str, abstract: tuple[str, ...], *, note: str = "") -> None:
    """Tên loại và trích yếu: type in bold capitals, abstract bold, "-----"; ``note`` in italics under it."""
    layout = page.layout
    add_line(page.document, kind.upper(), size=layout.type_size, bold=True, before=18, keep=True)
    for line in filter(None, map(one_line, abstract)):
        add_line(page.document, line, size=layout.abstract_size, bold=True, keep=True)
    if note:
        add_line(page.document, note, size=layout.abstract_size, italic=True, keep=True)
    if layout.abstract_hyphens:
        add_line(page.document, "-----", size=layout.abstract_size, keep=True)
    else:
        add_rule(page.document, _SHORT_RULE, page.width)
    page.document.paragraphs[-1].paragraph_format.space_after = Pt(2 * layout.paragraph_gap)
