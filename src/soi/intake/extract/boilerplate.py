"""Phần thừa của trang tin: lines that belong to the web page and not to the text."""

from __future__ import annotations

import re

from soi.intake.extract.lexicon.portal import FOOTERS, FURNITURE
from soi.intake.extract.model import Span
from soi.intake.extract.reading import Reading

_FURNITURE = re.compile(rf"[\s\W]{{0,3}}(?:{'|'.join(FURNITURE)})")
_FOOTER = re.compile(rf"[\s\W]{{0,3}}(?:{'|'.join(FOOTERS)})")
# The clock of the page: weekday and time to the second, or a date line while another one says "Ngày đăng".
_CLOCK = re.compile(r"[^\n]{0,60}\d{1,2}:\d{2}:\d{2}[^\n]{0,20}$")
_PUBLISHED = re.compile(r"ngay dang|dang ngay|xuat ban|cap nhat|ngay viet")
_DATE_LINE = re.compile(r"(?:(?:thu|chu) \w{2,5},? )?(?:ngay )?\d{1,2}(?:[/.\-]| thang )\d{1,2}")
_PAGE_MARK = re.compile(r"more\s?\([^)\n]{0,40}\)")
_CRUMBS = re.compile(r"(?:[^>»›\n]{2,40}[>»›]){1,6}[^>»›\n]{2,120}$")
_LONGEST = 160
_SINGLE_FOOTER_SHARE = 0.3


def page_furniture(reading: Reading, lines: list[Span]) -> list[Span]:
    """Các dòng thừa, in order; a footer takes everything that follows it with it."""
    footer = _footer_start(reading, lines)
    kept: list[Span] = []
    has_label = any(
        _PUBLISHED.search(reading.plain, line.start, min(line.end, line.start + 60)) for line in lines[:12]
    )
    for index, line in enumerate(lines):
        if footer is not None and index >= footer:
            kept.append(line)
        elif (mark := _furniture(reading, line, index, has_label=has_label)) is not None:
            kept.append(mark)
    return kept


def _footer_start(reading: Reading, lines: list[Span]) -> int | None:
    least = int(len(reading.raw) * _SINGLE_FOOTER_SHARE)
    for index, line in enumerate(lines):
        short = line.end - line.start <= _LONGEST
        if short and line.start > least and _FOOTER.match(reading.plain, line.start, line.end):
            return index
    return None


def _furniture(reading: Reading, line: Span, index: int, *, has_label: bool) -> Span | None:
    if line.end - line.start > _LONGEST:
        mark = _PAGE_MARK.match(reading.plain, line.start, line.end)
        return Span(line.start, mark.end()) if mark else None
    if mark := _PAGE_MARK.match(reading.plain, line.start, line.end):
        return Span(line.start, mark.end())
    if _FURNITURE.match(reading.plain, line.start, line.end) or _CLOCK.match(
        reading.raw, line.start, line.end
    ):
        return line
    if _CRUMBS.match(reading.raw, line.start, line.end):
        return line
    # With a labelled date of publication, another bare date at the head of the page is the day of viewing.
    viewing = has_label and index < 3 and _DATE_LINE.match(reading.plain, line.start, line.end)
    return line if viewing and line.end - line.start < 60 else None


def merged(reading: Reading, spans: list[Span]) -> tuple[Span, ...]:
    """Gộp các dòng liền nhau: only blanks between them."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and not reading.raw[joined[-1].end : span.start].strip():
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return tuple(joined)
