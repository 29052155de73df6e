"""Giọng của câu: whether a sentence praises, finds wanting, gives a cause, sets a task or rates.

Three things decide, in this order: the lead of the sentence ("còn một số hạn chế như: …"), the heading or the
flow it stands in, and the words of the clause itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from soi.intake.extract.headings import Heading, Voice
from soi.intake.extract.leads import Lead, is_task
from soi.intake.extract.model import Span
from soi.intake.extract.predicates import (
    demands,
    is_discussion,
    is_done,
    is_imperative,
    is_meta,
    limits,
    praises,
    turn,
)
from soi.intake.extract.reading import Reading, cue, keyed

SECTIONS = {Voice.STRENGTH, Voice.LIMITATION, Voice.CAUSE, Voice.DIRECTION, Voice.RATING}
_JUST_DONE = cue("đã", "được", "vừa")
_FIGURE = re.compile(r"\d")
RATING = cue(
    "xếp loại",
    r"khen thưởng (?:\d|cho|các|đối với|về|tập thể|cá nhân|những|kịp thời)[\w,]*",
    r"(?:được|quyết định|xét|đề nghị|và) khen thưởng",
    (
        r"(?:trao|tặng)(?: [\w,]+){0,6}? (?:bằng khen|giấy khen|huy hiệu|huân chương|cờ "
        r"thi đua|kỷ niệm chương|danh hiệu)"
    ),
    r"(?:thi hành|xử lý) kỷ luật",
    "giấy khen",
    "bằng khen",
    "tự nhận mức",
    "công nhận danh hiệu",
    r"kỷ luật (?:bằng hình thức|khiển trách|cảnh cáo|cách chức|khai trừ)",
    "khai trừ",
    "đề nghị công nhận",
    "biểu dương, khen thưởng",
)
_ORDINAL = re.compile(keyed(r"(?:thứ (?:nhất|hai|ba|tư|năm|sáu|bảy)|(?:một|hai|ba|bốn|năm|sáu|bảy) là),?\s$"))
# What the speaker hopes to receive is no task.
_FAVOUR = cue(r"nhận được (?:nhiều )?sự (?:quan tâm|chỉ đạo|hỗ trợ|giúp đỡ|ủng hộ|phối hợp)")
_CLOSING = cue(r"kết thúc (?:lúc|vào|hồi)", "biên bản", "cùng ngày", "nhất trí với")
_EVENT = cue(r"(?:tổ chức|dự|chủ trì)(?: \w+){0,3} hội nghị", r"trình bày (?:\w+ ){0,3}báo cáo")
# How far into a sentence its "cần", "phải" may stand for the sentence to go on with tasks.
_MODAL_REACH = 70
# Praise without a named result ("đánh giá cao những kết quả đạt được") is no finding.
_PRAISE_NEEDS = 2


@dataclass(frozen=True, slots=True)
class Flow:
    """Dòng đang chảy: what the last lead announced, and whether it holds beyond its paragraph."""

    voice: Voice = Voice.NONE
    open_end: bool = False
    scopes: tuple[Span, ...] = ()


NO_FLOW = Flow()


@dataclass(frozen=True, slots=True)
class Clause:
    """Một câu đã bỏ lời dẫn, with all that stands around it."""

    reading: Reading
    span: Span
    lead: Lead | None
    section: Heading | None
    flow: Flow
    turned: bool

    def has(self, pattern: re.Pattern[str]) -> bool:
        """Whether a cue stands in the clause."""
        return self.reading.find(pattern, self.span) is not None


def voice_of_clause(clause: Clause) -> Voice:
    """The voice of a sentence; the first judge that is sure decides."""
    for judge in _JUDGES:
        voice = judge(clause)
        if voice is not None:
            return voice
    return Voice.NONE


def _announced(clause: Clause) -> Voice | None:
    if clause.lead and clause.lead.voice in {Voice.LIMITATION, Voice.CAUSE}:
        return clause.lead.voice
    return None


def _in_section(clause: Clause) -> Voice | None:
    if clause.section is None or clause.section.voice not in SECTIONS:
        return None
    return Voice.NONE if clause.has(_CLOSING) else clause.section.voice


def _rates(clause: Clause) -> Voice | None:
    asked = clause.lead is not None and clause.lead.voice is Voice.DIRECTION
    if asked or not clause.has(RATING) or clause.has(_EVENT):
        return None
    return None if is_imperative(clause.reading, clause.span) else Voice.RATING


def _led(clause: Clause) -> Voice | None:
    lead = clause.lead
    if lead is None:
        return None
    if lead.voice is Voice.DIRECTION:
        return Voice.NONE if is_discussion(clause.reading, clause.span) else Voice.DIRECTION
    if lead.praise:
        enough = praises(clause.reading, clause.span) >= _PRAISE_NEEDS
        return Voice.STRENGTH if enough else Voice.NONE
    return Voice.STRENGTH if lead.voice is Voice.STRENGTH else None


def _of_the_meeting(clause: Clause) -> Voice | None:
    """How the meeting went, or how it is to discuss."""
    if is_discussion(clause.reading, clause.span):
        return Voice.NONE
    said = clause.lead is not None and clause.lead.speech
    if said or clause.turned or clause.flow.open_end:
        return None
    return Voice.NONE if is_meta(clause.reading, clause.span) else None


def _sets_task(clause: Clause) -> Voice | None:
    reading, span = clause.reading, clause.span
    if clause.lead and clause.lead.speech:
        return Voice.DIRECTION if is_task(reading, span) and limits(reading, span) <= 1 else None
    if clause.flow.voice is not Voice.DIRECTION:
        return None
    before = reading.key[max(0, span.start - 12) : span.start]
    counted = _ORDINAL.search(before) is not None
    goes_on = is_imperative(reading, span) or demands(reading, span, reach=_MODAL_REACH)
    return Voice.DIRECTION if counted or goes_on else None


def _finds_wanting(clause: Clause) -> Voice | None:
    bad, good = limits(clause.reading, clause.span), praises(clause.reading, clause.span)
    in_flow = clause.flow.voice is Voice.LIMITATION
    if bad and (clause.turned or bad >= good or in_flow):
        return Voice.LIMITATION
    if clause.flow.open_end and clause.flow.voice in {Voice.LIMITATION, Voice.CAUSE}:
        return clause.flow.voice
    return None


def _finds_good(clause: Clause) -> Voice | None:
    reading, span = clause.reading, clause.span
    good = praises(reading, span)
    if not good:
        return None
    if clause.flow.voice is Voice.STRENGTH or (clause.lead and clause.lead.speech):
        return Voice.STRENGTH
    if is_task(reading, span) and not is_done(reading, span):
        return None
    return Voice.STRENGTH if good > 1 or clause.has(_JUST_DONE) else None


_JUDGES: tuple[Callable[[Clause], Voice | None], ...] = (
    _announced,
    _in_section,
    _rates,
    _led,
    _of_the_meeting,
    _sets_task,
    _finds_wanting,
    _finds_good,
)


def voice_of_item(clause: Clause, item: Span, voice: Voice, *, labelled: bool) -> Voice:
    """The voice of one item of a sentence: mostly the sentence's own."""
    reading = clause.reading
    if voice is Voice.RATING and not labelled and not reading.find(RATING, item):
        return Voice.NONE
    if voice is Voice.DIRECTION and (is_discussion(reading, item) or reading.find(_FAVOUR, item)):
        return Voice.NONE
    if voice is Voice.LIMITATION and _mixed(clause) and not limits(reading, item) and praises(reading, item):
        return Voice.STRENGTH
    if voice is Voice.STRENGTH and not (clause.lead and clause.lead.praise):
        return _strength_or_not(reading, item)
    return voice


def _mixed(clause: Clause) -> bool:
    """A sentence found wanting by its words alone may open with what was good."""
    announced = clause.lead is not None and clause.lead.voice is Voice.LIMITATION
    in_flow = clause.flow.voice is Voice.LIMITATION and clause.flow.open_end
    in_section = clause.section is not None and clause.section.voice is Voice.LIMITATION
    return not (announced or in_flow or in_section or clause.turned)


def _strength_or_not(reading: Reading, item: Span) -> Voice:
    """A shortcoming within a list of good results: after a turn, or without any figure of result."""
    bad = limits(reading, item)
    if not bad:
        return Voice.STRENGTH
    figures = _FIGURE.search(reading.words(item)) is not None
    wanting = turn(reading, item) is not None or (bad > praises(reading, item) and not figures)
    return Voice.LIMITATION if wanting else Voice.STRENGTH
