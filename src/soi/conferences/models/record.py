"""Hồ sơ hội nghị: what was held, who was there, what was found and concluded."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from soi.base.fields import NFCCharField, NFCTextField
from soi.base.models import PersonView
from soi.conferences.enums import AttendanceRole, ConferenceKind, Form, Line, Presence
from soi.documents.models import Passage, Source
from soi.findings.models import Finding, Remedy
from soi.org.enums import WorkArea
from soi.org.models import Organization, Person
from soi.work.models import Task


class Conference(models.Model):
    """Hội nghị, held by one body. ``period`` is what it looks back on ("2021-Q1", "2021", "2020-2025")."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="conferences")
    kind = models.CharField("loại", max_length=30, choices=ConferenceKind.choices)
    form = models.CharField("hình thức", max_length=20, choices=Form.choices, default=Form.UNKNOWN)
    title = NFCCharField("tên hội nghị", max_length=500)
    date_start = models.DateField("ngày họp")
    date_end = models.DateField("đến ngày")
    # As planned: the first day from, and until when the programme should be through.
    starts_at = models.TimeField("giờ khai mạc", null=True, blank=True)
    ends_at = models.TimeField("giờ kết thúc dự kiến", null=True, blank=True)
    period = NFCCharField("kỳ được đánh giá", max_length=60, blank=True)
    place = NFCCharField("địa điểm", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    search_key = models.TextField(editable=False)

    class Meta:
        ordering = ["-date_start", "-pk"]
        verbose_name = "hội nghị"
        indexes = [models.Index(fields=["organization", "-date_start"], name="conference_of_body")]
        constraints = [
            models.CheckConstraint(
                condition=Q(date_end__gte=F("date_start")), name="conference_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.title


class ConferenceSource(models.Model):
    """Văn bản nói về hội nghị."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="sources")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="conferences")
    author = NFCCharField("tác giả", max_length=200, blank=True)
    photographer = NFCCharField("ảnh", max_length=200, blank=True)
    published = models.DateField("ngày đăng", null=True, blank=True)

    class Meta:
        verbose_name = "văn bản của hội nghị"
        constraints = [models.UniqueConstraint(fields=["conference", "source"], name="conferencesource_once")]

    def __str__(self) -> str:
        return f"{self.conference_id}: {self.source_id}"


class Site(models.Model):
    """Điểm cầu."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="sites")
    name = NFCCharField("điểm cầu", max_length=300)
    is_main = models.BooleanField("điểm cầu chính", default=False)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    room = NFCCharField("phòng họp", max_length=200, blank=True)
    # Who answers for the site, and who for its line; both come onto the page of the site.
    head = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    technician = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Shown at the site (letters, QR) for those who sign in there themselves; empty until wanted.
    code = models.CharField("mã điểm danh", max_length=12, blank=True)
    line = models.CharField("đường truyền", max_length=10, choices=Line.choices, default=Line.UNKNOWN)
    line_at = models.DateTimeField(null=True, blank=True)

    person_view = PersonView(
        shown="Hồ sơ của tôi: hội nghị được giao phụ trách điểm cầu", answered="báo thư ký hội nghị"
    )

    class Meta:
        ordering = ["-is_main", "pk"]
        verbose_name = "điểm cầu"
        constraints = [
            models.UniqueConstraint(fields=["conference"], condition=Q(is_main=True), name="site_one_main")
        ]

    def __str__(self) -> str:
        return self.name


class Attendance(models.Model):
    """Người dự: with the rank and the posts of that day, as the text names them."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="attendances")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="attendances")
    rank = NFCCharField("cấp bậc", max_length=60, blank=True)
    posts = NFCCharField("chức vụ", max_length=600, blank=True)
    presence = models.CharField(max_length=20, choices=Presence.choices, default=Presence.PRESENT)
    reason = NFCCharField("lý do vắng", max_length=300, blank=True)
    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, null=True, blank=True, related_name="attendances"
    )
    order = models.PositiveSmallIntegerField(default=0)
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    person_view = PersonView(
        shown="Hồ sơ của tôi: hội nghị đã dự", answered="báo người lập hồ sơ hội nghị sửa lại"
    )

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = "người dự"
        constraints = [models.UniqueConstraint(fields=["conference", "person"], name="attendance_once")]

    def __str__(self) -> str:
        return f"{self.conference_id}: {self.person_id}"


class AttendanceRoleHeld(models.Model):
    """Vai trò của người dự; one person may chair and speak."""

    attendance = models.ForeignKey(Attendance, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=20, choices=AttendanceRole.choices)

    class Meta:
        ordering = ["pk"]
        verbose_name = "vai trò"
        constraints = [models.UniqueConstraint(fields=["attendance", "role"], name="attendancerole_once")]

    def __str__(self) -> str:
        return self.get_role_display()


class ConferenceFinding(models.Model):
    """Nội dung đánh giá mà hội nghị nêu."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="finding_links")
    finding = models.OneToOneField(Finding, on_delete=models.PROTECT, related_name="conference_link")

    class Meta:
        ordering = ["pk"]
        verbose_name = "nội dung của hội nghị"

    def __str__(self) -> str:
        return f"{self.conference_id}: {self.finding_id}"


class Conclusion(models.Model):
    """Kết luận, phương hướng: what is to be done from now on."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="conclusions")
    number = models.PositiveSmallIntegerField("số thứ tự")
    statement = NFCTextField("nội dung")
    area = models.CharField("lĩnh vực", max_length=20, choices=WorkArea.choices, default=WorkArea.GENERAL)
    period = NFCCharField("thời gian thực hiện", max_length=60, blank=True)
    remedy = models.ForeignKey(Remedy, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    task = models.ForeignKey(
        Task, on_delete=models.PROTECT, null=True, blank=True, related_name="conclusions"
    )
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["conference", "number"]
        verbose_name = "kết luận"
        constraints = [
            models.UniqueConstraint(fields=["conference", "number"], name="conclusion_numbered_once")
        ]

    def __str__(self) -> str:
        return self.statement[:80]


class CommonCause(models.Model):
    """Nguyên nhân chung: causes the conference named without tying them to one shortcoming."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="common_causes")
    statement = NFCTextField("nguyên nhân")
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name = "nguyên nhân chung"

    def __str__(self) -> str:
        return self.statement[:80]


class CitedDocument(models.Model):
    """Văn bản được viện dẫn tại hội nghị."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="cited_documents")
    type = NFCCharField("loại", max_length=60)
    number = NFCCharField("số, ký hiệu", max_length=60, blank=True)
    name = NFCCharField("tên", max_length=500, blank=True)
    issuer = NFCCharField("nơi ban hành", max_length=200, blank=True)
    date = models.DateField("ngày ban hành", null=True, blank=True)
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name = "văn bản viện dẫn"
        constraints = [
            models.CheckConstraint(condition=~Q(number="") | ~Q(name=""), name="citeddocument_has_a_name")
        ]

    def __str__(self) -> str:
        return self.name or f"{self.type} {self.number}"


class Decision(models.Model):
    """Xếp loại, khen thưởng, kỷ luật được nêu: recorded as said; rating itself is another room."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="decisions")
    kind = models.CharField(
        max_length=20,
        choices=[("rating", _("Xếp loại")), ("commendation", _("Khen thưởng")), ("discipline", _("Kỷ luật"))],
    )
    statement = NFCTextField("nội dung")
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name = "xếp loại, khen thưởng, kỷ luật"

    def __str__(self) -> str:
        return self.statement[:80]
