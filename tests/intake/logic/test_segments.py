"""A text cut so that overlapping evidence can be shown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from soi.intake.logic.segments import Mark, Segment, cut


def test_overlapping_marks_share_the_piece_between() -> None:
    pieces = cut("abcdefgh", [Mark(1, 4, 10), Mark(3, 6, 20), Mark(5, 8, None)])
    assert pieces == (
        Segment("a", 0),
        Segment("bc", 1, (10,)),
        Segment("d", 3, (10, 20)),
        Segment("e", 4, (20,)),
        Segment("f", 5, (20,), boilerplate=True),
        Segment("gh", 6, (), boilerplate=True),
    )


marks = st.builds(Mark, st.integers(-5, 60), st.integers(-5, 60), st.one_of(st.none(), st.integers(1, 5)))


@given(st.text(max_size=50), st.lists(marks, max_size=12))
def test_the_pieces_always_give_the_text_again(text: str, found: list[Mark]) -> None:
    pieces = cut(text, found)
    assert "".join(piece.text for piece in pieces) == text
    for piece in pieces:
        assert piece.text
        expected = {m.proposal for m in found if m.start <= piece.start < m.end and m.proposal is not None}
        assert set(piece.proposals) == expected
