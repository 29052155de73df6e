"""Đoạn văn: nothing of the text is lost but empty lines, and marks stay on their words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from soi.web.paragraphs import Piece, around, blocks, paragraphs


@given(st.lists(st.text(alphabet="aá \n", max_size=8), max_size=8))
def test_words_and_their_order_are_kept(texts: list[str]) -> None:
    rows = paragraphs(Piece(text, kind=str(number)) for number, text in enumerate(texts))
    lines = [line for line in "".join(texts).split("\n") if line.strip()]
    assert ["".join(piece.text for piece in row) for row in rows] == lines


def test_mark_over_a_line_end_is_cut_there() -> None:
    assert paragraphs([Piece("a"), Piece("b\nc", "passage"), Piece("d")]) == [
        (Piece("a"), Piece("b", "passage")),
        (Piece("c", "passage"), Piece("d")),
    ]


def test_left_out_paragraphs_are_gathered() -> None:
    pieces = [Piece("Tin\n"), Piece("Trả lời\nGửi", "drop"), Piece("\nHết "), Piece("quảng cáo", "drop")]
    found = blocks(pieces, left_out="drop")
    assert [(block.left_out, len(block.paragraphs)) for block in found] == [(False, 1), (True, 2), (False, 1)]


def test_passage_outside_the_text_marks_nothing() -> None:
    assert around("abc", 1, 9) == [Piece("abc")]
    assert around("abc", 2, 2) == [Piece("abc")]
    assert around("abc", 1, 2) == [Piece("a"), Piece("b", kind="passage"), Piece("c")]
