"""Văn bản được viện dẫn: by number ("Chỉ thị số 05-CT/TW ngày …") or by proper name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from soi.intake.extract.dates import find_dates
from soi.intake.extract.layout import Layout
from soi.intake.extract.lexicon.documents import DOCUMENT_TYPES, TYPE_ALIASES
from soi.intake.extract.lexicon.organisations import ORG_HEADS
from soi.intake.extract.model import DocumentCited, Sourced, Span
from soi.intake.extract.posts import is_shorter_form
from soi.intake.extract.reading import LOWER, UPPER, Reading, key_of, keyed, longest_first

_TYPES = longest_first(DOCUMENT_TYPES)
_LETTERS = rf"[{UPPER}][{UPPER}{LOWER}\d]{{0,11}}"
_CODE = rf"(?:/(?:19|20)\d\d)?(?:\s?[-–/]\s?{_LETTERS}){{1,5}}"
_NUMBER = re.compile(
    rf"\s(?:số\s?:?\s?)?(?P<number>\d{{1,5}}[a-zA-Z]?(?:{_CODE}|/(?:19|20)\d\d)?)(?![\d,.]\d|\w|\s?%)"
)
_TYPE = re.compile(rf"(?<!\w)(?:{_TYPES})(?!\w)")
_NEXT_NUMBER = re.compile(rf"\s?(?:,|và|;)\s(?:số\s)?(?P<number>\d{{1,5}}{_CODE})")
_OF = re.compile(rf"\s?,?\s?(?:của|do)\s(?=[{UPPER}]|ban|bộ|đảng|tỉnh|thành|huyện)")
_DATED = re.compile(r"\s?,?\s?(?:ban hành\s)?(?:ngày\s)")
_HEADS = longest_first(ORG_HEADS)
_ISSUER_BEFORE = re.compile(
    rf"(?<!\w)(?P<org>(?:{_HEADS})(?:\s[^\s,.;:()]+){{0,8}}?)\s(?:đã\s)?ban hành\s(?:các\s|kèm theo\s)?$"
)
_ISSUER_END = re.compile(
    r"[,;:.()\n\"“”]|\s(?=(?:về|và|ở|đã|ngày|được|trong|tại|để|nhằm|là|có|gắn|cho|"
    r"do|với|đối|theo|quy định|trên|sau|khi)(?!\w))"
)
_JOINED_ISSUER = re.compile(rf"\svà\s(?=[{UPPER}])")
# A resolution of a congress or of the Central Committee has a proper name instead of a number.
_NAMED = re.compile(
    keyed(
        r"(?<!\w)(?:(?P<type>nghị quyết|chỉ thị|kết luận|quy định)\s(?:"
        r"(?:của\s)?đại hội(?:\s[\w,]+){0,12}?\slần thứ\s(?:[ivxlc]{1,7}|"
        r"\d{1,2})(?:\s(?:của đảng|đảng cộng sản việt nam))?"
        r"|(?:hội nghị\s)?(?:lần thứ\s(?:[ivx]{1,6}|\d{1,2}|\w{2,6})\s)?(?:ban chấp "
        r"hành\s)?trung ương(?: đảng)?\s(?:[ivx]{1,6}|\d{1,2}|(?:lần thứ "
        r")?\w{2,4})(?:,?\s\(?khóa\s[ivx]{1,6}\)?)?"
        r"|trung ương\s\d{1,2}(?:,?\s\(?khóa\s[ivx]{1,6}\)?)?"
        r"|của\s(?:bộ chính trị|ban bí thư|ban chấp hành trung ương)(?: "
        r"đảng)?(?:\skhóa\s[ivx]{1,6})?\svề\s[^,;.:()\n]{12,160}"
        r"))(?!\w)"
    )
)
_LONGEST_ISSUER = 90


@dataclass(frozen=True, slots=True)
class _Found:
    type: str
    span: Span
    number: str | None
    issuer: Sourced[str] | None
    date: Sourced[str] | None
    name: str | None


def read_documents(layout: Layout) -> tuple[DocumentCited, ...]:
    """Các văn bản được viện dẫn, each once."""
    reading = layout.reading
    spans = [span for span in (layout.title if not layout.report_title else None,) if span]
    found = [
        item
        for line in (*spans, *layout.body)
        for item in (*_numbered(reading, line), *_named(reading, line))
    ]
    return tuple(_once(found))


def _type_of(words: str) -> str:
    key = " ".join(words.split())
    return TYPE_ALIASES.get(key, key)


def _numbered(reading: Reading, line: Span) -> Iterator[_Found]:
    for match in _TYPE.finditer(reading.key, line.start, line.end):
        number = _NUMBER.match(reading.raw, match.end(), line.end)
        if not number:
            continue
        said = reading.key[match.end() : number.start("number")].strip()
        # A bare number needs the word "số", a code, or a capital: "kế hoạch 5 năm" is no citation.
        bare = number["number"].isdigit()
        if bare and (
            not _may_be_bare(reading, match, number)
            or (not said and not reading.raw[match.start()].isupper())
        ):
            continue
        yield _cited(reading, line, match, number["number"], number.end())
        yield from _further(reading, line, match, number.end())


def _may_be_bare(reading: Reading, match: re.Match[str], number: re.Match[str]) -> bool:
    after = reading.key[number.end() : number.end() + 12].strip()
    unit = re.match(
        (
            r"(?:năm|tháng|ngày|người|đồng chí|nhiệm vụ|nội dung|%|chỉ tiêu|giải pháp|đơn "
            r"vị|lượt|tỷ|triệu|mục|nhóm|khâu|điểm|bước)"
        ),
        after,
    )
    return unit is None and match.group() not in {"báo cáo", "chương trình", "quy trình"}


def _further(reading: Reading, line: Span, match: re.Match[str], at: int) -> Iterator[_Found]:
    """ "các Nghị quyết số 18-NQ/TW, 19-NQ/TW"."""
    while following := _NEXT_NUMBER.match(reading.raw, at, line.end):
        yield _cited(
            reading, line, match, following["number"], following.end(), start=following.start("number")
        )
        at = following.end()


def _cited(
    reading: Reading, line: Span, match: re.Match[str], number: str, end: int, *, start: int | None = None
) -> _Found:
    date, after = _date_after(reading, line, end)
    issuer, last = _issuer_after(reading, line, after)
    if date is None and issuer is not None:
        date, last = _date_after(reading, line, last)
    issuer = issuer or _issuer_before(reading, line, match.start())
    compact = re.sub(r"\s", "", number).replace("–", "-")
    return _Found(
        _type_of(match.group()),
        Span(match.start() if start is None else start, end),
        compact,
        issuer,
        date,
        None,
    )


def _date_after(reading: Reading, line: Span, at: int) -> tuple[Sourced[str] | None, int]:
    led = _DATED.match(reading.key, at, line.end)
    if not led:
        return None, at
    for date in find_dates(reading, Span(led.end() - 5, min(line.end, led.end() + 40))):
        if date.span.start <= led.end() + 1 and date.year:
            return Sourced(date.iso(None)[1], (date.span,)), date.span.end
        break
    return None, at


def _issuer_after(reading: Reading, line: Span, at: int) -> tuple[Sourced[str] | None, int]:
    led = _OF.match(reading.raw, at, line.end)
    if not led:
        return None, at
    span = _issuer_span(reading, led.end(), min(line.end, led.end() + _LONGEST_ISSUER))
    return (Sourced(reading.words(span), (span,)), span.end) if span else (None, at)


def _issuer_span(reading: Reading, start: int, limit: int) -> Span | None:
    stop = _ISSUER_END.search(reading.key, start, limit)
    end = stop.start() if stop else limit
    joined = _JOINED_ISSUER.match(reading.raw, end, limit)
    # "Bộ Khoa học và Công nghệ" goes on; "Bộ Chính trị và Chỉ thị …" does not.
    if (
        joined
        and not _TYPE.match(reading.key, joined.end())
        and not re.match(_HEADS, reading.key[joined.end() : limit])
    ):
        stop = _ISSUER_END.search(reading.key, joined.end(), limit)
        end = stop.start() if stop else limit
    return reading.trimmed(start, end)


def _issuer_before(reading: Reading, line: Span, at: int) -> Sourced[str] | None:
    window = max(line.start, at - 110)
    match = _ISSUER_BEFORE.search(reading.key, window, at)
    if not match:
        return None
    span = Span(match.start("org"), match.end("org"))
    return Sourced(reading.words(span), (span,))


def _named(reading: Reading, line: Span) -> Iterator[_Found]:
    for match in _NAMED.finditer(reading.key, line.start, line.end):
        span = reading.trimmed(match.start(), match.end(), drop=" ,")
        if span:
            yield _Found(match["type"], span, None, _issuer_inside(reading, span), None, reading.words(span))


def _issuer_inside(reading: Reading, span: Span) -> Sourced[str] | None:
    match = re.compile(
        r"\scủa\s(?P<org>(?:bộ chính trị|ban bí thư|ban chấp hành trung ương)(?: "
        r"đảng)?(?:\skhóa\s[ivx]{1,6})?)"
    ).search(reading.key, span.start, span.end)
    if not match:
        return None
    org = Span(match.start("org"), match.end("org"))
    return Sourced(reading.words(org), (org,))


def _once(found: list[_Found]) -> Iterator[DocumentCited]:
    groups: list[list[_Found]] = []
    for item in found:
        group = next((group for group in groups if _same(group[0], item)), None)
        if group is None:
            groups.append([item])
        else:
            group.append(item)
    for group in groups:
        best = max(group, key=lambda item: len(item.name or ""))
        yield DocumentCited(
            type=best.type,
            spans=tuple(item.span for item in group),
            number=best.number,
            issuer=next((item.issuer for item in group if item.issuer), None),
            date=next((item.date for item in group if item.date), None),
            name=best.name,
        )


def _same(one: _Found, two: _Found) -> bool:
    if one.type != two.type or bool(one.number) != bool(two.number):
        return False
    if one.number and two.number:
        return _bare(one.number) == _bare(two.number)
    first, second = one.name or "", two.name or ""
    first, second = _words(first), _words(second)
    return first == second or is_shorter_form(first, second) or is_shorter_form(second, first)


def _words(name: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", key_of(name)).split())


def _bare(number: str) -> str:
    return re.sub(r"[\s\-–.]", "", key_of(number))
