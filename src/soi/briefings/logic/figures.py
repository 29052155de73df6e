"""Con số có đường mở: figures of tasks, findings and bodies, with the filter of the list that holds them. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from soi.briefings.logic.facts import FindingFact, Quarter, TaskFact, UnitFact
from soi.briefings.logic.sentences import Figure

TASKS, FINDINGS, CONFERENCES, REPORTS, BODIES = "tasks", "findings", "conferences", "reports", "bodies"


class Queries(Protocol):
    """Địa chỉ của danh sách đằng sau con số; who knows the lists gives it."""

    def tasks(
        self,
        *,
        body: int,
        standing: str = "",
        area: str = "",
        period: str = "",
        as_of: dt.date | None = None,
    ) -> str: ...

    def findings(
        self, *, body: int, kinds: Sequence[str] = (), state: str = "", period: str = "", **more: bool
    ) -> str: ...


@dataclass(frozen=True, slots=True)
class Counter:
    """Người đếm: the quarter, and the way to the lists."""

    quarter: Quarter
    queries: Queries

    def tasks(
        self, rows: Iterable[TaskFact], noun: str = "nhiệm vụ", *, standing: str = "counted", area: str = ""
    ) -> Figure:
        """Nhiệm vụ đến hạn trong quý."""
        quarter = self.quarter
        query = self.queries.tasks(
            body=quarter.body, standing=standing, area=area, period=quarter.key, as_of=quarter.as_of
        )
        return _figure(TASKS, [row.pk for row in rows], noun, query)

    def overdue(self, rows: Iterable[TaskFact], noun: str = "nhiệm vụ") -> Figure:
        """Nhiệm vụ quá hạn, of whatever quarter."""
        quarter = self.quarter
        query = self.queries.tasks(body=quarter.body, standing="overdue", as_of=quarter.overdue_on)
        return _figure(TASKS, [row.pk for row in rows], noun, query)

    def ahead(self, rows: Iterable[TaskFact], noun: str = "nhiệm vụ", *, area: str = "") -> Figure:
        """Nhiệm vụ đến hạn quý tới."""
        quarter = self.quarter
        query = self.queries.tasks(body=quarter.body, standing="counted", area=area, period=quarter.next_key)
        return _figure(TASKS, [row.pk for row in rows], noun, query)

    def findings(
        self,
        rows: Iterable[FindingFact],
        noun: str,
        *,
        kinds: Sequence[str] = (),
        state: str = "",
        **more: bool,
    ) -> Figure:
        """Nội dung nêu trong quý."""
        quarter = self.quarter
        query = self.queries.findings(body=quarter.body, kinds=kinds, state=state, period=quarter.key, **more)
        return _figure(FINDINGS, [row.pk for row in rows], noun, query)

    @staticmethod
    def some_tasks(ids: Iterable[int], noun: str) -> Figure:
        """Nhiệm vụ mà không bộ lọc nào chọn ra đúng như thế: the frozen list alone."""
        return _figure(TASKS, ids, noun)

    @staticmethod
    def some_findings(ids: Iterable[int], noun: str) -> Figure:
        """Nội dung đánh giá, the frozen list alone."""
        return _figure(FINDINGS, ids, noun)

    @staticmethod
    def bodies(rows: Iterable[UnitFact], noun: str = "đơn vị") -> Figure:
        """Đơn vị trực thuộc."""
        return _figure(BODIES, [row.pk for row in rows], noun)

    @staticmethod
    def words(records: str, pk: int, words: str) -> Figure:
        """Không phải con số mà là tên: words that open one record."""
        return Figure(words, records, (pk,))


def _figure(records: str, ids: Iterable[int], noun: str, query: str = "") -> Figure:
    counted = tuple(dict.fromkeys(ids))
    return Figure(f"{len(counted)} {noun}".strip(), records, counted, query)
