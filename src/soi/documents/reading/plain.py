"""Văn bản thuần (.txt): find the encoding, refuse what is no text."""

from __future__ import annotations

import codecs
import re

from soi.base.errors import Invalid
from soi.documents.reading.kinds import READABLE
from soi.documents.reading.limits import Limits
from soi.documents.reading.tidy import refuse_too_long

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WITH_ZERO_BYTES = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")

_NOT_TEXT = f"Tệp này không phải văn bản. {READABLE}"
_UNDECODABLE = (
    "Không nhận ra bảng mã chữ của tệp. Hãy lưu lại theo mã UTF-8 (hoặc thành .docx) rồi tải lên lại."
)
_SOME_LOST = "Một vài chữ trong tệp bị hỏng mã và không đọc được; chỗ đó hiện dấu �."


def read_plain(data: bytes, limits: Limits) -> tuple[str, tuple[str, ...]]:
    """Đọc .txt: the text and warnings. Raises ``Invalid`` for binary data or an unknown encoding."""
    if b"\x00" in data[:8192] and not data.startswith(_WITH_ZERO_BYTES):
        raise Invalid(_NOT_TEXT)
    refuse_too_long(len(data) // 4, limits)  # no encoding takes more than 4 bytes for a letter
    text, warnings = decode(data)
    if len(_CONTROL.findall(text[:100_000])) * 100 > len(text[:100_000]):
        raise Invalid(_NOT_TEXT)
    return text, warnings


def decode(data: bytes, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """BOM, then UTF-8, then what the file declares, then Windows-1258 (Vietnamese of older Windows)."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _tolerant(data[len(bom) :], encoding)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        if _mostly_utf8(data, error.start):
            return _tolerant(data, "utf-8")
    return _tolerant(data, declared or "cp1258")


def _mostly_utf8(data: bytes, first_error: int) -> bool:
    """A file cut in the middle of a letter, or with a few foreign bytes, is still UTF-8."""
    sample = data[max(0, first_error - 50_000) : first_error + 50_000]
    decoded = sample.decode("utf-8", errors="ignore")
    letters = sum(1 for char in decoded if char > "\x7f")
    lost = len(sample) - len(decoded.encode("utf-8"))
    return letters > 20 * lost


def _tolerant(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    text = data.decode(encoding, errors="replace")
    lost = text.count("\ufffd")
    # One letter in 50: beyond that the text is of no use, and more likely no text at all.
    if lost * 50 > len(text):
        raise Invalid(_UNDECODABLE)
    return text, ((_SOME_LOST,) if lost else ())
