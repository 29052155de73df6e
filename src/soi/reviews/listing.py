"""Danh sách kiểm điểm: drawn up in one go, added to, exemptions with their reasons, who was forgotten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict, Invalid
from soi.base.text import nfc
from soi.history.actions import record
from soi.org.models import Membership, Organization, Person
from soi.reviews import list_queries, permissions
from soi.reviews.carried_over import carry
from soi.reviews.enums import Exemption, ReviewKind, Verb
from soi.reviews.models import Cycle, Review

_AT_ONCE = 1000


def draw_up(cycle: Cycle) -> list[Review]:
    """Lập danh sách: every collective and person that belongs in it and does not stand there yet; recorded by
    the caller, who has checked the right."""
    rows = [
        Review(cycle=cycle, kind=ReviewKind.COLLECTIVE, organization_id=body)
        for body in list_queries.missing_bodies(cycle).values_list("pk", flat=True)
    ]
    rows += [_of_person(cycle, holding) for holding in list_queries.missing_holdings(cycle)]
    made = Review.objects.bulk_create(rows, batch_size=_AT_ONCE)
    carry(cycle, [review for review in made if review.kind == ReviewKind.COLLECTIVE])
    return made


@transaction.atomic
def supplement(*, actor: Actor, cycle: Cycle, now: dt.datetime) -> int:
    """Bổ sung: who belonged in the list on its day and is missing; returns how many were added."""
    current = _open(actor, cycle)
    added = draw_up(current)
    if not added:
        raise Conflict("Danh sách đã đủ: không còn tập thể, cá nhân nào đứng ngoài.")
    record(
        actor=actor, action="reviews.supplement", subject=current, now=now, using=Capability.RECORD,
        organization=current.organization, added=len(added),
        bodies=Organization.objects.filter(pk__in=[row.organization_id for row in added if not row.person_id]),
        people=Person.objects.filter(pk__in=[row.person_id for row in added if row.person_id]),
    )  # fmt: skip
    return len(added)


@transaction.atomic
def add_to_list(
    *, actor: Actor, cycle: Cycle, organization: Organization, person: Person | None = None, now: dt.datetime
) -> Review:
    """Thêm một tập thể, or a person in the body where they hold a post today or held one on the list's day."""
    current = _open(actor, cycle)
    permissions.check_in_cycle(actor, current, organization)
    if person is None:
        review = Review(cycle=current, kind=ReviewKind.COLLECTIVE, organization=organization)
    else:
        review = _of_person(current, _holding(actor, current, organization, person))
    if Review.objects.filter(
        cycle=current, kind=review.kind, organization=organization, person=person
    ).exists():
        raise Conflict(f"{person or organization} đã có trong danh sách.")
    review.save()
    if person is None:
        carry(current, [review])
    record(
        actor=actor, action="reviews.add_to_list", subject=review, now=now, using=Capability.RECORD,
        cycle=current, organization=organization, person=person,
    )  # fmt: skip
    return review


@transaction.atomic
def exempt(
    *,
    actor: Actor,
    reviews: Sequence[Review],
    reason: Exemption | str,
    note: str = "",
    now: dt.datetime,
) -> int:
    """Ghi lý do chưa kiểm điểm, of one or of many: all of them or none. One event for each."""
    reason, note = _reason(reason), nfc(note).strip()
    if reason == Exemption.OTHER and not note:
        raise Invalid("Hãy nói rõ lý do khác là gì.", {"note": "Ví dụ: đã sáp nhập vào đơn vị khác."})
    rows = _listable(actor, reviews)
    Review.objects.filter(pk__in=[row.pk for row in rows]).update(exemption=reason, exemption_note=note)
    for row in rows:
        _record_exemption(actor, row, "exempt", now, reason=reason, note=note)
    return len(rows)


@transaction.atomic
def withdraw_exemption(*, actor: Actor, review: Review, now: dt.datetime) -> Review:
    """Rút lý do chưa kiểm điểm: the review is to be written after all."""
    (row,) = _listable(actor, [review])
    if not row.exemption:
        raise Conflict("Dòng này không ghi lý do chưa kiểm điểm nào.")
    was = row.exemption
    row.exemption, row.exemption_note = "", ""
    row.save(update_fields=["exemption", "exemption_note"])
    _record_exemption(actor, row, "withdraw_exemption", now, reason=was)
    return row


# --- parts shared by the verbs above -----------------------------------------------------------------


def _open(actor: Actor, cycle: Cycle) -> Cycle:
    """The cycle as it is now, locked: of two who change the list at once the second sees the first."""
    permissions.check_leads_cycle(actor, cycle)
    current = Cycle.objects.select_for_update(of=("self",)).select_related("organization").get(pk=cycle.pk)
    permissions.check_is_open(current)
    return current


def _listable(actor: Actor, reviews: Sequence[Review]) -> list[Review]:
    permissions.check_can_list(actor, reviews)
    rows = Review.objects.select_for_update(of=("self",)).select_related("cycle", "organization", "person")
    found = list(rows.filter(pk__in={row.pk for row in reviews}).order_by("pk"))
    for row in found:
        permissions.check_state(row, Verb.EXEMPT)
    return found


def _reason(reason: str) -> Exemption:
    if reason not in Exemption.values:
        raise Invalid("Hãy chọn lý do chưa kiểm điểm.", {"reason": "Chọn một lý do trong danh sách."})
    return Exemption(reason)


def _of_person(cycle: Cycle, holding: Membership) -> Review:
    post = holding.post
    return Review(
        cycle=cycle, kind=ReviewKind.INDIVIDUAL, organization_id=post.organization_id,
        person_id=holding.person_id, post=post, post_label=post.label, group=list_queries.group_of(post),
    )  # fmt: skip


def _holding(actor: Actor, cycle: Cycle, organization: Organization, person: Person) -> Membership:
    for day in (cycle.listed_on, actor.today):
        if found := list_queries.highest_holdings(day, [organization.pk], person=person.pk):
            return found[0]
    raise Invalid(
        f"{person} không giữ chức vụ nào ở {organization}.",
        {"person": "Chọn người đang giữ chức vụ ở đơn vị này."},
    )


def _record_exemption(actor: Actor, row: Review, verb: str, now: dt.datetime, **facts: str) -> None:
    record(
        actor=actor, action=f"reviews.{verb}", subject=row, now=now, using=Capability.RECORD,
        cycle=row.cycle, organization=row.organization, person=row.person, **facts,
    )  # fmt: skip
