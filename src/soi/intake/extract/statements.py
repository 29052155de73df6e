"""Câu và ý: every clause of the body with its voice (strength, limitation, cause, direction, rating).

One pass over the lines. Three things decide, in this order: the lead of the sentence ("còn một số hạn chế
như: …"), the heading or the flow it stands in, and the words of the clause itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from soi.intake.extract.headings import Heading, Voice, read_heading
from soi.intake.extract.layout import Layout
from soi.intake.extract.leads import Lead, is_task, read_lead, without_openers, without_quoted_speaker
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
from soi.intake.extract.segments import sentences, split_items, starts_lower, without_marker, without_stop

_ALSO = re.compile(
    keyed(r"[,;]\s(?P<word>đồng thời|đặc biệt là)[,:]?\s(?P<modal>phải |cần )?(?:đã |cũng )?(?=\w)")
)
_JUST_DONE = cue("đã", "được", "vừa")
_ORDINAL = re.compile(keyed(r"(?:thứ (?:nhất|hai|ba|tư|năm|sáu|bảy)|(?:một|hai|ba|bốn|năm|sáu|bảy) là),?\s$"))
_FIGURE = re.compile(r"\d")
_RATING = cue(
    "xếp loại",
    r"khen thưởng (?:\d|cho|các|đối với|về|tập thể|cá nhân|những|kịp thời)[\w,]*",
    r"(?:được|quyết định|xét|đề nghị|và) khen thưởng",
    r"(?:trao|tặng)(?: [\w,]+){0,6}? (?:bằng khen|giấy khen|huy hiệu|huân chương|cờ thi đua|kỷ niệm chương|danh hiệu)",
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
# What the speaker hopes to receive is no task.
_FAVOUR = cue(r"nhận được (?:nhiều )?sự (?:quan tâm|chỉ đạo|hỗ trợ|giúp đỡ|ủng hộ|phối hợp)")
_CLOSING = cue(r"kết thúc (?:lúc|vào|hồi)", "biên bản", "cùng ngày", "nhất trí với")
_EVENT = cue(r"(?:tổ chức|dự|chủ trì)(?: \w+){0,3} hội nghị", r"trình bày (?:\w+ ){0,3}báo cáo")
_MODAL_REACH = 70
_SECTIONS = {Voice.STRENGTH, Voice.LIMITATION, Voice.CAUSE, Voice.DIRECTION, Voice.RATING}


@dataclass(frozen=True, slots=True)
class Statement:
    """Một ý: its span, its voice, the label it stands under, and where a period may be named for it."""

    span: Span
    voice: Voice
    label: Span | None = None
    scopes: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class _Flow:
    """Dòng đang chảy: what the last lead announced, and whether it holds beyond its paragraph."""

    voice: Voice = Voice.NONE
    open_end: bool = False
    scopes: tuple[Span, ...] = ()


def statements(layout: Layout) -> list[Statement]:
    """Các ý của thân bài, in order."""
    reading = layout.reading
    official = layout.report_title is not None or layout.minutes_title is not None
    found: list[Statement] = []
    section: Heading | None = None
    label: Span | None = None
    flow = _Flow()
    listed = False
    for line in layout.body:
        marked = without_marker(reading, line).start > line.start
        if listed and not marked and not official:
            section, label, flow = None, None, _Flow()
        listed = marked
        heading = read_heading(reading, line, official=official)
        if heading is not None:
            section, label, flow, done = _enter(heading, section)
            if done is None:
                continue
            line = done  # noqa: PLW2901 - the label is read, the rest of the line goes on
        elif not official and not flow.open_end and flow.voice is not Voice.DIRECTION:
            flow = _Flow(Voice.NONE if flow.voice is not Voice.STRENGTH else Voice.STRENGTH)
        bare = without_marker(reading, line)
        for sentence in sentences(reading, bare):
            made, flow = _sentence(reading, sentence, section, label, flow)
            found.extend(made)
    return found


def _enter(heading: Heading, section: Heading | None) -> tuple[Heading | None, Span, _Flow, Span | None]:
    """Go below a heading: a label inside a section ("1. Công tác tư tưởng: …") keeps the section's voice."""
    if section is not None and section.voice in _SECTIONS and not heading.top:
        # "2. Thực hiện nhiệm vụ chính trị: …" names a field of work, whatever its words would say alone.
        labelled = heading.rest is not None and section.top and heading.voice is not Voice.CAUSE
        if heading.voice is Voice.TOPIC or labelled:
            return section, heading.label, _Flow(scopes=(section.label,)), heading.rest
    return heading, heading.label, _Flow(scopes=(heading.label,)), heading.rest


def _sentence(reading: Reading, sentence: Span, section: Heading | None, label: Span | None, flow: _Flow) -> tuple[list[Statement], _Flow]:  # fmt: skip
    inner = without_quoted_speaker(reading, sentence)
    lead = _lead(reading, inner, section)
    if lead and lead.rest is None:
        return [], _Flow(lead.voice, open_end=True, scopes=_scopes(lead, flow, section))
    turned = turn(reading, inner) is not None
    rest, dropped = without_openers(reading, lead.rest if lead and lead.rest else inner)
    scopes = (*dropped, *_scopes(lead, flow, section))
    voice = _voice(reading, rest, lead, section, flow, turned=turned)
    made = _items(reading, rest, voice, label, scopes, lead)
    return made, _next_flow(reading, rest, lead, voice, flow, scopes)


def _lead(reading: Reading, inner: Span, section: Heading | None) -> Lead | None:
    """Below a heading with a voice of its own nobody speaks: a verb of saying there is part of the work."""
    lead = read_lead(reading, inner)
    if lead and lead.speech and section and section.voice in _SECTIONS and not lead.voice is Voice.DIRECTION:
        return None
    return lead


def _scopes(lead: Lead | None, flow: _Flow, section: Heading | None) -> tuple[Span, ...]:
    if lead and lead.zone and lead.speech and section is None:
        return (lead.zone,)
    return (*((lead.zone,) if lead and lead.zone else ()), *flow.scopes)


def _next_flow(reading: Reading, rest: Span, lead: Lead | None, voice: Voice, flow: _Flow, scopes: tuple[Span, ...]) -> _Flow:  # fmt: skip
    ends_open = reading.raw[rest.end - 1] == ":" or reading.raw[rest.end : rest.end + 1] == ":"
    if lead and voice is not Voice.NONE:
        return _Flow(voice, open_end=ends_open or (flow.open_end and voice is flow.voice), scopes=scopes)
    if voice is Voice.NONE and is_meta(reading, rest):
        return _Flow(Voice.NONE, scopes=flow.scopes if flow.open_end else ())
    if voice in {Voice.STRENGTH, Voice.DIRECTION} and voice is not flow.voice:
        return replace(flow, voice=voice, scopes=scopes)
    return flow


def _voice(
    reading: Reading, rest: Span, lead: Lead | None, section: Heading | None, flow: _Flow, *, turned: bool
) -> Voice:
    if lead and lead.voice in {Voice.LIMITATION, Voice.CAUSE}:
        return lead.voice
    if section and section.voice in _SECTIONS:
        return Voice.NONE if reading.find(_CLOSING, rest) else section.voice
    if (
        reading.find(_RATING, rest)
        and not reading.find(_EVENT, rest)
        and not is_imperative(reading, rest)
        and not (lead and lead.voice is Voice.DIRECTION)
    ):
        return Voice.RATING
    if lead and lead.voice is Voice.DIRECTION:
        return Voice.NONE if is_discussion(reading, rest) else Voice.DIRECTION
    if lead and lead.praise:
        return Voice.STRENGTH if praises(reading, rest) >= 2 else Voice.NONE
    if lead and lead.voice is Voice.STRENGTH:
        return Voice.STRENGTH
    if lead and lead.speech:
        return _spoken(reading, rest)
    return _by_words(reading, rest, flow, turned=turned)


def _spoken(reading: Reading, rest: Span) -> Voice:
    """After "khẳng định", "cho biết": the words decide, and little is enough."""
    if is_discussion(reading, rest):
        return Voice.NONE
    bad, good = limits(reading, rest), praises(reading, rest)
    if is_task(reading, rest) and bad <= 1:
        return Voice.DIRECTION
    if bad and bad >= good:
        return Voice.LIMITATION
    return Voice.STRENGTH if good else Voice.NONE


def _by_words(reading: Reading, rest: Span, flow: _Flow, *, turned: bool) -> Voice:
    if is_discussion(reading, rest):
        return Voice.NONE
    if is_meta(reading, rest) and not turned and not flow.open_end:
        return Voice.NONE
    if flow.voice is Voice.DIRECTION and _goes_on(reading, rest):
        return Voice.DIRECTION
    bad, good = limits(reading, rest), praises(reading, rest)
    if flow.voice is Voice.CAUSE and flow.open_end:
        return Voice.CAUSE
    if bad and (turned or bad >= good or flow.voice is Voice.LIMITATION):
        return Voice.LIMITATION
    if flow.voice is Voice.LIMITATION and flow.open_end:
        return Voice.LIMITATION
    if is_task(reading, rest) and flow.voice is not Voice.STRENGTH and not is_done(reading, rest):
        return Voice.NONE
    strong = good >= 2 or (good and reading.find(_JUST_DONE, rest)) or flow.voice is Voice.STRENGTH
    return Voice.STRENGTH if good and strong else Voice.NONE


def _goes_on(reading: Reading, rest: Span) -> bool:
    """Whether a sentence goes on with the tasks of the sentence before."""
    before = reading.key[max(0, rest.start - 12) : rest.start]
    counted = _ORDINAL.search(before) is not None
    return counted or is_imperative(reading, rest) or demands(reading, rest, reach=_MODAL_REACH)


def _items(reading: Reading, rest: Span, voice: Voice, label: Span | None, scopes: tuple[Span, ...], lead: Lead | None) -> list[Statement]:  # fmt: skip
    if voice in {Voice.NONE, Voice.OPEN}:
        return []
    if voice is Voice.CAUSE:
        whole = without_stop(reading, rest)
        return [Statement(whole, voice, label, scopes)] if whole else []
    made = []
    for item in split_items(reading, rest):
        for piece in _split_also(reading, item, voice):
            clean = without_stop(reading, without_marker(reading, piece))
            if clean and clean.end - clean.start >= 8:
                made.append(
                    Statement(
                        clean,
                        _item_voice(reading, clean, voice, lead, labelled=label is not None),
                        label,
                        scopes,
                    )
                )
    return [statement for statement in made if statement.voice is not Voice.NONE]


def _item_voice(reading: Reading, item: Span, voice: Voice, lead: Lead | None, *, labelled: bool) -> Voice:
    if voice is Voice.RATING and not labelled and not reading.find(_RATING, item):
        return Voice.NONE
    if voice is Voice.DIRECTION and (is_discussion(reading, item) or reading.find(_FAVOUR, item)):
        return Voice.NONE
    if voice is Voice.STRENGTH and (lead is None or not lead.praise):
        bad = limits(reading, item)
        return (
            Voice.LIMITATION
            if bad and bad > praises(reading, item) and not _FIGURE.search(reading.words(item))
            else voice
        )
    return voice


def _split_also(reading: Reading, item: Span, voice: Voice) -> list[Span]:
    """Split at "đồng thời" before a task, at "đặc biệt là" before another shortcoming."""
    for match in _ALSO.finditer(reading.key, item.start, item.end):
        left, right = reading.trimmed(item.start, match.start()), reading.trimmed(match.end(), item.end)
        if not left or not right or right.end - right.start < 20:
            continue
        if (match["modal"] and voice is Voice.DIRECTION) or _own_matter(
            reading, left, right, match["word"], voice
        ):
            return [left, *_split_also(reading, right, voice)]
    return [item]


def _own_matter(reading: Reading, left: Span, right: Span, word: str, voice: Voice) -> bool:
    if word.startswith("đặc biệt"):
        return voice is Voice.LIMITATION and limits(reading, left) > 0 and limits(reading, right) > 0
    if voice is Voice.DIRECTION:
        return is_imperative(reading, right) or not starts_lower(reading, right)
    return voice is Voice.LIMITATION and limits(reading, right) > 0
