"""Quyền của một người hôm nay: the actor, made from the posts held and delegated on that day."""

from __future__ import annotations

import datetime as dt

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet

from soi.access.enums import CAPABILITIES, Duty
from soi.access.models import Delegation, PostDuty, User
from soi.base.actor import Actor, Capability, Grant
from soi.base.models import held_on
from soi.org.models import Membership, Person, Post
from soi.org.queries import scope


def actor_of(user: User, *, today: dt.date, via: str = "web") -> Actor:
    """Người thực hiện: what this account may do today. Three queries, whatever the number of posts."""
    posts, grants = _rights(user.person_id, today)
    return Actor(
        user_id=user.pk,
        person_id=user.person_id,
        label=user.person.name,
        today=today,
        grants=grants,
        post_ids=posts,
        via=via,
    )


def bodies_reached(person: Person, *, today: dt.date) -> set[int]:
    """Nơi người đó có quyền hôm nay: the bodies of the posts held or lent, and those that rights start at.

    For somebody who holds nothing today: the bodies of all posts ever held.
    """
    posts, grants = _rights(person.pk, today)
    held = Post.objects.filter(pk__in=posts) if posts else Post.objects.filter(memberships__person=person)
    return {*held.values_list("organization_id", flat=True), *(grant.organization_id for grant in grants)}


def _rights(person_id: int, today: dt.date) -> tuple[frozenset[int], tuple[Grant, ...]]:
    held = Membership.objects.filter(held_on(today), held_on(today, "post__"), person_id=person_id)
    own = set(held.values_list("post_id", flat=True))
    lent = {row.post_id: str(row.delegator) for row in delegations_to(person_id, today=today)}
    rows = PostDuty.objects.filter(post_id__in={*own, *lent}).order_by("pk")
    grants = tuple(
        grant for row in rows for grant in _grants_of(row, "" if row.post_id in own else lent[row.post_id])
    )
    return frozenset({*own, *lent}), grants


def _grants_of(row: PostDuty, on_behalf_of: str) -> list[Grant]:
    return [
        Grant(
            capability=capability,
            organization_id=row.organization_id,
            whole_tree=row.whole_tree,
            post_id=row.post_id,
            on_behalf_of=on_behalf_of,
        )
        for capability in sorted(CAPABILITIES[Duty(row.duty)])
        # What is delegated is the post's work, not the right to lend it on.
        if not (on_behalf_of and capability == Capability.DIRECT)
    ]


def delegations_to(person_id: int, *, today: dt.date) -> QuerySet[Delegation]:
    """Được ủy quyền hôm nay: only while the one who lent it still holds the post."""
    still_holds = Membership.objects.filter(
        held_on(today), post=OuterRef("post"), person=OuterRef("delegator")
    )
    return Delegation.objects.filter(
        held_on(today), held_on(today, "post__"), Exists(still_holds), delegate_id=person_id, ended_at=None
    ).select_related("delegator", "post")


def delegations_visible_to(actor: Actor) -> QuerySet[Delegation]:
    """Ủy quyền tôi đã giao và được giao."""
    mine = Delegation.objects.filter(delegator_id=actor.person_id) | Delegation.objects.filter(
        delegate_id=actor.person_id
    )
    return mine.select_related("post", "post__organization", "delegator", "delegate")


def accounts_visible_to(actor: Actor) -> QuerySet[User]:
    """Tài khoản: for the administrator of that part of the tree; nobody else sees a list of accounts."""
    reach = scope(actor, Capability.MANAGE_ACCOUNTS, path="post__organization")
    holds = Membership.objects.filter(reach, held_on(actor.today), person=OuterRef("person"))
    users = User.objects.filter(Exists(holds)) if not actor.is_system else User.objects.all()
    factor = Authenticator.objects.filter(user=OuterRef("pk"))
    users = users.annotate(has_second_factor=Exists(factor))
    return users.select_related("person").order_by("person__sort_key", "pk")


def people_without_account(actor: Actor) -> QuerySet[Person]:
    """Người chưa có tài khoản, in the part of the tree that the administrator looks after."""
    reach = scope(actor, Capability.MANAGE_ACCOUNTS, path="post__organization")
    holds = Membership.objects.filter(reach, held_on(actor.today), person=OuterRef("pk"))
    return Person.objects.filter(Exists(holds), user__isnull=True)


def posts_to_equip(actor: Actor) -> QuerySet[Post]:
    """Chức vụ mà người quản trị giao nhiệm vụ được."""
    posts = Post.objects.filter(
        scope(actor, Capability.MANAGE_ACCOUNTS, path="organization"), held_on(actor.today)
    )
    return posts.select_related("organization").order_by("organization__sort_key", "pk")


def duties_visible_to(actor: Actor) -> QuerySet[PostDuty]:
    """Nhiệm vụ đã giao, in the part of the tree that the administrator looks after."""
    rows = PostDuty.objects.filter(scope(actor, Capability.MANAGE_ACCOUNTS, path="post__organization"))
    return rows.select_related("post", "post__organization", "organization").order_by(
        "post__organization__sort_key", "pk"
    )


def posts_to_delegate(actor: Actor) -> QuerySet[Post]:
    """Chức vụ tôi đang tự mình giữ."""
    held = Membership.objects.filter(held_on(actor.today), person_id=actor.person_id or 0)
    return Post.objects.filter(pk__in=held.values("post_id")).select_related("organization")


def duties_of(actor: Actor) -> QuerySet[PostDuty]:
    """Nhiệm vụ mà các chức vụ của tôi mang lại hôm nay."""
    return (
        PostDuty.objects.filter(post_id__in=actor.post_ids)
        .select_related("post", "organization")
        .order_by("pk")
    )
