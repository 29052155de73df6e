"""Đọc bản nhập: the drafts of the bodies one records for, and who may be chosen on a card."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from soi.base.actor import Actor, Capability
from soi.base.errors import NotFound
from soi.conferences.queries import people_known_to
from soi.intake.enums import DraftState, ProposalState
from soi.intake.models import Draft, Proposal
from soi.org import queries as org
from soi.org.models import Organization, Person

_MOST_CHOICES = 20


def visible_to(actor: Actor) -> QuerySet[Draft]:
    """Bản nhập được thấy: only by who records for the body. A draft is nobody's record yet."""
    return Draft.objects.filter(org.scope(actor, Capability.RECORD, path="organization"))


def get(actor: Actor, pk: int) -> Draft:
    """One draft with its text and body; ``NotFound`` also when it is outside the scope."""
    draft = visible_to(actor).select_related("source", "organization", "conference").filter(pk=pk).first()
    if draft is None:
        raise NotFound("Không tìm thấy bản nhập này.")
    return draft


def get_card(actor: Actor, pk: int) -> Proposal:
    """One card with its draft; ``NotFound`` also when the draft is outside the scope."""
    drafts = visible_to(actor).values("pk")
    card = (
        Proposal.objects.filter(draft__in=drafts, pk=pk)
        .select_related("draft", "draft__organization")
        .first()
    )
    if card is None:
        raise NotFound("Không tìm thấy mục này của bản nhập.")
    return card


def listing(actor: Actor, state: str = "") -> QuerySet[Draft]:
    """Danh sách bản nhập, newest first, with ``pending`` and ``total`` cards; without the texts."""
    rows = visible_to(actor).filter(**({"state": state} if state else {}))
    pending = Count("proposals", filter=Q(proposals__state=ProposalState.PENDING))
    return (
        rows.select_related("source", "organization")
        .defer("source__text", "source__search_key")
        .annotate(pending=pending, total=Count("proposals"))
    )


def waiting(actor: Actor) -> QuerySet[Draft]:
    """Bản nhập chờ xác nhận."""
    return listing(actor, DraftState.PROPOSED)


def people_to_choose(actor: Actor, query: str) -> list[Person]:
    """Người có thể chọn, by a few letters of the name, with or without marks."""
    return list(org.search_people(people_known_to(actor), query)[:_MOST_CHOICES])


def bodies_to_choose(actor: Actor, query: str) -> list[Organization]:
    """Tổ chức có thể chọn, by a few letters of the name, with or without marks."""
    return list(org.search_organizations(org.visible_to(actor), query)[:_MOST_CHOICES])
