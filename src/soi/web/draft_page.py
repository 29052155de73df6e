"""Trang xác nhận: the cards in groups, and the text beside them cut by its marks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy

from soi.base.actor import Actor
from soi.base.errors import Invalid
from soi.conferences.enums import ConferenceKind, Form
from soi.findings.enums import CauseKind, FindingKind
from soi.intake.cards import FindingCard
from soi.intake.confirm_page import CardView, ConfirmPage, confirm_page
from soi.intake.enums import ProposalKind, ProposalState
from soi.intake.logic.segments import Segment
from soi.org.enums import WorkArea
from soi.web.card_form import CardForm, form_of, names_of
from soi.web.card_words import DECISIONS, Said, say_card
from soi.web.forms.conferences import ROLES
from soi.web.forms.intake import card_fields
from soi.web.paragraphs import Block, Piece, blocks

if TYPE_CHECKING:
    from soi.intake.models import Draft

_LEFT_OUT = "drop"
# What each group is called; the order is that of the page.
_GROUPS = {
    ProposalKind.CONFERENCE: gettext_lazy("Hội nghị"),
    ProposalKind.PERSON: gettext_lazy("Người dự"),
    ProposalKind.FINDING: gettext_lazy("Ưu điểm, hạn chế, khuyết điểm"),
    ProposalKind.CAUSE: gettext_lazy("Nguyên nhân"),
    ProposalKind.DIRECTION: gettext_lazy("Kết luận, phương hướng"),
    ProposalKind.DECISION: gettext_lazy("Xếp loại, khen thưởng, kỷ luật"),
    ProposalKind.DOCUMENT: gettext_lazy("Văn bản viện dẫn"),
    ProposalKind.ARTICLE: gettext_lazy("Tin bài"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """Một thẻ để hiện; ``errors`` and ``refusal`` answer what was just sent from it."""

    view: CardView
    said: Said
    form: CardForm
    errors: Mapping[str, str] = field(default_factory=dict)
    refusal: str = ""

    @property
    def anchor(self) -> str:
        return anchor(self.view.id)

    @property
    def doubts(self) -> tuple[str, ...]:
        """Điều cần xem lại, and what is missing; who a person is, is asked by the choice itself."""
        missing = () if self.refusal else tuple(p.sentence for p in self.view.problems if p.field != "choice")
        return (*missing, *(caution.sentence for caution in self.view.cautions))

    @property
    def is_open(self) -> bool:
        """The fields are shown at once where something has to be filled in there."""
        return bool(self.errors or self.refusal) or any(p.field != "choice" for p in self.view.problems)


@dataclass(frozen=True, slots=True)
class Group:
    """Các thẻ một loại."""

    kind: ProposalKind
    label: str
    cards: tuple[Card, ...]

    @property
    def pending(self) -> int:
        return sum(card.view.state == ProposalState.PENDING for card in self.cards)

    @property
    def ready(self) -> int:
        """Số thẻ nhận được cả loạt: nothing is missing on them."""
        return sum(card.view.state == ProposalState.PENDING and not card.view.problems for card in self.cards)


@dataclass(frozen=True, slots=True)
class DraftPage:
    """Everything the template shows."""

    page: ConfirmPage
    groups: tuple[Group, ...]
    blocks: tuple[Block, ...]

    @property
    def draft(self) -> Draft:
        return self.page.draft

    @property
    def total(self) -> int:
        return len(self.page.cards)

    @property
    def ready(self) -> int:
        return sum(group.ready for group in self.groups)

    @property
    def seen(self) -> int:
        return self.total - self.page.counts.pending

    @property
    def doubts(self) -> int:
        """Số điều cần xem lại, on cards still to be decided and on the text itself."""
        waiting = {view.id for view in self.page.cards if view.state == ProposalState.PENDING}
        return sum(one.proposal is None or one.proposal in waiting for one in self.page.cautions)

    @property
    def first_doubt(self) -> str:
        waiting = {view.id for view in self.page.cards if view.state == ProposalState.PENDING}
        return next(
            (anchor(one.proposal) for one in self.page.cautions if one.proposal in waiting and one.proposal),
            "",
        )

    def group_of(self, proposal: int) -> Group:
        """The group in which this card stands."""
        return next(group for group in self.groups if any(card.view.id == proposal for card in group.cards))

    def card(self, proposal: int) -> Card:
        """One card by its number."""
        return next(card for group in self.groups for card in group.cards if card.view.id == proposal)

    def touched_by(self, proposal: int) -> tuple[Card, ...]:
        """Thẻ khác phải hiện lại: another day of the meeting, other holders of the posts."""
        if self.card(proposal).view.kind != ProposalKind.CONFERENCE:
            return ()
        return tuple(
            card for group in self.groups if group.kind == ProposalKind.PERSON for card in group.cards
        )

    @property
    def findings(self) -> tuple[Card, ...]:
        """Hạn chế, khuyết điểm that a cause may belong to."""
        cards = (card for group in self.groups if group.kind == ProposalKind.FINDING for card in group.cards)
        return tuple(
            card
            for card in cards
            if card.view.state != ProposalState.DROPPED and card.said.badge != "strength"
        )


def anchor(proposal: int) -> str:
    """Mã thẻ trên trang: what marks and links point to."""
    return f"card-{proposal}"


def build(actor: Actor, draft: Draft) -> DraftPage:
    """The page of a draft that waits; as many queries as ``confirm_page`` makes."""
    page = confirm_page(actor, draft)
    names = names_of(page)
    cards = [Card(view, say_card(view, page), form_of(view.card, names)) for view in page.cards]
    groups = [
        Group(kind, str(label), tuple(card for card in cards if card.view.kind == kind))
        for kind, label in _GROUPS.items()
    ]
    return DraftPage(page, tuple(group for group in groups if group.cards), tuple(_blocks(page)))


def with_refusal(page: DraftPage, proposal: int, refusal: Invalid, sent: QueryDict) -> DraftPage:
    """The page with what was typed on one card, and why it was not taken."""

    def marked(card: Card) -> Card:
        if card.view.id != proposal:
            return card
        form = form_of(card.view.card, names_of(page.page), card_fields(sent))
        return replace(card, form=form, errors=refusal.fields, refusal=refusal.sentence)

    groups = [replace(group, cards=tuple(marked(card) for card in group.cards)) for group in page.groups]
    return replace(page, groups=tuple(groups))


def choices() -> dict[str, Sequence[tuple[str, Any]]]:
    """Các danh sách chọn, the same for every card."""
    return {
        # A text that is no conference keeps saying so until the clerk decides.
        "kinds": ConferenceKind.choices,
        "forms": Form.choices,
        "roles": ROLES,
        "finding_kinds": FindingKind.choices,
        "cause_kinds": CauseKind.choices,
        "areas": WorkArea.choices,
        "decisions": DECISIONS,
    }


# --- the text --------------------------------------------------------------------------------------------


def _blocks(page: ConfirmPage) -> list[Block]:
    shown = {view.id: view for view in page.cards}
    return blocks((_piece(segment, shown) for segment in page.segments), left_out=_LEFT_OUT)


def _piece(segment: Segment, shown: Mapping[int, CardView]) -> Piece:
    views = [shown[pk] for pk in segment.proposals if pk in shown]
    if views:
        # The shortest evidence is the most telling: a person inside the sentence about the conference.
        first = min(views, key=lambda view: (view.end or 0) - (view.start or 0))
        return Piece(
            segment.text, _mark_kind(first), " ".join(anchor(view.id) for view in _first(first, views))
        )
    return Piece(segment.text, _LEFT_OUT if segment.boilerplate else "")


def _first(first: CardView, views: Iterable[CardView]) -> list[CardView]:
    return [first, *(view for view in views if view is not first)]


def _mark_kind(view: CardView) -> str:
    if isinstance(view.card, FindingCard):
        return view.card.kind.value
    return "rating" if view.kind == ProposalKind.DECISION else view.kind.value
