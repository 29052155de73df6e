"""Saved web pages: what a reader sees, and nothing that a reader does not see."""

from __future__ import annotations

import pytest

from soi.documents.reading.html import read_html
from soi.documents.reading.limits import DEFAULT


def _read(page: str) -> str:
    return read_html(page.encode(), DEFAULT)[0]


def test_blocks_are_lines_and_entities_are_letters() -> None:
    page = "<h1>B&Aacute;O C&#193;O</h1><p>một\n  hai <b>ba</b><br>bốn&nbsp;năm<ul><li>a<li>b</ul>cuối"
    assert _read(page) == "BÁO CÁO\nmột hai ba\nbốn năm\na\nb\ncuối"


@pytest.mark.parametrize(
    "unseen",
    [
        "<script>if (a<b) '<p>ẨN</p>'</script>",
        "<style>p::after{content:'ẨN'}</style>",
        "<noscript><p>ẨN</p></noscript>",
        "<template><p>ẨN</p></template>",
        "<!-- ẨN -->",
        "<p hidden>ẨN<b>ẨN</b></p>",
        "<div style='color:red; DISPLAY : none'>ẨN<p>ẨN</div>",
        "<textarea>ẨN</textarea>",
        "<select><option>ẨN</select>",
        "<?php ẨN ?>",
        "<svg><text>ẨN</text></svg>",
    ],
)
def test_unseen_parts_are_dropped_and_what_follows_is_kept(unseen: str) -> None:
    assert _read(f"<html><head><title>ẨN</title></head><body><p>trước</p>{unseen}<p>sau</p>") == "trước\nsau"


def test_tables_and_frames() -> None:
    data = "<table><tr><th>TT<th>Tên<tr><td>1<td><p>Xã</p><p>A</p></table>"
    frame = "<table><tr><td><p>menu</p><td><p>Bài</p><p>viết</p></table>"
    assert _read(data + frame) == "TT\tTên\n1\tXã A\nmenu\nBài\nviết"


def test_cells_without_a_table_do_no_harm() -> None:
    assert _read("<td>a</td></table></tr><tr><td>b</table></div></p><p>c").split() == ["a", "b", "c"]


def test_pre_keeps_its_lines() -> None:
    assert _read("<pre>a\n  b</pre>c") == "a\n  b\nc"


def test_encoding_by_declaration_unless_the_bytes_say_otherwise() -> None:
    declared = b"<meta charset=windows-1258><p>\xd0a\xd2ng"
    assert read_html(declared, DEFAULT)[0] == "Đa\u0309ng"
    wrong = "<meta charset=windows-1252><p>Đảng".encode()
    assert read_html(wrong, DEFAULT)[0] == "Đảng"
    odd = b"<meta charset=unicode_escape><p>\\x41\xe9"
    assert "A" not in read_html(odd, DEFAULT)[0]


def test_xhtml_declaration_and_utf_16() -> None:
    page = (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><p>Đảng</p></html>'
    )
    assert _read(page) == "Đảng"
    assert read_html(page.encode("utf-16"), DEFAULT)[0] == "Đảng"


@pytest.mark.parametrize("mark", ["<div>", "<b>", "<table><tr><td>", "<ul><li>", "<font><p>", "<svg>"])
def test_depth_does_no_harm(mark: str) -> None:
    page = "<p>đầu</p>" + mark * 50_000 + "đáy"
    assert _read(page).startswith("đầu")


@pytest.mark.parametrize(
    "junk", ["<", "<!", "<a", "</", "&", "<!--", "<a a='", "&#x", "<script", "]]>", "<!["]
)
def test_endless_beginnings_cost_no_time(junk: str) -> None:
    assert "đầu" in _read("<p>đầu</p>" + junk * 200_000)


def test_a_page_of_plain_words_is_read() -> None:
    assert _read("không có dấu nào") == "không có dấu nào"
