"""Lời văn: paragraphs with their basis, every wording they ever had, and the editions that were finalized."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from soi.base.fields import NFCCharField, NFCTextField
from soi.base.text import cut
from soi.org.models import Post
from soi.reviews.enums import Change, PersonalSection, Section
from soi.reviews.models.cycle import Review
from soi.work.models import Task

LONGEST_PARAGRAPH = 8000


class Paragraph(models.Model):
    """Một đoạn của bản kiểm điểm, with the records that its figures were counted from.

    ``composed`` is what the records said, ``text`` what stands there now; ``key`` names the sentence, so that
    composing again finds it (empty: the author's own). ``basis`` as in a briefing report.
    """

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="paragraphs")
    edition = models.PositiveSmallIntegerField()
    section = models.PositiveSmallIntegerField("phần", choices=[*Section.choices, *PersonalSection.choices])
    order = models.PositiveIntegerField("thứ tự")
    key = models.CharField(max_length=80, blank=True)
    composed = NFCTextField("câu soạn từ hồ sơ", blank=True)
    text = NFCTextField("lời văn")
    basis = models.JSONField("căn cứ", default=list)
    dropped = models.BooleanField("đã bỏ", default=False)
    change = models.CharField(max_length=10, choices=Change.choices, blank=True, default=Change.NONE)
    other_text = NFCTextField(blank=True)
    other_basis = models.JSONField(default=list)
    edited_at = models.DateTimeField("sửa lúc", null=True, blank=True)
    editor_label = NFCCharField("người sửa", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["section", "order", "pk"]
        verbose_name = "đoạn"
        constraints = [
            models.UniqueConstraint(
                fields=["review", "edition", "key"], condition=~Q(key=""), name="paragraph_once"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="paragraph_says_something"),
        ]

    def __str__(self) -> str:
        return cut(self.text)


class Wording(models.Model):
    """Một lời văn đã có của đoạn: nothing anybody wrote is ever lost.

    ``version`` is the paragraph's version it made; ``aside``: it was based on an older version and could not be
    joined with what somebody else had written, so it waits beside the paragraph until ``settled``.
    """

    paragraph = models.ForeignKey(Paragraph, on_delete=models.PROTECT, related_name="wordings")
    version = models.PositiveIntegerField()
    based_on = models.PositiveIntegerField(default=0)
    text = NFCTextField("lời văn", blank=True)
    at = models.DateTimeField("lúc")
    editor_label = NFCCharField("người viết", max_length=300)
    aside = models.BooleanField("chờ ghép", default=False)
    settled = models.BooleanField("đã xem", default=False)

    class Meta:
        ordering = ["paragraph", "pk"]
        verbose_name = "lời văn đã có"

    def __str__(self) -> str:
        return cut(self.text)


class Measure(models.Model):
    """Biện pháp của phần phương hướng: one accountable post, a deliverable and a date (R2).

    When the review is finalized it becomes a task of the next period by itself.
    """

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="measures")
    edition = models.PositiveSmallIntegerField()
    statement = NFCTextField("biện pháp")
    deliverable = NFCCharField("kết quả phải có", max_length=500)
    accountable_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    area = models.CharField("lĩnh vực", max_length=20)
    due_on = models.DateField("hạn")
    # Later editions carry the same task on.
    task = models.ForeignKey(Task, on_delete=models.PROTECT, null=True, blank=True, related_name="measures")
    dropped = models.BooleanField("đã bỏ", default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["review", "due_on", "pk"]
        verbose_name = "biện pháp"
        constraints = [
            models.CheckConstraint(
                condition=~Q(statement="") & ~Q(deliverable=""), name="measure_says_what_and_with_what_result"
            )
        ]

    def __str__(self) -> str:
        return cut(self.statement)


class Finalization(models.Model):
    """Một lần chốt: the edition as it was finalized, with the mark of its text; what the superior decided.

    ``text`` is the whole of it in one form (``logic.canon``), carried rows and explanations included, so that it
    can be read and its mark proven whatever comes later. A correction is told by the edition it replaces.
    """

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="finalizations")
    edition = models.PositiveSmallIntegerField("lần")
    at = models.DateTimeField("chốt lúc")
    on = models.DateField("ngày chốt")
    finalizer_label = NFCCharField("người chốt", max_length=300)
    sha256 = models.CharField("dấu của văn bản", max_length=64)
    text = NFCTextField("toàn văn khi chốt")
    decided_on = models.DateField("ngày cấp trên xem xét", null=True, blank=True)
    decider_label = NFCCharField("người xem xét", max_length=300, blank=True)
    approved = models.BooleanField("được duyệt", null=True, blank=True)
    reason = NFCTextField("lý do trả lại", blank=True)
    corrected_on = models.DateField("ngày đính chính", null=True, blank=True)
    corrector_label = NFCCharField("người đính chính", max_length=300, blank=True)
    correction_reason = NFCTextField("lý do đính chính", blank=True)

    class Meta:
        ordering = ["review", "edition"]
        verbose_name = "lần chốt"
        constraints = [
            models.UniqueConstraint(fields=["review", "edition"], name="finalization_once"),
            models.CheckConstraint(
                condition=Q(approved__isnull=True, decided_on__isnull=True)
                | (Q(approved__isnull=False, decided_on__isnull=False) & ~Q(decider_label="")),
                name="finalization_decided_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(approved=False) | ~Q(reason=""), name="finalization_returned_why"
            ),
            models.CheckConstraint(
                condition=Q(corrected_on__isnull=True) | (~Q(correction_reason="") & ~Q(corrector_label="")),
                name="finalization_corrected_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review_id} {self.edition}"
