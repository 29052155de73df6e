"""Trang xem trước một bảng: numbers as filters, each row with what is wrong or what would change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from soi.documents.reading import CellValue
from soi.forms.xlsx.table import Kind
from soi.forms.xlsx.task_columns import BY_KEY, TASK_COLUMNS
from soi.forms.xlsx.task_errors import MarkedRow, MarkedSheet
from soi.intake.sheets import queries
from soi.intake.sheets.enums import Fate
from soi.intake.sheets.logic.cells import address, text_of
from soi.intake.sheets.queries import Tally
from soi.web.register_links import Chip

if TYPE_CHECKING:
    from django.http import QueryDict

    from soi.intake.sheets.models import Sheet, SheetRow
    from soi.work.models import Task

PAGE_SIZE = 50
FATES = {"loi": Fate.ERROR, "moi": Fate.NEW, "doi": Fate.CHANGED, "khong-doi": Fate.SAME}
PAST = "qua-han"
# Colours of the kit for the badge of each fate.
_BADGES = {Fate.ERROR: "returned", Fate.NEW: "active", Fate.CHANGED: "limitation", Fate.SAME: "noted"}


@dataclass(frozen=True, slots=True)
class Mistake:
    """Một lỗi: where ("D17"), in which column, what is wrong and what to write."""

    place: str
    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Change:
    """Một ô sẽ đổi: old and new; ``old`` empty where only the new is told."""

    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Row:
    """Một dòng trên trang."""

    number: int
    statement: str
    post: str
    body: str
    due: str
    fate: str
    badge: str
    past: bool
    written: bool
    task: int | None
    mistakes: list[Mistake]
    changes: list[Change]


@dataclass(frozen=True, slots=True)
class Tile:
    """Một con số và bộ lọc của nó."""

    number: int
    label: str
    note: str
    key: str
    on: bool
    alert: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """Cả trang."""

    counted: Tally
    tiles: list[Tile]
    page: Page[Any]
    rows: list[Row]
    asked: str
    percent: int


def build(sheet: Sheet, sent: QueryDict) -> Shown:
    """Trang của một bảng, with the filter and page asked for."""
    asked = sent.get("dong", "")
    asked = asked if asked in FATES or asked == PAST else ""
    counted = queries.tally(sheet)
    found = queries.rows_of(sheet, fate=FATES.get(asked), past=asked == PAST)
    page = Paginator(found.select_related("task__accountable_post"), PAGE_SIZE).get_page(sent.get("page"))
    return Shown(
        counted=counted,
        tiles=list(_tiles(counted, asked)),
        page=page,
        rows=[_row(sheet, row) for row in page],
        asked=asked,
        percent=percent_of(counted),
    )


def percent_of(counted: Tally) -> int:
    """Đã ghi bao nhiêu phần trăm."""
    return 100 * counted.written // counted.to_write if counted.to_write else 100


def _tiles(counted: Tally, asked: str) -> Iterator[Tile]:
    told = (
        ("loi", counted.error, _("Lỗi"), _("không được ghi")),
        ("moi", counted.new, _("Mới"), _("nhiệm vụ được giao thêm")),
        ("doi", counted.changed, _("Đổi"), _("nhiệm vụ đã có được sửa")),
        ("khong-doi", counted.same, _("Không đổi"), _("giống như đang ghi trong sổ")),
    )
    for key, number, label, note in told:
        yield Tile(number, label, note, key, asked == key, alert=key == "loi" and number > 0)


def chip(asked: str, url: str) -> Chip | None:
    """Bộ lọc đang bật."""
    words = {PAST: _("Thời hạn đã qua"), **{key: str(fate.label) for key, fate in FATES.items()}}
    return Chip(_("Dòng"), words[asked], url) if asked else None


def _row(sheet: Sheet, row: SheetRow) -> Row:
    cells = {key: cell_of(cell) for key, cell in row.cells.items()}
    fate = Fate(row.fate)
    return Row(
        number=row.number,
        statement=text_of(cells.get("statement")) or _("(ô nhiệm vụ còn trống)"),
        post=text_of(cells.get("post")),
        body=text_of(cells.get("body")),
        due=text_of(cells.get("due")),
        fate=str(fate.label),
        badge=_BADGES[fate],
        past=row.past and fate in {Fate.NEW, Fate.CHANGED},
        written=row.written,
        task=row.task_id,
        mistakes=[_mistake(sheet, row, key, told) for key, told in row.mistakes.items()],
        changes=[] if row.written else [_change(row.task, cells, key) for key in row.changed],
    )


def cell_of(kept: Any) -> CellValue:
    """Ô đã lưu, as it was read."""
    value: CellValue = dt.date.fromisoformat(kept["day"]) if isinstance(kept, dict) else kept
    return value


def _mistake(sheet: Sheet, row: SheetRow, key: str, sentence: str) -> Mistake:
    place = sheet.columns.get(key)
    where = _("dòng %d") % row.number if place is None else address(row.number, place)
    title = BY_KEY[key].title if key in BY_KEY else ""
    return Mistake(where, title, sentence)


_OLD = {
    "statement": "statement", "deliverable": "deliverable", "start": "start_on", "due": "due_on",
    "target": "target", "unit": "unit", "weight": "weight", "post": "accountable_post",
}  # fmt: skip


def _change(task: Task | None, cells: Mapping[str, CellValue], key: str) -> Change:
    old: Any = ""
    if task is not None and key == "area":
        old = task.get_area_display()
    elif task is not None and key in _OLD:
        old = getattr(task, _OLD[key])
    shown = text_of(old) if isinstance(old, dt.date) else str("" if old is None else old)
    return Change(BY_KEY[key].title, shown, text_of(cells.get(key)))


# --- the workbook with the mistakes -----------------------------------------------------------------------


def marked(sheet: Sheet) -> tuple[MarkedSheet, Iterator[MarkedRow]]:
    """Bảng lỗi: all rows in their places, mistakes at their cells."""
    headings = {
        sheet.columns[column.key]: (column.title, _width(column.width, column.kind))
        for column in TASK_COLUMNS
        if column.key in sheet.columns
    }
    rows = sheet.rows.order_by("number").iterator(chunk_size=1_000)
    return MarkedSheet(sheet.sheet_name, sheet.heading_row, headings), (_marked(sheet, row) for row in rows)


def _width(width: float | None, kind: Kind) -> float:
    return float(kind.value) if width is None else width


def _marked(sheet: Sheet, row: SheetRow) -> MarkedRow:
    anywhere = sheet.columns["statement"]
    cells = {sheet.columns[key]: cell_of(cell) for key, cell in row.cells.items() if key in sheet.columns}
    mistakes: dict[int, str] = {}
    for key, sentence in row.mistakes.items():
        place = sheet.columns.get(key, anywhere)
        told = f"{address(row.number, place)}: {sentence}"
        mistakes[place] = f"{mistakes[place]}\n{told}" if place in mistakes else told
    return MarkedRow(row.number, cells, mistakes)
