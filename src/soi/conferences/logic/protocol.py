"""Soạn biên bản từ diễn biến: sections of paragraphs, each with the numbers of the events that prove it. Pure.

What is known is said, what is not known is left out: no paragraph claims more than the records do.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Một đoạn; ``events``: the numbers of the events of the floor it was composed from."""

    text: str
    events: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Một mục của biên bản."""

    key: str
    title: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Somebody:
    """Người: name with rank, post, and for an absentee the reason."""

    name: str
    post: str = ""
    reason: str = ""

    def __str__(self) -> str:
        return ", ".join(part for part in (self.name, self.post) if part)


@dataclass(frozen=True, slots=True)
class Place:
    """Điểm cầu: how many were there."""

    name: str
    is_main: bool
    present: int


@dataclass(frozen=True, slots=True)
class Happening:
    """Việc đã diễn ra ở một nội dung: a speech, an opinion, a paper shown, a ballot; in the order of time."""

    text: str
    events: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """Một nội dung chương trình với những gì đã diễn ra."""

    index: str
    title: str
    happenings: tuple[Happening, ...]
    events: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Mọi điều biên bản cần."""

    title: str
    body: str
    place: str
    opened_at: dt.datetime | None
    closed_at: dt.datetime | None
    day: dt.date
    opened_event: int | None = None
    closed_event: int | None = None
    places: tuple[Place, ...] = ()
    chairs: tuple[Somebody, ...] = ()
    secretaries: tuple[Somebody, ...] = ()
    directing: tuple[Somebody, ...] = ()
    entitled: int = 0
    entitled_present: int = 0
    present: int = 0
    absent: tuple[Somebody, ...] = ()
    items: tuple[Item, ...] = ()
    before_items: tuple[Happening, ...] = ()
    decisions: tuple[Happening, ...] = ()
    conclusions: tuple[str, ...] = ()


def compose(facts: Facts) -> tuple[Section, ...]:
    """Soạn: only the sections that have something to say."""
    sections = (
        Section("time", "Thời gian, địa điểm", tuple(_time(facts))),
        Section("people", "Thành phần", tuple(_people(facts))),
        Section("course", "Diễn biến hội nghị", tuple(_course(facts))),
        Section("decisions", "Biểu quyết, bỏ phiếu", _told(facts.decisions)),
        Section("conclusions", "Kết luận của chủ trì", tuple(_conclusions(facts))),
        Section("end", "Kết thúc", tuple(_end(facts))),
    )
    return tuple(section for section in sections if section.paragraphs)


def _time(facts: Facts) -> Iterable[Paragraph]:
    began = facts.opened_at or None
    when = f"{clock(began)} ngày {began:%d/%m/%Y}" if began else f"Ngày {facts.day:%d/%m/%Y}"
    where = f", tại {facts.place}" if facts.place else ""
    yield Paragraph(
        f"{when}{where}, {facts.body} tổ chức {_lower_first(facts.title)}.", _one(facts.opened_event)
    )
    if facts.places:
        yield Paragraph(
            f"Hội nghị họp tại {len(facts.places)} điểm cầu: {'; '.join(map(_place, facts.places))}."
        )


def _place(place: Place) -> str:
    main = " (điểm cầu chính)" if place.is_main else ""
    return f"{place.name}{main}, {place.present} người"


def _people(facts: Facts) -> Iterable[Paragraph]:
    for lead, people in (
        ("Chủ trì", facts.chairs), ("Thư ký", facts.secretaries), ("Dự và chỉ đạo", facts.directing)
    ):  # fmt: skip
        if people:
            yield Paragraph(f"{lead}: {'; '.join(map(str, people))}.")
    if facts.entitled:
        yield Paragraph(f"Có mặt {facts.entitled_present}/{facts.entitled} thành viên được triệu tập.")
        guests = facts.present - facts.entitled_present
        if guests > 0:
            yield Paragraph(f"Khách mời dự họp: {guests} người.")
    elif facts.present:
        yield Paragraph(f"Có mặt {facts.present} người.")
    if facts.absent:
        yield Paragraph(f"Vắng mặt {len(facts.absent)} người: {'; '.join(map(_absent, facts.absent))}.")


def _absent(one: Somebody) -> str:
    return f"{one} (lý do: {one.reason})" if one.reason else f"{one} (không rõ lý do)"


def _course(facts: Facts) -> Iterable[Paragraph]:
    yield from _told(facts.before_items)
    for item in facts.items:
        yield Paragraph(f"{item.index}. {item.title}.", item.events)
        yield from _told(item.happenings)


def _told(happenings: Sequence[Happening]) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(one.text, one.events) for one in happenings)


def _conclusions(facts: Facts) -> Iterable[Paragraph]:
    for number, text in enumerate(facts.conclusions, start=1):
        yield Paragraph(f"{number}. {text.rstrip('.;')}.")


def _end(facts: Facts) -> Iterable[Paragraph]:
    if facts.closed_at:
        yield Paragraph(
            f"Hội nghị kết thúc lúc {clock(facts.closed_at)} ngày {facts.closed_at:%d/%m/%Y}.",
            _one(facts.closed_event),
        )


def clock(at: dt.datetime) -> str:
    """Giờ phút: "14 giờ 05"."""
    return f"{at.hour} giờ {at.minute:02d}"


def _one(number: int | None) -> tuple[int, ...]:
    return () if number is None else (number,)


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:] if text[:1].isupper() and not text[:2].isupper() else text


# --- as stored -----------------------------------------------------------------------------------------


def stored(sections: Iterable[Section]) -> list[dict[str, object]]:
    """Như được lưu trong một bản của biên bản."""
    return [
        {
            "key": section.key,
            "title": section.title,
            "paragraphs": [{"text": one.text, "events": list(one.events)} for one in section.paragraphs],
        }
        for section in sections
    ]


def read(rows: Iterable[dict[str, object]]) -> tuple[Section, ...]:
    """Đọc lại."""
    return tuple(
        Section(
            str(row["key"]),
            str(row["title"]),
            tuple(Paragraph(one["text"], tuple(one["events"])) for one in row["paragraphs"]),  # type: ignore[attr-defined]
        )
        for row in rows
    )


def rewritten(sections: Sequence[Section], texts: dict[str, str]) -> tuple[Section, ...]:
    """Sau khi thư ký sửa: ``texts`` by key of section, a line a paragraph; unchanged ones keep their proof."""
    return tuple(
        Section(section.key, section.title, _rewritten(section, texts[section.key]))
        if section.key in texts
        else section
        for section in sections
    )


def _rewritten(section: Section, text: str) -> tuple[Paragraph, ...]:
    known = {one.text: one.events for one in section.paragraphs}
    lines = [line.strip() for line in text.splitlines()]
    return tuple(Paragraph(line, known.get(line, ())) for line in lines if line)
