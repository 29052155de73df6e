"""Phòng âm thanh, hình ảnh: one a conference; its endpoints; the short-lived messages between them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from soi.access.models import User
from soi.base.models import PersonView
from soi.calls.enums import RoomKind, SignalKind
from soi.conferences.models import Conference, Site
from soi.org.models import Person


class CallRoom(models.Model):
    """Phòng: in which way sound and picture travel, and what the server of that way knows it by."""

    conference = models.OneToOneField(Conference, on_delete=models.CASCADE, related_name="call_room")
    kind = models.CharField("cách truyền", max_length=10, choices=RoomKind.choices)
    link = models.URLField("liên kết phòng họp", max_length=500, blank=True)
    # Of Janus: the number of the room, the word by which the server rules it, the word by which browsers enter.
    number = models.PositiveBigIntegerField(default=0)
    secret = models.CharField(max_length=64, blank=True)
    pin = models.CharField(max_length=64, blank=True)
    opened_at = models.DateTimeField("mở lúc")
    closed_at = models.DateTimeField("đóng lúc", null=True, blank=True)
    # The event of the floor that the microphones follow, and when that was last made sure of.
    followed = models.PositiveIntegerField(default=0)
    followed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "phòng âm thanh, hình ảnh"

    def __str__(self) -> str:
        return f"{self.conference_id}: {self.kind}"


class Endpoint(models.Model):
    """Đầu nối: a site, or a person who takes part from a place of their own. One browser at a time."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="endpoints")
    site = models.ForeignKey(Site, on_delete=models.CASCADE, null=True, blank=True, related_name="endpoints")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    user = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    # The page that is joined now; another page that joins takes its place.
    client = models.CharField(max_length=32, blank=True)
    token = models.CharField(max_length=64, blank=True)
    seen_at = models.DateTimeField("còn nối lúc", null=True, blank=True)

    person_view = PersonView(
        shown="Trang âm thanh, hình ảnh của hội nghị", answered="rời khỏi, hoặc báo thư ký hội nghị"
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = "đầu nối"
        constraints = [
            models.CheckConstraint(
                condition=Q(site__isnull=False, person__isnull=True)
                | Q(site__isnull=True, person__isnull=False),
                name="endpoint_is_site_or_person",
            ),
            models.UniqueConstraint(
                fields=["conference", "site"], condition=Q(site__isnull=False), name="endpoint_site_once"
            ),
            models.UniqueConstraint(
                fields=["conference", "person"],
                condition=Q(person__isnull=False),
                name="endpoint_person_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.conference_id}: {self.site_id or self.person_id}"


class Signal(models.Model):
    """Tín hiệu from one page to another; kept for a minute, then swept away."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="+")
    sender = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="+")
    sender_client = models.CharField(max_length=32)
    addressee = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="signals")
    client = models.CharField(max_length=32)
    kind = models.CharField(max_length=10, choices=SignalKind.choices)
    body = models.TextField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "tín hiệu"

    def __str__(self) -> str:
        return f"{self.sender_id} → {self.addressee_id}: {self.kind}"
