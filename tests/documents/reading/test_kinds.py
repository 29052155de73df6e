"""The bytes decide what a file is; the name cannot talk anybody into anything."""

from __future__ import annotations

import pytest

from soi.base.errors import Invalid
from soi.documents.reading.kinds import Kind, sniff
from soi.documents.reading.limits import DEFAULT
from soi.documents.reading.parse import parse_bytes
from tests.documents.reading.samples import SENTENCE, docx, paragraph, pdf

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)


@pytest.mark.parametrize("suffix", ["", ".txt", ".html", ".docx", ".pdf", ".exe"])
def test_content_decides_whatever_the_name_says(suffix: str) -> None:
    assert sniff(docx(paragraph("x")), suffix) is Kind.DOCX
    assert sniff(b"\xef\xbb\xbf%PDF-1.7", suffix) is Kind.PDF
    assert sniff(b"<!DOCTYPE html>\n<html>", suffix) is Kind.HTML
    assert sniff("\ufeff<html>".encode("utf-16"), suffix) is Kind.HTML


def test_the_name_only_tells_pages_from_text() -> None:
    assert sniff(b"<p>a", ".htm") is Kind.HTML
    assert sniff(b"<p>a", ".txt") is Kind.TEXT
    assert sniff(SENTENCE.encode(), "") is Kind.TEXT


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (OLE + "WordDocument".encode("utf-16-le"), "Tệp .doc kiểu cũ .* lưu lại thành .docx"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        (OLE, "Office cũ"),
        (b"{\\rtf1 abc}", r"\.rtf"),
        (b"\x89PNG\r\n\x1a\n", "ảnh"),
        (b"\xff\xd8\xff\xe0", "ảnh"),
        (b'<?xml version="1.0"?><svg/>', "XML"),
        (b"\x7fELF\x02\x01\x01" + bytes(100), "không phải văn bản"),
        (bytes(range(256)) * 20, "không phải văn bản"),
        (b"GIF87a" + bytes(50), "ảnh"),
    ],
)
def test_what_cannot_be_read_gets_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        parse_bytes(data, ".txt", DEFAULT)


@pytest.mark.parametrize("data", [b" \n\t ", "\ufeff".encode(), b"<html><script>x</script></html>", docx("")])
def test_a_file_without_words_says_so(data: bytes) -> None:
    with pytest.raises(Invalid, match="không có chữ nào"):
        parse_bytes(data, ".txt", DEFAULT)


def test_every_kind_gives_the_same_words() -> None:
    sources = [SENTENCE.encode(), f"<html><p>{SENTENCE}".encode(), docx(paragraph(SENTENCE)), pdf(SENTENCE)]
    assert {parse_bytes(data, "", DEFAULT).text for data in sources} == {SENTENCE}
