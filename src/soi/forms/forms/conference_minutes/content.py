"""Nội dung hội nghị: agenda, strengths, shortcomings with causes, opinions, conclusions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from soi.forms.docx.page import Page
from soi.forms.docx.text import add_body, add_heading
from soi.forms.forms.conference_minutes.context import ConclusionLine, MinutesContext, Opinion, Shortcoming
from soi.forms.parts import Cause
from soi.forms.wording import (
    cause_text,
    long_date,
    lower_first,
    one_line,
    phrase,
    responsibility_lines,
    sentence,
)

_ROMAN = ("I", "II", "III", "IV", "V")
Part = tuple[str, Callable[[Page, MinutesContext], None]]


def add_content(page: Page, context: MinutesContext) -> None:
    """Mục B: the parts that there are, numbered without gaps."""
    parts = _parts(context)
    if not parts and not context.agenda:
        return
    add_heading(page, "B. NỘI DUNG HỘI NGHỊ", level=1)
    _add_agenda(page, context.agenda)
    for number, (title, add) in zip(_ROMAN, parts, strict=False):
        add_heading(page, f"{number}. {title}", level=2)
        add(page, context)


def _parts(context: MinutesContext) -> list[Part]:
    possible: list[tuple[Sequence[object], Part]] = [
        (context.strengths, ("Ưu điểm", _add_strengths)),
        ((*context.shortcomings, *context.common_causes), (_shortcomings_title(context), _add_shortcomings)),
        (context.opinions, ("Ý kiến phát biểu", _add_opinions)),
        (context.conclusions, ("Kết luận, phương hướng", _add_conclusions)),
        (context.cited_documents, ("Văn bản được quán triệt, viện dẫn", _add_documents)),
    ]
    return [part for records, part in possible if records]


def _shortcomings_title(context: MinutesContext) -> str:
    caused = context.common_causes or any(shortcoming.causes for shortcoming in context.shortcomings)
    return "Hạn chế, khuyết điểm và nguyên nhân" if caused else "Hạn chế, khuyết điểm"


def _add_numbered(page: Page, texts: Sequence[str]) -> None:
    for number, text in enumerate(texts, start=1):
        add_body(page, f"{number}. {sentence(text)}")


def _add_agenda(page: Page, agenda: Sequence[str]) -> None:
    # Before the numbered parts: strengths are part I whether or not the agenda is known.
    if agenda:
        add_body(page, "", lead="Chương trình hội nghị:", keep=True)
    for item in agenda:
        add_body(page, f"- {sentence(item)}")


def _add_strengths(page: Page, context: MinutesContext) -> None:
    _add_numbered(page, context.strengths)


def _add_documents(page: Page, context: MinutesContext) -> None:
    for document in context.cited_documents:
        add_body(page, f"- {sentence(document)}")


def _add_shortcomings(page: Page, context: MinutesContext) -> None:
    for number, shortcoming in enumerate(context.shortcomings, start=1):
        _add_shortcoming(page, number, shortcoming)
    if context.common_causes:
        add_heading(page, "Nguyên nhân chung", level=3)
        for cause in context.common_causes:
            add_body(page, f"- {cause_text(cause)}.")


def _add_shortcoming(page: Page, number: int, shortcoming: Shortcoming) -> None:
    add_body(page, f"{number}. {sentence(_with_marks(shortcoming))}")
    for cause in shortcoming.causes:
        add_body(page, f"- {_cause(cause)}.")
    for line in responsibility_lines(shortcoming.responsible):
        kind, names = line.split(": ", 1)
        add_body(page, f"- Trách nhiệm {kind.lower()}: {sentence(names)}")


def _with_marks(shortcoming: Shortcoming) -> str:
    kind, area = one_line(shortcoming.kind), one_line(shortcoming.area)
    marks = [mark for mark in (lower_first(kind), f"lĩnh vực: {area}" if area else "") if mark]
    return f"{phrase(shortcoming.text)} ({'; '.join(marks)})" if marks else shortcoming.text


def _cause(cause: Cause) -> str:
    kind = "" if cause.kind is None else f" {cause.kind.value}"
    return f"Nguyên nhân{kind}: {phrase(cause.text)}"


def _add_opinions(page: Page, context: MinutesContext) -> None:
    for number, opinion in enumerate(context.opinions, start=1):
        add_body(page, _opinion(number, opinion))


def _opinion(number: int, opinion: Opinion) -> str:
    speaker = one_line(opinion.speaker)
    return (
        f"{number}. {speaker}: {sentence(opinion.text)}" if speaker else f"{number}. {sentence(opinion.text)}"
    )


def _add_conclusions(page: Page, context: MinutesContext) -> None:
    _add_numbered(page, [_conclusion(conclusion) for conclusion in context.conclusions])


def _conclusion(conclusion: ConclusionLine) -> str:
    terms = []
    if one_line(conclusion.accountable):
        terms.append(f"Thực hiện: {one_line(conclusion.accountable)}")
    if conclusion.due is not None:
        terms.append(f"Thời hạn: {long_date(conclusion.due)}")
    return f"{sentence(conclusion.text)} {'. '.join(terms)}" if terms else conclusion.text
