"""Download names: what the user typed comes back, what could mislead or break out does not."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soi.documents.logic.filenames import LONGEST, clean_name, content_disposition


@pytest.mark.parametrize(
    ("given_name", "expected"),
    [
        ("Báo cáo quý I.docx", "Báo cáo quý I.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\an\\biên bản.pdf", "biên bản.pdf"),
        ("giao\u202excod.exe", "giaoxcod.exe"),
        ("hai\r\nSet-Cookie: a=b.txt", "hai Set-Cookie_ a=b.txt"),
        ('tên "lạ".txt', "tên _lạ_.txt"),
        (".htaccess", "htaccess"),
        ("con.txt", "_con.txt"),
        ("\u200b\u202e", "tep"),
        ("thư mục/", "thư mục"),
        ("..", "tep"),
    ],
)
def test_a_name_keeps_its_letters_and_loses_what_is_dangerous(given_name: str, expected: str) -> None:
    assert clean_name(given_name) == expected


def test_a_decomposed_name_is_composed() -> None:
    assert clean_name("Ba\u0301o ca\u0301o.txt") == "Báo cáo.txt"


def test_a_long_name_is_cut_before_its_ending() -> None:
    name = clean_name("ngày " * 100 + ".docx")
    assert len(name) <= LONGEST
    assert name.endswith("ngày.docx")


def test_the_header_round_trips_vietnamese() -> None:
    header = content_disposition("Biên bản Đảng ủy.pdf")
    assert header.startswith('attachment; filename="bien ban dang uy.pdf"; ')
    assert unquote(header.split("filename*=UTF-8''")[1]) == "Biên bản Đảng ủy.pdf"


@given(st.text(max_size=400))
def test_any_name_gives_one_safe_ascii_header(name: str) -> None:
    header = content_disposition(name)
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2
    decoded = unquote(header.split("filename*=UTF-8''")[1])
    assert 0 < len(decoded) <= LONGEST
    assert not set(decoded) & set('/\\"<>:|?*\u202e\u2066\x00\n')
    assert decoded == clean_name(decoded)
