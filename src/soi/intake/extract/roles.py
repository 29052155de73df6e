"""Vai trò: what the words around a name say the person does in the meeting."""

from __future__ import annotations

import re

from soi.intake.extract.model import Role, RoleMention, Span
from soi.intake.extract.names import Mention
from soi.intake.extract.reading import Reading, cue, keyed

_FILLER = (
    r"(?:,|đã|cũng|cùng|tới|đến|vừa|trực tiếp|đồng|lần lượt|thay "
    r"mặt[^,.;\n]{0,80},?|đại diện[^,.;\n]{0,80},?|được|tiếp tục|và|còn|với|tham "
    r"gia|"
    r"làm trưởng đoàn|đồng thời|sau đó|thống nhất|\s)"
)
_AFTER: tuple[tuple[re.Pattern[str], tuple[Role, ...]], ...] = tuple(
    (re.compile(keyed(rf"[\s,:-]{{0,3}}(?:{_FILLER}\s?){{0,5}}(?P<verb>{pattern})(?!\w)")), roles)
    for pattern, roles in (
        (r"(?:đồng )?chủ trì|điều hành|chủ tọa|làm chủ tọa", (Role.CHAIR,)),
        (
            (
                r"(?:tham |tới |đến |về )?dự(?:,| và)?(?: hội nghị)?(?:,| và)? (?:phát biểu "
                r")?chỉ đạo|(?:tham )?dự(?: và|,)? phát biểu chỉ đạo|chỉ đạo hội nghị"
            ),
            (Role.DIRECT,),
        ),
        (
            (
                r"(?:tham |tới |đến |về )?dự(?:,| và)?(?: hội nghị)?(?:,| và)? phát biểu chỉ "
                r"đạo|(?:có )?(?:bài |ý kiến )?phát biểu(?: kết luận)?(?:,| và)? chỉ đạo"
            ),
            (Role.DIRECT, Role.SPEAK),
        ),
        (
            (
                r"trình bày|báo cáo|thông qua|quán triệt|tham luận|truyền đạt|công bố|phổ biến|"
                r"giới thiệu|đọc|giải trình|tóm tắt"
            ),
            (Role.PRESENT,),
        ),
        (
            (
                r"phát biểu|kết luận|yêu cầu|đề nghị|nhấn mạnh|khẳng định|cho rằng|ghi nhận|"
                r"biểu dương|đánh giá|thừa nhận|giao|lưu ý|tiếp thu|bày tỏ|chúc mừng|nêu|chỉ rõ|"
                r"gợi ý|chia sẻ|kiến nghị|đề xuất|khai mạc|bế mạc|phân tích|làm rõ|nhất trí|chỉ "
                r"đạo|trao đổi|nhận định|cảm ơn|hứa|thông tin thêm|thống nhất"
            ),
            (Role.SPEAK,),
        ),
        (r"(?:tham |tới |đến |về |cùng )?dự|có mặt|thư ký|làm thư ký", (Role.ATTEND,)),
    )
)
# Verbs by which a reporter goes on reporting: no speech of its own after "Báo cáo của …".
_REPORTING = re.compile(
    keyed(rf"[\s,:-]{{0,3}}(?:{_FILLER}\s?){{0,3}}(?P<verb>cho biết|cho hay|nói|thông tin)(?!\w)")
)
_BEFORE: tuple[tuple[re.Pattern[str], tuple[Role, ...]], ...] = tuple(
    (cue(pattern), roles)
    for pattern, roles in (
        (
            (
                r"(?:đồng )?chủ trì(?: (?:hội nghị|cuộc họp|buổi họp))?(?: (?:có|là|"
                r"gồm)[^.;\n]{0,20}| của|:|,)|chủ trì:|chủ tọa:?|sự chủ trì của|điều hành(?: "
                r"\w+){0,3} (?:có|là)"
            ),
            (Role.CHAIR,),
        ),
        (
            (
                r"(?:tham |tới |đến )?dự(?:,| và)?(?: hội nghị)?(?:,| và)? (?:phát biểu )?chỉ "
                r"đạo(?: \w+){0,4}?(?: có| gồm|:)|dự, chỉ đạo:?|dự và chỉ đạo:?"
            ),
            (Role.DIRECT,),
        ),
        (
            (
                r"phát biểu chỉ đạo[^.;\n]{0,40},|(?:sự |bài )?phát biểu chỉ đạo của|tiếp thu "
                r"(?:các )?ý kiến chỉ đạo của"
            ),
            (Role.DIRECT, Role.SPEAK),
        ),
        (
            (
                r"(?:nghe|báo cáo của|tham luận của|báo cáo với[^,\n]{0,40},|trình bày của|báo "
                r"cáo do|theo báo cáo của)"
            ),
            (Role.PRESENT,),
        ),
        (
            (
                r"(?:phát biểu|kết luận|khai mạc|bế mạc|thay mặt|tiếp thu|kết "
                r"thúc)(?![^,.;\n]{0,60} có)[^.;\n]{0,100},|(?:phát biểu|kết luận|yêu cầu|đề "
                r"nghị) của|trả lời[^.;\n]{0,30},"
            ),
            (Role.SPEAK,),
        ),
        (
            (
                r"(?:(?:tham |tới |đến |cùng |về )?dự|có mặt|tham gia|thành phần)(?: "
                r"[^.;:\n]{0,100})?(?: có| gồm|:)|về phía[^.;:\n]{0,90} có|cùng dự(?: "
                r"\w+){0,3}(?: có)?|sự (?:tham dự|có mặt|tham gia) của|thư ký:?|có sự tham dự"
            ),
            (Role.ATTEND,),
        ),
    )
)
_ABSENT = cue("vắng", "vắng mặt", "xin nghỉ")
_LINE_SPEAKER = re.compile(r"(?:\s?\([^()\n]{1,40}\)|\s?[-–,]\s[^:\n]{2,50}?)?\s?:\s?")
_WINDOW = 90
# "Báo cáo của" presents only the one named right after it.
_NEAR = 4
_LABEL = 90


def roles_of(
    reading: Reading,
    mention: Mention,
    *,
    before: Span | None,
    after: Span | None,
    inherited: tuple[RoleMention, ...],
) -> tuple[RoleMention, ...]:
    """Vai trò của một lần nhắc tên; ``inherited``: roles of the list it stands in ("Dự hội nghị có …")."""
    found: list[RoleMention] = list(_said_after(reading, after)) if after else []
    own = _said_before(reading, before) if before else ()
    found.extend(own or (inherited if not found or _is_open_list(found) else ()))
    return tuple(dict.fromkeys(found))


def _is_open_list(found: list[RoleMention]) -> bool:
    return all(role.role is Role.ATTEND for role in found)


def is_absent(reading: Reading, before: Span | None) -> bool:
    """Whether the name stands in the list of the absent."""
    return before is not None and reading.find(_ABSENT, before) is not None


def _said_after(reading: Reading, after: Span) -> tuple[RoleMention, ...]:
    end = min(after.end, after.start + _WINDOW + 60)
    best: tuple[int, tuple[Role, ...], Span] | None = None
    for pattern, roles in _AFTER:
        match = pattern.match(reading.key, after.start, end)
        if match:
            span = Span(match.start("verb"), match.end("verb"))
            if (
                best is None
                or len(roles) > len(best[1])
                or (span.start, -span.end) < (best[2].start, -best[2].end)
            ):
                best = (span.start, roles, span)
    if best is None:
        return ()
    return (
        *(RoleMention(role, best[2]) for role in best[1]),
        *_second_verb(reading, best[2].end, end, best[1]),
    )


_SECOND = re.compile(
    keyed(r"[^,.;:\n]{0,30}(?: và |, )(?P<verb>phát biểu chỉ đạo|phát biểu|kết luận|trình bày|chủ trì)(?!\w)")
)
_SECOND_ROLES = {
    "phát biểu chỉ đạo": (Role.DIRECT, Role.SPEAK),
    "trình bày": (Role.PRESENT,),
    "chủ trì": (Role.CHAIR,),
}


def _second_verb(reading: Reading, start: int, end: int, first: tuple[Role, ...]) -> tuple[RoleMention, ...]:
    """ "chủ trì và kết luận hội nghị", "dự và phát biểu"."""
    match = _SECOND.match(reading.key, start, end)
    if not match:
        return ()
    roles = _SECOND_ROLES.get(match["verb"], (Role.SPEAK,))
    return tuple(
        RoleMention(role, Span(match.start("verb"), match.end("verb"))) for role in roles if role not in first
    )


def is_reporting(reading: Reading, after: Span | None) -> RoleMention | None:
    """ "ông A cho biết": a speaker, unless he is the one who presents the report."""
    if after is None:
        return None
    match = _REPORTING.match(reading.key, after.start, min(after.end, after.start + _WINDOW))
    return RoleMention(Role.SPEAK, Span(match.start("verb"), match.end("verb"))) if match else None


def _said_before(reading: Reading, before: Span) -> tuple[RoleMention, ...]:
    best: tuple[int, tuple[Role, ...], Span] | None = None
    for pattern, roles in _BEFORE:
        for match in pattern.finditer(reading.key, max(before.start, before.end - 260), before.end):
            if Role.PRESENT in roles and match.end() < before.end - _NEAR and not match.group().endswith(","):
                continue
            if best is None or match.end() > best[0]:
                best = (match.end(), roles, Span(match.start(), match.end()))
    if best is None:
        return ()
    return tuple(RoleMention(role, best[2]) for role in best[1])


def announced_list(reading: Reading, line: Span) -> tuple[RoleMention, ...]:
    """ "Thành phần tham dự:" alone on its line: the role of all who are listed below it."""
    end = line.end if reading.raw[line.end - 1] == ":" else 0
    label = Span(line.start, end) if line.start < end <= line.start + _LABEL else None
    return _said_before(reading, label) if label else ()


def speaks_in_minutes(reading: Reading, line: Span, mention: Mention) -> RoleMention | None:
    """ "- Đ/c A: đề nghị …": a line of minutes that opens with a name and a colon."""
    if mention.whole.start - line.start > 6:
        return None
    match = _LINE_SPEAKER.match(reading.raw, mention.whole.end, line.end)
    return (
        RoleMention(Role.SPEAK, Span(mention.name.start, mention.name.end))
        if match and match.end() < line.end
        else None
    )


def settled(roles: list[RoleMention]) -> tuple[RoleMention, ...]:
    """Mỗi vai trò một lần; "dự" is not said of a person who chairs or directs."""
    once: dict[Role, RoleMention] = {}
    for mention in roles:
        once.setdefault(mention.role, mention)
    if {Role.CHAIR, Role.DIRECT} & once.keys():
        once.pop(Role.ATTEND, None)
    order = list(Role)
    return tuple(once[role] for role in sorted(once, key=order.index))
