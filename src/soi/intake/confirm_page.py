"""Trang xác nhận: the text cut by its evidence, the cards beside it, and what to look at twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from soi.base.actor import Actor
from soi.documents.models import Source
from soi.intake.cards import AnyCard, ArticleCard, Problem, card_of, problems, references
from soi.intake.checks import Caution, Facts, Item, cautions
from soi.intake.enums import ProposalKind, ProposalState
from soi.intake.facts import gather
from soi.intake.logic.posts import KnownPost
from soi.intake.logic.segments import Mark, Segment, cut
from soi.intake.models import Draft, Proposal
from soi.org.models import Organization


@dataclass(frozen=True, slots=True)
class CardView:
    """Một thẻ trên trang."""

    id: int
    kind: ProposalKind
    state: ProposalState
    edited: bool
    card: AnyCard
    problems: tuple[Problem, ...]
    cautions: tuple[Caution, ...]
    start: int | None
    end: int | None
    words: str


@dataclass(frozen=True, slots=True)
class Counts:
    """Số thẻ theo trạng thái."""

    pending: int
    accepted: int
    dropped: int


@dataclass(frozen=True, slots=True)
class ConfirmPage:
    """Everything the page shows. ``people``, ``bodies`` and ``posts`` name what the cards point to."""

    draft: Draft
    source: Source
    segments: tuple[Segment, ...]
    cards: tuple[CardView, ...]
    cautions: tuple[Caution, ...]
    counts: Counts
    people: Mapping[int, str]
    bodies: Mapping[int, str]
    posts: Mapping[int, KnownPost]

    def cards_of(self, kind: ProposalKind) -> tuple[CardView, ...]:
        """Các thẻ một loại."""
        return tuple(view for view in self.cards if view.kind == kind)

    @property
    def general_cautions(self) -> tuple[Caution, ...]:
        """Những điều về cả văn bản, not about one card."""
        return tuple(caution for caution in self.cautions if caution.proposal is None)

    @property
    def next_pending(self) -> CardView | None:
        """Thẻ kế tiếp cần xem."""
        return next((view for view in self.cards if view.state == ProposalState.PENDING), None)


def confirm_page(actor: Actor, draft: Draft) -> ConfirmPage:
    """The page of a draft that came from ``queries.get``; a fixed number of queries."""
    rows = list(draft.proposals.order_by("order", "pk"))
    cards = {row.pk: card_of(row.kind, row.data) for row in rows}
    kept = [Item(row.pk, cards[row.pk]) for row in rows if row.state != ProposalState.DROPPED]
    facts = gather(actor, draft, kept)
    found = cautions(kept, facts)
    text = draft.source.text
    return ConfirmPage(
        draft=draft,
        source=draft.source,
        segments=cut(text, _marks(rows, cards)),
        cards=tuple(_view(row, cards[row.pk], found, text) for row in rows),
        cautions=found,
        counts=_counts(rows),
        people=_names_of_people(facts, cards.values()),
        bodies=_names_of_bodies(cards.values()),
        posts=facts.posts,
    )


def _marks(rows: Sequence[Proposal], cards: Mapping[int, AnyCard]) -> list[Mark]:
    marks = []
    for row in rows:
        spans = {(row.start, row.end), *(tuple(pair) for pair in row.evidence)}
        if row.state != ProposalState.DROPPED:
            marks += [
                Mark(start, end, row.pk) for start, end in spans if start is not None and end is not None
            ]
        card = cards[row.pk]
        if isinstance(card, ArticleCard):
            marks += [Mark(start, end, None) for start, end in card.boilerplate]
    return marks


def _view(row: Proposal, card: AnyCard, found: Iterable[Caution], text: str) -> CardView:
    return CardView(
        id=row.pk,
        kind=ProposalKind(row.kind),
        state=ProposalState(row.state),
        edited=row.edited,
        card=card,
        problems=problems(card) if row.state != ProposalState.DROPPED else (),
        cautions=tuple(caution for caution in found if caution.proposal == row.pk),
        start=row.start,
        end=row.end,
        words=text[row.start : row.end] if row.start is not None else "",
    )


def _counts(rows: Sequence[Proposal]) -> Counts:
    states = [row.state for row in rows]
    return Counts(
        states.count(ProposalState.PENDING),
        states.count(ProposalState.ACCEPTED),
        states.count(ProposalState.DROPPED),
    )


def _names_of_people(facts: Facts, cards: Iterable[AnyCard]) -> dict[int, str]:
    offered = {
        one.id: one.name for card in cards for one in getattr(card, "candidates", ()) if one.id is not None
    }
    return {**offered, **facts.names}


def _names_of_bodies(cards: Iterable[AnyCard]) -> dict[int, str]:
    wanted = {pk for card in cards for pk in references(card).bodies}
    return dict(Organization.objects.filter(pk__in=wanted).values_list("pk", "name"))
