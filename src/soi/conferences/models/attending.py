"""Có mặt theo khoảng thời gian: from when to when, at which site, in what way, and how we know."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from soi.base.fields import NFCCharField
from soi.conferences.enums import Evidence, NotCounted, Way
from soi.conferences.models.record import Attendance, Site


class AttendanceSpan(models.Model):
    """Khoảng có mặt [from, to); open while the person is there. No two of one person overlap."""

    attendance = models.ForeignKey(Attendance, on_delete=models.CASCADE, related_name="spans")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, blank=True, related_name="spans")
    way = models.CharField("cách dự", max_length=10, choices=Way.choices)
    came_at = models.DateTimeField("đến lúc")
    left_at = models.DateTimeField("về lúc", null=True, blank=True)
    evidence = models.CharField("căn cứ", max_length=10, choices=Evidence.choices)
    entered_label = NFCCharField("người ghi", max_length=300, blank=True)

    class Meta:
        ordering = ["came_at", "pk"]
        verbose_name = "khoảng có mặt"
        constraints = [
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gt=F("came_at")), name="span_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["attendance"], condition=Q(left_at__isnull=True), name="span_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attendance_id}: {self.came_at:%H:%M}"


class CountingException(models.Model):
    """Trường hợp khi tính đủ số: why a member may be left out of the total; the rule of the meeting says when."""

    attendance = models.OneToOneField(Attendance, on_delete=models.CASCADE, related_name="counting_exception")
    ground = models.CharField("trường hợp", max_length=15, choices=NotCounted.choices)
    entered_label = NFCCharField("người ghi", max_length=300, blank=True)

    class Meta:
        verbose_name = "trường hợp khi tính đủ số"

    def __str__(self) -> str:
        return f"{self.attendance_id}: {self.get_ground_display()}"
