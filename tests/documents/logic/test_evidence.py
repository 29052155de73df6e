"""Evidence is judged by its bytes: a web page or a drawing in disguise is refused."""

from __future__ import annotations

import pytest

from soi.base.errors import Invalid
from soi.documents.logic.evidence import MOST_BYTES, evidence_type

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (PNG, "ảnh.PNG", "image/png"),
        (b"\xff\xd8\xff\xe0rest", "anh.jpeg", "image/jpeg"),
        (b"%PDF-1.7 ...", "quyết định.pdf", "application/pdf"),
        (b"Danh s\xc3\xa1ch", "danh sách.txt", "text/plain"),
    ],
)
def test_safe_kinds_are_taken(data: bytes, name: str, media_type: str) -> None:
    assert evidence_type(data, name) == media_type


def test_office_files_are_told_apart_by_their_ending() -> None:
    assert evidence_type(b"PK\x03\x04rest", "bảng.xlsx").endswith("spreadsheetml.sheet")
    assert evidence_type(b"PK\x03\x04rest", "bản.docx").endswith("wordprocessingml.document")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "anh.svg"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "anh.png"),
        (b"<html><script>1</script>", "trang.html"),
        (b"\xef\xbb\xbf  <html>", "trang.txt"),
        (b"MZ\x90\x00", "chuong_trinh.txt"),
        (b"MZ\x90\x00", "chuong_trinh.exe"),
        (PNG, "anh.jpg"),
        (b"PK\x03\x04rest", "kho.zip"),
        (b"", "rong.txt"),
    ],
)
def test_other_kinds_and_disguises_are_refused(data: bytes, name: str) -> None:
    with pytest.raises(Invalid, match=r"nhận tệp|Tệp rỗng"):
        evidence_type(data, name)


def test_a_file_too_large_is_refused() -> None:
    with pytest.raises(Invalid, match="20 MB"):
        evidence_type(PNG + b"\x00" * MOST_BYTES, "anh.png")
