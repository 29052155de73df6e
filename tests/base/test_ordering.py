"""Thứ tự: a step up or down over what is not seen, and right after another; every row keeps a place of its own."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from soi.base import ordering


class Written:
    """Notes what would be written, in the order of the rows."""

    def bulk_update(self, rows: list[Row], _columns: list[str]) -> None:
        assert [row.order for row in rows] == [number * ordering.STEP for number in range(1, len(rows) + 1)]


@dataclass
class Row:
    pk: int
    dropped: bool = False
    order: int = 0
    _default_manager = Written()


def rows(*dropped: int) -> list[Row]:
    return [Row(pk, pk in dropped, pk) for pk in (1, 2, 3, 4)]


def seen(found: list[Row]) -> list[int]:
    return [row.pk for row in sorted(found, key=lambda row: row.order)]


@pytest.mark.parametrize(
    ("pk", "up", "dropped", "place", "order"),
    [
        (3, True, (), 2, [1, 3, 2, 4]),
        (3, False, (), 4, [1, 2, 4, 3]),
        (1, True, (), None, [1, 2, 3, 4]),
        (4, False, (), None, [1, 2, 3, 4]),
        (4, True, (3,), 2, [1, 4, 2, 3]),
        (1, False, (2, 3), 4, [2, 3, 4, 1]),
        (2, True, (1,), None, [1, 2, 3, 4]),
    ],
)
def test_a_step_passes_over_what_was_dropped(
    pk: int, up: bool, dropped: tuple[int, ...], place: int | None, order: list[int]
) -> None:
    found = rows(*dropped)
    assert ordering.move(found, pk, up=up) == place
    assert seen(found) == order


@pytest.mark.parametrize(("after", "order"), [(1, [1, 4, 2, 3]), (2, [1, 2, 4, 3]), (99, [1, 2, 3, 4])])
def test_a_row_is_put_right_after_another_or_last(after: int, order: list[int]) -> None:
    found = rows()
    ordering.place_after(found, found[3], after)
    assert seen(found) == order
