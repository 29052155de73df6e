"""Word files: what the reader of the printed page sees, in its order, once."""

from __future__ import annotations

import struct

import pytest

from soi.base.errors import Invalid
from soi.documents.reading.docx import read_docx
from soi.documents.reading.limits import DEFAULT
from tests.documents.reading.samples import WORD, archive, docx, docx_of, paragraph


def _read(body: str) -> str:
    return read_docx(docx(body), DEFAULT)


def _cell(*paragraphs: str) -> str:
    return f"<w:tc>{''.join(map(paragraph, paragraphs))}</w:tc>"


def _row(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def test_paragraphs_are_lines_and_runs_join() -> None:
    runs = "<w:p><w:r><w:t>Đảng </w:t></w:r><w:r><w:t>ủy</w:t></w:r></w:p>"
    assert _read(runs + "<w:p/>" + paragraph("Hai")) == "Đảng ủy\n\nHai"


def test_tabs_and_breaks_count_in_text_but_not_as_layout() -> None:
    stops = '<w:pPr><w:tabs><w:tab w:val="left" w:pos="9"/></w:tabs></w:pPr>'
    body = (
        f"<w:p>{stops}<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/></w:r></w:p>"
    )
    assert _read(body) == "a\tb\nc-"


def test_tracked_changes_read_as_accepted() -> None:
    body = (
        "<w:p><w:r><w:t>giữ </w:t></w:r><w:del><w:r><w:delText>bỏ</w:delText><w:t>bỏ</w:t></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>chỗ cũ</w:t></w:r></w:moveFrom><w:ins><w:r><w:t>thêm</w:t></w:r></w:ins></w:p>"
    )
    assert _read(body) == "giữ thêm"


def test_hidden_words_and_field_codes_are_left_out() -> None:
    body = (
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>hiện</w:t></w:r>'
        "<w:r><w:instrText> PAGE </w:instrText></w:r></w:p>"
    )
    assert _read(body) == "hiện"


def test_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('trong khung')}</w:txbxContent>"
    body = (
        f"<w:p><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>sau</w:t></w:r></w:p>"
    )
    assert _read(body) == "trong khung\nsau"


def test_table_rows_are_lines_with_tabs() -> None:
    rows = _row(_cell("TT"), _cell("Hạn chế")) + _row(_cell("1"), _cell("chưa rõ", "người chịu trách nhiệm"))
    assert _read(f"<w:tbl>{rows}</w:tbl>" + paragraph("sau")) == (
        "TT\tHạn chế\n1\tchưa rõ người chịu trách nhiệm\nsau"
    )


def test_a_frame_for_layout_keeps_its_paragraphs() -> None:
    head = _row(_cell("ĐẢNG BỘ TỈNH A", "ĐẢNG ỦY XÃ B"), _cell("ĐẢNG CỘNG SẢN VIỆT NAM", "ngày 22 tháng 11"))
    assert _read(f"<w:tbl>{head}</w:tbl>") == (
        "ĐẢNG BỘ TỈNH A\nĐẢNG ỦY XÃ B\nĐẢNG CỘNG SẢN VIỆT NAM\nngày 22 tháng 11"
    )


def test_table_in_a_table() -> None:
    inner = f"<w:tbl>{_row(_cell('x'), _cell('y'))}{_row(_cell('z'), _cell('t'))}</w:tbl>"
    outer = _row(_cell("a"), f"<w:tc>{inner}<w:p/></w:tc>") + _row(_cell("b"), _cell("c"))
    assert _read(f"<w:tbl>{outer}</w:tbl>") == "a\tx y z t\nb\tc"


def test_footnotes_follow_and_headers_do_not() -> None:
    notes = f'<w:footnotes xmlns:w="{WORD}"><w:footnote>{paragraph("Chú thích")}</w:footnote></w:footnotes>'
    header = f'<w:hdr xmlns:w="{WORD}">{paragraph("Trang 1")}</w:hdr>'
    parts = {"word/footnotes.xml": notes, "word/header1.xml": header}
    assert read_docx(docx(paragraph("Bài"), more=parts), DEFAULT) == "Bài\nChú thích"


def test_strict_open_xml_and_utf_16() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    xml = f'<w:document xmlns:w="{strict}"><w:body>{paragraph("Bài")}</w:body></w:document>'
    assert read_docx(docx_of(xml), DEFAULT) == "Bài"
    assert read_docx(docx_of(xml.encode("utf-16")), DEFAULT) == "Bài"


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("spreadsheetml.sheet", "bảng tính Excel"),
        ("presentationml.presentation", "trình chiếu PowerPoint"),
        ("wordprocessingml.unknown", "bị hỏng"),
    ],
)
def test_other_office_files_are_named(kind: str, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        read_docx(docx(paragraph("x"), kind=kind), DEFAULT)


def test_macro_files_are_refused() -> None:
    kind = "application/vnd.ms-word.document.macroEnabled.main+xml"
    types = f'<Types><Override PartName="/w" ContentType="{kind}"/></Types>'
    with pytest.raises(Invalid, match="macro"):
        read_docx(archive({"[Content_Types].xml": types, "w": ""}), DEFAULT)


def test_a_plain_zip_is_told_from_word() -> None:
    with pytest.raises(Invalid, match=r"tệp nén \(\.zip\)"):
        read_docx(archive({"a.txt": "x"}), DEFAULT)


def test_locked_and_odd_entries_are_refused() -> None:
    good = docx(paragraph("x"))
    place = good.index(b"PK\x01\x02")
    locked, odd = bytearray(good), bytearray(good)
    struct.pack_into("<H", locked, place + 8, 1)
    struct.pack_into("<H", odd, place + 10, 14)  # LZMA: its header says how much memory to take
    with pytest.raises(Invalid, match="mật khẩu"):
        read_docx(bytes(locked), DEFAULT)
    with pytest.raises(Invalid, match="bị hỏng"):
        read_docx(bytes(odd), DEFAULT)


@pytest.mark.parametrize("cut", [10, 100, 300, -30, -1])
def test_a_cut_file_is_damaged(cut: int) -> None:
    with pytest.raises(Invalid, match="bị hỏng"):
        read_docx(docx(paragraph("x"))[:cut], DEFAULT)
