"""Ô tính an toàn: the only place that writes cells. Text is written as text whatever it begins with (U4)."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from soi.forms.wording import literal, short_date

CellValue = str | int | float | Decimal | dt.date | None

# Excel counts UTF-16 units, so letters outside the basic plane count twice.
LONGEST_TEXT = 32_767
CUT_MARK = "… [đã cắt bớt]"
# Excel believes in a 29 February 1900; from the day after on its count is right.
_FIRST_EXCEL_DAY = dt.date(1900, 3, 1)
# From 16 digits on Excel rounds; a number as long as that is an identifier anyway.
_TOO_LONG_NUMBER = 10**15
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "|", "%")


@dataclass(frozen=True, slots=True)
class CellFormats:
    """Định dạng ô, made once a workbook."""

    text: Any
    guarded: Any
    date: Any
    time: Any
    number: Any


def cell_formats(workbook: Any, **look: Any) -> CellFormats:
    """Các định dạng: dates as dd/mm/yyyy, text wrapped, all at the upper edge with a thin border; and what
    ``look`` adds (a colour for cells with mistakes)."""
    base = {"font_name": "Times New Roman", "font_size": 12, "valign": "top", "border": 1, **look}
    return CellFormats(
        text=workbook.add_format({**base, "text_wrap": True}),
        # The mark that Excel itself sets for '=1: the text stays text even when somebody edits the cell.
        guarded=workbook.add_format({**base, "text_wrap": True, "quote_prefix": True}),
        date=workbook.add_format({**base, "num_format": "dd/mm/yyyy", "align": "center"}),
        time=workbook.add_format({**base, "num_format": "dd/mm/yyyy hh:mm", "align": "center"}),
        number=workbook.add_format({**base, "align": "center"}),
    )


def cell_text(text: str) -> str:
    """Chữ của một ô: literal, cut with a mark at the longest text that Excel takes."""
    text = literal(text)
    if text.startswith("<r>") and text.endswith("</r>"):
        # XlsxWriter puts such a text into the file unescaped, taking it for its own rich text.
        text += " "
    if _utf16_length(text) <= LONGEST_TEXT:
        return text
    room = (LONGEST_TEXT - len(CUT_MARK)) * 2
    return text.encode("utf-16-le")[:room].decode("utf-16-le", errors="ignore") + CUT_MARK


def write_cell(sheet: Any, row: int, column: int, value: CellValue, formats: CellFormats) -> None:
    """Ghi một ô by the type of its value; what Excel cannot hold as a date or number is written as text."""
    if isinstance(value, dt.datetime):
        sheet.write_datetime(row, column, value.replace(tzinfo=None), formats.time)
    elif isinstance(value, dt.date) and value >= _FIRST_EXCEL_DAY:
        sheet.write_datetime(row, column, value, formats.date)
    elif isinstance(value, int | float | Decimal) and _is_countable(value):
        sheet.write_number(row, column, value, formats.number)
    elif value is None or value == "":
        sheet.write_blank(row, column, None, formats.text)
    else:
        text = cell_text(_as_text(value))
        sheet.write_string(row, column, text, formats.guarded if _looks_like_formula(text) else formats.text)


def _is_countable(value: float | Decimal) -> bool:
    if isinstance(value, bool) or not math.isfinite(value):
        return False
    return -_TOO_LONG_NUMBER < value < _TOO_LONG_NUMBER


def _as_text(value: CellValue) -> str:
    if isinstance(value, bool):
        return "Có" if value else "Không"
    return short_date(value) if isinstance(value, dt.date) else str(value)


def _utf16_length(text: str) -> int:
    return len(text) + sum(letter > "\uffff" for letter in text)


def _looks_like_formula(text: str) -> bool:
    return text.lstrip(" ").startswith(_FORMULA_STARTS)
