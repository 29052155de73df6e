"""Bức tranh lĩnh vực × kỳ: from counts by quarter to rows that show what comes back. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from soi.base.quarters import label, quarters_between, year_of, years_between

By = Literal["year", "quarter"]
MOST_COLUMNS: dict[By, int] = {"year": 10, "quarter": 12}
COMES_BACK = 2  # consecutive periods


@dataclass(frozen=True, slots=True)
class Tally:
    """Số nội dung, and how many of them are not yet mended."""

    total: int = 0
    still_open: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.total + other.total, self.still_open + other.still_open)


@dataclass(frozen=True, slots=True)
class Count:
    """Một dòng đếm: area, quarter ("2021-Q4"), and the tally."""

    area: str
    quarter: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class HeatCell:
    """Một ô. ``in_run``: part of at least two consecutive periods in which the area was found wanting."""

    area: str
    period: str
    total: int
    still_open: int
    in_run: bool


@dataclass(frozen=True, slots=True)
class HeatRow:
    """Một lĩnh vực. ``returns``: the longest run of consecutive periods."""

    area: str
    label: str
    cells: tuple[HeatCell, ...]
    total: Tally
    returns: int

    @property
    def comes_back(self) -> bool:
        """Lặp lại qua các kỳ."""
        return self.returns >= COMES_BACK


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Bức tranh: ``totals`` by period; ``left_out`` is what lies before the first column shown."""

    by: By
    periods: tuple[str, ...]
    labels: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    totals: tuple[Tally, ...]
    total: Tally
    left_out: int


def build(counts: Iterable[Count], *, by: By, areas: dict[str, str]) -> HeatMap:
    """Dựng bức tranh. ``areas``: names by key, in the order of rows; areas without findings are left out."""
    sums: defaultdict[tuple[str, str], Tally] = defaultdict(Tally)
    for count in counts:
        period = year_of(count.quarter) if by == "year" else count.quarter
        sums[count.area, period] += count.tally
    every = sorted({period for _, period in sums})
    periods = _columns(every, by)
    rows = tuple(
        _row(area, name, periods, sums)
        for area, name in areas.items()
        if any((area, p) in sums for p in periods)
    )
    totals = tuple(
        sum((sums[area, period] for area in areas if (area, period) in sums), Tally()) for period in periods
    )
    total = sum(totals, Tally())
    return HeatMap(
        by=by,
        periods=tuple(periods),
        labels=tuple(label(period) for period in periods),
        rows=rows,
        totals=totals,
        total=total,
        left_out=sum(tally.total for tally in sums.values()) - total.total,
    )


def _columns(found: list[str], by: By) -> list[str]:
    """Every period from the first to the last that has findings, empty ones too; the latest ones if many."""
    if not found:
        return []
    between = years_between if by == "year" else quarters_between
    return between(found[0], found[-1])[-MOST_COLUMNS[by] :]


def _row(area: str, name: str, periods: list[str], sums: dict[tuple[str, str], Tally]) -> HeatRow:
    tallies = [sums.get((area, period), Tally()) for period in periods]
    runs = _runs([tally.total > 0 for tally in tallies])
    cells = tuple(
        HeatCell(area, period, tally.total, tally.still_open, in_run=run >= COMES_BACK)
        for period, tally, run in zip(periods, tallies, runs, strict=True)
    )
    return HeatRow(area, name, cells, sum(tallies, Tally()), returns=max(runs, default=0))


def _runs(found: list[bool]) -> list[int]:
    """For each place, the length of the run of consecutive hits it belongs to; 0 where there is none."""
    lengths, start = [0] * len(found), 0
    while start < len(found):
        end = start
        while end < len(found) and found[end]:
            end += 1
        lengths[start:end] = [end - start] * (end - start)
        start = max(end, start + 1)
    return lengths
