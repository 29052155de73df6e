"""Kỳ bằng chữ: the labels of periods ("2021-Q1") as people say them ("quý I/2021"), and back again."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from django.utils.translation import get_language, gettext, gettext_noop

from soi.base.text import nfc, squash
from soi.intake.extract.model import Span
from soi.intake.extract.periods import find_periods
from soi.intake.extract.reading import Reading

EXAMPLES = "quý I/2021, 6 tháng đầu năm 2021, 9 tháng năm 2021, tháng 11/2022, năm 2021, nhiệm kỳ 2020-2025"

_QUARTERS = {"1": "I", "2": "II", "3": "III", "4": "IV"}
_SAYINGS = (
    (re.compile(r"(?P<year>\d{4})-Q(?P<quarter>[1-4])"), gettext_noop("quý %(quarter)s/%(year)s")),
    (re.compile(r"(?P<year>\d{4})-H1"), gettext_noop("6 tháng đầu năm %(year)s")),
    (re.compile(r"(?P<year>\d{4})-H2"), gettext_noop("6 tháng cuối năm %(year)s")),
    (re.compile(r"(?P<year>\d{4})-(?P<months>\d{1,2})M"), gettext_noop("%(months)s tháng năm %(year)s")),
    (re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})"), gettext_noop("tháng %(month)s/%(year)s")),
    (re.compile(r"(?P<year>\d{4})-(?P<end>\d{4})"), gettext_noop("nhiệm kỳ %(year)s-%(end)s")),
    (re.compile(r"(?P<year>\d{4})"), gettext_noop("năm %(year)s")),
    (re.compile(r"P(?P<years>\d{1,2})Y"), gettext_noop("%(years)s năm thực hiện")),
)


def say(labels: str) -> str:
    """Nói thành lời: one label or several with commas; what is no label stays as it is written.

    Vietnamese in every language: for print, and for fields, which ``read`` reads back.
    """
    return _said(labels, "")


def shown(labels: str) -> str:
    """Như ``say``, in the language of the page: for what is only looked at."""
    return _said(labels, get_language() or "")


@lru_cache(maxsize=1024)
def _said(labels: str, language: str) -> str:
    """In the language of the page; with none, as the words stand in the table. A list shows a hundred of them."""
    said = gettext if language else str
    return ", ".join(_one(label, said) for label in re.split(r"\s*,\s*", squash(labels)) if label)


def _one(label: str, translated: Callable[[str], str]) -> str:
    for pattern, words in _SAYINGS:
        if match := pattern.fullmatch(label):
            return translated(words) % {name: _number(name, text) for name, text in match.groupdict().items()}
    return label


def _number(name: str, text: str) -> str:
    if name == "quarter":
        return _QUARTERS[text]
    return str(int(text)) if name in ("month", "months") else text


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
