"""Sổ lịch sử: events, their payloads, and the seals that chain them. Rows are only ever added."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models

from soi.base.fields import NFCCharField


class Event(models.Model):
    """Sự kiện: one change: who, when, what, to which record.

    ``actor_label`` and ``subject`` are plain words and numbers, not links: the entry must stay readable
    when the account or the record is gone.
    """

    at = models.DateTimeField("lúc")
    actor_id = models.BigIntegerField("mã tài khoản", null=True)
    person_id = models.BigIntegerField("mã người", null=True)
    actor_label = NFCCharField("người thực hiện", max_length=200)
    on_behalf_of = NFCCharField("thay mặt", max_length=300, blank=True)
    via = models.CharField("qua", max_length=20)
    action = models.CharField("việc", max_length=80)
    subject_type = models.CharField("loại hồ sơ", max_length=80)
    subject_id = models.BigIntegerField("mã hồ sơ")
    payload_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["subject_type", "subject_id", "id"])]
        verbose_name = "sự kiện"

    def __str__(self) -> str:
        return f"{self.at:%d/%m/%Y %H:%M} {self.actor_label}: {self.action}"

    def as_chained(self) -> dict[str, Any]:
        """The facts that the chain protects."""
        return {
            "id": self.pk,
            "at": self.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
            "actor_id": self.actor_id,
            "person_id": self.person_id,
            "actor_label": self.actor_label,
            "on_behalf_of": self.on_behalf_of,
            "via": self.via,
            "action": self.action,
            "subject_type": self.subject_type,
            "subject_id": self.subject_id,
            "payload_hash": self.payload_hash,
        }


class Payload(models.Model):
    """Nội dung thay đổi: what changed, in a row of its own that may be erased when its time is over."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, primary_key=True, related_name="payload")
    salt = models.CharField(max_length=32)
    facts = models.JSONField()

    class Meta:
        verbose_name = "nội dung thay đổi"

    def __str__(self) -> str:
        return f"payload of event {self.pk}"


class Seal(models.Model):
    """Niêm phong: link number ``seq`` of the chain, over one event."""

    seq = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="seal")
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["seq"]
        verbose_name = "niêm phong"

    def __str__(self) -> str:
        return f"{self.seq}:{self.digest[:12]}"
