"""Kỳ được đánh giá: which of the periods named in a text is looked back on, and in which year it lies."""

from __future__ import annotations

import re
from dataclasses import dataclass

from soi.intake.extract.layout import Layout
from soi.intake.extract.model import ConferenceKind, Sourced, Span
from soi.intake.extract.opening import Opening
from soi.intake.extract.periods import PeriodFound, find_periods, unit_months
from soi.intake.extract.reading import Reading, cue

_BACK = cue(
    "kiểm điểm",
    "sơ kết",
    "tổng kết",
    "giao ban",
    "đánh giá",
    "kết quả",
    "nhìn lại",
    "tự phê bình và phê bình",
    "kết quả thực hiện",
)
_AHEAD = cue(
    "triển khai",
    "phương hướng",
    "nhiệm vụ",
    "kế hoạch",
    "chương trình công tác",
    "giải pháp",
    "ra nghị quyết",
    "nghị quyết lãnh đạo",
    "mục tiêu",
    "dự kiến",
    "bàn",
)
_HEADING_SENTENCES = 40


@dataclass(frozen=True, slots=True)
class MeetingYear:
    """Năm họp, the month if known, and the words the year comes from."""

    value: int | None
    month: int | None
    evidence: tuple[Span, ...]

    def labelled(self, period: PeriodFound) -> Sourced[str] | None:
        """The label of a period that is looked back on; without a year of its own it ended before the meeting."""
        if period.year or period.whole:
            label = period.label(None)
            return Sourced(label, (period.span,)) if label else None
        year = self.value
        if year and self.month and period.unit and unit_months(period.unit)[0] > self.month:
            year -= 1
        label = period.label(year)
        return Sourced(label, (period.span, *self.evidence)) if label else None


def is_ahead(reading: Reading, span: Span, period: PeriodFound) -> bool:
    """Whether the period is spoken of as what comes next, not as what is looked back on."""
    back = ahead = -1
    for match in _BACK.finditer(reading.key, span.start, period.span.start):
        back = match.start()
    for match in _AHEAD.finditer(reading.key, span.start, period.span.start):
        ahead = match.start()
    return ahead > back and not _looks_back_on_task(reading, back, ahead)


def _looks_back_on_task(reading: Reading, back: int, ahead: int) -> bool:
    """ "kiểm điểm việc thực hiện nhiệm vụ quý I": the task word belongs to the word of looking back."""
    return back >= 0 and not re.search(r"[,;]| và ", reading.key[back:ahead])


def read_periods(
    layout: Layout, opening: Opening, kind: ConferenceKind, year: MeetingYear
) -> tuple[Sourced[str], ...]:
    """Kỳ được đánh giá: what the opening looks back on, else what the headings say."""
    reading = layout.reading
    spans = [*opening.spans, *opening.head]
    if layout.report_title:
        return _of_report(layout, year)
    found: dict[str, Sourced[str]] = {}
    for index, span in enumerate(spans):
        for period in _looked_back(reading, span):
            sourced = year.labelled(period)
            if sourced and _fits(sourced.value, kind):
                found.setdefault(sourced.value, sourced)
        if found and index >= len(opening.spans) - 1:
            break
    if kind is ConferenceKind.REVIEW_RESOLUTION and not any(_is_long(label) for label in found):
        found = {**_term(layout, opening), **found}
    chosen = _most_fitting(found, kind)
    return chosen or _from_headings(layout, year)


def _of_report(layout: Layout, year: MeetingYear) -> tuple[Sourced[str], ...]:
    """The period in the title of a report: on its own line or on the next."""
    for span in (*((layout.report_title,) if layout.report_title else ()), *layout.body[:2]):
        for period in find_periods(layout.reading, span):
            if sourced := year.labelled(period):
                return (sourced,)
    return ()


def _looked_back(reading: Reading, span: Span) -> list[PeriodFound]:
    return [
        period
        for period in find_periods(reading, span)
        if reading.find(_BACK, Span(span.start, period.span.end)) and not is_ahead(reading, span, period)
    ]


def _is_long(label: str) -> bool:
    return label.startswith("P") or re.fullmatch(r"\d{4}-\d{4}", label) is not None


def _term(layout: Layout, opening: Opening) -> dict[str, Sourced[str]]:
    """ "giữa nhiệm kỳ" in the lead: the years of the term stand somewhere in the text."""
    reading = layout.reading
    if not any("nhiệm kỳ" in reading.key_in(span) for span in opening.spans):
        return {}
    for sentence in layout.sentences:
        for period in find_periods(reading, sentence):
            if period.whole and _is_long(period.whole) and period.whole[0] != "P":
                return {period.whole: Sourced(period.whole, (period.span,))}
    return {}


def _fits(label: str, kind: ConferenceKind) -> bool:
    wanted = {
        ConferenceKind.BRIEFING_QUARTER: "-Q",
        ConferenceKind.HALF_YEAR: "-H",
        ConferenceKind.BRIEFING_MONTH: "-",
    }.get(kind)
    return wanted is None or wanted in label


def _most_fitting(found: dict[str, Sourced[str]], kind: ConferenceKind) -> tuple[Sourced[str], ...]:
    labels = list(found)
    if kind is ConferenceKind.REVIEW_RESOLUTION:
        strong = [label for label in labels if _is_long(label)]
        halves = [label for label in labels if "-H" in label]
        return tuple(found[label] for label in (strong + halves or labels[:1]))
    return tuple(found[label] for label in labels[:1])


def _from_headings(layout: Layout, year: MeetingYear) -> tuple[Sourced[str], ...]:
    """Kỳ nêu ở đề mục hay báo cáo ("I. Đánh giá công tác tháng 11"), where the opening does not say it."""
    reading = layout.reading
    for sentence in layout.sentences[:_HEADING_SENTENCES]:
        if reading.find(_BACK, sentence) or reading.key_in(sentence).startswith(("trong ", "qua ")):
            for period in find_periods(reading, sentence):
                sourced = year.labelled(period)
                if sourced and not period.whole and not is_ahead(reading, sentence, period):
                    return (sourced,)
    return ()
