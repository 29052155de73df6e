"""Kết quả đọc: what comes out of a file that could be read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class ReadText:
    """Chữ đọc được. ``text`` is NFC with ``\\n`` line ends: a paragraph is a line, so is a table row, its
    cells set apart by tabs. ``pages`` is known for PDF only. ``warnings`` are sentences for the clerk."""

    text: str
    media_type: str
    pages: int | None = None
    warnings: tuple[str, ...] = ()


# Empty cells are None; a day is a day whatever way Excel was told to show it.
CellValue = str | int | float | bool | dt.date | None


@dataclass(frozen=True)
class ReadSheet:
    """Một trang tính: its rows from the first row of the sheet on, each from column A on, without empty tails."""

    name: str
    rows: tuple[tuple[CellValue, ...], ...]
