"""Con người và chức vụ: add people and posts, appoint, end, promote. The only code that writes them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Q

from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict, Invalid
from soi.base.models import held_on
from soi.base.periods import Period
from soi.base.text import fold, foreign_letters, person_sort_key, squash
from soi.history.actions import record
from soi.org import permissions
from soi.org.enums import HoldingKind, PostRole
from soi.org.models import Membership, Organization, Person, Post, RankHolding

_RIGHT = Capability.MANAGE_ORGANIZATION


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
    name = _checked_name(name)
    person = Person.objects.create(
        name=name, birth_date=birth_date, sort_key=person_sort_key(name), search_key=fold(name)
    )
    record(actor=actor, action="org.add_person", subject=person, now=now, using=_RIGHT, name=name)
    return person


def _checked_name(name: str) -> str:
    name = squash(name)
    if len(name.split(" ")) < 2:
        raise Invalid("Hãy ghi đủ họ và tên.", {"name": "Cần cả họ và tên, ví dụ Nguyễn Văn An."})
    if foreign := foreign_letters(name):
        raise Invalid(
            f"Họ tên có ký tự «{foreign}» không phải chữ tiếng Việt (chỉ trông giống). Hãy gõ lại.",
            {"name": "Gõ lại bằng bộ gõ tiếng Việt."},
        )
    return name


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
    if seats is not None and seats < 1:
        raise Invalid("Chức vụ phải có ít nhất một người giữ.", {"seats": "Từ 1 trở lên, hoặc để trống."})
    if organization.end is not None and start >= organization.end:
        raise Invalid(
            f"{organization} chấm dứt từ ngày {organization.end:%d/%m/%Y}. Hãy chọn ngày trước đó.",
            {"start": "Chọn ngày sớm hơn."},
        )
    post = Post.objects.create(
        organization=organization,
        label=label,
        role=role,
        seats=seats,
        start=start,
        end=organization.end,
        search_key=fold(label)[:300],
    )
    record(
        actor=actor, action="org.add_post", subject=post, now=now, using=_RIGHT,
        label=label, organization=organization,
    )  # fmt: skip
    return post


@transaction.atomic
def end_post(*, actor: Actor, post: Post, on: dt.date, now: dt.datetime) -> None:
    """Bỏ chức vụ từ ngày ``on``: whoever holds it then holds it no longer."""
    permissions.check_can_manage(actor, post.organization)
    post = Post.objects.select_for_update().get(pk=post.pk)
    if post.end is not None and post.end <= on:
        raise Conflict(f"Chức vụ {post} đã hết từ {post.end:%d/%m/%Y}.")
    if on <= post.start or post.memberships.filter(start__gte=on).exists():
        raise Invalid(
            f"Chức vụ {post} có từ {post.start:%d/%m/%Y} hoặc có người bắt đầu giữ sau ngày {on:%d/%m/%Y}.",
            {"on": "Chọn ngày muộn hơn."},
        )
    for holding in post.memberships.filter(Q(end=None) | Q(end__gt=on)):
        end_membership(actor=actor, membership=holding, on=on, now=now)
    post.end = on
    post.save(update_fields=["end"])
    record(actor=actor, action="org.end_post", subject=post, now=now, using=_RIGHT, on=on)


@transaction.atomic
def appoint(
    *,
    actor: Actor,
    person: Person,
    post: Post,
    start: dt.date,
    now: dt.datetime,
    end: dt.date | None = None,
    kind: HoldingKind = HoldingKind.APPOINTED,
    start_known: bool = True,
    end_known: bool = True,
    replace: bool = False,
    basis: str = "",
) -> Membership:
    """Bổ nhiệm từ ngày ``start``, up to, not including, ``end`` (a former holder written down later).

    Refused where all seats are taken on one of these days, or the person holds the post already. With
    ``replace`` the one present holder hands over on ``start``.
    """
    permissions.check_can_manage(actor, post.organization)
    # Locked, so that two appointments at once cannot both find the last seat free.
    post = Post.objects.select_for_update().select_related("organization").get(pk=post.pk)
    period = _checked_period(post, start, end)
    present = [
        holding
        for holding in Membership.objects.filter(post=post).select_related("person", "post__organization")
        if holding.period.overlaps(period)
    ]
    for holding in present:
        if holding.person_id == person.pk:
            raise Conflict(f"{person} đã giữ chức {post} từ {holding.start:%d/%m/%Y}.")
    if post.seats is not None and _most_at_once(present, period) >= post.seats:
        _make_room(actor, post, present, start, now, replace=replace)
    membership = Membership.objects.create(
        person=person,
        post=post,
        start=start,
        end=period.end,
        kind=kind,
        start_known=start_known,
        end_known=end_known,
        basis=basis,
    )
    record(
        actor=actor, action="org.appoint", subject=membership, now=now, using=_RIGHT,
        person=person, post=post, organization=post.organization, start=start, end=period.end, basis=basis,
    )  # fmt: skip
    return membership


def _checked_period(post: Post, start: dt.date, end: dt.date | None) -> Period:
    if start not in post.period:
        raise Invalid(
            f"Chức vụ {post} không có vào ngày {start:%d/%m/%Y}. Hãy kiểm tra lại ngày.",
            {"start": "Sai ngày."},
        )
    if end is not None and end <= start:
        raise Invalid("Ngày thôi giữ chức phải sau ngày bắt đầu.", {"end": "Chọn ngày muộn hơn."})
    return Period(start, min((day for day in (end, post.end) if day), default=None))


def _most_at_once(holdings: list[Membership], period: Period) -> int:
    """How many of them hold the post on the fullest day of the period."""
    days = [period.start, *(holding.start for holding in holdings if holding.start in period)]
    return max(sum(day in holding.period for holding in holdings) for day in days)


def _make_room(
    actor: Actor, post: Post, present: list[Membership], on: dt.date, now: dt.datetime, *, replace: bool
) -> None:
    later = [holding for holding in present if holding.start >= on]
    if later:
        raise Conflict(
            f"{later[0].person} giữ chức {post} từ {later[0].start:%d/%m/%Y}. "
            "Hãy ghi ngày thôi giữ chức trước ngày đó."
        )
    names = ", ".join(str(holding.person) for holding in present)
    if not replace:
        raise Conflict(
            f"Chức {post} đang do {names} giữ. Hãy chọn «bàn giao» nếu người đó thôi giữ chức từ ngày này."
        )
    if len(present) > 1:
        raise Conflict(f"Chức {post} có nhiều người giữ ({names}). Hãy cho thôi giữ chức từng người trước.")
    end_membership(actor=actor, membership=present[0], on=on, now=now, end_known=False)


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
        actor=actor, action="org.end_membership", subject=membership, now=now, using=_RIGHT,
        person=membership.person, post=membership.post, on=on,
    )  # fmt: skip


@transaction.atomic
def set_rank(
    *,
    actor: Actor,
    person: Person,
    rank: str,
    start: dt.date,
    organization: Organization,
    now: dt.datetime,
) -> RankHolding:
    """Cấp bậc từ ngày ``start``; an earlier rank ends on that day.

    A second call with the same rank adds nothing.
    """
    permissions.check_can_manage(actor, organization)
    permissions.check_can_manage_person(actor, person)
    rank = squash(rank)
    if not rank:
        raise Invalid("Hãy ghi cấp bậc.", {"rank": "Ví dụ: Đại úy."})
    held = RankHolding.objects.filter(held_on(start), person=person).first()
    if held and held.rank == rank:
        return held
    later = RankHolding.objects.filter(person=person, start__gt=start).order_by("start").first()
    if held and held.start == start:
        raise Conflict(f"{person} đã có cấp bậc {held} từ ngày này. Hãy kiểm tra lại ngày.")
    end = held.end if held else (later.start if later else None)
    if held:
        held.end = start
        held.save(update_fields=["end"])
    holding = RankHolding.objects.create(person=person, rank=rank, start=start, end=end)
    record(
        actor=actor, action="org.set_rank", subject=holding, now=now, using=_RIGHT,
        person=person, rank=rank, start=start,
    )  # fmt: skip
    return holding


@transaction.atomic
def appoint_new_person(
    *, actor: Actor, name: str, post: Post, start: dt.date, now: dt.datetime, **details: Any
) -> Membership:
    """Thêm một người mới và bổ nhiệm, both or neither; ``details`` as in :func:`appoint`."""
    person = add_person(actor=actor, name=name, organization=post.organization, now=now)
    return appoint(actor=actor, person=person, post=post, start=start, now=now, **details)
