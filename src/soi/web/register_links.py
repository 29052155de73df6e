"""Trang sổ theo dõi: chips, choices, links and the picture around the rows of the list.

Pure: every link is made from a ``RegisterFilter``, so that a number and the list behind it cannot differ.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from soi.findings.enums import FindingKind, FindingState
from soi.findings.logic.heat import HeatCell, HeatMap, HeatRow
from soi.findings.register import NOT_MENDED, WANTING, RegisterFilter, cell_filter
from soi.forms.wording import upper_first
from soi.org.enums import WorkArea
from soi.web.parts import Choice
from soi.web.period_words import shown

# In addresses: limitations and shortcomings together, as one choice of one select.
BOTH = "wanting"
_KINDS = dict(FindingKind.choices)
_STATES = {NOT_MENDED: gettext_lazy("Chưa khắc phục xong"), **dict(FindingState.choices)}
_AREAS = dict(WorkArea.choices)
# From so many findings in one cell on, the colour is the next darker one.
_STEPS = (1, 3, 5, 8)
ORDERS = {
    "newest": gettext_lazy("Mới nêu trước"),
    "oldest": gettext_lazy("Nêu lâu nhất trước"),
    "due": gettext_lazy("Đến hạn trước"),
    "area": gettext_lazy("Theo lĩnh vực"),
}


@dataclass(frozen=True, slots=True)
class Chip:
    """Điều kiện đang lọc, and the address without it."""

    label: str
    value: str
    url: str


@dataclass(frozen=True, slots=True)
class PictureCell:
    """Một ô của bức tranh: its number opens exactly these findings."""

    count: int
    step: int
    url: str
    label: str
    in_run: bool = False
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class PictureRow:
    """Một lĩnh vực qua các kỳ."""

    label: str
    again: int
    cells: tuple[PictureCell, ...]
    total: PictureCell


@dataclass(frozen=True, slots=True)
class Picture:
    """Lĩnh vực theo kỳ, ready to be drawn."""

    heads: tuple[tuple[str, str], ...]
    rows: tuple[PictureRow, ...]
    total: int
    left_out: int
    comes_back: int


def read(asked: QueryDict) -> RegisterFilter:
    """Bộ lọc từ địa chỉ trang; ``kind=wanting`` stands for limitations and shortcomings together."""
    chosen = RegisterFilter.read(asked)
    return replace(chosen, kinds=WANTING) if asked.get("kind") == BOTH else chosen


def url_of(chosen: RegisterFilter, *, by: str = "") -> str:
    """Địa chỉ của sổ với bộ lọc này; ``?`` alone clears everything."""
    query: dict[str, str | list[str]] = dict(chosen.as_query())
    if chosen.kinds == WANTING:
        query["kind"] = BOTH
    if by == "year":
        query["by"] = by
    return f"?{urlencode(query, doseq=True)}"


def chips(chosen: RegisterFilter, *, organization: str, person: str, period: str) -> list[Chip]:
    """Đang lọc: one chip a condition, each with the address that drops only this one."""
    kinds = ", ".join(str(_KINDS[kind]) for kind in chosen.kinds)
    wanted = [
        (_("Loại"), kinds[:1] + kinds[1:].lower(), replace(chosen, kinds=())),
        (_("Tìm"), f"“{chosen.text}”" if chosen.text else "", replace(chosen, text="")),
        (_("Lĩnh vực"), str(_AREAS.get(chosen.area, "")), replace(chosen, area="")),
        (_("Tình trạng"), str(_STATES.get(chosen.state, "")), replace(chosen, state="")),
        (_("Hạn"), _("đã quá hạn") if chosen.overdue else "", replace(chosen, overdue=False)),
        (_("Đơn vị"), organization, replace(chosen, organization_id=None)),
        (_("Kỳ"), period, replace(chosen, period="")),
        (_("Người"), person, replace(chosen, person_id=None)),
        (_("Chỉ mục"), _("lặp lại") if chosen.recurrent else "", replace(chosen, recurrent=False)),
    ]
    return [Chip(label, value, url_of(without)) for label, value, without in wanted if value]


def kind_choices(chosen: RegisterFilter) -> list[Choice]:
    both = Choice(BOTH, _("Hạn chế, khuyết điểm"), chosen.kinds == WANTING)
    return [both, *(Choice(value, str(label), chosen.kinds == (value,)) for value, label in _KINDS.items())]


def area_choices(chosen: RegisterFilter) -> list[Choice]:
    return [Choice(value, str(label), value == chosen.area) for value, label in _AREAS.items()]


def state_choices(chosen: RegisterFilter) -> list[Choice]:
    return [Choice(value, str(label), value == chosen.state) for value, label in _STATES.items()]


def order_choices(chosen: RegisterFilter) -> list[Choice]:
    return [Choice(value, str(label), value == chosen.order) for value, label in ORDERS.items()]


def period_words(period: str) -> str:
    """Kỳ trong câu: "năm 2021", "quý IV/2021"; empty stays empty."""
    return shown(period)


def period_choices(chosen: RegisterFilter, *, first: int, today: dt.date) -> list[Choice]:
    """Năm và quý, newest first, from the first year of the register to today."""
    periods = []
    for year in range(today.year, first - 1, -1):
        last = 4 if year < today.year else (today.month + 2) // 3
        periods += [str(year), *(f"{year}-Q{quarter}" for quarter in range(last, 0, -1))]
    if chosen.period and chosen.period not in periods:
        periods.append(chosen.period)
    return [Choice(period, upper_first(shown(period)), period == chosen.period) for period in periods]


def sort_link(chosen: RegisterFilter, ascending: str, descending: str = "") -> tuple[str, str]:
    """Đầu cột: where a click leads, and how the column stands now (for ``aria-sort``)."""
    if chosen.order == ascending:
        return url_of(replace(chosen, order=descending or "newest")), "ascending"
    now = "descending" if descending and chosen.order == descending else ""
    return url_of(replace(chosen, order=ascending)), now


# --- the picture -------------------------------------------------------------------------------------


def draw(picture: HeatMap, base: RegisterFilter, chosen: RegisterFilter) -> Picture:
    """Bức tranh: ``base`` is the filter that was counted, ``chosen`` the one of the list below it."""
    way = _Way.of(cell_filter(base), by=picture.by)
    rows = tuple(_row(row, way, chosen) for row in picture.rows)
    return Picture(
        heads=tuple(_head(upper_first(shown(period))) for period in picture.periods),
        rows=rows,
        total=picture.total.total,
        left_out=picture.left_out,
        comes_back=sum(1 for row in rows if row.again),
    )


def _head(label: str) -> tuple[str, str]:
    first, _slash, rest = label.partition("/")
    return (first, rest) if rest else ("", first)


@dataclass(frozen=True, slots=True)
class _Way:
    """Đường đến các ô: what their addresses have in common is written once, not for each of 150 cells."""

    start: str

    @classmethod
    def of(cls, base: RegisterFilter, *, by: str) -> _Way:
        return cls(url_of(replace(base, area="", period=""), by=by))

    def to(self, area: str, period: str = "") -> str:
        """Areas and periods are words of our own: nothing in them needs quoting."""
        cell = f"area={area}&period={period}" if period else f"area={area}"
        return f"{self.start}{cell}" if self.start == "?" else f"{self.start}&{cell}"


def _row(row: HeatRow, way: _Way, chosen: RegisterFilter) -> PictureRow:
    number = row.total.total
    return PictureRow(
        label=row.label,
        again=row.returns if row.comes_back else 0,
        cells=tuple(_cell(cell, row.label, way, chosen) for cell in row.cells),
        total=PictureCell(number, 0, way.to(row.area), _spoken(row.label, "", number)),
    )


def _cell(cell: HeatCell, label: str, way: _Way, chosen: RegisterFilter) -> PictureCell:
    return PictureCell(
        count=cell.total,
        step=step(cell.total),
        url=way.to(cell.area, cell.period),
        label=_spoken(label, period_words(cell.period), cell.total) if cell.total else "",
        in_run=cell.in_run,
        chosen=(chosen.area, chosen.period) == (cell.area, cell.period),
    )


def _spoken(area: str, period: str, count: int) -> str:
    place = ", ".join(part for part in (area, period) if part)
    return _("%(place)s: %(count)s mục") % {"place": place, "count": count}


def step(count: int) -> int:
    """Bậc màu 0 đến 4."""
    return sum(count >= least for least in _STEPS)


def is_narrowed(chosen: RegisterFilter) -> bool:
    """Whether any condition is on (the order is none)."""
    return replace(chosen, order="newest") != RegisterFilter()
