"""Gợi ý kiểm điểm của cấp trên và giải trình."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from soi.base.fields import NFCCharField, NFCTextField
from soi.base.text import cut
from soi.findings.models import Finding
from soi.org.models import Organization
from soi.reviews.enums import Verdict
from soi.reviews.models.cycle import Review


class Prompt(models.Model):
    """Gợi ý kiểm điểm: what the level directly above asks a collective or a person to explain.

    Prepared until ``sent_on``; then it never changes. It may point at a finding.
    """

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="prompts")
    issuer = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="prompts_given")
    number = models.PositiveSmallIntegerField("số thứ tự")
    text = NFCTextField("nội dung gợi ý")
    finding = models.ForeignKey(
        Finding, on_delete=models.PROTECT, null=True, blank=True, related_name="prompts"
    )
    author_label = NFCCharField("người lập", max_length=300)
    sent_on = models.DateField("ngày gửi", null=True, blank=True)
    sender_label = NFCCharField("người gửi", max_length=300, blank=True)
    withdrawn_on = models.DateField("ngày rút", null=True, blank=True)
    withdrawn_reason = NFCTextField("lý do rút", blank=True)
    withdrawer_label = NFCCharField("người rút", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["review", "number"]
        verbose_name = "gợi ý kiểm điểm"
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="prompt_number_once"),
            models.CheckConstraint(condition=~Q(text=""), name="prompt_says_something"),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | ~Q(withdrawn_reason=""), name="prompt_withdrawn_why"
            ),
        ]

    def __str__(self) -> str:
        return cut(self.text)


class Explanation(models.Model):
    """Giải trình một gợi ý: only added to; asked again, another one follows. The judgement stands beside it."""

    prompt = models.ForeignKey(Prompt, on_delete=models.PROTECT, related_name="explanations")
    text = NFCTextField("giải trình")
    on = models.DateField("ngày")
    at = models.DateTimeField("lúc")
    author_label = NFCCharField("người giải trình", max_length=300)
    verdict = models.CharField("cấp trên xem xét", max_length=10, choices=Verdict.choices, blank=True)
    verdict_reason = NFCTextField("ý kiến của cấp trên", blank=True)
    verdict_on = models.DateField("ngày xem xét", null=True, blank=True)
    judge_label = NFCCharField("người xem xét", max_length=300, blank=True)

    class Meta:
        ordering = ["prompt", "pk"]
        verbose_name = "giải trình"
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="explanation_says_something"),
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.AGAIN) | ~Q(verdict_reason=""), name="explanation_again_why"
            ),
        ]

    def __str__(self) -> str:
        return cut(self.text)
