"""Bản nhập: what was read in a text, item by item, waiting for a person to accept, mend or drop it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from soi.base.fields import NFCCharField
from soi.conferences.models import Conference
from soi.documents.models import Source
from soi.intake.enums import DraftState, ProposalKind, ProposalState
from soi.intake.sheets.models import Sheet, SheetRow
from soi.org.models import Organization

__all__ = ["Draft", "Proposal", "Sheet", "SheetRow"]


class Draft(models.Model):
    """Bản nhập của một văn bản, on behalf of ``organization``."""

    source = models.OneToOneField(Source, on_delete=models.PROTECT, related_name="draft")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="drafts")
    state = models.CharField(max_length=20, choices=DraftState.choices, default=DraftState.PROPOSED)
    created_at = models.DateTimeField("lập lúc")
    created_by = NFCCharField("người lập", max_length=200)
    conference = models.OneToOneField(
        Conference, on_delete=models.PROTECT, null=True, blank=True, related_name="draft"
    )
    version = models.PositiveIntegerField(default=1)
    # Who confirmed or discarded it, when, and for a discarded one why.
    decided_at = models.DateTimeField("quyết định lúc", null=True, blank=True)
    decided_by = NFCCharField("người quyết định", max_length=200, blank=True)
    reason = NFCCharField("lý do bỏ", max_length=300, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = "bản nhập"
        constraints = [
            models.CheckConstraint(
                condition=Q(state=DraftState.CONFIRMED, conference__isnull=False)
                | (~Q(state=DraftState.CONFIRMED) & Q(conference__isnull=True)),
                name="draft_confirmed_has_conference",
            )
        ]

    def __str__(self) -> str:
        return f"{self.source_id} ({self.get_state_display()})"


class Proposal(models.Model):
    """Một đề xuất: ``data`` holds the fields of the card, [start, end) the words they were read from.

    ``proposed`` is the card as first proposed; ``evidence`` lists further pairs [start, end] to highlight.
    """

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="proposals")
    kind = models.CharField(max_length=20, choices=ProposalKind.choices)
    order = models.PositiveSmallIntegerField()
    data = models.JSONField()
    proposed = models.JSONField()
    evidence = models.JSONField(default=list)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=20, choices=ProposalState.choices, default=ProposalState.PENDING)
    edited = models.BooleanField(default=False)

    class Meta:
        ordering = ["draft", "order", "pk"]
        verbose_name = "đề xuất"
        constraints = [
            models.CheckConstraint(
                condition=Q(start__isnull=True, end__isnull=True) | Q(end__gt=F("start")),
                name="proposal_span_has_words",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.order}"
