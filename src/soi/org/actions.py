"""Sắp xếp tổ chức: found, rename, move, merge, split, abolish. The only code that writes the tree.

Every date is the first day on which the new state holds. History is never rewritten: edges and names end
and new ones begin; a body that is gone stands below its successor from that day on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from soi.base.actor import Actor
from soi.base.errors import Conflict, Invalid
from soi.base.text import fold, sort_key, squash
from soi.history.actions import record
from soi.org import closure, permissions
from soi.org.enums import Classification, EdgeKind, ReorganizationKind
from soi.org.models import (
    Membership,
    Organization,
    OrganizationEdge,
    OrganizationName,
    Post,
    Reorganization,
    ReorganizationBody,
)


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
    name = _named(name)
    if parent is not None:
        _check_exists(parent, on)
    body = Organization.objects.create(
        name=name,
        short_name=short_name,
        classification=classification,
        start=on,
        sort_key=sort_key(name),
        search_key=_search_key(name, short_name),
    )
    OrganizationName.objects.create(organization=body, name=name, short_name=short_name, start=on)
    if parent is not None:
        OrganizationEdge.objects.create(child=body, parent=parent, start=on)
    closure.rebuild_below([body.pk])
    _note(ReorganizationKind.FOUND, on, basis, before=[], after=[body])
    record(
        actor=actor, action="org.found_organization", subject=body, now=now,
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
    name = _named(name)
    _check_exists(organization, on)
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
    # The old name stays searchable: people go on looking for it.
    organization.search_key = f"{_search_key(name, short_name)} {fold(old_name)}"[:450]
    organization.save(update_fields=["name", "short_name", "sort_key", "search_key"])
    _note(ReorganizationKind.RENAME, on, basis, before=[organization], after=[organization])
    record(
        actor=actor, action="org.rename_organization", subject=organization, now=now,
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
    _check_exists(organization, on)
    _check_exists(parent, on)
    old = _end_edge(organization, on)
    OrganizationEdge.objects.create(child=organization, parent=parent, start=on)
    closure.rebuild_below([organization.pk])
    _note(ReorganizationKind.MOVE, on, basis, before=[organization], after=[organization])
    record(
        actor=actor, action="org.move_organization", subject=organization, now=now,
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
    if not sources or into in sources:
        raise Invalid("Hãy chọn ít nhất một tổ chức được sáp nhập, khác với tổ chức nhận sáp nhập.")
    _check_exists(into, on)
    for source in (*sources, into):
        permissions.check_can_manage(actor, source)
    for source in sources:
        _dissolve(source, on, heirs=[into], children_to=into)
    _note(ReorganizationKind.MERGE, on, basis, before=[*sources, into], after=[into])
    record(
        actor=actor, action="org.merge_organizations", subject=into, now=now,
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
    _check_exists(organization, on)
    wanted = [_named(name) for name in names]
    if len(wanted) < 2:
        raise Invalid(
            "Chia tách cần tên của ít nhất hai tổ chức mới.", {"names": "Ghi mỗi tên trên một dòng."}
        )
    superior = _current_parent(organization)
    heirs = [_heir(name, organization, superior, on) for name in wanted]
    _dissolve(organization, on, heirs=heirs, children_to=heirs[0])
    _note(ReorganizationKind.SPLIT, on, basis, before=[organization], after=heirs)
    record(
        actor=actor, action="org.split_organization", subject=organization, now=now,
        into=heirs, on=on, basis=basis,
    )  # fmt: skip
    return heirs


@transaction.atomic
def abolish_organization(
    *, actor: Actor, organization: Organization, on: dt.date, now: dt.datetime, basis: str = ""
) -> None:
    """Giải thể từ ngày ``on``: its superior takes over its subordinate bodies and what is still open."""
    permissions.check_can_manage(actor, organization)
    _check_exists(organization, on)
    superior = _current_parent(organization)
    if superior is None:
        raise Conflict("Tổ chức đứng đầu một cây không giải thể được: không có cấp trên tiếp nhận.")
    _dissolve(organization, on, heirs=[superior], children_to=superior)
    _note(ReorganizationKind.ABOLISH, on, basis, before=[organization], after=[superior])
    record(
        actor=actor, action="org.abolish_organization", subject=organization, now=now,
        heir=superior, on=on, basis=basis,
    )  # fmt: skip


# --- parts shared by the verbs above -----------------------------------------------------------------


def _named(name: str) -> str:
    name = squash(name)
    if not name:
        raise Invalid("Hãy ghi tên tổ chức.", {"name": "Chưa có tên."})
    return name


def _search_key(name: str, short_name: str) -> str:
    return fold(f"{name} {short_name}")[:450]


def _check_exists(organization: Organization, on: dt.date) -> None:
    if not organization.exists_on(on):
        raise Invalid(
            f"{organization} không tồn tại vào ngày {on:%d/%m/%Y}. Hãy chọn ngày khác.",
            {"on": "Ngày nằm ngoài thời gian tổ chức tồn tại."},
        )


def _current_parent(organization: Organization) -> Organization | None:
    edge = OrganizationEdge.objects.filter(child=organization, end=None, kind=EdgeKind.SUBORDINATE)
    current = edge.select_related("parent").first()
    return current.parent if current else None


def _end_edge(organization: Organization, on: dt.date) -> Organization | None:
    edge = (
        OrganizationEdge.objects.filter(child=organization, end=None, kind=EdgeKind.SUBORDINATE)
        .select_related("parent")
        .first()
    )
    if edge is None:
        return None
    if on <= edge.start:
        raise Invalid(
            f"{organization} trực thuộc {edge.parent} từ {edge.start:%d/%m/%Y}; ngày sắp xếp phải sau ngày đó.",
            {"on": "Chọn ngày muộn hơn."},
        )
    edge.end = on
    edge.save(update_fields=["end"])
    return edge.parent


def _heir(name: str, source: Organization, superior: Organization | None, on: dt.date) -> Organization:
    heir = Organization.objects.create(
        name=name,
        classification=source.classification,
        start=on,
        sort_key=sort_key(name),
        search_key=_search_key(name, ""),
    )
    OrganizationName.objects.create(organization=heir, name=name, start=on)
    if superior is not None:
        OrganizationEdge.objects.create(child=heir, parent=superior, start=on)
    return heir


def _dissolve(
    source: Organization, on: dt.date, *, heirs: Sequence[Organization], children_to: Organization
) -> None:
    """End a body: edges, posts and memberships end, children move, heirs stand above it from now on."""
    affected = [source.pk, *(heir.pk for heir in heirs)]
    for edge in OrganizationEdge.objects.filter(parent=source, end=None, kind=EdgeKind.SUBORDINATE):
        child = edge.child
        _end_edge(child, on)
        if child.pk != children_to.pk:
            OrganizationEdge.objects.create(child=child, parent=children_to, start=on)
        affected.append(child.pk)
    _end_edge(source, on)
    OrganizationEdge.objects.bulk_create(
        OrganizationEdge(child=source, parent=heir, kind=EdgeKind.SUCCEEDED, start=on) for heir in heirs
    )
    Membership.objects.filter(post__organization=source, end=None, start__lt=on).update(end=on)
    Post.objects.filter(organization=source, end=None, start__lt=on).update(end=on)
    source.end = on
    source.save(update_fields=["end"])
    OrganizationName.objects.filter(organization=source, end=None, start__lt=on).update(end=on)
    closure.rebuild_below(affected)


def _note(
    kind: ReorganizationKind,
    on: dt.date,
    basis: str,
    *,
    before: Sequence[Organization],
    after: Sequence[Organization],
) -> None:
    event = Reorganization.objects.create(kind=kind, on=on, basis=basis)
    ReorganizationBody.objects.bulk_create(
        [ReorganizationBody(reorganization=event, organization=body, is_result=False) for body in before]
        + [ReorganizationBody(reorganization=event, organization=body, is_result=True) for body in after]
    )
