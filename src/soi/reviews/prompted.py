"""Đọc gợi ý, giải trình, mục chuyển sang, biện pháp: of one review, and what waits for whom."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from soi.base.actor import Actor, Capability
from soi.base.errors import NotFound
from soi.base.models import held_on
from soi.org.enums import EdgeKind
from soi.org.models import OrganizationEdge
from soi.reviews import permissions
from soi.reviews.enums import PersonGroup, ReviewKind, ReviewState, Verdict
from soi.reviews.models import Carried, Cycle, Explanation, Measure, Prompt, Review
from soi.reviews.queries import OUT_OF_SIGHT, above_of, at_home, text_visible_to

_OF_REVIEW = ("review__cycle", "review__organization", "review__person")
_LEADING = (Capability.RECORD, Capability.DIRECT)
_Row = TypeVar("_Row", Carried, Measure)
_OVER = (ReviewState.FINAL, ReviewState.APPROVED)


# --- of one review -----------------------------------------------------------------------------------


def may_open(actor: Actor, review: Review) -> bool:
    """Đọc được gợi ý và giải trình: who reads the text, and the level above, which wrote the prompts."""
    return text_visible_to(actor).filter(pk=review.pk).exists() or _is_above(actor, review)


def prompts_of(actor: Actor, review: Review) -> list[Prompt]:
    """Gợi ý của một bản kiểm điểm, with every explanation; those not yet sent for the level above only.

    The caller has asked ``may_open``.
    """
    rows = Prompt.objects.filter(review=review).select_related("issuer", "finding")
    if not _is_above(actor, review):
        rows = rows.filter(sent_on__isnull=False)
    return list(rows.prefetch_related("explanations"))


def carried_of(review: Review) -> list[Carried]:
    """Các mục chuyển sang with their findings."""
    return list(Carried.objects.filter(review=review).select_related("finding"))


def measures_of(review: Review, *, edition: int) -> list[Measure]:
    """Các biện pháp của một lần, without what was dropped."""
    rows = Measure.objects.filter(review=review, edition=edition, dropped=False)
    return list(rows.select_related("accountable_post__organization", "task"))


def get_prompt(actor: Actor, pk: int) -> Prompt:
    """Một gợi ý with its explanations; NotFound where it is out of sight, or not yet sent to who looks."""
    rows = Prompt.objects.select_related(*_OF_REVIEW, "issuer", "finding").prefetch_related("explanations")
    prompt = rows.filter(pk=pk).first()
    if prompt is None or not may_open(actor, prompt.review):
        raise NotFound(OUT_OF_SIGHT)
    if prompt.sent_on is None and not _is_above(actor, prompt.review):
        raise NotFound(OUT_OF_SIGHT)
    return prompt


def get_explanation(actor: Actor, pk: int) -> Explanation:
    """Một giải trình with its prompt."""
    explanation = Explanation.objects.filter(pk=pk).first()
    if explanation is None:
        raise NotFound(OUT_OF_SIGHT)
    explanation.prompt = get_prompt(actor, explanation.prompt_id)
    return explanation


def get_carried(actor: Actor, pk: int) -> Carried:
    """Một mục chuyển sang, for who writes or reads the draft."""
    rows = Carried.objects.select_related(*_OF_REVIEW, "finding").filter(_at_home(actor), pk=pk)
    return _found(rows.first())


def get_measure(actor: Actor, pk: int) -> Measure:
    """Một biện pháp, likewise."""
    rows = Measure.objects.select_related(*_OF_REVIEW, "accountable_post").filter(_at_home(actor), pk=pk)
    return _found(rows.first())


def _at_home(actor: Actor) -> Q:
    if actor.is_system:
        return Q()
    return Q(Exists(Review.objects.filter(at_home(actor), pk=OuterRef("review"))))


def _found(row: _Row | None) -> _Row:
    if row is None:
        raise NotFound(OUT_OF_SIGHT)
    return row


def _is_above(actor: Actor, review: Review) -> bool:
    return permissions.is_above(actor, review, above_of(review, on=actor.today))


# --- what waits --------------------------------------------------------------------------------------


def directly_below(actor: Actor) -> Q:
    """Bản kiểm điểm mà người này là phía cấp trên trực tiếp. Reads nothing itself."""
    own = sorted({grant.organization_id for grant in actor.grants if grant.capability in _LEADING})
    edges = OrganizationEdge.objects.filter(
        held_on(actor.today), kind=EdgeKind.SUBORDINATE, parent_id__in=own
    )
    below = Q(organization_id__in=edges.values("child_id"))
    led = Q(kind=ReviewKind.COLLECTIVE) | Q(group=PersonGroup.LEADER)
    others = Q(kind=ReviewKind.INDIVIDUAL, organization_id__in=own) & ~Q(group=PersonGroup.LEADER)
    return ((led & below) | others) & ~Q(person_id__isnull=False, person_id=actor.person_id or 0)


def promptable(actor: Actor, cycle: Cycle) -> QuerySet[Review]:
    """Nơi gửi gợi ý được trong một đợt: directly below, reviewed in this cycle, not yet finalized."""
    rows = Review.objects.filter(directly_below(actor), cycle=cycle, exemption="").exclude(state__in=_OVER)
    return rows.select_related("organization", "person").order_by("organization__sort_key", "kind", "pk")


def prepared(actor: Actor, cycle: Cycle) -> QuerySet[Prompt]:
    """Gợi ý đã lập mà chưa gửi, and that can still be sent."""
    mine = Review.objects.filter(directly_below(actor), cycle=cycle, exemption="").exclude(state__in=_OVER)
    rows = Prompt.objects.filter(review__in=mine, sent_on__isnull=True, withdrawn_on__isnull=True)
    return rows.select_related(*_OF_REVIEW).order_by("review__organization__sort_key", "review", "number")


def to_explain(actor: Actor) -> QuerySet[Prompt]:
    """Gợi ý chờ tôi giải trình: of my own review, or of a body that I lead."""
    own = sorted({grant.organization_id for grant in actor.grants if grant.capability in _LEADING})
    mine = Q(review__person_id=actor.person_id or 0) | Q(
        review__kind=ReviewKind.COLLECTIVE, review__organization_id__in=own
    )
    last = Explanation.objects.filter(prompt=OuterRef("pk")).order_by("-pk").values("verdict")[:1]
    rows = Prompt.objects.filter(mine, sent_on__isnull=False, withdrawn_on__isnull=True, review__exemption="")
    rows = rows.exclude(review__state__in=_OVER).annotate(last=Subquery(last))
    return rows.filter(Q(last__isnull=True) | Q(last=Verdict.AGAIN)).select_related(*_OF_REVIEW, "issuer")


def to_judge(actor: Actor) -> QuerySet[Explanation]:
    """Giải trình chờ tôi xem xét: the newest of each prompt."""
    mine = Review.objects.filter(directly_below(actor))
    newer = Explanation.objects.filter(prompt=OuterRef("prompt"), pk__gt=OuterRef("pk"))
    rows = Explanation.objects.filter(
        ~Exists(newer), verdict="", prompt__review__in=mine, prompt__withdrawn_on__isnull=True
    )
    related = [f"prompt__{name}" for name in _OF_REVIEW]
    return rows.select_related(*related).order_by("at", "pk")


def to_decide(actor: Actor) -> QuerySet[Review]:
    """Bản kiểm điểm đã chốt chờ tôi duyệt hoặc trả lại."""
    rows = Review.objects.filter(directly_below(actor), state=ReviewState.FINAL)
    return rows.select_related("cycle", "organization", "person").order_by("organization__sort_key", "pk")
