"""Sắp xếp tổ chức: found, rename, move, merge, split, abolish. The only code that writes the tree.

Every date is the first day on which the new state holds. History is never rewritten: edges and names end
and new ones begin; a body that is gone stands below its successor from that day on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict, Invalid
from soi.base.text import exact_key, sort_key
from soi.history.actions import record
from soi.org import closure, permissions, tree
from soi.org.enums import Classification, ReorganizationKind
from soi.org.models import Organization, OrganizationEdge, OrganizationName

_RIGHT = Capability.MANAGE_ORGANIZATION


@transaction.atomic
def found_organization(
    *,
    actor: Actor,
    name: str,
    classification: Classification,
    parent: Organization | None,
    on: dt.date,
    now: dt.datetime,
    short_name: str = "",
    basis: str = "",
) -> Organization:
    """Thành lập: a new body below ``parent`` (or a new tree when None, only by the installation)."""
    permissions.check_can_manage(actor, parent)
    name = tree.checked_name(name)
    tree.ready(on, parent)
    body = tree.plant(name, short_name, classification, parent, on)
    closure.rebuild_below([body.pk])
    tree.note(ReorganizationKind.FOUND, on, basis, before=[], after=[body])
    record(
        actor=actor, action="org.found_organization", subject=body, now=now, using=_RIGHT,
        name=name, parent=parent, on=on, basis=basis,
    )  # fmt: skip
    return body


@transaction.atomic
def rename_organization(
    *,
    actor: Actor,
    organization: Organization,
    name: str,
    on: dt.date,
    now: dt.datetime,
    short_name: str = "",
    basis: str = "",
) -> Organization:
    """Đổi tên từ ngày ``on``; the old name keeps answering for the days before."""
    permissions.check_can_manage(actor, organization)
    name = tree.checked_name(name)
    tree.ready(on, organization)
    if on > actor.today:
        raise Invalid(
            "Tên mới chưa có hiệu lực. Hãy ghi đổi tên khi đến ngày đó.",
            {"on": "Chọn ngày không muộn hơn hôm nay."},
        )
    current = OrganizationName.objects.get(organization=organization, end=None)
    if on <= current.start:
        raise Invalid(
            f"Tên hiện nay có từ {current.start:%d/%m/%Y}; ngày đổi tên phải sau ngày đó.",
            {"on": "Chọn ngày muộn hơn."},
        )
    old_name, current.end = current.name, on
    current.save(update_fields=["end"])
    OrganizationName.objects.create(organization=organization, name=name, short_name=short_name, start=on)
    organization.name, organization.short_name = name, short_name
    organization.sort_key = sort_key(name)
    organization.search_key = tree.search_key(name, short_name, old_name)
    organization.save(update_fields=["name", "short_name", "sort_key", "search_key"])
    tree.note(ReorganizationKind.RENAME, on, basis, before=[organization], after=[organization])
    record(
        actor=actor, action="org.rename_organization", subject=organization, now=now, using=_RIGHT,
        old_name=old_name, name=name, on=on, basis=basis,
    )  # fmt: skip
    return organization


@transaction.atomic
def move_organization(
    *,
    actor: Actor,
    organization: Organization,
    parent: Organization,
    on: dt.date,
    now: dt.datetime,
    basis: str = "",
) -> None:
    """Chuyển trực thuộc từ ngày ``on``: with everything below it. Needs the right over both places."""
    permissions.check_can_manage(actor, organization)
    permissions.check_can_manage(actor, parent)
    tree.ready(on, organization, parent)
    tree.check_moves(organization, parent)
    old = tree.leave_parent(organization, on)
    OrganizationEdge.objects.create(child=organization, parent=parent, start=on)
    closure.rebuild_below([organization.pk])
    tree.note(ReorganizationKind.MOVE, on, basis, before=[organization], after=[organization])
    record(
        actor=actor, action="org.move_organization", subject=organization, now=now, using=_RIGHT,
        old_parent=old, parent=parent, on=on, basis=basis,
    )  # fmt: skip


@transaction.atomic
def merge_organizations(
    *,
    actor: Actor,
    sources: Sequence[Organization],
    into: Organization,
    on: dt.date,
    now: dt.datetime,
    basis: str = "",
) -> None:
    """Sáp nhập ``sources`` vào ``into`` từ ngày ``on``.

    The sources end; their subordinate bodies move below ``into``; their posts and memberships end; what was
    found there follows to ``into``.
    """
    sources = list(dict.fromkeys(sources))
    if not sources or into in sources:
        raise Invalid("Hãy chọn ít nhất một tổ chức được sáp nhập, khác với tổ chức nhận sáp nhập.")
    for body in (*sources, into):
        permissions.check_can_manage(actor, body)
    tree.ready(on, *sources, into)
    tree.dissolve(sources, on, heirs=[into])
    tree.note(ReorganizationKind.MERGE, on, basis, before=[*sources, into], after=[into])
    record(
        actor=actor, action="org.merge_organizations", subject=into, now=now, using=_RIGHT,
        sources=list(sources), on=on, basis=basis,
    )  # fmt: skip


@transaction.atomic
def split_organization(
    *,
    actor: Actor,
    organization: Organization,
    names: Sequence[str],
    on: dt.date,
    now: dt.datetime,
    basis: str = "",
) -> list[Organization]:
    """Chia tách thành các tổ chức mới (two or more) từ ngày ``on``; the old one ends.

    Subordinate bodies move below the first new one; move them on from there.
    """
    permissions.check_can_manage(actor, organization)
    tree.ready(on, organization)
    wanted = [tree.checked_name(name) for name in names]
    if len({exact_key(name) for name in wanted}) < max(2, len(wanted)):
        raise Invalid(
            "Chia tách cần tên khác nhau của ít nhất hai tổ chức mới.",
            {"names": "Ghi mỗi tên trên một dòng."},
        )
    superior, kind = tree.current_parent(organization), Classification(organization.classification)
    heirs = [tree.plant(name, "", kind, superior, on) for name in wanted]
    tree.dissolve([organization], on, heirs=heirs)
    tree.note(ReorganizationKind.SPLIT, on, basis, before=[organization], after=heirs)
    record(
        actor=actor, action="org.split_organization", subject=organization, now=now, using=_RIGHT,
        into=heirs, on=on, basis=basis,
    )  # fmt: skip
    return heirs


@transaction.atomic
def abolish_organization(
    *, actor: Actor, organization: Organization, on: dt.date, now: dt.datetime, basis: str = ""
) -> None:
    """Giải thể từ ngày ``on``: its superior takes over its subordinate bodies and what is still open."""
    permissions.check_can_manage(actor, organization)
    tree.ready(on, organization)
    superior = tree.current_parent(organization)
    if superior is None:
        raise Conflict("Tổ chức đứng đầu một cây không giải thể được: không có cấp trên tiếp nhận.")
    tree.dissolve([organization], on, heirs=[superior])
    tree.note(ReorganizationKind.ABOLISH, on, basis, before=[organization], after=[superior])
    record(
        actor=actor, action="org.abolish_organization", subject=organization, now=now, using=_RIGHT,
        heir=superior, on=on, basis=basis,
    )  # fmt: skip
