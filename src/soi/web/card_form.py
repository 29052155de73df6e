"""Ô của thẻ: what the fields of a card hold: what is kept, or what was just typed and refused."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from soi.intake.cards import AnyCard, PersonCard
from soi.intake.confirm_page import ConfirmPage
from soi.intake.enums import PersonChoice, PostAction
from soi.web.card_words import POST_ACTIONS, day_words
from soi.web.period_words import say

# All but "sổ đã ghi": chosen by hand for somebody new it would silently write nothing.
_WRITING = frozenset(PostAction) - {PostAction.AS_HELD}


@dataclass(frozen=True, slots=True)
class Names:
    """Tên của những gì các ô trỏ tới."""

    bodies: Mapping[int, str]
    posts: Mapping[int, str]
    people: Mapping[int, str]


def names_of(page: ConfirmPage) -> Names:
    """Names that the page already knows."""
    return Names(page.bodies, {pk: post.label for pk, post in page.posts.items()}, page.people)


@dataclass(frozen=True, slots=True)
class Pick:
    """Một ô chọn trong sổ: the name of the field, what is chosen now, and its words."""

    name: str
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class PostRow:
    """Một chức vụ trên thẻ."""

    number: int
    text: str
    organization_as_written: str
    action: str
    post: Pick
    organization: Pick

    @property
    def text_name(self) -> str:
        return f"posts-{self.number}-text"

    @property
    def action_name(self) -> str:
        return f"posts-{self.number}-action"

    @property
    def actions(self) -> list[tuple[str, Any]]:
        """Làm gì với chức vụ này: what may be chosen."""
        return [row for row in POST_ACTIONS if row[0] in (self.action, *_WRITING)]


@dataclass(frozen=True, slots=True)
class UnitRow:
    """Một đơn vị trên thẻ."""

    number: int
    text: str
    organization: Pick

    @property
    def text_name(self) -> str:
        return f"units-{self.number}-text"


@dataclass(frozen=True, slots=True)
class WhoChoice:
    """Người có thể là người này."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class CardForm:
    """Các ô của một thẻ."""

    values: Mapping[str, Any]
    organization: Pick
    other_person: Pick
    posts: tuple[PostRow, ...] = ()
    units: tuple[UnitRow, ...] = ()
    who_choices: tuple[WhoChoice, ...] = ()


def form_of(card: AnyCard, names: Names, typed: Mapping[str, Any] | None = None) -> CardForm:
    """The fields of a card; ``typed`` stands in for what is kept."""
    values = {**values_of(card), **(typed or {})}
    return CardForm(
        values=values,
        organization=_pick("organization", values.get("organization"), names.bodies),
        other_person=Pick("other_person", "", ""),
        posts=tuple(_post_row(number, row, names) for number, row in enumerate(_rows(values, "posts"))),
        units=tuple(_unit_row(number, row, names) for number, row in enumerate(_rows(values, "units"))),
        who_choices=tuple(_who_choices(card, names)) if isinstance(card, PersonCard) else (),
    )


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
        return day_words(value)
    return "" if value is None else value


def _who(card: PersonCard) -> str:
    """ "existing:12", "new", "skip", or nothing while undecided."""
    if card.choice == PersonChoice.EXISTING:
        return f"existing:{card.person}"
    return "" if card.choice == PersonChoice.UNDECIDED else card.choice.value


def _rows(values: Mapping[str, Any], name: str) -> Iterable[Mapping[str, Any]]:
    """Lines of a list: dataclasses as kept, or plain text as sent."""
    return [
        row
        if isinstance(row, Mapping)
        else {item.name: _written(getattr(row, item.name)) for item in dataclasses.fields(row)}
        for row in values.get(name) or ()
    ]


def _pick(name: str, value: Any, names: Mapping[int, str]) -> Pick:
    number = int(value) if str(value or "").isdecimal() else 0
    return Pick(name, str(number or ""), names.get(number, _("đã chọn")) if number else "")


def _post_row(number: int, row: Mapping[str, Any], names: Names) -> PostRow:
    return PostRow(
        number=number,
        text=str(row.get("text", "")),
        organization_as_written=str(row.get("organization_as_written", "")),
        action=str(row.get("action", "")),
        post=_pick(f"posts-{number}-post", row.get("post"), names.posts),
        organization=_pick(f"posts-{number}-organization", row.get("organization"), names.bodies),
    )


def _unit_row(number: int, row: Mapping[str, Any], names: Names) -> UnitRow:
    chosen = _pick(f"units-{number}-organization", row.get("organization"), names.bodies)
    return UnitRow(number, str(row.get("text", "")), chosen)


def _who_choices(card: PersonCard, names: Names) -> Iterable[WhoChoice]:
    offered = {one.id for one in card.candidates}
    if card.person and card.person not in offered:
        yield WhoChoice(f"existing:{card.person}", names.people.get(card.person, _("người đã chọn")))
    for one in card.candidates:
        yield WhoChoice(f"existing:{one.id}", one.name, one.note)
