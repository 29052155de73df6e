"""Sửa cây: the steps that reorganisations are made of. Used by :mod:`soi.org.actions` only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import Q

from soi.base.errors import Conflict, Invalid
from soi.base.locks import Alone, hold_alone
from soi.base.text import fold, foreign_letters, sort_key, squash
from soi.org import closure
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

SUBORDINATE, SUCCEEDED = EdgeKind.SUBORDINATE, EdgeKind.SUCCEEDED


def ready(on: dt.date, *bodies: Organization | None) -> None:
    """Chuẩn bị sắp xếp: one reorganisation at a time, on bodies as they are now and that exist on that day.

    Two moves at once could each be right and together close a circle; so the second waits for the first.
    """
    hold_alone(Alone.REORGANIZING)
    for body in bodies:
        if body is not None:
            body.refresh_from_db()
            _check_exists(body, on)


def _check_exists(body: Organization, on: dt.date) -> None:
    if body.end is not None:
        raise Invalid(
            f"{body} chấm dứt từ ngày {body.end:%d/%m/%Y}, không sắp xếp được nữa.",
            {"on": "Tổ chức đã chấm dứt."},
        )
    if on < body.start:
        raise Invalid(
            f"{body} thành lập ngày {body.start:%d/%m/%Y}; ngày sắp xếp không được trước ngày đó.",
            {"on": "Chọn ngày muộn hơn."},
        )


def checked_name(name: str) -> str:
    """Tên tổ chức as stored; refused when empty or with letters that only look like ours."""
    name = squash(name)
    if not name:
        raise Invalid("Hãy ghi tên tổ chức.", {"name": "Chưa có tên."})
    if foreign := foreign_letters(name):
        raise Invalid(
            f"Tên có ký tự «{foreign}» không phải chữ tiếng Việt (chỉ trông giống). Hãy gõ lại.",
            {"name": "Gõ lại bằng bộ gõ tiếng Việt."},
        )
    return name


def search_key(name: str, short_name: str = "", old_name: str = "") -> str:
    """What a search without marks looks through; an old name stays: people go on looking for it."""
    return fold(f"{name} {short_name} {old_name}")[:450]


def plant(
    name: str, short_name: str, classification: Classification, parent: Organization | None, on: dt.date
) -> Organization:
    """Một tổ chức mới with its name and its place in the tree; the closure is the caller's to rebuild."""
    body = Organization.objects.create(
        name=name,
        short_name=short_name,
        classification=classification,
        start=on,
        sort_key=sort_key(name),
        search_key=search_key(name, short_name),
    )
    OrganizationName.objects.create(organization=body, name=name, short_name=short_name, start=on)
    if parent is not None:
        OrganizationEdge.objects.create(child=body, parent=parent, start=on)
    return body


def current_parent(body: Organization) -> Organization | None:
    """Cấp trên hiện nay, by the last edge that was written."""
    edge = OrganizationEdge.objects.filter(child=body, end=None, kind=SUBORDINATE)
    current = edge.select_related("parent").first()
    return current.parent if current else None


def leave_parent(body: Organization, on: dt.date) -> Organization | None:
    """End the present edge on that day; returns the parent that was left."""
    edges = OrganizationEdge.objects.filter(child=body, kind=SUBORDINATE)
    edge = edges.select_related("parent").order_by("start").last()
    if edge is None or (edge.end is not None and edge.end <= on):
        return None
    if edge.end is not None or on <= edge.start:
        raise Invalid(
            f"{body} trực thuộc {edge.parent} từ {edge.start:%d/%m/%Y}; ngày sắp xếp phải sau ngày đó.",
            {"on": "Chọn ngày muộn hơn."},
        )
    edge.end = on
    edge.save(update_fields=["end"])
    return edge.parent


def dissolve(sources: Sequence[Organization], on: dt.date, *, heirs: Sequence[Organization]) -> None:
    """End bodies together: what stood below moves under the first heir, heirs stand above from now on.

    Where the heir itself stood below one of them, it takes its place below the nearest body that remains.
    """
    for source in sources:
        _check_nothing_later(source, on)
    moved = _move_children({source.pk for source in sources}, heirs[0].pk, on)
    OrganizationEdge.objects.bulk_create(
        OrganizationEdge(child=source, parent=heir, kind=SUCCEEDED, start=on)
        for source in sources
        for heir in heirs
    )
    for source in sources:
        _end(source, on)
    closure.rebuild_below({*moved, *(body.pk for body in (*sources, *heirs))})


def _check_nothing_later(source: Organization, on: dt.date) -> None:
    later = Q(start__gte=on) | Q(end__gt=on)
    edges = OrganizationEdge.objects.filter(Q(child=source) | Q(parent=source))
    if (
        on <= source.start
        or edges.filter(later).exists()
        or OrganizationName.objects.filter(later, organization=source).exists()
        or Post.objects.filter(organization=source, start__gte=on).exists()
        or Membership.objects.filter(post__organization=source, start__gte=on).exists()
    ):
        raise Invalid(
            f"Từ ngày {on:%d/%m/%Y}, {source} còn có thay đổi đã ghi (trực thuộc, tên gọi, chức vụ hoặc "
            "người giữ chức). Hãy chọn ngày sau các thay đổi đó.",
            {"on": "Chọn ngày muộn hơn."},
        )


def _move_children(gone: set[int], heir: int, on: dt.date) -> list[int]:
    """End every edge at the bodies that go; their children get a new parent. Returns the children."""
    edges = list(
        OrganizationEdge.objects.filter(Q(child__in=gone) | Q(parent__in=gone), end=None, kind=SUBORDINATE)
    )
    OrganizationEdge.objects.filter(pk__in=[edge.pk for edge in edges]).update(end=on)
    above = {edge.child_id: edge.parent_id for edge in edges}
    children = [edge.child_id for edge in edges if edge.child_id not in gone]
    parents = {child: heir if child != heir else _remaining(above, gone, child) for child in children}
    OrganizationEdge.objects.bulk_create(
        OrganizationEdge(child_id=child, parent_id=parent, start=on)
        for child, parent in parents.items()
        if parent is not None
    )
    return children


def _remaining(above: dict[int, int], gone: set[int], body: int) -> int | None:
    parent = above.get(body)
    while parent in gone:
        parent = above.get(parent)
    return parent


def _end(source: Organization, on: dt.date) -> None:
    open_after = Q(end=None) | Q(end__gt=on)
    # Locked first: an appointment that is being written now is seen, and ended, below.
    list(Post.objects.select_for_update().filter(organization=source))
    Membership.objects.filter(open_after, post__organization=source).update(end=on)
    Post.objects.filter(open_after, organization=source).update(end=on)
    OrganizationName.objects.filter(organization=source, end=None).update(end=on)
    source.end = on
    source.save(update_fields=["end"])


def note(
    kind: ReorganizationKind,
    on: dt.date,
    basis: str,
    *,
    before: Sequence[Organization],
    after: Sequence[Organization],
) -> None:
    """Ghi lần sắp xếp: which bodies stood there before, which after."""
    event = Reorganization.objects.create(kind=kind, on=on, basis=basis)
    ReorganizationBody.objects.bulk_create(
        [ReorganizationBody(reorganization=event, organization=body, is_result=False) for body in before]
        + [ReorganizationBody(reorganization=event, organization=body, is_result=True) for body in after]
    )


def check_moves(body: Organization, parent: Organization) -> None:
    """A move must lead somewhere else, and not below itself (further down the closure refuses)."""
    if body.pk == parent.pk:
        raise Conflict(closure.CIRCLE)
    if current_parent(body) == parent:
        raise Conflict(f"{body} đang trực thuộc {parent}. Hãy chọn cấp trên khác.")
