"""Hội nghị: kind, form, days, period looked back on, who holds it and where."""

from __future__ import annotations

import re

from soi.intake.extract.dates import DateFound, find_dates
from soi.intake.extract.layout import Layout
from soi.intake.extract.lexicon.meetings import FORUMS, HALLS, PURPOSES, SUBJECTS
from soi.intake.extract.lookback import MeetingYear, is_ahead, read_periods
from soi.intake.extract.model import Conference, ConferenceKind, Form, Sourced, Span
from soi.intake.extract.opening import MEETING, Opening, find_opening
from soi.intake.extract.organisation import find_organisation, find_place
from soi.intake.extract.periods import PeriodFound, find_periods, unit_months
from soi.intake.extract.reading import Reading, cue, longest_first, span_of

_PURPOSES = tuple((kind, cue(pattern)) for kind, pattern in PURPOSES)
_SUBJECTS = tuple((kind, cue(pattern)) for kind, pattern in SUBJECTS)
_FORUMS = tuple((kind, cue(pattern)) for kind, pattern in FORUMS)
_ONLINE = cue(
    r"hội nghị (?:truyền hình )?trực tuyến",
    (
        r"(?:giao ban|họp|hình thức|kết nối|tổ chức|phiên họp|buổi họp|cuộc họp)(?: "
        r"\w+){0,5} (?:trực tuyến|truyền hình)"
    ),
    r"điểm cầu",
    r"(?:các|\d+) điểm cầu",
    r"cầu truyền hình",
    r"truyền hình trực tiếp",
    r"trực tuyến (?:giao ban|đến|tới|với|từ|toàn|sơ kết|tổng kết|quán triệt|triển khai)",
    r"trực tuyến",
)
_HYBRID = cue(
    r"trực tiếp(?:,)? (?:kết hợp|và|với|kết nối)(?: \w+){0,4} trực tuyến",
    r"trực tuyến (?:kết hợp|và)(?: \w+){0,3} trực tiếp",
    r"kết hợp (?:với )?(?:hình thức )?trực tuyến",
)
_NOT_A_FORM = cue(
    r"dịch vụ công trực tuyến",
    r"học tập(?: \w+){0,3} trực tuyến",
    r"thanh toán trực tuyến",
    r"hồ sơ trực tuyến",
    r"đăng ký trực tuyến",
    r"thi trực tuyến",
    r"thủ tục(?: \w+){0,4} trực tuyến",
    r"nộp(?: \w+){0,3} trực tuyến",
    r"bán hàng trực tuyến",
    r"dạy học trực tuyến",
)
_HALL = re.compile(rf"(?<!\w)(?:{longest_first(HALLS)})(?!\w)")
_LOOK_BACK = {
    ConferenceKind.SELF_CRITICISM,
    ConferenceKind.ANNUAL,
    ConferenceKind.HALF_YEAR,
    ConferenceKind.BRIEFING_QUARTER,
    ConferenceKind.BRIEFING_MONTH,
    ConferenceKind.BRIEFING_OTHER,
    ConferenceKind.REVIEW_RESOLUTION,
    ConferenceKind.NONE,
}

# Up to May a year is looked back on that is over; from October the next one is spoken of.
_SPRING = 5
_AUTUMN = 10
_YEAR_SENTENCES = 6


def read_conference(layout: Layout, published: Sourced[str] | None) -> Conference:
    """Đọc phần hội nghị."""
    reading = layout.reading
    opening = find_opening(layout)
    kind = _kind(layout, opening)
    found = _meeting_date(reading, layout, opening, kind.value)
    year = _year(layout, opening, found=found, kind=kind.value, published=published)
    periods = read_periods(layout, opening, kind.value, year)
    place = find_place(reading, opening.lead, found)
    start, end = _iso_dates(found, year)
    return Conference(
        kind=kind,
        form=_form(layout, opening, place),
        date_start=start,
        date_end=end,
        period=periods,
        organisation=find_organisation(layout, opening.lead, found, opening.title),
        place=place,
        title=layout.title,
    )


# ---------------------------------------------------------------------------------------------- kind
def _kind(layout: Layout, opening: Opening) -> Sourced[ConferenceKind]:
    reading = layout.reading
    if layout.report_title:
        return Sourced(ConferenceKind.NONE, (layout.report_title,))
    order = (opening.title, opening.lead) if layout.minutes_title else (opening.lead, opening.title)
    for table in (_PURPOSES, _SUBJECTS, _FORUMS):
        for span in order:
            if span and (kind := _earliest(reading, span, table)):
                return kind
    for sentence in opening.head:
        if reading.find(MEETING, sentence) and (kind := _earliest(reading, sentence, _PURPOSES)):
            return kind
    return Sourced(ConferenceKind.NONE, ())


def _earliest(
    reading: Reading, span: Span, table: tuple[tuple[ConferenceKind, re.Pattern[str]], ...]
) -> Sourced[ConferenceKind] | None:
    best: tuple[int, int, ConferenceKind, Span] | None = None
    for rank, (kind, pattern) in enumerate(table):
        match = pattern.search(reading.key, span.start, span.end)
        if match and (best is None or (match.start(), rank) < best[:2]):
            best = (match.start(), rank, kind, span_of(match))
    return Sourced(best[2], (best[3],)) if best else None


# ---------------------------------------------------------------------------------------------- form
def _form(layout: Layout, opening: Opening, place: Sourced[str] | None) -> Sourced[Form]:
    reading = layout.reading
    spans = [*opening.spans, *opening.head[:4]]
    for pattern, form in ((_HYBRID, Form.HYBRID), (_ONLINE, Form.ONLINE)):
        for span in spans:
            match = reading.find(pattern, span)
            if match and not _other_use(reading, span, match):
                return Sourced(form, (span_of(match),))
    if place and (hall := _HALL.search(reading.key, place.evidence[0].start, place.evidence[0].end)):
        return Sourced(Form.IN_PERSON, (span_of(hall),))
    return Sourced(Form.UNKNOWN)


def _other_use(reading: Reading, span: Span, match: re.Match[str]) -> bool:
    return any(
        other.start() <= match.start() < other.end() or match.start() <= other.start() < match.end()
        for other in _NOT_A_FORM.finditer(reading.key, span.start, span.end)
    )


# ---------------------------------------------------------------------------------------------- days
def _meeting_date(
    reading: Reading, layout: Layout, opening: Opening, kind: ConferenceKind
) -> DateFound | None:
    if kind is ConferenceKind.NONE and not (opening.lead and reading.find(MEETING, opening.lead)):
        return None
    # Minutes without a time in their text bear the date of their head.
    head = layout.letterhead if layout.minutes_title else ()
    spans = (*((opening.lead,) if opening.lead else ()), *head)
    return next((date for span in spans for date in find_dates(reading, span)), None)


def _iso_dates(found: DateFound | None, year: MeetingYear) -> tuple[Sourced[str] | None, Sourced[str] | None]:
    if found is None:
        return None, None
    evidence = (found.span, *(() if found.year else year.evidence))
    start, end = found.iso(year.value)
    return Sourced(start, evidence), Sourced(end, evidence)


def _year(
    layout: Layout,
    opening: Opening,
    *,
    found: DateFound | None,
    kind: ConferenceKind,
    published: Sourced[str] | None,
) -> MeetingYear:
    """The year of the meeting and the words it comes from."""
    month = found.month if found else None
    if found and found.year:
        return MeetingYear(found.year, month, (found.span,))
    if published:
        year = int(published.value[:4])
        # News of a meeting in December may appear in January.
        turned = month == 12 and published.value[5:7] == "01"
        return MeetingYear(year - 1 if turned else year, month, published.evidence)
    for span in (*opening.spans, *opening.head[:_YEAR_SENTENCES]):
        for period in find_periods(layout.reading, span):
            if period.year:
                return MeetingYear(
                    _year_from(layout.reading, span, period, month, kind), month, (period.span,)
                )
    for date in (date for line in layout.letterhead for date in find_dates(layout.reading, line)):
        if date.year:
            return MeetingYear(date.year, month, (date.span,))
    return MeetingYear(None, month, ())


def _year_from(
    reading: Reading, span: Span, period: PeriodFound, month: int | None, kind: ConferenceKind
) -> int | None:
    """The year of a meeting in ``month`` that looks back on, or ahead to, the period."""
    if period.year is None or month is None:
        return period.year
    first, last = unit_months(period.unit)
    if is_ahead(reading, span, period):
        # What lies ahead begins after the meeting: "nhiệm vụ năm 2022" said in December is of the next year.
        next_year = period.unit in {"", "H1", "Q1"} and month >= _AUTUMN
        return period.year - 1 if next_year else period.year
    if not period.unit:
        # A whole year is looked back on at its end or early in the next one.
        return period.year + 1 if month <= _SPRING and kind in _LOOK_BACK else period.year
    return period.year + 1 if month < first and month < last - 1 else period.year
