"""Hộp thông báo, cách nhận thư, thư, lịch. A notice keeps no word of the record it points at.

What the record says is read when the notice is shown, with the rights of that moment: a notice made while a
post was held says nothing once the post has ended.
"""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q

from soi.base.fields import NFCCharField
from soi.base.models import PersonView
from soi.notices.enums import MailMode, MailState, NoticeKind, RecordKind
from soi.org.models import Organization, Person

QUIET_FROM = dt.time(21, 0)
QUIET_TO = dt.time(6, 0)


class Mark(models.Model):
    """Mốc: how far a worker has come (the number of a seal, the ordinal of a day)."""

    name = models.CharField(max_length=20, primary_key=True)
    number = models.BigIntegerField()

    class Meta:
        verbose_name = "mốc"

    def __str__(self) -> str:
        return f"{self.name}: {self.number}"


class Preference(models.Model):
    """Cách nhận thông báo của một người; who has none gets one mail a day."""

    person = models.OneToOneField(
        Person, on_delete=models.PROTECT, primary_key=True, related_name="notice_preference"
    )
    mode = models.CharField("nhận thư", max_length=10, choices=MailMode.choices, default=MailMode.DAILY)
    quiet_from = models.TimeField("giờ nghỉ từ", default=QUIET_FROM)
    quiet_to = models.TimeField("giờ nghỉ đến", default=QUIET_TO)

    person_view = PersonView(shown="Thông báo: Cách nhận", answered="chính người đó đặt và đổi")

    class Meta:
        verbose_name = "cách nhận thông báo"

    def __str__(self) -> str:
        return f"{self.person_id}: {self.mode}"


class Mail(models.Model):
    """Thư: one message to one person. ``next_at`` moves ahead before each try, so a crash resends at most one."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notice_mails")
    made_at = models.DateTimeField("lập lúc")
    state = models.CharField(max_length=10, choices=MailState.choices, default=MailState.WAITING)
    next_at = models.DateTimeField("gửi từ lúc")
    tries = models.PositiveSmallIntegerField("số lần gửi", default=0)
    sent_at = models.DateTimeField("gửi lúc", null=True, blank=True)
    # The kind of fault only: what a mail server says may repeat an address.
    fault = models.CharField("lỗi", max_length=80, blank=True)

    person_view = PersonView(
        shown="Thông báo: Cách nhận, các thư gần đây", answered="chính người đó đổi cách nhận và địa chỉ"
    )

    class Meta:
        ordering = ["-pk"]
        verbose_name = "thư"
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state=MailState.WAITING), name="mail_waiting")
        ]

    def __str__(self) -> str:
        return f"{self.pk} → {self.person_id} ({self.state})"


class Notice(models.Model):
    """Thông báo cho một người: what happened to which record, and whether it was read."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notices", db_index=False)
    kind = models.CharField("điều được báo", max_length=30, choices=NoticeKind.choices)
    record_kind = models.CharField("loại hồ sơ", max_length=20, choices=RecordKind.choices)
    record_id = models.BigIntegerField("mã hồ sơ")
    at = models.DateTimeField("lúc")
    # The event it comes from, as a number: history stands alone. Empty where the calendar made the notice.
    event_id = models.BigIntegerField(null=True, blank=True)
    by = NFCCharField("người làm", max_length=500, blank=True)
    # The day on which the calendar called for it; with it a second notice of the same reason is refused.
    day = models.DateField(null=True, blank=True)
    read_at = models.DateTimeField("đọc lúc", null=True, blank=True)
    # When it is to be mailed; empty: never. ``mail`` once a message has taken it up.
    mail_at = models.DateTimeField("gửi thư từ lúc", null=True, blank=True)
    mail = models.ForeignKey(
        Mail, on_delete=models.SET_NULL, null=True, blank=True, related_name="notices", db_index=False
    )

    person_view = PersonView(shown="trang Thông báo", answered="ngay tại hồ sơ mà thông báo dẫn tới")

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = "thông báo"
        indexes = [
            models.Index(fields=["person", "-at", "-id"], name="notice_of_person"),
            models.Index(fields=["person"], condition=Q(read_at__isnull=True), name="notice_unread"),
            models.Index(
                fields=["mail_at", "person"],
                condition=Q(mail__isnull=True, mail_at__isnull=False),
                name="notice_to_mail",
            ),
            models.Index(fields=["mail"], condition=Q(mail__isnull=False), name="notice_of_mail"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "event_id"],
                condition=Q(event_id__isnull=False),
                name="notice_once_an_event",
            ),
            models.UniqueConstraint(
                fields=["person", "record_kind", "record_id", "kind", "day"],
                condition=Q(event_id__isnull=True),
                name="notice_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(event_id__isnull=False, day__isnull=True)
                | Q(event_id__isnull=True, day__isnull=False),
                name="notice_of_an_event_or_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.kind} {self.record_kind} {self.record_id}"


class CalendarFeed(models.Model):
    """Lịch qua địa chỉ bí mật: of one's own work, or of a body one may read. Only the key's hash is kept."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="calendar_feeds")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    key_hash = models.CharField(max_length=64, unique=True)
    with_words = models.BooleanField("ghi cả nội dung việc", default=False)
    made_at = models.DateTimeField("lập lúc")
    withdrawn_at = models.DateTimeField("thu hồi lúc", null=True, blank=True)

    person_view = PersonView(
        shown="Thông báo: Cách nhận, các lịch đã lập", answered="chính người đó lập và thu hồi"
    )

    class Meta:
        ordering = ["-pk"]
        verbose_name = "lịch"
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(withdrawn_at__isnull=True, organization__isnull=True),
                name="calendarfeed_one_of_mine",
            ),
            models.UniqueConstraint(
                fields=["person", "organization"],
                condition=Q(withdrawn_at__isnull=True, organization__isnull=False),
                name="calendarfeed_one_of_a_body",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.organization_id or 'việc của tôi'}"
