"""Thẻ bằng lời: what a proposal says, in one line and a few facts, short enough to decide on at a glance."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from soi.intake.cards import (
    ArticleCard,
    CauseCard,
    ConferenceCard,
    DecisionCard,
    DirectionCard,
    DocumentCard,
    FindingCard,
    PersonCard,
    PostLine,
)
from soi.intake.confirm_page import CardView, ConfirmPage
from soi.intake.enums import PostAction, ProposalKind
from soi.web.period_words import shown

DECISIONS = [
    ("rating", gettext_lazy("Xếp loại")),
    ("commendation", gettext_lazy("Khen thưởng")),
    ("discipline", gettext_lazy("Kỷ luật")),
]
_POST_WORDS = {
    PostAction.AS_HELD: gettext_lazy("sổ đã ghi"),
    PostAction.TEXT_ONLY: gettext_lazy("chỉ ghi trong thành phần dự"),
    PostAction.RECORD: gettext_lazy("sẽ ghi giữ chức từ ngày họp"),
    PostAction.HANDOVER: gettext_lazy("sẽ ghi nhận bàn giao từ ngày họp"),
    PostAction.RECORD_NEW: gettext_lazy("sẽ lập chức vụ và ghi giữ chức từ ngày họp"),
}
# What may be chosen. "Sổ đã ghi" writes nothing: it is offered only where the register does say so.
POST_ACTIONS = [
    (PostAction.TEXT_ONLY, gettext_lazy("Chỉ ghi trong thành phần dự")),
    (PostAction.RECORD, gettext_lazy("Ghi vào sổ: giữ chức này từ ngày họp")),
    (PostAction.HANDOVER, gettext_lazy("Ghi vào sổ: nhận bàn giao từ ngày họp")),
    (PostAction.RECORD_NEW, gettext_lazy("Lập chức vụ này trong sổ và ghi giữ chức")),
    (PostAction.AS_HELD, gettext_lazy("Sổ đã ghi giữ chức này, không ghi thêm")),
]


@dataclass(frozen=True, slots=True)
class Said:
    """Thẻ nói gì: the line one reads, the facts below it, and the badge."""

    text: str
    meta: tuple[tuple[str, str], ...] = ()
    badge: str = ""
    label: str = ""


def say_card(view: CardView, page: ConfirmPage) -> Said:
    """The card in words."""
    return _SAYINGS[view.kind](view.card, page)


def _say_conference(card: ConferenceCard, page: ConfirmPage) -> Said:
    return Said(card.title, _conference(card, page))


def _say_person(card: PersonCard, page: ConfirmPage) -> Said:
    return Said(f"{card.rank} {card.name}".strip(), _person(card, page))


def _say_finding(card: FindingCard, page: ConfirmPage) -> Said:
    units = "; ".join(_unit(unit.text, page.bodies.get(unit.organization or 0, "")) for unit in card.units)
    meta = _given((_("Lĩnh vực"), card.area.label), (_("Đơn vị"), units))
    return Said(card.statement, meta, card.kind.value, str(card.kind.label))


def _say_cause(card: CauseCard, page: ConfirmPage) -> Said:
    findings = (one for one in page.cards_of(ProposalKind.FINDING) if one.id == card.finding)
    of = next((one.card.statement for one in findings if isinstance(one.card, FindingCard)), _("cả hội nghị"))
    return Said(card.statement, _given((_("Loại"), card.kind.label), (_("Của"), of)))


def _say_direction(card: DirectionCard, _page: ConfirmPage) -> Said:
    return Said(
        card.statement, _given((_("Lĩnh vực"), card.area.label), (_("Thời gian"), shown(card.period)))
    )


def _say_decision(card: DecisionCard, _page: ConfirmPage) -> Said:
    return Said(card.statement, _given((_("Loại"), dict(DECISIONS)[card.kind])))


def _say_document(card: DocumentCard, _page: ConfirmPage) -> Said:
    number = _("số %s") % card.number if card.number else ""
    title = " ".join(part for part in (card.type if number else "", number, card.name) if part)
    return Said(title, _given((_("Nơi ban hành"), card.issuer), (_("Ngày"), day_words(card.date))))


def _say_article(card: ArticleCard, _page: ConfirmPage) -> Said:
    author = _("Tác giả: %s") % card.author if card.author else _("Thông tin của tin bài")
    return Said(author, _given((_("Ngày đăng"), day_words(card.published)), (_("Ảnh"), card.photographer)))


_SAYINGS: Mapping[ProposalKind, Callable[[Any, ConfirmPage], Said]] = {
    ProposalKind.CONFERENCE: _say_conference,
    ProposalKind.PERSON: _say_person,
    ProposalKind.FINDING: _say_finding,
    ProposalKind.CAUSE: _say_cause,
    ProposalKind.DIRECTION: _say_direction,
    ProposalKind.DECISION: _say_decision,
    ProposalKind.DOCUMENT: _say_document,
    ProposalKind.ARTICLE: _say_article,
}


def _given(*facts: tuple[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((label, str(value)) for label, value in facts if value)


def day_words(day: Any) -> str:
    """Ngày: "22/11/2021", or nothing."""
    return f"{day:%d/%m/%Y}" if day else ""


def _unit(text: str, body: str) -> str:
    return f"{text} → {body}" if body and body != text else text


def _conference(card: ConferenceCard, page: ConfirmPage) -> tuple[tuple[str, str], ...]:
    last = f"–{day_words(card.date_end)}" if card.date_end and card.date_end != card.date_start else ""
    return _given(
        (_("Loại"), card.kind.label),
        (_("Tổ chức họp"), page.bodies.get(card.organization or 0, "")),
        (_("Ngày"), day_words(card.date_start) + last),
        (_("Kỳ"), shown(card.period)),
        (_("Hình thức"), card.form.label),
        (_("Địa điểm"), card.place),
    )


def _person(card: PersonCard, page: ConfirmPage) -> tuple[tuple[str, str], ...]:
    roles = ", ".join(str(role.label) for role in card.roles)
    only_said = [post.text for post in card.posts if post.action == PostAction.TEXT_ONLY]
    said = f"{', '.join(only_said)} ({_POST_WORDS[PostAction.TEXT_ONLY]})" if only_said else ""
    others = (_post(post, page) for post in card.posts if post.action != PostAction.TEXT_ONLY)
    posts: Iterable[tuple[str, str]] = ((_("Chức vụ"), words) for words in (*others, said))
    return _given((_("Vai trò"), roles), *posts)


def _post(post: PostLine, page: ConfirmPage) -> str:
    known = page.posts.get(post.post or 0)
    named = f" → {known.label}" if known else ""
    body = page.bodies.get(post.organization or 0, "") if post.action == PostAction.RECORD_NEW else ""
    return f"{post.text}{named}{f' → {body}' if body else ''} ({_POST_WORDS[post.action]})"
