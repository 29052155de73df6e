"""Câu và ý: every clause of the body with its voice, split into items. One pass over the lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from soi.intake.extract.headings import Heading, Voice, read_heading
from soi.intake.extract.layout import Layout
from soi.intake.extract.leads import Lead, read_lead, without_openers, without_quoted_speaker
from soi.intake.extract.model import Span
from soi.intake.extract.predicates import is_imperative, is_meta, limits, turn
from soi.intake.extract.reading import Reading, keyed
from soi.intake.extract.segments import sentences, split_items, starts_lower, without_marker, without_stop
from soi.intake.extract.voices import NO_FLOW, SECTIONS, Clause, Flow, voice_of_clause, voice_of_item

_ALSO = re.compile(
    keyed(r"[,;]\s(?P<word>đồng thời|đặc biệt là)[,:]?\s(?P<modal>phải |cần )?(?:đã |cũng )?(?=\w)")
)
_NEXT_SPEECH = re.compile(
    keyed(r";\s(?=(?:đồng thời,?\s)?(?:yêu cầu|đề nghị|giao|lưu ý|ghi nhận|biểu dương)\s)")
)
_SHORTEST = 8
_SHORTEST_MATTER = 20


@dataclass(frozen=True, slots=True)
class Statement:
    """Một ý: its span, its voice, the label it stands under, and where a period may be named for it."""

    span: Span
    voice: Voice
    label: Span | None = None
    scopes: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """Chỗ đang đọc: the heading above, its label, the flow, and whether the line before was a list item."""

    section: Heading | None = None
    label: Span | None = None
    flow: Flow = NO_FLOW
    listed: bool = False


def statements(layout: Layout) -> list[Statement]:
    """Các ý của thân bài, in order."""
    reading = layout.reading
    official = layout.report_title is not None or layout.minutes_title is not None
    found: list[Statement] = []
    place = _Place()
    for line in layout.body:
        # What the standfirst says in brief stands in full below it.
        if line == layout.standfirst:
            continue
        place, rest = _next_line(reading, line, place, official=official)
        if rest is None:
            continue
        for sentence in sentences(reading, without_marker(reading, rest)):
            for part in _speeches(reading, sentence):
                made, flow = _sentence(reading, part, place)
                place = replace(place, flow=flow)
                found.extend(made)
    return found


def _speeches(reading: Reading, sentence: Span) -> list[Span]:
    """A sentence in which one verb of saying follows another: "ghi nhận …; đồng thời đề nghị …"."""
    cuts = [match.start() for match in _NEXT_SPEECH.finditer(reading.key, sentence.start, sentence.end)]
    bounds = [sentence.start, *cuts, sentence.end]
    parts = (reading.trimmed(one, two, drop=" ;") for one, two in pairwise(bounds) if one < two)
    return [part for part in parts if part]


def _next_line(reading: Reading, line: Span, place: _Place, *, official: bool) -> tuple[_Place, Span | None]:
    """Where the line stands, and what of it is running text."""
    marked = without_marker(reading, line).start > line.start
    if place.listed and not marked and not official:
        place = _Place()
    place = replace(place, listed=marked)
    heading = read_heading(reading, line, official=official)
    if heading is not None:
        return _entered(heading, place), heading.rest
    # In running text a new paragraph goes on only with results and tasks.
    if not official and not place.flow.open_end and place.flow.voice is not Voice.DIRECTION:
        kept = Voice.STRENGTH if place.flow.voice is Voice.STRENGTH else Voice.NONE
        place = replace(place, flow=Flow(kept))
    return place, line


def _entered(heading: Heading, place: _Place) -> _Place:
    """Go below a heading: a label inside a section ("1. Công tác tư tưởng: …") keeps the section's voice."""
    section = place.section
    if section is not None and section.voice in SECTIONS and not heading.top:
        # "2. Thực hiện nhiệm vụ chính trị: …" names a field of work, whatever its words would say alone.
        own = heading.voice in {Voice.CAUSE, Voice.LIMITATION}
        labelled = heading.rest is not None and section.top and not own
        if heading.voice is Voice.TOPIC or labelled:
            return replace(place, label=heading.label, flow=Flow(scopes=(section.label,)))
    return replace(place, section=heading, label=heading.label, flow=Flow(scopes=(heading.label,)))


def _sentence(reading: Reading, sentence: Span, place: _Place) -> tuple[list[Statement], Flow]:
    inner = without_quoted_speaker(reading, sentence)
    lead = _lead(reading, inner, place.section)
    if lead and lead.rest is None:
        return [], Flow(lead.voice, open_end=True, scopes=_scopes(lead, place))
    turned = turn(reading, inner) is not None
    rest, dropped = without_openers(reading, lead.rest if lead and lead.rest else inner)
    scopes = (*dropped, *_scopes(lead, place))
    clause = Clause(reading, rest, lead, place.section, place.flow, turned)
    voice = voice_of_clause(clause)
    made = list(_items(clause, voice, place.label, scopes))
    return made, _next_flow(clause, voice, scopes)


def _lead(reading: Reading, inner: Span, section: Heading | None) -> Lead | None:
    """Below a heading with a voice of its own nobody speaks: a verb of saying there is part of the work."""
    lead = read_lead(reading, inner)
    in_section = section is not None and section.voice in SECTIONS
    if lead and lead.speech and in_section and lead.voice is not Voice.DIRECTION:
        return None
    return lead


def _scopes(lead: Lead | None, place: _Place) -> tuple[Span, ...]:
    if lead and lead.zone and lead.speech and place.section is None:
        return (lead.zone,)
    return (*((lead.zone,) if lead and lead.zone else ()), *place.flow.scopes)


def _next_flow(clause: Clause, voice: Voice, scopes: tuple[Span, ...]) -> Flow:
    raw, flow, end = clause.reading.raw, clause.flow, clause.span.end
    ends_open = raw[end - 1] == ":" or raw[end : end + 1] == ":"
    if clause.lead and voice is not Voice.NONE:
        return Flow(voice, open_end=ends_open or (flow.open_end and voice is flow.voice), scopes=scopes)
    if voice is Voice.NONE and is_meta(clause.reading, clause.span):
        return Flow(scopes=flow.scopes if flow.open_end else ())
    if voice in {Voice.STRENGTH, Voice.DIRECTION} and voice is not flow.voice:
        return replace(flow, voice=voice, scopes=scopes)
    return flow


def _items(clause: Clause, voice: Voice, label: Span | None, scopes: tuple[Span, ...]) -> Iterator[Statement]:
    if voice in {Voice.NONE, Voice.OPEN, Voice.TOPIC}:
        return
    reading = clause.reading
    # A cause is one passage, however many clauses it has.
    items = [clause.span] if voice is Voice.CAUSE else split_items(reading, clause.span)
    for piece in (piece for item in items for piece in _split_also(reading, item, voice)):
        clean = without_stop(reading, without_marker(reading, piece))
        if clean is None or clean.end - clean.start < _SHORTEST:
            continue
        own = voice_of_item(clause, clean, voice, labelled=label is not None)
        if own is not Voice.NONE:
            yield Statement(_after_turn(reading, clean), own, label, scopes)


def _after_turn(reading: Reading, item: Span) -> Span:
    end = turn(reading, item)
    return Span(end, item.end) if end is not None and item.end - end >= _SHORTEST else item


def _split_also(reading: Reading, item: Span, voice: Voice) -> list[Span]:
    """Split at "đồng thời" before a task, at "đặc biệt là" before another shortcoming."""
    for match in _ALSO.finditer(reading.key, item.start, item.end):
        left, right = reading.trimmed(item.start, match.start()), reading.trimmed(match.end(), item.end)
        if not left or not right or right.end - right.start < _SHORTEST_MATTER:
            continue
        asked = match["modal"] is not None and voice is Voice.DIRECTION
        if asked or _own_matter(reading, left, right, match["word"], voice):
            return [left, *_split_also(reading, right, voice)]
    return [item]


def _own_matter(reading: Reading, left: Span, right: Span, word: str, voice: Voice) -> bool:
    if word.startswith("đặc biệt"):
        return voice is Voice.LIMITATION and limits(reading, left) > 0 and limits(reading, right) > 0
    if voice is Voice.DIRECTION:
        return is_imperative(reading, right) or not starts_lower(reading, right)
    return voice is Voice.LIMITATION and limits(reading, right) > 0
