"""Góp ý: rounds with a day, who is asked, what they say, and what was taken in.

A round is by name, or without names. What is said without names lies sealed until the round is closed, and then
stands in ``UnsignedComment``: random keys, no author, no time.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from soi.base.fields import NFCCharField, NFCTextField
from soi.base.models import PersonView
from soi.base.text import cut
from soi.documents.models import Source
from soi.findings.models import Finding
from soi.org.models import Organization, Person
from soi.reviews.enums import Uptake
from soi.reviews.models.cycle import Review
from soi.reviews.models.text import Paragraph


class CommentRound(models.Model):
    """Đợt lấy góp ý cho một bản kiểm điểm. ``mandatory``: the review is not finalized before it is answered.

    ``arrived`` of a round without names: how many wrote something; known when it is closed, and only from five.
    ``traces_since``: tables are still to be rewritten, so that no empty place remembers who wrote what.
    """

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="rounds")
    request = NFCTextField("đề nghị góp ý")
    opened_on = models.DateField("ngày gửi")
    due_on = models.DateField("hạn góp ý")
    mandatory = models.BooleanField("bắt buộc", default=True)
    anonymous = models.BooleanField("không ghi tên", default=False)
    public_key = models.CharField(max_length=64, blank=True)
    arrived = models.PositiveSmallIntegerField("số người góp ý", null=True, blank=True)
    traces_since = models.DateTimeField(null=True, blank=True)
    closed_on = models.DateField("ngày đóng", null=True, blank=True)
    opener_label = NFCCharField("người gửi", max_length=300)

    class Meta:
        ordering = ["review", "pk"]
        verbose_name = "đợt lấy góp ý"
        constraints = [
            models.CheckConstraint(
                condition=Q(anonymous=False, public_key="") | (Q(anonymous=True) & ~Q(public_key="")),
                name="commentround_unsigned_is_sealed",
            ),
        ]

    def __str__(self) -> str:
        return cut(self.request)


class RoundKey(models.Model):
    """Khóa của đợt góp ý không ghi tên, sealed under the secret of the installation; gone when it is closed."""

    round = models.OneToOneField(CommentRound, on_delete=models.PROTECT, related_name="key")
    sealed = models.BinaryField()

    class Meta:
        verbose_name = "khóa của đợt góp ý"

    def __str__(self) -> str:
        return str(self.round_id)


class Asked(models.Model):
    """Nơi được đề nghị góp ý: a body or a person; a body answers through those who keep its records.

    ``on_paper``: it has no account here (the residence committee, a mass organisation); the office enters it.
    ``spent``, of a round without names: has sent, once; wiped when the round is closed.
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
    spent = models.BooleanField("đã gửi", default=False)

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


class Said(models.Model):
    """Điều được góp ý, about a paragraph, a finding or the whole; never changed. The answer stands beside it."""

    paragraph = models.ForeignKey(
        Paragraph, on_delete=models.PROTECT, null=True, blank=True, related_name="%(class)ss"
    )
    finding = models.ForeignKey(
        Finding, on_delete=models.PROTECT, null=True, blank=True, related_name="review_%(class)ss"
    )
    text = NFCTextField("góp ý")
    uptake = models.CharField("tiếp thu", max_length=10, choices=Uptake.choices, blank=True)
    reason = NFCTextField("lý do", blank=True)
    answered_at = models.DateTimeField("trả lời lúc", null=True, blank=True)
    answerer_label = NFCCharField("người trả lời", max_length=300, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="%(class)s_says_something"),
            models.CheckConstraint(
                condition=~Q(uptake__in=[Uptake.NOT_TAKEN, Uptake.PARTLY]) | ~Q(reason=""),
                name="%(class)s_not_taken_why",
            ),
        ]

    def __str__(self) -> str:
        return cut(self.text)


class Comment(Said):
    """Góp ý ghi tên. From paper: what the office entered, with the day of the paper and, where kept, its scan."""

    asked = models.ForeignKey(Asked, on_delete=models.PROTECT, related_name="comments")
    at = models.DateTimeField("lúc")
    author_label = NFCCharField("người góp ý", max_length=300)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="review_comments"
    )
    paper_on = models.DateField("ngày trên giấy", null=True, blank=True)
    enterer_label = NFCCharField("người nhập", max_length=300, blank=True)

    class Meta(Said.Meta):
        ordering = ["asked__round", "pk"]
        verbose_name = "góp ý"


class SealedComment(models.Model):
    """Góp ý không ghi tên còn niêm phong: all one person sent, padded to one size. No person, no time, no order."""

    id = models.CharField(max_length=32, primary_key=True)
    round = models.ForeignKey(CommentRound, on_delete=models.PROTECT, related_name="sealed")
    sealed = models.BinaryField()

    class Meta:
        verbose_name = "góp ý còn niêm phong"

    def __str__(self) -> str:
        return self.id


class UnsignedComment(Said):
    """Góp ý không ghi tên, each by itself: what one person said of two paragraphs does not belong together here."""

    id = models.CharField(max_length=32, primary_key=True)
    round = models.ForeignKey(CommentRound, on_delete=models.PROTECT, related_name="unsigned")

    class Meta(Said.Meta):
        ordering = ["round", "id"]
        verbose_name = "góp ý không ghi tên"
