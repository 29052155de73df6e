"""Số liệu của nhiệm vụ: what is counted of one task, how changes spread upwards, and what counts tell. Pure."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from soi.base.quarters import quarter_of

# One of the values of ``Standing``; pure code does not import the enumeration of the tables.
ACTIVE = "active"
_Key = TypeVar("_Key")


class Change(NamedTuple):
    """Một thay đổi chưa cộng: ``n`` more (or fewer) tasks of this body, area, due day and standing."""

    organization: int
    area: str
    due_on: dt.date
    standing: str
    n: int


class CountKey(NamedTuple):
    """What stored counts are kept by."""

    organization: int
    standing: str
    quarter: str
    area: str


class DueKey(NamedTuple):
    """What counts of tasks still to be done are kept by."""

    organization: int
    due_on: dt.date
    area: str


@dataclass(frozen=True, slots=True)
class Spread:
    """Phần cộng thêm: what some changes add to the stored counts. Nothing that comes to zero."""

    counts: Mapping[CountKey, int]
    dues: Mapping[DueKey, int]


def spread(changes: Iterable[Change], above: Mapping[int, Iterable[int]]) -> Spread:
    """Cộng lên các cấp: every change counts once for each of ``above[its body]`` (the body itself among them)."""
    counts: Counter[CountKey] = Counter()
    dues: Counter[DueKey] = Counter()
    for (body, area, due_on, standing), n in _net(changes).items():
        quarter = quarter_of(due_on)
        for ancestor in set(above[body]):
            counts[CountKey(ancestor, standing, quarter, area)] += n
            if standing == ACTIVE:
                dues[DueKey(ancestor, due_on, area)] += n
    return Spread(_not_zero(counts), _not_zero(dues))


def _net(changes: Iterable[Change]) -> Counter[tuple[int, str, dt.date, str]]:
    """Changes that take each other back are not carried upwards."""
    net: Counter[tuple[int, str, dt.date, str]] = Counter()
    for *key, n in changes:
        net[tuple(key)] += n  # type: ignore[index]
    return Counter({key: n for key, n in net.items() if n})


def _not_zero(counts: Counter[_Key]) -> dict[_Key, int]:
    return {key: n for key, n in counts.items() if n}


# --- what counts tell --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Figures:
    """Số liệu: tasks by standing; ``overdue`` are those of ``active`` whose day has passed."""

    active: int = 0
    reported: int = 0
    exceeded: int = 0
    on_time: int = 0
    late: int = 0
    failed: int = 0
    cancelled: int = 0
    overdue: int = 0

    @property
    def total(self) -> int:
        """Tổng số: everything but what was cancelled."""
        return self.open + self.done + self.failed

    @property
    def done(self) -> int:
        """Đã hoàn thành, in time or not."""
        return self.exceeded + self.on_time + self.late

    @property
    def open(self) -> int:
        """Chưa kết thúc: being done, or waiting for the word of the level that gave it."""
        return self.active + self.reported

    @property
    def not_due(self) -> int:
        """Đang làm, còn hạn."""
        return self.active - self.overdue

    @property
    def share_done(self) -> float:
        """Tỷ lệ hoàn thành, 0 to 1; 0 where there is nothing to do."""
        return self.done / self.total if self.total else 0.0


_OVERDUE = Figures.__slots__.index("overdue")

# Một dòng đếm: body, quarter, area, then the numbers of Figures in their order. A plain tuple as the database
# gives it: a page of the top body reads a thousand.
Row = tuple[int, str, str, int, int, int, int, int, int, int, int]


class Tally:
    """Bảng cộng: rows of counts from several sources, summed up as they are asked for."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._cells: defaultdict[int, dict[tuple[str, str], Sequence[int]]] = defaultdict(dict)
        for body, quarter, area, *numbers in rows:
            cells, key = self._cells[body], (quarter, area)
            known = cells.get(key)
            cells[key] = (
                [one + other for one, other in zip(known, numbers, strict=True)] if known else numbers
            )

    def total(self, body: int, first: str) -> Figures:
        """All areas of the quarters from ``first`` on."""
        return _sum(cell for (quarter, _), cell in self._of(body) if quarter >= first)

    def by_area(self, body: int, first: str) -> dict[str, Figures]:
        """Each area with anything in it, from ``first`` on."""
        cells: defaultdict[str, list[Sequence[int]]] = defaultdict(list)
        for (quarter, area), cell in self._of(body):
            if quarter >= first:
                cells[area].append(cell)
        figures = {area: _sum(of_area) for area, of_area in cells.items()}
        return {area: found for area, found in figures.items() if found != Figures()}

    def in_quarter(self, body: int, quarter: str) -> Figures:
        """All areas of one quarter."""
        return _sum(cell for (of, _), cell in self._of(body) if of == quarter)

    def overdue_before(self, body: int, first: str) -> int:
        """Tồn từ trước: overdue tasks of the quarters before ``first``."""
        return sum(cell[_OVERDUE] for (quarter, _), cell in self._of(body) if quarter < first)

    def _of(self, body: int) -> Iterable[tuple[tuple[str, str], Sequence[int]]]:
        return self._cells[body].items() if body in self._cells else ()


def _sum(cells: Iterable[Sequence[int]]) -> Figures:
    columns = list(zip(*cells, strict=True))
    return Figures(*map(sum, columns)) if columns else Figures()
