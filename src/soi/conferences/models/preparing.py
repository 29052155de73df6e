"""Chuẩn bị hội nghị: agenda with papers, invitations with replies, written opinions and questions ahead."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from soi.base.fields import NFCCharField, NFCTextField
from soi.base.models import PersonView
from soi.conferences.enums import ItemKind, Reply, Secrecy
from soi.conferences.models.record import Attendance, Conference, Site
from soi.documents.models import Source
from soi.org.models import Organization, Person


class AgendaItem(models.Model):
    """Nội dung chương trình: a tree of two levels, in its order, with minutes planned and who presents."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="agenda")
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="children"
    )
    order = models.PositiveSmallIntegerField("thứ tự")
    kind = models.CharField("loại", max_length=12, choices=ItemKind.choices, default=ItemKind.OTHER)
    title = NFCCharField("nội dung", max_length=500)
    minutes = models.PositiveSmallIntegerField("số phút", default=10)
    presenter = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    presenting_body = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    person_view = PersonView(
        shown="Trang hội nghị: chương trình, phần mình trình bày", answered="báo thư ký hội nghị"
    )

    class Meta:
        ordering = ["conference", "order", "pk"]
        verbose_name = "nội dung chương trình"

    def __str__(self) -> str:
        return self.title


class Paper(models.Model):
    """Tài liệu hội nghị, of one item or of the whole; ``secrecy`` says who may read it."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="papers")
    item = models.ForeignKey(
        AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="papers"
    )
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    title = NFCCharField("tên tài liệu", max_length=300)
    secrecy = models.CharField("ai được đọc", max_length=10, choices=Secrecy.choices, default=Secrecy.ALL)
    # A draft under discussion: its paragraphs can be spoken to.
    is_draft = models.BooleanField("dự thảo đưa ra thảo luận", default=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = "tài liệu hội nghị"
        constraints = [models.UniqueConstraint(fields=["conference", "source"], name="paper_once")]

    def __str__(self) -> str:
        return self.title


class Invitation(models.Model):
    """Giấy mời of one person (their row of attendance), and the reply."""

    attendance = models.OneToOneField(Attendance, on_delete=models.CASCADE, related_name="invitation")
    site = models.ForeignKey(Site, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    # Entitled: counts for the quorum and stands on the roll; a guest does neither.
    is_entitled = models.BooleanField("thành viên chính thức", default=True)
    sent_at = models.DateTimeField("mời lúc", null=True, blank=True)
    reply = models.CharField("trả lời", max_length=10, choices=Reply.choices, default=Reply.WAITING)
    replied_at = models.DateTimeField("trả lời lúc", null=True, blank=True)
    reason = NFCCharField("lý do vắng", max_length=300, blank=True)
    replacement = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    person_view = PersonView(shown="Việc của tôi: giấy mời", answered="trả lời giấy mời")

    class Meta:
        verbose_name = "giấy mời"
        constraints = [
            models.CheckConstraint(
                condition=~Q(reply=Reply.ABSENT) | ~Q(reason=""), name="invitation_absence_has_reason"
            ),
            models.CheckConstraint(
                condition=~Q(reply=Reply.REPLACED) | Q(replacement__isnull=False),
                name="invitation_replacement_is_named",
            ),
        ]

    def __str__(self) -> str:
        return str(self.attendance_id)


class PriorOpinion(models.Model):
    """Ý kiến tham gia trước bằng văn bản, on one item or paper."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="prior_opinions")
    item = models.ForeignKey(AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    paper = models.ForeignKey(Paper, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = NFCTextField("ý kiến")
    at = models.DateTimeField("gửi lúc")

    person_view = PersonView(shown="Trang hội nghị: ý kiến mình đã gửi", answered="gửi ý kiến bổ sung")

    class Meta:
        ordering = ["pk"]
        verbose_name = "ý kiến gửi trước"

    def __str__(self) -> str:
        return self.text[:80]


class PriorQuestion(models.Model):
    """Vấn đề cấp trên gợi ý: put before the conference; each must have its answer before the end."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="prior_questions")
    asked_by = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    text = NFCTextField("nội dung gợi ý")
    answer = NFCTextField("giải trình", blank=True)
    answered_label = NFCCharField("người giải trình", max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "gợi ý của cấp trên"

    def __str__(self) -> str:
        return self.text[:80]
