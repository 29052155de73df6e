"""A slow, plain model of the tree: for each day who stood below whom, kept day by day in dictionaries.

It knows nothing of edges, periods or closures; it is told which actions were accepted and does them again.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

FIRST = dt.date(2021, 1, 1)
DAYS = [FIRST + dt.timedelta(days=number) for number in range(12)]


@dataclass
class Oracle:
    """``parent[day][body]`` and ``heirs[day][body]``; a body that is in neither stands at the top."""

    exists: dict[dt.date, set[int]] = field(default_factory=lambda: {day: set() for day in DAYS})
    parent: dict[dt.date, dict[int, int]] = field(default_factory=lambda: {day: {} for day in DAYS})
    heirs: dict[dt.date, dict[int, set[int]]] = field(
        default_factory=lambda: {day: defaultdict(set) for day in DAYS}
    )
    bodies: set[int] = field(default_factory=set)

    def found(self, body: int, parent: int | None, on: dt.date) -> None:
        self.bodies.add(body)
        for day in _from(on):
            self.exists[day].add(body)
            if parent is not None:
                self.parent[day][body] = parent

    def move(self, body: int, parent: int, on: dt.date) -> None:
        for day in _from(on):
            self.parent[day][body] = parent

    def dissolve(self, gone: set[int], heirs: list[int], on: dt.date) -> None:
        for day in _from(on):
            parent = self.parent[day]
            for child, above in list(parent.items()):
                if above in gone and child not in gone:
                    self._adopt(parent, child, heirs[0], gone)
            for body in gone:
                parent.pop(body, None)
                self.exists[day].discard(body)
                self.heirs[day][body] |= set(heirs)

    @staticmethod
    def _adopt(parent: dict[int, int], child: int, heir: int, gone: set[int]) -> None:
        if child != heir:
            parent[child] = heir
            return
        above = parent.pop(child, None)
        while above in gone:
            above = parent.get(above)
        if above is not None:
            parent[child] = above

    def ways_up(self, body: int, day: dt.date) -> set[int]:
        """All that stand above, the body itself included."""
        seen, wave = {body}, {body}
        while wave:
            step = {self.parent[day][one] for one in wave if one in self.parent[day]}
            step |= {heir for one in wave for heir in self.heirs[day][one]}
            wave = step - seen
            seen |= wave
        return seen

    def below(self, body: int, day: dt.date) -> set[int]:
        """All from whom one comes to this body by going up, itself included."""
        return {other for other in self.bodies if body in self.ways_up(other, day)}


def _from(on: dt.date) -> list[dt.date]:
    return [day for day in DAYS if day >= on]
