import datetime as dt

import pytest
from lxml import etree

from soi.forms.docx.heading import add_letterhead, add_title, balanced
from soi.forms.docx.page import new_page
from soi.forms.layout import profile
from soi.forms.parts import Letterhead
from tests.forms import samples

PARTY, STATE = profile("party-hd05-2026"), profile("state-nd30-2020")


def heading(head: Letterhead, layout_id: str = "party-hd05-2026") -> list[list[list[str]]]:
    page = new_page(profile(layout_id))
    add_letterhead(page, head)
    rows = page.document.tables[0].rows
    return [[[p.text for p in cell.paragraphs] for cell in row.cells] for row in rows]


def test_the_party_heading() -> None:
    assert heading(samples.HEAD) == [
        [["ĐẢNG BỘ QUÂN KHU 10", "ĐẢNG ỦY SƯ ĐOÀN 904", "*"], ["ĐẢNG CỘNG SẢN VIỆT NAM", ""]],
        [["Số 03-BB/ĐU"], ["Hà Giang, ngày 07 tháng 4 năm 2021"]],
    ]


def test_the_state_heading() -> None:
    rows = heading(samples.HEAD, "state-nd30-2020")
    assert "*" not in rows[0][0]
    assert rows[0][1][:2] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    assert rows[1][0] == ["Số: 03-BB/ĐU"]


def test_what_is_not_known_leaves_no_blank_to_fill() -> None:
    rows = heading(Letterhead(issuing_body="Chi bộ Thôn Đoài", date=dt.date(2026, 1, 5)))
    assert rows[0][0] == ["CHI BỘ THÔN ĐOÀI", "*"]
    assert rows[1] == [[""], ["Ngày 05 tháng 01 năm 2026"]]


def test_weights_and_sizes_of_the_party_heading() -> None:
    page = new_page(PARTY)
    add_letterhead(page, samples.HEAD)
    left, right = page.document.tables[0].rows[0].cells
    superior, issuer = (p.runs[0].font for p in left.paragraphs[:2])
    assert (superior.size.pt, superior.bold) == (14, None)
    assert (issuer.size.pt, issuer.bold) == (14, True)
    banner = right.paragraphs[0].runs[0].font
    assert (banner.size.pt, banner.bold) == (15, True)
    date = page.document.tables[0].rows[1].cells[1].paragraphs[0].runs[0].font
    assert (date.size.pt, date.italic) == (14, True)


def test_the_line_under_the_banner_is_as_long_as_the_layout_says() -> None:
    page = new_page(PARTY)
    add_letterhead(page, samples.HEAD)
    cell = page.document.tables[0].rows[0].cells[1]
    rule = cell.paragraphs[-1]
    assert "w:pBdr" in rule._p.xml
    indents = rule.paragraph_format.left_indent.mm + rule.paragraph_format.right_indent.mm
    assert round(cell.width.mm - indents) == PARTY.banner_rule


def test_table_properties_stand_in_the_order_that_word_wants() -> None:
    page = new_page(PARTY)
    add_letterhead(page, samples.HEAD)
    tags = [etree.QName(child).localname for child in page.document.tables[0]._tbl.tblPr]
    order = ["tblStyle", "tblW", "jc", "tblLayout", "tblCellMar", "tblLook"]
    assert tags == [tag for tag in order if tag in tags]
    assert "tblCellMar" in tags


def test_title_block() -> None:
    page = new_page(PARTY)
    add_title(page, "Biên bản", ("Hội nghị chi bộ", ""))
    paragraphs = page.document.paragraphs
    assert [p.text for p in paragraphs] == ["BIÊN BẢN", "Hội nghị chi bộ", "-----"]
    assert all(p.alignment == 1 for p in paragraphs)
    assert paragraphs[0].runs[0].font.bold
    state = new_page(STATE)
    add_title(state, "Biên bản", ("Họp",))
    assert "-----" not in [p.text for p in state.document.paragraphs]


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("ĐẢNG ỦY XÃ", ("ĐẢNG ỦY XÃ",)),
        ("ỦY BAN NHÂN DÂN TỈNH HÀ GIANG", ("ỦY BAN NHÂN DÂN", "TỈNH HÀ GIANG")),
        ("", ()),
        ("X" * 40, ("X" * 40,)),
    ],
)
def test_long_names_break_in_the_middle(name: str, lines: tuple[str, ...]) -> None:
    assert balanced(name, 23) == lines
