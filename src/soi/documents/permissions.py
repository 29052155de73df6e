"""Ai được nhập văn bản và minh chứng, and the sentence when not."""

from __future__ import annotations

from soi.base.actor import Actor, Capability
from soi.base.errors import NotAllowed
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
