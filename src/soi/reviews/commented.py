"""Đọc góp ý: who is asked, what they read, what was said and answered, and who may see that."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from soi.base.actor import Actor, Capability
from soi.base.errors import NotFound
from soi.base.models import held_on
from soi.findings.models import Finding
from soi.org.models import Membership, Organization, Person
from soi.reviews.enums import ReviewKind, ReviewState
from soi.reviews.models import (
    Asked,
    Comment,
    CommentRound,
    Finalization,
    Paragraph,
    Review,
    UnsignedComment,
)
from soi.reviews.queries import at_home, text_visible_to, visible_to

ROUND_OUT_OF_SIGHT = "Không tìm thấy đợt góp ý này, hoặc đồng chí không thuộc nơi được đề nghị góp ý."
COMMENT_OUT_OF_SIGHT = "Không tìm thấy góp ý này, hoặc góp ý nằm ngoài phạm vi của đồng chí."
_Row = TypeVar("_Row", Comment, UnsignedComment)
# Who speaks for a body, and enters what came on paper.
SPEAKING = (Capability.RECORD, Capability.DIRECT)


# --- who is asked -----------------------------------------------------------------------------------


def speaks_for(actor: Actor) -> frozenset[int]:
    """Tổ chức mà người này góp ý thay: of one's own posts only, never of those below."""
    return frozenset(grant.organization_id for grant in actor.grants if grant.capability in SPEAKING)


def asked_of(actor: Actor) -> QuerySet[Asked]:
    """Mọi lời đề nghị góp ý gửi tới tôi, or to a body that I speak for."""
    mine = Q(person_id=actor.person_id or 0)
    ours = Q(organization_id__in=speaks_for(actor), round__anonymous=False)
    related = ("round__review__organization", "round__review__person", "round__review__cycle")
    return Asked.objects.filter(mine | ours).select_related(*related)


def asked_of_me(actor: Actor) -> list[Asked]:
    """Mọi lần chính tôi được đề nghị góp ý, newest first."""
    return list(asked_of(actor).filter(person_id=actor.person_id or 0).order_by("-round", "pk"))


def rounds_asking(actor: Actor) -> QuerySet[CommentRound]:
    """Đợt góp ý đề nghị tôi, or a body that I speak for."""
    asked = asked_of(actor).select_related(None).order_by().filter(round=OuterRef("pk"))
    return CommentRound.objects.filter(Exists(asked))


def waiting_for(actor: Actor) -> QuerySet[Asked]:
    """Đợt góp ý chờ tôi: open, and I have said nothing yet; the one due first stands first."""
    silent = Q(answered_on__isnull=True, spent=False)
    return asked_of(actor).filter(silent, round__closed_on__isnull=True).order_by("round__due_on", "pk")


def get_asked(actor: Actor, pk: int) -> Asked:
    """Lời đề nghị của tôi trong một đợt: the round by its key; NotFound for who is not asked."""
    found = asked_of(actor).filter(round_id=pk).order_by("organization_id", "pk").first()
    if found is None:
        raise NotFound(ROUND_OUT_OF_SIGHT)
    return found


def draft_for(asked: Asked) -> list[Paragraph]:
    """Lời văn để góp ý: the current edition of a collective while the round is open; a person's only what the
    person has finalized.
    """
    review = asked.round.review
    if asked.round.closed_on is not None:
        return []
    rows = Paragraph.objects.filter(review=review, dropped=False)
    if review.kind == ReviewKind.COLLECTIVE:
        return list(rows.filter(edition=review.edition))
    if review.state not in (ReviewState.FINAL, ReviewState.APPROVED):
        return []
    finalized = Finalization.objects.filter(review=review, edition=OuterRef("edition"))
    return list(rows.filter(Exists(finalized), edition=review.edition))


def findings_for(asked: Asked) -> list[Finding]:
    """Hạn chế, khuyết điểm chuyển sang, which a comment may be about."""
    if asked.round.review.kind != ReviewKind.COLLECTIVE or asked.round.closed_on is not None:
        return []
    return list(Finding.objects.filter(carried_into__review=asked.round.review_id))


def number_asked(round_: CommentRound) -> int:
    """Đợt này hỏi bao nhiêu nơi."""
    return Asked.objects.filter(round=round_).count()


def members_of(organization: Organization, *, on: dt.date) -> list[Person]:
    """Mọi người đang giữ chức vụ ở một đơn vị, to be asked one by one."""
    holds = Membership.objects.filter(
        held_on(on), held_on(on, "post__"), post__organization=organization, person=OuterRef("pk")
    )
    return list(Person.objects.filter(Exists(holds)).order_by("sort_key", "pk"))


# --- what was said ----------------------------------------------------------------------------------


def comments_readable(actor: Actor) -> QuerySet[Review]:
    """Bản kiểm điểm mà mọi góp ý đọc được: at home, by the office that asked, above once it is finalized."""
    if actor.is_system:
        return Review.objects.all()
    office = Q(organization_id__in=speaks_for(actor))
    above = Q(pk__in=text_visible_to(actor).values("pk"))
    return visible_to(actor).filter(at_home(actor) | office | above)


def rounds_of(actor: Actor, review: Review) -> list[CommentRound]:
    """Các đợt góp ý của một bản kiểm điểm, with who is asked and what they said; none for who may not read them.

    Of a round without names neither who has sent nor how many is shown while it is open.
    """
    if not comments_readable(actor).filter(pk=review.pk).exists():
        return []
    parts = (
        Prefetch("asked", Asked.objects.select_related("organization", "person")),
        Prefetch("asked__comments", _beside(Comment.objects.all()).select_related("source")),
        Prefetch("unsigned", _beside(UnsignedComment.objects.all())),
    )
    return list(CommentRound.objects.filter(review=review).prefetch_related(*parts))


def _beside(rows: QuerySet[_Row]) -> QuerySet[_Row]:
    return rows.select_related("paragraph", "finding")


def said_by(asked: Asked) -> list[Comment]:
    """Góp ý của chính nơi này, with the answers. Of a round without names there is none to find."""
    return list(_beside(Comment.objects.all()).filter(asked=asked))


def unsigned_of(round_: CommentRound) -> list[UnsignedComment]:
    """Góp ý không ghi tên của một đợt đã đóng, with the answers: for all who were asked, as for the office."""
    return list(_beside(UnsignedComment.objects.all()).filter(round=round_))


def get_comment(actor: Actor, pk: int) -> Comment:
    """Một góp ý ghi tên, for who may read the comments on its review."""
    seen = comments_readable(actor).filter(pk=OuterRef("asked__round__review"))
    rows = _beside(Comment.objects.all()).select_related(
        "asked__round__review__organization", "asked__round__review__person"
    )
    found = rows.filter(Exists(seen), pk=pk).first()
    if found is None:
        raise NotFound(COMMENT_OUT_OF_SIGHT)
    return found


def get_unsigned(actor: Actor, pk: str) -> UnsignedComment:
    """Một góp ý không ghi tên, likewise."""
    seen = comments_readable(actor).filter(pk=OuterRef("round__review"))
    rows = _beside(UnsignedComment.objects.all()).select_related(
        "round__review__organization", "round__review__person"
    )
    found = rows.filter(Exists(seen), pk=pk).first()
    if found is None:
        raise NotFound(COMMENT_OUT_OF_SIGHT)
    return found


def get_round(actor: Actor, pk: int) -> CommentRound:
    """Một đợt, for who may read the comments on its review."""
    seen = comments_readable(actor).filter(pk=OuterRef("review"))
    rows = CommentRound.objects.select_related("review__organization", "review__person", "review__cycle")
    found = rows.filter(Exists(seen), pk=pk).first()
    if found is None:
        raise NotFound(ROUND_OUT_OF_SIGHT)
    return found


def round_of(comment: Comment | UnsignedComment) -> CommentRound:
    """Đợt của một góp ý."""
    return comment.asked.round if isinstance(comment, Comment) else comment.round


def get_paper(actor: Actor, pk: int) -> Asked:
    """Một nơi được hỏi, for the office that enters what it sent on paper."""
    seen = comments_readable(actor).filter(pk=OuterRef("round__review"))
    related = ("round__review__organization", "round__review__person", "round__review__cycle")
    found = Asked.objects.select_related(*related).filter(Exists(seen), pk=pk).first()
    if found is None:
        raise NotFound(ROUND_OUT_OF_SIGHT)
    return found


# --- about a person ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AboutMe:
    """Góp ý về tôi: by name and without, each with my answer beside it."""

    signed: list[Comment]
    unsigned: list[UnsignedComment]

    def __len__(self) -> int:
        return len(self.signed) + len(self.unsigned)


def about_me(actor: Actor) -> AboutMe:
    """Mọi góp ý cho các bản kiểm điểm của tôi, newest cycle first; nothing anybody submitted is kept from me."""
    me = actor.person_id or 0
    signed = (
        _beside(Comment.objects.all())
        .filter(asked__round__review__person_id=me)
        .select_related("asked__round__review__cycle")
    )
    unsigned = (
        _beside(UnsignedComment.objects.all())
        .filter(round__review__person_id=me)
        .select_related("round__review__cycle")
    )
    return AboutMe(list(signed.order_by("-asked__round", "pk")), list(unsigned.order_by("-round", "id")))


def to_answer(actor: Actor) -> QuerySet[Review]:
    """Bản kiểm điểm có góp ý chờ trả lời: one's own, and those of the bodies one speaks for."""
    authors = Q(person_id=actor.person_id or 0) | Q(
        kind=ReviewKind.COLLECTIVE, organization_id__in=speaks_for(actor)
    )
    signed = Comment.objects.filter(asked__round__review=OuterRef("pk"), uptake="")
    unsigned = UnsignedComment.objects.filter(round__review=OuterRef("pk"), uptake="")
    rows = Review.objects.filter(authors, Exists(signed) | Exists(unsigned))
    return rows.select_related("cycle", "organization", "person")


def with_traces() -> QuerySet[CommentRound]:
    """Đợt còn dấu vết: closed, and its tables not yet rewritten."""
    return CommentRound.objects.filter(traces_since__isnull=False)
