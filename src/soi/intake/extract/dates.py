"""Ngày tháng: date expressions of papers ("sáng 7/4", "17 và 18/12", "ngày 10 tháng 12 năm 2021")."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from soi.intake.extract.model import Span
from soi.intake.extract.reading import Reading

_D = r"(?P<d>0?[1-9]|[12]\d|3[01])"
_M = r"(?P<m>0?[1-9]|1[0-2])"
_Y = r"(?P<y>(?:19|20)\d\d)"
_SEP = r"\s?[/.\-]\s?"
_DAY_WORD = (
    r"(?:ngày|sáng|chiều|tối|trưa|đêm|(?:sáng|chiều|tối|hôm) nay|thứ \w{2,4},?|chủ "
    r"nhật,?|từ|hôm|sớm|các ngày|hai ngày|[23] ngày)"
)
_FIRST = (
    r"(?P<d0>0?[1-9]|[12]\d|3[01])(?:\s?[/.\-]\s?(?P<m0>0?[1-9]|"
    r"1[0-2])(?:\s?[/.\-]\s?(?P<y0>(?:19|20)\d\d))?)?"
)
_JOIN = r"\s?(?:,|-|và|đến|tới)(?:\s(?:hết\s)?ngày)?\s?"
_TAIL = (
    rf"{_D}(?:{_SEP}{_M}(?:{_SEP}{_Y}|\s?năm\s{_Y.replace('<y>', '<y3>')})?|"
    rf"\stháng\s{_M.replace('<m>', '<m2>')}(?:[,]?\s(?:năm\s)?{_Y.replace('<y>', '<y2>')})?)(?![\d/])"
)
_DATE = re.compile(rf"(?<![\d/.,\-])(?:{_FIRST}{_JOIN})?{_TAIL}")
_LED = re.compile(rf"(?:^|\W){_DAY_WORD}(?:\s(?:ngày|thứ \w{{2,4}},?))?[\s(,]{{1,3}}$")


@dataclass(frozen=True, slots=True)
class DateFound:
    """Ngày đọc được: ``year`` None if not said here; ``led`` if a word such as "ngày" precedes."""

    span: Span
    day: int
    month: int
    year: int | None
    first: tuple[int, int] | None
    led: bool

    def iso(self, year: int | None) -> tuple[str, str]:
        """First and last day as ISO, with ``year`` where the text has none; ``--MM-DD`` without any."""
        start_day, start_month = self.first or (self.day, self.month)
        last_year = self.year or year
        # A meeting over the turn of the year begins in the year before.
        start_year = last_year - 1 if last_year and start_month > self.month else last_year
        return _iso(start_year, start_month, start_day), _iso(last_year, self.month, self.day)


def _iso(year: int | None, month: int, day: int) -> str:
    head = f"{year:04d}-" if year else "--"
    return f"{head}{month:02d}-{day:02d}"


def _is_day(day: int, month: int, year: int | None) -> bool:
    try:
        dt.date(year or 2000, month, day)
    except ValueError:
        return False
    return True


def find_dates(reading: Reading, within: Span) -> Iterator[DateFound]:
    """Các ngày trong đoạn. Bare "7/4" counts only after a word of day ("sáng 7/4"): it may be a fraction."""
    for match in _DATE.finditer(reading.key, within.start, within.end):
        found = _read(reading, match)
        if found and (found.led or found.year):
            yield found


def _read(reading: Reading, match: re.Match[str]) -> DateFound | None:
    part = match.groupdict()
    day, month = int(part["d"]), int(part["m"] or part["m2"] or 0)
    year = next((int(part[name]) for name in ("y", "y2", "y3") if part[name]), None)
    if not month or not _is_day(day, month, year):
        return None
    before = reading.key[max(0, match.start() - 24) : match.start()]
    led = bool(_LED.search(before)) or bool(part["m2"])
    start = match.start() if led or not part["d0"] else match.start("d")
    first = (int(part["d0"]), int(part["m0"] or month)) if part["d0"] and led else None
    if first and not _is_day(first[0], first[1], year):
        first = None
    return DateFound(Span(start, match.end()), day, month, year, first, led)
