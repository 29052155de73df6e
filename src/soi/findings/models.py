"""Ưu điểm, hạn chế, khuyết điểm và việc khắc phục. Nothing here is ever deleted; the database refuses it."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q

from soi.base.fields import NFCCharField, NFCTextField
from soi.base.models import PersonView
from soi.base.text import cut
from soi.documents.models import Passage, Source
from soi.findings.enums import (
    BodyRole,
    CauseKind,
    FindingKind,
    FindingState,
    LinkState,
    Outcome,
    RemedyState,
    ResponsibilityKind,
)
from soi.org.enums import WorkArea
from soi.org.models import Organization, Person, Post
from soi.work.models import Task

_SEES_FINDING = "thấy toàn bộ nội dung trong Việc của tôi và Hồ sơ của tôi"
_ANSWERS = "ghi ý kiến của mình dưới nội dung; ý kiến đi kèm mọi nơi nội dung hiện ra"


class Finding(models.Model):
    """Nội dung đánh giá: one strength, limitation or shortcoming of a body, with the words it comes from."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="findings")
    kind = models.CharField("loại", max_length=20, choices=FindingKind.choices)
    statement = NFCTextField("nội dung")
    area = models.CharField("lĩnh vực", max_length=20, choices=WorkArea.choices)
    found_on = models.DateField("ngày nêu")
    # "2021-Q4": counted by quarter without touching the date of every row.
    quarter = models.CharField(max_length=7, editable=False)
    state = models.CharField("trạng thái", max_length=20, choices=FindingState.choices)
    # The earliest date due among remedies not yet confirmed; kept by the actions for lists and overdue marks.
    due_on = models.DateField("hạn khắc phục", null=True, blank=True)
    mended_on = models.DateField("ngày xác nhận khắc phục", null=True, blank=True)
    recurrent = models.BooleanField("lặp lại", default=False)
    passage = models.ForeignKey(
        Passage, on_delete=models.PROTECT, related_name="findings", null=True, blank=True
    )
    version = models.PositiveIntegerField(default=1)
    exact_key = models.TextField(editable=False)
    search_key = models.TextField(editable=False)

    class Meta:
        ordering = ["-found_on", "-pk"]
        verbose_name = "nội dung đánh giá"
        indexes = [
            models.Index(fields=["organization", "-found_on", "-id"], name="finding_of_body"),
            models.Index(fields=["-found_on", "-id"], name="finding_newest"),
            models.Index(fields=["state", "due_on"], name="finding_due"),
            # Holds all that the picture and the figures count: the long texts are not read for them.
            models.Index(
                fields=["area", "quarter", "kind", "state", "due_on", "recurrent", "organization"],
                name="finding_picture",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=FindingKind.STRENGTH, state=FindingState.NOTED)
                | (~Q(kind=FindingKind.STRENGTH) & ~Q(state=FindingState.NOTED)),
                name="finding_state_fits_kind",
            ),
            models.CheckConstraint(
                condition=Q(state=FindingState.MENDED, mended_on__isnull=False)
                | (~Q(state=FindingState.MENDED) & Q(mended_on__isnull=True)),
                name="finding_mended_has_day",
            ),
            models.CheckConstraint(condition=~Q(statement=""), name="finding_says_something"),
        ]

    def __str__(self) -> str:
        return cut(self.statement)


class FindingBody(models.Model):
    """Tổ chức của nội dung: the body reviewed (always one) and the bodies concerned."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="bodies")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=BodyRole.choices)
    as_written = NFCCharField("như trong văn bản", max_length=300, blank=True)

    class Meta:
        verbose_name = "tổ chức liên quan"
        indexes = [models.Index(fields=["organization", "finding"], name="findingbody_reach")]
        constraints = [
            models.UniqueConstraint(fields=["finding", "organization"], name="findingbody_once"),
            models.UniqueConstraint(
                fields=["finding"], condition=Q(role=BodyRole.OWNER), name="findingbody_one_owner"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.finding_id}: {self.organization_id}"


class Cause(models.Model):
    """Nguyên nhân, external or own."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="causes")
    kind = models.CharField("loại", max_length=20, choices=CauseKind.choices)
    statement = NFCTextField("nguyên nhân")
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name = "nguyên nhân"

    def __str__(self) -> str:
        return self.statement


class Responsibility(models.Model):
    """Trách nhiệm: a collective, or a person in the post held on the day of the finding."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="responsibilities")
    kind = models.CharField("của", max_length=20, choices=ResponsibilityKind.choices)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="responsibilities"
    )

    person_view = PersonView(shown=_SEES_FINDING, answered=_ANSWERS)

    class Meta:
        ordering = ["pk"]
        verbose_name = "trách nhiệm"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ResponsibilityKind.COLLECTIVE, person__isnull=True)
                | (~Q(kind=ResponsibilityKind.COLLECTIVE) & Q(person__isnull=False, post__isnull=False)),
                name="responsibility_person_by_post",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.organization_id}"


class Remedy(models.Model):
    """Biện pháp khắc phục: exactly one accountable post, a deliverable and a date, or it does not exist."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="remedies")
    statement = NFCTextField("biện pháp")
    accountable_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="remedies")
    deliverable = NFCTextField("sản phẩm, kết quả")
    due_on = models.DateField("thời hạn")
    created_on = models.DateField("ngày giao")
    state = models.CharField(max_length=20, choices=RemedyState.choices, default=RemedyState.ACTIVE)
    reported_on = models.DateField("ngày báo cáo xong", null=True, blank=True)
    # Where it entered a programme of work: one task does it.
    task = models.OneToOneField(Task, on_delete=models.PROTECT, null=True, blank=True, related_name="remedy")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = "biện pháp khắc phục"
        indexes = [models.Index(fields=["accountable_post", "state", "due_on"], name="remedy_due")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(statement="") & ~Q(deliverable=""), name="remedy_is_concrete"
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("created_on")), name="remedy_due_after_start"),
        ]

    def __str__(self) -> str:
        return cut(self.statement)

    def is_overdue(self, today: dt.date) -> bool:
        """Quá hạn: still active after its date."""
        return self.state == RemedyState.ACTIVE and self.due_on < today


class RemedyChange(models.Model):
    """Điều chỉnh biện pháp: another accountable post or another date, why, and by whom.

    What was asked before stays to be read, and whoever held the earlier post is still no outsider.
    """

    remedy = models.ForeignKey(Remedy, on_delete=models.PROTECT, related_name="changes")
    on = models.DateField("ngày")
    reason = NFCTextField("lý do")
    old_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    new_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    old_due_on = models.DateField("thời hạn cũ")
    new_due_on = models.DateField("thời hạn mới")
    author_label = NFCCharField("người quyết định", max_length=300)

    class Meta:
        ordering = ["pk"]
        verbose_name = "điều chỉnh biện pháp"
        constraints = [
            models.CheckConstraint(
                condition=~Q(old_post=F("new_post")) | ~Q(old_due_on=F("new_due_on")),
                name="remedychange_changes_something",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="remedychange_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.remedy_id} {self.on:%d/%m/%Y}"


class RemedyProgress(models.Model):
    """Tiến độ: what was done, how far it is, and the proof."""

    remedy = models.ForeignKey(Remedy, on_delete=models.PROTECT, related_name="progress")
    on = models.DateField("ngày")
    percent = models.PositiveSmallIntegerField("phần trăm")
    note = NFCTextField("kết quả, khó khăn")
    evidence = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reported_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="progress_reports"
    )
    reporter_label = NFCCharField(max_length=300)

    person_view = PersonView(shown=_SEES_FINDING, answered="chính người đó viết; báo cáo tiếp để bổ sung")

    class Meta:
        ordering = ["on", "pk"]
        verbose_name = "báo cáo tiến độ"
        constraints = [models.CheckConstraint(condition=Q(percent__lte=100), name="progress_at_most_100")]

    def __str__(self) -> str:
        return f"{self.percent}% {self.on:%d/%m/%Y}"


class Verification(models.Model):
    """Xác nhận: somebody other than the accountable person says whether it is mended."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="verifications")
    outcome = models.CharField("kết quả", max_length=20, choices=Outcome.choices)
    on = models.DateField("ngày")
    note = NFCTextField("nhận xét")
    evidence = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    verifier = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="verifications")
    verifier_label = NFCCharField(max_length=300)

    person_view = PersonView(shown=_SEES_FINDING, answered="chính người đó viết")

    class Meta:
        ordering = ["on", "pk"]
        verbose_name = "xác nhận khắc phục"

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} {self.on:%d/%m/%Y}"


class Answer(models.Model):
    """Ý kiến của người được nêu: travels with the finding wherever it is shown."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="answers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="answers")
    at = models.DateTimeField("lúc")
    text = NFCTextField("ý kiến")

    person_view = PersonView(shown=_SEES_FINDING, answered="chính người đó viết")

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = "ý kiến của người được nêu"

    def __str__(self) -> str:
        return self.text[:80]


class RecurrenceLink(models.Model):
    """Nghi lặp lại: this finding looks like an earlier one; a person confirms or rejects it."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="links_back")
    earlier = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="links_forward")
    similarity = models.PositiveSmallIntegerField("giống nhau (phần trăm)")
    same_body = models.BooleanField("cùng đơn vị")
    state = models.CharField(max_length=20, choices=LinkState.choices, default=LinkState.PROPOSED)
    decided_by = NFCCharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-similarity", "pk"]
        verbose_name = "liên kết lặp lại"
        constraints = [
            models.UniqueConstraint(fields=["finding", "earlier"], name="recurrencelink_once"),
            models.CheckConstraint(condition=~Q(finding=F("earlier")), name="recurrencelink_not_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.finding_id} ~ {self.earlier_id} ({self.similarity}%)"
