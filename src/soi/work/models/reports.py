"""Điều đã nói về một nhiệm vụ: progress, requests and their answers, assessments. Said once, never reworded."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from soi.base.fields import NFCCharField, NFCTextField
from soi.base.models import PersonView
from soi.documents.models import Source
from soi.org.models import Person
from soi.work.enums import Assessor, LateCause, Result
from soi.work.models.tasks import Task

_SEES_TASK = "thấy nhiệm vụ trong Việc của tôi và Hồ sơ của tôi"


class ProgressReport(models.Model):
    """Báo cáo tiến độ: how far, what stands in the way, what the superior is asked for."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="reports")
    on = models.DateField("ngày")
    percent = models.PositiveSmallIntegerField("phần trăm")
    value = models.DecimalField("kết quả đo được", max_digits=14, decimal_places=2, null=True, blank=True)
    note = NFCTextField("kết quả")
    difficulty = NFCTextField("khó khăn, vướng mắc", blank=True)
    request = NFCTextField("đề nghị cấp trên", blank=True)
    is_final = models.BooleanField("báo cáo hoàn thành", default=False)
    evidence = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reported_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="task_reports"
    )
    reporter_label = NFCCharField(max_length=300)

    person_view = PersonView(shown=_SEES_TASK, answered="chính người đó viết; báo cáo tiếp để bổ sung")

    class Meta:
        ordering = ["on", "pk"]
        verbose_name = "báo cáo tiến độ"
        constraints = [models.CheckConstraint(condition=Q(percent__lte=100), name="taskreport_at_most_100")]

    def __str__(self) -> str:
        return f"{self.percent}% {self.on:%d/%m/%Y}"


class RequestAnswer(models.Model):
    """Trả lời đề nghị: the superior's answer to what a report asked for."""

    report = models.OneToOneField(ProgressReport, on_delete=models.PROTECT, related_name="answer")
    on = models.DateField("ngày")
    text = NFCTextField("trả lời")
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="request_answers")
    answerer_label = NFCCharField(max_length=300)

    person_view = PersonView(shown=_SEES_TASK, answered="chính người đó viết")

    class Meta:
        verbose_name = "trả lời đề nghị"

    def __str__(self) -> str:
        return self.text[:80]


class Assessment(models.Model):
    """Đánh giá kết quả: by the accountable post itself, then by the level that gave the task."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="assessments")
    by = models.CharField("ai đánh giá", max_length=10, choices=Assessor.choices)
    result = models.CharField("kết quả", max_length=20, choices=Result.choices)
    on = models.DateField("ngày")
    note = NFCTextField("nhận xét")
    late_cause = models.CharField(
        "nguyên nhân chậm", max_length=10, choices=LateCause.choices, blank=True, default=""
    )
    assessor = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="task_assessments"
    )
    assessor_label = NFCCharField(max_length=300)

    person_view = PersonView(shown=_SEES_TASK, answered="ghi báo cáo tiếp dưới nhiệm vụ")

    class Meta:
        ordering = ["on", "pk"]
        verbose_name = "đánh giá nhiệm vụ"

    def __str__(self) -> str:
        return f"{self.get_by_display()}: {self.get_result_display()}"
