"""Đợt giao ban, báo cáo và từng câu của báo cáo. What was sent is frozen; nothing here is ever deleted."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from soi.base.fields import NFCCharField, NFCTextField
from soi.base.text import cut
from soi.briefings.enums import LineChange, ReportState, Section
from soi.conferences.models import Conference
from soi.org.models import Organization

LONGEST_LINE = 4000


class BriefingRound(models.Model):
    """Đợt giao ban: a superior body asks those directly below for their report of a quarter, by a day."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="briefing_rounds")
    quarter = models.CharField("quý", max_length=7)
    due_on = models.DateField("hạn gửi báo cáo")
    opened_on = models.DateField("ngày mở")
    opener_label = NFCCharField("người mở", max_length=300)

    class Meta:
        ordering = ["-quarter", "organization__sort_key", "pk"]
        verbose_name = "đợt giao ban"
        constraints = [models.UniqueConstraint(fields=["organization", "quarter"], name="round_once")]

    def __str__(self) -> str:
        return f"{self.organization} {self.quarter}"


class BriefingReport(models.Model):
    """Báo cáo giao ban: one for each body and quarter.

    ``edition`` counts what was returned: the lines of an edition that was sent stay as they were for ever,
    and work goes on in a copy of them.
    """

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="briefing_reports")
    quarter = models.CharField("quý", max_length=7)
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.DRAFT)
    edition = models.PositiveSmallIntegerField("lần", default=1)
    as_of = models.DateField("số liệu tính đến ngày")
    composed_at = models.DateTimeField("soạn lúc")
    composer_label = NFCCharField("người soạn", max_length=300)
    sent_on = models.DateField("ngày gửi", null=True, blank=True)

    class Meta:
        ordering = ["-quarter", "organization__sort_key", "pk"]
        verbose_name = "báo cáo giao ban"
        constraints = [
            models.UniqueConstraint(fields=["organization", "quarter"], name="briefingreport_once"),
            models.CheckConstraint(
                condition=Q(state=ReportState.SENT, sent_on__isnull=False)
                | (~Q(state=ReportState.SENT) & Q(sent_on__isnull=True)),
                name="briefingreport_sent_has_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.quarter}"


class ReportLine(models.Model):
    """Một câu của báo cáo, with the records that its figures were counted from.

    ``composed`` is what the records said, ``text`` what stands there now; ``key`` names the sentence, so that
    composing again finds it (empty: somebody's own line). ``basis`` holds for each figure its words, their
    place in ``composed``, the list, the filter and the numbers of the records.
    """

    report = models.ForeignKey(BriefingReport, on_delete=models.PROTECT, related_name="lines")
    edition = models.PositiveSmallIntegerField()
    section = models.PositiveSmallIntegerField("phần", choices=Section.choices)
    order = models.PositiveIntegerField("thứ tự")
    key = models.CharField(max_length=80, blank=True)
    composed = NFCTextField("câu soạn từ hồ sơ", blank=True)
    text = NFCTextField("câu trong báo cáo")
    basis = models.JSONField("căn cứ", default=list)
    dropped = models.BooleanField("đã bỏ", default=False)
    change = models.CharField(max_length=10, choices=LineChange.choices, blank=True, default=LineChange.NONE)
    # Before the last composing; or, where somebody had edited the line, the sentence it offers instead.
    other_text = NFCTextField(blank=True)
    other_basis = models.JSONField(default=list)
    edited_at = models.DateTimeField("sửa lúc", null=True, blank=True)
    editor_label = NFCCharField("người sửa", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["section", "order", "pk"]
        verbose_name = "câu của báo cáo"
        constraints = [
            models.UniqueConstraint(
                fields=["report", "edition", "key"], condition=~Q(key=""), name="reportline_once"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="reportline_says_something"),
        ]

    def __str__(self) -> str:
        return cut(self.text)

    @property
    def is_own(self) -> bool:
        """Câu tự thêm, not composed from records."""
        return not self.key

    @property
    def is_edited(self) -> bool:
        """Câu soạn từ hồ sơ mà người lập đã sửa lời."""
        return bool(self.key) and self.text != self.composed


class Sending(models.Model):
    """Một lần gửi: the edition as it was sent, with the mark of its text; and why it was returned, if it was."""

    report = models.ForeignKey(BriefingReport, on_delete=models.PROTECT, related_name="sendings")
    edition = models.PositiveSmallIntegerField("lần")
    at = models.DateTimeField("gửi lúc")
    on = models.DateField("ngày gửi")
    sender_label = NFCCharField("người gửi", max_length=300)
    sha256 = models.CharField("dấu của văn bản", max_length=64)
    returned_on = models.DateField("ngày trả lại", null=True, blank=True)
    returner_label = NFCCharField("người trả lại", max_length=300, blank=True)
    reason = NFCTextField("lý do trả lại", blank=True)

    class Meta:
        ordering = ["edition"]
        verbose_name = "lần gửi"
        constraints = [
            models.UniqueConstraint(fields=["report", "edition"], name="sending_once"),
            models.CheckConstraint(
                condition=Q(returned_on__isnull=True) | (~Q(reason="") & ~Q(returner_label="")),
                name="sending_returned_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}.{self.edition} {self.on:%d/%m/%Y}"


class BriefingPaper(models.Model):
    """Tài liệu hội nghị: a sent report laid before a briefing conference, of its own body or of the superior."""

    report = models.ForeignKey(BriefingReport, on_delete=models.PROTECT, related_name="papers")
    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="briefing_papers")
    edition = models.PositiveSmallIntegerField()
    added_on = models.DateField("ngày đưa vào")
    adder_label = NFCCharField("người đưa vào", max_length=300)

    class Meta:
        ordering = ["report__organization__sort_key", "pk"]
        verbose_name = "báo cáo tại hội nghị"
        constraints = [models.UniqueConstraint(fields=["report", "conference"], name="briefingpaper_once")]

    def __str__(self) -> str:
        return f"{self.report_id} → {self.conference_id}"
