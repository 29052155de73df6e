"""Góp ý: rounds with a day, who is asked, what they say, and what was taken in."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from soi.base.fields import NFCCharField, NFCTextField
from soi.base.models import PersonView
from soi.base.text import cut
from soi.findings.models import Finding
from soi.org.models import Organization, Person
from soi.reviews.enums import Uptake
from soi.reviews.models.cycle import Review
from soi.reviews.models.text import Paragraph


class CommentRound(models.Model):
    """Đợt lấy góp ý cho một bản kiểm điểm. ``mandatory``: the review is not finalized before it is answered."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="rounds")
    request = NFCTextField("đề nghị góp ý")
    opened_on = models.DateField("ngày gửi")
    due_on = models.DateField("hạn góp ý")
    mandatory = models.BooleanField("bắt buộc", default=True)
    closed_on = models.DateField("ngày đóng", null=True, blank=True)
    opener_label = NFCCharField("người gửi", max_length=300)

    class Meta:
        ordering = ["review", "pk"]
        verbose_name = "đợt lấy góp ý"

    def __str__(self) -> str:
        return cut(self.request)


class Asked(models.Model):
    """Nơi được đề nghị góp ý: a body or a person; a body answers through those who keep its records.

    ``on_paper``: it has no account here (the residence committee, a mass organisation); the office enters it.
    """

    round = models.ForeignKey(CommentRound, on_delete=models.PROTECT, related_name="asked")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="comments_asked"
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="comments_asked"
    )
    name = NFCCharField("tên nơi góp ý", max_length=300)
    on_paper = models.BooleanField("góp ý bằng giấy", default=False)
    nothing_to_say = models.BooleanField("nhất trí, không có ý kiến thêm", default=False)
    answered_on = models.DateField("ngày góp ý", null=True, blank=True)

    person_view = PersonView(
        shown="Việc của tôi: đợt góp ý được đề nghị; Hồ sơ của tôi", answered="góp ý, hoặc ghi nhất trí"
    )

    class Meta:
        ordering = ["round", "pk"]
        verbose_name = "nơi được đề nghị góp ý"
        constraints = [
            models.UniqueConstraint(fields=["round", "organization"], name="asked_body_once"),
            models.UniqueConstraint(fields=["round", "person"], name="asked_person_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Comment(models.Model):
    """Một góp ý, about a paragraph, a finding or the whole; never changed. The answer stands beside it."""

    asked = models.ForeignKey(Asked, on_delete=models.PROTECT, related_name="comments")
    paragraph = models.ForeignKey(
        Paragraph, on_delete=models.PROTECT, null=True, blank=True, related_name="comments"
    )
    finding = models.ForeignKey(
        Finding, on_delete=models.PROTECT, null=True, blank=True, related_name="review_comments"
    )
    text = NFCTextField("góp ý")
    at = models.DateTimeField("lúc")
    author_label = NFCCharField("người góp ý", max_length=300)
    uptake = models.CharField("tiếp thu", max_length=10, choices=Uptake.choices, blank=True)
    reason = NFCTextField("lý do", blank=True)
    answered_at = models.DateTimeField("trả lời lúc", null=True, blank=True)
    answerer_label = NFCCharField("người trả lời", max_length=300, blank=True)

    class Meta:
        ordering = ["asked__round", "pk"]
        verbose_name = "góp ý"
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
            models.CheckConstraint(
                condition=~Q(uptake__in=[Uptake.NOT_TAKEN, Uptake.PARTLY]) | ~Q(reason=""),
                name="comment_not_taken_why",
            ),
        ]

    def __str__(self) -> str:
        return cut(self.text)
