"""Có mặt theo khoảng thời gian: from when to when, at which site, in what way, and how we know."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from soi.base.fields import NFCCharField
from soi.base.models import PersonView
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


class AttendanceCorrection(models.Model):
    """Lần sửa giờ có mặt: what stood before and what stands since, why, by whom. Never changed."""

    attendance = models.ForeignKey(Attendance, on_delete=models.PROTECT, related_name="corrections")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    came_before = models.DateTimeField("đến lúc, đã ghi trước")
    left_before = models.DateTimeField("về lúc, đã ghi trước", null=True, blank=True)
    came_after = models.DateTimeField("đến lúc")
    left_after = models.DateTimeField("về lúc", null=True, blank=True)
    reason = NFCCharField("lý do sửa", max_length=300)
    at = models.DateTimeField("sửa lúc")
    entered_label = NFCCharField("người sửa", max_length=300)

    person_view = PersonView(
        shown="Điểm danh của tôi: giờ trước và sau khi sửa", answered="báo thư ký điều chưa đúng"
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = "lần sửa giờ có mặt"

    def __str__(self) -> str:
        return f"{self.attendance_id}: {self.came_after:%H:%M}"


class CountingException(models.Model):
    """Trường hợp khi tính đủ số: why a member may be left out of the total; the rule of the meeting says when."""

    attendance = models.OneToOneField(Attendance, on_delete=models.CASCADE, related_name="counting_exception")
    ground = models.CharField("trường hợp", max_length=15, choices=NotCounted.choices)
    entered_label = NFCCharField("người ghi", max_length=300, blank=True)

    class Meta:
        verbose_name = "trường hợp khi tính đủ số"

    def __str__(self) -> str:
        return f"{self.attendance_id}: {self.get_ground_display()}"
