"""Lời dẫn: what stands before a finding or a task and does not belong to it, and what it announces."""

from __future__ import annotations

import re
from dataclasses import dataclass

from soi.intake.extract.headings import Voice
from soi.intake.extract.lexicon import cues
from soi.intake.extract.lexicon.organisations import ORG_HEADS
from soi.intake.extract.lexicon.people import COURTESY, RANKS
from soi.intake.extract.model import Span
from soi.intake.extract.posts import POST
from soi.intake.extract.predicates import LIMITATION_NOUN, demands, is_imperative, turn
from soi.intake.extract.reading import Reading, cue, key_of, keyed, longest_first

_CAUSE = cue(*cues.CAUSE_LEADS)
_CAUSE_OWN = cue(*cues.CAUSE_OWN_WORDS)
_DEMAND_VERB = cue(*cues.DEMAND_VERBS)
_SPEECH = re.compile(rf"(?<!\w)(?:{longest_first(cues.SPEECH_VERBS)})(?!\w)")
_PRAISE = cue(*cues.PRAISE_VERBS)
_SPEAKER = re.compile(rf"(?<!\w)(?:{longest_first((*COURTESY, *RANKS, *ORG_HEADS, *cues.SPEAKERS))})(?!\w)")
_DIRECTION_NOUN = cue(
    "phương hướng",
    "biện pháp",
    "giải pháp",
    "nhiệm vụ trọng tâm",
    "nhiệm vụ chủ yếu",
    "nhiệm vụ sau",
    "những nhiệm vụ",
    "các nhiệm vụ",
    "một số nhiệm vụ",
    "nội dung sau",
    "nội dung trọng tâm",
    "yêu cầu",
    "đề nghị",
    "thời gian tới",
    "mục tiêu",
    "nhiệm vụ",
)
_STRENGTH_NOUN = cue(
    "nổi bật",
    "nổi bật là",
    "kết quả",
    "ưu điểm",
    "thành tích",
    "điểm sáng",
    "cụ thể",
    "đã đạt được",
    "ấn tượng",
    "thống nhất đánh giá",
    "đánh giá",
    "đáng chú ý",
    "điểm nổi bật",
)
_LIMIT_AS = re.compile(
    r"(?:han che|khuyet diem|ton tai|yeu kem|thieu sot|bat cap)(?:,? (?:han che|"
    r"khuyet diem|ton tai|yeu kem|thieu sot|bat cap|can khac phuc|can phai khac "
    r"phuc|nhat dinh|do la|chu yeu|sau|nhu sau)){0,5},? (?:nhu|do la|la)(?= )"
)
_NAMES_LIMITS = re.compile(
    r"(?:con|ton tai|mot so|nhung|chi ra|chi ro|boc lo|co|nhin nhan|thay ro|cac|van|nhieu|ve) "
)
_REMEDY = cue(
    "khắc phục(?! kịp thời)",
    "nguyên nhân",
    "biện pháp",
    "giải pháp",
    "phương hướng",
    "xử lý",
    "yêu cầu",
    "đề nghị",
    "nhiệm vụ",
)
_OPENERS = re.compile(rf"(?:{'|'.join(keyed(opener) for opener in cues.OPENERS)})\s?[,:]?\s")
_TIME = re.compile(
    keyed(
        r"(?:(?:trong|từ đầu|sang|bước sang|qua|đến|ngay từ đầu|ngay trong|hết|kết "
        r"thúc)\s)?(?:năm|quý|tháng|6 tháng|06 tháng|9 tháng|09 tháng|thời gian tới|"
        r"thời gian qua|những tháng|các tháng|kỳ|giai đoạn|nhiệm kỳ|đầu năm|ngay sau "
        r"(?:hội nghị|kết luận))(?:\s(?!đã|được|các|là)[\w/\-]+){0,7},\s"
    )
)
_ACCORDING = re.compile(keyed(r"theo\s[^,;:.]{3,80},\s"))
_QUOTED_BY = re.compile(
    key_of(
        r'"?,\s(?:ông|bà|đồng chí|anh|chị|báo cáo|'
        r'[^,.;"]{2,40})\s?[^,.;"]{0,40}\s(?:nói|nêu|cho biết|nhấn mạnh|khẳng định|cho '
        r"hay|chia sẻ|nêu rõ|phát biểu|yêu cầu)\s?[.]?$"
    )
)
_IN_IT = re.compile(
    keyed(
        r",\s(?:trong đó|theo đó),?\s(?:cần\s)?(?P<task>(?:chú trọng|tập trung|ưu tiên|"
        r"quan tâm|tiếp tục|đẩy mạnh|tăng cường)\s)"
    )
)
_PLAN = cue(
    r"(?:quán triệt|triển khai|trình bày|thông qua|phổ biến)(?: \w+){0,4} (?:kế "
    r"hoạch|phương hướng|chương trình|nhiệm vụ|nghị quyết|dự thảo)"
)
_CAUSE_REACH = 60
_COLON_REACH = 420
_ZONE = 280


@dataclass(frozen=True, slots=True)
class Lead:
    """Lời dẫn đã nhận: what it announces and what remains of the sentence after it.

    ``rest`` is None if the announced matter stands in the sentences or lines that follow. ``zone`` is the lead
    itself: it may name the period. ``speech``: somebody is said to say the rest; ``praise``: in praise.
    """

    voice: Voice
    rest: Span | None
    zone: Span | None = None
    speech: bool = False
    praise: bool = False


def read_lead(reading: Reading, sentence: Span) -> Lead | None:
    """The lead of a sentence, or None if it starts with the matter itself."""
    for attempt in (_cause, _limitation_as, _colon, _attribution, _according, _within_plan):
        lead = attempt(reading, sentence)
        if lead:
            return lead
    return None


def _rest(reading: Reading, start: int, end: int) -> Span | None:
    return reading.trimmed(start, end, drop=' \t\n:,.-–"“')


def _cause(reading: Reading, sentence: Span) -> Lead | None:
    own = _CAUSE_OWN.search(reading.key, sentence.start, min(sentence.end, sentence.start + _CAUSE_REACH))
    if own:
        return Lead(Voice.CAUSE, _rest(reading, own.start(), sentence.end), Span(sentence.start, own.end()))
    match = _CAUSE.search(reading.key, sentence.start, min(sentence.end, sentence.start + 200))
    if not match or match.start() - sentence.start > _CAUSE_REACH:
        return None
    rest = _rest(reading, match.end(), sentence.end)
    return Lead(Voice.CAUSE, rest, Span(sentence.start, match.end()))


def _limitation_as(reading: Reading, sentence: Span) -> Lead | None:
    """ "… còn một số hạn chế, khuyết điểm như việc …"."""
    match = _LIMIT_AS.search(reading.plain, sentence.start, min(sentence.end, sentence.start + _COLON_REACH))
    if not match or not _names_limits(reading, sentence.start, match.start()):
        return None
    rest = _rest(reading, match.end(), sentence.end)
    return Lead(Voice.LIMITATION, rest, Span(sentence.start, match.end())) if rest else None


def _names_limits(reading: Reading, start: int, end: int) -> bool:
    if start >= end:
        return True
    near = max(start, end - 45)
    return bool(_NAMES_LIMITS.search(reading.plain, near, end)) and not _REMEDY.search(reading.key, near, end)


def _colon(reading: Reading, sentence: Span) -> Lead | None:
    """A lead that ends in a colon announces what follows it."""
    limit = min(sentence.end, sentence.start + _COLON_REACH)
    colon = reading.raw.find(":", sentence.start, limit)
    semicolon = reading.raw.find(";", sentence.start, limit)
    if colon < 0 or (0 <= semicolon < colon) or reading.raw[colon + 1 : colon + 2].isdigit():
        return None
    zone = Span(sentence.start, colon) if colon > sentence.start else None
    voice = _announced(reading, zone) if zone else None
    if zone is None or voice is None:
        return None
    return Lead(voice, _rest(reading, colon + 1, sentence.end), zone, speech=voice is Voice.OPEN)


def _announced(reading: Reading, zone: Span) -> Voice | None:
    tail = Span(max(zone.start, zone.end - 130), zone.end)
    limit = None
    for match in LIMITATION_NOUN.finditer(reading.plain, tail.start, tail.end):
        limit = match
    direction = _last(reading, _DIRECTION_NOUN, tail)
    if (
        limit
        and (direction is None or direction.start() < limit.start() - 60)
        and _names_limits(reading, tail.start, limit.start())
    ):
        return Voice.LIMITATION
    if direction and not _follows_result(reading, zone, direction):
        return Voice.DIRECTION
    if reading.find(_STRENGTH_NOUN, Span(max(zone.start, zone.end - 60), zone.end)):
        return Voice.STRENGTH
    speech = _last(reading, _SPEECH, tail)
    if speech and speech.end() >= zone.end - 25:
        return Voice.OPEN
    return None


def _follows_result(reading: Reading, zone: Span, direction: re.Match[str]) -> bool:
    """ "kết quả thực hiện nhiệm vụ …:" announces results, not tasks."""
    before = reading.key[max(zone.start, direction.start() - 60) : direction.start()]
    after = reading.key[direction.end() : zone.end]
    return "kết quả" in before or "kết quả" in after or "hoàn thành" in before + after or "xuất sắc" in after


def _last(reading: Reading, pattern: re.Pattern[str], within: Span) -> re.Match[str] | None:
    last = None
    for match in pattern.finditer(reading.key, within.start, within.end):
        last = match
    return last


def _attribution(reading: Reading, sentence: Span) -> Lead | None:
    """ "Đồng chí A yêu cầu …", "Báo cáo cho thấy, …", "Hội nghị đánh giá, …"."""
    limit = min(sentence.end, sentence.start + _ZONE)
    demand = _DEMAND_VERB.search(reading.key, sentence.start, limit)
    while demand and not _is_speaker(reading, sentence.start, demand.start()):
        demand = _DEMAND_VERB.search(reading.key, demand.end(), limit)
    speech = _speech_verb(reading, sentence, limit)
    praise = _PRAISE.search(reading.key, sentence.start, limit)
    if praise and "được" in reading.key[max(sentence.start, praise.start() - 24) : praise.start()].split():
        # "được nhân dân ghi nhận" is a result, not praise spoken at the meeting.
        praise = None
    if (
        demand
        and (speech is None or demand.start() <= speech.end() + 160)
        and not _praised_first(praise, demand)
    ):
        at = demand.start() if _is_part(reading, sentence, demand) else demand.end()
        rest = _rest(reading, at, sentence.end)
        return Lead(Voice.DIRECTION, rest, Span(sentence.start, demand.end()), speech=True) if rest else None
    if praise and _is_speaker(reading, sentence.start, praise.start()):
        rest = _rest(reading, praise.end(), sentence.end)
        return (
            Lead(Voice.STRENGTH, rest, Span(sentence.start, praise.end()), speech=True, praise=True)
            if rest
            else None
        )
    if speech:
        rest = _rest(reading, _after_that(reading, speech.end()), sentence.end)
        return Lead(Voice.OPEN, rest, Span(sentence.start, speech.end()), speech=True) if rest else None
    return None


def _is_part(reading: Reading, sentence: Span, demand: re.Match[str]) -> bool:
    """ "Giao đồng chí A …", "ký cam kết …": the verb belongs to the task."""
    return demand.group().startswith("ký") or (
        demand.group().startswith("giao") and demand.start() == sentence.start
    )


def _praised_first(praise: re.Match[str] | None, demand: re.Match[str]) -> bool:
    return praise is not None and praise.start() < demand.start() - 120


def _after_that(reading: Reading, position: int) -> int:
    return position + 5 if reading.key.startswith(" rằng", position) else position


def _speech_verb(reading: Reading, sentence: Span, limit: int) -> re.Match[str] | None:
    """The last verb of saying in the opening, with a speaker before it and the matter after it."""
    found = None
    for match in _SPEECH.finditer(reading.key, sentence.start, limit):
        if not _names_speaker(reading, sentence.start, match.start()):
            continue
        after = reading.key[match.end() : match.end() + 2]
        said = (
            after[:1] in ",:"
            or match.group()
            in {"khẳng định", "cho biết", "cho rằng", "cho thấy", "nhấn mạnh", "cho hay", "chỉ rõ", "nêu rõ"}
            or reading.key.startswith(" rằng", match.end())
        )
        if said:
            found = match
            if not _another_near(reading, match, limit):
                break
    return found


def _another_near(reading: Reading, match: re.Match[str], limit: int) -> bool:
    """ "Phát biểu kết luận hội nghị, đồng chí A khẳng định, …": the nearer verb counts."""
    other = _SPEECH.search(reading.key, match.end(), min(limit, match.end() + 160))
    return other is not None and _SPEAKER.search(reading.key, match.end(), other.start()) is not None


def _is_speaker(reading: Reading, start: int, end: int) -> bool:
    return end - start <= 24 or _names_speaker(reading, start, end)


def _names_speaker(reading: Reading, start: int, end: int) -> bool:
    return bool(_SPEAKER.search(reading.key, start, end) or POST.search(reading.key, start, end))


def _according(reading: Reading, sentence: Span) -> Lead | None:
    match = _ACCORDING.match(reading.key, sentence.start, sentence.end)
    if not match or reading.key.startswith("theo đó", sentence.start):
        return None
    if not _SPEAKER.search(reading.key, match.start(), match.end()):
        return None
    rest = _rest(reading, match.end(), sentence.end)
    return Lead(Voice.OPEN, rest, Span(match.start(), match.end()), speech=True) if rest else None


def _within_plan(reading: Reading, sentence: Span) -> Lead | None:
    """ "… quán triệt kế hoạch năm 2024, trong đó chú trọng …": the tasks of a plan that is presented."""
    match = _IN_IT.search(reading.key, sentence.start, sentence.end)
    if not match or not _PLAN.search(reading.key, sentence.start, match.start()):
        return None
    rest = _rest(reading, match.start("task"), sentence.end)
    return (
        Lead(Voice.DIRECTION, rest, Span(sentence.start, match.start("task")), speech=True) if rest else None
    )


def without_openers(reading: Reading, span: Span) -> tuple[Span, tuple[Span, ...]]:
    """Bỏ "Theo đó,", "Tuy nhiên,", "Năm 2020," at the front; the dropped words may name the period."""
    dropped: list[Span] = []
    span = _rest(reading, span.start, span.end) or span
    for _ in range(4):
        end = _opener_end(reading, span)
        if end is None or span.end - end < 8:
            break
        dropped.append(Span(span.start, end))
        trimmed = _rest(reading, end, span.end)
        if trimmed is None:
            break
        span = trimmed
    return span, tuple(dropped)


def _opener_end(reading: Reading, span: Span) -> int | None:
    for pattern in (_OPENERS, _TIME):
        match = pattern.match(reading.key, span.start, span.end)
        if match:
            return match.end()
    return turn(reading, span)


def without_quoted_speaker(reading: Reading, span: Span) -> Span:
    """Bỏ '…", ông A nói' at the end of a quotation."""
    window = max(span.start, span.end - 110)
    if '"' not in reading.key[span.start : span.end]:
        return span
    match = _QUOTED_BY.search(reading.key, window, span.end)
    return Span(span.start, match.start()) if match and match.start() > span.start else span


def is_task(reading: Reading, span: Span) -> bool:
    """Whether the words of a clause, without any lead, set a task."""
    return is_imperative(reading, span) or demands(reading, span)
