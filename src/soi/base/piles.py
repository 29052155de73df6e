"""Đọc nhiều danh sách việc trong một câu truy vấn: the first rows of each, and how many there are in all.

The first page shows a dozen short lists of different things. A query for each costs more than the rows in
them; here every list is a SELECT of the same four columns (which list, place, number of all, the row as
JSON), and all of them are joined by UNION ALL.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from soi.base.json_rows import JsonRows, Selected, compiled, fetch, told


@dataclass(frozen=True, slots=True)
class Pile:
    """Một loại việc: the first ones, and how many there are in all."""

    rows: list[Any] = field(default_factory=list)
    count: int = 0

    @property
    def rest(self) -> int:
        """How many are not shown."""
        return self.count - len(self.rows)


@dataclass(frozen=True, slots=True)
class Part:
    """Một danh sách đã soạn câu: its first rows, and the statement of the keys of all."""

    shown: JsonRows
    keys: str
    params: Sequence[Any]

    def selected(self, number: int) -> Selected:
        """Which list, place, number of all, and the row."""
        # Rows come out of an ordered and limited subquery in its order, in both databases.
        columns = f"%s, ROW_NUMBER() OVER (), (SELECT COUNT(*) FROM ({self.keys}) AS every)"  # noqa: S608
        return self.shown.selected(columns, (number, *self.params))


@dataclass(frozen=True, slots=True)
class Piles:
    """Những danh sách đã soạn câu: asked as often as one likes; what it says never changes."""

    names: tuple[str, ...]
    parts: tuple[tuple[str, Part], ...]

    def read(self) -> dict[str, Pile]:
        """Mỗi danh sách: its first rows and the number of all; one query for all the lists."""
        counts = dict.fromkeys(self.names, 0)
        rows: dict[str, list[Any]] = {name: [] for name in self.names}
        selects = [part.selected(number) for number, (_name, part) in enumerate(self.parts)]
        for number, _place, every, values in sorted(fetch(selects)):
            name, part = self.parts[number]
            counts[name] = every
            rows[name].append(part.shown.record(values))
        return {name: Pile(rows[name], counts[name]) for name in self.names}


def prepare(lists: Mapping[str, QuerySet[Any]], *, first: int) -> Piles:
    """Soạn câu: no more than the first rows of each list.

    The querysets keep conditions, order, annotations, ``select_related`` by name, ``only`` and ``defer``.
    """
    parts = ((name, _part(rows, first)) for name, rows in lists.items())
    return Piles(tuple(lists), tuple((name, part) for name, part in parts if part is not None))


def piles(lists: Mapping[str, QuerySet[Any]], *, first: int) -> dict[str, Pile]:
    """Soạn và đọc ngay."""
    return prepare(lists, first=first).read()


def _part(rows: QuerySet[Any], first: int) -> Part | None:
    """The first rows, wide, and the number of all, counted by their keys alone: neither carries the other."""
    if rows.query.is_empty():
        return None
    order: Sequence[Any] = rows.query.order_by or rows.model._meta.ordering or ["pk"]
    shown, counted = told(rows.order_by(*order)[:first]), compiled(rows.order_by().values("pk"))
    return Part(shown, *counted) if shown and counted else None
