"""Trang sổ theo dõi: rows, figures and picture of the same findings, in a constant number of queries."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from soi.base.actor import Actor, Capability
from soi.base.records import Kept
from soi.findings.counting import Group, grouped, picture_of
from soi.findings.enums import FindingState
from soi.findings.logic import heat
from soi.findings.register import NOT_MENDED, RegisterFilter, RegisterRow, rows_between
from soi.org import queries as org
from soi.web import register_links as links
from soi.web.http import SignedInRequest
from soi.web.parts import Choice, Tile

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from soi.org.models import Organization

# A list of more bodies than this helps nobody; the tree leads to each body's own register.
MOST_BODIES = 300


@dataclass(frozen=True, slots=True)
class Choices:
    """Các ô lọc."""

    kinds: list[Choice]
    areas: list[Choice]
    states: list[Choice]
    periods: list[Choice]
    bodies: list[Choice]
    orders: list[Choice]


@dataclass(frozen=True, slots=True)
class RegisterView:
    """Mọi thứ trên trang sổ theo dõi."""

    asked: RegisterFilter
    by: str
    rows: list[RegisterRow]
    number: int
    total: int
    tiles: list[Tile]
    picture: links.Picture
    chips: list[links.Chip]
    choices: Choices
    query: str
    by_links: tuple[tuple[str, str, bool], ...]
    by_due: tuple[str, str]
    by_found: tuple[str, str]

    @property
    def is_narrowed(self) -> bool:
        """Đang lọc."""
        return links.is_narrowed(self.asked)


def build(request: SignedInRequest, asked: RegisterFilter, *, size: int) -> RegisterView:
    """The whole page for this filter; a page number beyond the last shows the last."""
    actor = request.actor
    by: heat.By = "year" if request.GET.get("by") == "year" else "quarter"
    groups = grouped(actor, asked)
    total = sum(group.every for group in groups if group.is_behind(asked))
    number = _page_number(request.GET.get("page", ""), math.ceil(total / size))
    # The picture is also the way from one cell to another: it keeps every condition but its own two.
    base = replace(asked, area="", period="")
    picture = picture_of(groups, by)
    bodies = _bodies(actor, asked)
    first_year = min((int(group.quarter[:4]) for group in groups), default=actor.today.year)
    return RegisterView(
        asked=asked,
        by=by,
        rows=rows_between(actor, asked, (number - 1) * size, number * size),
        number=number,
        total=total,
        tiles=figures(groups, asked),
        picture=links.draw(picture, base, asked),
        chips=_chips(actor, asked, bodies),
        choices=Choices(
            kinds=links.kind_choices(asked),
            areas=links.area_choices(asked),
            states=links.state_choices(asked),
            periods=links.period_choices(asked, first=first_year, today=actor.today),
            bodies=bodies,
            orders=links.order_choices(asked),
        ),
        query=links.url_of(asked),
        by_links=(
            (_("Theo quý"), links.url_of(asked), by == "quarter"),
            (_("Theo năm"), links.url_of(asked, by="year"), by == "year"),
        ),
        by_due=links.sort_link(asked, "due"),
        by_found=links.sort_link(asked, "oldest", "newest"),
    )


def _page_number(text: str, pages: int) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1
    return max(1, min(number, pages))


def figures(groups: list[Group], asked: RegisterFilter) -> list[Tile]:
    """Bốn con số của những mục đang lọc."""
    shown = [group for group in groups if group.is_behind(asked)]
    every = sum(group.every for group in shown)
    overdue = sum(group.overdue for group in shown)
    return [
        Tile(
            sum(group.not_mended for group in shown),
            _("Chưa khắc phục xong"),
            links.url_of(replace(asked, state=asked.state or NOT_MENDED)),
            _("trong %(count)s mục") % {"count": every},
        ),
        Tile(
            overdue,
            _("Quá hạn"),
            links.url_of(replace(asked, overdue=True)),
            _("có biện pháp đã qua thời hạn"),
            alert=overdue > 0,
        ),
        Tile(
            sum(group.reported for group in shown),
            _("Chờ xác nhận"),
            links.url_of(replace(asked, state=FindingState.REPORTED.value)),
            _("đã báo cáo làm xong"),
        ),
        Tile(
            sum(group.recurrent for group in shown),
            _("Lặp lại"),
            links.url_of(replace(asked, recurrent=True)),
            _("đã từng nêu trước đó"),
        ),
    ]


def _bodies(actor: Actor, asked: RegisterFilter) -> list[Choice]:
    rows = _NAMES.read(actor)
    if asked.organization_id and all(pk != asked.organization_id for pk, _name in rows):
        rows += list(org.visible_to(actor).filter(pk=asked.organization_id).values_list("pk", "name"))
    return [Choice(str(pk), name, pk == asked.organization_id) for pk, name in rows]


def _names(actor: Actor) -> QuerySet[Organization, Any]:
    inside = org.visible_to(actor).filter(org.scope(actor, Capability.READ, path="pk"))
    return inside.filter(org.existing_on(actor.today)).values_list("pk", "name")[:MOST_BODIES]


_NAMES = Kept(_names)


def _chips(actor: Actor, asked: RegisterFilter, bodies: list[Choice]) -> list[links.Chip]:
    body = next((choice.label for choice in bodies if choice.chosen), "")
    person = ""
    if asked.person_id:
        found = org.people_visible_to(actor).filter(pk=asked.person_id).first()
        person = found.name if found else _("người được chọn")
    return links.chips(
        asked,
        organization=_("%(body)s và cấp dưới") % {"body": body} if body else _unseen(asked),
        person=person,
        period=links.period_words(asked.period),
    )


def conditions_in_words(actor: Actor, asked: RegisterFilter) -> list[str]:
    """Điều kiện lọc bằng chữ, for printed lists: a part is never taken for the whole."""
    return [f"{chip.label}: {chip.value}" for chip in _chips(actor, asked, _bodies(actor, asked))]


def _unseen(asked: RegisterFilter) -> str:
    return _("ngoài phạm vi được xem") if asked.organization_id else ""
