"""Đọc danh sách: who belongs in it, who is missing, how many are reviewed, the lines as a page asks for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, Min, OuterRef, Q, QuerySet, Value, When

from soi.base.actor import Actor, Capability
from soi.base.models import held_on
from soi.base.text import fold, search_terms
from soi.org.enums import Classification, PostRole
from soi.org.models import Closure, Membership, Organization, Post
from soi.org.queries import scope, scope_of_any, subtree
from soi.reviews.enums import CycleState, PersonGroup, ReviewKind, ReviewState, Step
from soi.reviews.logic.calendar import months_before
from soi.reviews.logic.completeness import Tally
from soi.reviews.logic.rules import pack
from soi.reviews.models import Cycle, CycleStep, Review
from soi.reviews.queries import OF_PERSONS, cycles_visible_to, visible_to

# What counts as reviewed: finalized, and not returned.
REVIEWED = (ReviewState.FINAL, ReviewState.APPROVED)
_LEADING = (Capability.RECORD, Capability.DIRECT)
_HIGHEST_FIRST = (PostRole.HEAD, PostRole.DEPUTY, PostRole.MEMBER, PostRole.STAFF)

IS_REVIEWED = Q(state__in=REVIEWED)
IS_EXEMPT = ~Q(exemption="")
IS_LEFT = ~IS_REVIEWED & ~IS_EXEMPT
# The three numbers of the identity, as columns of a grouped query.
COUNTED = {
    "listed": Count("pk"),
    "reviewed": Count("pk", filter=IS_REVIEWED),
    "exempt": Count("pk", filter=IS_EXEMPT),
}


# --- who belongs in the list -------------------------------------------------------------------------


def bodies_in(cycle: Cycle) -> QuerySet[Organization]:
    """Tổ chức được kiểm điểm: of the kinds asked, in the part of the tree as it stood on the list's day."""
    below = subtree(cycle.organization, on=cycle.listed_on)
    return below.filter(classification__in=cycle.classifications)


def missing_bodies(cycle: Cycle) -> QuerySet[Organization]:
    """Tập thể lẽ ra phải có trong danh sách."""
    listed = Review.objects.filter(cycle=cycle, kind=ReviewKind.COLLECTIVE, organization=OuterRef("pk"))
    return bodies_in(cycle).exclude(Exists(listed))


def missing_holdings(cycle: Cycle) -> list[Membership]:
    """Cá nhân lẽ ra phải có trong danh sách: one holding for each person and body, the highest."""
    return _highest(_missing_holdings(cycle))


def highest_holdings(day: dt.date, bodies: Collection[int], *, person: int) -> list[Membership]:
    """Chức vụ cao nhất của một người ở từng đơn vị trong ngày."""
    return _highest(_holdings(day).filter(post__organization__in=bodies, person=person))


def bodies_to_open_for(actor: Actor) -> QuerySet[Organization]:
    """Tổ chức mà đồng chí được mở đợt: those whose records one keeps, or that one decides for, oneself."""
    if actor.is_system:
        return Organization.objects.filter(held_on(actor.today))
    own = {grant.organization_id for grant in actor.grants if grant.capability in _LEADING}
    return Organization.objects.filter(held_on(actor.today), pk__in=own)


def kinds_below(bodies: Collection[int], day: dt.date) -> set[str]:
    """Loại tổ chức có trong cây của các đơn vị này."""
    below = Closure.objects.filter(held_on(day), ancestor__in=bodies).values("descendant")
    found = Organization.objects.filter(held_on(day), pk__in=below).order_by()
    return set(found.values_list("classification", flat=True).distinct())


def expected(cycle: Cycle) -> tuple[int, int]:
    """Danh sách sẽ có bao nhiêu tập thể, cá nhân: of a cycle that is not opened yet."""
    bodies = bodies_in(cycle).order_by()
    if not cycle.with_persons:
        return bodies.count(), 0
    held = _holdings(cycle.listed_on).filter(post__organization__in=bodies.values("pk"))
    return bodies.count(), held.order_by().values("person", "post__organization").distinct().count()


# A member of these is a member of a leading collective; of a cell, or on a staff, not.
_LEADING_COLLECTIVES = (Classification.STANDING_COMMITTEE, Classification.PARTY_COMMITTEE)


def group_of(post: Post) -> PersonGroup:
    """Nhóm theo chức vụ: who leads a body or deputizes, or sits in its leading collective; and everybody else."""
    sits = post.role == PostRole.MEMBER and post.organization.classification in _LEADING_COLLECTIVES
    leads = sits or post.role in (PostRole.HEAD, PostRole.DEPUTY)
    return PersonGroup.LEADER if leads else PersonGroup.MEMBER


def _holdings(day: dt.date) -> QuerySet[Membership]:
    return Membership.objects.filter(held_on(day), held_on(day, "post__")).select_related(
        "post__organization"
    )


def _missing_holdings(cycle: Cycle) -> QuerySet[Membership]:
    if not cycle.with_persons:
        return Membership.objects.none()
    listed = Review.objects.filter(
        cycle=cycle, kind=ReviewKind.INDIVIDUAL, organization=OuterRef("post__organization"),
        person=OuterRef("person"),
    )  # fmt: skip
    belonging = bodies_in(cycle).order_by().values("pk")
    return _holdings(cycle.listed_on).filter(post__organization__in=belonging).exclude(Exists(listed))


def _highest(holdings: QuerySet[Membership]) -> list[Membership]:
    place = Case(
        *(When(post__role=role, then=Value(number)) for number, role in enumerate(_HIGHEST_FIRST)),
        default=Value(len(_HIGHEST_FIRST)), output_field=IntegerField(),
    )  # fmt: skip
    first: dict[tuple[int, int], Membership] = {}
    for row in holdings.annotate(place=place).order_by("post__organization_id", "place", "pk"):
        first.setdefault((row.post.organization_id, row.person_id), row)
    return list(first.values())


# --- how many ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Completeness:
    """Đủ số của một phần cây: collectives and persons."""

    collectives: Tally
    persons: Tally

    @property
    def both(self) -> Tally:
        return self.collectives + self.persons


def completeness(cycle: Cycle) -> Completeness:
    """Đẳng thức đủ số của cả đợt, whoever asks."""
    return _completeness(cycle, Review.objects.all(), missing_bodies(cycle), _missing_holdings(cycle))


def completeness_seen(actor: Actor, cycle: Cycle, body: Organization) -> Completeness:
    """Đẳng thức đủ số của phần cây dưới một đơn vị, as far as the actor sees."""
    inside = Q(organization__in=_below(cycle, body))
    return _completeness(cycle, visible_to(actor).filter(inside), *missing_seen(actor, cycle, body))


def missing_seen(
    actor: Actor, cycle: Cycle, body: Organization
) -> tuple[QuerySet[Organization], QuerySet[Membership]]:
    """Ai còn thiếu trong danh sách ở phần cây này: bodies and holdings, as far as the actor sees."""
    inside = _below(cycle, body)
    bodies = missing_bodies(cycle).filter(scope(actor, Capability.READ, path="pk"), pk__in=inside)
    holdings = _missing_holdings(cycle).filter(
        scope_of_any(actor, OF_PERSONS, path="post__organization"), post__organization__in=inside
    )
    return bodies, holdings


def _below(cycle: Cycle, body: Organization) -> QuerySet[Organization, Any]:
    return subtree(body, on=cycle.listed_on).order_by().values("pk")


def _completeness(
    cycle: Cycle, reviews: QuerySet[Review], bodies: QuerySet[Organization], holdings: QuerySet[Membership]
) -> Completeness:
    counted = tallies_by("kind", reviews.filter(cycle=cycle))
    persons = holdings.order_by().values("person", "post__organization").distinct().count()
    return Completeness(
        counted.get(ReviewKind.COLLECTIVE, Tally()) + Tally(unlisted=bodies.order_by().count()),
        counted.get(ReviewKind.INDIVIDUAL, Tally()) + Tally(unlisted=persons),
    )


def tallies_by(column: str, reviews: QuerySet[Review]) -> dict[Any, Tally]:
    """Đếm các dòng theo một cột: one query."""
    rows: Any = reviews.order_by().values(column).annotate(**COUNTED)
    return {row[column]: Tally(row["listed"], row["reviewed"], row["exempt"]) for row in rows}


# --- the lines ---------------------------------------------------------------------------------------


def may_list(actor: Actor) -> Q:
    """Dòng đồng chí giữ danh sách, and may chase: of persons and bodies in one's part of the tree.

    Nobody exempts or chases the body they themselves act for, except at the head of the cycle, where nobody
    stands above; and nobody exempts themselves.
    """
    if actor.is_system:
        return Q()
    granted = [grant for grant in actor.grants if grant.capability in _LEADING]
    own = {grant.organization_id for grant in granted}
    whole = {grant.organization_id for grant in granted if grant.whole_tree}
    below = Closure.objects.filter(held_on(actor.today), ancestor_id__in=whole).values("descendant_id")
    reached = Q(organization__in=below) | Q(organization__in=own)
    of_persons = Q(kind=ReviewKind.INDIVIDUAL) & reached & ~Q(person_id=actor.person_id or 0)
    of_bodies = Q(kind=ReviewKind.COLLECTIVE) & reached & ~Q(organization__in=own)
    at_the_head = Q(kind=ReviewKind.COLLECTIVE, cycle__organization__in=own)
    return of_persons | of_bodies | at_the_head


def chasable(actor: Actor, reviews: Collection[int]) -> set[int]:
    """Những dòng đồng chí ghi lý do và nhắc được, of these."""
    rows = Review.objects.filter(may_list(actor), IS_LEFT | IS_EXEMPT, pk__in=reviews)
    return set(rows.order_by().values_list("pk", flat=True))


def own_place(actor: Actor, cycle: Cycle) -> Organization | None:
    """Đơn vị của đồng chí trong đợt: the highest of those one holds a post in; None where there is none."""
    own = {grant.organization_id for grant in actor.grants}
    below = Closure.objects.filter(held_on(cycle.listed_on), ancestor=cycle.organization, descendant__in=own)
    found = below.select_related("descendant").order_by("depth", "descendant__sort_key").first()
    return found.descendant if found else None


@dataclass(frozen=True, slots=True)
class Asked:
    """Bộ lọc của danh sách."""

    body: Organization | None = None
    words: str = ""
    kind: str = ""
    group: str = ""
    state: str = ""

    @property
    def is_bare(self) -> bool:
        return not (self.words or self.kind or self.group or self.state)


# What the filter of states offers beside the states themselves.
LEFT, EXEMPT, NEW_HERE = "left", "exempt", "new"


def lines(actor: Actor, cycle: Cycle, asked: Asked) -> QuerySet[Review]:
    """Các dòng của danh sách trong tầm mắt, filtered: collectives first, then persons, by body."""
    rows = visible_to(actor).filter(cycle=cycle).select_related("organization", "person")
    if asked.body is not None and asked.body != cycle.organization:
        rows = rows.filter(organization__in=_below(cycle, asked.body))
    for term in search_terms(asked.words):
        key = fold(term)
        rows = rows.filter(Q(organization__search_key__contains=key) | Q(person__search_key__contains=key))
    if asked.kind in ReviewKind.values:
        rows = rows.filter(kind=asked.kind)
    if asked.group in PersonGroup.values:
        rows = rows.filter(group=asked.group)
    return _in_state(rows, cycle, asked.state).order_by(
        "organization__sort_key", "organization_id", "kind", "person__sort_key", "pk"
    )


def _in_state(rows: QuerySet[Review], cycle: Cycle, state: str) -> QuerySet[Review]:
    if state == LEFT:
        return rows.filter(IS_LEFT)
    if state == EXEMPT:
        return rows.filter(IS_EXEMPT)
    if state == NEW_HERE:
        return rows.filter(_came_lately(cycle), exemption="", state=ReviewState.WAITING)
    return rows.filter(state=state, exemption="") if state in ReviewState.values else rows


# --- who came lately ---------------------------------------------------------------------------------


def reviewed_since(cycle: Cycle) -> dt.date | None:
    """Ai đến sau ngày này thì chưa đủ thời gian để kiểm điểm; None where the rule pack does not say."""
    months = pack(cycle.rule_pack).months_before_review
    return months_before(cycle.listed_on, months) if months else None


def suggested_new(cycle: Cycle, reviews: Collection[Review]) -> dict[int, dt.date]:
    """Đề xuất «chưa đủ thời gian»: by review, the day the person came to the body; one query for a page."""
    if reviewed_since(cycle) is None:
        return {}
    here = Q(person__memberships__post__organization=F("organization"))
    rows = Review.objects.filter(_came_lately(cycle), pk__in=[row.pk for row in reviews])
    came = rows.order_by().annotate(came=Min("person__memberships__start", filter=here))
    return dict(came.filter(exemption="", state=ReviewState.WAITING).values_list("pk", "came"))


def _came_lately(cycle: Cycle) -> Q:
    since = reviewed_since(cycle)
    if since is None:
        return Q(pk__in=[])
    here = Membership.objects.filter(person=OuterRef("person"), post__organization=OuterRef("organization"))
    lately = here.filter(start__gt=since, start_known=True)
    return Q(Exists(lately)) & ~Q(Exists(here.filter(start__lte=since)))


# --- cycles ------------------------------------------------------------------------------------------


def listing(actor: Actor) -> QuerySet[Cycle]:
    """Các đợt được thấy: the open first, then the newest."""
    open_first = Case(When(state=CycleState.OPEN, then=Value(0)), default=Value(1))
    rows = cycles_visible_to(actor).select_related("organization")
    return rows.order_by(open_first, "-start", "-pk")


def tallies(actor: Actor, cycles: Collection[Cycle]) -> dict[int, Tally]:
    """Đã kiểm điểm bao nhiêu trong các đợt này, as far as the actor sees; one query."""
    return tallies_by("cycle", visible_to(actor).filter(cycle__in=cycles))


def finalizing_days(cycles: Collection[Cycle]) -> dict[int, dt.date]:
    """Hạn chốt của từng đợt."""
    rows = CycleStep.objects.filter(cycle__in=cycles, step=Step.FINALIZE).order_by()
    return dict(rows.values_list("cycle_id", "due_on"))
