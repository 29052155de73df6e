"""Bàn giao khi đổi người giữ chức: what the post still owed that day, signed by who leaves and who comes.

The tasks stay with the post; the list says what was handed over and how far it was.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound
from soi.base.models import held_on
from soi.base.text import squash
from soi.history.actions import record
from soi.org.models import Membership, Person, Post
from soi.org.queries import holders_on, scope
from soi.work import permissions
from soi.work.models import Handover, HandoverItem, Task
from soi.work.queries import HANDOVER_OUT_OF_SIGHT, OPEN_STATES, handovers_visible_to


@dataclass(frozen=True, slots=True)
class PendingHandover:
    """Chưa bàn giao: who left a post with work still open, since when, and who came."""

    post: Post
    outgoing: Person
    on: dt.date
    tasks: int
    incoming: tuple[Person, ...]


def posts_with_pending_handover(actor: Actor) -> list[PendingHandover]:
    """Chức vụ đổi người mà chưa lập biên bản bàn giao, where the actor records or holds the post; three
    queries.
    """
    left = list(_left_open(actor).select_related("post__organization", "person"))
    now_held = holders_on([one.post_id for one in left], actor.today)
    given = _days_given([one.post_id for one in left])
    return [
        PendingHandover(
            post=one.post,
            outgoing=one.person,
            on=one.end,
            tasks=sum(day < one.end for day in given[one.post_id]),
            incoming=tuple(now_held.get(one.post_id, [])),
        )
        for one in left
        if one.end is not None
    ]


def _left_open(actor: Actor) -> QuerySet[Membership]:
    """Memberships that ended with open tasks of that time, without a list, and not again held by the same."""
    owed = Task.objects.filter(
        accountable_post=OuterRef("post"), state__in=OPEN_STATES, created_on__lt=OuterRef("end")
    )
    listed = Handover.objects.filter(post=OuterRef("post"), outgoing=OuterRef("person"), on=OuterRef("end"))
    holds_again = Membership.objects.filter(
        held_on(actor.today), post=OuterRef("post"), person=OuterRef("person")
    )
    # Of several who left one after another, the last one hands over.
    left_later = Membership.objects.filter(
        post=OuterRef("post"), start__gte=OuterRef("end"), end__lte=actor.today
    )
    mine = scope(actor, Capability.RECORD, path="post__organization") | Q(post_id__in=actor.post_ids)
    return Membership.objects.filter(
        Q() if actor.is_system else mine,
        Exists(owed),
        ~Exists(listed),
        ~Exists(holds_again),
        ~Exists(left_later),
        # The work of a post that is gone goes to another post: ``queries.without_holder``.
        held_on(actor.today, "post__"),
        end__lte=actor.today,
    ).order_by("end", "pk")


def _days_given(posts: list[int]) -> dict[int, list[dt.date]]:
    days: dict[int, list[dt.date]] = {post: [] for post in posts}
    tasks = Task.objects.filter(accountable_post_id__in=posts, state__in=OPEN_STATES)
    for post, day in tasks.values_list("accountable_post_id", "created_on"):
        days[post].append(day)
    return days


@transaction.atomic
def prepare_handover(
    *, actor: Actor, post: Post, outgoing: Person, on: dt.date, now: dt.datetime, note: str = ""
) -> Handover:
    """Lập biên bản bàn giao: the open tasks of the post as they stand, given before the holder left."""
    permissions.check_can_prepare(actor, post)
    if not Membership.objects.filter(post=post, person=outgoing, end=on, end__lte=actor.today).exists():
        raise Invalid(
            f"{outgoing} không thôi giữ chức {post} vào ngày {on:%d/%m/%Y}. Hãy kiểm tra người và ngày.",
            {"outgoing": "Chọn người đã thôi giữ chức.", "on": "Ghi đúng ngày thôi giữ chức."},
        )
    # Two who prepare at once wait for each other here, and the second finds the list made.
    Post.objects.select_for_update().get(pk=post.pk)
    if Handover.objects.filter(post=post, outgoing=outgoing, on=on).exists():
        raise Conflict("Biên bản bàn giao này đã được lập. Hãy mở biên bản đó để ký.")
    tasks = list(
        Task.objects.filter(accountable_post=post, state__in=OPEN_STATES, created_on__lt=on).order_by(
            "due_on", "pk"
        )
    )
    if not tasks:
        raise Invalid(f"Chức vụ {post} không còn nhiệm vụ nào phải bàn giao vào ngày {on:%d/%m/%Y}.")
    held = holders_on([post.pk], actor.today).get(post.pk, [])
    handover = Handover.objects.create(
        post=post,
        on=on,
        outgoing=outgoing,
        incoming=held[0] if len(held) == 1 else None,
        note=squash(note),
        prepared_at=now,
    )
    HandoverItem.objects.bulk_create(
        HandoverItem(handover=handover, task=task, percent=task.percent, due_on=task.due_on) for task in tasks
    )
    record(
        actor=actor, action="work.handover_prepared", subject=handover, now=now, using=Capability.RECORD,
        organization=post.organization, accountable_post=post, outgoing=outgoing, incoming=handover.incoming,
        on=on, tasks=[task.pk for task in tasks], note=handover.note,
    )  # fmt: skip
    return handover


@transaction.atomic
def sign_out(*, actor: Actor, handover: Handover, now: dt.datetime, note: str = "") -> Handover:
    """Bên giao ký: the person who left, or a recorder of the body on their behalf, which is then written."""
    current = _fresh(actor, handover)
    behalf = permissions.check_can_sign_out(actor, current)
    if current.signed_out_at:
        raise Conflict("Bên giao đã ký biên bản này.")
    current.signed_out_at = now
    current.signed_out_label = f"{actor.label} (ký thay {behalf})" if behalf else actor.label
    current.note = squash(note) or current.note
    current.save(update_fields=["signed_out_at", "signed_out_label", "note"])
    _record_signature(actor, current, now, side="out", on_behalf=behalf)
    return current


@transaction.atomic
def sign_in(*, actor: Actor, handover: Handover, now: dt.datetime) -> Handover:
    """Bên nhận ký: whoever holds the post now, in person, and after the giver."""
    current = _fresh(actor, handover)
    permissions.check_state(sign_in_state(current))
    person_id = _check_takes_over(actor, current)
    current.incoming_id, current.signed_in_at, current.signed_in_label = person_id, now, actor.label
    current.save(update_fields=["incoming", "signed_in_at", "signed_in_label"])
    _record_signature(actor, current, now, side="in", on_behalf="")
    return current


def sign_in_refusal(actor: Actor, handover: Handover) -> str:
    """Vì sao không ký nhận được; empty when the actor may."""
    if sentence := sign_in_state(handover):
        return sentence
    try:
        _check_takes_over(actor, handover)
    except NotAllowed as refusal:
        return refusal.sentence
    return ""


def sign_in_state(handover: Handover) -> str:
    """Trạng thái có cho ký nhận không."""
    if handover.signed_in_at:
        return "Bên nhận đã ký biên bản này."
    return "" if handover.signed_out_at else "Bên giao chưa ký nên chưa ký nhận được."


def _check_takes_over(actor: Actor, handover: Handover) -> int:
    holds = Membership.objects.filter(
        held_on(actor.today), post=handover.post_id, person_id=actor.person_id or 0
    )
    if actor.person_id is None or actor.person_id == handover.outgoing_id or not holds.exists():
        raise NotAllowed(f"Chỉ người đang giữ chức {handover.post} mới ký nhận bàn giao.")
    return actor.person_id


def _fresh(actor: Actor, handover: Handover) -> Handover:
    seen = handovers_visible_to(actor).filter(pk=handover.pk).select_related(None)
    current = seen.select_related("post__organization", "outgoing").select_for_update(of=("self",)).first()
    if current is None:
        raise NotFound(HANDOVER_OUT_OF_SIGHT)
    return current


def _record_signature(
    actor: Actor, handover: Handover, now: dt.datetime, *, side: str, on_behalf: str
) -> None:
    record(
        actor=actor, action="work.handover_signed", subject=handover, now=now, using=Capability.RECORD,
        organization=handover.post.organization, accountable_post=handover.post, side=side,
        outgoing=handover.outgoing, incoming_id=handover.incoming_id, on_behalf=on_behalf, note=handover.note,
    )  # fmt: skip
