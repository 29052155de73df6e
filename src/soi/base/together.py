"""Đọc nhiều phần trong một câu truy vấn: what ``prefetch_related`` reads in one query for each part.

A page of one record shows ten small lists: a query each costs more than all the rows in them. Here every
part is a SELECT of two columns, a number and its row as JSON, and all of them are joined by UNION ALL.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Field, ForeignKey, Model, Prefetch, QuerySet, Value, Window
from django.db.models.functions import JSONArray, RowNumber

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

    def query(self, number: int, parents: Sequence[Model]) -> QuerySet[Any, Any]:
        """Number, place in the order of the part, and the row."""
        way = "__".join(key.name for key in self.up)
        order: Sequence[Any] = self.rows.query.order_by or self.rows.model._meta.ordering or ["pk"]
        columns = [f"{hop.prefix}{field.attname}" for hop in _hops(self.rows) for field in hop.fields]
        rows = self.rows.filter(**{f"{way}__in": [parent.pk for parent in parents]}).order_by()
        place = Window(RowNumber(), order_by=list(order))
        return rows.values_list(Value(number), place, JSONArray(*columns))

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
class _Hop:
    """A table of the row: the part's own, or one that ``select_related`` adds."""

    prefix: str
    model: type[Model]
    fields: tuple[Field[Any, Any], ...]


def _hops(rows: QuerySet[Any]) -> Iterator[_Hop]:
    named = rows.query.select_related
    related = named if isinstance(named, dict) else {}
    yield from _hop("", rows.model, related, rows.query.get_select_mask())


def _hop(prefix: str, model: type[Model], related: dict[str, Any], mask: dict[Any, Any]) -> Iterator[_Hop]:
    fields = tuple(field for field in model._meta.concrete_fields if not mask or field in mask)
    yield _Hop(prefix, model, fields)
    for name, further in related.items():
        field = model._meta.get_field(name)
        target: type[Model] = field.related_model  # type: ignore[assignment]
        yield from _hop(f"{prefix}{name}__", target, further, mask.get(field, {}))


def _fetch(parts: Sequence[_Part], parents: Sequence[Model]) -> Loaded:
    first, *others = (part.query(number, parents) for number, part in enumerate(parts))
    asked = first.union(*others, all=True) if others else first
    found: Loaded = {part.path: [] for part in parts}
    hops = [list(_hops(part.rows)) for part in parts]
    for number, _place, values in sorted(asked, key=lambda row: row[:2]):
        found[parts[number].path].append(_record(hops[number], iter(values), asked.db))
    return found


def _record(hops: Sequence[_Hop], values: Iterator[Any], db: str) -> Model:
    """One row of the part, with the records that its foreign keys point at."""
    made: dict[str, Model | None] = {}
    for hop in hops:
        known = [_python(field, next(values)) for field in hop.fields]
        names = [field.attname for field in hop.fields]
        # A foreign key may be empty; then so is everything of its table.
        record = hop.model.from_db(db, names, known) if any(value is not None for value in known) else None
        made[hop.prefix] = record
        if hop.prefix:
            outer, _, name = hop.prefix.removesuffix("__").rpartition("__")
            holder = made[f"{outer}__" if outer else ""]
            if holder is not None:
                holder._meta.get_field(name).set_cached_value(holder, record)  # type: ignore[union-attr]
    root = made[""]
    assert root is not None  # noqa: S101 (a row has a key)
    return root


def _python(field: Field[Any, Any], value: Any) -> Any:
    """What JSON says, as the field means it; SQLite writes moments in UTC without saying so."""
    value = None if value is None else field.to_python(value)
    if isinstance(value, dt.datetime) and value.tzinfo is None:
        return value.replace(tzinfo=dt.UTC)
    return value
