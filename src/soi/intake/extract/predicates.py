"""Vị ngữ: what a single clause says by its own words, whatever stands before it."""

from __future__ import annotations

import re

from soi.intake.extract.lexicon import cues
from soi.intake.extract.model import Span
from soi.intake.extract.reading import Reading, cue, keyed, longest_first, plain_cue

_LIMITATION = cue(*cues.LIMITATION_STRONG)
_STRENGTH = cue(*cues.STRENGTH_STRONG)
_IMPERATIVE = re.compile(
    r"(?:(?:đồng thời|trong đó|bên cạnh đó|ngoài ra|nhất là|trước hết|trước mắt|thứ "
    r"(?:nhất|hai|ba|tư|năm)|(?:một|hai|ba|bốn|năm) là|cùng với đó|theo đó|mặt "
    rf"khác)[,:]?\s)?(?:{longest_first(cues.IMPERATIVES)})(?!\w)"
)
_DEMAND = cue("cần", "phải", "sẽ")
_DONE = cue("đã", "được", "vừa", "đạt", "tăng", "qua đó")
# A shortcoming that was found and dealt with is a result: "phát hiện, xử lý 12 vụ vi phạm …".
_DEALT_WITH = cue(
    "phát hiện",
    "xử lý",
    "ngăn chặn",
    "phòng, chống",
    "phòng chống",
    "đấu tranh",
    "kiểm tra",
    "giải quyết",
    "đẩy lùi",
    "khắc phục",
    "không để",
    "không có",
    "chống",
    "hạn chế",
)
_DEALT_REACH = 34
_PAST = cue(
    r"đã(?! (?:xác định|đề ra|nêu|ban hành|chỉ ra|đạt được|phê duyệt|ký|giao|được|có|đăng ký))",
    r"vừa(?! (?:ban hành|qua))",
)
_TURN = re.compile(rf"(?:{'|'.join(keyed(turn) for turn in cues.TURNS)})(?!\w)[\s,]*")
LIMITATION_NOUN = plain_cue(*cues.LIMITATION_NOUNS)
# The course of the meeting itself: nobody's strength and nobody's task.
META = cue(
    (
        r"(?:các )?(?:đại biểu|ý kiến|đồng chí)(?: [\w,]+){0,12}? (?:thảo luận|phân "
        r"tích|đóng góp|tham gia ý kiến|trao đổi|tham luận|biểu quyết|nhất trí|tập "
        r"trung|tiến hành|kiểm điểm|làm rõ)"
    ),
    (
        r"hội nghị (?:đã |cũng |còn |tiếp tục )*(?:nghe|được nghe|thảo luận|biểu quyết|"
        r"thông qua|tiến hành|dành|nhất trí|thống nhất (?:với|thông qua)|bầu|kết thúc|"
        r"diễn ra|bế mạc|quán triệt)"
    ),
    (
        r"(?:tại|trong|sau|qua|thông qua) (?:hội nghị|thảo luận|buổi|cuộc "
        r"họp)[^.;:]{0,60}(?:đã )?(?:thảo luận|nghe|biểu quyết|thông qua|nhất trí|tiến "
        r"hành|bầu|phân tích)"
    ),
    r"(?:tổ chức|họp|tiến hành)(?: \w+){0,4} (?:kiểm điểm|sơ kết|tổng kết|giao ban|hội nghị)",
    r"chủ trì hội nghị",
    r"dự hội nghị",
    r"tham dự",
    r"tổ chức (?:thành công )?(?:hội nghị|cuộc họp|buổi)",
    r"dự và chỉ đạo",
    r"giơ tay",
    r"kết thúc (?:lúc|vào)",
    r"phát biểu khai mạc",
    r"biên bản (?:được|này)",
    r"hội nghị (?:là|có ý nghĩa|nhằm|diễn ra|được tổ chức)",
    r"trước đó",
    r"trình bày (?:\w+ ){0,3}báo cáo",
    r"về dự",
    r"cùng dự",
    r"có mặt",
    r"trình bày (?:dự thảo |tóm tắt )?báo cáo",
    r"làm việc với",
    r"xem xét,? cho ý kiến",
    r"cho ý kiến (?:vào|về|đối với)",
    r"tiến hành (?:các )?(?:nội dung|kiểm điểm|bầu|thảo luận)",
    r"thay mặt",
)
# How the meeting is to discuss, or how its report is to be worded.
DISCUSS = re.compile(
    keyed(
        r"(?:[^;:.]{0,130}?\s(?:cần |phải |nên |hãy |hội nghị )|cần |(?:các )?(?:đại biểu|đồng chí) )?(?:tiếp "
        r"tục |nghiêm túc |thẳng thắn |tập trung |dự hội nghị |các )*(?:thảo luận|phân "
        r"tích|đóng góp ý kiến|tham gia (?:ý kiến|đóng góp|thảo luận)|cho ý kiến|kiểm "
        r"điểm (?:làm rõ|sâu|kỹ)|làm rõ|nêu rõ|bổ sung (?:vào )?(?:dự thảo )?báo cáo|"
        r"tiếp thu(?: \w+){0,6} hoàn (?:thiện|chỉnh) (?:dự thảo |báo cáo)|hoàn (?:thiện|"
        r"chỉnh) (?:dự thảo )?báo cáo|phân tích (?:rõ|làm rõ|mặt))(?!\w)"
    )
)


def limits(reading: Reading, span: Span) -> int:
    """How many words of shortcoming the clause holds."""
    return sum(
        not _dealt_with(reading, span, match)
        for match in _LIMITATION.finditer(reading.key, span.start, span.end)
    )


def _dealt_with(reading: Reading, span: Span, match: re.Match[str]) -> bool:
    # "chưa", "còn", "thiếu" speak of what is, whatever verb stands before them.
    if match.group().startswith(("chưa", "còn", "thiếu", "không", "vẫn", "buông")):
        return False
    return (
        _DEALT_WITH.search(reading.key, max(span.start, match.start() - _DEALT_REACH), match.start())
        is not None
    )


def praises(reading: Reading, span: Span) -> int:
    """How many words of achievement the clause holds."""
    return sum(1 for _ in _STRENGTH.finditer(reading.key, span.start, span.end))


def is_imperative(reading: Reading, span: Span) -> bool:
    """Whether the clause opens with a verb of task and reports nothing done."""
    opens = _IMPERATIVE.match(reading.key, span.start, span.end)
    return opens is not None and reading.find(_PAST, span) is None


def is_done(reading: Reading, span: Span) -> bool:
    """Whether the clause reports something done."""
    return reading.find(_DONE, span) is not None


def demands(reading: Reading, span: Span, *, reach: int = 100_000) -> bool:
    """Whether the clause says what must be done (in its first ``reach`` characters) before what was done."""
    modal = _DEMAND.search(reading.key, span.start, min(span.end, span.start + reach))
    if modal is None:
        return False
    done = reading.find(_PAST, span)
    return done is None or modal.start() < done.start()


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
