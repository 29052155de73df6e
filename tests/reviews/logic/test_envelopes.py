"""Phong bì góp ý: every one of one size, whatever is in it."""

from __future__ import annotations

import pytest

from soi.reviews.logic.envelopes import SIZE, Item, packed, unpacked


@pytest.mark.parametrize(
    "items", [[], [Item("")], [Item("Nói rõ «ai»\nvà khi nào", 7, None), Item("x" * 4000, None, 3)]]
)
def test_what_goes_in_comes_out_and_the_size_says_nothing(items: list[Item]) -> None:
    plain = packed(items)
    assert len(plain) == SIZE
    assert unpacked(plain) == items


def test_what_does_not_fit_is_refused_and_not_cut() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        packed([Item("ộ" * 4000), Item("ộ" * 4000)])
