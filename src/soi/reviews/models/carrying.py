"""Hạn chế, khuyết điểm chuyển sang: what was still open when the period began, one year older each time."""

from __future__ import annotations

from django.db import models

from soi.base.fields import NFCCharField, NFCTextField
from soi.findings.enums import FindingState
from soi.findings.models import Finding
from soi.reviews.models.cycle import Review


class Carried(models.Model):
    """Mục chuyển sang: a finding of an earlier period, open when this one began, and what became of it.

    Whether it is mended follows from the finding itself; nobody can say so here. ``times`` counts the cycles
    of the same kind it has been carried into, this one included.
    """

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="carried")
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="carried_into")
    state_then = models.CharField(max_length=20, choices=FindingState.choices)
    times = models.PositiveSmallIntegerField("lần thứ", default=1)
    answer = NFCTextField("kết quả khắc phục, minh chứng", blank=True)
    why_not = NFCTextField("vì sao chưa khắc phục xong", blank=True)
    answered_at = models.DateTimeField("ghi lúc", null=True, blank=True)
    author_label = NFCCharField("người ghi", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["review", "finding__found_on", "pk"]
        verbose_name = "mục chuyển sang"
        constraints = [models.UniqueConstraint(fields=["review", "finding"], name="carried_once")]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.finding_id}"
