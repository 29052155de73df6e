"""Hội nghị: kind, form, days, period looked back on, who holds it and where."""

from __future__ import annotations

import re
from dataclasses import dataclass

from soi.intake.extract.dates import DateFound, find_dates
from soi.intake.extract.layout import Layout
from soi.intake.extract.lexicon.meetings import FORUMS, HALLS, MEETING_WORDS, PURPOSES, SUBJECTS
from soi.intake.extract.model import Conference, ConferenceKind, Form, Sourced, Span
from soi.intake.extract.organisation import find_organisation, find_place
from soi.intake.extract.periods import PeriodFound, find_periods, unit_months
from soi.intake.extract.reading import Reading, cue, longest_first, span_of

_PURPOSES = tuple((kind, cue(pattern)) for kind, pattern in PURPOSES)
_SUBJECTS = tuple((kind, cue(pattern)) for kind, pattern in SUBJECTS)
_FORUMS = tuple((kind, cue(pattern)) for kind, pattern in FORUMS)
_MEETING = re.compile(rf"(?<!\w)(?:{longest_first(MEETING_WORDS)})(?!\w)")
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
_LEAD_SENTENCES = 12
_NO_DATE_PURPOSE = 400


@dataclass(frozen=True)
class _Opening:
    """Phần mở đầu: the title and the sentence that tells of the meeting."""

    title: Span | None
    lead: Span | None
    head: tuple[Span, ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        return tuple(span for span in (self.lead, self.title) if span)


def read_conference(layout: Layout, published: Sourced[str] | None) -> Conference:
    """Đọc phần hội nghị."""
    reading = layout.reading
    opening = _opening(layout)
    kind = _kind(layout, opening)
    found = _meeting_date(reading, layout, opening, kind.value)
    year = _year(reading, layout, opening, found=found, kind=kind.value, published=published)
    periods = _periods(reading, layout, opening, kind.value, year)
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


# ---------------------------------------------------------------- the sentence that tells of the meeting
def _opening(layout: Layout) -> _Opening:
    head = layout.sentences[:_LEAD_SENTENCES]
    lead = next((sentence for sentence in head if _tells(layout.reading, sentence, dated=True)), None)
    if lead is None:
        # Some portals print the lead last.
        lead = next((s for s in layout.sentences[-4:] if _tells(layout.reading, s, dated=True)), None)
    if lead is None:
        lead = next((sentence for sentence in head if _tells(layout.reading, sentence, dated=False)), None)
    return _Opening(layout.title, lead, head)


def _tells(reading: Reading, sentence: Span, *, dated: bool) -> bool:
    if not reading.find(_HELD, sentence):
        return False
    if not (reading.find(_MEETING, sentence) or reading.key_in(sentence).startswith("thời gian")):
        return False
    return not dated or any(found.led or found.year for found in find_dates(reading, sentence))


# ---------------------------------------------------------------------------------------------- kind
def _kind(layout: Layout, opening: _Opening) -> Sourced[ConferenceKind]:
    reading = layout.reading
    if layout.report_title:
        return Sourced(ConferenceKind.NONE, (layout.report_title,))
    order = (opening.title, opening.lead) if layout.minutes_title else (opening.lead, opening.title)
    for table in (_PURPOSES, _SUBJECTS, _FORUMS):
        for span in order:
            if span and (kind := _earliest(reading, span, table)):
                return kind
    for sentence in opening.head:
        if reading.find(_MEETING, sentence) and (kind := _earliest(reading, sentence, _PURPOSES)):
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
def _form(layout: Layout, opening: _Opening, place: Sourced[str] | None) -> Sourced[Form]:
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
    reading: Reading, layout: Layout, opening: _Opening, kind: ConferenceKind
) -> DateFound | None:
    if kind is ConferenceKind.NONE and not (opening.lead and reading.find(_MEETING, opening.lead)):
        return None
    # Minutes without a time in their text bear the date of their head.
    head = layout.letterhead if layout.minutes_title else ()
    spans = (*((opening.lead,) if opening.lead else ()), *head)
    return next((date for span in spans for date in find_dates(reading, span)), None)


def _iso_dates(
    found: DateFound | None, year: tuple[int | None, tuple[Span, ...]]
) -> tuple[Sourced[str] | None, Sourced[str] | None]:
    if found is None:
        return None, None
    evidence = (found.span, *(() if found.year else year[1]))
    start, end = found.iso(year[0])
    return Sourced(start, evidence), Sourced(end, evidence)


def _year(
    reading: Reading,
    layout: Layout,
    opening: _Opening,
    *,
    found: DateFound | None,
    kind: ConferenceKind,
    published: Sourced[str] | None,
) -> tuple[int | None, tuple[Span, ...]]:
    """The year of the meeting and the words it comes from."""
    if found and found.year:
        return found.year, (found.span,)
    if published:
        year = int(published.value[:4])
        month = int(published.value[5:7])
        # News of a meeting in December may appear in January.
        return (year - 1 if found and found.month == 12 and month == 1 else year), published.evidence
    for span in (*opening.spans, *opening.head[:6]):
        for period in find_periods(reading, span):
            if period.year:
                return _year_from(reading, span, period, found, kind), (period.span,)
    if layout.letterhead:
        for line in layout.letterhead:
            for date in find_dates(reading, line):
                if date.year:
                    return date.year, (date.span,)
    return None, ()


def _year_from(
    reading: Reading, span: Span, period: PeriodFound, found: DateFound | None, kind: ConferenceKind
) -> int | None:
    if period.year is None or found is None:
        return period.year
    ahead = _is_ahead(reading, span, period)
    first, last = unit_months(period.unit)
    if ahead:
        # What lies ahead begins after the meeting: "nhiệm vụ năm 2022" said in December is of the next year.
        return (
            period.year - 1
            if first == 1 and period.unit in ("", "H1", "Q1") and found.month >= 10
            else period.year
        )
    if not period.unit:
        # A whole year is looked back on at its end or early in the next one.
        early = found.month <= 5 and kind in _LOOK_BACK
        return period.year + 1 if early else period.year
    return period.year + 1 if found.month < min(last, 12) - 1 and found.month < first else period.year


# ---------------------------------------------------------------------------------------------- period
def _is_ahead(reading: Reading, span: Span, period: PeriodFound) -> bool:
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


def _periods(
    reading: Reading,
    layout: Layout,
    opening: _Opening,
    kind: ConferenceKind,
    year: tuple[int | None, tuple[Span, ...]],
) -> tuple[Sourced[str], ...]:
    spans = [*opening.spans, *opening.head]
    if layout.report_title:
        return _of_report(reading, layout, year)
    found: dict[str, Sourced[str]] = {}
    for index, span in enumerate(spans):
        for period in _looked_back(reading, span):
            label = period.label(year[0])
            if label and _fits(label, kind):
                found.setdefault(
                    label, Sourced(label, (period.span, *(() if period.year or period.whole else year[1])))
                )
        if found and index >= len(opening.spans) - 1:
            break
    if kind is ConferenceKind.REVIEW_RESOLUTION and not any(_is_long(label) for label in found):
        found = {**_term(reading, layout, opening), **found}
    chosen = _most_fitting(found, kind)
    return chosen or _from_headings(reading, layout, kind, year)


def _of_report(
    reading: Reading, layout: Layout, year: tuple[int | None, tuple[Span, ...]]
) -> tuple[Sourced[str], ...]:
    """The period in the title of a report: on its own line or on the next."""
    for span in (*((layout.report_title,) if layout.report_title else ()), *layout.body[:2]):
        for period in find_periods(reading, span):
            if label := period.label(year[0]):
                return (Sourced(label, (period.span,)),)
    return ()


def _looked_back(reading: Reading, span: Span) -> list[PeriodFound]:
    return [
        period
        for period in find_periods(reading, span)
        if reading.find(_BACK, Span(span.start, period.span.end)) and not _is_ahead(reading, span, period)
    ]


def _is_long(label: str) -> bool:
    return label.startswith("P") or re.fullmatch(r"\d{4}-\d{4}", label) is not None


def _term(reading: Reading, layout: Layout, opening: _Opening) -> dict[str, Sourced[str]]:
    """ "giữa nhiệm kỳ" in the lead: the years of the term stand somewhere in the text."""
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


def _from_headings(
    reading: Reading, layout: Layout, kind: ConferenceKind, year: tuple[int | None, tuple[Span, ...]]
) -> tuple[Sourced[str], ...]:
    """Kỳ nêu ở đề mục hay báo cáo ("I. Đánh giá công tác tháng 11"), where the opening does not say it."""
    for sentence in layout.sentences[:40]:
        if reading.find(_BACK, sentence) or reading.key_in(sentence).startswith(("trong ", "qua ")):
            for period in find_periods(reading, sentence):
                label = period.label(year[0])
                if label and not period.whole and not _is_ahead(reading, sentence, period):
                    return (Sourced(label, (period.span, *(() if period.year or period.whole else year[1]))),)
    return ()
