"""Ai được nhập văn bản và minh chứng, and the sentence when not."""

from __future__ import annotations

from soi.base.actor import Actor, Capability
from soi.base.errors import NotAllowed, NotFound
from soi.documents.models import Source
from soi.org import permissions as org_permissions
from soi.org.models import Organization, Post
from soi.org.queries import in_scope


def can_receive(actor: Actor, organization: Organization) -> bool:
    """Nhập văn bản: who records for that body."""
    return in_scope(actor, Capability.RECORD, organization.pk)


def check_can_receive(actor: Actor, organization: Organization) -> None:
    """A body outside what the actor sees is not found; one seen but not recorded for is not allowed."""
    if can_receive(actor, organization):
        return
    org_permissions.check_sees(actor, organization)
    raise NotAllowed(
        f"Đồng chí không có quyền nhập văn bản của {organization}. Hãy chuyển cho văn thư của cấp đó."
    )


def check_can_add_evidence(actor: Actor, organization: Organization) -> None:
    """Kèm minh chứng: who reads that body, or holds a post in it today."""
    if in_scope(actor, Capability.READ, organization.pk):
        return
    if not Post.objects.filter(pk__in=actor.post_ids, organization=organization).exists():
        org_permissions.check_sees(actor, organization)
        raise NotAllowed(f"Đồng chí không có quyền kèm minh chứng vào hồ sơ của {organization}.")


def evidence_allowed(actor: Actor, evidence: Source | None) -> Source | None:
    """Minh chứng dùng được, or ``NotFound``: nobody opens a file out of their sight by naming it as evidence."""
    if evidence is None or in_scope(actor, Capability.READ, evidence.organization_id):
        return evidence
    if Post.objects.filter(pk__in=actor.post_ids, organization=evidence.organization_id).exists():
        return evidence
    raise NotFound("Không tìm thấy văn bản minh chứng này.")
