"""Đánh số chương trình: "1", "2", "2.1" from the order and what stands below what. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

Row = tuple[int, int | None]  # the item, and the one it stands below


def numbered(rows_in_order: Iterable[Row]) -> dict[int, str]:
    """Số của từng nội dung. The order within each level counts, wherever the rows of the other level stand."""
    rows = list(rows_in_order)
    seen: Counter[int | None] = Counter()
    indexes: dict[int, str] = {}
    for pk, parent in sorted(rows, key=lambda row: row[1] is not None):
        seen[parent] += 1
        indexes[pk] = f"{indexes[parent]}.{seen[parent]}" if parent in indexes else str(seen[parent])
    return indexes


def in_tree_order(rows_in_order: Iterable[Row]) -> list[int]:
    """Thứ tự trên trang: each item, then what stands below it."""
    rows = list(rows_in_order)
    below: dict[int | None, list[int]] = {}
    known = {pk for pk, _parent in rows}
    for pk, parent in rows:
        below.setdefault(parent if parent in known else None, []).append(pk)
    return [one for top in below.get(None, []) for one in (top, *below.get(top, []))]
