"""Phần báo chí: byline, picture credit and date of publication."""

from __future__ import annotations

import re

from soi.intake.extract.dates import find_dates
from soi.intake.extract.lexicon.people import PLACES, SURNAMES
from soi.intake.extract.model import Article, Sourced, Span
from soi.intake.extract.reading import LOWER, UPPER, Reading

_SYLLABLE = rf"(?:[{UPPER}][{LOWER}]{{1,6}}|[{UPPER}]{{1,7}})"
_PEN_NAME = rf"{_SYLLABLE}(?:[ ]{_SYLLABLE}){{0,4}}"
_AUTHORS = rf"{_PEN_NAME}(?:\s?[-–,&]\s?{_PEN_NAME}){{0,3}}"
# "Tin, ảnh: X" · "Bài và ảnh: X" · "Tin: X; ảnh: Y" · "Ảnh: X" · "Theo X".
_CREDIT = re.compile(
    r"(?:(?P<both>(?:tin|bài|nội dung|thực hiện)\s?(?:[,&-]|và|"
    r",\s?bài,?)?\s?(?:bài\s?(?:,|và)?\s?)?(?:ảnh|hình)(?:\s?minh họa)?)"
    r"|(?P<text>tin bài|tin|bài|tác giả|người viết|nguồn tin|thực hiện|biên tập)|"
    r"(?P<picture>ảnh|hình ảnh|ảnh tư liệu|photo|hình))\s?:\s*",
    re.IGNORECASE,
)
_NAME_AFTER = re.compile(
    rf"(?P<name>(?:[{UPPER}][{UPPER}{LOWER}.]{{0,14}})(?:[ ](?:(?!(?:Ảnh|ảnh|Tin|Bài|"
    rf"ẢNH)\b)[{UPPER}][{UPPER}{LOWER}.]{{0,14}}|[-–&](?!\s(?:Ảnh|Tin|Bài|ẢNH)\b)|"
    r"và)){0,6})"
)
_NAME_LINE = re.compile(rf"(?P<name>{_AUTHORS})(?:\s?[,(/–-]\s?(?P<outlet>[^\n.;:]{{2,60}}?)\)?)?\.?$")
_PUBLISHED = re.compile(
    r"(?:ngày đăng|đăng ngày|đăng lúc|cập nhật(?: lúc)?|xuất bản|ngày xuất bản|thời gian đăng)\s?:?",
    re.IGNORECASE,
)
_TIME = re.compile(r"\d{1,2}\s?[:hg]\s?\d{2}")
_WEEKDAY = re.compile(r"(?:thứ \w{2,4}|chủ nhật)\b", re.IGNORECASE)
_LONGEST_BYLINE = 80
_LONGEST_DATELINE = 70


def datelines(reading: Reading, head: list[Span]) -> list[Span]:
    """Dòng ngày đăng: short lines near the head that hold little more than a date."""
    return [line for line in head[:8] if _is_dateline(reading, line)]


def _is_dateline(reading: Reading, line: Span) -> bool:
    if line.end - line.start > _LONGEST_DATELINE:
        return False
    dates = list(find_dates(reading, line))
    if not dates or not dates[0].year:
        return False
    words = reading.words(line)
    if _PUBLISHED.match(words):
        return True
    rest = words[: dates[0].span.start - line.start] + words[dates[0].span.end - line.start :]
    rest = _WEEKDAY.sub("", _TIME.sub("", rest))
    letters = sum(letter.isalpha() for letter in rest)
    return letters <= 14


def bylines(reading: Reading, lines: list[Span]) -> list[Span]:
    """Dòng tên tác giả: "Tin, ảnh: X", or a name alone on one of the last lines."""
    found = [line for line in lines if _is_credit_line(reading, line)]
    tail = [line for line in lines[-5:] if line not in found and line.start > len(reading.raw) // 3]
    found.extend(line for line in tail if _is_name_line(reading, line))
    return sorted(found)


def _is_credit_line(reading: Reading, line: Span) -> bool:
    if line.end - line.start > _LONGEST_BYLINE:
        return False
    match = _CREDIT.match(reading.raw, line.start, line.end)
    return bool(match and not match["picture"] and _NAME_AFTER.match(reading.raw, match.end(), line.end))


def _is_name_line(reading: Reading, line: Span) -> bool:
    if line.end - line.start > _LONGEST_BYLINE:
        return False
    match = _NAME_LINE.match(reading.raw, line.start, line.end)
    return bool(match and _is_pen_name(match["name"]))


def _is_pen_name(name: str) -> bool:
    first = re.split(r"\s?[-–,&]\s?", name)[0]
    syllables = first.split(" ")
    if not 2 <= len(syllables) <= 4 or first.title() in PLACES:
        return False
    # All in capitals is a pen name; otherwise a family name should open it, or two plain syllables.
    return first.isupper() or syllables[0].title() in SURNAMES or len(syllables) == 2


def read_article(
    reading: Reading,
    *,
    bylines: tuple[Span, ...],
    datelines: tuple[Span, ...],
    captions: tuple[Span, ...],
    boilerplate: tuple[Span, ...],
) -> Article:
    """Đọc phần báo chí from the lines the layout has set apart."""
    author, photographer = _credits(reading, bylines)
    if author is None and not bylines:
        author, second = _credits_at_end(reading)
        photographer = photographer or second
    picture = _first_picture_credit(reading, captions)
    return Article(
        author=author,
        photographer=_earlier(photographer, picture),
        published=_published(reading, datelines),
        captions=captions,
        boilerplate=boilerplate,
    )


def _earlier(one: Sourced[str] | None, two: Sourced[str] | None) -> Sourced[str] | None:
    if one is None or two is None:
        return one or two
    return min(one, two, key=lambda sourced: sourced.evidence[0])


def _credits(reading: Reading, found: tuple[Span, ...]) -> tuple[Sourced[str] | None, Sourced[str] | None]:
    author: Sourced[str] | None = None
    photographer: Sourced[str] | None = None
    for line in found:
        for role, name in _named(reading, line):
            if role != "picture":
                author = author or name
            if role != "text":
                photographer = photographer or name
    if author is None and (plain := _plain_byline(reading, found)):
        author = plain
    return author, photographer


def _plain_byline(reading: Reading, found: tuple[Span, ...]) -> Sourced[str] | None:
    for line in found:
        match = _NAME_LINE.match(reading.raw, line.start, line.end)
        if match and not _CREDIT.match(reading.raw, line.start, line.end):
            return Sourced(match["name"], (Span(match.start("name"), match.end("name")),))
    return None


def _named(reading: Reading, line: Span) -> list[tuple[str, Sourced[str]]]:
    """(which credit, name) pairs of a line such as "Tin: X; ảnh: Y"."""
    pairs = []
    for match in _CREDIT.finditer(reading.raw, line.start, line.end):
        name = _NAME_AFTER.match(reading.raw, match.end(), line.end)
        if name:
            span = reading.trimmed(name.start(), name.end(), drop=" .,-–&")
            if span:
                pairs.append((match.lastgroup or "text", Sourced(reading.words(span), (span,))))
    return pairs


def _credits_at_end(reading: Reading) -> tuple[Sourced[str] | None, Sourced[str] | None]:
    """ "… thực tiễn. Tin, ảnh: X" at the end of a text that has lost its line breaks."""
    end = len(reading.raw.rstrip())
    if not end:
        return None, None
    window = Span(max(0, end - 120), end)
    stop = max(reading.raw.rfind(". ", window.start, end), reading.raw.rfind("\n", window.start, end))
    matches = [match for match in _CREDIT.finditer(reading.raw, window.start, end) if not match["picture"]]
    if not matches or (stop > 0 and matches[-1].start() < stop - 60):
        return None, None
    return _credits(reading, (Span(matches[-1].start(), end),))


def _first_picture_credit(reading: Reading, captions: tuple[Span, ...]) -> Sourced[str] | None:
    for caption in captions:
        for role, name in _named(reading, caption):
            if role in {"picture", "both"}:
                return name
    return None


def _published(reading: Reading, found: tuple[Span, ...]) -> Sourced[str] | None:
    ordered = sorted(found, key=lambda line: not _PUBLISHED.match(reading.raw, line.start, line.end))
    for line in ordered:
        for date in find_dates(reading, line):
            if date.year:
                return Sourced(date.iso(None)[1], (date.span,))
    return None
