"""Đọc bản ghi bằng câu truy vấn soạn sẵn: as Django does, but the statement is kept and asked again.

Composing a SELECT of a wide record with what stands beside it takes Django longer than the database takes to
answer. What is asked all day is composed once for what it depends on (ADR 0019).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet
from django.db.models.query import get_related_populators

# So many statements of one kind are kept: one for each person at work.
MOST_KEPT = 256
# Stand for keys while a statement is composed; no table counts so far.
_LAST_KEY = 8_999_999_999_999_999_999


def stand_ins(number: int) -> list[int]:
    """Chỗ của các khóa in a statement that is being composed: as many as will be given, all different."""
    return [_LAST_KEY - place for place in range(number)]


def padded(keys: Sequence[int]) -> list[int]:
    """Khóa, the last one repeated up to a power of two: one statement for each power, not for each number."""
    return [*keys, *[keys[-1]] * ((1 << (len(keys) - 1).bit_length()) - len(keys))] if keys else []


def with_keys(params: Sequence[Any], keys: Sequence[int]) -> list[Any]:
    """Tham số of a composed statement with the keys in the places of their stand-ins."""
    places = dict(zip(stand_ins(len(keys)), keys, strict=True))
    return [places.get(param, param) if isinstance(param, int) else param for param in params]


class Records:
    """Cách đọc các cột: which belong to the record, which to those beside it, which are annotations."""

    def __init__(self, compiler: Any, beside: Sequence[str] = ()) -> None:
        self._db = compiler.using
        self._model = compiler.klass_info["model"]
        columns = compiler.klass_info["select_fields"]
        self._start, self._end = columns[0], columns[-1] + 1
        self._names = [column[0].target.attname for column in compiler.select[self._start : self._end]]
        # The stubs describe a later Django here.
        self._related = get_related_populators(compiler.klass_info, compiler.select, self._db)  # type: ignore[call-arg]
        annotations = compiler.annotation_col_map or {}
        self._annotations = {name: place for name, place in annotations.items() if name not in beside}

    def of(self, row: Sequence[Any]) -> Any:
        """One row, with the records that its foreign keys point at and its annotations."""
        found = self._model.from_db(self._db, self._names, row[self._start : self._end])
        for related in self._related:
            related.populate(row, found)
        for name, place in self._annotations.items():
            setattr(found, name, row[place])
        return found


class Composed:
    """Một câu truy vấn đã soạn, of records or (``values_list``) of tuples; it prefetches nothing."""

    def __init__(self, rows: QuerySet[Any, Any]) -> None:
        if rows._prefetch_related_lookups:  # type: ignore[attr-defined]
            raise ValueError("a kept statement is one statement")
        compiler = rows.query.get_compiler(using=rows.db)
        self._db = rows.db
        self._statement: tuple[str, tuple[Any, ...]] | None
        try:
            self._statement = compiler.as_sql()
        except EmptyResultSet:
            self._statement = None
            return
        found = compiler.get_converters([column for column, _sql, _alias in compiler.select])
        self._converters = [
            (place, convert, column) for place, (several, column) in found.items() for convert in several
        ]
        self._of: Callable[[Sequence[Any]], Any] = (
            tuple if rows._fields else Records(compiler).of  # type: ignore[attr-defined]
        )

    def read(self, keys: Sequence[int]) -> list[Any]:
        """The rows as they are now."""
        if self._statement is None:
            return []
        sql, params = self._statement
        with connections[self._db].cursor() as cursor:
            cursor.execute(sql, with_keys(params, keys))
            rows = cursor.fetchall()
        return [self._of(self._converted(row) if self._converters else row) for row in rows]

    def _converted(self, row: Sequence[Any]) -> Sequence[Any]:
        values, at = list(row), connections[self._db]
        for place, convert, column in self._converters:
            values[place] = convert(values[place], column, at)
        return values


class Kept:
    """Câu truy vấn giữ lại. ``compose`` makes the queryset of what is given, and then of the keys.

    What is given is what the statement depends on, an actor above all; the statement is kept for it. Keys are
    whole numbers that stand in its conditions. ``compose`` must depend on nothing else: one that reads the
    database, or the clock, would be answered with yesterday's.
    """

    def __init__(self, compose: Callable[..., QuerySet[Any, Any]]) -> None:
        self._compose = compose
        self._composed = lru_cache(maxsize=MOST_KEPT)(self._made)

    def read(self, *given: Hashable, keys: Sequence[int] = ()) -> list[Any]:
        """Các dòng, as they are now."""
        return self._composed(len(keys), *given).read(keys)

    def one(self, *given: Hashable, keys: Sequence[int] = ()) -> Any | None:
        """Dòng đầu; None where there is none."""
        return next(iter(self.read(*given, keys=keys)), None)

    def _made(self, keys: int, *given: Hashable) -> Composed:
        return Composed(self._compose(*given, *stand_ins(keys)))
