"""Giới hạn: what an uploaded file may cost. One place for all the numbers."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024
TOO_COMPLEX = "Tệp quá phức tạp. Hãy chép phần chữ sang một tệp .docx mới rồi tải lên lại."


@dataclass(frozen=True)
class Limits:
    """Giới hạn khi đọc một tệp. Sizes in bytes, times in seconds; the defaults fit a 500-page report."""

    file_bytes: int = 20 * MIB
    characters: int = 2_000_000
    seconds: float = 10.0
    memory_bytes: int = 512 * MIB
    # A long report has some hundred entries (one for each picture); a bomb has tens of thousands.
    zip_entries: int = 2_000
    # Counted while unpacking, over the parts that are read; pictures are never unpacked.
    unpacked_bytes: int = 60 * MIB
    # Marks of a .docx or .html file; a 500-page report has some 500,000.
    elements: int = 1_500_000
    pages: int = 500
    # Of one sheet of a workbook; columns beyond are not looked at.
    rows: int = 20_000
    columns: int = 60


DEFAULT = Limits()
# A sheet of 10,000 tasks takes some 15 MB unpacked, and half a million marks.
SHEETS = Limits(characters=12_000_000, unpacked_bytes=200 * MIB)
