"""Đọc tổ chức: the tree on a day, who held what on a day, and the part of the tree a right reaches."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from soi.base.actor import Actor, Capability
from soi.base.models import held_on
from soi.base.records import Kept, padded
from soi.base.text import fold, search_terms
from soi.org.enums import EdgeKind
from soi.org.models import (
    Closure,
    Membership,
    Organization,
    OrganizationEdge,
    OrganizationName,
    Person,
    Post,
    RankHolding,
    Reorganization,
    ReorganizationBody,
)

# --- the part of the tree that a right reaches -------------------------------------------------------


def scope(actor: Actor, capability: Capability, *, path: str) -> Q:
    """Phạm vi: rows whose body (at ``path``, e.g. ``"organization"``) the capability reaches today.

    Bodies that were merged or abolished stand, from then on, below their successor: what was found there
    stays in the successor's part of the tree.
    """
    return scope_of_any(actor, (capability,), path=path)


def scope_of_any(actor: Actor, capabilities: Collection[Capability], *, path: str) -> Q:
    """Phạm vi của một trong các quyền: as :func:`scope`, asked once for all of them."""
    if actor.is_system:
        return Q()
    granted = [grant for grant in actor.grants if grant.capability in capabilities]
    whole = sorted({grant.organization_id for grant in granted if grant.whole_tree})
    own = sorted({grant.organization_id for grant in granted if not grant.whole_tree})
    inside = Q()
    if whole:
        below = Closure.objects.filter(held_on(actor.today), ancestor_id__in=whole).values("descendant_id")
        inside |= Q(**{f"{path}__in": below})
    if own:
        inside |= Q(**{f"{path}__in": own})
    # An empty condition would let everything through: who has no such right sees nothing.
    return inside if whole or own else Q(pk__in=[])


def in_scope(actor: Actor, capability: Capability, organization_id: int) -> bool:
    """Whether the capability reaches this body today."""
    return organization_id in reached(actor, capability, [organization_id])


def reached(actor: Actor, capability: Capability, organization_ids: Iterable[int]) -> set[int]:
    """Which of these bodies the capability reaches today: one query, none where all are the bodies of the posts."""
    asked = set(organization_ids)
    if actor.is_system:
        return asked
    own = {grant.organization_id for grant in actor.grants if grant.capability == capability} & asked
    if own == asked:
        return own
    inside = Organization.objects.filter(scope(actor, capability, path="pk"), pk__in=asked - own)
    return own | set(inside.order_by().values_list("pk", flat=True))


def visible_to(actor: Actor) -> QuerySet[Organization]:
    """Tổ chức được thấy: the part of the tree of each reading right, and the chain above one's own posts."""
    if actor.is_system:
        return Organization.objects.all()
    seen = scope(actor, Capability.READ, path="pk") | scope(actor, Capability.MANAGE_ORGANIZATION, path="pk")
    own = Post.objects.filter(pk__in=actor.post_ids).values("organization_id")
    above = Closure.objects.filter(held_on(actor.today), descendant_id__in=own).values("ancestor_id")
    return Organization.objects.filter(seen | Q(pk__in=above))


def people_visible_to(actor: Actor) -> QuerySet[Person]:
    """Người được thấy: whoever ever held a post in a body one sees (so the superiors too), and oneself."""
    if actor.is_system:
        return Person.objects.all()
    holds = Membership.objects.filter(
        post__organization__in=visible_to(actor).values("pk"), person=OuterRef("pk")
    )
    return Person.objects.filter(Q(Exists(holds)) | Q(pk=actor.person_id or 0))


def held_since(people: Collection[int], *, post: str, since: str) -> Q:
    """Ai giữ chức từ ngày đó: rows whose post (at ``post``) one of these people held at any time since ``since``.

    ``since`` names a column with the day.
    """
    ended = f"{post}__memberships__end"
    return Q(**{f"{post}__memberships__person_id__in": people}) & (
        Q(**{f"{ended}__isnull": True}) | Q(**{f"{ended}__gt": F(since)})
    )


# --- the tree on a day -------------------------------------------------------------------------------


def existing_on(day: dt.date) -> Q:
    """Bodies that existed on that day."""
    return held_on(day)


def subordinates(organization: Organization, *, on: dt.date) -> QuerySet[Organization]:
    """Trực thuộc: bodies directly below on that day, in the order of the alphabet."""
    edges = OrganizationEdge.objects.filter(held_on(on), parent=organization, kind=EdgeKind.SUBORDINATE)
    return Organization.objects.filter(existing_on(on), pk__in=edges.values("child_id"))


def superior(organization: Organization, *, on: dt.date) -> Organization | None:
    """Cấp trên trực tiếp on that day."""
    edge = (
        OrganizationEdge.objects.filter(held_on(on), child=organization, kind=EdgeKind.SUBORDINATE)
        .select_related("parent")
        .first()
    )
    return edge.parent if edge else None


def ancestors(organization: Organization, *, on: dt.date) -> list[Organization]:
    """Các cấp trên, from the top down, on that day."""
    rows = _ABOVE.read(on, keys=[organization.pk])
    # A body that was split stands below each of its heirs, and so below their superiors by several ways.
    return list(dict.fromkeys(row.ancestor for row in rows))


_ABOVE = Kept(
    lambda on, below: (
        Closure.objects.filter(held_on(on), descendant=below, depth__gt=0)
        .select_related("ancestor")
        .order_by("-depth")
    )
)


def subtree(organization: Organization, *, on: dt.date) -> QuerySet[Organization]:
    """Toàn bộ cây dưới một tổ chức, itself included, as it stood on that day."""
    below = Closure.objects.filter(held_on(on), ancestor=organization)
    return Organization.objects.filter(existing_on(on), pk__in=below.values("descendant_id"))


def name_on(organization: Organization, day: dt.date) -> str:
    """Tên gọi của tổ chức trong ngày; the present name where none is known for that day."""
    row = OrganizationName.objects.filter(held_on(day), organization=organization).first()
    return row.name if row else organization.name


def successors(organization: Organization) -> QuerySet[Organization]:
    """Tổ chức kế thừa: those that took over an abolished or merged body."""
    edges = OrganizationEdge.objects.filter(child=organization, kind=EdgeKind.SUCCEEDED)
    return Organization.objects.filter(pk__in=edges.values("parent_id"))


def reorganizations_of(organization: Organization) -> QuerySet[Reorganization]:
    """Các lần sắp xếp mà tổ chức có mặt, newest first."""
    return (
        Reorganization.objects.filter(bodies__organization=organization)
        .distinct()
        .prefetch_related(Prefetch("bodies", ReorganizationBody.objects.select_related("organization")))
    )


# --- people on a day ---------------------------------------------------------------------------------


def posts_of(person: Person, *, on: dt.date) -> QuerySet[Membership]:
    """Giữ chức gì trong ngày đó: "who was he on that date"."""
    return (
        Membership.objects.filter(held_on(on), person=person)
        .select_related("post", "post__organization")
        .order_by("post__role", "pk")
    )


def rank_of(person: Person, *, on: dt.date) -> str:
    """Cấp bậc trong ngày; empty where none is known."""
    row = RankHolding.objects.filter(held_on(on), person=person).first()
    return row.rank if row else ""


def holders(post: Post, *, on: dt.date) -> QuerySet[Membership]:
    """Ai giữ chức trong ngày đó."""
    return Membership.objects.filter(held_on(on), post=post).select_related("person")


def holders_on(post_ids: Iterable[int], on: dt.date) -> dict[int, list[Person]]:
    """Ai giữ các chức này trong ngày đó: by post, in one query; posts that nobody held are left out."""
    held: defaultdict[int, list[Person]] = defaultdict(list)
    for membership in _HOLDING.read(on, keys=padded(list(set(post_ids)))):
        held[membership.post_id].append(membership.person)
    return dict(held)


_HOLDING = Kept(
    lambda on, *posts: Membership.objects.filter(held_on(on), post_id__in=posts).select_related("person")
)


def posts_held(person_ids: Iterable[int], *, on: dt.date) -> dict[int, str]:
    """Chức vụ và tổ chức những người này giữ trong ngày, as one line each, in one query."""
    held: defaultdict[int, list[str]] = defaultdict(list)
    rows = Membership.objects.filter(held_on(on), person_id__in=list(person_ids))
    for row in rows.select_related("post__organization").order_by("pk"):
        held[row.person_id].append(f"{row.post}, {row.post.organization}")
    return {person: "; ".join(labels) for person, labels in held.items()}


def search_people(people: QuerySet[Person], query: str) -> QuerySet[Person]:
    """Tìm người: every word of the query, with or without marks, anywhere in the name."""
    for term in search_terms(query):
        people = people.filter(search_key__contains=fold(term))
    return people


def search_organizations(bodies: QuerySet[Organization], query: str) -> QuerySet[Organization]:
    """Tìm tổ chức, with or without marks."""
    for term in search_terms(query):
        bodies = bodies.filter(search_key__contains=fold(term))
    return bodies


def post_labels(person_id: int | None, *, on: dt.date) -> list[str]:
    """Tên các chức vụ đang giữ, as printed beside a name."""
    return list(
        Membership.objects.filter(held_on(on), person_id=person_id or 0)
        .order_by("pk")
        .values_list("post__label", flat=True)
    )
