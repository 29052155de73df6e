"""Chương trình công tác và nhiệm vụ. A task without one accountable post, a deliverable and a date does not exist."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q

from soi.base.fields import NFCCharField, NFCTextField
from soi.base.text import cut
from soi.directives.models import Addressee, Directive
from soi.documents.models import Source
from soi.org.enums import WorkArea
from soi.org.models import Organization, Post
from soi.work.enums import LateCause, Origin, Standing, TaskState


class Programme(models.Model):
    """Chương trình, kế hoạch công tác của một tổ chức cho một kỳ ("2021", "2021-Q4")."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="programmes")
    title = NFCCharField("tên chương trình", max_length=300)
    period = models.CharField("kỳ", max_length=7)
    elaborates = models.ForeignKey(
        Addressee, on_delete=models.PROTECT, null=True, blank=True, related_name="programmes"
    )
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="programmes"
    )
    created_on = models.DateField("ngày lập")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-period", "organization__sort_key", "pk"]
        verbose_name = "chương trình công tác"
        constraints = [
            models.UniqueConstraint(fields=["organization", "period", "title"], name="programme_once"),
            models.CheckConstraint(condition=~Q(title=""), name="programme_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.title


class Task(models.Model):
    """Nhiệm vụ: one accountable post (the person follows from the day), a deliverable, a date.

    ``organization`` is the body of the accountable post; ``assigned_by`` the body that gave the task and
    judges its result.
    """

    # The indexes below begin with these three; indexes of their own would only slow each change down.
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="tasks", db_index=False
    )
    assigned_by = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="tasks_given", db_index=False
    )
    accountable_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="tasks", db_index=False)
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="subtasks"
    )
    origin = models.CharField("nguồn gốc", max_length=20, choices=Origin.choices, default=Origin.AD_HOC)
    directive = models.ForeignKey(
        Directive, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    code = NFCCharField("mã", max_length=40, blank=True)
    area = models.CharField("lĩnh vực", max_length=20, choices=WorkArea.choices)
    statement = NFCTextField("nhiệm vụ")
    deliverable = NFCTextField("sản phẩm, kết quả")
    target = models.DecimalField("chỉ tiêu", max_digits=14, decimal_places=2, null=True, blank=True)
    unit = NFCCharField("đơn vị tính", max_length=40, blank=True)
    weight = models.PositiveSmallIntegerField("trọng số", default=1)
    start_on = models.DateField("ngày bắt đầu")
    due_on = models.DateField("thời hạn")
    created_on = models.DateField("ngày giao")
    state = models.CharField("trạng thái", max_length=20, choices=TaskState.choices, default=TaskState.ACTIVE)
    # The state, with "done" told apart; written together with it, and what every figure counts.
    standing = models.CharField(
        "kết quả", max_length=20, choices=Standing.choices, default=Standing.ACTIVE, editable=False
    )
    percent = models.PositiveSmallIntegerField("phần trăm", default=0)
    value = models.DecimalField("kết quả đo được", max_digits=14, decimal_places=2, null=True, blank=True)
    # The day on which the accountable post says it was finished; late is judged by this day.
    reported_on = models.DateField("ngày báo cáo xong", null=True, blank=True)
    closed_on = models.DateField("ngày đánh giá", null=True, blank=True)
    late_cause = models.CharField(
        "nguyên nhân chậm", max_length=10, choices=LateCause.choices, blank=True, default=""
    )
    cancel_reason = NFCTextField("lý do hủy", blank=True)
    reminded_on = models.DateField("ngày nhắc gần nhất", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    search_key = models.TextField(editable=False)

    # Read with a task that is about to change (``changing.fresh``): the last date of its open sub-tasks.
    parts_due: dt.date | None

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = "nhiệm vụ"
        indexes = [
            models.Index(fields=["organization", "due_on", "id"], name="task_of_body"),
            models.Index(fields=["accountable_post", "state", "due_on"], name="task_due"),
            models.Index(fields=["assigned_by", "state", "due_on"], name="task_given"),
            models.Index(fields=["due_on", "id"], name="task_by_day"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(statement="") & ~Q(deliverable=""), name="task_is_concrete"),
            models.CheckConstraint(condition=Q(due_on__gte=F("start_on")), name="task_due_after_start"),
            models.CheckConstraint(condition=Q(weight__gte=1, weight__lte=10), name="task_weight_1_to_10"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="task_at_most_100"),
            models.CheckConstraint(
                # What failed may never have been reported.
                condition=Q(state__in=[TaskState.ACTIVE, TaskState.FAILED, TaskState.CANCELLED])
                | Q(reported_on__isnull=False),
                name="task_reported_has_day",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[TaskState.ACTIVE, TaskState.REPORTED], closed_on__isnull=True)
                | (~Q(state__in=[TaskState.ACTIVE, TaskState.REPORTED]) & Q(closed_on__isnull=False)),
                name="task_closed_has_day",
            ),
            models.CheckConstraint(
                condition=Q(state=TaskState.DONE, standing__in=[Standing.EXCEEDED, Standing.ON_TIME])
                | Q(state=TaskState.DONE, standing=Standing.LATE, reported_on__gt=F("due_on"))
                | (~Q(state=TaskState.DONE) & Q(standing=F("state"))),
                name="task_standing_fits_state",
            ),
            models.CheckConstraint(
                condition=~Q(standing=Standing.LATE) | ~Q(late_cause=""), name="task_late_has_cause"
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=True, unit="") | (Q(target__isnull=False) & ~Q(unit="")),
                name="task_target_has_unit",
            ),
            models.CheckConstraint(
                condition=~Q(state=TaskState.CANCELLED) | ~Q(cancel_reason=""),
                name="task_cancelled_has_reason",
            ),
            # The same line of the same sheet never becomes two tasks.
            models.UniqueConstraint(
                fields=["assigned_by", "code"], condition=~Q(code=""), name="task_code_once"
            ),
        ]

    def __str__(self) -> str:
        return cut(self.statement)

    def is_overdue(self, today: dt.date) -> bool:
        """Quá hạn: still to be done after its date."""
        return self.state == TaskState.ACTIVE and self.due_on < today


class FormerPost(models.Model):
    """Chức vụ đã chịu trách nhiệm trước khi nhiệm vụ được chuyển đi: whoever held it is still no outsider."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="former_posts")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    until = models.DateField("chuyển đi ngày")

    class Meta:
        ordering = ["pk"]
        verbose_name = "chức vụ đã chịu trách nhiệm"

    def __str__(self) -> str:
        return f"{self.task_id}: {self.post_id} {self.until:%d/%m/%Y}"


class Contributor(models.Model):
    """Phối hợp: a body that helps, by a post where one is named."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="contributors")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="contributions")
    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="contributions"
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = "phối hợp"
        constraints = [models.UniqueConstraint(fields=["task", "organization"], name="contributor_once")]

    def __str__(self) -> str:
        return f"{self.task_id}: {self.organization_id}"
