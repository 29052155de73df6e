"""Trang góp ý: the panel on a review, one round with its answers, what those asked see, what is about me."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from soi.base.actor import Actor
from soi.base.errors import refusal_of
from soi.reviews import commented, permissions
from soi.reviews.logic.envelopes import Item
from soi.reviews.sections import Heading, sections_of

if TYPE_CHECKING:
    from soi.findings.models import Finding
    from soi.reviews.models import Asked, Comment, CommentRound, Paragraph, Review, UnsignedComment

WHOLE, PARAGRAPH, FINDING = "chung", "doan-", "muc-"
UPTAKE_BADGES = {"taken": "confirmed", "partly": "waiting", "not_taken": "returned", "": "clock"}


# --- the rounds of a review -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SaidRow:
    """Một góp ý with whom it is from (nothing, without names), what it is about, and its answer."""

    comment: Comment | UnsignedComment
    who: str
    about: str
    badge: str
    is_signed: bool


@dataclass(frozen=True, slots=True)
class AskedRow:
    """Một nơi được hỏi and how far it is; of a round without names nothing is known."""

    asked: Asked
    standing: str
    badge: str


@dataclass(frozen=True, slots=True)
class RoundView:
    """Một đợt góp ý."""

    round: CommentRound
    asked: tuple[AskedRow, ...]
    said: tuple[SaidRow, ...]
    silent: int
    late: bool

    @property
    def unanswered(self) -> int:
        return sum(not row.comment.uptake for row in self.said)

    @property
    def is_open(self) -> bool:
        return self.round.closed_on is None


@dataclass(frozen=True, slots=True)
class Panel:
    """Phần góp ý của trang kiểm điểm: the rounds, and what this reader may do."""

    rounds: tuple[RoundView, ...]
    may_ask: bool
    may_answer: bool
    unanswered: int


def panel(actor: Actor, review: Review) -> Panel:
    """Dựng phần góp ý; empty for who may not read the comments."""
    rounds = tuple(round_view(one, actor) for one in commented.rounds_of(actor, review))
    return Panel(
        rounds=rounds,
        may_ask=not refusal_of(lambda: permissions.check_can_ask(actor, review)),
        may_answer=not refusal_of(lambda: permissions.check_can_answer(actor, review)),
        unanswered=sum(one.unanswered for one in rounds),
    )


def round_view(round_: CommentRound, actor: Actor) -> RoundView:
    """Một đợt as ``commented.rounds_of`` reads it."""
    asked = list(round_.asked.all())
    signed = [said_row(comment, who=one.name) for one in asked for comment in one.comments.all()]
    unsigned = [said_row(comment) for comment in round_.unsigned.all()]
    silent = 0 if round_.anonymous else sum(one.answered_on is None for one in asked)
    return RoundView(
        round=round_,
        asked=tuple(_asked_row(one, round_) for one in asked),
        said=(*signed, *unsigned),
        silent=silent,
        late=round_.closed_on is None and round_.due_on < actor.today and (silent > 0 or round_.anonymous),
    )


def _asked_row(asked: Asked, round_: CommentRound) -> AskedRow:
    if round_.anonymous:
        return AskedRow(asked, "", "")
    if asked.nothing_to_say:
        return AskedRow(asked, _("Nhất trí"), "confirmed")
    if asked.answered_on:
        return AskedRow(asked, _("Đã góp ý"), "confirmed")
    return AskedRow(asked, _("Chưa góp ý"), "waiting" if round_.closed_on is None else "cancelled")


def said_row(comment: Comment | UnsignedComment, who: str = "") -> SaidRow:
    """Một góp ý, shown."""
    return SaidRow(
        comment=comment,
        who=who,
        about=_about(comment),
        badge=UPTAKE_BADGES[comment.uptake],
        is_signed=hasattr(comment, "asked_id"),
    )


def _about(comment: Comment | UnsignedComment) -> str:
    if comment.paragraph is not None:
        return comment.paragraph.text
    return comment.finding.statement if comment.finding is not None else ""


# --- what those asked see ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """Một chỗ góp ý được: the words shown, the name of its box, what was typed there."""

    name: str
    text: str
    typed: str


@dataclass(frozen=True, slots=True)
class AskedView:
    """Trang của nơi được hỏi."""

    asked: Asked
    round: CommentRound
    review: Review
    parts: tuple[tuple[Heading, tuple[Place, ...]], ...]
    findings: tuple[Place, ...]
    whole: Place
    said: tuple[SaidRow, ...]
    is_open: bool
    others: int


def asked_view(actor: Actor, asked: Asked, typed: Mapping[str, str]) -> AskedView:
    """Dựng trang góp ý; ``typed`` is what a refused form held."""
    round_ = asked.round
    hidden = commented.unsigned_of(round_) if round_.anonymous else []
    signed = [said_row(one) for one in commented.said_by(asked)]
    said = [*signed, *(said_row(one) for one in hidden)]
    return AskedView(
        asked=asked,
        round=round_,
        review=round_.review,
        parts=_parts(round_.review, commented.draft_for(asked), typed),
        findings=tuple(_finding(one, typed) for one in commented.findings_for(asked)),
        whole=Place(WHOLE, "", typed.get(WHOLE, "")),
        said=tuple(said),
        is_open=round_.closed_on is None,
        others=commented.number_asked(round_),
    )


def _parts(
    review: Review, paragraphs: Sequence[Paragraph], typed: Mapping[str, str]
) -> tuple[tuple[Heading, tuple[Place, ...]], ...]:
    rows: dict[int, list[Place]] = {}
    for one in paragraphs:
        name = f"{PARAGRAPH}{one.pk}"
        rows.setdefault(one.section, []).append(Place(name, one.text, typed.get(name, "")))
    return tuple((part, tuple(rows[part.value])) for part in sections_of(review.group) if part.value in rows)


def _finding(finding: Finding, typed: Mapping[str, str]) -> Place:
    name = f"{FINDING}{finding.pk}"
    return Place(name, finding.statement, typed.get(name, ""))


def items_of(sent: Iterable[tuple[str, str]]) -> list[Item]:
    """Các ô có chữ, as what they are about; a box nobody offered is left out by whoever checks."""
    items = []
    for name, text in sent:
        about, number = name.partition("-")[0] + "-", name.partition("-")[2]
        if not text.strip():
            continue
        if name == WHOLE:
            items.append(Item(text))
        elif number.isascii() and number.isdigit() and len(number) < 19:
            if about == PARAGRAPH:
                items.append(Item(text, paragraph=int(number)))
            elif about == FINDING:
                items.append(Item(text, finding=int(number)))
    return items
