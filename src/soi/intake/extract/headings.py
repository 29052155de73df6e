"""Đề mục: headings of reports and minutes, and the voice of what stands below them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from soi.intake.extract.model import Span
from soi.intake.extract.reading import Reading, cue, keyed
from soi.intake.extract.segments import without_marker


class Voice(Enum):
    """Giọng của một đoạn: what a passage does."""

    NONE = "none"
    TOPIC = "topic"  # a field of work: keeps the voice of the section it stands in
    OPEN = "open"  # an assessment: the words decide whether it is good or wanting
    STRENGTH = "strength"
    LIMITATION = "limitation"
    CAUSE = "cause"
    DIRECTION = "direction"
    RATING = "rating"


# Order matters: "nguyên nhân của hạn chế" is a cause, "biện pháp khắc phục hạn chế" a direction.
_HEADINGS: tuple[tuple[Voice, re.Pattern[str]], ...] = (
    (
        Voice.NONE,
        cue(
            r"nguyên nhân (?:của )?(?:những )?(?:kết quả|ưu điểm|thành tích|đạt được)",
            "bài học kinh nghiệm",
            "kinh nghiệm",
            "đặc điểm tình hình",
            "biểu quyết",
            "thành phần",
            "tình hình chung",
            "thuận lợi, khó khăn",
            "đặc điểm",
            "căn cứ",
            "cơ sở pháp lý",
        ),
    ),
    (
        Voice.RATING,
        cue(
            r"(?:tự )?(?:xếp loại|đánh giá, xếp loại|nhận mức)",
            "kết quả xếp loại",
            "khen thưởng",
            "kỷ luật",
            "mức xếp loại",
            "đề nghị xếp loại",
            "thi đua, khen thưởng",
        ),
    ),
    (
        Voice.DIRECTION,
        cue(
            r"(?:phương hướng|biện pháp|giải pháp|nhiệm vụ (?:trọng tâm|trong|năm|quý|tháng|"
            r"thời gian|chủ yếu|cụ thể)|kế hoạch (?:tháng|quý|năm|công tác)|chương trình "
            r"công tác|công tác (?:tháng|quý) tới|mục tiêu|chỉ tiêu|kiến nghị|đề xuất|hướng "
            r"khắc phục|công tác trọng tâm|nhiệm vụ và giải pháp|các nhiệm vụ|kết luận của|"
            r"nhiệm vụ|kế hoạch)"
        ),
    ),
    (Voice.CAUSE, cue(r"nguyên nhân")),
    (
        Voice.LIMITATION,
        cue(
            r"(?:những |các |về |một số )?(?:tồn tại|hạn chế|khuyết điểm|yếu kém|thiếu sót|"
            r"khó khăn|vướng mắc|mặt chưa được|chưa làm được|việc chưa làm được|mặt hạn chế|"
            r"nhược điểm|bất cập)"
        ),
    ),
    (
        Voice.STRENGTH,
        cue(
            r"(?:những |các |về |một số )?(?:ưu điểm|kết quả đạt được|kết quả|mặt mạnh|đã "
            r"làm được|mặt được|thành tích|việc đã làm|mặt đã làm được|kết quả (?:lãnh đạo|"
            r"thực hiện|công tác|hoạt động)|thành tựu|kết quả nổi bật|điểm mạnh)"
        ),
    ),
    (
        Voice.OPEN,
        cue(
            r"(?:tự )?(?:đánh giá|kiểm điểm|tình hình|nhận xét|sơ kết|tổng kết|ý kiến|thảo "
            r"luận|nội dung|phần|kết luận|phát biểu|thời gian|địa điểm)"
        ),
    ),
    (Voice.TOPIC, cue(r"(?:công tác|việc|thực hiện|về|lĩnh vực|xây dựng|trách nhiệm)")),
)
_NUMBERED = re.compile(r"(?:[IVX]{1,5}|[A-HĐ]|\d{1,2}(?:\.\d{1,2}){0,2}|[a-hđ])\s?[.)\-/]\s")
_BULLET = re.compile(r"[-–+•*]\s?")
_AT_FRONT = {Voice.OPEN, Voice.TOPIC}
_LONGEST = 130
_PART = re.compile(keyed(r"phần (?:thứ (?:nhất|hai|ba|tư|năm)|[ivx]{1,4}|\d|mở đầu|kết luận)(?!\w)"))
_PART_LONGEST = 40
_LABEL_LONGEST = 75
_PLAIN_LONGEST = 45


@dataclass(frozen=True, slots=True)
class Heading:
    """Đề mục: its voice, its words, what follows on the same line, and how deep it stands."""

    voice: Voice
    label: Span
    rest: Span | None
    top: bool


def read_heading(reading: Reading, line: Span, *, official: bool) -> Heading | None:
    """A heading with nothing else on its line, or a label before a colon; None for running text."""
    if _PART.match(reading.key, line.start, line.end) and line.end - line.start < _PART_LONGEST:
        return Heading(Voice.NONE, line, None, top=True)
    bare = without_marker(reading, line)
    marked = bare.start > line.start
    colon = reading.raw.find(":", bare.start, min(bare.end, bare.start + _LABEL_LONGEST))
    if colon > bare.start and (marked or official):
        return _labelled(reading, line, bare, colon)
    whole = bare.end - bare.start
    if whole > _LONGEST or reading.raw[bare.end - 1] in ".;,…":
        return None
    capitals = reading.words(bare).isupper()
    numbered = bool(_NUMBERED.match(reading.raw, line.start, line.end))
    if not (capitals or (numbered and official) or reading.raw[bare.end - 1] == ":"):
        return None
    voice = voice_of(reading, bare)
    short = whole <= _LABEL_LONGEST and (marked or whole <= _PLAIN_LONGEST)
    if voice is None or (not official and not capitals and (voice in _AT_FRONT or not short)):
        return None
    return Heading(voice, bare, None, top=_is_top(reading, line))


def _labelled(reading: Reading, line: Span, bare: Span, colon: int) -> Heading | None:
    label = Span(bare.start, colon)
    rest = reading.trimmed(colon + 1, line.end)
    voice = voice_of(reading, label)
    if voice is None:
        return None
    return Heading(
        voice,
        label,
        rest,
        top=_is_top(reading, line) and not _BULLET.match(reading.raw, line.start, line.end),
    )


def _is_top(reading: Reading, line: Span) -> bool:
    return (
        bool(re.match(r"(?:[IVX]{1,5}|[A-HĐ])\s?[.)\-/]\s", reading.words(line)))
        or reading.words(line).isupper()
    )


def voice_of(reading: Reading, label: Span) -> Voice | None:
    """The voice a heading gives to what stands below it, or None if it is no heading of this kind."""
    best: tuple[int, int] | None = None
    for rank, (voice, pattern) in enumerate(_HEADINGS):
        found = pattern.search(reading.key, label.start, label.end)
        if found is None or (voice in _AT_FRONT and found.start() - label.start >= 4):
            continue
        # "Hạn chế và nguyên nhân", "biện pháp khắc phục hạn chế": the earliest word decides.
        if best is None or (found.start(), rank) < best:
            best = (found.start(), rank)
    return _HEADINGS[best[1]][0] if best else None
