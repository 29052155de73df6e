"""Chữ Việt: one spelling for comparing, one for searching, one for sorting. No business words here.

Three keys are made from a text, each for one purpose:

* ``nfc``       what is stored (Unicode NFC, trimmed, single spaces where asked);
* ``exact_key`` what is compared when marks count (lower case, one way of placing tone marks: uỷ = ủy);
* ``fold``      what is searched when marks are left out (đ = d, no marks at all);
* ``sort_key``  what lists are ordered by (a < ă < â < b … d < đ; tones break ties).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPACES = re.compile(r"\s+")
# Invisible characters that come with copied text and make equal words differ.
_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
# Ð (U+00D0) and Ɖ (U+0189) are often typed for Đ (U+0110); ð for đ.
_D_LOOKALIKES = str.maketrans({"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ"})

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_RANK = {letter: rank for rank, letter in enumerate(_ALPHABET, start=1)}
# Order of tones in Vietnamese dictionaries: level, grave, hook, tilde, acute, dot.
_TONE_RANK = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_TONES = frozenset(_TONE_RANK)
# oà → òa, uỷ → ủy: old and new places of the tone mark when the syllable ends in oa, oe, uy.
_OLD_PLACE = re.compile("(o|u)(a|e|y)([\u0300\u0309\u0303\u0301\u0323])(?![a-zđăâêôơư])")


def nfc(text: str) -> str:
    """Chuẩn hóa: NFC, no invisible characters, Đ typed as Đ, no blanks at the ends. Line breaks stay."""
    return unicodedata.normalize("NFC", text).translate(_INVISIBLE).translate(_D_LOOKALIKES).strip()


def squash(text: str) -> str:
    """One line: ``nfc`` with every run of white space turned into one blank."""
    return _SPACES.sub(" ", nfc(text))


def exact_key(text: str) -> str:
    """So khớp đúng dấu: lower case, single blanks, tone marks placed one way (``uỷ ban`` = ``ủy ban``)."""
    lowered = unicodedata.normalize("NFD", squash(text).lower())
    # NFD may put a tone before or after a vowel mark; composing and decomposing tone by tone is not needed:
    # only plain o/u followed by plain a/e/y can carry the tone in two places.
    moved = _OLD_PLACE.sub(_move_tone, lowered)
    return unicodedata.normalize("NFC", moved)


def _move_tone(match: re.Match[str]) -> str:
    first, second, tone = match.groups()
    # After "q", "u" belongs to the consonant: quý keeps its mark on y.
    before = match.string[match.start() - 1 : match.start()]
    if first == "u" and before == "q":
        return match.group()
    return first + tone + second


@lru_cache(maxsize=4096)
def _fold_word(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.lower())
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return plain.replace("đ", "d")


def fold(text: str) -> str:
    """Tìm không dấu: lower case without any mark, đ as d, single blanks (``Đảng ủy`` → ``dang uy``)."""
    return " ".join(_fold_word(word) for word in squash(text).split(" "))


def has_marks(text: str) -> bool:
    """Whether a search text carries Vietnamese marks, so that marks should count in the search."""
    return fold(text) != squash(text).lower()


def sort_key(text: str) -> str:
    """Thứ tự từ điển: a key whose plain comparison gives the Vietnamese alphabet (đ after d, à after a).

    Letters decide first, tones only between words of equal letters.
    """
    letters: list[str] = []
    tones: list[str] = []
    for word in squash(text).lower().split(" "):
        word_letters, word_tones = _split_tones(word)
        letters.append(word_letters)
        tones.append(word_tones)
    return " ".join(letters) + "!" + " ".join(tones)


@lru_cache(maxsize=4096)
def _split_tones(word: str) -> tuple[str, str]:
    letters, tones = [], []
    for char in word:
        parts = unicodedata.normalize("NFD", char)
        tone = next((mark for mark in parts if mark in _TONES), "")
        base = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark != tone))
        rank = _LETTER_RANK.get(base)
        # Digits sort before letters as themselves; letters become two characters of fixed order.
        letters.append(base if rank is None else f"z{chr(ord('A') + rank)}")
        tones.append(_TONE_RANK.get(tone, "0"))
    return "".join(letters), "".join(tones)


def person_sort_key(name: str) -> str:
    """Xếp theo tên: given name (last word) first, then family and middle names."""
    words = squash(name).split(" ")
    return sort_key(" ".join([words[-1], *words[:-1]]))


def search_terms(query: str, *, most: int = 8) -> list[str]:
    """Words of a search box, at most ``most`` of them, each cut to 60 characters."""
    return [word[:60] for word in squash(query).split(" ") if word][:most]
