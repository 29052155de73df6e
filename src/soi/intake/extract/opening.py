"""Phần mở đầu: the title of a text and the sentence that tells of the meeting."""

from __future__ import annotations

import re
from dataclasses import dataclass

from soi.intake.extract.dates import find_dates
from soi.intake.extract.layout import Layout
from soi.intake.extract.lexicon.meetings import MEETING_WORDS
from soi.intake.extract.model import Span
from soi.intake.extract.reading import Reading, cue, longest_first

MEETING = re.compile(rf"(?<!\w)(?:{longest_first(MEETING_WORDS)})(?!\w)")
_HELD = cue(
    "tổ chức",
    "diễn ra",
    "khai mạc",
    "chủ trì",
    "tiến hành",
    "triệu tập",
    "họp",
    "đã dự",
    "dự hội nghị",
    "tham dự",
    "giao ban",
    "có buổi làm việc",
    "mở hội nghị",
    "thời gian",
)
_LEAD_SENTENCES = 12


@dataclass(frozen=True)
class Opening:
    """Phần mở đầu: the title and the sentence that tells of the meeting."""

    title: Span | None
    lead: Span | None
    head: tuple[Span, ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        """The lead first: it says more exactly what the title says in short."""
        return tuple(span for span in (self.lead, self.title) if span)


def find_opening(layout: Layout) -> Opening:
    """Tìm câu nói về hội nghị: dated if there is one, at the head of the text if there is one."""
    head = layout.sentences[:_LEAD_SENTENCES]
    lead = next((sentence for sentence in head if _tells(layout.reading, sentence, dated=True)), None)
    if lead is None:
        # Some portals print the lead last.
        lead = next((s for s in layout.sentences[-4:] if _tells(layout.reading, s, dated=True)), None)
    if lead is None:
        lead = next((sentence for sentence in head if _tells(layout.reading, sentence, dated=False)), None)
    return Opening(layout.title, lead, head)


def _tells(reading: Reading, sentence: Span, *, dated: bool) -> bool:
    if not reading.find(_HELD, sentence):
        return False
    if not (reading.find(MEETING, sentence) or reading.key_in(sentence).startswith("thời gian")):
        return False
    return not dated or any(found.led or found.year for found in find_dates(reading, sentence))
