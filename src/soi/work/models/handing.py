"""Bàn giao khi đổi người giữ chức, và việc làm hàng loạt có thể hoàn tác."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from soi.base.fields import NFCCharField
from soi.base.models import PersonView
from soi.org.models import Organization, Person, Post
from soi.work.enums import BulkKind
from soi.work.models.tasks import Task


class Handover(models.Model):
    """Bàn giao công việc: what a post still owed on the day its holder changed, signed by both."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="handovers")
    on = models.DateField("ngày bàn giao")
    outgoing = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="handovers_given")
    incoming = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="handovers_taken"
    )
    note = NFCCharField("ghi chú", max_length=500, blank=True)
    prepared_at = models.DateTimeField("lập lúc")
    signed_out_at = models.DateTimeField("người giao ký lúc", null=True, blank=True)
    # Who signed, as printed: the person, or a recorder on the person's behalf.
    signed_out_label = NFCCharField("người ký bên giao", max_length=300, blank=True)
    signed_in_at = models.DateTimeField("người nhận ký lúc", null=True, blank=True)
    signed_in_label = NFCCharField("người ký bên nhận", max_length=300, blank=True)

    person_view = PersonView(
        shown="Việc của tôi: biên bản bàn giao có tên mình", answered="ký hoặc ghi chú trước khi ký"
    )

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name = "bàn giao"
        constraints = [
            models.UniqueConstraint(fields=["post", "on", "outgoing"], name="handover_once"),
            models.CheckConstraint(
                condition=Q(signed_in_at__isnull=True)
                | Q(signed_out_at__isnull=False, incoming__isnull=False),
                name="handover_given_before_taken",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.on:%d/%m/%Y}"


class HandoverItem(models.Model):
    """Một nhiệm vụ trong biên bản bàn giao, as it stood on that day."""

    handover = models.ForeignKey(Handover, on_delete=models.CASCADE, related_name="items")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="handovers")
    percent = models.PositiveSmallIntegerField()
    due_on = models.DateField()

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = "nhiệm vụ bàn giao"
        constraints = [models.UniqueConstraint(fields=["handover", "task"], name="handoveritem_once")]

    def __str__(self) -> str:
        return f"{self.handover_id}: {self.task_id}"


class BulkChange(models.Model):
    """Việc làm hàng loạt: one change of many tasks, which its author can take back."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=BulkKind.choices)
    at = models.DateTimeField("lúc")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    author_label = NFCCharField(max_length=300)
    undone_at = models.DateTimeField("hoàn tác lúc", null=True, blank=True)

    person_view = PersonView(shown="chính người đó làm; thấy nút hoàn tác", answered="hoàn tác")

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = "việc làm hàng loạt"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%d/%m/%Y %H:%M}"


class BulkItem(models.Model):
    """Một nhiệm vụ đã đổi: its old values, and its version after, so that a later change is not undone."""

    change = models.ForeignKey(BulkChange, on_delete=models.CASCADE, related_name="items")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="+")
    old = models.JSONField()
    version_after = models.PositiveIntegerField()

    class Meta:
        verbose_name = "nhiệm vụ đã đổi"
        constraints = [models.UniqueConstraint(fields=["change", "task"], name="bulkitem_once")]

    def __str__(self) -> str:
        return f"{self.change_id}: {self.task_id}"
