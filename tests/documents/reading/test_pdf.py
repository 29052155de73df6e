"""PDF with a text layer; the others get a sentence that says what is missing."""

from __future__ import annotations

import pytest

from soi.base.errors import Invalid
from soi.documents.reading.limits import DEFAULT, Limits
from soi.documents.reading.pdf import join_wrapped_lines, read_pdf
from tests.documents.reading.samples import SENTENCE, pdf

ENCRYPTED = (
    "/ID[<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]"
    f"/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -44/O<{'5a' * 32}>/U<{'a5' * 32}>>>"
)


def test_pages_in_order_with_their_number() -> None:
    text, pages, warnings = read_pdf(pdf(SENTENCE, "Trang hai."), DEFAULT)
    assert text == f"{SENTENCE}\nTrang hai."
    assert (pages, warnings) == (2, ())


def test_a_scan_is_told_from_a_text() -> None:
    with pytest.raises(Invalid, match="bản chụp, không có lớp chữ"):
        read_pdf(pdf("", ""), DEFAULT)


def test_pages_without_words_are_named() -> None:
    _text, pages, warnings = read_pdf(pdf("a", "", "b", ""), DEFAULT)
    assert pages == 4
    assert warnings == ("2 trang không có chữ (trang 2, 4): có thể là bản chụp, chưa được đọc.",)


def test_password_is_asked_to_be_taken_off() -> None:
    with pytest.raises(Invalid, match="mật khẩu"):
        read_pdf(pdf("x", trailer=ENCRYPTED), DEFAULT)


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF", pdf("x")[:200], b"%PDF-" + bytes(5000)])
def test_damaged(data: bytes) -> None:
    with pytest.raises(Invalid, match="bị hỏng"):
        read_pdf(data, DEFAULT)


def test_limits_of_pages_and_characters() -> None:
    with pytest.raises(Invalid, match="có 3 trang; Soi đọc nhiều nhất 2 trang"):
        read_pdf(pdf("a", "b", "c"), Limits(pages=2))
    with pytest.raises(Invalid, match="dài quá 3 ký tự"):
        read_pdf(pdf("ab", "cd"), Limits(characters=3))


def test_wrapped_lines_become_paragraphs() -> None:
    printed = [
        "BÁO CÁO",
        "Kiểm điểm tập thể",
        "Thường trực Đảng ủy xã đã lãnh đạo, chỉ đạo thực hiện nhiệm vụ của năm, trong đó",
        "có nhiệm vụ trọng tâm; phối hợp với Ủy ban nhân dân xã và các cơ quan của xã Hòa",
        "Bình.",
        "1. Ưu điểm",
        "Giao nhiệm vụ chưa cụ thể và chưa rõ người chịu trách nhiệm ở một số chi bộ trực thuộc",
        "- Nguyên nhân",
    ]
    assert join_wrapped_lines("\n".join(printed)).split("\n") == [
        "BÁO CÁO",
        "Kiểm điểm tập thể",
        " ".join(printed[2:5]),
        *printed[5:],
    ]
    assert join_wrapped_lines("") == ""
