"""Chữ trong báo cáo: days, shares, names cut to a readable length. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from soi.base.quarters import label
from soi.base.text import squash

LONGEST_NAMED = 220


def day(value: dt.date) -> str:
    """Ngày: 25/12/2021."""
    return f"{value:%d/%m/%Y}"


def quarter(key: str) -> str:
    """Quý trong câu: "quý IV/2021"."""
    return label(key).replace("Quý", "quý", 1)


def next_quarter(key: str) -> str:
    """Quý liền sau: "2021-Q4" → "2022-Q1"."""
    year, number = int(key[:4]), int(key[-1])
    return f"{year + 1:04d}-Q1" if number == 4 else f"{year:04d}-Q{number + 1}"


def share(part: int, whole: int) -> str:
    """Tỷ lệ: "84,4%", whole numbers without a comma; never rounded up to all or down to nothing."""
    if not whole:
        return "0%"
    tenths = round(part * 1000 / whole)
    if part < whole:
        tenths = min(tenths, 999)
    if part:
        tenths = max(tenths, 1)
    return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths // 10},{tenths % 10}%"


def named(text: str) -> str:
    """Tên việc trong câu: one line, without the final stop, cut between words when very long."""
    line = squash(text).rstrip(" .;,:")
    if len(line) <= LONGEST_NAMED:
        return line
    return f"{line[:LONGEST_NAMED].rpartition(' ')[0].rstrip(' .;,:')}…"


def upper_first(text: str) -> str:
    """Viết hoa chữ đầu câu."""
    return text[:1].upper() + text[1:]


def ended(text: str) -> str:
    """Kết câu: a full stop unless it already ends like a sentence."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def names(items: Sequence[str], *, most: int = 12) -> str:
    """Liệt kê: "A, B và C"; of very many the first, and how many more."""
    if len(items) > most:
        return f"{', '.join(items[:most])} và {len(items) - most} đơn vị khác"
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} và {items[-1]}"
