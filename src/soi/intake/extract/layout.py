"""Bố cục: which lines are title, body, caption, byline, letterhead or page furniture."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from soi.intake.extract import article as press
from soi.intake.extract.boilerplate import page_furniture
from soi.intake.extract.captions import captions
from soi.intake.extract.model import Span
from soi.intake.extract.reading import LOWER, Reading, cue
from soi.intake.extract.segments import lines as lines_of
from soi.intake.extract.segments import sentences as sentences_of
from soi.intake.extract.segments import without_marker

_REPORT_TITLE = cue(
    "báo cáo",
    "tự kiểm điểm",
    "bản kiểm điểm",
    "nghị quyết",
    "kế hoạch",
    "thông báo",
    "chỉ thị",
    "hướng dẫn",
    "chương trình",
    "tờ trình",
    "kết luận",
    "quyết định",
)
_MINUTES_TITLE = cue("biên bản", "giấy mời", "bài phát biểu")
_SIGNATURE = re.compile(
    r"(?:t/m|tm\.?|kt\.?|tl\.?|tuq\.?|q\.)\s|nơi nhận\b|người ghi biên bản|chủ "
    r"(?:tọa|trì)$|thư ký$|bí thư$|xác nhận của"
)
_HEAD_LINES = 14
_TITLE_LONGEST = 260
_STANDFIRST_LONGEST = 420
_LEAD_START = re.compile(
    r"(?:[^\n]{0,30}[-–(]\s?)?(?:vừa qua|(?:trong )?(?:các |hai |2 |3 )?ngày|"
    r"(?:rạng )?sáng|chiều|tối|hôm nay|mới đây)(?!\w)"
)


@dataclass(frozen=True)
class Layout:
    """Bố cục của một văn bản; all spans are whole lines but for captions, which may stand inside a line."""

    reading: Reading
    lines: tuple[Span, ...]
    furniture: tuple[Span, ...]
    captions: tuple[Span, ...]
    bylines: tuple[Span, ...]
    datelines: tuple[Span, ...]
    title: Span | None
    report_title: Span | None
    minutes_title: Span | None
    letterhead: tuple[Span, ...]
    signature: Span | None

    @cached_property
    def body(self) -> tuple[Span, ...]:
        """Các đoạn thân bài: lines (or what is left of them) that carry the report itself."""
        hidden = sorted({*self.furniture, *self.bylines, *self.datelines, *self.letterhead, *self.captions})
        titles = {span for span in (self.title, self.report_title, self.minutes_title) if span}
        last = self.signature.start if self.signature else len(self.reading.raw)
        kept = (line for line in self.lines if line not in titles and line.start < last)
        return tuple(part for line in kept for part in _uncovered(self.reading, line, hidden))

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Các câu của thân bài."""
        bare = (without_marker(self.reading, line) for line in self.body)
        return tuple(sentence for line in bare for sentence in sentences_of(self.reading, line))

    @cached_property
    def standfirst(self) -> Span | None:
        """Dòng sa-pô: a short first paragraph that says in brief what the lead below it begins to tell."""
        if self.title is None or self.report_title or self.minutes_title or len(self.body) < 3:
            return None
        first, second = self.body[0], self.body[1]
        short = first.end - first.start < _STANDFIRST_LONGEST
        leads = _LEAD_START.match(self.reading.key, second.start, second.end)
        return (
            first
            if short and leads and not _LEAD_START.match(self.reading.key, first.start, first.end)
            else None
        )

    @cached_property
    def people_lines(self) -> tuple[Span, ...]:
        """Nơi tìm người: body, title and captions."""
        extra = [span for span in (self.title,) if span]
        return tuple(sorted({*self.body, *self.captions, *extra}))


def _uncovered(reading: Reading, line: Span, hidden: list[Span]) -> list[Span]:
    """What the hidden spans (sorted, each within one line) leave of the line."""
    parts = [line]
    for cover in hidden[bisect_left(hidden, Span(line.start, line.start + 1)) :]:
        if cover.start >= line.end:
            break
        parts = [piece for part in parts for piece in _minus(reading, part, cover)]
    return parts


def _minus(reading: Reading, part: Span, cover: Span) -> list[Span]:
    if not part.overlaps(cover):
        return [part]
    pieces = (
        reading.trimmed(part.start, cover.start) if cover.start > part.start else None,
        reading.trimmed(cover.end, part.end) if cover.end < part.end else None,
    )
    return [piece for piece in pieces if piece]


def _is_capitals(reading: Reading, line: Span) -> bool:
    letters = [letter for letter in reading.words(line) if letter.isalpha()]
    return len(letters) >= 4 and sum(letter.isupper() for letter in letters) >= 0.8 * len(letters)


def _title_with(reading: Reading, head: list[Span], words: re.Pattern[str]) -> Span | None:
    for line in head:
        match = words.match(reading.key, line.start, line.end)
        if match and _is_capitals(reading, line) and line.end - line.start < _TITLE_LONGEST:
            return line
    return None


def _letterhead(reading: Reading, head: list[Span], title: Span | None) -> tuple[Span, ...]:
    """Lines in capitals, numbers and mottos above the title of an official paper."""
    if title is None:
        return ()
    return tuple(line for line in head if line.start < title.start)


def _signature(reading: Reading, lines: list[Span], *, official: bool) -> Span | None:
    if not official:
        return None
    for line in lines[max(3, len(lines) // 2) :]:
        if line.end - line.start < 90 and _SIGNATURE.match(reading.key, line.start, line.end):
            return line
    return None


def _headline(reading: Reading, rest: list[Span]) -> Span | None:
    """The first line, if it reads like a headline: short, without a closing stop, with text after it."""
    if len(rest) < 2:
        return None
    first = rest[0]
    short = first.end - first.start < _TITLE_LONGEST
    closed = reading.raw[first.end - 1] in ".;:"
    starts_small = bool(re.match(f"[{LOWER}]", reading.raw[first.start]))
    return first if short and not closed and not starts_small else None


def lay_out(reading: Reading) -> Layout:
    """Nhận bố cục của văn bản."""
    lines = list(lines_of(reading))
    furniture = page_furniture(reading, lines)
    covered = set(furniture)
    rest = [line for line in lines if line not in covered]
    head = rest[:_HEAD_LINES]
    minutes = _title_with(reading, head, _MINUTES_TITLE)
    report = None if minutes else _title_with(reading, head, _REPORT_TITLE)
    official = minutes or report
    datelines = press.datelines(reading, head) if not official else []
    bylines = press.bylines(reading, rest) if not official else []
    plain_lines = [line for line in rest if line not in {*datelines, *bylines}]
    title = official or _headline(reading, plain_lines)
    body_lines = [line for line in plain_lines if line != title]
    found = captions(reading, body_lines) if not official else []
    return Layout(
        reading=reading,
        lines=tuple(lines),
        furniture=tuple(furniture),
        captions=tuple(found),
        bylines=tuple(bylines),
        datelines=tuple(datelines),
        title=title,
        report_title=report,
        minutes_title=minutes,
        letterhead=_letterhead(reading, head, official),
        signature=_signature(reading, rest, official=official is not None),
    )
