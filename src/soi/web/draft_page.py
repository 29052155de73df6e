"""Trang xác nhận: the cards in groups, each said in one line, and the text beside them with its marks."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from soi.base.actor import Actor
from soi.base.errors import Invalid
from soi.base.text import fold, search_terms
from soi.conferences.enums import Form
from soi.conferences.queries import people_known_to
from soi.findings.enums import CauseKind, FindingKind
from soi.intake import queries
from soi.intake.cards import (
    AnyCard,
    ArticleCard,
    CauseCard,
    ConferenceCard,
    DecisionCard,
    DirectionCard,
    DocumentCard,
    FindingCard,
    PersonCard,
)
from soi.intake.confirm_page import CardView, ConfirmPage, confirm_page
from soi.intake.enums import PersonChoice, PostAction, ProposalKind, ProposalState
from soi.intake.models import Draft
from soi.org import directory
from soi.org.enums import WorkArea
from soi.web.forms.conferences import KINDS, ROLES
from soi.web.forms.intake import card_fields
from soi.web.paragraphs import Block, Piece, blocks
from soi.web.period_words import say

DECISIONS = [
    ("rating", gettext_lazy("Xếp loại")),
    ("commendation", gettext_lazy("Khen thưởng")),
    ("discipline", gettext_lazy("Kỷ luật")),
]
_LEFT_OUT = "drop"
MOST_CHOICES = 20
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
class Said:
    """Thẻ nói gì: the line one reads, the facts below it, and the badge."""

    text: str
    meta: tuple[tuple[str, str], ...] = ()
    badge: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """Một thẻ để hiện. ``values`` fill its fields: those kept, or those just typed and refused."""

    view: CardView
    said: Said
    values: Mapping[str, Any]
    errors: Mapping[str, str] = field(default_factory=dict)
    refusal: str = ""

    @property
    def anchor(self) -> str:
        return anchor(self.view.id)

    @property
    def problems(self) -> tuple[str, ...]:
        """Chỗ chưa đủ, said before the clerk presses the button."""
        return () if self.refusal else tuple(problem.sentence for problem in self.view.problems)

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
        return next((anchor(one.proposal) for one in self.page.cautions if one.proposal in waiting and one.proposal), "")

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
        return tuple(card for group in self.groups if group.kind == ProposalKind.PERSON for card in group.cards)

    @property
    def findings(self) -> tuple[Card, ...]:
        """Hạn chế, khuyết điểm that a cause may belong to."""
        cards = (card for group in self.groups if group.kind == ProposalKind.FINDING for card in group.cards)
        return tuple(card for card in cards if card.view.state != ProposalState.DROPPED and card.said.badge != "strength")


def anchor(proposal: int) -> str:
    """Mã thẻ trên trang: what marks and links point to."""
    return f"card-{proposal}"


def build(actor: Actor, draft: Draft) -> DraftPage:
    """The page of a draft that waits; as many queries as ``confirm_page`` makes."""
    page = confirm_page(actor, draft)
    cards = [Card(view, say_card(view, page), values_of(view.card)) for view in page.cards]
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
        typed = {**card.values, **typed_values(sent)}
        return replace(card, values=typed, errors=refusal.fields, refusal=refusal.sentence)

    groups = [replace(group, cards=tuple(marked(card) for card in group.cards)) for group in page.groups]
    return replace(page, groups=tuple(groups))


def choices() -> dict[str, Sequence[tuple[str, Any]]]:
    """Các danh sách chọn, the same for every card."""
    return {
        "kinds": KINDS,
        "forms": Form.choices,
        "roles": ROLES,
        "finding_kinds": FindingKind.choices,
        "cause_kinds": CauseKind.choices,
        "areas": WorkArea.choices,
        "decisions": DECISIONS,
        "post_actions": PostAction.choices,
    }


# --- the text --------------------------------------------------------------------------------------------


def _blocks(page: ConfirmPage) -> list[Block]:
    shown = {view.id: view for view in page.cards}
    return blocks((_piece(segment, shown) for segment in page.segments), left_out=_LEFT_OUT)


def _piece(segment: Any, shown: Mapping[int, CardView]) -> Piece:
    views = [shown[pk] for pk in segment.proposals if pk in shown]
    if views:
        # The shortest evidence is the most telling: a person inside the sentence about the conference.
        first = min(views, key=lambda view: (view.end or 0) - (view.start or 0))
        return Piece(segment.text, _mark_kind(first), " ".join(anchor(view.id) for view in _first(first, views)))
    return Piece(segment.text, _LEFT_OUT if segment.boilerplate else "")


def _first(first: CardView, views: Iterable[CardView]) -> list[CardView]:
    return [first, *(view for view in views if view is not first)]


def _mark_kind(view: CardView) -> str:
    if isinstance(view.card, FindingCard):
        return view.card.kind.value
    return "rating" if view.kind == ProposalKind.DECISION else view.kind.value


# --- one card in words -----------------------------------------------------------------------------------


def say_card(view: CardView, page: ConfirmPage) -> Said:
    """Thẻ bằng lời: short enough to decide on at a glance."""
    match view.card:
        case ConferenceCard() as card:
            return Said(card.title, tuple(_conference_meta(card, page)))
        case PersonCard() as card:
            return Said(f"{card.rank} {card.name}".strip(), tuple(_person_meta(card, page)))
        case FindingCard() as card:
            units = "; ".join(_unit(unit.text, page.bodies.get(unit.organization or 0, "")) for unit in card.units)
            meta = _given((_("Lĩnh vực"), card.area.label), (_("Đơn vị"), units))
            return Said(card.statement, meta, card.kind.value, card.kind.label)
        case CauseCard() as card:
            of = next((one.card.statement for one in page.cards_of(ProposalKind.FINDING) if one.id == card.finding), "")
            return Said(card.statement, _given((_("Loại"), card.kind.label), (_("Của"), of or _("cả hội nghị"))))
        case DirectionCard() as card:
            return Said(card.statement, _given((_("Lĩnh vực"), card.area.label), (_("Thời gian"), say(card.period))))
        case DecisionCard() as card:
            return Said(card.statement, _given((_("Loại"), str(dict(DECISIONS)[card.kind]))))
        case DocumentCard() as card:
            number = _("số %s") % card.number if card.number else ""
            title = " ".join(part for part in (card.type if number else "", number, card.name) if part)
            return Said(title, _given((_("Nơi ban hành"), card.issuer), (_("Ngày"), _day(card.date))))
        case ArticleCard() as card:
            title = _("Tác giả: %s") % card.author if card.author else _("Tin bài đăng ngày %s") % _day(card.published)
            shown = card.author or card.published
            return Said(
                title if shown else _("Thông tin của tin bài"),
                _given((_("Ngày đăng"), _day(card.published)), (_("Ảnh"), card.photographer)),
            )


def _given(*facts: tuple[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((label, str(value)) for label, value in facts if value)


def _day(day: Any) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _unit(text: str, body: str) -> str:
    return f"{text} → {body}" if body and body != text else text


def _conference_meta(card: ConferenceCard, page: ConfirmPage) -> Iterable[tuple[str, str]]:
    last = f"–{_day(card.date_end)}" if card.date_end and card.date_end != card.date_start else ""
    return _given(
        (_("Loại"), card.kind.label),
        (_("Tổ chức họp"), page.bodies.get(card.organization or 0, "")),
        (_("Ngày"), _day(card.date_start) + last),
        (_("Kỳ"), say(card.period)),
        (_("Hình thức"), card.form.label),
        (_("Địa điểm"), card.place),
    )


def _person_meta(card: PersonCard, page: ConfirmPage) -> Iterable[tuple[str, str]]:
    roles = ", ".join(role.label for role in card.roles)
    return _given((_("Vai trò"), roles), *((_("Chức vụ"), _post(post, page)) for post in card.posts))


_POST_WORDS = {
    PostAction.AS_HELD: gettext_lazy("sổ đã ghi"),
    PostAction.TEXT_ONLY: gettext_lazy("chỉ ghi trong thành phần dự"),
    PostAction.RECORD: gettext_lazy("sẽ ghi giữ chức từ ngày họp"),
    PostAction.HANDOVER: gettext_lazy("sẽ ghi nhận bàn giao từ ngày họp"),
    PostAction.RECORD_NEW: gettext_lazy("sẽ lập chức vụ và ghi giữ chức từ ngày họp"),
}


def _post(post: Any, page: ConfirmPage) -> str:
    known = page.posts.get(post.post or 0)
    named = f" → {known.label}" if known and post.action != PostAction.TEXT_ONLY else ""
    return f"{post.text}{named} ({_POST_WORDS[post.action]})"


def values_of(card: AnyCard) -> dict[str, Any]:
    """Giá trị của các ô, as they are written into the form."""
    values = {item.name: _written(getattr(card, item.name)) for item in dataclasses.fields(card)}
    if "period" in values:
        values["period"] = say(values["period"])
    if isinstance(card, PersonCard):
        values["who"] = _who(card)
    return values


def _written(value: Any) -> Any:
    if isinstance(value, dt.date):
        return _day(value)
    return "" if value is None else value


def _who(card: PersonCard) -> str:
    """ "existing:12", "new", "skip", or nothing while undecided."""
    if card.choice == PersonChoice.EXISTING:
        return f"existing:{card.person}"
    return "" if card.choice == PersonChoice.UNDECIDED else card.choice.value


def typed_values(sent: QueryDict) -> dict[str, Any]:
    """What was typed, to be shown again beside its refusal; the lines of a list stay as they were sent."""
    try:
        fields = card_fields(sent)
    except Invalid:  # a period that cannot be read: everything else as sent
        fields = {name: sent[name] for name in sent if "-" not in name}
    return fields | ({"period": sent["period"]} if "period" in sent else {})


# --- choices from the register ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Choice:
    """Một lựa chọn trong danh sách tìm được."""

    value: int
    label: str


def _bodies(actor: Actor, query: str) -> list[Choice]:
    return [Choice(body.pk, body.name) for body in queries.bodies_to_choose(actor, query)]


def _posts(actor: Actor, query: str) -> list[Choice]:
    rows = directory.posts_visible_to(actor)
    for term in search_terms(query):
        rows = rows.filter(Q(search_key__contains=fold(term)) | Q(organization__search_key__contains=fold(term)))
    return [Choice(post.pk, f"{post.label}, {post.organization}") for post in rows[:MOST_CHOICES]]


def _people(actor: Actor, query: str) -> list[Choice]:
    found = [person.pk for person in queries.people_to_choose(actor, query)]
    rows = directory.with_posts(people_known_to(actor).filter(pk__in=found), on=actor.today)
    return [Choice(person.pk, _person_label(person)) for person in rows]


def _person_label(person: Any) -> str:
    held = "; ".join(f"{one.post.label}, {one.post.organization}" for one in person.holding)
    return f"{person.name} ({held})" if held else person.name


SEARCHES: Mapping[str, Callable[[Actor, str], list[Choice]]] = {
    "to-chuc": _bodies,
    "chuc-vu": _posts,
    "nguoi": _people,
}
