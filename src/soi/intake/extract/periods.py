"""Kỳ đánh giá: period expressions ("quý I/2021", "6 tháng đầu năm", "nhiệm kỳ 2020 – 2025") and their labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from soi.intake.extract.model import Span
from soi.intake.extract.reading import Reading, keyed

_YEAR = r"(?:19|20)\d\d"
_NUMBERS = {
    "một": 1,
    "hai": 2,
    "ba": 3,
    "tư": 4,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
    "giêng": 1,
}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_WORDS = "|".join(_NUMBERS)
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"(?<!\w)(?:{keyed(pattern)})(?!\w)"))
    for name, pattern in (
        ("term", rf"nhiệm kỳ\s(?:đại hội\s)?(?P<a>{_YEAR})\s?-\s?(?P<b>{_YEAR})"),
        (
            "years",
            (
                rf"(?P<n>\d{{1,2}}|{_WORDS}) năm (?:thực hiện|triển khai|thi hành|tổ chức thực "
                r"hiện|đẩy mạnh|học tập)"
            ),
        ),
        (
            "quarter",
            (
                rf"quý\s(?P<n>iv|i{{1,3}}|[1-4]|một|hai|ba|tư)(?:\s?[/\-]\s?(?P<y>{_YEAR})|"
                rf",?\snăm\s(?P<y2>{_YEAR}))?"
            ),
        ),
        ("half", rf"(?:6|06|sáu) tháng (?P<n>đầu|cuối)(?:\snăm)?(?:\s(?P<y>{_YEAR}))?"),
        (
            "months",
            (
                r"(?P<n>0?[2-57-9]|1[01]|chín|ba|tám|mười) tháng(?:\sđầu)?(?:\s(?:của "
                rf")?năm)?(?:\s(?P<y>{_YEAR}))?"
            ),
        ),
        (
            "month",
            (
                rf"(?<!\d )(?<!\d)tháng\s(?P<n>0?[1-9]|1[0-2]|{_WORDS})(?!\s(?:đầu|"
                rf"cuối))(?:\s?[/\-]\s?(?P<y>{_YEAR})|,?\snăm\s(?P<y2>{_YEAR}))?"
            ),
        ),
        ("year", rf"(?:năm(?:\s(?:học|công tác|ngân sách))?\s)(?P<y>{_YEAR})(?!\s?-\s?{_YEAR})"),
    )
)


@dataclass(frozen=True, slots=True)
class PeriodFound:
    """Kỳ đọc được: ``unit`` is the label without its year ("Q1", "H2", "9M", "11", "" for a year)."""

    span: Span
    unit: str
    year: int | None
    whole: str = ""

    def label(self, year: int | None) -> str | None:
        """The label, with ``year`` where the text has none; None if it stays unknown."""
        if self.whole:
            return self.whole
        known = self.year or year
        if not known:
            return None
        return f"{known}-{self.unit}" if self.unit else str(known)


def find_periods(reading: Reading, within: Span) -> Iterator[PeriodFound]:
    """Các kỳ trong đoạn, in the order of the text; a longer expression hides the shorter inside it."""
    found: list[PeriodFound] = []
    taken: set[int] = set()
    for name, pattern in _PATTERNS:
        for match in pattern.finditer(reading.key, within.start, within.end):
            period = _read(name, match)
            if period and not (taken & {period.span.start, period.span.end - 1}):
                found.append(period)
                taken.update(range(period.span.start, period.span.end))
    yield from sorted(found, key=lambda period: period.span)


def _number(word: str) -> int:
    return _NUMBERS.get(word) or _ROMAN.get(word) or int(word)


def _read(name: str, match: re.Match[str]) -> PeriodFound | None:
    part = match.groupdict()
    span = Span(match.start(), match.end())
    written = part.get("y") or part.get("y2")
    year = int(written) if written else None
    if name == "term":
        return PeriodFound(span, "", None, f"{part['a']}-{part['b']}") if part["a"] < part["b"] else None
    if name == "years":
        return PeriodFound(span, "", None, f"P{_number(part['n'])}Y")
    if name == "half":
        return PeriodFound(span, "H1" if part["n"] == "đầu" else "H2", year)
    if name == "year":
        return PeriodFound(span, "", year)
    number = _number(part["n"])
    units = {"quarter": f"Q{number}", "months": f"{number}M", "month": f"{number:02d}"}
    return PeriodFound(span, units[name], year)


def unit_months(unit: str) -> tuple[int, int]:
    """First and last month of a label's unit ("Q3" → 7, 9; "" → 1, 12; "9M" → 1, 9)."""
    if unit.startswith("Q"):
        last = int(unit[1:]) * 3
        return last - 2, last
    if unit.startswith("H"):
        return (1, 6) if unit == "H1" else (7, 12)
    if unit.endswith("M"):
        return 1, int(unit[:-1])
    return (int(unit), int(unit)) if unit else (1, 12)
