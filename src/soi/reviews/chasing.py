"""Nhắc kiểm điểm: many at once, nobody twice on one day, nobody who has finished."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict, Invalid
from soi.base.text import squash
from soi.history.actions import record
from soi.reviews import permissions
from soi.reviews.enums import ReviewKind
from soi.reviews.list_queries import IS_LEFT
from soi.reviews.models import Cycle, Review

# One press reaches so many; a whole region is reminded body by body.
MOST = 2000
LONGEST_NOTE = 500


@transaction.atomic
def remind(*, actor: Actor, cycle: Cycle, reviews: Sequence[Review], note: str = "", now: dt.datetime) -> int:
    """Nhắc những nơi, những người còn phải kiểm điểm; who was reminded today is left out. One event for all.

    Raises Conflict where nobody is left to remind, and says why.
    """
    if len(reviews) > MOST:
        raise Invalid(f"Mỗi lần nhắc được nhiều nhất {MOST} nơi. Hãy lọc bớt rồi nhắc.")
    permissions.check_is_open(cycle)
    permissions.check_can_list(actor, reviews)
    left = Review.objects.select_for_update(of=("self",)).filter(
        IS_LEFT, cycle=cycle, pk__in=[row.pk for row in reviews]
    )
    waiting = list(left.select_related("organization", "person").order_by("pk"))
    due = [row for row in waiting if row.reminded_on is None or row.reminded_on < actor.today]
    if not due:
        raise Conflict(
            "Các nơi này đã được nhắc hôm nay. Mỗi nơi chỉ nhắc một lần trong ngày."
            if waiting
            else "Không còn nơi nào phải nhắc: các nơi được chọn đã chốt hoặc đã ghi lý do chưa kiểm điểm."
        )
    Review.objects.filter(pk__in=[row.pk for row in due]).update(reminded_on=actor.today)
    record(
        actor=actor, action="reviews.remind", subject=cycle, now=now, using=Capability.RECORD,
        organization=cycle.organization, note=squash(note)[:LONGEST_NOTE],
        bodies=[row.organization for row in due if row.kind == ReviewKind.COLLECTIVE],
        people=[row.person for row in due if row.kind == ReviewKind.INDIVIDUAL],
    )  # fmt: skip
    return len(due)
