"""Đọc nhiều danh sách việc trong một câu truy vấn: the first rows of each, and how many there are in all.

The first page shows a dozen short lists of different things. A query for each costs more than the rows in
them; here every list is a SELECT of the same four columns (which list, place, number of all, the row as
JSON), and all of them are joined by UNION ALL.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet, Value, Window
from django.db.models.functions import JSONArray, RowNumber

from soi.base.together import _hops, _record


@dataclass(frozen=True, slots=True)
class Pile:
    """Một loại việc: the first ones, and how many there are in all."""

    rows: list[Any] = field(default_factory=list)
    count: int = 0

    @property
    def rest(self) -> int:
        """How many are not shown."""
        return self.count - len(self.rows)


def piles(lists: Mapping[str, QuerySet[Any]], *, first: int) -> dict[str, Pile]:
    """Mỗi danh sách: its first rows and the number of all; one query for all the lists.

    The querysets keep conditions, order, annotations, ``select_related`` by name, ``only`` and ``defer``.
    """
    asked = {name: rows for name, rows in lists.items() if not rows.query.is_empty()}
    found: dict[str, Pile] = {name: Pile() for name in lists}
    if not asked:
        return found
    names = list(asked)
    hops = [list(_hops(asked[name])) for name in names]
    start, *others = (_part(number, asked[name], first) for number, name in enumerate(names))
    together = start.union(*others, all=True) if others else start
    counts, rows = [0] * len(names), [[] for _name in names]  # type: list[int], list[list[Any]]
    for number, _place, every, values in sorted(together, key=lambda row: row[:2]):
        counts[number] = every
        left = iter(values)
        record = _record(hops[number], left, together.db)
        for name, annotation in asked[names[number]].query.annotation_select.items():
            setattr(record, name, _said(annotation, next(left)))
        rows[number].append(record)
    found.update({name: Pile(rows[number], counts[number]) for number, name in enumerate(names)})
    return found


def _part(number: int, rows: QuerySet[Any], first: int) -> QuerySet[Any, Any]:
    """Which list, place in its order, number of all, and the row; no more than the first ones."""
    order: Sequence[Any] = rows.query.order_by or rows.model._meta.ordering or ["pk"]
    columns = [f"{hop.prefix}{column.attname}" for hop in _hops(rows) for column in hop.fields]
    columns += rows.query.annotation_select
    placed = rows.order_by().annotate(pile_place=Window(RowNumber(), order_by=list(order)))
    placed = placed.annotate(pile_count=Window(Count("pk"))).filter(pile_place__lte=first)
    found: QuerySet[Any, Any] = placed.values_list(
        Value(number), "pile_place", "pile_count", JSONArray(*columns)
    )
    return found


def _said(annotation: Any, value: Any) -> Any:
    """What JSON says of an annotation, as its field means it."""
    return None if value is None else annotation.output_field.to_python(value)
