"""Đọc nhiều phần trong một câu truy vấn: what ``prefetch_related`` reads in one query for each part.

A page of one record shows ten small lists: a query each costs more than all the rows in them. Here every
part is a SELECT of two columns, a number and its row as JSON, and all of them are joined by UNION ALL.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import ForeignKey, Model, Prefetch, QuerySet, Window
from django.db.models.functions import RowNumber

from soi.base.json_rows import JsonRows, fetch, told

Loaded = dict[str, list[Any]]


def prefetch_together(parents: Sequence[Model], *lookups: Prefetch[Any]) -> None:
    """Nạp các phần của những bản ghi này, all in one query; afterwards ``parent.part.all()`` asks nothing.

    Lookups go from a record to what points at it (``"remedies"``, ``"remedies__progress"``, the outer one
    first). Their querysets keep conditions, order, ``select_related`` by name, ``only`` and ``defer``; with
    ``to_attr`` the rows become a list of that name.
    """
    if not parents:
        return
    parts = [_Part.of(type(parents[0]), lookup) for lookup in lookups]
    found = _fetch(parts, parents)
    found[""] = list(parents)
    for part in parts:
        part.hand_out(found)


@dataclass(frozen=True, slots=True)
class _Part:
    """One list: where it hangs, what it holds, and the foreign keys that lead up to the records asked for."""

    path: str
    to_attr: str
    rows: QuerySet[Any]
    up: tuple[ForeignKey[Any, Any], ...]

    @classmethod
    def of(cls, model: type[Model], lookup: Prefetch[Any]) -> _Part:
        up: list[ForeignKey[Any, Any]] = []
        for name in lookup.prefetch_through.split("__"):
            relation = model._meta.get_field(name)
            up.insert(0, relation.remote_field)  # type: ignore[arg-type]
            model = relation.related_model  # type: ignore[assignment]
        rows = lookup.queryset if lookup.queryset is not None else model._default_manager.all()
        return cls(lookup.prefetch_through, lookup.to_attr or "", rows, tuple(up))

    def query(self, parents: Sequence[Model]) -> JsonRows | None:
        """The rows of the part, with their place in its order."""
        way = "__".join(key.name for key in self.up)
        order: Sequence[Any] = self.rows.query.order_by or self.rows.model._meta.ordering or ["pk"]
        rows = self.rows.filter(**{f"{way}__in": [parent.pk for parent in parents]}).order_by()
        place = Window(RowNumber(), order_by=list(order))
        return told(rows.annotate(part_place=place), beside=("part_place",))

    def hand_out(self, found: Loaded) -> None:
        """Give each record its rows, as ``prefetch_related`` does."""
        outer, _, name = self.path.rpartition("__")
        key = self.up[0]
        of: defaultdict[Any, list[Model]] = defaultdict(list)
        for row in found[self.path]:
            of[getattr(row, key.attname)].append(row)
        for holder in found[outer]:
            rows = of[holder.pk]
            for row in rows:
                key.set_cached_value(row, holder)
            if self.to_attr:
                setattr(holder, self.to_attr, rows)
                continue
            held = getattr(holder, name).get_queryset()
            held._result_cache, held._prefetch_done = rows, True
            holder.__dict__.setdefault("_prefetched_objects_cache", {})[name] = held


def _fetch(parts: Sequence[_Part], parents: Sequence[Model]) -> Loaded:
    found: Loaded = {part.path: [] for part in parts}
    asked = [(part.path, rows) for part in parts if (rows := part.query(parents)) is not None]
    selects = [rows.selected("%s, part_place", (number,)) for number, (_path, rows) in enumerate(asked)]
    for number, _place, values in sorted(fetch(selects)):
        path, rows = asked[number]
        found[path].append(rows.record(values))
    return found
