"""Quyền của một người hôm nay: the actor, made from the posts held and delegated on that day."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from allauth.mfa.models import Authenticator
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet, Value

from soi.access.enums import CAPABILITIES, Duty
from soi.access.models import Delegation, PostDuty, User
from soi.base.actor import Actor, Capability, Grant
from soi.base.models import held_on
from soi.base.records import Kept
from soi.org.models import Membership, Person, Post
from soi.org.queries import scope


def actor_of(user: User, *, today: dt.date, via: str = "web") -> Actor:
    """Người thực hiện: what this account may do today. One query, whatever the number of posts."""
    return _actor(user, _standing_of(user.person_id, today), today, via)


def actors_of(users: Sequence[User], *, today: dt.date, via: str = "web") -> list[Actor]:
    """Nhiều người thực hiện: one query for all of them, as when a thousand pages open together."""
    standings = _standings_of([user.person_id for user in users], today)
    return [_actor(user, standings[user.person_id], today, via) for user in users]


def _actor(user: User, standing: _Standing, today: dt.date, via: str) -> Actor:
    return Actor(
        user_id=user.pk,
        person_id=user.person_id,
        label=user.person.name,
        today=today,
        grants=standing.grants,
        post_ids=standing.post_ids,
        post_labels=standing.labels,
        lenders=standing.lenders,
        via=via,
    )


def bodies_reached(person: Person, *, today: dt.date) -> set[int]:
    """Nơi người đó có quyền hôm nay: the bodies of the posts held or lent, and those that rights start at.

    For somebody who holds nothing today: the bodies of all posts ever held.
    """
    standing = _standing_of(person.pk, today)
    posts = standing.post_ids
    held = Post.objects.filter(pk__in=posts) if posts else Post.objects.filter(memberships__person=person)
    starts = (grant.organization_id for grant in standing.grants)
    return {*held.values_list("organization_id", flat=True), *starts}


@dataclass(frozen=True, slots=True)
class _Standing:
    """Posts held or lent today, names of those held, the rights that go with them, and who lends."""

    post_ids: frozenset[int]
    labels: tuple[str, ...]
    lenders: frozenset[int]
    grants: tuple[Grant, ...]


class _Row(NamedTuple):
    """A post held or lent, with one of its duties; ``duty_id`` is None where it has none."""

    whose: int
    start: dt.date
    holding: int
    post: int
    label: str
    lender: str
    lender_id: int  # 0: the post is held
    in_force: bool
    duty_id: int | None
    duty: str
    organization: int
    whole_tree: bool


_HOLDING = ("start", "pk", "post", "post__label")
_DUTY = ("post__duties", "post__duties__duty", "post__duties__organization", "post__duties__whole_tree")


def _standing_of(person_id: int, today: dt.date) -> _Standing:
    return _standing(_COMPOSED.rows(person_id, today))


def _standings_of(person_ids: Collection[int], today: dt.date) -> dict[int, _Standing]:
    """One query for all of them; who holds nothing has an empty standing."""
    every: dict[int, list[_Row]] = {person_id: [] for person_id in person_ids}
    for row in _holdings(person_ids, today):
        every[row[0]].append(_Row(*row))
    return {person_id: _standing(rows) for person_id, rows in every.items()}


def _holdings(person_ids: Collection[int], today: dt.date) -> QuerySet[Any, Any]:
    """Posts held and lent on that day, a row for each with each of its duties."""
    held = Membership.objects.filter(held_on(today), held_on(today, "post__"), person_id__in=person_ids)
    lent = _lent_to(person_ids, today)
    own = (Value(""), Value(0), Value(value=True))
    return held.order_by().values_list("person", *_HOLDING, *own, *_DUTY).union(
        lent.order_by().values_list(
            "delegate", *_HOLDING, "delegator__name", "delegator", "in_force", *_DUTY
        ), all=True,
    )  # fmt: skip


# Stand for the person and the day while the statement is composed.
_SOMEBODY, _SOME_DAY = 8_999_999_999_999_999_999, dt.date(1, 1, 2)


class _Holdings(threading.local):
    """The statement for one person: every page asks it, and composing it takes longer than answering it."""

    vendor = ""
    sql = ""
    params: tuple[Any, ...] = ()

    def rows(self, person_id: int, today: dt.date) -> list[_Row]:
        if self.vendor != connection.vendor:
            self._compose()
        some_day, day = map(connection.ops.adapt_datefield_value, (_SOME_DAY, today))
        given = {_SOMEBODY: person_id, some_day: day}
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [given.get(param, param) for param in self.params])
            return [_plain(_Row(*row)) for row in cursor.fetchall()]

    def _compose(self) -> None:
        compiler = _holdings([_SOMEBODY], _SOME_DAY).query.get_compiler(connection=connection)
        self.sql, params = compiler.as_sql()
        self.params, self.vendor = tuple(params), connection.vendor


_COMPOSED = _Holdings()


def _plain(row: _Row) -> _Row:
    """SQLite has no truth values of its own."""
    return row._replace(in_force=bool(row.in_force), whole_tree=bool(row.whole_tree))


def _standing(every: list[_Row]) -> _Standing:
    every.sort(key=lambda row: (row.lender_id > 0, row.start, row.holding))
    rows = [row for row in every if row.in_force]
    # A post that is held is not used for somebody else; of several who lend it, the first counts.
    lender: dict[int, str] = {}
    for row in rows:
        lender.setdefault(row.post, row.lender)
    duties = {row.duty_id: row for row in rows if row.duty_id is not None}
    return _Standing(
        post_ids=frozenset(lender),
        labels=tuple({row.post: row.label for row in rows if not row.lender_id}.values()),
        lenders=frozenset(row.lender_id for row in every if row.lender_id),
        grants=tuple(
            grant for _, row in sorted(duties.items()) for grant in _grants_of(row, lender[row.post])
        ),
    )


def _grants_of(row: _Row, on_behalf_of: str) -> list[Grant]:
    return [
        Grant(
            capability=capability,
            organization_id=row.organization,
            whole_tree=row.whole_tree,
            post_id=row.post,
            on_behalf_of=on_behalf_of,
        )
        for capability in sorted(CAPABILITIES[Duty(row.duty)])
        # What is delegated is the post's work, not the right to lend it on.
        if not (on_behalf_of and capability == Capability.DIRECT)
    ]


def account(pk: int) -> User | None:
    """Tài khoản và người của nó, in one query; None when there is none."""
    found: User | None = _ACCOUNT.one(keys=[pk])
    return found


_ACCOUNT = Kept(lambda pk: User.objects.select_related("person").filter(pk=pk).order_by())


def _lent_to(person_ids: Collection[int], today: dt.date) -> QuerySet[Any]:
    """Delegations that run today; ``in_force`` where the one who lent still holds the post."""
    still_holds = Membership.objects.filter(
        held_on(today), held_on(today, "post__"), post=OuterRef("post"), person=OuterRef("delegator")
    )
    running = Delegation.objects.filter(held_on(today), delegate_id__in=person_ids, ended_at=None)
    return running.annotate(in_force=Exists(still_holds))


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
