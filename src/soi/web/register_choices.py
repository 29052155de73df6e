"""Tìm trong sổ: bodies, posts and people by a few letters, to be chosen on a card."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from soi.base.actor import Actor
from soi.base.text import fold, search_terms
from soi.conferences.queries import people_known_to
from soi.intake import queries
from soi.org import directory

MOST_CHOICES = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """Một lựa chọn trong danh sách tìm được."""

    value: int
    label: str


def _bodies(actor: Actor, query: str) -> list[Choice]:
    return [Choice(body.pk, body.name) for body in queries.bodies_to_choose(actor, query)]


def _posts(actor: Actor, query: str) -> list[Choice]:
    rows = directory.posts_visible_to(actor)
    for term in search_terms(query):
        rows = rows.filter(
            Q(search_key__contains=fold(term)) | Q(organization__search_key__contains=fold(term))
        )
    return [Choice(post.pk, f"{post.label}, {post.organization}") for post in rows[:MOST_CHOICES]]


def _people(actor: Actor, query: str) -> list[Choice]:
    found = [person.pk for person in queries.people_to_choose(actor, query)]
    rows = directory.with_posts(people_known_to(actor).filter(pk__in=found), on=actor.today)
    return [Choice(person.pk, _person_label(person)) for person in rows]


def _person_label(person: Any) -> str:
    held = "; ".join(f"{one.post.label}, {one.post.organization}" for one in person.holding)
    return f"{person.name} ({held})" if held else person.name


SEARCHES: Mapping[str, Callable[[Actor, str], list[Choice]]] = {
    "to-chuc": _bodies,
    "chuc-vu": _posts,
    "nguoi": _people,
}
