"""Ai được quản lý tổ chức: who may change bodies, posts and people, and the sentence when not."""

from __future__ import annotations

from soi.base.actor import Actor, Capability
from soi.base.errors import NotAllowed, NotFound
from soi.org import queries
from soi.org.models import Membership, Organization, Person


def check_sees(actor: Actor, organization: Organization) -> None:
    """A body outside what the actor sees does not exist for them."""
    if not queries.visible_to(actor).filter(pk=organization.pk).exists():
        raise NotFound("Không tìm thấy tổ chức này.")


def check_can_manage(actor: Actor, organization: Organization | None) -> None:
    """Quản lý tổ chức: only where a post of the actor gives that right over this part of the tree."""
    if actor.is_system:
        return
    if organization is None:
        raise NotAllowed("Chỉ người cài đặt hệ thống mới lập được tổ chức đứng đầu một cây.")
    check_sees(actor, organization)
    if not queries.in_scope(actor, Capability.MANAGE_ORGANIZATION, organization.pk):
        raise NotAllowed(
            f"Đồng chí không có quyền sắp xếp tổ chức, chức vụ của {organization}. "
            "Hãy đề nghị người quản lý tổ chức của cấp đó."
        )


def check_can_manage_person(actor: Actor, person: Person) -> None:
    """Quản lý cán bộ: whoever has held a post in one's part of the tree, and people without any post yet."""
    held = Membership.objects.filter(person=person)
    reach = queries.scope(actor, Capability.MANAGE_ORGANIZATION, path="post__organization")
    if held.exists() and not held.filter(reach).exists():
        raise NotAllowed(f"{person} không giữ chức vụ nào trong phạm vi đồng chí quản lý.")
