"""Con người và chức vụ: add people and posts, appoint, end, promote. The only code that writes them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Q

from soi.base.actor import Actor
from soi.base.errors import Conflict, Invalid
from soi.base.models import held_on
from soi.base.text import fold, person_sort_key, squash
from soi.history.actions import record
from soi.org import permissions
from soi.org.enums import HoldingKind, PostRole
from soi.org.models import Membership, Organization, Person, Post, RankHolding


@transaction.atomic
def add_person(
    *,
    actor: Actor,
    name: str,
    organization: Organization,
    now: dt.datetime,
    birth_date: dt.date | None = None,
) -> Person:
    """Thêm người: on behalf of the body where the person will hold a post."""
    permissions.check_can_manage(actor, organization)
    name = squash(name)
    if len(name.split(" ")) < 2:
        raise Invalid("Hãy ghi đủ họ và tên.", {"name": "Cần cả họ và tên, ví dụ Nguyễn Văn An."})
    person = Person.objects.create(
        name=name, birth_date=birth_date, sort_key=person_sort_key(name), search_key=fold(name)
    )
    record(actor=actor, action="org.add_person", subject=person, now=now, name=name)
    return person


@transaction.atomic
def add_post(
    *,
    actor: Actor,
    organization: Organization,
    label: str,
    role: PostRole,
    start: dt.date,
    now: dt.datetime,
    seats: int | None = 1,
) -> Post:
    """Lập chức vụ trong tổ chức từ ngày ``start``."""
    permissions.check_can_manage(actor, organization)
    label = squash(label)
    if not label:
        raise Invalid("Hãy ghi tên chức vụ.", {"label": "Chưa có tên chức vụ."})
    post = Post.objects.create(
        organization=organization, label=label, role=role, seats=seats, start=start, search_key=fold(label)[:300]
    )
    record(actor=actor, action="org.add_post", subject=post, now=now, label=label, organization=organization)
    return post


@transaction.atomic
def appoint(
    *,
    actor: Actor,
    person: Person,
    post: Post,
    start: dt.date,
    now: dt.datetime,
    kind: HoldingKind = HoldingKind.APPOINTED,
    start_known: bool = True,
    replace: bool = False,
    basis: str = "",
) -> Membership:
    """Bổ nhiệm từ ngày ``start``. With ``replace`` the present holders hand over on that day.

    Refused where all seats are taken on that day, or the person holds the post already.
    """
    permissions.check_can_manage(actor, post.organization)
    if not (post.start <= start and (post.end is None or start < post.end)):
        raise Invalid(
            f"Chức vụ {post} không có vào ngày {start:%d/%m/%Y}. Hãy kiểm tra lại ngày.", {"start": "Sai ngày."}
        )
    # Whoever holds the post at any time from that day on stands in the way.
    present = list(
        Membership.objects.filter(Q(end=None) | Q(end__gt=start), post=post).select_related("person")
    )
    if any(holding.person_id == person.pk for holding in present):
        raise Conflict(f"{person} đã giữ chức {post} vào ngày {start:%d/%m/%Y}.")
    if post.seats is not None and len(present) >= post.seats:
        if not replace:
            names = ", ".join(str(holding.person) for holding in present)
            raise Conflict(
                f"Chức {post} đang do {names} giữ. Hãy chọn «bàn giao» nếu người đó thôi giữ chức từ ngày này."
            )
        for holding in present:
            _hand_over(actor, holding, start, now)
    membership = Membership.objects.create(
        person=person, post=post, start=start, kind=kind, start_known=start_known, basis=basis
    )
    record(
        actor=actor, action="org.appoint", subject=membership, now=now,
        person=person, post=post, organization=post.organization, start=start, basis=basis,
    )  # fmt: skip
    return membership


def _hand_over(actor: Actor, holding: Membership, on: dt.date, now: dt.datetime) -> None:
    if on <= holding.start:
        raise Conflict(
            f"{holding.person} giữ chức này từ {holding.start:%d/%m/%Y}, không thể bàn giao vào {on:%d/%m/%Y}."
        )
    end_membership(actor=actor, membership=holding, on=on, now=now, end_known=False)


@transaction.atomic
def end_membership(
    *, actor: Actor, membership: Membership, on: dt.date, now: dt.datetime, end_known: bool = True
) -> None:
    """Thôi giữ chức từ ngày ``on`` (that day no longer belongs); rights that came with the post end too."""
    permissions.check_can_manage(actor, membership.post.organization)
    if on <= membership.start:
        raise Invalid(
            f"Ngày thôi giữ chức phải sau ngày bắt đầu {membership.start:%d/%m/%Y}.", {"on": "Sai ngày."}
        )
    if membership.end is not None and membership.end <= on:
        raise Conflict(f"{membership.person} đã thôi giữ chức này từ {membership.end:%d/%m/%Y}.")
    membership.end, membership.end_known = on, end_known
    membership.save(update_fields=["end", "end_known"])
    record(
        actor=actor, action="org.end_membership", subject=membership, now=now,
        person=membership.person, post=membership.post, on=on,
    )  # fmt: skip


@transaction.atomic
def set_rank(
    *, actor: Actor, person: Person, rank: str, start: dt.date, organization: Organization, now: dt.datetime
) -> RankHolding:
    """Cấp bậc từ ngày ``start``; an earlier rank ends on that day. A second call with the same rank adds nothing."""
    permissions.check_can_manage(actor, organization)
    held = RankHolding.objects.filter(held_on(start), person=person).first()
    if held and held.rank == squash(rank):
        return held
    later = RankHolding.objects.filter(person=person, start__gt=start).order_by("start").first()
    if held and held.start == start:
        raise Conflict(f"{person} đã có cấp bậc {held} từ ngày này. Hãy kiểm tra lại ngày.")
    end = held.end if held else (later.start if later else None)
    if held:
        held.end = start
        held.save(update_fields=["end"])
    holding = RankHolding.objects.create(person=person, rank=rank, start=start, end=end)
    record(actor=actor, action="org.set_rank", subject=holding, now=now, person=person, rank=rank, start=start)
    return holding


@transaction.atomic
def appoint_new_person(
    *, actor: Actor, name: str, post: Post, start: dt.date, now: dt.datetime, **details: Any
) -> Membership:
    """Thêm một người mới và bổ nhiệm, both or neither; ``details`` as in :func:`appoint`."""
    person = add_person(actor=actor, name=name, organization=post.organization, now=now)
    return appoint(actor=actor, person=person, post=post, start=start, now=now, **details)
