"""Đọc kiểm điểm: which cycles, which lines of a list and which texts an actor may see."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from soi.base.actor import Actor, Capability
from soi.base.errors import NotFound
from soi.base.records import Kept
from soi.org.queries import scope, scope_of_any
from soi.reviews.enums import ReviewKind, ReviewState
from soi.reviews.models import Cycle, Review

OUT_OF_SIGHT = "Không tìm thấy bản kiểm điểm này, hoặc bản kiểm điểm nằm ngoài phạm vi của đồng chí."
CYCLE_OUT_OF_SIGHT = "Không tìm thấy đợt kiểm điểm này, hoặc đợt nằm ngoài phạm vi của đồng chí."
# What was finalized is out of the hands of its authors.
SHOWN_ABOVE = (ReviewState.FINAL, ReviewState.RETURNED, ReviewState.APPROVED)
# Reads lines about persons: who keeps the list, who decides, who inspects. Plain reading is not enough.
_OF_PERSONS = (Capability.RECORD, Capability.DIRECT, Capability.VERIFY)


def visible_to(actor: Actor) -> QuerySet[Review]:
    """Dòng của danh sách được thấy: of bodies one reads for; of persons those one keeps the list of, and oneself.

    The line says who is reviewed and how far; the text is for ``text_visible_to``.
    """
    if actor.is_system:
        return Review.objects.all()
    of_bodies = Q(kind=ReviewKind.COLLECTIVE) & scope(actor, Capability.READ, path="organization")
    of_persons = Q(kind=ReviewKind.INDIVIDUAL) & scope_of_any(actor, _OF_PERSONS, path="organization")
    return Review.objects.filter(of_bodies | of_persons | Q(person_id=actor.person_id or 0))


def text_visible_to(actor: Actor) -> QuerySet[Review]:
    """Bản kiểm điểm đọc được lời văn: one's own; the body's own people while it is written; above, once finalized.

    A person's draft is for that person alone.
    """
    if actor.is_system:
        return Review.objects.all()
    own = [grant.organization_id for grant in actor.grants if grant.capability == Capability.READ]
    at_home = Q(kind=ReviewKind.COLLECTIVE, organization_id__in=own)
    mine = Q(kind=ReviewKind.INDIVIDUAL, person_id=actor.person_id or 0)
    return visible_to(actor).filter(at_home | mine | Q(state__in=SHOWN_ABOVE))


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
