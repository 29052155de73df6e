"""Đọc nội dung: bytes to text, in whatever process it is called. Only the worker and tests call it."""

from __future__ import annotations

import codecs
from importlib import import_module

from soi.base.errors import Invalid
from soi.documents.reading.kinds import Kind, sniff
from soi.documents.reading.limits import Limits
from soi.documents.reading.result import ReadText
from soi.documents.reading.tidy import font_warnings, tidy

_MODULES = {Kind.TEXT: "plain", Kind.HTML: "html", Kind.DOCX: "docx", Kind.PDF: "pdf"}
_NO_WORDS = "Tệp không có chữ nào. Hãy kiểm tra lại tệp rồi tải lên lại."


def preload(kind: Kind) -> None:
    """Loads all code that reading this kind needs, so that no file has to be opened afterwards."""
    import_module(f"soi.documents.reading.{_MODULES[kind]}")
    _preload_codecs()


def preload_sheets() -> None:
    """The same for the reader of sheets."""
    import_module("soi.documents.reading.sheet")
    _preload_codecs()


def _preload_codecs() -> None:
    for encoding in ("cp1258", "cp1252", "utf-16-le", "utf-16-be", "cp437"):
        codecs.lookup(encoding)


def parse_bytes(data: bytes, suffix: str, limits: Limits) -> ReadText:
    """Đọc: raises ``Invalid`` with the sentence for the user."""
    kind = sniff(data, suffix)
    raw, pages, warnings = _read(kind, data, limits)
    text = tidy(raw, limits)
    if not text:
        raise Invalid(_NO_WORDS)
    return ReadText(text, kind.value, pages, (*warnings, *font_warnings(raw)))


def parse_sheets(data: bytes, limits: Limits) -> dict[str, object]:
    """Đọc bảng tính: raises ``Invalid`` with the sentence for the user."""
    from soi.documents.reading.sheet import read_sheets

    return read_sheets(data, limits)


def _read(kind: Kind, data: bytes, limits: Limits) -> tuple[str, int | None, tuple[str, ...]]:
    # Imported here: a text file should not wait for the PDF library.
    if kind is Kind.PDF:
        from soi.documents.reading.pdf import read_pdf

        return read_pdf(data, limits)
    if kind is Kind.DOCX:
        from soi.documents.reading.docx import read_docx

        return read_docx(data, limits), None, ()
    if kind is Kind.HTML:
        from soi.documents.reading.html import read_html

        text, warnings = read_html(data, limits)
        return text, None, warnings
    from soi.documents.reading.plain import read_plain

    text, warnings = read_plain(data, limits)
    return text, None, warnings
