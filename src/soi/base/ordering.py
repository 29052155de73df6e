"""Thứ tự trong một phần: rows with a place of their own, some of them dropped and not seen."""

from __future__ import annotations

from typing import Any, Protocol, TypeVar

from django.db.models import Model

# Between the places of two rows, so that one can be put there without moving the others.
STEP = 10


class _Placed(Protocol):
    pk: Any
    order: int
    dropped: bool


Row = TypeVar("Row", bound=_Placed)


def move(rows: list[Row], pk: int, *, up: bool) -> int | None:
    """Chuyển lên hoặc xuống một bậc: the row's place from 1; None, and nothing moved, at the end."""
    here = next(place for place, row in enumerate(rows) if row.pk == pk)
    step = -1 if up else 1
    there = here + step
    # Dropped rows are not seen, so they do not count as a place.
    while 0 <= there < len(rows) and rows[there].dropped:
        there += step
    if not 0 <= there < len(rows):
        return None
    rows.insert(there, rows.pop(here))
    _renumber(rows)
    return there + 1


def place_after(rows: list[Row], row: Row, pk: int) -> None:
    """Đặt ngay sau một dòng khác; last where that is not among them."""
    others = [one for one in rows if one.pk != row.pk]
    place = next((number for number, one in enumerate(others, start=1) if one.pk == pk), len(others))
    others.insert(place, row)
    _renumber(others)


def _renumber(rows: list[Any]) -> None:
    for number, row in enumerate(rows, start=1):
        row.order = number * STEP
    model: type[Model] = type(rows[0])
    model._default_manager.bulk_update(rows, ["order"])
