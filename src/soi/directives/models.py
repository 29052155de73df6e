"""Văn bản chỉ đạo, nơi nhận, quán triệt, cụ thể hóa. What was issued and acknowledged is never deleted."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from soi.base.fields import NFCCharField, NFCTextField
from soi.base.models import PersonView
from soi.directives.enums import DirectiveKind, DisseminationForm, ElaborationKind
from soi.documents.models import Passage, Source
from soi.org.models import Organization, Person

_OWN_WORDS = "chính người đó ghi; ghi thêm một lần quán triệt để bổ sung"


class Directive(models.Model):
    """Văn bản chỉ đạo: issued by one body, binding those it is addressed to.

    ``elaborates`` is the place above whose call this paper answers; ``root`` the paper at the top of the
    cascade (empty where this is the top), so that a whole cascade is read in one query.
    """

    issuer = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="directives_issued")
    kind = models.CharField("loại", max_length=20, choices=DirectiveKind.choices)
    number = NFCCharField("số, ký hiệu", max_length=60)
    title = NFCCharField("trích yếu", max_length=500)
    summary = NFCTextField("nội dung chính", blank=True)
    issued_on = models.DateField("ngày ban hành")
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="directives"
    )
    elaborates = models.ForeignKey(
        "Addressee", on_delete=models.PROTECT, null=True, blank=True, related_name="own_directives"
    )
    root = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="cascade")
    acknowledge_by = models.DateField("hạn xác nhận đã nhận", null=True, blank=True)
    study_by = models.DateField("hạn quán triệt", null=True, blank=True)
    elaborate_by = models.DateField("hạn cụ thể hóa", null=True, blank=True)
    ended_on = models.DateField("ngày hết hiệu lực", null=True, blank=True)
    end_reason = NFCCharField("lý do hết hiệu lực", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    search_key = models.TextField(editable=False)

    class Meta:
        ordering = ["-issued_on", "-pk"]
        verbose_name = "văn bản chỉ đạo"
        indexes = [models.Index(fields=["issuer", "-issued_on"], name="directive_of_body")]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="directive_has_a_title"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("issued_on")),
                name="directive_ends_after_issue",
            ),
            # Pressed twice, issued once.
            models.UniqueConstraint(
                fields=["issuer", "kind", "number", "issued_on"],
                condition=~Q(number=""),
                name="directive_number_once",
            ),
        ]

    def __str__(self) -> str:
        head = f"{self.get_kind_display()} {self.number}".strip()
        return f"{head}: {self.title}"

    @property
    def short_label(self) -> str:
        """Gọi ngắn: kind and number; the beginning of the title where it has no number."""
        return f"{self.get_kind_display()} {self.number or self.title[:60]}"


class DirectivePoint(models.Model):
    """Điểm của văn bản: a numbered point that tasks can answer to, with its passage."""

    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="points")
    number = NFCCharField("điểm", max_length=20)
    statement = NFCTextField("nội dung")
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name = "điểm của văn bản"
        constraints = [
            models.UniqueConstraint(fields=["directive", "number"], name="directivepoint_numbered_once")
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.statement}"[:80]


class Addressee(models.Model):
    """Nơi nhận: one body that a directive binds, and the days on which it did what was asked.

    The days are what every figure is worked out from, so late is late as of any date.
    """

    directive = models.ForeignKey(Directive, on_delete=models.PROTECT, related_name="addressees")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="directives")
    added_on = models.DateField("ngày gửi")
    acknowledged_on = models.DateField("ngày xác nhận đã nhận", null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="acknowledgements"
    )
    acknowledger_label = NFCCharField("người xác nhận", max_length=300, blank=True)
    # The first day of each; the rows that prove them are Dissemination and Elaboration.
    studied_on = models.DateField("ngày quán triệt", null=True, blank=True)
    elaborated_on = models.DateField("ngày cụ thể hóa", null=True, blank=True)
    reminded_on = models.DateField("ngày nhắc gần nhất", null=True, blank=True)
    reminders = models.PositiveSmallIntegerField("số lần nhắc", default=0)

    person_view = PersonView(
        shown="Hồ sơ của tôi: văn bản đã xác nhận", answered="báo người lập hồ sơ của tổ chức sửa lại"
    )

    class Meta:
        ordering = ["organization__sort_key", "pk"]
        verbose_name = "nơi nhận"
        indexes = [models.Index(fields=["organization", "directive"], name="addressee_of_body")]
        constraints = [
            models.UniqueConstraint(fields=["directive", "organization"], name="addressee_once"),
            models.CheckConstraint(
                condition=Q(acknowledged_on__isnull=True) | ~Q(acknowledger_label=""),
                name="addressee_acknowledged_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.directive_id} → {self.organization_id}"


class Dissemination(models.Model):
    """Quán triệt: one occasion on which a body studied the directive: how, when, how many of how many."""

    addressee = models.ForeignKey(Addressee, on_delete=models.PROTECT, related_name="disseminations")
    on = models.DateField("ngày")
    form = models.CharField("hình thức", max_length=20, choices=DisseminationForm.choices)
    expected = models.PositiveIntegerField("số người phải dự")
    attended = models.PositiveIntegerField("số người dự")
    note = NFCTextField("nội dung, cách làm", blank=True)
    evidence = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reported_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="disseminations"
    )
    reporter_label = NFCCharField(max_length=300)

    person_view = PersonView(shown="Hồ sơ của tôi: văn bản đã báo cáo quán triệt", answered=_OWN_WORDS)

    class Meta:
        ordering = ["on", "pk"]
        verbose_name = "quán triệt"
        constraints = [
            models.CheckConstraint(
                condition=Q(attended__lte=F("expected")) & Q(expected__gt=0),
                name="dissemination_at_most_all",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_form_display()} {self.on:%d/%m/%Y}"


class Elaboration(models.Model):
    """Cụ thể hóa: what the body turned the directive into; a programme points here from the room of work."""

    addressee = models.ForeignKey(Addressee, on_delete=models.PROTECT, related_name="elaborations")
    kind = models.CharField("cách", max_length=20, choices=ElaborationKind.choices)
    on = models.DateField("ngày")
    directive = models.ForeignKey(
        Directive, on_delete=models.PROTECT, null=True, blank=True, related_name="elaboration_of"
    )
    note = NFCTextField("ghi chú", blank=True)
    reporter_label = NFCCharField(max_length=300)

    class Meta:
        ordering = ["on", "pk"]
        verbose_name = "cụ thể hóa"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ElaborationKind.DIRECTIVE, directive__isnull=False)
                | (~Q(kind=ElaborationKind.DIRECTIVE) & Q(directive__isnull=True)),
                name="elaboration_directive_by_kind",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ElaborationKind.NOT_NEEDED) | ~Q(note=""),
                name="elaboration_not_needed_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on:%d/%m/%Y}"
