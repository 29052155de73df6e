"""Kết quả đọc: what comes out of a file that could be read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ReadText:
    """Chữ đọc được. ``text`` is NFC with ``\\n`` line ends: a paragraph is a line, so is a table row, its
    cells set apart by tabs. ``pages`` is known for PDF only. ``warnings`` are sentences for the clerk."""

    text: str
    media_type: str
    pages: int | None = None
    warnings: tuple[str, ...] = ()
