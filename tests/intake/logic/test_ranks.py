"""The ladder of ranks."""

from __future__ import annotations

import pytest

from soi.intake.logic.ranks import is_lower, place_of


@pytest.mark.parametrize(
    ("lower", "higher"),
    [
        ("Thiếu tướng", "Trung tướng"),
        ("Đại tá", "Thiếu tướng"),
        ("thượng sỹ", "Thiếu uý"),
        ("Đại úy QNCN", "Thiếu tá"),
        ("Chuẩn Đô đốc", "Phó Đô đốc"),
    ],
)
def test_the_ladder(lower: str, higher: str) -> None:
    assert is_lower(lower, higher)
    assert not is_lower(higher, lower)


def test_words_that_are_no_rank_compare_with_nothing() -> None:
    assert place_of("Tiến sĩ") is None
    assert not is_lower("", "Đại tướng")
    assert not is_lower("Thiếu tướng", "Chuẩn Đô đốc")
