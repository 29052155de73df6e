"""Góp ý còn dở: what the finalizing of a review still waits for."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from soi.reviews.models import Asked, Comment, CommentRound, Review, UnsignedComment


@dataclass(frozen=True, slots=True)
class CommentsLeft:
    """Góp ý chưa xong của các đợt bắt buộc: rounds still open, and comments without an answer. Falsy: nothing."""

    open_rounds: tuple[CommentRound, ...]
    unanswered: int

    def __bool__(self) -> bool:
        return bool(self.open_rounds or self.unanswered)


def commenting_left(review: Review) -> CommentsLeft:
    """Chốt còn phải chờ gì ở các đợt góp ý bắt buộc. The caller has checked that the review may be seen.

    An open round in which everybody asked has answered is waited for no longer, once each comment has its answer.
    Of a round without names nobody can tell before it is closed.
    """
    silent = Asked.objects.filter(
        round=OuterRef("pk"), nothing_to_say=False, answered_on__isnull=True, comments__isnull=True
    )
    rounds = CommentRound.objects.filter(review=review, mandatory=True, closed_on__isnull=True)
    waiting = rounds.filter(Q(anonymous=True) | Exists(silent))
    unanswered = (
        Comment.objects.filter(asked__round__review=review, asked__round__mandatory=True, uptake="").count()
        + UnsignedComment.objects.filter(round__review=review, round__mandatory=True, uptake="").count()
    )
    return CommentsLeft(tuple(waiting), unanswered)
