"""Đợt kiểm điểm, lịch của đợt, và danh sách: every body and person of the cycle, reviewed or with a reason."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from soi.base.fields import NFCCharField, NFCTextField
from soi.base.models import PersonView
from soi.org.models import Organization, Person, Post
from soi.reviews.enums import (
    CycleKind,
    CycleState,
    Exemption,
    Order,
    PersonGroup,
    ReviewKind,
    ReviewState,
    Step,
)


class Cycle(models.Model):
    """Đợt kiểm điểm: opened by a body for itself and all below it, about a period, under one rule pack.

    The period is half-open. ``listed_on`` is the day the list was drawn up for: who held which post and which
    bodies existed are asked of that day. ``classifications`` and ``with_persons`` say who belongs in the list,
    so that who is missing can be found later.
    """

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="cycles")
    kind = models.CharField("loại đợt", max_length=10, choices=CycleKind.choices)
    period = models.CharField("kỳ", max_length=20)
    start = models.DateField("từ ngày")
    end = models.DateField("đến trước ngày")
    title = NFCCharField("tên đợt", max_length=300)
    rule_pack = models.CharField("bộ quy định", max_length=40)
    order = models.CharField("thứ tự", max_length=12, choices=Order.choices, default=Order.BOTTOM_UP)
    listed_on = models.DateField("lập danh sách theo ngày")
    classifications = models.JSONField("loại tổ chức được kiểm điểm", default=list)
    with_persons = models.BooleanField("kiểm điểm cả cá nhân", default=True)
    state = models.CharField(max_length=6, choices=CycleState.choices, default=CycleState.OPEN)
    opened_on = models.DateField("ngày mở")
    opener_label = NFCCharField("người mở", max_length=300)
    closed_on = models.DateField("ngày kết thúc", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-start", "-pk"]
        verbose_name = "đợt kiểm điểm"
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="cycle_ends_after_start"),
            models.UniqueConstraint(
                fields=["organization", "kind", "period"],
                condition=~Q(kind=CycleKind.ON_DEMAND),
                name="cycle_once",
            ),
            models.CheckConstraint(
                condition=Q(state=CycleState.CLOSED, closed_on__isnull=False)
                | (~Q(state=CycleState.CLOSED) & Q(closed_on__isnull=True)),
                name="cycle_closed_has_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CycleStep(models.Model):
    """Bước của đợt và hạn của bước."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField("bước", max_length=12, choices=Step.choices)
    due_on = models.DateField("hạn")

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = "bước của đợt"
        constraints = [models.UniqueConstraint(fields=["cycle", "step"], name="cyclestep_once")]

    def __str__(self) -> str:
        return f"{self.step} {self.due_on}"


class Review(models.Model):
    """Kiểm điểm của một tập thể, or of a person in one place: a line of the list, then the text itself.

    ``organization`` is the collective, or the body where the person is reviewed; a leader who is reviewed in
    two places has two. ``exemption`` says why there is no review in this cycle: who is neither reviewed nor
    exempt does not stand in a list.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="reviews")
    kind = models.CharField(max_length=10, choices=ReviewKind.choices)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="reviews")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="reviews"
    )
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    post_label = NFCCharField("chức vụ", max_length=300, blank=True)
    group = models.CharField("nhóm", max_length=10, choices=PersonGroup.choices, blank=True)
    state = models.CharField(max_length=10, choices=ReviewState.choices, default=ReviewState.WAITING)
    exemption = models.CharField("lý do chưa kiểm điểm", max_length=10, choices=Exemption.choices, blank=True)
    exemption_note = NFCTextField("nói rõ lý do", blank=True)
    # Counts what was returned or corrected: a finalized edition stays as it was for ever.
    edition = models.PositiveSmallIntegerField("lần", default=1)
    as_of = models.DateField("số liệu tính đến ngày", null=True, blank=True)
    composed_at = models.DateTimeField("soạn lúc", null=True, blank=True)
    reminded_on = models.DateField("nhắc gần nhất ngày", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    person_view = PersonView(
        shown="Hồ sơ của tôi: các đợt kiểm điểm của tôi",
        answered="bản kiểm điểm là lời của chính người đó; lý do chưa kiểm điểm thì báo văn phòng sửa",
    )

    class Meta:
        ordering = ["kind", "organization__sort_key", "pk"]
        verbose_name = "kiểm điểm"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ReviewKind.COLLECTIVE, person__isnull=True, group="")
                | (Q(kind=ReviewKind.INDIVIDUAL, person__isnull=False) & ~Q(group="")),
                name="review_of_a_person_or_a_body",
            ),
            models.UniqueConstraint(
                fields=["cycle", "organization"],
                condition=Q(kind=ReviewKind.COLLECTIVE),
                name="review_collective_once",
            ),
            models.UniqueConstraint(
                fields=["cycle", "organization", "person"],
                condition=Q(kind=ReviewKind.INDIVIDUAL),
                name="review_individual_once",
            ),
            models.CheckConstraint(
                condition=Q(exemption="") | Q(state=ReviewState.WAITING), name="review_exempt_is_not_written"
            ),
            models.CheckConstraint(
                condition=~Q(exemption=Exemption.OTHER) | ~Q(exemption_note=""),
                name="review_other_reason_is_said",
            ),
        ]
        indexes = [models.Index(fields=["cycle", "kind", "state"]), models.Index(fields=["person", "cycle"])]

    def __str__(self) -> str:
        return f"{self.organization_id} {self.person_id or ''}".strip()
