"""Bảng điều hành: the figures of a body and of each unit below it, right at once after every change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from soi.base.actor import Actor, Capability
from soi.base.errors import NotFound
from soi.base.models import held_on
from soi.base.quarters import quarters_between
from soi.base.records import Kept
from soi.org.enums import EdgeKind, WorkArea
from soi.org.models import Closure, Organization, OrganizationEdge
from soi.work.counting import Span, counted, own_only
from soi.work.logic.figures import Figures, Tally

OUT_OF_SIGHT = "Không tìm thấy tổ chức này, hoặc tổ chức nằm ngoài phạm vi của đồng chí."

Kind = Literal["own", "subordinate", "taken_over"]


@dataclass(frozen=True, slots=True)
class UnitRow:
    """Một dòng của bảng: the tasks of the body itself (``own``), or of a unit and all below it.

    ``carried``: overdue tasks of the quarters before the first one shown.
    """

    organization: Organization
    kind: Kind
    figures: Figures
    by_area: Mapping[str, Figures]
    carried: int


@dataclass(frozen=True, slots=True)
class Board:
    """Bảng điều hành của một tổ chức. A body that was split counts in each of its heirs, in the total once.

    ``whole`` is false for who may read this body but not what stands below it: then all is of itself only.
    """

    organization: Organization
    whole: bool
    total: Figures
    carried: int
    by_area: Sequence[tuple[str, Figures]]
    units: Sequence[UnitRow]
    trend: Sequence[tuple[str, Figures]]
    areas: Sequence[str]


def board(
    actor: Actor,
    body: Organization,
    *,
    first: str,
    last: str,
    today: dt.date,
    trend_first: str | None = None,
) -> Board:
    """Bảng of the tasks due from quarter ``first`` to ``last``; the trend may begin earlier."""
    whole = _reads_whole(actor, body, today)
    span = Span(min(first, trend_first or first), last, today)
    units = _units(body, today) if whole else []
    tally = Tally(
        counted(
            span, by_quarter=[body.pk], summed=[unit.pk for unit, _ in units], summed_from=first, own=body.pk
        )
        if whole
        else own_only(span, body.pk)
    )
    at = body.pk if whole else -body.pk
    rows = [_row(tally, body, "own", -body.pk, first)]
    rows += [_row(tally, unit, kind, unit.pk, first) for unit, kind in units]
    by_area = tally.by_area(at, first)
    shown = set(by_area).union(*(row.by_area for row in rows))
    areas = [area for area in WorkArea.values if area in shown]
    return Board(
        organization=body,
        whole=whole,
        total=tally.total(at, first),
        carried=tally.overdue_before(at, first),
        by_area=[(area, by_area.get(area, Figures())) for area in areas],
        units=[row for row in rows if row.kind != "taken_over" or row.carried or row.by_area],
        trend=[(quarter, tally.in_quarter(at, quarter)) for quarter in quarters_between(span.first, last)],
        areas=areas,
    )


def figures_of(bodies: Iterable[int], *, first: str, last: str, today: dt.date) -> dict[int, Figures]:
    """Số liệu của từng tổ chức and all below it. Asks no rights: for figures of bodies known to be in sight."""
    asked = list(bodies)
    span = Span(first, last, today)
    tally = Tally(counted(span, summed=asked, summed_from=first) if asked else [])
    return {body: tally.total(body, first) for body in asked}


def _row(tally: Tally, organization: Organization, kind: Kind, at: int, first: str) -> UnitRow:
    return UnitRow(
        organization=organization,
        kind=kind,
        figures=tally.total(at, first),
        by_area=tally.by_area(at, first),
        carried=tally.overdue_before(at, first),
    )


def _reads_whole(actor: Actor, body: Organization, today: dt.date) -> bool:
    """Whether the actor reads all below the body; ``NotFound`` where they do not read the body itself."""
    reading = [grant for grant in actor.grants if grant.capability == Capability.READ]
    whole = {grant.organization_id for grant in reading if grant.whole_tree}
    if actor.is_system or body.pk in whole:
        return True
    above = Closure.objects.filter(held_on(today), descendant=body, ancestor_id__in=whole)
    if whole and above.exists():
        return True
    if body.pk in {grant.organization_id for grant in reading}:
        return False
    raise NotFound(OUT_OF_SIGHT)


def _units(body: Organization, today: dt.date) -> list[tuple[Organization, Kind]]:
    """What stands directly below today, in the order of the alphabet; then what the body took over."""
    units: dict[Organization, Kind] = {}
    for edge in _EDGES.read(today, keys=[body.pk]):
        below = edge.kind == EdgeKind.SUBORDINATE and edge.child.exists_on(today)
        units[edge.child] = "subordinate" if below else "taken_over"
    return sorted(units.items(), key=lambda pair: pair[1] != "subordinate")


_EDGES = Kept(
    lambda today, parent: (
        OrganizationEdge.objects.filter(held_on(today), parent=parent)
        .select_related("child")
        .order_by("child__sort_key", "child_id")
    )
)
