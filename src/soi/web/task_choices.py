"""Các danh sách để chọn khi giao việc: posts, bodies, programmes, papers; the first ones, and a search for the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from soi.base.actor import Actor, Capability
from soi.base.text import fold, search_terms
from soi.conferences import queries as conferences
from soi.directives import queries as directives
from soi.org import queries as org
from soi.web.forms.picks import Grouped, Labels, PickField, PickManyField, by_body, plain
from soi.web.task_list import names_of
from soi.work import queries as work

Search = Callable[[QuerySet[Any], str], QuerySet[Any]]
MOST_FOUND = 50
# A post is looked for by its name, its body, or whoever holds or held it.
_POST_WORDS = ("search_key", "organization__search_key", "memberships__person__search_key")


@dataclass(frozen=True, slots=True)
class Kind:
    """Một loại để chọn."""

    rows: Callable[[Actor], QuerySet[Any]]
    labels: Callable[[Actor], Labels]
    search: Search


def _by_words(*paths: str) -> Search:
    """Every word, with or without marks, in one of the columns."""

    def search(rows: QuerySet[Any], query: str) -> QuerySet[Any]:
        for term in search_terms(query):
            condition = Q()
            for path in paths:
                condition |= Q(**{f"{path}__contains": fold(term)})
            rows = rows.filter(condition)
        return rows.distinct()

    return search


def _by_title(rows: QuerySet[Any], query: str) -> QuerySet[Any]:
    for term in search_terms(query):
        rows = rows.filter(title__icontains=term)
    return rows


def _bodies(actor: Actor) -> QuerySet[Any]:
    return org.visible_to(actor).filter(org.existing_on(actor.today))


def _keepers(actor: Actor) -> QuerySet[Any]:
    """Đơn vị giao: the bodies whose records I keep, the highest and my own first."""
    kept = org.scope(actor, Capability.RECORD, path="pk")
    return _bodies(actor).filter(kept)


def _papers(actor: Actor) -> QuerySet[Any]:
    return directives.visible_to(actor).filter(directives.in_force(actor.today)).order_by("-issued_on", "-pk")


def _holders(actor: Actor) -> Labels:
    return by_body(lambda posts: names_of(list(posts), actor.today))


def _plain(_actor: Actor) -> Labels:
    return plain


def _people(actor: Actor) -> Labels:
    """Người, each with the posts of today."""

    def labels(rows: Sequence[Any]) -> Grouped:
        posts = org.posts_held([person.pk for person in rows], on=actor.today)
        return [(str(one.pk), " · ".join(filter(None, (str(one), posts.get(one.pk, ""))))) for one in rows]

    return labels


KINDS = {
    "nguoi": Kind(conferences.people_known_to, _people, org.search_people),
    "chuc-vu": Kind(work.posts_for_task, _holders, _by_words(*_POST_WORDS)),
    "to-chuc": Kind(_bodies, _plain, org.search_organizations),
    "don-vi-giao": Kind(_keepers, _plain, org.search_organizations),
    "chuong-trinh": Kind(work.programmes_visible_to, _plain, _by_title),
    "van-ban": Kind(_papers, _plain, directives.search),
}


def offer(field: Any, actor: Actor, kind: str, *, chosen: Any = None, empty: Any = "") -> None:
    """Bày danh sách vào một ô của biểu mẫu."""
    known = KINDS[kind]
    rows, labels, url = known.rows(actor), known.labels(actor), reverse("task_choices", args=[kind])
    if isinstance(field, PickManyField):
        field.offer(rows, chosen=chosen or (), labels=labels, url=url)
    else:
        assert isinstance(field, PickField)  # noqa: S101 (tells the type checker)
        field.offer(rows, chosen=chosen, labels=labels, url=url, empty=empty)


def found(actor: Actor, kind: str, query: str) -> Grouped:
    """Kết quả tìm, as options."""
    known = KINDS[kind]
    rows = known.search(known.rows(actor), query) if query.strip() else known.rows(actor).none()
    return known.labels(actor)(list(rows[:MOST_FOUND]))
