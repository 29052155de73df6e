"""Plain text: encodings, and the cleaning that every kind of file goes through."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest

from soi.base.errors import Invalid
from soi.documents.reading.limits import DEFAULT
from soi.documents.reading.parse import parse_bytes
from soi.documents.reading.plain import read_plain
from soi.documents.reading.tidy import TCVN3_WARNING, font_warnings, tidy
from tests.documents.reading.samples import SENTENCE

NFD = unicodedata.normalize("NFD", SENTENCE)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_encodings(encoding: str) -> None:
    assert parse_bytes(SENTENCE.encode(encoding), ".txt", DEFAULT).text == SENTENCE
    assert parse_bytes(NFD.encode(encoding), ".txt", DEFAULT).text == SENTENCE


def test_utf_16_of_the_other_byte_order() -> None:
    assert read_plain(b"\xfe\xff" + SENTENCE.encode("utf-16-be"), DEFAULT)[0] == SENTENCE


def test_windows_1258_with_its_combining_tones() -> None:
    # That code page has â, ê, ô, ơ, ư as letters and the tones as signs of their own.
    data = b"\xd0a\xd2ng u\xd2y x\xe3 Ho\xcca B\xecnh ki\xea\xd2m \xf0i\xea\xd2m".replace(
        b"\xecnh", b"i\xccnh"
    )
    assert parse_bytes(data, ".txt", DEFAULT).text == "Đảng ủy xă Hòa Bình kiểm điểm"


def test_a_cut_letter_does_not_turn_utf_8_into_windows_1258() -> None:
    text, warnings = read_plain(SENTENCE.encode() * 20 + b"\xe1\xba", DEFAULT)
    assert text.startswith(SENTENCE)
    assert "hỏng mã" in warnings[0]


def test_undecodable_bytes_are_refused() -> None:
    with pytest.raises(Invalid, match="bảng mã"):
        read_plain(b"\xfe\xff" + b"\xdc\x00" * 50, DEFAULT)


def test_line_ends_blanks_and_control_signs() -> None:
    raw = "a \r\nb\rc\u2028d\u00a0e\x00\x07\ufeff\n\n\n\n\nf\ud800\t\n"
    assert tidy(raw, DEFAULT) == "a\nb\nc\nd e\n\nf"


def test_length_counts_characters_not_bytes() -> None:
    five = replace(DEFAULT, characters=5)
    assert parse_bytes("ườộấể".encode(), ".txt", five).text == "ườộấể"
    with pytest.raises(Invalid, match="dài quá 5 ký tự"):
        parse_bytes(b"abcdef", ".txt", five)
    with pytest.raises(Invalid, match=r"dài quá 2\.000\.000 ký tự"):
        parse_bytes(b"a" * 2_000_001, ".txt", DEFAULT)


def test_old_font_is_noticed() -> None:
    old = "§¶ng uû x· tæ chøc héi nghÞ kiÓm ®iÓm tËp thÓ, c¸ nh©n; h¹n chÕ: c«ng t¸c ph©n c«ng ch­a râ rµng."
    assert font_warnings(old * 3) == (TCVN3_WARNING,)
    assert parse_bytes((old * 3).encode(), ".txt", DEFAULT).warnings == (TCVN3_WARNING,)


@pytest.mark.parametrize(
    "text", [SENTENCE * 20, "Plain English © 2025 Soi® 3×4 «quoted» 5m²", NFD * 20, "", "a" * 99]
)
def test_real_text_is_not_taken_for_an_old_font(text: str) -> None:
    assert font_warnings(text) == ()
