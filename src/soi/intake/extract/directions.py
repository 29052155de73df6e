"""Phương hướng, nhiệm vụ: tasks without their addressee and modal words, and the time named for them."""

from __future__ import annotations

import re

from soi.intake.extract.areas import area_of
from soi.intake.extract.headings import Voice
from soi.intake.extract.model import Direction, Sourced, Span
from soi.intake.extract.periods import PeriodFound, find_periods
from soi.intake.extract.reading import Reading, cue, keyed
from soi.intake.extract.statements import Statement

_FRONT = re.compile(
    keyed(
        r"(?:(?:một|hai|ba|bốn|năm|sáu|bảy|tám|thứ (?:nhất|hai|ba|tư|năm|sáu)|trước hết|"
        r"trước mắt) (?:là|,)\s?|là\s|đồng thời,?\s|bên cạnh đó,?\s|cùng với đó,?\s|"
        r"ngoài ra,?\s|trong thời gian tới,?\s|thời gian tới,?\s|"
        r"trong đó,?\s|ngay sau hội nghị,?\s|yêu cầu\s|đề nghị\s|cần phải\s|cần\s|phải\s|"
        r"rằng\s|việc\s(?=cần)|và\s)"
    )
)
# An addressee in general terms; a body with a name of its own stays.
_EVERYBODY = re.compile(
    keyed(
        r"(?:(?:yêu cầu )?(?:các|toàn|từng|mỗi|tất cả)\s[^;:.]{2,110}?|đơn vị|cơ quan|"
        r"tập thể|chi bộ|đảng bộ|cấp ủy các cấp)\s(?=(?:cần|phải|tiếp tục|khẩn trương|"
        r"tập trung|chủ động|tăng cường|đẩy mạnh|nghiêm túc|quan tâm|thực hiện|sớm|sửa "
        r"đổi|rà soát|xây dựng|làm tốt|phát huy|nâng cao|chú trọng|tham mưu|phối hợp|"
        r"bám sát|quán triệt|hoàn thành|khắc phục|bảo đảm|đảm bảo)\s)"
    )
)
_OWN = cue(
    r"trong", r"nhiệm vụ(?: [\w,]+){0,6}", r"hoàn thành(?: [\w,]+){0,9}", r"xong trong", r"trước", r"ngay"
)
_BY_PLAN = cue(
    r"kế hoạch",
    r"chương trình, kế hoạch",
    r"theo kế hoạch",
    r"kiểm điểm",
    r"xếp loại",
    r"đảng viên",
    r"nghị quyết",
)


def directions(reading: Reading, found: list[Statement], year: int | None) -> tuple[Direction, ...]:
    """Phương hướng, nhiệm vụ; ``year`` is the year of the meeting, for periods named without one."""
    made = []
    for statement in found:
        if statement.voice is Voice.DIRECTION:
            span = task_of(reading, statement.span)
            area, _ = area_of(reading, span)
            made.append(Direction(span, _period(reading, span, statement, year), area))
    return tuple(made)


def task_of(reading: Reading, span: Span) -> Span:
    """Bỏ "Một là", "cần", "các cơ quan, đơn vị cần …" at the front."""
    for _ in range(5):
        match = _FRONT.match(reading.key, span.start, span.end) or _EVERYBODY.match(
            reading.key, span.start, span.end
        )
        trimmed = reading.trimmed(match.end(), span.end, drop=" ,:") if match else None
        if trimmed is None or trimmed.end - trimmed.start < 12:
            return span
        span = trimmed
    return span


def _period(reading: Reading, span: Span, statement: Statement, year: int | None) -> Sourced[str] | None:
    own = [period for period in find_periods(reading, span) if _is_named_for(reading, span, period)]
    scoped = [
        period for scope in statement.scopes for period in find_periods(reading, scope) if _is_ahead(period)
    ]
    narrow = [period for period in own if period.unit and _says_within(reading, span, period)]
    for period in (*narrow, *scoped, *own):
        label = period.label(year)
        if label:
            return Sourced(label, (period.span,))
    return None


def _is_ahead(period: PeriodFound) -> bool:
    return not period.whole


def _says_within(reading: Reading, span: Span, period: PeriodFound) -> bool:
    return (
        reading.key[max(span.start, period.span.start - 8) : period.span.start]
        .rstrip()
        .endswith(("trong", "xong"))
    )


def _is_named_for(reading: Reading, span: Span, period: PeriodFound) -> bool:
    if period.whole:
        return False
    before = (
        Span(max(span.start, period.span.start - 60), period.span.start)
        if period.span.start > span.start
        else None
    )
    if before is None:
        return True
    if _says_within(reading, span, period):
        return True
    task = None
    for task in _OWN.finditer(reading.key, before.start, before.end):  # noqa: B007 - the last match is wanted
        pass
    plan = None
    for plan in _BY_PLAN.finditer(reading.key, before.start, before.end):  # noqa: B007
        pass
    return task is not None and (plan is None or plan.start() < task.start())
