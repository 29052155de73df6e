"""Đọc nhiều phần trong một câu truy vấn: what ``prefetch_related`` reads in one query for each part.

A page of one record shows ten small lists: a query each costs more than all the rows in them. Here every
part is a SELECT of two columns, a number and its row as JSON, and all of them are joined by UNION ALL. The
statement is composed once for as many records and for what the parts depend on (ADR 0019).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import ForeignKey, Model, Prefetch, QuerySet, Window
from django.db.models.functions import RowNumber

from soi.base.json_rows import JsonRows, Selected, fetch, told
from soi.base.records import MOST_KEPT, padded, stand_ins, with_keys

Loaded = dict[str, list[Any]]
Parts = Callable[..., "Sequence[Prefetch[Any]]"]


class Together:
    """Các phần của một loại bản ghi, read in one query; afterwards ``parent.part.all()`` asks nothing.

    ``parts`` makes the lookups of what is given and must depend on nothing else. Lookups go from a record to
    what points at it (``"remedies"``, ``"remedies__progress"``, the outer one first). Their querysets keep
    conditions, order, ``select_related`` by name, ``only`` and ``defer``; with ``to_attr`` the rows become a
    list of that name.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._plan = lru_cache(maxsize=MOST_KEPT)(self._planned)

    def load(self, parents: Sequence[Model], *given: Hashable) -> None:
        """Nạp các phần của những bản ghi này."""
        if not parents:
            return
        keys = padded([parent.pk for parent in parents])
        self._plan(type(parents[0]), len(keys), *given).load(parents, keys)

    def _planned(self, model: type[Model], places: int, *given: Hashable) -> _Plan:
        return _Plan.of(model, self._parts(*given), stand_ins(places))


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

    def query(self, keys: Sequence[int]) -> JsonRows | None:
        """The rows of the part, with their place in its order."""
        way = "__".join(key.name for key in self.up)
        order: Sequence[Any] = self.rows.query.order_by or self.rows.model._meta.ordering or ["pk"]
        rows = self.rows.filter(**{f"{way}__in": keys}).order_by()
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


@dataclass(frozen=True, slots=True)
class _Plan:
    """Câu đã soạn: the parts, those that can have rows at all, and their SELECTs."""

    parts: tuple[_Part, ...]
    asked: tuple[tuple[str, JsonRows], ...]
    selects: tuple[Selected, ...]

    @classmethod
    def of(cls, model: type[Model], lookups: Sequence[Prefetch[Any]], keys: Sequence[int]) -> _Plan:
        parts = tuple(_Part.of(model, lookup) for lookup in lookups)
        asked = tuple((part.path, rows) for part in parts if (rows := part.query(keys)) is not None)
        selects = (rows.selected("%s, part_place", (number,)) for number, (_path, rows) in enumerate(asked))
        return cls(parts, asked, tuple(selects))

    def load(self, parents: Sequence[Model], keys: Sequence[int]) -> None:
        found: Loaded = {part.path: [] for part in self.parts}
        for number, _place, values in sorted(
            fetch([(sql, with_keys(params, keys)) for sql, params in self.selects])
        ):
            path, rows = self.asked[number]
            found[path].append(rows.record(values))
        found[""] = list(parents)
        for part in self.parts:
            part.hand_out(found)
