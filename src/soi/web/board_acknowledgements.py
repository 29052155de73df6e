"""Xác nhận đã nhận trên bảng điều hành: which units have not acknowledged the directives in force."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from soi.base.actor import Actor
from soi.directives import counting
from soi.directives.counting import Acknowledged, Counted
from soi.directives.enums import DirectiveKind
from soi.web import charts
from soi.web.charts import Part, TableRow, thousands

if TYPE_CHECKING:
    import datetime as dt

    from soi.org.models import Organization

MOST_BARS = 12
MOST_PAPERS = 10


@dataclass(frozen=True, slots=True)
class PaperRow:
    """Một văn bản còn hiệu lực: how many of those asked have acknowledged."""

    label: str
    title: str
    url: str
    due: dt.date | None
    done: str
    asked: str
    bar: SafeString
    waiting: str
    waiting_url: str
    overdue: int


@dataclass(frozen=True, slots=True)
class UnitRow:
    """Một đơn vị còn nơi chưa xác nhận; the dark part of its bar is overdue."""

    label: str
    url: str
    bar: SafeString
    number: str
    number_url: str
    overdue: int
    all_late: bool


@dataclass(frozen=True, slots=True)
class Acknowledgements:
    """Việc xác nhận văn bản: all together, by unit, by paper, and the table behind."""

    total: Acknowledged
    waiting_url: str
    overdue_url: str
    units: list[UnitRow]
    units_more: int
    waiting: str
    overdue: str
    asked: str
    papers: list[PaperRow]
    papers_more: int
    table: SafeString


def acknowledgements(actor: Actor, body: Organization, units: Sequence[Organization]) -> Acknowledgements:
    """Of the directives in force on the actor's day; one query."""
    below = {unit.pk: unit.name for unit in units if unit.pk != body.pk}
    rows = counting.by_unit(actor, body.pk, below, as_of=actor.today)
    by_unit, by_paper = _sums(rows, body.pk)
    behind = sorted((pk for pk in by_unit if by_unit[pk].waiting), key=lambda pk: _worst(by_unit[pk]))
    papers = sorted(by_paper, key=lambda pk: _worst(by_paper[pk]))
    named = {row.directive_id: row for row in rows}
    here = _waiting_url(body.pk)
    total = sum(by_paper.values(), Acknowledged())
    most = max((by_unit[pk].waiting for pk in behind), default=0)
    own = {**below, body.pk: _("Riêng tổ chức này")}
    return Acknowledgements(
        total=total,
        waiting=thousands(total.waiting),
        overdue=thousands(total.overdue),
        asked=thousands(total.asked),
        waiting_url=here,
        overdue_url=f"{here}?overdue=1",
        units=[_unit(pk, own[pk], by_unit[pk], most, body) for pk in behind[:MOST_BARS]],
        units_more=max(0, len(behind) - MOST_BARS),
        papers=[_paper(named[pk], by_paper[pk], here) for pk in papers[:MOST_PAPERS]],
        papers_more=max(0, len(papers) - MOST_PAPERS),
        table=_table([(own[pk], pk, by_unit[pk]) for pk in own if pk in by_unit], body),
    )


def _sums(rows: Sequence[Counted], body_id: int) -> tuple[dict[int, Acknowledged], dict[int, Acknowledged]]:
    """By unit (the body: what is below none of them), and by paper, each place once."""
    by_unit: defaultdict[int, Acknowledged] = defaultdict(Acknowledged)
    by_paper: defaultdict[int, Acknowledged] = defaultdict(Acknowledged)
    for row in rows:
        if row.unit_id == body_id:
            by_paper[row.directive_id] += row.figures
        if row.unit_id != body_id or not row.in_units:
            by_unit[row.unit_id] += row.figures
    return dict(by_unit), dict(by_paper)


def _worst(figures: Acknowledged) -> tuple[int, int]:
    return -figures.overdue, -figures.waiting


def _waiting_url(unit_id: int, *, own: bool = False) -> str:
    return reverse("board_waiting", args=[unit_id]) + ("?below=0" if own else "")


def _unit(pk: int, label: str, figures: Acknowledged, most: int, body: Organization) -> UnitRow:
    own = pk == body.pk
    parts = [
        Part("overdue", figures.overdue, ""),
        Part("not_due", figures.waiting - figures.overdue, ""),
    ]
    return UnitRow(
        label=label,
        url="" if own else reverse("board_of", args=[pk]),
        bar=charts.bar(parts, most),
        number=thousands(figures.waiting),
        number_url=_waiting_url(pk, own=own),
        overdue=figures.overdue,
        all_late=figures.overdue == figures.waiting,
    )


def _paper(row: Counted, figures: Acknowledged, here: str) -> PaperRow:
    kind = str(dict(DirectiveKind.choices).get(row.kind, ""))
    parts = [
        Part("done", figures.done, ""),
        Part("overdue", figures.overdue, ""),
        Part("not_due", figures.waiting - figures.overdue, ""),
    ]
    return PaperRow(
        label=f"{kind} {row.number}".strip(),
        title=row.title,
        url=reverse("directive_detail", args=[row.directive_id]),
        due=row.acknowledge_by,
        done=thousands(figures.done),
        asked=thousands(figures.asked),
        bar=charts.bar(parts, figures.asked),
        waiting=thousands(figures.waiting),
        waiting_url=f"{here}?directive={row.directive_id}",
        overdue=figures.overdue,
    )


def _table(rows: Sequence[tuple[str, int, Acknowledged]], body: Organization) -> SafeString:
    heads = [_("Phải xác nhận"), _("Đã xác nhận nhận được"), _("Chưa xác nhận"), _("Quá hạn")]
    return charts.table(_("Đơn vị"), heads, [_table_row(label, pk, f, body) for label, pk, f in rows])


def _table_row(label: str, pk: int, figures: Acknowledged, body: Organization) -> TableRow:
    own = pk == body.pk
    waiting = _waiting_url(pk, own=own)
    overdue = f"{waiting}{'&' if own else '?'}overdue=1"
    return TableRow(
        label,
        "" if own else reverse("board_of", args=[pk]),
        ((figures.asked, ""), (figures.done, ""), (figures.waiting, waiting), (figures.overdue, overdue)),
    )
