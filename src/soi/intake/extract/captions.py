"""Chú thích ảnh: lines, or pieces of lines, that describe a picture."""

from __future__ import annotations

import re
from collections import Counter

from soi.intake.extract.lexicon.people import COURTESY, POST_HEADS, RANKS
from soi.intake.extract.model import Span
from soi.intake.extract.names import find_mentions
from soi.intake.extract.reading import LOWER, UPPER, Reading, cue, longest_first
from soi.intake.extract.segments import sentences

_SCENE = cue(
    r"(?:toàn|quang|khung) cảnh(?: \w+){0,6}",
    r"hình ảnh",
    r"(?:các )?đại biểu (?:tham )?dự(?: \w+){0,8}",
    r"ảnh \d{1,2}",
    r"một góc",
    r"ảnh",
    r"(?:các )?đại biểu(?: [\w,]+){0,12} chụp ảnh",
    r"(?:đoàn )?chủ tịch đoàn(?: \w+){0,4}",
    r"lễ chào cờ",
)
_PICTURE = cue(
    "chụp ảnh lưu niệm",
    "chụp ảnh",
    r"(?:ảnh|photo)\s?:",
    r"\(ảnh[^)]{0,40}\)",
    "trong ảnh",
    "ảnh minh họa",
    "ảnh tư liệu",
)
_CREDIT_END = re.compile(r"(?:Ảnh|ảnh|ẢNH|Photo)\s?:\s?[^\n.:]{2,40}\.?$")
_GROUPS = ("Phó", "Tân", "Thủ trưởng", "Đoàn công tác", "Lãnh đạo", "Thường trực")
_PERSON_START = re.compile(
    rf"(?:từ trái sang[^:]{{0,20}}:\s?)?(?:{longest_first((*RANKS, *COURTESY, *POST_HEADS, *_GROUPS))})(?!\w)"
)
_CAPTION_VERB = cue(
    r"phát biểu(?: \w+){0,6}",
    r"(?:đồng )?chủ trì(?: \w+){0,5}",
    r"trao(?: tặng)?(?: [\w,]+){1,30}",
    r"trình bày(?: [\w,]+){0,14}",
    r"tặng(?: \w+){1,20}",
    r"điều hành(?: \w+){0,5}",
    r"báo cáo(?: \w+){0,6}",
    r"kết luận(?: \w+){0,4}",
    r"(?:tham )?dự(?: \w+){0,8}",
    r"kiểm tra(?: [\w,]+){1,14}",
    r"tham luận(?: \w+){0,5}",
    r"chỉ đạo(?: \w+){0,4}",
    r"bỏ phiếu(?: \w+){0,6}",
    r"làm việc (?:với|tại)(?: [\w,/]+){1,16}",
)
_STUCK = re.compile(
    r"(?:Quang cảnh|Toàn cảnh)(?: (?:hội nghị|buổi họp|buổi lễ|cuộc họp|buổi làm "
    rf"việc|phiên họp|đại hội|Hội nghị|Đại hội))(?=\s[{UPPER}][{LOWER}])"
)
_TOLD = ("chủ trì", "đồng chủ trì", "dự", "tham dự", "điều hành")
_COMES = cue("tới dự", "đến dự", "về dự", "dự và")
_EVENT = cue("hội nghị", "buổi", "lễ", "phiên họp", "cuộc họp", "đại hội")
_LONGEST = 330
_BODY_ENDS = '.:;!?…"”)'


def captions(reading: Reading, lines: list[Span]) -> list[Span]:
    """Các chú thích ảnh among the lines below the title."""
    twice = _repeated(reading, lines)
    found = [line for index, line in enumerate(lines) if _is_caption(reading, lines, index, twice)]
    for line in lines:
        if line not in found:
            found.extend(_inside(reading, line))
    return sorted(found)


def _repeated(reading: Reading, lines: list[Span]) -> set[str]:
    """Short lines printed more than once: portals repeat captions below the text."""
    counts = Counter(reading.key_in(line) for line in lines if 20 <= line.end - line.start <= _LONGEST)
    return {words for words, times in counts.items() if times > 1}


def _is_caption(reading: Reading, lines: list[Span], index: int, twice: set[str]) -> bool:
    line = lines[index]
    if line.end - line.start > _LONGEST:
        return False
    if _marked(reading, line):
        return True
    if len(list(sentences(reading, line))) > 1:
        return False
    if reading.key_in(line) in twice:
        return True
    if _EVENT.match(reading.key, line.start, line.end) and not _any_verb(reading, line):
        return True
    return _describes(reading, line) or _unclosed(reading, lines, index)


def _marked(reading: Reading, line: Span) -> bool:
    """Set in italics by the file, opened by "Ảnh 1:", "Quang cảnh …", or closed by a credit."""
    words = reading.words(line)
    italic = len(words) > 12 and words[0] == words[-1] == "*" and words[1] not in "* "
    scene = _SCENE.match(reading.key, line.start, line.end)
    named = scene is not None and (line.end - line.start) < 200 and ";" not in words
    return (
        italic
        or bool(named)
        or bool(_CREDIT_END.search(words))
        or bool(_PICTURE.search(reading.key_in(line)))
    )


def _describes(reading: Reading, line: Span) -> bool:
    """A person, posts, one verb of the scene and nothing more; or a person with posts and no verb at all."""
    if not _opens_with_person(reading, line) or reading.find(_COMES, line):
        return False
    if any(mark in reading.words(line) for mark in ":;"):
        return False
    verb = _last(reading, line)
    if verb is None:
        return line.end - line.start < 120 and not _any_verb(reading, line)
    # The body, too, says who chairs or attends in one line; a caption repeats somebody already named.
    told = verb.group().startswith(_TOLD) and not _named_before(reading, line)
    return verb.end() >= line.end - 2 and not told


def _opens_with_person(reading: Reading, line: Span) -> bool:
    if _PERSON_START.match(reading.key, line.start, line.end):
        return True
    first = next(find_mentions(reading, line), None)
    return first is not None and first.whole.start <= line.start


def _named_before(reading: Reading, line: Span) -> bool:
    first = next(find_mentions(reading, line), None)
    return first is not None and reading.raw.find(reading.words(first.name), 0, line.start) >= 0


def _last(reading: Reading, line: Span) -> re.Match[str] | None:
    last = None
    for match in _CAPTION_VERB.finditer(reading.key, line.start, line.end):
        last = match
    return last


_FINITE = cue(
    "đã",
    "sẽ",
    "là",
    "có",
    "được",
    "cần",
    "phải",
    "yêu cầu",
    "đề nghị",
    "cho biết",
    "nhấn mạnh",
    "tổ chức",
    "hoàn thành",
    "thực hiện",
    "chưa",
    "còn",
    "tiếp tục",
    "nói",
    "khẳng định",
    "cho rằng",
    "đạt",
    "triển khai",
)


def _any_verb(reading: Reading, line: Span) -> bool:
    return reading.find(_FINITE, line) is not None


def _unclosed(reading: Reading, lines: list[Span], index: int) -> bool:
    """One line without a closing stop among paragraphs that have one (not the lead, not a list item)."""
    line = lines[index]
    first = reading.raw[line.start]
    if index == 0 or reading.raw[line.end - 1] in _BODY_ENDS or not re.match(f"[{UPPER}]", first):
        return False
    if not 15 <= line.end - line.start <= 260 or re.match(r"[A-ZĐ]{1,4}[.)]\s", reading.words(line)):
        return False
    neighbours = [lines[other] for other in (index - 1, index + 1) if 0 <= other < len(lines)]
    closed = [
        near for near in neighbours if reading.raw[near.end - 1] in _BODY_ENDS and near.end - near.start > 120
    ]
    return len(closed) == len(neighbours) and not reading.words(line).isupper()


def _inside(reading: Reading, line: Span) -> list[Span]:
    """ "Quang cảnh hội nghị Báo cáo cho thấy …": captions that have lost their line break."""
    found = [Span(match.start(), match.end()) for match in _STUCK.finditer(reading.raw, line.start, line.end)]
    *before, last = sentences(reading, line)
    # The body closes its sentences; a last one that is left open and shows somebody at something is a caption.
    left_open = reading.raw[last.end - 1] not in _BODY_ENDS and last.end - last.start < _LONGEST
    shows = _PERSON_START.match(reading.key, last.start, last.end) and reading.find(_CAPTION_VERB, last)
    if before and left_open and shows:
        found.append(last)
    return found
