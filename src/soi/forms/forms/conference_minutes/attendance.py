"""Thành phần tham dự: who chaired, wrote, directed, came and was missing, on that day."""

from __future__ import annotations

from collections.abc import Sequence

from soi.forms.docx.page import Page
from soi.forms.docx.tables import Column, add_gap, add_table
from soi.forms.docx.text import add_body, add_heading
from soi.forms.forms.conference_minutes.context import Absence, MinutesContext
from soi.forms.parts import Participant
from soi.forms.wording import count, introduced, one_line, phrase, post_list, sentence


def add_attendance(page: Page, context: MinutesContext) -> None:
    """Mục A: left out when nobody is known."""
    if not _anybody(context):
        return
    add_heading(page, "A. THÀNH PHẦN THAM DỰ", level=1)
    _add_people(page, "Chủ trì:", [context.chair] if context.chair else [])
    _add_people(page, "Thư ký:", [context.secretary] if context.secretary else [])
    _add_people(page, "Dự và chỉ đạo:", context.superiors)
    _add_present(page, context)
    _add_people(page, "Khách mời:", context.guests)
    _add_absent(page, context)


def _anybody(context: MinutesContext) -> bool:
    people = (
        context.chair,
        context.secretary,
        context.superiors,
        context.present,
        context.guests,
        context.absent,
    )
    return any(people) or context.present_count is not None or context.summoned_count is not None


def _add_people(page: Page, lead: str, people: Sequence[Participant]) -> None:
    honorific = page.layout.honorific
    if len(people) == 1:
        add_body(page, sentence(introduced(people[0], honorific)), lead=lead)
    elif people:
        add_body(page, "", lead=lead, keep=True)
        for person in people:
            add_body(page, f"- {sentence(introduced(person, honorific))}")


def present_count(context: MinutesContext) -> int | None:
    """Số có mặt: as counted, or the length of the list; None when neither is known."""
    if context.present_count is not None:
        return context.present_count
    return len(context.present) or None


def summoned_count(context: MinutesContext) -> int | None:
    """Số triệu tập: as given; only a list of absentees lets it be worked out, never the present alone."""
    if context.summoned_count is not None:
        return context.summoned_count
    present = present_count(context)
    return present + len(context.absent) if present is not None and context.absent else None


def _add_present(page: Page, context: MinutesContext) -> None:
    present, summoned = present_count(context), summoned_count(context)
    if present is None:
        return
    word = page.layout.people_word
    of_all = f"/{count(summoned)} {word} được triệu tập" if summoned is not None else f" {word}"
    end = ", gồm:" if context.present else "."
    add_body(page, f"{count(present)}{of_all}{end}", lead="Có mặt:", keep=bool(context.present))
    if context.present:
        _add_present_table(page, context.present)


def _add_present_table(page: Page, people: Sequence[Participant]) -> None:
    columns = [Column("TT", 10, centered=True), Column("Họ và tên", 50)]
    fields = [[str(number), one_line(person.name)] for number, person in enumerate(people, start=1)]
    optional = (
        (Column("Cấp bậc", 28), [one_line(person.rank) for person in people]),
        (Column("Chức vụ", 62), [post_list(person.posts) for person in people]),
        (Column("Điểm cầu", 35), [one_line(person.site) for person in people]),
    )
    for column, texts in optional:
        # A column in which nobody has anything is paper for nothing.
        if any(texts):
            columns.append(column)
            for field, text in zip(fields, texts, strict=True):
                field.append(text)
    add_table(page, columns, fields)
    add_gap(page)


def _add_absent(page: Page, context: MinutesContext) -> None:
    present, summoned = present_count(context), summoned_count(context)
    word = page.layout.people_word
    if context.absent:
        add_body(page, f"{count(len(context.absent))} {word}:", lead="Vắng mặt:", keep=True)
        for absence in context.absent:
            add_body(page, f"- {sentence(_absence(absence, page.layout.honorific))}")
    elif present is not None and summoned is not None:
        # Only numbers are known; without the number summoned nothing may be claimed.
        missing = summoned - present
        add_body(page, f"{count(missing)} {word}." if missing > 0 else "Không.", lead="Vắng mặt:")


def _absence(absence: Absence, honorific: str) -> str:
    who, reason = introduced(absence.who, honorific), phrase(one_line(absence.reason))
    return f"{who}; lý do: {reason}" if reason else who
