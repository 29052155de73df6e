"""Đếm việc xác nhận đã nhận: how many addressees of the directives in force have acknowledged, by unit.

Counted from the days kept with each addressee, so late is late as of the day asked for. A body that was merged
stands below its heir, which carries its duty: it is counted there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from soi.base.actor import Actor, Capability
from soi.base.models import held_on
from soi.base.records import Kept, padded
from soi.directives.models import Addressee
from soi.directives.queries import in_force
from soi.org.models import Closure
from soi.org.queries import scope

_UP = "organization__reaches_up__"
_PAPER = (
    "directive_id",
    "directive__kind",
    "directive__number",
    "directive__title",
    "directive__acknowledge_by",
)


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """Đã xác nhận bao nhiêu: of the places asked, how many have, and how many are past the day."""

    asked: int = 0
    done: int = 0
    overdue: int = 0

    @property
    def waiting(self) -> int:
        """Chưa xác nhận."""
        return self.asked - self.done

    def __add__(self, other: Acknowledged) -> Acknowledged:
        return Acknowledged(self.asked + other.asked, self.done + other.done, self.overdue + other.overdue)


@dataclass(frozen=True, slots=True)
class Counted:
    """Một ô đếm: one directive, and a unit with everything below it.

    The rows of the body asked for are apart for what stands below none of the units (``in_units`` false: the
    body itself, and what was merged into it) and for the rest; both together are all of it, counted once.
    """

    unit_id: int
    in_units: bool
    directive_id: int
    kind: str
    number: str
    title: str
    acknowledge_by: dt.date | None
    figures: Acknowledged


def by_unit(actor: Actor, body_id: int, unit_ids: Iterable[int], *, as_of: dt.date) -> list[Counted]:
    """Theo đơn vị và văn bản, in one query."""
    return [_counted(row) for row in _BY_UNIT.read(actor, as_of, keys=[body_id, *padded(list(unit_ids))])]


def _by_unit(actor: Actor, as_of: dt.date, body_id: int, *units: int) -> QuerySet[Addressee, Any]:
    below = Closure.objects.filter(
        held_on(as_of), ancestor_id__in=units, descendant_id=OuterRef("organization_id")
    )
    return (
        _asked(actor, as_of)
        .filter(held_on(as_of, _UP), Q(**{f"{_UP}ancestor_id__in": [body_id, *units]}))
        .order_by()
        .annotate(in_units=Exists(below))
        .values_list(f"{_UP}ancestor_id", "in_units", *_PAPER)
        .annotate(
            asked=Count("pk"),
            done=Count("pk", filter=_done(as_of)),
            overdue=Count("pk", filter=~_done(as_of) & _past(as_of)),
        )
    )


_BY_UNIT = Kept(_by_unit)


def _counted(row: tuple[Any, ...]) -> Counted:
    *cell, asked, done, overdue = row
    unit_id, in_units, directive_id, kind, number, title, acknowledge_by = cell
    figures = Acknowledged(asked, done, overdue)
    return Counted(unit_id, in_units, directive_id, kind, number, title, acknowledge_by, figures)


def waiting(
    actor: Actor,
    body_id: int,
    *,
    as_of: dt.date,
    apart_from: Iterable[int] = (),
    directive_id: int | None = None,
    overdue: bool = False,
) -> QuerySet[Addressee]:
    """Nơi chưa xác nhận in a part of the tree, the longest overdue first: the rows that figures count.

    ``apart_from``: units below whose own numbers count them elsewhere.
    """
    tree = Closure.objects.filter(held_on(as_of))
    inside = tree.filter(ancestor_id=body_id).values("descendant_id")
    found = _asked(actor, as_of).filter(~_done(as_of), organization__in=inside)
    if units := list(apart_from):
        found = found.exclude(organization__in=tree.filter(ancestor_id__in=units).values("descendant_id"))
    if directive_id is not None:
        found = found.filter(directive_id=directive_id)
    if overdue:
        found = found.filter(_past(as_of))
    order = (F("directive__acknowledge_by").asc(nulls_last=True), "organization__sort_key", "pk")
    return found.select_related("directive", "organization").order_by(*order)


def _asked(actor: Actor, day: dt.date) -> QuerySet[Addressee]:
    """Nơi nhận của văn bản còn hiệu lực, in the part of the tree that the actor reads."""
    return Addressee.objects.filter(
        in_force(day, "directive__"),
        scope(actor, Capability.READ, path="organization"),
        directive__issued_on__lte=day,
    )


def _done(day: dt.date) -> Q:
    return Q(acknowledged_on__isnull=False, acknowledged_on__lte=day)


def _past(day: dt.date) -> Q:
    return Q(directive__acknowledge_by__isnull=False, directive__acknowledge_by__lt=day)
