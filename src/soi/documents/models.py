"""Nguồn và đoạn trích: the file as it came, its text, and the words used as evidence."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from soi.base.fields import NFCCharField
from soi.documents.enums import Origin
from soi.org.models import Organization


def stored_name(instance: Source, _original: str) -> str:
    """Stored files are named by their own hash, never by what the user called them."""
    return f"sources/{instance.sha256[:2]}/{instance.sha256}"


class Source(models.Model):
    """Nguồn: one text as received: bytes, hash, where it came from, and the words read from it."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="sources")
    file = models.FileField("tệp", upload_to=stored_name)
    original_name = NFCCharField("tên tệp", max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField("cỡ (byte)")
    media_type = models.CharField(max_length=100)
    origin = models.CharField("nguồn gốc", max_length=20, choices=Origin.choices)
    origin_note = NFCCharField("nơi lấy", max_length=500, blank=True)
    document_date = models.DateField("ngày của văn bản", null=True, blank=True)
    received_at = models.DateTimeField("nhận lúc")
    received_by = NFCCharField("người nhập", max_length=200)
    # Kept exactly as read: passages count its characters.
    text = models.TextField("chữ đọc được", blank=True)
    search_key = models.TextField(editable=False, blank=True)

    class Meta:
        ordering = ["-received_at", "-pk"]
        verbose_name = "văn bản nguồn"
        constraints = [
            models.UniqueConstraint(fields=["organization", "sha256", "origin"], name="source_once_a_body")
        ]

    def __str__(self) -> str:
        return self.original_name


class Passage(models.Model):
    """Đoạn trích: characters [start, end) of a source, the words by which a record is proved."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="passages")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["source", "start"]
        verbose_name = "đoạn trích"
        constraints = [models.CheckConstraint(condition=Q(end__gt=F("start")), name="passage_has_words")]

    def __str__(self) -> str:
        return self.text
