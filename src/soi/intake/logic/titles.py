"""Tên hội nghị: a headline sells the story; a record wants the name that minutes would bear. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.utils import translation

from soi.base.text import fold, squash
from soi.conferences.enums import ConferenceKind

_NAMES = {
    ConferenceKind.BRIEFING_MONTH: "Hội nghị giao ban",
    ConferenceKind.BRIEFING_QUARTER: "Hội nghị giao ban",
    ConferenceKind.BRIEFING_OTHER: "Hội nghị giao ban",
    ConferenceKind.HALF_YEAR: "Hội nghị sơ kết",
    ConferenceKind.ANNUAL: "Hội nghị tổng kết",
    ConferenceKind.SELF_CRITICISM: "Hội nghị kiểm điểm tự phê bình và phê bình",
    ConferenceKind.LESSONS: "Hội nghị rút kinh nghiệm",
    ConferenceKind.EMPLOYEE_CONFERENCE: "Hội nghị người lao động",
    ConferenceKind.HANDOVER: "Hội nghị bàn giao",
}
_ALREADY_A_NAME = re.compile(r"(?:hoi nghi|dai hoi|sinh hoat|le |buoi |ky hop|phien hop)")
_QUARTERS = {"1": "I", "2": "II", "3": "III", "4": "IV"}
_PERIODS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"(\d{4})-Q([1-4])"), lambda m: f"quý {_QUARTERS[m[2]]}/{m[1]}"),
    (re.compile(r"(\d{4})-H([12])"), lambda m: f"6 tháng {'đầu' if m[2] == '1' else 'cuối'} năm {m[1]}"),
    (re.compile(r"(\d{4})-(\d{1,2})M"), lambda m: f"{int(m[2])} tháng năm {m[1]}"),
    (re.compile(r"(\d{4})-(\d{2})"), lambda m: f"tháng {int(m[2])}/{m[1]}"),
    (re.compile(r"(\d{4})-(\d{4})"), lambda m: f"nhiệm kỳ {m[1]}-{m[2]}"),
    (re.compile(r"(\d{4})"), lambda m: f"năm {m[1]}"),
)


def period_words(label: str) -> str:
    """Kỳ bằng chữ: "2021-Q1" is "quý I/2021"; empty for labels that are no stretch of the calendar."""
    for form, words in _PERIODS:
        if match := form.fullmatch(label):
            return words(match)
    return ""


def conference_title(kind: ConferenceKind, periods: tuple[str, ...], headline: str, body: str) -> str:
    """The headline where it names a meeting, else made of the kind and the period; at most 500 characters."""
    headline = squash(headline)
    if _ALREADY_A_NAME.match(fold(headline)):
        return headline[:500]
    if kind in _NAMES:
        words = next((found for label in periods if (found := period_words(label))), "")
        return f"{_NAMES[kind]} {words}".strip()
    return (headline or f"{_in_records(kind)} {body}".strip())[:500]


def _in_records(kind: ConferenceKind) -> str:
    """The name is kept: Vietnamese, whatever language the clerk has chosen for the pages."""
    with translation.override("vi"):
        return str(kind.label)
