from docx.oxml.ns import qn
from docx.table import Table

from soi.forms.docx.page import Page, new_page
from soi.forms.docx.tables import Column, add_table
from soi.forms.layout import profile

COLUMNS = (Column("TT", 10, centered=True), Column("Nội dung", 100))


def built(*rows: tuple[str | None, ...]) -> tuple[Page, Table]:
    page = new_page(profile("party-hd05-2026"))
    add_table(page, COLUMNS, rows)
    return page, page.document.tables[0]


def test_cells_and_heading() -> None:
    _, table = built(("1", "Một"), ("2", "Hai\nBa"))
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["TT", "Nội dung"],
        ["1", "Một"],
        ["2", "Hai\nBa"],
    ]
    assert [p.text for p in table.cell(2, 1).paragraphs] == ["Hai", "Ba"]


def test_only_the_heading_repeats_and_no_row_breaks() -> None:
    _, table = built(("1", "Một"))
    marks = [{mark.tag for mark in row._tr.trPr} for row in table.rows]
    assert marks == [{qn("w:cantSplit"), qn("w:tblHeader")}, {qn("w:cantSplit")}]


def test_the_table_is_as_wide_as_the_text() -> None:
    page, table = built(("1", "Một"))
    widths = [column.width.mm for column in table.columns]
    assert round(sum(widths)) == page.width == 165
    assert round(widths[1] / widths[0]) == 10


def test_all_borders_are_drawn() -> None:
    _, table = built(("1", "Một"))
    assert {qn(f"w:{s}") for s in ("top", "left", "bottom", "right", "insideH", "insideV")} == {
        border.tag for border in table._tbl.tblPr.find(qn("w:tblBorders"))
    }


def test_none_runs_on_from_above_and_only_there() -> None:
    _, table = built(("1", "a"), (None, "b"), (None, "c"), ("2", "d"))
    assert [table.cell(row, 0).text for row in range(1, 5)] == ["1", "1", "1", "2"]
    assert table.cell(1, 0)._tc is table.cell(3, 0)._tc
    assert [table.cell(row, 1).text for row in range(1, 5)] == ["a", "b", "c", "d"]


def test_the_table_stands_where_it_was_added() -> None:
    page = new_page(profile("party-hd05-2026"))
    page.document.add_paragraph("trước")
    add_table(page, COLUMNS, [("1", "a")])
    page.document.add_paragraph("sau")
    tags = [child.tag for child in page.document.element.body]
    assert tags == [qn("w:p"), qn("w:tbl"), qn("w:p"), qn("w:sectPr")]
