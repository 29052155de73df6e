"""Chức vụ: post phrases in a text, and the body named inside a post."""

from __future__ import annotations

import re
from functools import lru_cache

from soi.intake.extract.lexicon.people import COURTESY, POST_HEADS, POST_PREFIXES, RANKS
from soi.intake.extract.model import PostMention, Span
from soi.intake.extract.reading import UPPER, Reading, key_of, keyed, longest_first

_HEADS = longest_first(POST_HEADS)
_PREFIXES = longest_first(POST_PREFIXES)
POST = re.compile(rf"(?<!\w)(?<!ban )(?:(?:{_PREFIXES})\s)?(?:(?:{_HEADS})(?!\w))")
_TITLE = re.compile(rf"(?:{longest_first((*RANKS, *COURTESY))})(?!\w)")
# What ends a post: punctuation, or a verb of the meeting.
_VERBS = (
    "chủ trì|đồng chủ trì|dự|tham dự|tới dự|đến dự|cùng dự|phát biểu|trình bày|báo "
    "cáo|thông qua|quán triệt|kết luận|nhấn mạnh|khẳng định|"
    "yêu cầu|đề nghị|cho biết|cho hay|cho rằng|ghi nhận|biểu dương|đánh giá|trao|"
    "tặng|chụp ảnh|khai mạc|bế mạc|làm trưởng đoàn|làm chủ tọa|"
    "thay mặt|chúc mừng|đã|cũng|tại|nêu|tiếp thu|thừa nhận|lưu ý|giao|thông tin|"
    "công bố|nói|vừa|tham luận|bày tỏ|sẽ|đại diện|cùng|trực tiếp|có|"
    "chỉ đạo hội nghị|kiểm tra|đồng chí|điều hành hội nghị|điều hành|truyền đạt|"
    "giới thiệu|giải trình|thống nhất|cùng với|đến|lần lượt|gợi ý|chia sẻ|phân "
    "tích|"
    "làm rõ|tóm tắt|nhận xét|chỉ rõ|làm việc|dẫn đầu|chủ tọa|được|về dự|là|do|bởi|"
    "bị|vắng|hiện|cho|tặng hoa|động viên|nhận định|nhất trí"
)
_STOP = re.compile(rf"[,;:.()\n]|\s[-–—/]\s(?=\w)|\s(?={keyed(_VERBS)}(?!\w))|$")
_AND = re.compile(r"\svà\s")
_JOINED_LOWER = re.compile(
    r"(?:công nghệ|môi trường|đào tạo|thông tin|truyền thông|du lịch|xã hội|phát "
    r"triển|đô thị|đầu tư|hội nhập|phòng chống|lao động|dịch vụ)(?!\w)"
)
_QUALIFIERS = re.compile(
    keyed(
        r"(?:\s?(?:thường trực|thứ nhất|thứ hai|dự khuyết|chính trị|chuyên trách|kiêm "
        r"nhiệm|phụ trách|danh dự|chính thức|không chuyên trách|điều hành|thường "
        r"vụ(?=$)|trực|thường trực đặc biệt))?\s?"
    )
)
_KIEM = re.compile(r"(?<!\w)kiêm(?!\w)\s?")
# Heads whose last word is itself the body: "Trưởng ban Nội chính", "Chánh Văn phòng Tỉnh ủy".
_BODY_IN_HEAD = re.compile(
    r"(?:(?:phó|quyền|nguyên)\s)?(?:trưởng|phó|chánh|bí thư)\s(?:phó\s)?(?=(?:ban|"
    r"phòng|khoa|đoàn|khối|bộ môn|tiểu ban|công an|thôn|văn phòng|thanh tra)(?!\w))"
)
_LONGEST = 130


def post_end(reading: Reading, start: int, limit: int) -> int:
    """Where the post phrase that starts at ``start`` ends."""
    limit = min(limit, start + _LONGEST)
    head = POST.match(reading.key, start, limit)
    # "Phó Chủ tịch, Tổng thư ký": the head itself may hold no stop.
    at = head.end() if head else start
    stop = _STOP.search(reading.key, at, limit)
    end = stop.start() if stop else limit
    joint = at
    while joint_match := _AND.search(reading.key, joint, end):
        if _breaks(reading, joint_match.end(), end):
            return joint_match.start()
        joint = joint_match.end()
    return end


def _breaks(reading: Reading, after: int, limit: int) -> bool:
    """Whether "và" opens something new: another post, another person, a group."""
    if POST.match(reading.key, after, limit + 40) or _TITLE.match(reading.key, after, limit + 40):
        return True
    return not re.match(f"[{UPPER}]", reading.raw[after : after + 1]) and not _JOINED_LOWER.match(
        reading.key, after
    )


def post_mention(reading: Reading, start: int, end: int) -> PostMention | None:
    """The post in [start, end), with the body it names."""
    span = reading.trimmed(start, end, drop=" \n\t,-–—.:;")
    if span is None:
        return None
    org = _body_of(reading, span)
    return PostMention(reading.words(span), span, reading.words(org) if org else "", org)


def _body_of(reading: Reading, span: Span) -> Span | None:
    start = span.start
    while kiem := _KIEM.search(reading.key, start, span.end):
        start = kiem.end()
    inside = _BODY_IN_HEAD.match(reading.key, start, span.end)
    if inside and not reading.key.startswith("ban thường trực", inside.end()):
        bare = re.fullmatch(r"\w+(?:\s(?:phòng|tra))?", reading.key[inside.end() : span.end])
        return None if bare else reading.trimmed(inside.end(), span.end)
    head = POST.match(reading.key, start, span.end)
    if head is None:
        return None
    if reading.key.startswith(" thường trực ban ", head.end()):
        return reading.trimmed(head.end() + len(" thường trực"), span.end)
    qualifier = _QUALIFIERS.match(reading.key, head.end(), span.end)
    return reading.trimmed(qualifier.end() if qualifier else head.end(), span.end)


def is_shorter_form(short: str, long: str) -> bool:
    """Whether every word of ``short`` stands, in this order, in ``long`` (and something more does)."""
    shorter, longer = _words(short), _words(long)
    if len(shorter) >= len(longer):
        return False
    rest = iter(longer)
    return all(word in rest for word in shorter)


@lru_cache(maxsize=8192)
def _words(post: str) -> tuple[str, ...]:
    return tuple(word.strip(",.") for word in key_of(post).split())


def without_shorter(posts: list[PostMention]) -> tuple[PostMention, ...]:
    """Bỏ cách gọi tắt: each post once, in its fullest form."""
    once: dict[str, PostMention] = {}
    for post in posts:
        once.setdefault(key_of(post.post), post)
    kept = [
        p for p in once.values() if not any(is_shorter_form(p.post, other.post) for other in once.values())
    ]
    return tuple(kept)
