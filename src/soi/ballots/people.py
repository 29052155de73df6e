"""Người để chọn: who may be named as a teller or put on the roll; the members of the body first."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from soi.ballots.models import Poll
from soi.base.actor import Actor
from soi.base.models import held_on
from soi.org.models import Membership, Person
from soi.org.queries import people_visible_to


def members(poll: Poll, actor: Actor) -> QuerySet[Person]:
    """Người giữ chức trong tổ chức hôm nay, by name."""
    return Person.objects.filter(Exists(_holds(poll, actor)))


def choosable(poll: Poll, actor: Actor) -> QuerySet[Person]:
    """Người chọn được, the members of the body first."""
    return people_visible_to(actor).order_by(Exists(_holds(poll, actor)).desc(), "sort_key", "pk")


def by_number(numbers: Iterable[int]) -> QuerySet[Person]:
    """Những người trong danh sách sẽ chốt, by name; the caller got the numbers from a poll of its own."""
    return Person.objects.filter(pk__in=numbers)


def _holds(poll: Poll, actor: Actor) -> QuerySet[Membership]:
    in_body = Membership.objects.filter(post__organization=poll.organization_id, person=OuterRef("pk"))
    return in_body.filter(held_on(actor.today))
