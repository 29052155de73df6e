"""Vòng kiểm điểm: where each body stands in a cycle, what is missing, from whom, until when.

A number of statements that does not grow with the tree; what follows from the rows is worked out in memory.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, IntegerField, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from soi.base.actor import Actor
from soi.base.models import held_on
from soi.org.enums import EdgeKind
from soi.org.models import Closure, Organization, OrganizationEdge
from soi.org.queries import subtree
from soi.reviews.enums import Lack, ReviewKind, ReviewState, Step, Verdict
from soi.reviews.list_queries import REVIEWED, Completeness, missing_seen, tallies_by
from soi.reviews.logic.completeness import Tally, total
from soi.reviews.models import Asked, Carried, Comment, CommentRound, Cycle, Explanation, Prompt, Review
from soi.reviews.queries import visible_to


@dataclass(frozen=True, slots=True)
class Lacking:
    """Một điều còn thiếu: how many, from whom, until when; ``days_late`` where the day has passed."""

    lack: Lack
    count: int
    whom: str
    until: dt.date | None
    days_late: int


@dataclass(frozen=True, slots=True)
class BodyRow:
    """Một đơn vị trong đợt. ``step``: where it stands; None where nothing is left to do for its collective."""

    organization: Organization
    review: Review | None
    step: Step | None
    lacks: tuple[Lacking, ...]
    counted: Completeness

    @property
    def days_late(self) -> int:
        return max((row.days_late for row in self.lacks), default=0)

    @property
    def left(self) -> int:
        """How many reviews here are still to be finished."""
        return self.counted.both.left + self.counted.both.unlisted

    @property
    def worst_first(self) -> tuple[Any, ...]:
        """Order of the list: the latest, then whoever lacks most."""
        return (-self.days_late, -len(self.lacks), -self.left, self.organization.sort_key)


@dataclass(frozen=True, slots=True)
class Branch:
    """Một đơn vị trực thuộc với cả cây bên dưới."""

    organization: Organization
    counted: Completeness
    bodies: int
    late: int
    days_late: int


@dataclass(frozen=True, slots=True)
class Ring:
    """Vòng của một đơn vị và cả cây dưới nó trong một đợt."""

    cycle: Cycle
    body: Organization
    due: dict[str, dt.date]
    rows: tuple[BodyRow, ...]
    branches: tuple[Branch, ...]

    @property
    def own(self) -> BodyRow | None:
        return next((row for row in self.rows if row.organization == self.body), None)

    @property
    def counted(self) -> Completeness:
        return _sum(self.rows)


def ring(actor: Actor, cycle: Cycle, body: Organization) -> Ring:
    """Vòng kiểm điểm, as far as the actor sees; the worst first. The caller has checked the cycle and the body."""
    inside = subtree(body, on=cycle.listed_on).order_by().values("pk")
    seen = visible_to(actor).filter(cycle=cycle, organization__in=inside)
    reviews = {row.organization_id: row for row in _collectives(seen)}
    persons = _persons(seen)
    missing, unlisted = _missing(actor, cycle, body)
    bodies = _bodies({*reviews, *persons, *missing, *unlisted}, reviews)
    due = dict(cycle.steps.values_list("step", "due_on"))
    above = _above(bodies, actor.today)
    rows = [
        _row(
            organization=organization, review=reviews.get(pk), above=above.get(pk, ""), due=due,
            today=actor.today, counted=Completeness(
                _collective(reviews.get(pk), is_missing=pk in missing),
                persons.get(pk, Tally()) + Tally(unlisted=unlisted.get(pk, 0)),
            ),
        )
        for pk, organization in bodies.items()
    ]  # fmt: skip
    rows.sort(key=lambda row: row.worst_first)
    return Ring(cycle, body, due, tuple(rows), _branches(cycle, body, rows))


# --- what is read ------------------------------------------------------------------------------------


def _collectives(seen: QuerySet[Review]) -> QuerySet[Review]:
    """Collective reviews, each with what it still waits for."""
    answered = Explanation.objects.filter(prompt=OuterRef("pk")).exclude(verdict=Verdict.AGAIN)
    prompts = Prompt.objects.filter(~Exists(answered), sent_on__isnull=False, withdrawn_on__isnull=True)
    silent = Asked.objects.filter(
        round=OuterRef("pk"), nothing_to_say=False, answered_on__isnull=True, comments__isnull=True
    )
    rounds = CommentRound.objects.filter(
        Q(anonymous=True) | Exists(silent), mandatory=True, closed_on__isnull=True
    )
    comments = Comment.objects.filter(asked__round__mandatory=True, uptake="")
    return (
        seen.filter(kind=ReviewKind.COLLECTIVE)
        .select_related("organization")
        .annotate(
            prompts_left=_number(prompts),
            carried_left=_number(Carried.objects.filter(answered_at__isnull=True)),
            comments_left=_number(comments, "asked__round__review"),
            rounds_until=Subquery(
                rounds.filter(review=OuterRef("pk")).order_by().values("review").annotate(m=Min("due_on"))
                .values("m")
            ),
        )
        .order_by()
    )  # fmt: skip


def _number(rows: QuerySet[Any], path: str = "review") -> Coalesce:
    counted = rows.filter(**{path: OuterRef("pk")}).order_by().values(path).annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0)


def _persons(seen: QuerySet[Review]) -> dict[int, Tally]:
    return tallies_by("organization", seen.filter(kind=ReviewKind.INDIVIDUAL))


def _missing(actor: Actor, cycle: Cycle, body: Organization) -> tuple[set[int], dict[int, int]]:
    """Bodies that stand in no list, and how many persons of each body do not."""
    bodies, holdings = missing_seen(actor, cycle, body)
    persons = holdings.order_by().values("post__organization").annotate(n=Count("person", distinct=True))
    return (
        set(bodies.order_by().values_list("pk", flat=True)),
        dict(persons.values_list("post__organization", "n")),
    )


def _bodies(wanted: set[int], reviews: dict[int, Review]) -> dict[int, Organization]:
    found = {pk: review.organization for pk, review in reviews.items()}
    # A body without a collective line of its own, in sight or not.
    return found | Organization.objects.in_bulk(list(wanted - set(found)))


def _above(bodies: Iterable[int], today: dt.date) -> dict[int, str]:
    edges = OrganizationEdge.objects.filter(held_on(today), kind=EdgeKind.SUBORDINATE, child__in=list(bodies))
    return dict(edges.order_by().values_list("child_id", "parent__name"))


def _branches(cycle: Cycle, body: Organization, rows: list[BodyRow]) -> tuple[Branch, ...]:
    """The bodies directly below, each with all that stands below it: one statement."""
    day = cycle.listed_on
    below = OrganizationEdge.objects.filter(held_on(day), parent=body, kind=EdgeKind.SUBORDINATE)
    reaches = Closure.objects.filter(held_on(day), ancestor__in=below.values("child_id"))
    inside: defaultdict[int, set[int]] = defaultdict(set)
    names: dict[int, Organization] = {}
    for reach in reaches.select_related("ancestor").only("ancestor", "descendant_id").order_by():
        names[reach.ancestor_id] = reach.ancestor
        inside[reach.ancestor_id].add(reach.descendant_id)
    found = [
        _branch(names[pk], [row for row in rows if row.organization.pk in pks]) for pk, pks in inside.items()
    ]
    kept = [branch for branch in found if branch.bodies]
    return tuple(sorted(kept, key=lambda one: (-one.days_late, -one.late, one.organization.sort_key)))


# --- what follows ------------------------------------------------------------------------------------


def _branch(organization: Organization, rows: list[BodyRow]) -> Branch:
    late = [row.days_late for row in rows if row.days_late]
    return Branch(organization, _sum(rows), len(rows), len(late), max(late, default=0))


def _sum(rows: Iterable[BodyRow]) -> Completeness:
    rows = list(rows)
    return Completeness(
        total(row.counted.collectives for row in rows), total(row.counted.persons for row in rows)
    )


def _collective(review: Review | None, *, is_missing: bool) -> Tally:
    if review is None:
        return Tally(unlisted=int(is_missing))
    return Tally(1, int(review.state in REVIEWED), int(bool(review.exemption)))


def _row(
    *,
    organization: Organization,
    review: Review | None,
    above: str,
    due: dict[str, dt.date],
    today: dt.date,
    counted: Completeness,
) -> BodyRow:
    lacks = [
        Lacking(lack, count, whom, until, max((today - until).days, 0) if until else 0)
        for lack, count, whom, until in (
            *_of_the_list(counted, due), *_of_the_review(review, organization, above, due),
            *_of_persons(counted, due),
        )
        if count
    ]  # fmt: skip
    return BodyRow(organization, review, _step(review, above, due, today), tuple(lacks), counted)


_Lack = tuple[Lack, int, str, "dt.date | None"]


def _of_the_list(counted: Completeness, due: dict[str, dt.date]) -> list[_Lack]:
    until = due.get(Step.PROMPT) or due.get(Step.DRAFT)
    return [
        (Lack.UNLISTED, counted.collectives.unlisted, "", until),
        (Lack.UNLISTED_PERSONS, counted.persons.unlisted, "", until),
    ]


def _of_the_review(
    review: Review | None, organization: Organization, above: str, due: dict[str, dt.date]
) -> list[_Lack]:
    if review is None or review.exemption or review.state == ReviewState.APPROVED:
        return []
    if review.state == ReviewState.FINAL:
        return [(Lack.DECISION, int(bool(above)), above, due.get(Step.DECIDE))]
    body, final = organization.name, due.get(Step.FINALIZE)
    draft = due.get(Step.DRAFT) or final
    waiting: Any = review
    unfinished = {ReviewState.WAITING: Lack.TEXT, ReviewState.RETURNED: Lack.RETURNED}
    state = unfinished.get(ReviewState(review.state), Lack.FINAL)
    return [
        (state, 1, body, draft if state == Lack.TEXT else final),
        (Lack.EXPLANATION, waiting.prompts_left, body, draft),
        (Lack.CARRIED, waiting.carried_left, body, draft),
        (Lack.COMMENTS, int(waiting.rounds_until is not None), "", waiting.rounds_until),
        (Lack.UPTAKE, waiting.comments_left, body, final),
    ]


def _of_persons(counted: Completeness, due: dict[str, dt.date]) -> list[_Lack]:
    return [(Lack.PERSONS, counted.persons.left, "", due.get(Step.FINALIZE))]


def _step(review: Review | None, above: str, due: dict[str, dt.date], today: dt.date) -> Step | None:
    """Đang ở bước nào: what its records say; before anything was written, the calendar."""
    if review is None or review.exemption or review.state == ReviewState.APPROVED:
        return None
    if review.state == ReviewState.FINAL:
        return Step.DECIDE if above else None
    if review.state == ReviewState.RETURNED:
        return Step.FINALIZE
    if getattr(review, "rounds_until", None):
        return Step.COMMENT
    if review.state == ReviewState.WAITING and Step.PROMPT in due and today <= due[Step.PROMPT]:
        return Step.PROMPT
    return Step.DRAFT
