"""Dòng tiêu đề: which sheet holds the tasks, in which row its headings stand, and which column is which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from soi.base.errors import Invalid
from soi.base.text import fold, squash
from soi.documents.reading import CellValue, ReadSheet
from soi.forms.xlsx.task_columns import TASK_COLUMNS
from soi.intake.sheets.logic.cells import address

# Titles of documents stand above the table; a table that begins lower than this is not found.
_LOWEST_HEADING = 30
# Fewer known headings in a row are a coincidence.
_FEWEST = 3
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
_IN_BRACKETS = re.compile(r"\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Table:
    """Bảng: rows of one sheet from the heading on. ``columns``: key of each known column to its place from 0."""

    sheet: str
    heading_row: int
    columns: Mapping[str, int]
    ignored: tuple[str, ...]
    rows: tuple[tuple[int, tuple[CellValue, ...]], ...]


def heading_key(text: str) -> str:
    """ "Sản phẩm / Kết quả (*)" and "san pham, ket qua" are one heading."""
    return _NOT_LETTERS.sub(" ", _IN_BRACKETS.sub(" ", fold(text))).strip()


_KEYS = {heading_key(name): column.key for column in TASK_COLUMNS for name in (column.title, *column.others)}


def find_table(sheets: Iterable[ReadSheet]) -> Table:
    """Tìm bảng nhiệm vụ: the row with the most known headings. ``Invalid`` says what is missing or twice."""
    found = [_best_row(sheet) for sheet in sheets]
    known, sheet, place = max(found, key=lambda item: item[0], default=(0, None, 0))
    if sheet is None or known < _FEWEST:
        titles = "; ".join(column.title for column in TASK_COLUMNS if column.required)
        raise Invalid(
            "Không thấy dòng tiêu đề của bảng nhiệm vụ. Hãy dùng bảng mẫu, hoặc ghi một dòng tiêu đề "
            f"có ít nhất các cột: {titles}."
        )
    return _table(sheet, place)


def _best_row(sheet: ReadSheet) -> tuple[int, ReadSheet | None, int]:
    counts = [(len(_recognised(row)), -place) for place, row in enumerate(sheet.rows[:_LOWEST_HEADING])]
    known, place = max(counts, default=(0, 0))
    return known, sheet, -place


def _recognised(row: Sequence[CellValue]) -> set[str]:
    keys = (_KEYS.get(heading_key(cell)) for cell in row if isinstance(cell, str))
    return {key for key in keys if key}


def _table(sheet: ReadSheet, place: int) -> Table:
    columns: dict[str, int] = {}
    ignored = []
    for number, cell in enumerate(sheet.rows[place]):
        title = squash(cell) if isinstance(cell, str) else ""
        key = _KEYS.get(heading_key(title))
        if key in columns:
            raise Invalid(
                f"Hai cột cùng là «{title}»: ô {address(place + 1, columns[key])} và ô {address(place + 1, number)}. "
                "Hãy bỏ bớt hoặc đổi tên một cột."
            )
        if key:
            columns[key] = number
        elif title:
            ignored.append(title[:60])
    _check_complete(sheet, place, columns)
    rows = enumerate(sheet.rows[place + 1 :], start=place + 2)
    return Table(sheet.name, place + 1, columns, tuple(ignored), tuple(rows))


def _check_complete(sheet: ReadSheet, place: int, columns: Mapping[str, int]) -> None:
    missing = [column.title for column in TASK_COLUMNS if column.required and column.key not in columns]
    if missing:
        raise Invalid(
            f"Bảng trên trang «{sheet.name}» (tiêu đề ở dòng {place + 1}) thiếu cột: {'; '.join(missing)}. "
            "Hãy thêm cột đó rồi tải lên lại."
        )
