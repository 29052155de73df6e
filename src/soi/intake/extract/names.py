"""Tên người: where people are named, with the title, rank and posts that stand around the name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from soi.intake.extract.lexicon.people import COURTESY, PLACES, RANKS, SURNAMES
from soi.intake.extract.model import PostMention, Span
from soi.intake.extract.posts import POST, post_end, post_mention
from soi.intake.extract.reading import LOWER, UPPER, Reading, key_of, longest_first

_SYLLABLE = rf"(?:H['’][{UPPER}][{LOWER}]{{1,7}}|[{UPPER}][{LOWER}]{{1,7}}|[{UPPER}]{{1,7}})"
_RUN = re.compile(rf"(?<!\w){_SYLLABLE}(?: {_SYLLABLE}){{0,11}}(?!\w)")
_RANK_BEFORE = re.compile(rf"(?<!\w)(?:{longest_first(RANKS)})\s{{1,2}}$")
_COURTESY_BEFORE = re.compile(rf"(?<!\w)(?:{longest_first(COURTESY)})\.?\s?:?\s{{0,2}}$")
_COURTESY_FIRST = re.compile(r"(?:ông|bà|anh|chị|cô|thầy)\s(?=\w)")
_GROUP_BEFORE = re.compile(r"(?<!\w)(?:các|hai|ba|[2-9])\s(?:đồng chí|ông|bà|đại biểu)\s?:?\s?$")
_SEPARATOR = re.compile(r"\s{0,2}(?:,|-|–|—|\()\s{0,2}")
_NEXT_NAME = re.compile(r"\s?(?:,|và|;)\s$")
_CLAUSE_START = re.compile(r"[;.!?…\n]\s|\n")
_VERB_INSIDE = re.compile(
    r"(?<!\w)(?:của|do|là|và|cho|với|được|đã|có|yêu cầu|đề nghị|nghe|theo|cùng|tại|từ)(?!\w)"
)
_PLACE_KEYS = frozenset(key_of(place) for place in PLACES)
_SURNAME_KEYS = frozenset(key_of(name) for name in SURNAMES)
_NOT_NAMES = frozenset(
    map(
        key_of,
        (
            "Hội nghị",
            "Đảng",
            "Trung ương",
            "Nhà nước",
            "Quân khu",
            "Chính phủ",
            "Quốc hội",
            "Đại hội",
            "Nghị quyết",
            "Chỉ thị",
            "Kết luận",
            "Hồ Chí Minh",
            "Covid",
            "Bác Hồ",
        ),
    )
)
_LOOK_BACK = 170
_LONGEST_NAME = 5


@dataclass(frozen=True, slots=True)
class Mention:
    """Một lần nhắc tên. ``whole`` runs from the title to the last post; the words around it tell the role."""

    name: Span
    whole: Span
    rank: Span | None
    posts: tuple[PostMention, ...]
    titled: bool


def find_mentions(reading: Reading, line: Span) -> Iterator[Mention]:
    """Các lần nhắc tên trong một dòng, in order; only names with a title, a rank or a post beside them."""
    previous: Mention | None = None
    for match in _RUN.finditer(reading.raw, line.start, line.end):
        if previous and match.start() < previous.whole.end:
            continue
        mention = _mention(reading, line, match, previous)
        if mention:
            previous = mention
            yield mention


def _mention(reading: Reading, line: Span, run: re.Match[str], previous: Mention | None) -> Mention | None:
    floor = previous.whole.end if previous else max(0, line.start - 12)
    start = _after_courtesy(reading, run)
    before, rank, titled = _titles_before(reading, start, floor)
    name = _name_in_run(reading, Span(start, run.end()), titled=titled)
    if name is None:
        return None
    follows = previous is not None and _is_listed(reading, previous, name)
    ahead = _posts_before(reading, name, before if titled else name.start, floor)
    posts, end = _posts_after(reading, name.end, line.end)
    whole = not titled and not follows and not ahead
    if whole and not (posts and _family_name_first(reading, name)):
        return None
    if ahead:
        before = min(before, ahead[0].span.start)
    return Mention(name, Span(min(before, name.start), max(end, name.end)), rank, (*ahead, *posts), titled)


def _after_courtesy(reading: Reading, run: re.Match[str]) -> int:
    """ "Ông Nguyễn Văn An": a title with a capital is part of the run, but not of the name."""
    title = _COURTESY_FIRST.match(reading.key, run.start(), run.end())
    return title.end() if title else run.start()


def _titles_before(reading: Reading, start: int, floor: int) -> tuple[int, Span | None, bool]:
    """Where the titles before a name begin, the rank among them, and whether there is any."""
    rank: Span | None = None
    at = start
    for _ in range(4):
        low = max(floor, at - 30)
        found = _RANK_BEFORE.search(reading.key, low, at)
        if found:
            rank = rank or reading.trimmed(found.start(), found.end())
        else:
            found = _COURTESY_BEFORE.search(reading.key, low, at) or _COURTESY_BEFORE.search(
                reading.key, low, at + 0
            )
        if not found:
            break
        at = found.start()
    return at, rank, at < start


def _name_in_run(reading: Reading, run: Span, *, titled: bool) -> Span | None:
    """The name inside a run of capitalised syllables."""
    bounds = _syllables(reading, run)
    bounds = _until_post(reading, bounds)
    if not bounds:
        return None
    if titled and len(bounds) <= _LONGEST_NAME and not POST.match(reading.key, run.start, run.end + 20):
        span = Span(bounds[0].start, bounds[-1].end)
        return None if _is_no_name(reading, span, bounds) else span
    return _tail_name(reading, bounds)


def _is_no_name(reading: Reading, span: Span, bounds: list[Span]) -> bool:
    """One syllable is a short form ("ông Hải"), capitals of up to three letters a title ("TS")."""
    return len(bounds) < 2 or reading.key_in(span) in _NOT_NAMES or _is_place(reading, span)


def _syllables(reading: Reading, run: Span) -> list[Span]:
    return [Span(m.start(), m.end()) for m in re.compile(r"[^ ]+").finditer(reading.raw, run.start, run.end)]


def _until_post(reading: Reading, bounds: list[Span]) -> list[Span]:
    """Cut the run where a post begins: "Nguyễn Văn An Phó Chủ tịch"."""
    for index, syllable in enumerate(bounds):
        if index >= 2 and POST.match(reading.key, syllable.start):
            return bounds[:index]
    return bounds


def _tail_name(reading: Reading, bounds: list[Span]) -> Span | None:
    """The last stretch that opens with a family name: "Bộ Công Thương | Đỗ Văn Hải"."""
    best: Span | None = None
    for length in range(2, min(_LONGEST_NAME, len(bounds)) + 1):
        first = bounds[-length]
        if reading.key_in(first) not in _SURNAME_KEYS:
            continue
        span = Span(first.start, bounds[-1].end)
        if _opens_with_place(reading, bounds, len(bounds) - length) or reading.key_in(span) in _NOT_NAMES:
            continue
        # Three or four syllables are the rule; a longer stretch only if nothing shorter fits.
        if best is None or length <= 4:
            best = span
    return best


def _opens_with_place(reading: Reading, bounds: list[Span], index: int) -> bool:
    for size in (2, 3):
        for first in (index, index - 1):
            if first >= 0 and first + size <= len(bounds):
                words = reading.key[bounds[first].start : bounds[first + size - 1].end]
                if words in _PLACE_KEYS and first + size > index:
                    return True
    return False


def _is_place(reading: Reading, span: Span) -> bool:
    return reading.key_in(span) in _PLACE_KEYS


def _family_name_first(reading: Reading, name: Span) -> bool:
    syllables = reading.key_in(name).split(" ")
    return 2 <= len(syllables) <= _LONGEST_NAME and syllables[0] in _SURNAME_KEYS


def _is_listed(reading: Reading, previous: Mention, name: Span) -> bool:
    """ "các đồng chí A, B và C": the names after the first have no title of their own."""
    between = reading.key[previous.whole.end : name.start]
    if len(between) > 6 or not _NEXT_NAME.search(between) or not _family_name_first(reading, name):
        return False
    before = reading.key[max(0, previous.whole.start - 24) : previous.name.start]
    return previous.titled and (";" in between or bool(_GROUP_BEFORE.search(before)) or not previous.posts)


def _posts_before(reading: Reading, name: Span, start: int, floor: int) -> tuple[PostMention, ...]:
    """Posts that run up to the name ("Ủy viên Trung ương Đảng, Bí thư Tỉnh ủy X"), in their order."""
    low = max(floor, start - _LOOK_BACK)
    for stop in _CLAUSE_START.finditer(reading.raw, low, start):
        low = stop.end()
    found: list[PostMention] = []
    end = start
    for _ in range(4):
        comma = max(reading.raw.rfind(",", low, end), reading.raw.rfind(":", low, end))
        piece_start = max(low, comma + 1)
        at = _post_in(reading, piece_start, end, first=not found)
        if at is None:
            break
        post = post_mention(reading, at, end)
        if post:
            found.insert(0, post)
        if comma < low or reading.raw[piece_start:at].strip():
            break
        end = comma
    return tuple(found)


def _post_in(reading: Reading, start: int, end: int, *, first: bool) -> int | None:
    for match in POST.finditer(reading.key, start, end):
        lead = reading.key[start : match.start()].strip()
        if lead and not first:
            return None
        if not _VERB_INSIDE.search(reading.key, match.end(), end) and end - match.start() <= 110:
            return match.start()
    return None


def _posts_after(reading: Reading, start: int, limit: int) -> tuple[list[PostMention], int]:
    """Posts after the name, split at commas and dashes; and where they end."""
    posts: list[PostMention] = []
    end = start
    while len(posts) < 12:
        separator = _SEPARATOR.match(reading.raw, end, limit)
        if not separator or not POST.match(reading.key, separator.end(), limit):
            break
        stop = post_end(reading, separator.end(), limit)
        post = post_mention(reading, separator.end(), stop)
        if post is None:
            break
        posts.append(post)
        end = post.span.end
        if end < limit and reading.raw[end] == ")":
            end += 1
    return posts, end


def name_key(name: str) -> str:
    """Khóa của tên: marks count, the place of the tone mark and capitals do not."""
    return " ".join(key_of(name).split())
