"""Bảng nhập: one uploaded sheet of tasks, row by row, from the trial to the writing.

The state is kept here, so that the writing goes on after a closed page or a restart.
"""

from __future__ import annotations

from django.db import models

from soi.base.fields import NFCCharField
from soi.intake.sheets.enums import Fate, SheetState
from soi.org.models import Organization
from soi.work.models import Programme, Task


class Sheet(models.Model):
    """Một lần nhập bảng, on behalf of ``organization``, which gives the tasks."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="sheets")
    # Empty until the writing begins, where the programme is a new one.
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, null=True, blank=True, related_name="sheets"
    )
    title = NFCCharField("tên chương trình", max_length=300)
    period = models.CharField("kỳ", max_length=7)
    state = models.CharField(max_length=20, choices=SheetState.choices, default=SheetState.CHECKED)
    file_name = NFCCharField("tên tệp", max_length=200)
    sha256 = models.CharField(max_length=64)
    sheet_name = NFCCharField("trang tính", max_length=100)
    heading_row = models.PositiveIntegerField()
    # Key of each known column to its place in the sheet, from 0; and headings that mean nothing here.
    columns = models.JSONField()
    ignored = models.JSONField(default=list)
    # Kept beside the rows, for the list of sheets: ten thousand rows are not counted for one line of it.
    total = models.PositiveIntegerField("số dòng", default=0)
    wrong = models.PositiveIntegerField("số dòng lỗi", default=0)
    written = models.PositiveIntegerField("số dòng đã ghi", default=0)
    created_at = models.DateTimeField("lập lúc")
    created_by = NFCCharField("người lập", max_length=200)
    started_at = models.DateTimeField("bắt đầu ghi lúc", null=True, blank=True)
    started_by = NFCCharField("người xác nhận", max_length=200, blank=True)
    ended_at = models.DateTimeField("xong lúc", null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = "bảng nhập"

    def __str__(self) -> str:
        return self.file_name


class SheetRow(models.Model):
    """Một dòng: ``cells`` as they stood in the file, ``values`` what they mean, ``mistakes`` by column."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="rows", db_index=False)
    number = models.PositiveIntegerField()
    fate = models.SmallIntegerField(choices=Fate.choices)
    cells = models.JSONField()
    values = models.JSONField()
    changed = models.JSONField(default=list)
    mistakes = models.JSONField(default=dict)
    # The date is behind us: once written, the task is overdue at once.
    past = models.BooleanField(default=False)
    task = models.ForeignKey(Task, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    written = models.BooleanField(default=False)

    class Meta:
        ordering = ["sheet", "fate", "number"]
        verbose_name = "dòng của bảng nhập"
        constraints = [models.UniqueConstraint(fields=["sheet", "number"], name="sheetrow_once")]
        indexes = [models.Index(fields=["sheet", "fate", "number"], name="sheetrow_by_fate")]

    def __str__(self) -> str:
        return f"{self.sheet_id}: {self.number}"
