"""Đọc sổ theo dõi: what an actor may see, one finding and its parts, what is due from whom, who may judge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from soi.base.actor import Actor, Capability
from soi.base.errors import NotFound
from soi.base.models import held_on
from soi.base.records import Kept
from soi.base.together import Together
from soi.findings.enums import FindingState, LinkState, RemedyState
from soi.findings.models import (
    Answer,
    Cause,
    Finding,
    FindingBody,
    RecurrenceLink,
    Remedy,
    RemedyChange,
    RemedyProgress,
    Responsibility,
    Verification,
)
from soi.history.models import Event
from soi.history.queries import events_of
from soi.org.models import Post
from soi.org.queries import held_since, scope
from soi.org.queries import visible_to as bodies_visible_to

# Long, and for searching only.
KEYS = ("exact_key", "search_key")
OUT_OF_SIGHT = "Không tìm thấy nội dung này, hoặc nội dung nằm ngoài phạm vi của đồng chí."


def visible_to(actor: Actor) -> QuerySet[Finding]:
    """Nội dung được thấy: of or about a body one may read, naming oneself, or with a remedy due from one."""
    if actor.is_system:
        return Finding.objects.all()
    reach = scope(actor, Capability.READ, path="organization")
    # Asked row by row, and only of findings of other bodies: a list of all would be made for each question.
    concerned = FindingBody.objects.filter(reach, finding=OuterRef("pk"))
    named = Responsibility.objects.filter(person_id=actor.person_id or 0)
    owed = Remedy.objects.filter(accountable_post_id__in=actor.post_ids)
    return Finding.objects.filter(
        reach
        | Q(Exists(concerned))
        | Q(pk__in=named.values("finding_id"))
        | Q(pk__in=owed.values("finding_id"))
    )


# --- one finding -------------------------------------------------------------------------------------


def get(actor: Actor, pk: int) -> Finding:
    """Một nội dung với mọi phần của nó; NotFound when it is out of sight."""
    finding: Finding | None = _SEEN.one(actor, keys=[pk])
    if finding is None:
        raise NotFound(OUT_OF_SIGHT)
    _PARTS.load([finding])
    return finding


_SEEN = Kept(
    lambda actor, pk: (
        visible_to(actor).filter(pk=pk).select_related("organization", "passage__source").order_by()
    )
)


def get_remedy(actor: Actor, pk: int) -> Remedy:
    """Một biện pháp; NotFound when its finding is out of sight."""
    remedies = Remedy.objects.filter(Exists(visible_to(actor).filter(pk=OuterRef("finding"))), pk=pk)
    remedy = remedies.select_related("finding__organization", "accountable_post__organization").first()
    if remedy is None:
        raise NotFound("Không tìm thấy biện pháp này, hoặc biện pháp nằm ngoài phạm vi của đồng chí.")
    return remedy


def get_link(actor: Actor, pk: int) -> RecurrenceLink:
    """Một liên kết lặp lại; NotFound when either end is out of sight."""
    link = _links_seen(actor).filter(pk=pk).first()
    if link is None:
        raise NotFound("Không tìm thấy liên kết này, hoặc liên kết nằm ngoài phạm vi của đồng chí.")
    return link


def with_parts(findings: QuerySet[Finding]) -> QuerySet[Finding]:
    """Kèm mọi phần, in a number of queries that does not grow with the number of findings."""
    return findings.select_related("organization", "passage__source").prefetch_related(*_parts())


def _parts() -> list[Prefetch[Any]]:
    progress = RemedyProgress.objects.select_related("evidence", "reported_by")
    verifications = Verification.objects.select_related("evidence", "verifier")
    texts = ("evidence__text", "evidence__search_key")
    return [
        Prefetch("bodies", FindingBody.objects.select_related("organization").order_by("pk")),
        Prefetch("causes", Cause.objects.select_related("passage")),
        Prefetch("responsibilities", Responsibility.objects.select_related("organization", "post", "person")),
        Prefetch("remedies", Remedy.objects.select_related("accountable_post__organization", "task")),
        Prefetch("remedies__progress", progress.defer(*texts)),
        Prefetch("remedies__changes", RemedyChange.objects.select_related("old_post", "new_post")),
        Prefetch("verifications", verifications.defer(*texts)),
        Prefetch("answers", Answer.objects.select_related("person")),
    ]


_PARTS = Together(_parts)


def history_of(finding: Finding) -> QuerySet[Event]:
    """Lịch sử của nội dung, its remedies and its links. The caller has checked that it may be seen."""
    links = RecurrenceLink.objects.filter(finding=finding)
    return events_of(finding, *Remedy.objects.filter(finding=finding), *links)


def links_of(actor: Actor, finding: Finding) -> list[RecurrenceLink]:
    """Liên kết lặp lại, to earlier findings and from later ones, both ends in sight; not the rejected."""
    links = _links_seen(actor).filter(Q(finding=finding) | Q(earlier=finding))
    return list(links.exclude(state=LinkState.REJECTED))


def _links_seen(actor: Actor) -> QuerySet[RecurrenceLink]:
    seen = visible_to(actor)
    both = Q(Exists(seen.filter(pk=OuterRef("finding")))) & Q(Exists(seen.filter(pk=OuterRef("earlier"))))
    return RecurrenceLink.objects.filter(both).select_related(
        "finding__organization", "earlier__organization"
    )


def posts_for_remedy(actor: Actor) -> QuerySet[Post]:
    """Chức vụ có thể giao: in force today, in bodies the actor sees."""
    return (
        Post.objects.filter(held_on(actor.today), organization__in=bodies_visible_to(actor))
        .select_related("organization")
        .order_by("organization__sort_key", "pk")
    )


# --- who may judge -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stake:
    """Liên quan: why somebody may not confirm a finding. ``people``: one person, or those who lent to one."""

    people: tuple[int, ...]

    # Lists of the few findings a person had a part in, each made once, not asked anew for every finding.

    def is_accountable(self) -> Q:
        """Held the accountable post of a remedy, or one that was accountable before, since it was given."""
        now = Remedy.objects.filter(held_since(self.people, post="accountable_post", since="created_on"))
        before = RemedyChange.objects.filter(
            held_since(self.people, post="old_post", since="remedy__created_on")
        )
        return Q(pk__in=now.values("finding_id")) | Q(pk__in=before.values("remedy__finding_id"))

    def is_responsible(self) -> Q:
        """Named as responsible for the finding itself."""
        return Q(pk__in=Responsibility.objects.filter(person_id__in=self.people).values("finding_id"))

    def has_reported(self) -> Q:
        """Reported on one of the remedies: nobody confirms their own report."""
        reported = RemedyProgress.objects.filter(reported_by_id__in=self.people)
        return Q(pk__in=reported.values("remedy__finding_id"))

    def any(self) -> Q:
        """Any of these."""
        return self.is_accountable() | self.is_responsible() | self.has_reported()


def own_stake(actor: Actor) -> Stake:
    """Bản thân người thực hiện."""
    return Stake((actor.person_id or 0,))


def lenders_stake(actor: Actor) -> Stake:
    """Những người đang ủy quyền cho người thực hiện: who acts for somebody is no outsider to their work."""
    return Stake(tuple(sorted(actor.lenders)))


def _outsider(actor: Actor) -> Q:
    """Neither the person nor anybody who lent to them has a part in it."""
    return ~Stake((actor.person_id or 0, *sorted(actor.lenders))).any()


# --- việc của tôi ------------------------------------------------------------------------------------


def due_from(actor: Actor) -> QuerySet[Remedy]:
    """Biện pháp tôi chịu trách nhiệm: still to be done, overdue ones first."""
    return (
        Remedy.objects.filter(state=RemedyState.ACTIVE, accountable_post_id__in=actor.post_ids)
        .select_related("finding__organization", "accountable_post__organization")
        .defer(*(f"finding__{key}" for key in KEYS))
        .order_by("due_on", "pk")
    )


def to_verify(actor: Actor) -> QuerySet[Finding]:
    """Chờ tôi xác nhận: all remedies reported done, in my part of the tree, and I had no part in it."""
    if actor.person_id is None:
        return Finding.objects.none()
    return (
        Finding.objects.filter(
            scope(actor, Capability.VERIFY, path="organization"),
            _outsider(actor),
            state=FindingState.REPORTED,
        )
        .select_related("organization")
        .defer(*KEYS)
        .order_by("due_on", "pk")
    )


def recurrence_to_decide(actor: Actor) -> QuerySet[RecurrenceLink]:
    """Nghi lặp lại chờ tôi xem xét."""
    if actor.person_id is None:
        return RecurrenceLink.objects.none()
    mine = Finding.objects.filter(
        scope(actor, Capability.VERIFY, path="organization"), _outsider(actor), pk=OuterRef("finding")
    )
    return _links_seen(actor).filter(Exists(mine), state=LinkState.PROPOSED)


def about_me(actor: Actor) -> QuerySet[Finding]:
    """Nội dung nêu tên tôi, newest first, wherever I stand today."""
    named = Responsibility.objects.filter(person_id=actor.person_id or 0)
    return Finding.objects.filter(pk__in=named.values("finding_id")).select_related("organization")
