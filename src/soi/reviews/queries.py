"""Đọc kiểm điểm: which cycles, which lines of a list and which texts an actor may see."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet

from soi.base.actor import Actor, Capability
from soi.base.errors import NotFound
from soi.base.records import Kept
from soi.org.enums import EdgeKind
from soi.org.models import Organization, OrganizationEdge
from soi.org.queries import scope, scope_of_any, successors, superior
from soi.reviews.enums import PersonGroup, ReviewKind
from soi.reviews.models import Cycle, Finalization, Review

OUT_OF_SIGHT = "Không tìm thấy bản kiểm điểm này, hoặc bản kiểm điểm nằm ngoài phạm vi của đồng chí."
CYCLE_OUT_OF_SIGHT = "Không tìm thấy đợt kiểm điểm này, hoặc đợt nằm ngoài phạm vi của đồng chí."
# Reads lines about persons: who keeps the list, who decides, who inspects. Plain reading is not enough.
OF_PERSONS = (Capability.RECORD, Capability.DIRECT, Capability.VERIFY)


def visible_to(actor: Actor) -> QuerySet[Review]:
    """Dòng của danh sách được thấy: of bodies one reads for; of persons those one keeps the list of, and oneself.

    The line says who is reviewed and how far; the text is for ``text_visible_to``.
    """
    if actor.is_system:
        return Review.objects.all()
    of_bodies = Q(kind=ReviewKind.COLLECTIVE) & scope(actor, Capability.READ, path="organization")
    of_persons = Q(kind=ReviewKind.INDIVIDUAL) & scope_of_any(actor, OF_PERSONS, path="organization")
    return Review.objects.filter(of_bodies | of_persons | Q(person_id=actor.person_id or 0))


def text_visible_to(actor: Actor) -> QuerySet[Review]:
    """Bản kiểm điểm đọc được lời văn: one's own; the body's own people while it is written; above, once finalized.

    A person's draft is for that person alone. Who is not at home reads finalized editions only: which they
    are, ``editions_for`` says.
    """
    if actor.is_system:
        return Review.objects.all()
    finalized = Q(Exists(Finalization.objects.filter(review=OuterRef("pk"))))
    return visible_to(actor).filter(at_home(actor) | finalized)


def at_home(actor: Actor) -> Q:
    """Bản kiểm điểm của chính nơi mình, and of bodies it took over; a person's own. Reads nothing itself."""
    own = [grant.organization_id for grant in actor.grants if grant.capability == Capability.READ]
    taken = _taken_over(parent_id__in=own)
    body = (
        Q(organization_id__in=own)
        | Q(organization_id__in=taken)
        | Q(organization_id__in=_taken_over(parent_id__in=taken))
    )
    mine = Q(kind=ReviewKind.INDIVIDUAL, person_id=actor.person_id or 0)
    return Q(kind=ReviewKind.COLLECTIVE) & body | mine


def _taken_over(**parents: object) -> QuerySet[OrganizationEdge, tuple[int]]:
    return OrganizationEdge.objects.filter(kind=EdgeKind.SUCCEEDED, **parents).values_list("child_id")


def heirs(organization: Organization, *, on: dt.date) -> list[Organization]:
    """Ai đứng thay tổ chức này trong ngày: itself, or those that took it over."""
    if organization.exists_on(on):
        return [organization]
    return [body for heir in successors(organization) for body in heirs(heir, on=on)]


def above_of(review: Review, *, on: dt.date) -> Organization | None:
    """Cấp trên trực tiếp, which prompts and decides: of a collective and its leaders the superior body; of
    everybody else the body itself. None at the top.
    """
    bodies = heirs(review.organization, on=on)
    if not bodies:
        return None
    led = review.kind == ReviewKind.COLLECTIVE or review.group == PersonGroup.LEADER
    return superior(bodies[0], on=on) if led else bodies[0]


def cycles_visible_to(actor: Actor) -> QuerySet[Cycle]:
    """Đợt kiểm điểm được thấy: of bodies one reads for, and those that have a line one sees."""
    if actor.is_system:
        return Cycle.objects.all()
    seen = visible_to(actor).filter(cycle=OuterRef("pk"))
    return Cycle.objects.filter(scope(actor, Capability.READ, path="organization") | Q(Exists(seen)))


def get_cycle(actor: Actor, pk: int) -> Cycle:
    """Một đợt with the body that opened it; NotFound when out of sight."""
    found: Cycle | None = _CYCLE.one(actor, keys=[pk])
    if found is None:
        raise NotFound(CYCLE_OUT_OF_SIGHT)
    return found


def get(actor: Actor, pk: int) -> Review:
    """Một dòng with its cycle, body, person; NotFound when out of sight."""
    found: Review | None = _REVIEW.one(actor, keys=[pk])
    if found is None:
        raise NotFound(OUT_OF_SIGHT)
    return found


_CYCLE = Kept(
    lambda actor, pk: cycles_visible_to(actor).select_related("organization").filter(pk=pk).order_by()
)
_REVIEW = Kept(
    lambda actor, pk: (
        visible_to(actor)
        .select_related("cycle__organization", "organization", "person", "post")
        .filter(pk=pk)
        .order_by()
    )
)
