"""Dòng thời gian: what happens on which day, done strictly in the order of time, so that history is in order."""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Callable, Iterator
from itertools import count

from soi.sample import days

Happening = Callable[[dt.datetime], None]


class Timeline:
    """Hàng đợi theo thời gian. A happening may add later ones; what lies after ``last`` never happens."""

    def __init__(self, first: dt.datetime, last: dt.datetime) -> None:
        self._first, self._last = first, last
        self._waiting: list[tuple[dt.datetime, int, Happening]] = []
        self._number = count()

    def add(self, day: dt.date, hour: int, happening: Happening) -> None:
        """Xếp vào lịch; a day before the first is taken as the first."""
        self.add_at(max(days.at(day, hour), self._first), happening)

    def add_at(self, when: dt.datetime, happening: Happening) -> None:
        """Xếp vào đúng lúc, for what goes on minute by minute."""
        if when <= self._last:
            heapq.heappush(self._waiting, (when, next(self._number), happening))

    def run(self) -> Iterator[int]:
        """Làm lần lượt; yields how many are still waiting."""
        while self._waiting:
            when, _, happening = heapq.heappop(self._waiting)
            happening(when)
            yield len(self._waiting)
