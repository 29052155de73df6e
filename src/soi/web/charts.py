"""Biểu đồ vẽ sẵn ở máy chủ: SVG and tables as text, from plain numbers. Pure: no database, no request, no library.

Widths are percentages and heights pixels, so a chart fills a wall sheet and a phone alike and its letters keep
their size. Colours come from classes (``charts.css``); a kind is told apart by lightness and hatching too, so
that a black-and-white print and a colour-blind reader lose nothing. Every number is a link to its records.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import escape
from django.utils.safestring import SafeString

# A share above these darkens a cell by one step (0 stands for "none at all").
STEPS = (0.0, 0.10, 0.25, 0.50)
PLOT, HEAD, AXIS, BAND = 210, 24, 44, 84
NAME_GAP = 17


@dataclass(frozen=True, slots=True)
class Part:
    """Một phần của thanh hay cột: its kind is its colour; ``spoken`` says it in one sentence."""

    kind: str
    number: int
    label: str
    url: str = ""
    spoken: str = ""

    @property
    def text(self) -> str:
        """Con số như in ra."""
        return thousands(self.number)


@dataclass(frozen=True, slots=True)
class Column:
    """Một cột: the parts from the foot upwards, and the point of the line below it."""

    label: str
    sublabel: str
    parts: tuple[Part, ...]
    total: Part
    point: Part


@dataclass(frozen=True, slots=True)
class Cell:
    """Một ô nhiệt: ``number`` of ``of``; an empty one when there is nothing to count."""

    number: int
    of: int
    url: str = ""

    @property
    def share(self) -> float:
        """Tỷ lệ, 0 to 1."""
        return self.number / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class HeatRow:
    """Một đơn vị: cells in the order of the areas, and all of them together."""

    label: str
    url: str
    cells: tuple[Cell, ...]
    total: Cell


def step(share: float) -> int:
    """Bậc màu 0 đến 4."""
    return sum(share > limit for limit in STEPS)


def thousands(number: int, mark: str = ".") -> str:
    """Số có dấu phân cách hàng nghìn: 12345 → "12.345"."""
    return str(number) if -1000 < number < 1000 else f"{number:,}".replace(",", mark)


def _safe(markup: str) -> SafeString:
    """Every word in it went through ``escape``; the rest is numbers and markup of this module."""
    return SafeString(markup)


def defs() -> SafeString:
    """Nét gạch chéo, once a page: late is told from on time without colour."""
    return _safe(
        '<svg class="chart-defs" width="0" height="0" aria-hidden="true"><defs><pattern id="hatch" width="6" '
        'height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="c-hatch-ground" '
        'width="6" height="6"/><rect class="c-hatch-line" width="2" height="6"/></pattern></defs></svg>'
    )


def _rect(kind: str, x: str, y: float, width: str, height: float) -> str:
    fill = ' fill="url(#hatch)"' if kind == "late" else ""
    return f'<rect class="c-{kind}"{fill} x="{x}" y="{y:.1f}" width="{width}" height="{height:.1f}"/>'


# --- bars --------------------------------------------------------------------------------------------


def strip(parts: Sequence[Part]) -> SafeString:
    """Thanh cơ cấu: the whole as one bar, its parts side by side; a number where there is room for it."""
    return _bar(parts, sum(part.number for part in parts), height=40, named=True)


def bar(parts: Sequence[Part], most: int) -> SafeString:
    """Một thanh trong danh sách: as long as its number is of the longest one. The number stands beside it."""
    return _bar(parts, most, height=16, named=False)


def _bar(parts: Sequence[Part], whole: int, *, height: int, named: bool) -> SafeString:
    drawn, left = [], 0.0
    for part in parts:
        if part.number <= 0 or whole <= 0:
            continue
        width = 100 * part.number / whole
        shape = _rect(part.kind, f"{left:.2f}%", 0, f"{width:.2f}%", height)
        if named and width >= _room(part.number):
            shape += _text(part.kind, left + width / 2, height / 2 + 5, thousands(part.number))
        drawn.append(_linked(part, shape) if named else shape)
        left += width
    hidden = 'role="group"' if named else 'aria-hidden="true"'
    return _safe(f'<svg class="chart-bar" height="{height}" {hidden}>{"".join(drawn)}</svg>')


def _text(css: str, x: float, y: float, words: str) -> str:
    return f'<text class="t-{css}" x="{x:.2f}%" y="{y:.1f}">{escape(words)}</text>'


def _room(number: int) -> float:
    """How wide (in percent of a phone's bar) a part must be to hold its number."""
    return 1.4 + 2.6 * len(thousands(number))


def _linked(part: Part, shape: str) -> str:
    said = f"<title>{escape(part.spoken)}</title>" if part.spoken else ""
    return f'<a href="{escape(part.url)}">{said}{shape}</a>' if part.url else f"<g>{said}{shape}</g>"


# --- stacked columns with a line below ----------------------------------------------------------------


def columns(cols: Sequence[Column], *, line: str) -> SafeString:
    """Cột chồng theo kỳ; below, on the same columns, the line named ``line``. Names stand at the right end."""
    if not cols:
        return _safe("")
    slot = 100 / len(cols)
    most = max((sum(part.number for part in col.parts) for col in cols), default=0) or 1
    height = HEAD + PLOT + AXIS + BAND
    inside = "".join(_column(col, slot * n, slot, PLOT / most) for n, col in enumerate(cols))
    floor = HEAD + PLOT
    axis = f'<line class="c-axis" x1="0" x2="100%" y1="{floor}" y2="{floor}"/>'
    plot = f'<svg class="chart-plot" height="{height}" role="group">{inside}{axis}{_line(cols, slot)}</svg>'
    return _safe(f'<div class="chart-columns">{plot}{_names(cols, PLOT / most, line, height)}</div>')


def _column(col: Column, left: float, slot: float, scale: float) -> str:
    x, width, middle = left + slot * 0.14, slot * 0.72, left + slot / 2
    top, drawn = float(HEAD + PLOT), []
    for part in col.parts:
        tall = part.number * scale
        if part.number <= 0:
            continue
        top -= tall
        shape = _rect(part.kind, f"{x:.2f}%", top, f"{width:.2f}%", tall)
        if tall >= 15:
            shape += _text(part.kind, middle, top + tall / 2 + 4, thousands(part.number))
        drawn.append(_linked(part, shape))
    if col.total.number:
        text = _text("total", middle, top - 7, thousands(col.total.number))
        drawn.append(_linked(col.total, text))
    foot = HEAD + PLOT
    drawn.append(_text("axis", middle, foot + 17, col.label))
    if col.sublabel:
        drawn.append(_text("year", middle, foot + 33, col.sublabel))
    return "".join(drawn)


def _line(cols: Sequence[Column], slot: float) -> str:
    most = max((col.point.number for col in cols), default=0) or 1
    floor = HEAD + PLOT + AXIS + BAND - 8
    places = [
        (slot * (n + 0.5), floor - (BAND - 34) * col.point.number / most, col.point)
        for n, col in enumerate(cols)
    ]
    drawn = [
        f'<line class="c-line" x1="{x1:.2f}%" y1="{y1:.1f}" x2="{x2:.2f}%" y2="{y2:.1f}"/>'
        for (x1, y1, _one), (x2, y2, _two) in pairwise(places)
    ]
    for x, y, point in places:
        mark = f'<circle class="c-point" cx="{x:.2f}%" cy="{y:.1f}" r="4"/>'
        text = _text("line", x, y - 9, thousands(point.number))
        drawn.append(_linked(point, mark + text) if point.number else mark + text)
    return "".join(drawn)


def _names(cols: Sequence[Column], scale: float, line: str, height: int) -> str:
    """Tên ngay bên cạnh cột cuối, at the height of their parts, pushed apart where parts are thin."""
    shown = {part.kind for col in cols for part in col.parts if part.number > 0}
    top, wanted = float(HEAD + PLOT), []
    for part in cols[-1].parts:
        tall = max(part.number, 0) * scale
        if part.kind in shown:
            wanted.append((top - tall / 2, part))
        top -= tall
    drawn = []
    for (_middle, part), y in zip(wanted, _apart([y for y, _part in wanted]), strict=True):
        drawn.append(_rect(part.kind, "0", y - 5, "10", 10))
        drawn.append(f'<text class="t-name" x="15" y="{y + 4:.1f}">{escape(part.label)}</text>')
    last = HEAD + PLOT + AXIS + BAND - 8 - 12
    drawn.append(f'<circle class="c-point" cx="5" cy="{last}" r="4"/>')
    drawn.append(f'<text class="t-name t-name-line" x="15" y="{last + 4}">{escape(line)}</text>')
    return f'<svg class="chart-names" height="{height}" aria-hidden="true">{"".join(drawn)}</svg>'


def _apart(wanted: Sequence[float]) -> list[float]:
    """Heights from the foot upwards, each at least one line above the one before, none above the chart."""
    placed: list[float] = []
    for y in wanted:
        placed.append(min(y, placed[-1] - NAME_GAP) if placed else min(y, HEAD + PLOT - 6.0))
    # Pushed out at the top, they slide down again, in order.
    return [max(y, 10.0 + NAME_GAP * (len(placed) - 1 - n)) for n, y in enumerate(placed)]


# --- heat table ---------------------------------------------------------------------------------------


def heat(
    areas: Sequence[str], rows: Iterable[HeatRow], total: HeatRow, *, corner: str, together: str, tone: str
) -> SafeString:
    """Bảng nhiệt đơn vị × lĩnh vực: the number of each cell in figures, its share as a shade.

    On a phone each row becomes a card that lists its areas, so each cell carries the name of its area.
    """
    labels = [escape(area) for area in areas]
    heads = "".join(f'<th scope="col">{label}</th>' for label in labels)
    body = "".join(_heat_row(row, labels, together) for row in rows)
    foot = _heat_row(total, labels, together, css=' class="heat-sum"')
    return _safe(
        f'<table class="heat heat-units heat-{tone}"><thead><tr><th scope="col">{escape(corner)}</th>{heads}'
        f'<th scope="col">{escape(together)}</th></tr></thead><tbody>{body}{foot}</tbody></table>'
    )


def _heat_row(row: HeatRow, labels: Sequence[str], together: str, css: str = "") -> str:
    name = f'<a href="{escape(row.url)}">{escape(row.label)}</a>' if row.url else escape(row.label)
    cells = "".join([_heat_cell(cell, label) for cell, label in zip(row.cells, labels, strict=True)])
    return f'<tr{css}><th scope="row">{name}</th>{cells}{_heat_cell(row.total, escape(together), "heat-all ")}</tr>'


def _heat_cell(cell: Cell, label: str, css: str = "") -> str:
    if not cell.of:
        return f'<td class="{css}heat-none" data-label="{label}"><span>·</span></td>'
    inside = f"{thousands(cell.number)}<small>/{thousands(cell.of)}</small>"
    shown = (
        f'<a href="{escape(cell.url)}">{inside}</a>' if cell.number and cell.url else f"<span>{inside}</span>"
    )
    return f'<td class="{css}heat-{step(cell.share)}" data-label="{label}">{shown}</td>'


# --- the table behind a chart -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TableRow:
    """Một dòng số liệu; a number with an address is a link to its records."""

    label: str
    url: str
    cells: tuple[tuple[int, str], ...]
    is_sum: bool = False


def table(corner: str, heads: Sequence[str], rows: Iterable[TableRow]) -> SafeString:
    """Bảng số liệu đứng sau biểu đồ."""
    top = "".join(f'<th scope="col" class="num">{escape(head)}</th>' for head in heads)
    body = "".join(_table_row(row) for row in rows)
    return _safe(
        '<div class="table-wrap"><table class="table chart-table">'
        f'<thead><tr><th scope="col">{escape(corner)}</th>{top}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _table_row(row: TableRow) -> str:
    name = f'<a href="{escape(row.url)}">{escape(row.label)}</a>' if row.url else escape(row.label)
    cells = "".join([_table_cell(number, url) for number, url in row.cells])
    css = ' class="is-sum"' if row.is_sum else ""
    return f'<tr{css}><th scope="row">{name}</th>{cells}</tr>'


def _table_cell(number: int, url: str) -> str:
    shown = thousands(number)
    return (
        f'<td class="num"><a href="{escape(url)}">{shown}</a></td>'
        if number and url
        else f'<td class="num">{shown}</td>'
    )
