"""Phiên họp đang diễn ra: where it stands, its numbered events, who asked to speak, who spoke, what was said."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from soi.ballots.models import Poll
from soi.base.fields import NFCCharField, NFCTextField
from soi.base.models import PersonView
from soi.conferences.enums import (
    Audience,
    ContributionKind,
    FloorState,
    QueueRule,
    RequestKind,
    RequestState,
)
from soi.conferences.models.preparing import AgendaItem, Paper
from soi.conferences.models.record import Conference, Site
from soi.findings.models import Finding
from soi.org.models import Person


class Floor(models.Model):
    """Diễn biến: one row a conference; ``number`` is that of its last event. Everything else follows from events."""

    conference = models.OneToOneField(Conference, on_delete=models.CASCADE, related_name="floor")
    state = models.CharField(max_length=12, choices=FloorState.choices, default=FloorState.WAITING)
    number = models.PositiveIntegerField("số sự kiện", default=0)
    rule = models.CharField(
        "thứ tự phát biểu", max_length=15, choices=QueueRule.choices, default=QueueRule.ARRIVAL
    )
    # Minutes a speaker has; nothing means as long as the chair lets them.
    speech_minutes = models.PositiveSmallIntegerField("số phút mỗi lượt", null=True, blank=True)
    item = models.ForeignKey(AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    paper = models.ForeignKey(Paper, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    page = models.PositiveIntegerField("trang đang trình bày", default=1)
    poll = models.ForeignKey(Poll, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    # The clock of what is on now (an item, a speech, a break).
    timer_from = models.DateTimeField(null=True, blank=True)
    timer_seconds = models.PositiveIntegerField(null=True, blank=True)
    opened_at = models.DateTimeField("khai mạc lúc", null=True, blank=True)
    closed_at = models.DateTimeField("bế mạc lúc", null=True, blank=True)

    class Meta:
        verbose_name = "diễn biến phiên họp"

    def __str__(self) -> str:
        return f"{self.conference_id}: {self.state}"


class FloorEvent(models.Model):
    """Sự kiện thứ ``number``: what pages replay after a gap and minutes are composed from. Never changed."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="floor_events")
    number = models.PositiveIntegerField()
    verb = models.CharField(max_length=30)
    at = models.DateTimeField()
    actor_label = NFCCharField(max_length=300)
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # What else the sentence of the minutes needs; never more than everybody in the audience may know.
    facts = models.JSONField(default=dict)
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.DELEGATE)

    person_view = PersonView(shown="Trang hội nghị: diễn biến", answered="góp ý vào biên bản")

    class Meta:
        ordering = ["conference", "number"]
        verbose_name = "sự kiện của phiên họp"
        constraints = [
            models.UniqueConstraint(fields=["conference", "number"], name="floorevent_numbered_once")
        ]

    def __str__(self) -> str:
        return f"{self.conference_id}: {self.number} {self.verb}"


class SpeechRequest(models.Model):
    """Đăng ký phát biểu, by a person or by a site."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="speech_requests")
    item = models.ForeignKey(AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField("loại", max_length=15, choices=RequestKind.choices, default=RequestKind.SPEAK)
    topic = NFCCharField("nội dung", max_length=200, blank=True)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.WAITING)

    person_view = PersonView(shown="Trang của đại biểu: đăng ký của mình", answered="rút đăng ký")

    class Meta:
        ordering = ["pk"]
        verbose_name = "đăng ký phát biểu"
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(site__isnull=False), name="speechrequest_has_somebody"
            ),
            models.UniqueConstraint(
                fields=["conference", "person"],
                condition=Q(state=RequestState.WAITING, person__isnull=False),
                name="speechrequest_one_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.conference_id}: {self.person_id or self.site_id}"


class Speech(models.Model):
    """Lượt phát biểu: who, at which site, from when to when."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="speeches")
    item = models.ForeignKey(
        AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="speeches"
    )
    request = models.OneToOneField(
        SpeechRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="speech"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField("loại", max_length=15, choices=RequestKind.choices, default=RequestKind.SPEAK)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    person_view = PersonView(shown="Trang hội nghị: diễn biến", answered="góp ý vào biên bản")

    class Meta:
        ordering = ["pk"]
        verbose_name = "lượt phát biểu"
        constraints = [
            models.UniqueConstraint(
                fields=["conference"], condition=Q(ended_at__isnull=True), name="speech_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.conference_id}: {self.person_id or self.site_id}"


class Contribution(models.Model):
    """Ý kiến: typed as it is made, or by the secretary; to a paragraph of the draft, or to a finding."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="contributions")
    item = models.ForeignKey(AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField("loại", max_length=15, choices=ContributionKind.choices)
    text = NFCTextField("ý kiến")
    paper = models.ForeignKey(Paper, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    paragraph = models.PositiveIntegerField("đoạn", null=True, blank=True)
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    entered_label = NFCCharField("người ghi", max_length=300)
    withdrawn = models.BooleanField("đã rút", default=False)

    person_view = PersonView(shown="Trang hội nghị: ý kiến của mình", answered="góp ý vào biên bản")

    class Meta:
        ordering = ["pk"]
        verbose_name = "ý kiến"

    def __str__(self) -> str:
        return self.text[:80]


class ConferencePoll(models.Model):
    """Cuộc bỏ phiếu của hội nghị, at one item."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="polls")
    item = models.ForeignKey(
        AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="polls"
    )
    poll = models.OneToOneField(Poll, on_delete=models.PROTECT, related_name="conference_link")

    class Meta:
        ordering = ["pk"]
        verbose_name = "cuộc bỏ phiếu của hội nghị"

    def __str__(self) -> str:
        return f"{self.conference_id}: {self.poll_id}"
