"""Trang đợt kiểm điểm: the cycles, the ring of a body and what stands below it, the list, the opening form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _

from soi.base.actor import Actor
from soi.base.errors import NotFound, refusal_of
from soi.base.quarters import quarter_of, quarters_between
from soi.forms.wording import upper_first
from soi.org import queries as org
from soi.reviews import cycles, list_queries, permissions
from soi.reviews.enums import CycleKind, CycleState, PersonGroup, ReviewKind, ReviewState, Step
from soi.reviews.list_queries import EXEMPT, LEFT, NEW_HERE, Asked
from soi.reviews.logic.calendar import proposed
from soi.reviews.logic.completeness import Tally
from soi.reviews.logic.rules import RulePack, pack
from soi.reviews.ring import BodyRow, Ring, ring
from soi.web.forms.picks import key
from soi.web.parts import Choice, Tile
from soi.web.period_words import shown

if TYPE_CHECKING:
    from soi.org.models import Organization
    from soi.reviews.models import Cycle, Review

PAGE_SIZE = 50
CYCLES_A_PAGE = 25
YEARS_BACK = 3
# Icon and colour of each state, as the kit names them.
BADGES = {
    ReviewState.WAITING: "clock",
    ReviewState.DRAFT: "edit",
    ReviewState.FINAL: "reported",
    ReviewState.RETURNED: "returned",
    ReviewState.APPROVED: "confirmed",
}


# --- the cycles --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CycleRow:
    """Một đợt trong danh sách."""

    cycle: Cycle
    tally: Tally
    due_on: dt.date | None
    is_late: bool


def build_cycles(actor: Actor, query: QueryDict) -> Page[Any]:
    """Các đợt, with how far each is; a fixed number of queries."""
    page: Page[Any] = Paginator(list_queries.listing(actor), CYCLES_A_PAGE).get_page(query.get("page"))
    found = list(page.object_list)
    tallies, days = list_queries.tallies(actor, found), list_queries.finalizing_days(found)
    page.object_list = [
        _cycle_row(one, tallies.get(one.pk, Tally()), days.get(one.pk), actor) for one in found
    ]
    return page


def _cycle_row(cycle: Cycle, tally: Tally, due_on: dt.date | None, actor: Actor) -> CycleRow:
    late = bool(cycle.state == CycleState.OPEN and tally.left and due_on and due_on < actor.today)
    return CycleRow(cycle, tally, due_on, late)


# --- the ring ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StepRow:
    """Một bước trên lịch."""

    step: Step
    due_on: dt.date
    is_past: bool
    is_now: bool


@dataclass(frozen=True, slots=True)
class RingView:
    """Mọi thứ trên trang vòng kiểm điểm."""

    ring: Ring
    above: Organization | None
    pack: RulePack
    steps: tuple[StepRow, ...]
    tiles: tuple[Tile, ...]
    page: Page[BodyRow]
    may_lead: bool
    closing_refusal: str
    may_chase: set[int]

    @property
    def own(self) -> BodyRow | None:
        return self.ring.own


def build_ring(actor: Actor, cycle: Cycle, query: QueryDict) -> RingView:
    """The ring of one body (``?dv=``), the actor's own place in the cycle unless another is asked for."""
    body = chosen_body(actor, cycle, query.get("dv", ""))
    found = ring(actor, cycle, body)
    below = tuple(row for row in found.rows if row.organization != body)
    page = Paginator(below, PAGE_SIZE).get_page(query.get("page"))
    may_lead = not refusal_of(lambda: permissions.check_leads_cycle(actor, cycle))
    reviews = [row.review.pk for row in page.object_list if row.review]
    return RingView(
        ring=found,
        above=_above(actor, cycle, body),
        pack=pack(cycle.rule_pack),
        steps=_steps(found.due, actor.today, is_open=cycle.state == CycleState.OPEN),
        tiles=_tiles(cycle, body, found),
        page=page,
        may_lead=may_lead,
        closing_refusal=cycles.closing_refusal(cycle) if may_lead else "",
        may_chase=list_queries.chasable(actor, reviews) if cycle.state == CycleState.OPEN else set(),
    )


def chosen_body(actor: Actor, cycle: Cycle, text: str) -> Organization:
    """Đơn vị đang xem: the one asked for; else the highest of one's own in this cycle, else where it begins."""
    inside = org.subtree(cycle.organization, on=cycle.listed_on)
    if wanted := key(text):
        found = org.visible_to(actor).filter(pk__in=inside.filter(pk=wanted).order_by().values("pk")).first()
        if found is None:
            raise NotFound(_("Không tìm thấy đơn vị này trong đợt kiểm điểm."))
        return found
    return list_queries.own_place(actor, cycle) or cycle.organization


def _above(actor: Actor, cycle: Cycle, body: Organization) -> Organization | None:
    """The body directly above, where it belongs to the cycle and is in sight."""
    if body == cycle.organization:
        return None
    found = org.superior(body, on=cycle.listed_on)
    return found if found and org.visible_to(actor).filter(pk=found.pk).exists() else None


def _steps(due: dict[str, dt.date], today: dt.date, *, is_open: bool) -> tuple[StepRow, ...]:
    named = [(step, due[step]) for step in Step if step in due]
    now = next((step for step, day in named if day >= today), None) if is_open else None
    return tuple(StepRow(step, day, day < today, step == now) for step, day in named)


def _tiles(cycle: Cycle, body: Organization, found: Ring) -> tuple[Tile, ...]:
    counted = found.counted
    base = f"danh-sach/?dv={body.pk}"
    late = sum(row.days_late > 0 for row in found.rows)
    return (
        _tile(_("Tập thể đã kiểm điểm"), counted.collectives, f"{base}&loai={ReviewKind.COLLECTIVE}"),
        _tile(_("Cá nhân đã kiểm điểm"), counted.persons, f"{base}&loai={ReviewKind.INDIVIDUAL}"),
        Tile(
            counted.both.exempt,
            _("Chưa kiểm điểm, có lý do"),
            f"{base}&tt={EXEMPT}",
            _("đã ghi trong danh sách"),
        ),
        Tile(counted.both.left, _("Còn phải làm"), f"{base}&tt={LEFT}", _late(late), alert=late > 0),
    )


def _tile(label: str, tally: Tally, url: str) -> Tile:
    return Tile(tally.reviewed, label, url, _("trong %(count)s") % {"count": tally.listed})


def _late(bodies: int) -> str:
    return _("%(count)s đơn vị quá hạn") % {"count": bodies} if bodies else _("chưa đơn vị nào quá hạn")


# --- the list ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """Một dòng của danh sách. ``came_on``: came so late that the rule pack asks for no review yet."""

    review: Review
    badge: str
    may_list: bool
    came_on: dt.date | None


@dataclass(frozen=True, slots=True)
class ListView:
    """Mọi thứ trên trang danh sách."""

    asked: Asked
    body: Organization
    page: Page[Any]
    counted: list_queries.Completeness
    kinds: tuple[Choice, ...]
    groups: tuple[Choice, ...]
    states: tuple[Choice, ...]
    may_lead: bool
    is_open: bool
    since: dt.date | None
    pack: RulePack
    suggested: int


def read_list(actor: Actor, cycle: Cycle, query: QueryDict) -> Asked:
    """Bộ lọc trên địa chỉ trang; nonsense filters nothing."""
    return Asked(
        body=chosen_body(actor, cycle, query.get("dv", "")),
        words=query.get("q", "")[:100],
        kind=query.get("loai", ""),
        group=query.get("nhom", ""),
        state=query.get("tt", ""),
    )


def build_list(actor: Actor, cycle: Cycle, query: QueryDict) -> ListView:
    """The list, filtered, a page of it; a fixed number of queries."""
    asked = read_list(actor, cycle, query)
    body = asked.body or cycle.organization
    page: Page[Any] = Paginator(list_queries.lines(actor, cycle, asked), PAGE_SIZE).get_page(
        query.get("page")
    )
    rows = list(page.object_list)
    is_open = cycle.state == CycleState.OPEN
    may = list_queries.chasable(actor, [row.pk for row in rows]) if is_open else set()
    came = list_queries.suggested_new(cycle, rows) if may else {}
    page.object_list = [
        Line(row, BADGES[ReviewState(row.state)], row.pk in may, came.get(row.pk)) for row in rows
    ]
    new_here = Asked(body=body, state=NEW_HERE)
    return ListView(
        asked=asked,
        body=body,
        page=page,
        counted=list_queries.completeness_seen(actor, cycle, body),
        kinds=_choices(ReviewKind.choices, asked.kind),
        groups=_choices(PersonGroup.choices, asked.group),
        states=_choices(_states(cycle), asked.state),
        may_lead=not refusal_of(lambda: permissions.check_leads_cycle(actor, cycle)),
        is_open=is_open,
        since=list_queries.reviewed_since(cycle),
        pack=pack(cycle.rule_pack),
        suggested=list_queries.lines(actor, cycle, new_here).count() if may else 0,
    )


def _states(cycle: Cycle) -> list[tuple[str, Any]]:
    offered = [(LEFT, _("Còn phải làm")), *ReviewState.choices, (EXEMPT, _("Chưa kiểm điểm, có lý do"))]
    return (
        [*offered, (NEW_HERE, _("Đến sau, đề xuất chưa kiểm điểm"))]
        if list_queries.reviewed_since(cycle)
        else offered
    )


def _choices(pairs: Iterable[tuple[Any, Any]], chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(str(value), str(label), value == chosen) for value, label in pairs)


# --- the opening form --------------------------------------------------------------------------------


def periods_of(kind: CycleKind, today: dt.date) -> list[tuple[str, str]]:
    """Các kỳ mở được, newest first; none for a term and on demand, which are told by their days."""
    if kind == CycleKind.QUARTER:
        keys = quarters_between(f"{today.year - 1}-Q1", quarter_of(today))
    elif kind == CycleKind.YEAR:
        keys = [str(year) for year in range(today.year - YEARS_BACK, today.year + 1)]
    else:
        keys = []
    return [(one, upper_first(shown(one))) for one in reversed(keys)]


def initial_days(kind: CycleKind, today: dt.date) -> dict[str, dt.date]:
    """Lịch đề xuất, for a period that ends with this quarter or this year."""
    end = dt.date(today.year + 1, 1, 1)
    if kind == CycleKind.QUARTER:
        first = (today.month + 2) // 3 * 3 + 1
        end = (
            dt.date(today.year + first // 13, first % 12, 1) if first > 12 else dt.date(today.year, first, 1)
        )
    return proposed(kind, end, today)
