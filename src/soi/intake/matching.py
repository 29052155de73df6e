"""Đối chiếu với sổ: what is known about the bodies, posts and people that a text may mean.

Everything is read as of the day of the text, from what the actor may see, in a fixed number of queries;
choosing among it is left to the pure functions in ``logic``.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_

from django.db.models import Min, Q
from django.db.models.functions import Length

from soi.base.actor import Actor
from soi.base.models import held_on
from soi.base.text import fold
from soi.conferences.queries import people_known_to
from soi.intake.logic import bodies, posts
from soi.intake.logic import people as namesakes
from soi.intake.logic.bodies import BELOW, BESIDE, KnownBody
from soi.intake.logic.people import Held, KnownPerson
from soi.intake.logic.posts import KnownPost
from soi.org import queries as org
from soi.org.enums import Classification
from soi.org.models import Closure, Membership, Organization, Post

# Searching for a mistyped name reads the whole list of people: only so many names at a time.
_MOST_FUZZY = 12


@dataclass(frozen=True, slots=True)
class Register:
    """Sổ, as of one day, seen from the body for which the clerk imports."""

    day: dt.date
    home: int
    bodies: tuple[KnownBody, ...]
    posts: tuple[KnownPost, ...]
    people: tuple[KnownPerson, ...]
    # The text tells of an organisation that is not in the register: "Đảng ủy" is not ours.
    full_names: bool = False

    def elsewhere(self) -> Register:
        """The same register for a text about another organisation: short names mean nobody of ours."""
        return replace(self, full_names=True)

    def body(self, text: str) -> int | None:
        """The body that these words mean."""
        return bodies.best(text, self.bodies, full_name=self.full_names)

    def post(self, text: str, body: int | None, *, holder: int | None = None) -> KnownPost | None:
        """The post that these words mean; ``holder`` is the person who is said to hold it."""
        held = [post for post in self.posts if any(pk == holder for pk, _ in post.holders)]
        known = held if self.full_names and body is None else self.posts
        return posts.best_post(text, body, known, held=[post.id for post in held])

    def named(self, name: str, named_posts: Iterable[int]) -> list[namesakes.PersonMatch]:
        """The people whom this name may mean, most likely first."""
        return namesakes.matches(name, set(named_posts), self.people)


def register_on(
    actor: Actor, home: Organization, day: dt.date, *, names: Sequence[str], post_texts: Sequence[str]
) -> Register:
    """Mở sổ ngày ``day``: the bodies around ``home``, the posts and people that these words may mean."""
    known = known_bodies(actor, home, day)
    return Register(
        day=day,
        home=home.pk,
        bodies=known,
        posts=_known_posts(post_texts, known, day),
        people=_known_people(actor, names, day),
    )


def known_bodies(actor: Actor, home: Organization, day: dt.date) -> tuple[KnownBody, ...]:
    """Các tổ chức quanh ``home``: above, below, and directly below one above; as far as the actor sees."""
    distances = _distances(home, day)
    rows = (
        org.visible_to(actor)
        .filter(org.existing_on(day), pk__in=distances)
        .prefetch_related("names")
        .order_by("pk")
    )
    return tuple(_known_body(row, distances[row.pk]) for row in rows)


def _known_body(row: Organization, distance: int) -> KnownBody:
    names = [row.name, row.short_name]
    for former in row.names.all():
        names += [former.name, former.short_name]
    distinct = tuple(dict.fromkeys(name for name in names if name))
    return KnownBody(row.pk, distinct, Classification(row.classification), distance)


def _distances(home: Organization, day: dt.date) -> dict[int, int]:
    up = dict(Closure.objects.filter(held_on(day), descendant=home).values_list("ancestor_id", "depth"))
    down = Closure.objects.filter(held_on(day), ancestor=home).values_list("descendant_id", "depth")
    beside = (
        Closure.objects.filter(held_on(day), ancestor_id__in=up, depth=1)
        .values("descendant_id")
        .annotate(nearest=Min("pk"))
        .values_list("descendant_id", flat=True)
    )
    distances = dict.fromkeys(beside, BESIDE)
    distances |= {pk: BELOW + depth for pk, depth in down}
    return distances | up


def _known_posts(texts: Sequence[str], known: Sequence[KnownBody], day: dt.date) -> tuple[KnownPost, ...]:
    starts = {" ".join(bodies.words_of(text)[:2]) for text in texts} - {""}
    if not starts:
        return ()
    by_id = {body.id: body for body in known}
    rows = Post.objects.filter(held_on(day), _any(Q(search_key__startswith=start) for start in starts))
    found = [
        row
        for row in rows.order_by("pk").values_list("pk", "label", "organization_id", "seats")
        if row[2] in by_id
    ]
    holders: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    holding = Membership.objects.filter(held_on(day), post__in=rows.values("pk")).order_by("pk")
    for post, person, name in holding.values_list("post_id", "person_id", "person__name"):
        holders[post].append((person, name))
    return tuple(
        KnownPost(pk, label, by_id[body], seats, tuple(holders[pk])) for pk, label, body, seats in found
    )


def _known_people(actor: Actor, names: Sequence[str], day: dt.date) -> tuple[KnownPerson, ...]:
    if not names:
        return ()
    rows = people_known_to(actor).annotate(length=Length("search_key")).filter(_spelt_like(names))
    found = {
        pk: name
        for pk, name in rows.values_list("pk", "name")
        if any(namesakes.likeness(wanted, name) for wanted in names)
    }
    held: defaultdict[int, list[Held]] = defaultdict(list)
    holding = Membership.objects.filter(held_on(day), person_id__in=found)
    for row in holding.select_related("post__organization").order_by("pk"):
        held[row.person_id].append(Held(row.post_id, f"{row.post.label}, {row.post.organization}"))
    return tuple(KnownPerson(pk, name, tuple(held[pk])) for pk, name in sorted(found.items()))


def _spelt_like(names: Sequence[str]) -> Q:
    """Equal without marks, or equal but for one word (where the mistyped letter may be). Read once more after."""
    conditions = [Q(search_key__in={fold(name) for name in names})]
    for name in names[:_MOST_FUZZY]:
        length = len(fold(name))
        near = Q(length__range=(length - 1, length + 1))
        for before, behind in namesakes.around_a_typo(name):
            start = Q(search_key__startswith=f"{before} ") if before else Q()
            end = Q(search_key__endswith=f" {behind}") if behind else Q()
            conditions.append(near & start & end)
    return _any(conditions)


def _any(conditions: Iterable[Q]) -> Q:
    return reduce(or_, conditions, Q(pk__in=[]))
