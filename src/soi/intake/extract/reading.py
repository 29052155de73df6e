"""Bản đọc: one text with two tolerant keys of the very same length, so that every match is an offset in the text.

* ``key``    lower case, one way of placing tone marks (uỷ = ủy, hoà = hòa), one kind of dash, quote and blank;
* ``plain``  the same without any mark (đ = d): for long cues that are often mistyped ("han chế").

Patterns are written in ordinary Vietnamese; ``cue`` turns them into expressions over ``key``, ``plain_cue``
over ``plain``. All are unions of fixed phrases or have bounded repeats, so that matching stays linear.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from soi.intake.extract.model import Span

UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ"
LOWER = "a-zàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"

_NEW_PLACE = ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"]
_OLD_PLACE = ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"]
_PLACES = dict(zip(_NEW_PLACE, _OLD_PLACE, strict=True))
# After q the u belongs to the consonant ("quý"); before a further letter both fashions agree ("toàn").
_MOVABLE = re.compile(f"(?<!q)(?:{'|'.join(_NEW_PLACE)})(?![{LOWER}])")
_QUOTES = dict.fromkeys("“”„«»″", '"') | dict.fromkeys("‘’´`", "'")
_SAME = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-") | _QUOTES)
_BLANKS = str.maketrans(dict.fromkeys("\t\r\u00a0\u2002\u2003\u2009\u200a\u202f\u3000", " "))


class _Plain(dict[int, str]):
    """Bảng bỏ dấu, filled as letters are met: always exactly one character for one character."""

    def __missing__(self, code: int) -> str:
        letter = unicodedata.normalize("NFD", chr(code))[0].lower()
        letter = {"đ": "d", "ð": "d"}.get(letter, letter)
        self[code] = letter if len(letter) == 1 else chr(code)
        return self[code]


class _Low(dict[int, str]):
    """Bảng chữ thường, one character for one character (some letters of the world lower to two)."""

    def __missing__(self, code: int) -> str:
        lowered = chr(code).lower()
        self[code] = lowered if len(lowered) == 1 else chr(code)
        return self[code]


_PLAIN = _Plain()
_LOW = _Low()


def key_of(text: str) -> str:
    """Khóa so khớp có dấu, of the same length as ``text``."""
    lowered = text.translate(_SAME).translate(_BLANKS).translate(_LOW)
    return _MOVABLE.sub(lambda match: _PLACES[match.group()], lowered)


def plain_of(text: str) -> str:
    """Khóa so khớp bỏ dấu, of the same length as ``text``."""
    return text.translate(_SAME).translate(_BLANKS).translate(_PLAIN)


def keyed(expression: str) -> str:
    """An expression in ordinary Vietnamese as an expression over ``key``."""
    return key_of(expression).replace("(?p<", "(?P<")


def cue(*phrases: str) -> re.Pattern[str]:
    """Cụm từ gợi ý: whole words of ``key``. ``phrases`` are expressions in ordinary Vietnamese."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(keyed(phrase) for phrase in phrases)})(?!\w)")


def plain_cue(*phrases: str) -> re.Pattern[str]:
    """Cụm từ gợi ý không dấu: whole words of ``plain``."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(plain_of(phrase) for phrase in phrases)})(?!\w)")


def longest_first(phrases: Iterable[str]) -> str:
    """The phrases as one alternation in which a longer phrase is tried before its own beginning."""
    keyed = sorted({key_of(phrase) for phrase in phrases}, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s{1,3}") for phrase in keyed)


@dataclass(frozen=True)
class Reading:
    """Văn bản đang đọc and its keys."""

    raw: str

    @cached_property
    def key(self) -> str:
        """Lower case, one spelling."""
        return key_of(self.raw)

    @cached_property
    def plain(self) -> str:
        """Lower case, no marks."""
        return plain_of(self.raw)

    def words(self, span: Span) -> str:
        """The words of a span as written."""
        return self.raw[span.start : span.end]

    def key_in(self, span: Span) -> str:
        """The key of a span."""
        return self.key[span.start : span.end]

    def find(self, pattern: re.Pattern[str], span: Span) -> re.Match[str] | None:
        """First match of a ``cue`` inside the span."""
        return pattern.search(self.key, span.start, span.end)

    def find_plain(self, pattern: re.Pattern[str], span: Span) -> re.Match[str] | None:
        """First match of a ``plain_cue`` inside the span."""
        return pattern.search(self.plain, span.start, span.end)

    def trimmed(self, start: int, end: int, *, drop: str = " \t\r\n\u00a0") -> Span | None:
        """The span without the characters of ``drop`` at its ends; None if nothing is left."""
        while start < end and self.raw[start] in drop:
            start += 1
        while end > start and self.raw[end - 1] in drop:
            end -= 1
        return Span(start, end) if start < end else None


def span_of(match: re.Match[str], group: int | str = 0) -> Span:
    """The span of a (non-empty) match."""
    return Span(match.start(group), match.end(group))
