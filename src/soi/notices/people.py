"""Ai cần biết: from posts and bodies to the people of this day, for many at once."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from soi.access.enums import CAPABILITIES, Duty
from soi.access.models import Delegation, PostDuty, User
from soi.access.queries import actor_of
from soi.base.actor import Capability
from soi.base.models import held_on
from soi.findings import queries as findings
from soi.findings.enums import FindingState
from soi.findings.models import Finding
from soi.org.enums import PostRole
from soi.org.models import Closure, Membership, Organization, Post

# Who keeps a body's records and answers for it.
_LEADING = (Duty.SECRETARY, Duty.CLERK)
_VERIFYING = tuple(duty for duty, held in CAPABILITIES.items() if Capability.VERIFY in held)

By = dict[int, set[int]]


@dataclass(frozen=True, slots=True)
class Target:
    """Nơi nhận của một thông báo: holders of posts, heads and clerks of bodies, only the heads, or people."""

    posts: frozenset[int] = frozenset()
    bodies: frozenset[int] = frozenset()
    heads: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()

    def __or__(self, other: Target) -> Target:
        return Target(
            self.posts | other.posts,
            self.bodies | other.bodies,
            self.heads | other.heads,
            self.people | other.people,
        )


class Book:
    """Danh bạ của một ngày: the people behind many targets, in a number of queries that does not grow."""

    def __init__(self, targets: Iterable[Target], today: dt.date) -> None:
        targets = list(targets)
        self._moved = _nearest_standing({b for t in targets for b in (*t.bodies, *t.heads)}, today)
        self._leaders = _posts_by_body(self._standing(b for t in targets for b in t.bodies), today, _leads())
        head = Q(role=PostRole.HEAD)
        self._heads = _posts_by_body(self._standing(b for t in targets for b in t.heads), today, head)
        posts = {post for target in targets for post in target.posts}
        for by_body in (self._leaders, self._heads):
            posts |= {post for found in by_body.values() for post in found}
        self._people = people_of_posts(posts, today)

    def _standing(self, bodies: Iterable[int]) -> set[int]:
        return {self._moved.get(body, body) for body in bodies}

    def of(self, target: Target) -> set[int]:
        """Những người này."""
        posts = set(target.posts)
        for body in self._standing(target.bodies):
            posts |= self._leaders.get(body, set())
        for body in self._standing(target.heads):
            posts |= self._heads.get(body, set())
        return {person for post in posts for person in self._people.get(post, ())} | set(target.people)


def people_of_posts(posts: Iterable[int], today: dt.date) -> By:
    """Người giữ chức và người đang được ủy quyền, by post."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    asked = set(posts)
    held = Membership.objects.filter(held_on(today), held_on(today, "post__"), post_id__in=asked)
    lent = Delegation.objects.filter(held_on(today), post_id__in=asked, ended_at=None)
    for post, person in held.order_by().values_list("post_id", "person_id"):
        found[post].add(person)
    for post, lender, person in lent.order_by().values_list("post_id", "delegator_id", "delegate_id"):
        if lender in found[post]:
            found[post].add(person)
    return dict(found)


def _leads() -> Q:
    duties = PostDuty.objects.filter(duty__in=_LEADING)
    return Q(role=PostRole.HEAD) | Q(pk__in=duties.values("post_id"))


def _posts_by_body(bodies: set[int], today: dt.date, which: Q) -> By:
    found: defaultdict[int, set[int]] = defaultdict(set)
    if bodies:
        posts = Post.objects.filter(which, held_on(today), organization_id__in=bodies).order_by()
        for body, post in posts.values_list("organization_id", "pk"):
            found[body].add(post)
    return dict(found)


def _nearest_standing(bodies: set[int], today: dt.date) -> dict[int, int]:
    """Cấp kế thừa gần nhất: for bodies that were merged or abolished, who answers for them today."""
    gone = Organization.objects.filter(pk__in=bodies, end__lte=today).values("pk")
    above = Closure.objects.filter(
        held_on(today), held_on(today, "ancestor__"), descendant_id__in=gone, depth__gt=0
    )
    nearest: dict[int, int] = {}
    for body, ancestor in above.order_by("depth", "pk").values_list("descendant_id", "ancestor_id"):
        nearest.setdefault(body, ancestor)
    return nearest


# --- who may confirm ---------------------------------------------------------------------------------


def verifiers_of(finding: Finding, today: dt.date) -> set[int]:
    """Người xác nhận được nội dung này: of the nearest level that has somebody without a stake in it."""
    if finding.state != FindingState.REPORTED:
        return set()
    for users in _verifying_levels(finding, today):
        able = {user.person_id for user in users if _may_verify(user, finding, today)}
        if able:
            return able
    return set()


def _may_verify(user: User, finding: Finding, today: dt.date) -> bool:
    return findings.to_verify(actor_of(user, today=today)).filter(pk=finding.pk).exists()


def _verifying_levels(finding: Finding, today: dt.date) -> list[QuerySet[User]]:
    """Accounts of those who verify in the body itself, then of each level above it."""
    chain = Closure.objects.filter(held_on(today), descendant_id=finding.organization_id)
    levels = []
    for body, depth in chain.order_by("depth", "pk").values_list("ancestor_id", "depth"):
        duties = PostDuty.objects.filter(organization_id=body, duty__in=_VERIFYING)
        if depth:
            duties = duties.filter(whole_tree=True)
        held = Membership.objects.filter(held_on(today), post_id__in=duties.values("post_id"))
        levels.append(
            User.objects.filter(is_active=True, person_id__in=held.values("person_id")).select_related(
                "person"
            )
        )
    return levels
