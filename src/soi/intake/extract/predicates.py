"""Vị ngữ: what a single clause says by its own words, whatever stands before it."""

from __future__ import annotations

import re

from soi.intake.extract.lexicon import cues
from soi.intake.extract.model import Span
from soi.intake.extract.reading import Reading, cue, key_of, longest_first, plain_cue

_LIMITATION = cue(*cues.LIMITATION_STRONG)
_STRENGTH = cue(*cues.STRENGTH_STRONG)
_IMPERATIVE = re.compile(rf"(?:(?:đồng thời|trong đó|bên cạnh đó|ngoài ra|nhất là|trước hết|trước mắt|thứ (?:nhất|hai|ba|tư|năm)|(?:một|hai|ba|bốn|năm) là|cùng với đó|theo đó|mặt khác)[,:]?\s)?(?:{longest_first(cues.IMPERATIVES)})(?!\w)")
_DEMAND = cue("cần", "phải", "sẽ", "cần phải", "cần tiếp tục", "tiếp tục", "phấn đấu", "trong thời gian tới", "thời gian tới")
_DONE = cue("đã", "được", "vừa", "đạt", "tăng", "qua đó")
_TURN = re.compile(rf"(?:{'|'.join(key_of(turn) for turn in cues.TURNS)})(?!\w)[\s,]*")
LIMITATION_NOUN = plain_cue(*cues.LIMITATION_NOUNS)
# The course of the meeting itself: nobody's strength and nobody's task.
META = cue(
    r"(?:các )?(?:đại biểu|ý kiến|đồng chí)(?: [\w,]+){0,12}? (?:thảo luận|phân tích|đóng góp|tham gia ý kiến|trao đổi|tham luận|biểu quyết|nhất trí|tập trung|tiến hành|kiểm điểm|làm rõ)",
    r"hội nghị (?:đã |cũng |còn |tiếp tục )*(?:nghe|được nghe|thảo luận|biểu quyết|thông qua|tiến hành|dành|nhất trí|thống nhất (?:với|thông qua)|bầu|kết thúc|diễn ra|bế mạc|quán triệt)",
    r"(?:tại|trong|sau|qua|thông qua) (?:hội nghị|thảo luận|buổi|cuộc họp)[^.;:]{0,60}(?:đã )?(?:thảo luận|nghe|biểu quyết|thông qua|nhất trí|tiến hành|bầu|phân tích)",
    r"chủ trì hội nghị", r"dự hội nghị", r"tham dự", r"tổ chức (?:thành công )?(?:hội nghị|cuộc họp|buổi)", r"dự và chỉ đạo", r"giơ tay", r"kết thúc (?:lúc|vào)", r"phát biểu khai mạc", r"biên bản (?:được|này)",
    r"về dự", r"cùng dự", r"có mặt", r"trình bày (?:dự thảo |tóm tắt )?báo cáo", r"làm việc với", r"xem xét,? cho ý kiến", r"cho ý kiến (?:vào|về|đối với)", r"tiến hành (?:các )?(?:nội dung|kiểm điểm|bầu|thảo luận)", r"thay mặt",
)  # fmt: skip
# How the meeting is to discuss, or how its report is to be worded.
DISCUSS = re.compile(key_of(
    r"(?:[^,;:.]{0,80}?\s)?(?:cần |phải |nên |hãy )?(?:tiếp tục |nghiêm túc |thẳng thắn |tập trung )*(?:thảo luận|phân tích|đóng góp|tham gia (?:ý kiến|đóng góp|thảo luận)|cho ý kiến|kiểm điểm (?:làm rõ|sâu|kỹ)|làm rõ|nêu rõ|bổ sung (?:vào )?(?:dự thảo )?báo cáo|tiếp thu(?: \w+){0,6} hoàn (?:thiện|chỉnh) (?:dự thảo |báo cáo)|hoàn (?:thiện|chỉnh) (?:dự thảo )?báo cáo|phân tích (?:rõ|làm rõ|mặt))(?!\w)"
))  # fmt: skip


def limits(reading: Reading, span: Span) -> int:
    """How many words of shortcoming the clause holds."""
    return sum(1 for _ in _LIMITATION.finditer(reading.key, span.start, span.end))


def praises(reading: Reading, span: Span) -> int:
    """How many words of achievement the clause holds."""
    return sum(1 for _ in _STRENGTH.finditer(reading.key, span.start, span.end))


def is_imperative(reading: Reading, span: Span) -> bool:
    """Whether the clause opens with a verb of task and reports nothing done."""
    return bool(_IMPERATIVE.match(reading.key, span.start, span.end))


def is_done(reading: Reading, span: Span) -> bool:
    """Whether the clause reports something done."""
    return reading.find(_DONE, span) is not None


def demands(reading: Reading, span: Span) -> bool:
    """Whether the clause says what must or will be done."""
    return reading.find(_DEMAND, span) is not None


def turn(reading: Reading, span: Span) -> int | None:
    """Where a clause goes on after "Tuy nhiên, …"; None if it opens with no such word."""
    match = _TURN.match(reading.key, span.start, span.end)
    return match.end() if match else None


def is_meta(reading: Reading, span: Span) -> bool:
    """Whether the clause tells of the course of the meeting."""
    return reading.find(META, span) is not None


def is_discussion(reading: Reading, span: Span) -> bool:
    """Whether the clause tells how to discuss, not what to do."""
    return bool(DISCUSS.match(reading.key, span.start, span.end))
