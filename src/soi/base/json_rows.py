"""Đọc bản ghi qua một cột JSON: a queryset's own SELECT, told so that lists of different tables fit one UNION.

The statement is the one Django writes for the queryset (conditions, order, annotations, ``select_related``,
``only`` and ``defer`` as they stand), wrapped: some columns as they are, all the others as one JSON array.
Naming every column anew in an expression of Django's costs more than the rows of a page do.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, connections
from django.db.models import QuerySet

from soi.base.records import Records

_ARRAY = {"sqlite": "json_array", "postgresql": "jsonb_build_array"}


Selected = tuple[str, Sequence[Any]]


class JsonRows:
    """Các bản ghi của một truy vấn; raises ``EmptyResultSet`` for a condition that nothing can meet.

    ``beside``: annotations for the statement only, which the records do not carry.
    """

    def __init__(self, rows: QuerySet[Any], *, beside: Sequence[str] = ()) -> None:
        compiler = rows.query.get_compiler(using=rows.db)
        self._inner, self._params = compiler.as_sql(with_col_aliases=True)
        self._records = Records(compiler, beside)
        self._fields = [expression.output_field for expression, _sql, _alias in compiler.select]
        quote = connections[rows.db].ops.quote_name
        named = ", ".join(quote(alias) for _expression, _sql, alias in compiler.select)
        self._array = f"{_ARRAY[connections[rows.db].vendor]}({named})"

    def selected(self, columns: str, params: Sequence[Any]) -> Selected:
        """The SELECT: these columns, then the row as JSON."""
        # No value stands in the text: columns named by us, and what Django compiled.
        return f"SELECT {columns}, {self._array} FROM ({self._inner}) AS told", (*params, *self._params)  # noqa: S608

    def record(self, values: str) -> Any:
        """One row, with the records that its foreign keys point at and its annotations."""
        pairs = zip(self._fields, json.loads(values), strict=True)
        return self._records.of([_python(field, value) for field, value in pairs])


def told(rows: QuerySet[Any], *, beside: Sequence[str] = ()) -> JsonRows | None:
    """Như trên; None where nothing can meet the condition."""
    try:
        return JsonRows(rows, beside=beside)
    except EmptyResultSet:
        return None


def compiled(rows: QuerySet[Any, Any]) -> Selected | None:
    """Câu truy vấn và tham số; None where nothing can meet the condition."""
    try:
        sql, params = rows.query.get_compiler(using=rows.db).as_sql()
    except EmptyResultSet:
        return None
    return sql, tuple(params)


def fetch(selects: Sequence[Selected]) -> list[tuple[Any, ...]]:
    """All of them in one query, on the default database."""
    if not selects:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(sql for sql, _params in selects),
            [one for _sql, params in selects for one in params],
        )
        return list(cursor.fetchall())


def _python(field: Any, value: Any) -> Any:
    """What JSON says, as the field means it; SQLite writes moments in UTC without saying so."""
    value = None if value is None else field.to_python(value)
    if isinstance(value, dt.datetime) and value.tzinfo is None:
        return value.replace(tzinfo=dt.UTC)
    return value
