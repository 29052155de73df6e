"""Bảng tính: values of the cells, and one clear sentence for whatever is no honest workbook."""

from __future__ import annotations

import datetime as dt
import io
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import xlsxwriter

from soi.base.errors import Invalid
from soi.documents.reading import SHEETS, read_file, read_sheets, sandbox
from tests.documents.reading.samples import archive, docx, paragraph


def workbook(fill: Callable[[Any], None]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    fill(book)
    book.close()
    return buffer.getvalue()


def small(book: Any) -> None:
    page, day = book.add_worksheet("Một"), book.add_format({"num_format": "dd/mm/yyyy"})
    page.write_string(1, 1, "Mã")
    page.write_datetime(2, 1, dt.date(2021, 12, 31), day)
    page.write_number(2, 2, 12)
    page.write_number(2, 3, 1.5)
    page.write_boolean(2, 4, True)
    page.write_formula(2, 5, "=1+1", None, 2)
    page.write_string(2, 6, "=1+1")
    book.add_worksheet("Ẩn").hide()
    book.add_worksheet("Trống")


def changed(data: bytes, name: str, content: bytes) -> bytes:
    """The same archive with one part put in or replaced."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {part: old.read(part) for part in old.namelist()}
    return archive({**parts, name: content})


def test_values_stand_where_they_stood() -> None:
    (sheet,) = read_sheets(workbook(small))
    assert sheet.name == "Một"
    assert sheet.rows == (
        (),
        (None, "Mã"),
        (None, dt.date(2021, 12, 31), 12, 1.5, True, 2, "=1+1"),
    )
    assert isinstance(sheet.rows[2][2], int)


def _far(book: Any) -> None:
    page = book.add_worksheet()
    page.write_number(0, 0, 1)
    page.write_number(1_048_575, 16_383, 1)


def _low(book: Any) -> None:
    page = book.add_worksheet("Bảng")
    page.write_number(0, 0, 1)
    page.write_number(30_000, 0, 1)


SMALL = workbook(small)
DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><Types>&b;</Types>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Tệp rỗng"),
        (b"a;b;c", "không phải bảng tính"),
        (b"%PDF-1.7", "không phải bảng tính"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".xls kiểu cũ"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        (docx(paragraph("Chữ")), "không phải bảng tính"),
        (archive({"a.txt": "b"}), "không phải bảng tính"),
        (SMALL[: len(SMALL) // 2], "bị hỏng"),
        (changed(SMALL, "xl/workbook.xml", b"<workbook"), "bị hỏng"),
        (changed(SMALL, "xl/worksheets/sheet1.xml", b"\x00\xff" * 99), "tính"),
        (changed(SMALL, "[Content_Types].xml", DOCTYPE), "DOCTYPE"),
        (workbook(lambda book: book.add_worksheet("Trống")), "không có trang tính nào có chữ"),
        (workbook(_far), "ô ghi ở rất xa|quá 20.000 dòng"),
        (workbook(_low), "«Bảng» có dữ liệu ở dòng 30001, quá 20.000 dòng"),
        (changed(SMALL, "xl/sharedStrings.xml", b"<sst>" + b"<si><t>a</t></si>" * 15_000_000), "bung ra quá lớn"),
        (changed(SMALL, "xl/extra.xml", bytes(201 * 1024 * 1024)), "bung ra quá lớn"),
    ],
)  # fmt: skip
def test_whatever_is_sent_a_sentence_comes_back(data: bytes, said: str) -> None:
    started = time.monotonic()
    with pytest.raises(Invalid, match=said):
        read_sheets(data)
    assert time.monotonic() - started < 2 * SHEETS.seconds


def test_a_workbook_with_macros_is_not_taken() -> None:
    with zipfile.ZipFile(io.BytesIO(SMALL)) as old:
        types = old.read("[Content_Types].xml").replace(
            b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        )
    with pytest.raises(Invalid, match="macro"):
        read_sheets(changed(SMALL, "[Content_Types].xml", types))


def test_open_document_sheets_are_read_too() -> None:
    """One cell repeated, a day, and a number, as LibreOffice writes them."""
    spaces = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )
    content = (
        f'<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="Một">'
        '<table:table-row><table:table-cell office:value-type="string"><text:p>Mã</text:p></table:table-cell>'
        '<table:table-cell office:value-type="date" office:date-value="2021-12-31"><text:p>x</text:p>'
        "</table:table-cell>"
        '<table:table-cell office:value-type="float" office:value="12"><text:p>12</text:p></table:table-cell>'
        "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    )
    data = archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
            "META-INF/manifest.xml": '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        }
    )
    (sheet,) = read_sheets(data)
    assert sheet.rows == (("Mã", dt.date(2021, 12, 31), 12),)


def test_a_sheet_is_no_text_and_a_text_no_sheet() -> None:
    with pytest.raises(Invalid, match="bảng tính Excel"):
        read_file(SMALL, "a.xlsx")


@pytest.mark.parametrize(
    "answer",
    [
        '{"sheets": 1}',
        '{"sheets": [{"name": 1, "rows": []}]}',
        '{"sheets": [{"name": "a", "rows": [[{"day": "hôm nay"}]]}]}',
        '{"sheets": [{"name": "a", "rows": [[["a"]]]}]}',
        '{"sheets": [{"name": "a", "rows": [1]}]}',
        "{}",
        "garbage",
    ],
)
def test_a_worker_taken_over_is_not_believed(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    monkeypatch.setattr(sandbox, "_run", lambda *_: answer.encode())
    with pytest.raises(Invalid, match="Không đọc được bảng tính"):
        read_sheets(SMALL)


def test_too_slow_is_stopped() -> None:
    with pytest.raises(Invalid, match="quá nhiều thời gian"):
        read_sheets(SMALL, limits=replace(SHEETS, seconds=0.001))
