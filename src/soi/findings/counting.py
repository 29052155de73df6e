"""Đếm sổ theo dõi: one query for the figures of a page and for the picture of areas by periods."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Q, QuerySet

from soi.base import quarters
from soi.base.actor import Actor
from soi.base.records import Kept
from soi.findings.enums import FindingState
from soi.findings.logic import heat
from soi.findings.register import WANTING, RegisterFilter, late_on, register
from soi.org.enums import WorkArea


@dataclass(frozen=True, slots=True)
class Group:
    """Một ô đếm: an area in a quarter, and everything the page counts there."""

    area: str
    quarter: str
    every: int
    wanting: int
    not_mended: int
    overdue: int
    reported: int
    recurrent: int

    def is_behind(self, asked: RegisterFilter) -> bool:
        """Whether the list for this filter holds these findings."""
        in_period = not asked.period or asked.period in {self.quarter, quarters.year_of(self.quarter)}
        return in_period and asked.area in {"", self.area}


def grouped(actor: Actor, asked: RegisterFilter) -> list[Group]:
    """Đếm một lần cho cả số liệu và bức tranh: whatever area and period are asked for; one query."""
    return [Group(*row) for row in _COUNTED.read(actor, replace(asked, area="", period="", order="newest"))]


def _counted(actor: Actor, asked: RegisterFilter) -> QuerySet[Any, Any]:
    wanting = Q(kind__in=WANTING)
    return (
        register(actor, asked)
        .order_by()
        .values_list("area", "quarter")
        .annotate(
            every=Count("pk"),
            wanting=Count("pk", filter=wanting),
            not_mended=Count("pk", filter=wanting & ~Q(state=FindingState.MENDED)),
            # Of the overdue all are: the remedies are not looked up a second time.
            overdue=Count("pk", filter=None if asked.overdue else late_on(actor.today)),
            reported=Count("pk", filter=Q(state=FindingState.REPORTED)),
            recurrent=Count("pk", filter=Q(recurrent=True)),
        )
    )


_COUNTED = Kept(_counted)


def picture_of(groups: list[Group], by: heat.By) -> heat.HeatMap:
    """Bức tranh lĩnh vực × kỳ of limitations and shortcomings."""
    counts = [
        heat.Count(group.area, group.quarter, heat.Tally(group.wanting, group.not_mended))
        for group in groups
        if group.wanting
    ]
    return heat.build(counts, by=by, areas={area.value: str(area.label) for area in WorkArea})
