"""Bao đóng của cây: who stood above whom, on which days, worked out from dated edges. Pure functions.

An edge says: the child stood directly below the parent from ``start`` up to ``end``. The closure lists
every ancestor of a body with the periods in which the whole chain between them held. A body is its own
ancestor at depth 0 for ever.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from soi.base.periods import Period, join_periods

ALWAYS = Period(dt.date(1, 1, 1))
# No real organisation is deeper; a walk this long goes round in a circle above the body.
DEEPEST = 60


@dataclass(frozen=True, slots=True)
class Edge:
    """Quan hệ trực thuộc trong một thời gian."""

    child: int
    parent: int
    period: Period


@dataclass(frozen=True, slots=True, order=True)
class Reach:
    """Một dòng bao đóng: ``ancestor`` stood ``depth`` levels above ``descendant`` over ``period``."""

    ancestor: int
    descendant: int
    depth: int
    period: Period


class CycleError(ValueError):
    """A body would stand below itself."""


def closure_of(bodies: Iterable[int], edges: Iterable[Edge]) -> list[Reach]:
    """Every reach that ends in one of ``bodies``; ``edges`` must hold all edges above them.

    Raises :class:`CycleError` when on some day a body would stand below itself.
    """
    above: defaultdict[int, list[Edge]] = defaultdict(list)
    for edge in edges:
        above[edge.child].append(edge)
    return sorted(reach for body in set(bodies) for reach in _reaches(body, above))


def _reaches(body: int, above: Mapping[int, list[Edge]]) -> list[Reach]:
    pieces: defaultdict[tuple[int, int], list[Period]] = defaultdict(list)
    pieces[body, 0].append(ALWAYS)
    open_ends = [(body, 0, ALWAYS)]
    while open_ends:
        current, depth, period = open_ends.pop()
        for edge in above.get(current, ()):
            shared = period.intersect(edge.period)
            if shared is None:
                continue
            if edge.parent == body or depth >= DEEPEST:
                raise CycleError(body)
            pieces[edge.parent, depth + 1].append(shared)
            open_ends.append((edge.parent, depth + 1, shared))
    return [
        Reach(ancestor, body, depth, period)
        for (ancestor, depth), periods in pieces.items()
        for period in join_periods(periods)
    ]
