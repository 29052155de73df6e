"""Biên bản: composed from the events of the floor, edited with visible changes, commented, approved, frozen."""

from __future__ import annotations

from django.db import models

from soi.base.fields import NFCCharField, NFCTextField
from soi.base.models import PersonView
from soi.conferences.enums import MinutesState
from soi.conferences.models.record import Conference
from soi.org.models import Person


class Minutes(models.Model):
    """Biên bản của một hội nghị; approved by the chair and the secretary, then frozen under its hash."""

    conference = models.OneToOneField(Conference, on_delete=models.PROTECT, related_name="minutes")
    state = models.CharField(max_length=12, choices=MinutesState.choices, default=MinutesState.DRAFT)
    comments_until = models.DateField("góp ý đến ngày", null=True, blank=True)
    chair = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    chair_at = models.DateTimeField("chủ trì thông qua lúc", null=True, blank=True)
    secretary = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    secretary_at = models.DateTimeField("thư ký ký lúc", null=True, blank=True)
    frozen_hash = models.CharField("mã băm", max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)

    person_view = PersonView(shown="Trang biên bản", answered="góp ý vào biên bản")

    class Meta:
        verbose_name = "biên bản"

    def __str__(self) -> str:
        return str(self.conference_id)


class MinutesVersion(models.Model):
    """Một bản của biên bản: sections of paragraphs, each with the events it was composed from."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("bản thứ")
    # [{"key": …, "title": …, "paragraphs": [{"text": …, "events": [numbers]}]}]
    sections = models.JSONField()
    at = models.DateTimeField()
    author_label = NFCCharField("người soạn", max_length=300)
    note = NFCCharField("lý do sửa", max_length=300, blank=True)

    class Meta:
        ordering = ["minutes", "number"]
        verbose_name = "bản của biên bản"
        constraints = [models.UniqueConstraint(fields=["minutes", "number"], name="minutesversion_once")]

    def __str__(self) -> str:
        return f"{self.minutes_id}: {self.number}"


class MinutesComment(models.Model):
    """Góp ý vào biên bản, by one who attended; taken in or not, with the reason."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="comments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    section = models.CharField(max_length=40, blank=True)
    text = NFCTextField("góp ý")
    at = models.DateTimeField()
    taken = models.BooleanField("tiếp thu", null=True)
    answer = NFCTextField("lý do", blank=True)

    person_view = PersonView(shown="Trang biên bản: góp ý của mình", answered="góp ý bổ sung")

    class Meta:
        ordering = ["pk"]
        verbose_name = "góp ý vào biên bản"

    def __str__(self) -> str:
        return self.text[:80]
