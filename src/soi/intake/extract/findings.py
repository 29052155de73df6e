"""Nhận định, nguyên nhân, xếp loại: from statements to what the model holds."""

from __future__ import annotations

import re

from soi.intake.extract.areas import area_of
from soi.intake.extract.headings import Voice
from soi.intake.extract.model import Cause, Finding, FindingType, RatingKind, RatingMention, Span, UnitMention
from soi.intake.extract.reading import LOWER, UPPER, Reading, cue, keyed, span_of
from soi.intake.extract.statements import Statement

_TYPES = {Voice.STRENGTH: FindingType.STRENGTH, Voice.LIMITATION: FindingType.LIMITATION}
_UNIT_NOUN = (
    "cấp ủy viên|cấp ủy|cấp uỷ|chi bộ|chi ủy|đảng bộ|tổ chức đảng|đảng viên|cơ "
    "quan|đơn vị|địa phương|xã|phường|huyện|quận|thị xã|tỉnh|sở|ngành|ban|phòng|"
    "khoa|tổ|đội|"
    "đồn|trạm|chỉ huy|người đứng đầu|hội|tỉnh hội|đoàn thể|doanh nghiệp|trường(?! "
    "hợp)|công ty|làng nghề|khu vực|thôn|ấp|bản|xóm|khu phố|quân nhân|chiến sĩ|"
    "lãnh đạo|"
    "tổ dân phố|bộ phận|tiểu đoàn|trung đoàn|đại đội|lữ đoàn|hải đội|tàu|bệnh viện|cụm|khối|chính quyền|cơ sở"
)
_UNITS = "|".join(keyed(noun) for noun in sorted(_UNIT_NOUN.split("|"), key=lambda noun: -len(noun)))
_SOME = re.compile(
    keyed(
        r"(?<![\w/])(?:một số|một vài|nhiều|không ít|một bộ phận|các|\d{1,3}|một|phần "
        rf"lớn|đa số)\s(?:{_UNITS})(?:\s(?:trực thuộc|cơ sở|xã|tàu|địa phương|đảng|viên|"
        r"cán bộ|đảng viên|chi bộ|chỉ huy|đơn vị|quân đội))?(?:(?:,|"
        rf"\svà)\s(?:{_UNITS})(?:\s(?:đơn vị|các cấp|cơ sở|trực thuộc))?){{0,4}}(?!\w)"
    )
)
_PROPER = (
    r"(?:Chi bộ|Đảng bộ|Đảng ủy|Chi ủy|Ban Thường vụ|Ban thường vụ|Hải đội|Hải đoàn|"
    r"Tiểu đoàn|Trung đoàn|Lữ đoàn|Sư đoàn|Đại đội|Đồn Biên phòng|Đồn|Phòng|"
    r"Ban [Cc]án sự [Đđ]ảng|Ban(?! "
    r"Bí)|Khoa|Sở|Công an|Trường|Công ty|Trung tâm|Trạm|Tổ|Đội|Ban CHQS|Văn phòng|"
    r"Chi cục|Cục|Kho|Xưởng|Tàu|Huyện ủy|Thành ủy|Tỉnh ủy|UBND|Hội|huyện|xã|phường|"
    r"thị xã|quận|thành phố|tỉnh|thị trấn|thôn|bản|khu phố)"
)
_NAMED = re.compile(
    rf"(?<!\w){_PROPER}\s(?:[{UPPER}\d][{UPPER}{LOWER}\d./]*)(?:\s(?:[{UPPER}\d][{UPPER}{LOWER}\d./]*|"
    rf"[-–](?=\s[{UPPER}])|uỷ|ủy|và(?=\s[{UPPER}])(?!\s{_PROPER}))){{0,7}}(?:\s(?:xã|"
    r"phường|huyện|tỉnh|quận|thị xã|thị trấn)(?!\w))?(?:\s\(nhiệm "
    r"kỳ[^)\n]{4,20}\))?"
)
_PLACE_BEFORE = cue("ở", "tại", "của", "giữa", "trong", "như", "là", "còn", "thuộc")
_FEW = re.compile(r"(?:các)\s")

_RATING_WORDS: tuple[tuple[RatingKind, re.Pattern[str]], ...] = (
    (
        RatingKind.DISCIPLINE,
        cue(
            r"(?:thi hành|xử lý) kỷ luật",
            "khiển trách",
            "cảnh cáo",
            "cách chức",
            "khai trừ",
            "đình chỉ sinh hoạt",
            r"kỷ luật \d+",
        ),
    ),
    (
        RatingKind.RATING,
        cue(
            "xếp loại",
            "tự nhận mức",
            "hoàn thành xuất sắc nhiệm vụ",
            "hoàn thành tốt nhiệm vụ",
            "không hoàn thành nhiệm vụ",
            "mức chất lượng",
        ),
    ),
    (
        RatingKind.COMMENDATION,
        cue(
            "khen thưởng",
            "bằng khen",
            "giấy khen",
            "huy hiệu",
            "huân chương",
            "cờ thi đua",
            "kỷ niệm chương",
            "danh hiệu",
            "tuyên dương",
            "biểu dương",
            "tặng",
        ),
    ),
)


_GIVES = re.compile(
    keyed(
        r"(?<!\w)(?:trao tặng|trao|tặng thưởng|tặng)\s(?=[^,.;]{0,60}(?:bằng khen|giấy "
        r"khen|huy hiệu|huân chương|cờ|kỷ niệm chương|danh hiệu))"
    )
)


def findings(reading: Reading, found: list[Statement]) -> tuple[Finding, ...]:
    """Ưu điểm và hạn chế."""
    return tuple(_finding(reading, statement) for statement in found if statement.voice in _TYPES)


def _finding(reading: Reading, statement: Statement) -> Finding:
    area, words = area_of(reading, statement.span, statement.label)
    kind = _TYPES[statement.voice]
    units = units_in(reading, statement.span) if kind is FindingType.LIMITATION else ()
    return Finding(kind, area, statement.span, units, words)


def units_in(reading: Reading, span: Span) -> tuple[UnitMention, ...]:
    """Đơn vị được nêu trong hạn chế: "một số cấp ủy", "Hải đội 501", "huyện …"."""
    found = [
        span_of(match)
        for match in _NAMED.finditer(reading.raw, span.start, span.end)
        if match.start() == span.start or _led(reading, span, match.start())
    ]
    for match in _SOME.finditer(reading.key, span.start, span.end):
        unit = Span(match.start(), match.end())
        if not any(unit.overlaps(other) for other in found) and _is_unit(reading, span, unit):
            found.append(unit)
    return tuple(UnitMention(reading.words(unit), unit) for unit in sorted(found))


def _led(reading: Reading, span: Span, at: int) -> bool:
    before = reading.key[max(span.start, at - 8) : at].split()
    return bool(before) and bool(
        _PLACE_BEFORE.fullmatch(before[-1]) or before[-1] == "và" or before[-1].endswith(",")
    )


def _is_unit(reading: Reading, span: Span, unit: Span) -> bool:
    """ "các …" names a unit only after a word of place; "một số …" anywhere."""
    if not _FEW.match(reading.key, unit.start, unit.end):
        return True
    before = reading.key[max(span.start, unit.start - 8) : unit.start].split()
    return bool(before) and before[-1] in {"tại", "ở", "giữa"}


def causes(found: list[Statement]) -> tuple[Cause, ...]:
    """Nguyên nhân."""
    return tuple(Cause(statement.span) for statement in found if statement.voice is Voice.CAUSE)


def ratings(reading: Reading, found: list[Statement]) -> tuple[RatingMention, ...]:
    """Xếp loại, khen thưởng, kỷ luật."""
    made = []
    for statement in found:
        if statement.voice is Voice.RATING:
            span = _from_the_verb(reading, _with_label(reading, statement))
            made.append(RatingMention(_rating_kind(reading, span), span))
    return tuple(made)


def _with_label(reading: Reading, statement: Statement) -> Span:
    """ "Tự xếp loại: Hoàn thành tốt nhiệm vụ": the label on the same line belongs to it."""
    label = statement.label
    if (
        label
        and label.end <= statement.span.start
        and not reading.raw[label.end : statement.span.start].strip(": ")
    ):
        return Span(label.start, statement.span.end)
    return statement.span


def _from_the_verb(reading: Reading, span: Span) -> Span:
    """ "Hội nghị cũng trao Giấy khen …": what is given begins with the verb of giving."""
    match = _GIVES.search(reading.key, span.start, span.end)
    if match is None or "được" in reading.key[span.start : match.start()].split():
        return span
    return Span(match.start(), span.end)


def _rating_kind(reading: Reading, span: Span) -> RatingKind:
    if reading.find(_GIVES, span):
        return RatingKind.COMMENDATION
    for kind, pattern in _RATING_WORDS:
        if reading.find(pattern, span):
            return kind
    return RatingKind.RATING
