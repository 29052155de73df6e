"""Kỳ bằng chữ: the labels of periods ("2021-Q1") as people say them ("quý I/2021"), and back again."""

from __future__ import annotations

import re
from collections.abc import Callable

from soi.base.text import nfc, squash
from soi.intake.extract.model import Span
from soi.intake.extract.periods import find_periods
from soi.intake.extract.reading import Reading

EXAMPLES = "quý I/2021, 6 tháng đầu năm 2021, 9 tháng năm 2021, tháng 11/2022, năm 2021, nhiệm kỳ 2020-2025"

_QUARTERS = {"1": "I", "2": "II", "3": "III", "4": "IV"}
_SAYINGS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"(\d{4})-Q([1-4])"), lambda m: f"quý {_QUARTERS[m[2]]}/{m[1]}"),
    (re.compile(r"(\d{4})-H1"), lambda m: f"6 tháng đầu năm {m[1]}"),
    (re.compile(r"(\d{4})-H2"), lambda m: f"6 tháng cuối năm {m[1]}"),
    (re.compile(r"(\d{4})-(\d{1,2})M"), lambda m: f"{int(m[2])} tháng năm {m[1]}"),
    (re.compile(r"(\d{4})-(\d{2})"), lambda m: f"tháng {int(m[2])}/{m[1]}"),
    (re.compile(r"(\d{4})-(\d{4})"), lambda m: f"nhiệm kỳ {m[1]}-{m[2]}"),
    (re.compile(r"(\d{4})"), lambda m: f"năm {m[1]}"),
    (re.compile(r"P(\d{1,2})Y"), lambda m: f"{m[1]} năm thực hiện"),
)


def say(labels: str) -> str:
    """Nói thành lời: one label or several with commas; what is no label stays as it is written."""
    return ", ".join(_say_one(label) for label in re.split(r"\s*,\s*", squash(labels)) if label)


def _say_one(label: str) -> str:
    for pattern, words in _SAYINGS:
        if match := pattern.fullmatch(label):
            return words(match)
    return label


def read(words: str) -> str:
    """Đọc lời: the labels of the periods named, with commas. ValueError when none can be made out."""
    text = squash(words)
    parts = [part for part in re.split(r"\s*[,;]\s*", text) if part]
    return ", ".join(dict.fromkeys(label for part in parts for label in _read_one(part)))


def _read_one(part: str) -> list[str]:
    if any(pattern.fullmatch(part) for pattern, _words in _SAYINGS):
        return [part]
    text = nfc(part)
    found = [period.label(None) for period in find_periods(Reading(text), Span(0, len(text)))]
    labels = [label for label in found if label]
    if not labels or len(labels) != len(found):
        raise ValueError(part)
    return labels
