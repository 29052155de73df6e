"""Đơn vị tổ chức và địa điểm of a meeting."""

from __future__ import annotations

import re

from soi.intake.extract.dates import DateFound
from soi.intake.extract.layout import Layout
from soi.intake.extract.lexicon.organisations import MEETING_BODIES
from soi.intake.extract.model import Sourced, Span
from soi.intake.extract.posts import POST
from soi.intake.extract.reading import UPPER, Reading, cue, longest_first, span_of

_HEAD = re.compile(rf"(?<!\w)(?:{longest_first(MEETING_BODIES)})(?!\w)")
_HOLDS = re.compile(
    r"(?<!\w)(?:(?:đã|vừa|long trọng|cũng|sẽ|phối hợp|chính thức|cùng) ){0,2}"
    r"(?:tổ chức|khai mạc|tiến hành|triệu tập|họp|mở hội nghị|giao ban|có buổi làm "
    r"việc|làm việc với|sơ kết|tổng kết|kiểm điểm|sinh hoạt|tọa đàm|đánh giá|bế mạc|"
    r"triển khai|quán triệt)(?!\w)"
)
_OF = re.compile(r"(?<!\w)của\s(?=\w)")
_NUMBERED = re.compile(
    r"(?:hội nghị|kỳ họp|phiên họp|họp)\s(?:của\s)?(?P<org>[^,.;:\n]{3,80}?)\s(?:mở "
    r"rộng\s)?(?:lần|phiên|kỳ|khóa)(?!\w)"
)
_PLACE = re.compile(r"(?<!\w)tại\s")
_PLACE_LABEL = re.compile(r"địa điểm\s?:\s?")
_NOT_A_PLACE = cue(
    "hội nghị",
    "đây",
    "điểm cầu",
    "buổi",
    "báo cáo",
    "cuộc",
    "các",
    "phiên",
    "kỳ",
    "lễ",
    "đại hội",
    "đó",
    "nhiều",
    "một số",
)
_PLACE_END = re.compile(
    r"[,;:.\n(]|(?<!\w)(?:đã|vừa|tổ chức|diễn ra|do|để|và|dưới|với|nhằm|có|thuộc|"
    r"đồng chí|ban|thường trực)(?!\w)"
)
_LABEL_END = re.compile(r"[,;.\n]")
_COMES = cue("dự", "tham dự", "đến dự", "chủ trì")
_PURPOSE = cue("hội nghị", "giao ban", "kiểm điểm", "sơ kết", "tổng kết", "cuộc họp")
_LONGEST = 140


def find_place(reading: Reading, lead: Span | None, found: DateFound | None) -> Sourced[str] | None:
    """Địa điểm: "Địa điểm: …" of minutes, or "tại …" near the date and the verb of the lead."""
    if lead is None:
        return None
    window = Span(lead.start, min(len(reading.raw), lead.end + 200))
    label = _PLACE_LABEL.search(reading.key, window.start, window.end)
    if label:
        return _place_at(reading, label.end(), window.end, labelled=True)
    if found is None:
        return None
    for match in _PLACE.finditer(reading.key, lead.start, lead.end):
        place = _place_at(reading, match.end(), lead.end, labelled=False)
        if place:
            return place
    return None


def _place_at(reading: Reading, start: int, limit: int, *, labelled: bool) -> Sourced[str] | None:
    if not labelled and _NOT_A_PLACE.match(reading.key, start, limit):
        return None
    ending = _LABEL_END if labelled else _PLACE_END
    stop = ending.search(reading.key, start + 1, min(limit, start + 120))
    span = reading.trimmed(start, stop.start() if stop else min(limit, start + 120))
    if span is None or span.end - span.start < 3:
        return None
    if not labelled and not re.search(rf"[{UPPER}\d]", reading.words(span)):
        return None
    return Sourced(reading.words(span), (span,))


def find_organisation(
    layout: Layout, lead: Span | None, found: DateFound | None, title: Span | None
) -> Sourced[str] | None:
    """Đơn vị tổ chức: the letterhead, the subject of "tổ chức hội nghị", "hội nghị … của X", or the title."""
    reading = layout.reading
    span = _subject(reading, lead, found) if lead else None
    span = span or _from_letterhead(reading, layout.letterhead)
    span = span or (_numbered(reading, lead) or _owner(reading, lead) if lead else None)
    span = span or (_title_subject(reading, title) if title else None)
    return Sourced(reading.words(span), (span,)) if span else None


def _from_letterhead(reading: Reading, letterhead: tuple[Span, ...]) -> Span | None:
    """The lowest body named in capitals above the title: the upper line is the body above it."""
    bodies = [line for line in letterhead if _HEAD.match(reading.key, line.start, line.end)]
    bodies = [line for line in bodies if not reading.key_in(line).startswith(("đảng cộng sản", "cộng hòa"))]
    bodies = [line for line in bodies if line.end - line.start < _LONGEST]
    return bodies[-1] if bodies else None


def _subject(reading: Reading, lead: Span, found: DateFound | None) -> Span | None:
    """What stands between the date (and the place) and the verb of holding."""
    start = found.span.end if found and found.span.start < lead.start + 160 else lead.start
    head = _HEAD.search(reading.key, start, lead.end)
    while head and _is_place_of(reading, head.start(), start):
        head = _HEAD.search(reading.key, head.end(), lead.end)
    if head is None:
        return None
    verb = _HOLDS.search(reading.key, head.end(), min(lead.end, head.start() + _LONGEST + 60))
    if verb is None or verb.start() - head.start() > _LONGEST:
        return None
    span = reading.trimmed(head.start(), verb.start(), drop=" ,-–:\n")
    # Who comes to a meeting does not hold it.
    if span and (reading.find(_COMES, span) or _names_post(reading, span)):
        return None
    return _last_body(reading, span) if span else None


def _names_post(reading: Reading, span: Span) -> bool:
    pieces = [match.end() for match in re.compile(r",\s").finditer(reading.key, span.start, span.end)]
    return any(POST.match(reading.key, at, span.end) for at in pieces)


def _is_place_of(reading: Reading, position: int, start: int) -> bool:
    """ "tại Hội trường Bộ CHQS tỉnh, …": a body inside the words of the place."""
    before = reading.key[start:position]
    place = before.rfind("tại ")
    return place >= 0 and "," not in before[place:]


def _last_body(reading: Reading, span: Span) -> Span:
    """After a person in between ("dưới sự chủ trì của …, Đảng ủy X tổ chức") only the last body counts."""
    pieces = re.split(r",\s", reading.words(span))
    if len(pieces) == 1:
        return span
    offset = span.end - len(pieces[-1])
    persons = cue("đồng chí", "chủ trì", "bí thư", "chủ tịch", "ông", "bà")
    if persons.search(reading.key, span.start, offset) and _HEAD.match(reading.key, offset, span.end):
        return Span(offset, span.end)
    return span


def _numbered(reading: Reading, lead: Span) -> Span | None:
    match = _NUMBERED.search(reading.key, lead.start, lead.end)
    if not match or not _HEAD.match(reading.key, match.start("org"), match.end("org")):
        return None
    return span_of(match, "org")


def _owner(reading: Reading, lead: Span) -> Span | None:
    for match in _OF.finditer(reading.key, lead.start, lead.end):
        if not _HEAD.match(reading.key, match.end(), lead.end):
            continue
        stop = re.compile(r"[,;:.\n]| (?:năm|đã|do|để|nhằm|quý|tháng|về) ").search(
            reading.key, match.end(), lead.end
        )
        before = reading.key[max(lead.start, match.start() - 160) : match.start()]
        if _PURPOSE.search(before):
            return reading.trimmed(match.end(), stop.start() if stop else lead.end)
    return None


def _title_subject(reading: Reading, title: Span) -> Span | None:
    head = _HEAD.search(reading.key, title.start, title.end)
    if head is None:
        return None
    colon = reading.raw.find(":", head.end(), title.end)
    if 0 < colon - head.start() < _LONGEST:
        return reading.trimmed(head.start(), colon)
    verb = _HOLDS.search(reading.key, head.end(), title.end)
    end = verb.start() if verb else title.end
    return reading.trimmed(head.start(), end, drop=" ,-–:\n") if end - head.start() < _LONGEST else None
