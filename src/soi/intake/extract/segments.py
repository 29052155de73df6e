"""Phân đoạn: lines, sentences and list items, as spans of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from soi.intake.extract.model import Span
from soi.intake.extract.reading import LOWER, UPPER, Reading

_LINE = re.compile(r"[^\n]+")
_STOP = re.compile(
    rf"""(?:\.{{2,}}|[.!?…]+)["”’')\]]{{0,3}}(?=\s+["“‘'(\[]{{0,2}}(?:[{UPPER}]|\d|[-–•+*]\s)|\s*$)"""
)
# A stop after these does not end a sentence: titles, "TP.", initials, item numbers.
_ABBREVIATION = re.compile(
    r"(?:^|[\s.(])(?:gs|pgs|ts|ths|th\.s|tskh|bs|bsckii?|ks|cn|ths\.bs|tp|tx|tt|q|p|đ/c|đc|mr|ms|st|no|vs|"
    r"ncs|nxb|ubnd|ô|b|[a-zđ])\.?$"
)
_ITEM_NUMBER = re.compile(r"^\s*(?:\d{1,2}|[ivx]{1,5}|[a-hđ])(?:\.\d{1,2}){0,3}$")
_MARKER = re.compile(
    r"\s*(?:[-–—•+*▪●◦→✓*]+\s*|\(?\d{1,2}(?:\.\d{1,2}){0,3}\s?[.)\-/]\s*(?=\D)|\d{1,2}(?:\.\d{1,2}){1,3}\s+"
    r"|\(\d{1,2}\)\s*|[a-hđ][.)]\s+|(?=[A-ZĐ])(?:[IVX]{1,5}|[A-HĐ])[.)\-/]\s*)"
)
_WORD = re.compile(r"\w|\[")
_TITLE_END = re.compile(r"(?:^|[\s.])(?:gs|pgs|ts|ths|bs|tskh)\.$")
_OPEN = {"(": ")", "[": "]", "“": "”"}
_LONGEST_SENTENCE = 3000
_TRIM = " \t\r\n\u00a0"


def lines(reading: Reading) -> Iterator[Span]:
    """Các dòng, without blanks at the ends; empty lines are left out."""
    start: int | None = None
    for match in _LINE.finditer(reading.raw):
        span = reading.trimmed(match.start(), match.end(), drop=_TRIM)
        # A line of rules or a lone dash says nothing.
        if span is None or not _WORD.search(reading.raw, span.start, span.end):
            continue
        first = span.start if start is None else start
        # Segmented texts break the line after "GS.TS."; the name belongs to the title.
        if _TITLE_END.search(reading.key, max(span.start, span.end - 12), span.end):
            start = first
            continue
        start = None
        yield Span(first, span.end)
    if start is not None:
        last = reading.trimmed(start, len(reading.raw), drop=_TRIM)
        if last:
            yield last


def sentences(reading: Reading, line: Span) -> Iterator[Span]:
    """Các câu của một dòng, closing stop included; never longer than ``_LONGEST_SENTENCE``.

    The bound keeps the time of everything that looks around inside a sentence proportional to the text.
    """
    for span in _stopped(reading, line):
        start = span.start
        while span.end - start > _LONGEST_SENTENCE:
            blank = reading.raw.rfind(" ", start + 1, start + _LONGEST_SENTENCE)
            cut = blank if blank > start else start + _LONGEST_SENTENCE
            yield Span(start, cut)
            start = cut
        rest = reading.trimmed(start, span.end)
        if rest:
            yield rest


def _stopped(reading: Reading, line: Span) -> Iterator[Span]:
    start = line.start
    for match in _STOP.finditer(reading.raw, line.start, line.end):
        if match.end() < line.end and _is_abbreviation(reading, start, match):
            continue
        span = reading.trimmed(start, match.end())
        if span:
            yield span
        start = match.end()
    rest = reading.trimmed(start, line.end)
    if rest:
        yield rest


def _is_abbreviation(reading: Reading, start: int, stop: re.Match[str]) -> bool:
    if stop.group()[0] != "." or len(stop.group()) > 1:
        return False
    before = reading.key[max(start, stop.start() - 12) : stop.start()]
    if _ITEM_NUMBER.match(reading.key[start : stop.start()] if stop.start() - start < 12 else "too long"):
        return True
    return bool(_ABBREVIATION.search(before))


def without_marker(reading: Reading, span: Span) -> Span:
    """Bỏ số thứ tự, gạch đầu dòng at the front ("- ", "1.", "a)", "II.")."""
    match = _MARKER.match(reading.raw, span.start, span.end)
    if not match or match.end() >= span.end:
        return span
    return Span(match.end(), span.end)


def without_stop(reading: Reading, span: Span) -> Span | None:
    """Bỏ dấu câu ở hai đầu: closing stops, commas, loose quotes."""
    trimmed = reading.trimmed(span.start, span.end, drop=" \t\r\n\u00a0.;:,…!?*/")
    if not trimmed:
        return None
    start, end = trimmed.start, trimmed.end
    inside = reading.raw[start:end]
    for opening, closing in (('"', '"'), ("“", "”")):
        if inside.startswith(opening) and inside.find(closing, 1) in (-1, len(inside) - 1):
            start += 1
            inside = reading.raw[start:end]
        if inside.endswith(closing) and opening not in inside[:-1]:
            end -= 1
            inside = reading.raw[start:end]
    return reading.trimmed(start, end, drop=" \t\r\n\u00a0.;:,…!?*")


def split_items(reading: Reading, span: Span, mark: str = ";") -> list[Span]:
    """Tách theo dấu chấm phẩy, except inside brackets and quotes."""
    cuts = [span.start - 1, *_cuts(reading.raw, span, mark), span.end]
    pieces = (reading.trimmed(one + 1, two) for one, two in pairwise(cuts) if one + 1 < two)
    return [piece for piece in pieces if piece]


def _cuts(raw: str, span: Span, mark: str) -> Iterator[int]:
    closing = ""
    opened = 0
    for position in range(span.start, span.end):
        letter = raw[position]
        if closing:
            # A bracket that is never closed must not swallow the list.
            if letter == closing or position - opened > 400:
                closing = ""
        elif letter in _OPEN:
            closing, opened = _OPEN[letter], position
        elif letter == mark:
            yield position


def starts_lower(reading: Reading, span: Span) -> bool:
    """Whether the span begins with a small letter (it goes on with something)."""
    return bool(re.match(f"[{LOWER}]", reading.raw[span.start]))
