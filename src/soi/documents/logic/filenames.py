"""Tên tệp: what a user called a file, made safe to store, show and send back."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath
from urllib.parse import quote

from soi.base.text import fold, squash

LONGEST = 150
# Room for an ending such as ".docx" when a long name is cut.
_LONGEST_ENDING = 10
_NAMELESS = "tep"
_FORBIDDEN = re.compile(r'[<>:"|?*\\/]')
_NOT_ASCII_TOKEN = re.compile(r"[^a-z0-9._ -]")
# Names that Windows keeps for devices, whatever the ending.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


def clean_name(name: str) -> str:
    """Tên an toàn: the last part of the path, no control, direction or path signs, at most 150 characters.

    Vietnamese letters stay. Direction signs go, because "giao<RLO>xcod.exe" would show as "giaoexe.docx".
    """
    last = name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    visible = "".join(" " if c.isspace() else c for c in last if c.isspace() or _is_printed(c))
    plain = squash(_FORBIDDEN.sub("_", visible)).strip(" .")
    if not plain:
        return _NAMELESS
    return _shortened(f"_{plain}" if _DEVICE.match(plain) else plain)


def _is_printed(char: str) -> bool:
    # Cc control, Cf format (bidirectional marks among them), Cs lone surrogates, Co private, Cn unassigned.
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


def _shortened(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    ending = PurePosixPath(name).suffix
    ending = ending if len(ending) <= _LONGEST_ENDING else ""
    return name[: LONGEST - len(ending)].rstrip(" .") + ending


def content_disposition(name: str) -> str:
    """Đầu mục tải về: always ``attachment``; the name with its marks (RFC 5987) and without."""
    name = clean_name(name)
    without_marks = _NOT_ASCII_TOKEN.sub("_", fold(name))
    return f"attachment; filename=\"{without_marks}\"; filename*=UTF-8''{quote(name, safe='')}"
