"""Những điều sổ đã ghi about what the cards of a draft point to, in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Prefetch, Q
from django.utils import timezone

from soi.base.actor import Actor
from soi.base.models import held_on
from soi.conferences import queries as conferences
from soi.documents import queries as documents
from soi.intake.cards import ConferenceCard, PersonCard, references
from soi.intake.checks import Facts, Item, Similar
from soi.intake.logic.bodies import KnownBody
from soi.intake.logic.people import Held
from soi.intake.logic.posts import KnownPost
from soi.intake.models import Draft
from soi.org.enums import Classification
from soi.org.models import Membership, Person, Post, RankHolding


def gather(actor: Actor, draft: Draft, items: Sequence[Item]) -> Facts:
    """The facts for checking these cards; their references were checked when they were saved."""
    card = next((item.card for item in items if isinstance(item.card, ConferenceCard)), ConferenceCard())
    people = {item.card.person for item in items if isinstance(item.card, PersonCard) and item.card.person}
    posts = {pk for item in items for pk in references(item.card).posts}
    day = card.date_start
    return Facts(
        today=actor.today,
        day=day,
        names=dict(Person.objects.filter(pk__in=people).values_list("pk", "name")),
        held=_held(people, day) if day else {},
        posts=_posts(posts, day or actor.today),
        ranks=_ranks(people, day or actor.today),
        conferences=_similar_conferences(actor, card),
        sources=_same_texts(actor, draft),
    )


def _held(people: Iterable[int], day: dt.date) -> dict[int, list[Held]]:
    held: defaultdict[int, list[Held]] = defaultdict(list)
    rows = Membership.objects.filter(held_on(day), person_id__in=people).select_related("post__organization")
    for row in rows.order_by("pk"):
        held[row.person_id].append(Held(row.post_id, f"{row.post.label}, {row.post.organization}"))
    return dict(held)


def _posts(posts: Iterable[int], day: dt.date) -> dict[int, KnownPost]:
    holding = Membership.objects.filter(held_on(day)).select_related("person").order_by("pk")
    rows = (
        Post.objects.filter(pk__in=posts)
        .select_related("organization")
        .prefetch_related(Prefetch("memberships", holding, to_attr="holding"))
    )
    return {row.pk: _known_post(row) for row in rows}


def _known_post(row: Post) -> KnownPost:
    body = KnownBody(
        row.organization_id, (row.organization.name,), Classification(row.organization.classification), 0
    )
    holding: list[Membership] = row.holding  # type: ignore[attr-defined]
    return KnownPost(
        row.pk,
        f"{row.label}, {row.organization}",
        body,
        row.seats,
        tuple((held.person_id, held.person.name) for held in holding),
    )


def _ranks(people: Iterable[int], day: dt.date) -> dict[int, str]:
    """The last rank that each had reached by that day."""
    rows = RankHolding.objects.filter(person_id__in=people, start__lte=day).order_by("start")
    return dict(rows.values_list("person_id", "rank"))


def _similar_conferences(actor: Actor, card: ConferenceCard) -> list[Similar]:
    if card.date_start is None or card.organization is None:
        return []
    last = card.date_end or card.date_start
    rows = conferences.visible_to(actor).filter(
        Q(date_start__lte=last, date_end__gte=card.date_start), organization=card.organization, kind=card.kind
    )
    return [Similar(row.pk, row.title, row.date_start) for row in rows[:3]]


def _same_texts(actor: Actor, draft: Draft) -> list[Similar]:
    rows = (
        documents.visible_to(actor)
        .filter(sha256=draft.source.sha256, origin__in=documents.TEXTS)
        .exclude(pk=draft.source_id)
        .select_related("organization")
        .defer("text", "search_key")
    )
    return [Similar(row.pk, row.organization.name, timezone.localdate(row.received_at)) for row in rows[:3]]
