"""Đọc số liệu: stored counts and changes not folded yet, together in one statement.

One statement sees one moment: between two, a fold could take a change out of one source and put it into the
other. Where the counts were added up along another tree than today's, the tasks themselves are counted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from soi.base.errors import Invalid
from soi.base.quarters import days_of, quarter_of
from soi.work.enums import Standing
from soi.work.logic.figures import Row
from soi.work.stamping import Stamp, is_of_today

_QUARTER = {
    "postgresql": "to_char(CAST(due_on AS timestamp), 'YYYY-\"Q\"Q')",
    "sqlite": "strftime('%%Y', due_on) || '-Q' || ((strftime('%%m', due_on) + 2) / 3)",
}
# A split body stands below its heirs' superiors by several ways, and counts for them once.
WAYS = """
SELECT DISTINCT ancestor_id, descendant_id FROM org_closure
WHERE start <= %(today)s AND ("end" IS NULL OR "end" > %(today)s)"""


def quarter_of_due() -> str:
    """SQL: the quarter of ``due_on``, as :func:`soi.base.quarters.quarter_of` names it."""
    return _QUARTER[connection.vendor]


def plain(value: Any) -> Any:
    """A day as the database takes it."""
    return connection.ops.adapt_datefield_value(value) if isinstance(value, dt.date) else value


@dataclass(frozen=True, slots=True)
class Span:
    """Khoảng quý: counts from ``first`` to ``last``; of earlier quarters only what is still active."""

    first: str
    last: str
    today: dt.date

    def parameters(self) -> dict[str, Any]:
        try:
            start, end = days_of(self.first).start, days_of(self.last).end
        except ValueError as error:
            raise Invalid(
                "Kỳ không hợp lệ. Hãy chọn lại quý đầu và quý cuối.", {"first": "Chọn lại quý."}
            ) from error
        this = quarter_of(self.today)
        return {
            "today": plain(self.today),
            "start": plain(start),
            "end": plain(end),
            "first": self.first,
            "last": self.last,
            "this": this,
            "this_start": plain(days_of(this).start),
        }


def counted(
    span: Span,
    *,
    by_quarter: Iterable[int] = (),
    summed: Iterable[int] = (),
    summed_from: str = "",
    own: int = 0,
) -> list[Row]:
    """Đếm: rows for these bodies with all below them, and for ``own`` alone (under its negative number).

    Bodies of ``summed`` come with two quarters only: ``summed_from`` for it and all after, "" for all before.
    """
    exact, rough = sorted(set(by_quarter)), sorted(set(summed))
    bodies = _list([*exact, *rough])
    asked = span.parameters() | {"summed_from": summed_from or span.first}
    itself = [_ITSELF.format(own=int(own), **_days())] if own else []
    sources = [_STAMP, _PENDING.format(bodies=bodies, **_days())]
    sources += [part.format(bodies=_list(exact)) for part in _BY_QUARTER if exact]
    sources += [part.format(bodies=_list(rough)) for part in _SUMMED if rough]
    if asked["this"] <= span.last:
        sources.append(_DUE.format(bodies=bodies))
    rows = _ask(sources + itself, asked)
    place = next(place for place, row in enumerate(rows) if row[0] == 0)
    _, _, stored, newest, *_ = rows.pop(place)
    if is_of_today(Stamp.read(stored), newest, span.today):
        return rows
    return _ask([_FROM_TASKS.format(bodies=bodies, **_days()), *itself], asked)


def own_only(span: Span, body: int) -> list[Row]:
    """Đếm riêng một tổ chức, without what stands below it; under its negative number."""
    return _ask([_ITSELF.format(own=int(body), **_days())], span.parameters())


def _ask(parts: Sequence[str], asked: dict[str, Any]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), asked)
        rows: list[Row] = cursor.fetchall()
    return rows


def _list(bodies: Iterable[int]) -> str:
    return ", ".join(str(int(body)) for body in bodies) or "NULL"


def _days() -> dict[str, str]:
    return {"quarter": quarter_of_due()}


def _columns(n: str, overdue: str) -> str:
    """SQL: one column for each standing, and one for what is overdue."""
    told_apart = [f"standing = '{standing}'" for standing in Standing.values] + [
        f"standing = 'active' AND {overdue}"
    ]
    return ", ".join(f"CAST(coalesce(sum({n}) FILTER (WHERE {one}), 0) AS integer)" for one in told_apart)


# Every part gives: body, quarter, area, and the columns above.
_STAMP = """
SELECT 0, '', coalesce((SELECT stamp FROM work_treestamp WHERE id = 1), ''),
  coalesce((SELECT max(id) FROM org_reorganization), 0), 0, 0, 0, 0, 0, 0, 0"""

_COUNTS = f"""
SELECT organization_id, {{bucket}}, area, {_columns("n", "quarter < %(this)s")}
FROM work_taskcount WHERE organization_id IN ({{bodies}}) AND {{when}} GROUP BY {{by}}"""  # noqa: S608 (constants of this module)
_FROM = "standing IN ({every}) AND quarter >= {since} AND quarter <= %(last)s"
_BEFORE = "standing = 'active' AND quarter < {since} AND quarter <= %(last)s"


def _counts(*, bucket: str, when: str, since: str, by: str) -> str:
    every = ", ".join(f"'{standing}'" for standing in Standing.values)
    return _COUNTS.format(bucket=bucket, when=when.format(since=since, every=every), by=by, bodies="{bodies}")


_BY_QUARTER = [
    _counts(bucket="quarter", when=when, since="%(first)s", by="organization_id, quarter, area")
    for when in (_FROM, _BEFORE)
]
_SUMMED = [
    _counts(bucket=bucket, when=when, since="%(summed_from)s", by="organization_id, area")
    for bucket, when in (("%(summed_from)s", _FROM), ("''", _BEFORE))
]
_DUE = """
SELECT organization_id, %(this)s, area, 0, 0, 0, 0, 0, 0, 0, CAST(sum(n) AS integer) FROM work_taskdue
WHERE organization_id IN ({bodies}) AND due_on >= %(this_start)s AND due_on < %(today)s
GROUP BY organization_id, area"""
_LATE, _IN_SPAN = "due_on < %(today)s", "due_on < %(end)s AND (due_on >= %(start)s OR standing = 'active')"
_PENDING = f"""
SELECT ancestor_id, {{quarter}} AS quarter, area, {_columns("n", _LATE)}
FROM work_taskdelta JOIN (
  {WAYS} AND ancestor_id IN ({{bodies}})
  AND descendant_id IN (SELECT organization_id FROM work_taskdelta)
) ways ON descendant_id = organization_id
WHERE {_IN_SPAN} GROUP BY ancestor_id, {{quarter}}, area"""  # noqa: S608 (constants of this module)
_FROM_TASKS = f"""
SELECT ancestor_id, {{quarter}} AS quarter, area, {_columns("1", _LATE)}
FROM work_task JOIN ({WAYS} AND ancestor_id IN ({{bodies}})) ways ON descendant_id = organization_id
WHERE {_IN_SPAN} GROUP BY ancestor_id, {{quarter}}, area"""  # noqa: S608 (constants of this module)
_ITSELF = f"""
SELECT -organization_id, {{quarter}} AS quarter, area, {_columns("1", _LATE)}
FROM work_task WHERE organization_id = {{own}} AND {_IN_SPAN}
GROUP BY organization_id, {{quarter}}, area"""  # noqa: S608 (constants of this module)
