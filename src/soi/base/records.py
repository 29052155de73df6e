"""Dựng bản ghi từ một dòng của câu truy vấn đã soạn: as Django does, but the statement is kept and asked again.

Composing a SELECT of a wide record with what stands beside it takes Django longer than the database takes to
answer. Where the same record is asked for at every change, the statement is composed once.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators


class Records:
    """Cách đọc các cột: which belong to the record, which to those beside it, which are annotations."""

    def __init__(self, compiler: Any, beside: Sequence[str] = ()) -> None:
        self._db = compiler.using
        self._model: type[Model] = compiler.klass_info["model"]
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


# Stands for the key while a statement is composed; no table counts so far.
_KEY = 8_999_999_999_999_999_999


class OneRecord:
    """Một bản ghi theo khóa. ``rows`` makes the queryset of one key; it may lock, and must not depend on more."""

    def __init__(self, rows: Callable[[int], QuerySet[Any]]) -> None:
        self._rows = rows
        # What is composed belongs to a connection, and a connection to a thread.
        self._kept = threading.local()

    def get(self, key: int) -> Any | None:
        """The record as it is now; None where there is none."""
        if getattr(self._kept, "vendor", "") != connection.vendor:
            self._compose()
        sql, params, compiler, columns, records = self._kept.composed
        with connection.cursor() as cursor:
            cursor.execute(sql, [key if param == _KEY else param for param in params])
            row = cursor.fetchone()
        if row is None:
            return None
        converters = compiler.get_converters(columns)
        return records.of(next(iter(compiler.apply_converters([row], converters))) if converters else row)

    def _compose(self) -> None:
        compiler = self._rows(_KEY).query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        columns = [expression for expression, _sql, _alias in compiler.select]
        self._kept.composed = sql, params, compiler, columns, Records(compiler)
        self._kept.vendor = connection.vendor
