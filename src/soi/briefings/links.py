"""Đường đến danh sách: the filters by which the lists of tasks and findings show what a figure counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from urllib.parse import urlencode

from soi.findings.register import RegisterFilter
from soi.work.filters import TaskFilter


class ListQueries:
    """Bộ lọc của hai danh sách, written where a sentence is composed (``logic.figures.Queries``)."""

    def tasks(
        self,
        *,
        body: int,
        standing: str = "",
        area: str = "",
        period: str = "",
        as_of: dt.date | None = None,
    ) -> str:
        """Nhiệm vụ của tổ chức và mọi cấp dưới."""
        judged = as_of if standing in ("overdue", "not_due") else None
        wanted = TaskFilter(body=body, standing=standing, area=area, period=period, as_of=judged)
        return wanted.as_query()

    def findings(
        self, *, body: int, kinds: Sequence[str] = (), state: str = "", period: str = "", **more: bool
    ) -> str:
        """Nội dung của tổ chức và mọi cấp dưới."""
        wanted = RegisterFilter(
            organization_id=body, kinds=tuple(kinds), state=state, period=period,
            recurrent=more.get("recurrent", False),
        )  # fmt: skip
        return urlencode(wanted.as_query(), doseq=True)
