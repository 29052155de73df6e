"""Số liệu lưu sẵn: counts of tasks for every body and all below it, kept by appended deltas.

A change of a task appends what it adds and takes away (no two writers meet on one row); folding moves the
deltas into the counts of the body and of everybody above it. ``soi audit`` can work all of it out anew.
"""

from __future__ import annotations

from django.db import models

from soi.org.enums import WorkArea
from soi.org.models import Organization
from soi.work.enums import Standing


class TaskDelta(models.Model):
    """Thay đổi chưa cộng: ``n`` more (or fewer) tasks of this body, area, due day and standing."""

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    area = models.CharField(max_length=20, choices=WorkArea.choices)
    due_on = models.DateField()
    standing = models.CharField(max_length=20, choices=Standing.choices)
    n = models.SmallIntegerField()

    class Meta:
        verbose_name = "thay đổi chưa cộng"

    def __str__(self) -> str:
        return f"{self.organization_id} {self.standing} {self.n:+d}"


class TaskCount(models.Model):
    """Số nhiệm vụ của một tổ chức và mọi cấp dưới, by area, quarter of the due day, and standing.

    A million tasks make two million of these; so no number of their own, and no check of the body, which
    the tasks have passed.
    """

    # What is still to be done from long ago is found without reading all that was finished since.
    pk = models.CompositePrimaryKey("organization_id", "standing", "quarter", "area")
    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    area = models.CharField(max_length=20, choices=WorkArea.choices)
    quarter = models.CharField(max_length=7)
    standing = models.CharField(max_length=20, choices=Standing.choices)
    n = models.IntegerField()

    class Meta:
        verbose_name = "số nhiệm vụ"

    def __str__(self) -> str:
        return f"{self.organization_id} {self.quarter} {self.standing}: {self.n}"


class TaskDue(models.Model):
    """Số nhiệm vụ đang làm đến hạn trong một ngày: what overdue on any day is summed from."""

    pk = models.CompositePrimaryKey("organization_id", "due_on", "area")
    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    due_on = models.DateField()
    area = models.CharField(max_length=20, choices=WorkArea.choices)
    n = models.IntegerField()

    class Meta:
        verbose_name = "số nhiệm vụ đến hạn"

    def __str__(self) -> str:
        return f"{self.organization_id} {self.due_on}: {self.n}"


class TreeStamp(models.Model):
    """Cây mà số liệu được cộng theo: when the tree of today is another one, the counts are made anew."""

    stamp = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = "dấu của cây"

    def __str__(self) -> str:
        return self.stamp
