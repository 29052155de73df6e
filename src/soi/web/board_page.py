"""Bảng điều hành của một tổ chức: figures, charts and the tables behind them, in a constant number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from soi.base.actor import Actor
from soi.base.quarters import quarter_of
from soi.forms.wording import upper_first
from soi.org.enums import WorkArea
from soi.web import charts
from soi.web.board_acknowledgements import Acknowledgements, acknowledgements
from soi.web.board_links import KINDS, TaskLinks, Term, kind_names, number_of, parts_of, spoken
from soi.web.charts import Cell, Column, HeatRow, Part, TableRow, thousands
from soi.web.parts import Choice, Tile
from soi.web.period_words import shown
from soi.work import board as work_board
from soi.work.filters import COUNTED, DONE, OVERDUE

if TYPE_CHECKING:
    from soi.org.models import Organization
    from soi.work.board import Board, UnitRow
    from soi.work.logic.figures import Figures

# More rows than this no wall can show: the units with most overdue come first, the rest at a click.
MOST_UNITS = 40
MOST_BARS = 12
# A trend of fewer says nothing.
FEWEST_QUARTERS = 4
_TABLE = (COUNTED, *KINDS)
_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Unit:
    """Một dòng của bảng: a unit below with its own board, or the body itself without those below."""

    pk: int
    label: str
    url: str
    figures: Figures
    by_area: dict[str, Figures]
    links: TaskLinks
    has_below: bool = True


@dataclass(frozen=True, slots=True)
class BarRow:
    """Một thanh: the unit, how long, and the number that opens the list."""

    label: str
    url: str
    bar: SafeString
    number: str
    number_url: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardPage:
    """Mọi thứ trên bảng điều hành."""

    term: Term
    as_of: dt.date
    is_empty: bool
    tiles: list[Tile]
    strip: SafeString
    parts: list[Part]
    ever: Tile | None
    heat: SafeString
    heat_views: list[Choice]
    heat_by: str
    units: int
    left_out: int
    all_url: str
    overdue: list[BarRow]
    overdue_more: int
    unit_table: SafeString
    area_table: SafeString
    trend: SafeString
    trend_table: SafeString
    acknowledged: Acknowledgements
    defs: SafeString
    has_trend: bool
    overdue_table: SafeString


def build(
    actor: Actor, body: Organization, term: Term, *, by: str = OVERDUE, every_unit: bool = False
) -> BoardPage:
    """The whole page. ``by``: what the shades of the heat table stand for, ``overdue`` or ``done``."""
    today = actor.today
    board = work_board.board(
        actor, body, first=term.first, last=term.last, today=today, trend_first=term.trend_first
    )
    units = _units(board, body, term)
    whole = _whole(board, body, term)
    fitting = _fitting(units, every_unit=every_unit)
    overdue = sorted((u for u in units if u.figures.overdue), key=lambda u: -u.figures.overdue)
    here = reverse("board_of", args=[body.pk])
    quarters = _quarters(board.trend, whole)
    return BoardPage(
        term=term,
        as_of=today,
        is_empty=not board.total.total,
        tiles=_tiles(whole),
        strip=charts.strip(parts := parts_of(whole.figures, whole.links)),
        parts=[part for part in parts if part.number],
        ever=_ever(board, whole, term, today),
        heat=_heat(board.areas, fitting, whole, by),
        heat_views=[
            Choice(f"{here}?period={term.key}", _("Quá hạn"), by == OVERDUE),
            Choice(f"{here}?period={term.key}&xem=hoan-thanh", _("Hoàn thành"), by == DONE),
        ],
        heat_by=by,
        units=len(units),
        left_out=len(units) - len(fitting),
        all_url=f"{here}?period={term.key}&tat-ca=1",
        overdue=_bars(overdue[:MOST_BARS]),
        overdue_more=max(0, len(overdue) - MOST_BARS),
        unit_table=_table(_("Đơn vị"), [*fitting, whole], whole),
        area_table=_table(_("Lĩnh vực"), _areas(board, whole), whole),
        trend=charts.columns(_columns(quarters), line=_("Quá hạn")),
        trend_table=_table(
            _("Quý"), [replace(quarter, label=upper_first(shown(quarter.label))) for quarter in quarters]
        ),
        has_trend=any(quarter.figures.total for quarter in quarters),
        defs=charts.defs(),
        overdue_table=charts.table(
            _("Đơn vị"), [_("Quá hạn"), _("Tổng số")], [_overdue_row(unit) for unit in overdue]
        ),
        acknowledged=acknowledgements(
            actor, body, [row.organization for row in board.units if row.kind == "subordinate"]
        ),
    )


# --- what the board counts, as rows -------------------------------------------------------------------


def _units(board: Board, body: Organization, term: Term) -> list[Unit]:
    """Đơn vị trực thuộc có nhiệm vụ trong kỳ; those taken over and the body's own tasks last."""
    rows = [_unit(row, body, term) for row in board.units if row.figures.total]
    return sorted(rows, key=lambda unit: not unit.url)


def _unit(row: UnitRow, body: Organization, term: Term) -> Unit:
    below = row.organization.pk != body.pk
    url = f"{reverse('board_of', args=[row.organization.pk])}?period={term.key}"
    return Unit(
        pk=row.organization.pk,
        label=row.organization.name if below else _("Riêng tổ chức này"),
        url=url if below else "",
        figures=row.figures,
        by_area=dict(row.by_area),
        links=TaskLinks.of(row.organization.pk, term.key, below=below),
    )


def _whole(board: Board, body: Organization, term: Term) -> Unit:
    """Tất cả: the body with everything below it that the figures hold."""
    links = TaskLinks.of(body.pk, term.key, below=board.whole)
    return Unit(body.pk, _("Cộng"), "", board.total, dict(board.by_area), links, board.whole)


def _fitting(units: list[Unit], *, every_unit: bool) -> list[Unit]:
    if every_unit or len(units) <= MOST_UNITS:
        return units
    most = sorted(units, key=lambda unit: (-unit.figures.overdue, -unit.figures.total))[:MOST_UNITS]
    kept = {unit.pk for unit in most}
    return [unit for unit in units if unit.pk in kept]


def percent(number: int, whole: int) -> str:
    """Phần trăm; never all of what is not all, nor nothing of what is something."""
    if not number or not whole:
        return "0%"
    rounded = round(100 * number / whole)
    if not rounded:
        return _("dưới 1%")
    return f"{rounded if number == whole else min(rounded, 99)}%"


# --- figures ------------------------------------------------------------------------------------------


def _tiles(whole: Unit) -> list[Tile]:
    figures, to = whole.figures, whole.links.to
    share = _("%(percent)s tổng số") % {"percent": percent(figures.done, figures.total)}
    late = _("%(count)s việc muộn") % {"count": thousands(figures.late)}
    reported = _("%(count)s việc chờ đánh giá") % {"count": thousands(figures.reported)}
    overdue = percent(figures.overdue, figures.total)
    return [
        Tile(thousands(figures.total), _("Tổng số nhiệm vụ"), to(COUNTED), _("không kể việc đã hủy")),
        Tile(
            thousands(figures.done), _("Hoàn thành"), to(DONE), f"{share}, {late}" if figures.late else share
        ),
        Tile(thousands(figures.open), _("Chưa xong"), to("open"), reported if figures.reported else ""),
        Tile(
            thousands(figures.overdue),
            _("Quá hạn"),
            to(OVERDUE),
            _("%(percent)s tổng số") % {"percent": overdue},
            alert=figures.overdue > 0,
        ),
    ]


def _ever(board: Board, whole: Unit, term: Term, today: dt.date) -> Tile | None:
    """Quá hạn mọi kỳ: in the period of today, what earlier ones have left behind is not lost from sight."""
    if not board.carried or not term.first <= quarter_of(today) <= term.last:
        return None
    links = TaskLinks.of(whole.pk, below=whole.has_below)
    return Tile(thousands(board.carried + board.total.overdue), "", links.to(OVERDUE))


# --- charts -------------------------------------------------------------------------------------------


def _heat(areas: Sequence[str], units: list[Unit], whole: Unit, by: str) -> SafeString:
    labels = dict(WorkArea.choices)
    return charts.heat(
        [str(labels[area]) for area in areas],
        [_heat_row(unit, areas, by) for unit in units],
        _heat_row(whole, areas, by),
        corner=_("Đơn vị"),
        together=_("Cộng"),
        tone="done" if by == DONE else "overdue",
    )


def _heat_row(unit: Unit, areas: Sequence[str], by: str) -> HeatRow:
    cells = tuple([_cell(unit.by_area.get(area), unit, by, area) for area in areas])
    return HeatRow(unit.label, unit.url, cells, _cell(unit.figures, unit, by, ""))


def _cell(figures: Figures | None, unit: Unit, by: str, area: str) -> Cell:
    if figures is None or not figures.total:
        return Cell(0, 0)
    number = figures.done if by == DONE else figures.overdue
    return Cell(number, figures.total, unit.links.to(by, area) if number else "")


def _bars(units: list[Unit]) -> list[BarRow]:
    most = max((unit.figures.overdue for unit in units), default=0)
    return [
        BarRow(
            label=unit.label,
            url=unit.url,
            bar=charts.bar([Part(OVERDUE, unit.figures.overdue, "")], most),
            number=thousands(unit.figures.overdue),
            number_url=unit.links.to(OVERDUE),
            note=_("trong %(count)s") % {"count": thousands(unit.figures.total)},
        )
        for unit in units
    ]


def _quarters(trend: Sequence[tuple[str, Figures]], whole: Unit) -> list[Unit]:
    """Các quý, as rows like any other; the label stays the key until it is shown. None before the first task."""
    begun = next((n for n, (_quarter, figures) in enumerate(trend) if figures.total), len(trend))
    first = min(begun, max(0, len(trend) - FEWEST_QUARTERS))
    return [
        Unit(whole.pk, quarter, "", figures, {}, TaskLinks.of(whole.pk, quarter, below=whole.has_below))
        for quarter, figures in trend[first:]
    ]


def _columns(quarters: Sequence[Unit]) -> list[Column]:
    cols = []
    for n, quarter in enumerate(quarters):
        key, where = quarter.label, shown(quarter.label)
        parts = parts_of(quarter.figures, quarter.links, where)
        number = quarter.figures.total
        total = Part(COUNTED, number, "", quarter.links.to(COUNTED), spoken(where, _("tổng số"), number))
        year = key[:4] if n == 0 or key.endswith("Q1") else ""
        cols.append(Column(_ROMAN[int(key[-1]) - 1], year, parts, total, parts[-1]))
    return cols


# --- the tables behind them ---------------------------------------------------------------------------


def _table(corner: str, units: Sequence[Unit], whole: Unit | None = None) -> SafeString:
    names = kind_names()
    rows = [
        TableRow(
            unit.label,
            unit.url,
            tuple((number_of(unit.figures, kind), unit.links.to(kind)) for kind in _TABLE),
            is_sum=unit is whole,
        )
        for unit in units
    ]
    return charts.table(corner, [names[kind] for kind in _TABLE], rows)


def _areas(board: Board, whole: Unit) -> list[Unit]:
    """Các lĩnh vực có nhiệm vụ, as rows of the table."""
    labels = dict(WorkArea.choices)
    rows = [
        Unit(whole.pk, str(labels[area]), "", figures, {}, whole.links.narrowed(area))
        for area, figures in board.by_area
        if figures.total
    ]
    return [*rows, whole]


def _overdue_row(unit: Unit) -> TableRow:
    cells = [(number_of(unit.figures, kind), unit.links.to(kind)) for kind in (OVERDUE, COUNTED)]
    return TableRow(unit.label, unit.url, tuple(cells))
