"""Số nhiệm vụ của một tổ chức và cấp dưới, for pages about bodies: from the stored counts, one query for all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db.models import ExpressionWrapper, Q

from soi.base.actor import Actor, Capability
from soi.base.models import whether
from soi.org import queries as org
from soi.web.task_list import url_of
from soi.work.board import figures_of
from soi.work.filters import COUNTED, OPEN, OVERDUE, TaskFilter

if TYPE_CHECKING:
    from soi.org.models import Organization

# Every quarter a task can be due in.
_EVER = {"first": "1900-Q1", "last": "2999-Q4"}


@dataclass(frozen=True, slots=True)
class BodyWork:
    """Công việc của một tổ chức; each number opens its tasks."""

    open: int
    overdue: int
    every: int
    open_url: str
    overdue_url: str
    all_url: str


def reads_all(actor: Actor) -> ExpressionWrapper[Any]:
    """Đọc cả cấp dưới: of each row of a query of bodies, whether the viewer reads it and all below it.

    Only there are the number and the list behind it the same.
    """
    whole = tuple(g for g in actor.grants if g.capability == Capability.READ and g.whole_tree)
    scope = org.scope(replace(actor, grants=whole), Capability.READ, path="pk")
    return whether(scope if whole else Q(pk__in=[]))


def of_bodies(actor: Actor, bodies: Iterable[Organization]) -> dict[int, BodyWork]:
    """Của những tổ chức đã hỏi ``reads_all`` (as ``all_read``), where that is so."""
    return _figures(actor, [body.pk for body in bodies if getattr(body, "all_read", False)])


def _figures(actor: Actor, bodies: Iterable[int]) -> dict[int, BodyWork]:
    return {
        pk: BodyWork(
            figures.open,
            figures.overdue,
            figures.total,
            url_of(TaskFilter(body=pk, standing=OPEN)),
            url_of(TaskFilter(body=pk, standing=OVERDUE)),
            url_of(TaskFilter(body=pk, standing=COUNTED)),
        )
        for pk, figures in figures_of(sorted(bodies), today=actor.today, **_EVER).items()
    }


def mine(actor: Actor) -> BodyWork | None:
    """Trong phạm vi của tôi: of the body that my first right to read begins at, and all below it."""
    whole = [g.organization_id for g in actor.grants if g.capability == Capability.READ and g.whole_tree]
    return _figures(actor, whole[:1]).get(whole[0]) if whole else None
