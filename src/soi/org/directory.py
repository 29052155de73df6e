"""Danh bạ: the tree node by node and people with their posts, as pages show them; constant query counts."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from soi.base.actor import Actor, Capability
from soi.base.models import held_on
from soi.base.together import Together
from soi.org.enums import EdgeKind, PostRole
from soi.org.models import Membership, Organization, OrganizationEdge, OrganizationName, Person, Post
from soi.org.queries import ancestors, existing_on, scope, visible_to


@dataclass(slots=True)
class Node:
    """Một nút của cây: the body, its name on that day, its head, and what of it may be seen below."""

    organization: Organization
    name: str
    head: str
    has_children: bool
    children: list[Node]


def trees_visible_to(actor: Actor, *, on: dt.date, levels: int = 2) -> list[Node]:
    """Các cây đồng chí được xem vào ngày đó: the top bodies and ``levels`` levels below them."""
    visible = visible_to(actor).filter(existing_on(on))
    below = OrganizationEdge.objects.filter(
        held_on(on), kind=EdgeKind.SUBORDINATE, parent__in=visible.values("pk")
    ).values("child_id")
    return _grow(actor, list(visible.exclude(pk__in=below)), on=on, levels=levels)


def nodes_below(actor: Actor, organization: Organization, *, on: dt.date) -> list[Node]:
    """Các tổ chức trực thuộc vào ngày đó, one level."""
    edges = OrganizationEdge.objects.filter(held_on(on), kind=EdgeKind.SUBORDINATE, parent=organization)
    children = visible_to(actor).filter(existing_on(on), pk__in=edges.values("child_id"))
    return _grow(actor, list(children), on=on, levels=0)


def _grow(actor: Actor, tops: list[Organization], *, on: dt.date, levels: int) -> list[Node]:
    """One query for each level, and two for the names and heads of all bodies together."""
    below: defaultdict[int, list[Organization]] = defaultdict(list)
    bodies, row = list(tops), tops
    for level in range(levels + 1):
        below.update(_children(actor, row, on=on))
        row = [child for parent in row for child in below[parent.pk]]
        bodies += row if level < levels else []
    names, heads = _names(bodies, on=on), _heads(bodies, on=on)

    def node(body: Organization, left: int) -> Node:
        children = [node(child, left - 1) for child in below[body.pk]] if left else []
        return Node(
            body, names.get(body.pk, body.name), heads.get(body.pk, ""), bool(below[body.pk]), children
        )

    return [node(top, levels) for top in tops]


def _children(
    actor: Actor, parents: Sequence[Organization], *, on: dt.date
) -> defaultdict[int, list[Organization]]:
    edges = (
        OrganizationEdge.objects.filter(
            held_on(on),
            held_on(on, "child__"),
            kind=EdgeKind.SUBORDINATE,
            parent__in=parents,
            child__in=visible_to(actor).values("pk"),
        )
        .select_related("child")
        .order_by("child__sort_key")
    )
    grouped: defaultdict[int, list[Organization]] = defaultdict(list)
    for edge in edges:
        grouped[edge.parent_id].append(edge.child)
    return grouped


def _names(bodies: Sequence[Organization], *, on: dt.date) -> dict[int, str]:
    rows = OrganizationName.objects.filter(held_on(on), organization__in=bodies)
    return dict(rows.order_by().values_list("organization_id", "name"))


def _heads(bodies: Sequence[Organization], *, on: dt.date) -> dict[int, str]:
    holdings = (
        Membership.objects.filter(held_on(on), post__organization__in=bodies, post__role=PostRole.HEAD)
        .select_related("person", "post")
        .order_by("-pk")
    )
    return {row.post.organization_id: f"{row.person} ({row.post})" for row in holdings}


def load_day(organization: Organization, *, on: dt.date) -> None:
    """Tổ chức trong ngày đó, in one query.

    ``names`` (all of them, newest first), ``posts_then`` of that day, and on each post those ``holding`` it.
    """
    _DAY.load([organization], on)


def _parts_of_day(on: dt.date) -> list[Prefetch[Any]]:
    holding = Membership.objects.filter(held_on(on)).select_related("person")
    return [
        Prefetch("names", OrganizationName.objects.order_by("-start")),
        Prefetch("posts", Post.objects.filter(held_on(on)).order_by("pk"), to_attr="posts_then"),
        Prefetch("posts__memberships", holding, to_attr="holding"),
    ]


_DAY = Together(_parts_of_day)


def superiors_visible_to(actor: Actor, organization: Organization, *, on: dt.date) -> list[Organization]:
    """Các cấp trên được xem, from the top down, on that day."""
    above = ancestors(organization, on=on)
    seen = set(visible_to(actor).filter(pk__in=[body.pk for body in above]).values_list("pk", flat=True))
    return [body for body in above if body.pk in seen]


def with_posts(people: QuerySet[Person], *, on: dt.date) -> QuerySet[Person]:
    """Người và chức vụ đang giữ: ``holding`` holds the memberships of that day."""
    holding = (
        Membership.objects.filter(held_on(on)).select_related("post", "post__organization").order_by("pk")
    )
    return people.prefetch_related(Prefetch("memberships", queryset=holding, to_attr="holding"))


def memberships_of(person: Person) -> QuerySet[Membership]:
    """Quá trình công tác, newest first."""
    return person.memberships.select_related("post", "post__organization").order_by("-start", "-pk")


def posts_visible_to(actor: Actor) -> QuerySet[Post]:
    """Chức vụ trong những tổ chức được xem."""
    return Post.objects.filter(organization__in=visible_to(actor).values("pk")).select_related("organization")


def memberships_visible_to(actor: Actor) -> QuerySet[Membership]:
    """Việc giữ chức trong phạm vi được xem, and one's own."""
    reach = scope(actor, Capability.READ, path="post__organization") | scope(
        actor, Capability.MANAGE_ORGANIZATION, path="post__organization"
    )
    return Membership.objects.filter(reach | Q(person_id=actor.person_id or 0)).select_related(
        "person", "post", "post__organization"
    )
