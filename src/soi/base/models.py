"""Khung chung của các bảng: dated rows, and the declaration every table about a person must make."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import models
from django.db.models import F, Q

from soi.base.periods import Period


@dataclass(frozen=True, slots=True)
class PersonView:
    """Quyền của người được nhắc đến: how a person sees a record about them, and how they answer it.

    Every model with a link to a person declares one as ``person_view``; a test refuses a model without
    (no hidden file on anybody).
    """

    shown: str
    answered: str


def held_on(day: dt.date, prefix: str = "") -> Q:
    """Có hiệu lực trong ngày: rows whose half-open period [start, end) holds ``day``."""
    return Q(**{f"{prefix}start__lte": day}) & (
        Q(**{f"{prefix}end__isnull": True}) | Q(**{f"{prefix}end__gt": day})
    )


def whether(condition: Q) -> models.ExpressionWrapper[Q]:
    """Có hay không: a condition as a column of a query."""
    return models.ExpressionWrapper(condition, output_field=models.BooleanField())


class Dated(models.Model):
    """Có thời hạn: a row that is true over a half-open period of days; an empty end means still true."""

    start = models.DateField("từ ngày")
    end = models.DateField("đến trước ngày", null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def period(self) -> Period:
        return Period(self.start, self.end)


def ends_after_start(name: str) -> models.CheckConstraint:
    """Ràng buộc: the database, too, refuses a period that ends before it starts."""
    return models.CheckConstraint(
        condition=Q(end__isnull=True) | Q(end__gt=F("start")), name=f"{name}_ends_after_start"
    )
