"""Chữ Việt: one spelling for comparing, one for searching, one for sorting. No business words here.

Three keys are made from a text, each for one purpose:

* ``nfc``       what is stored (Unicode NFC, trimmed, single spaces where asked);
* ``exact_key`` what is compared when marks count (lower case, one way of placing tone marks: uỷ = ủy);
* ``fold``      what is searched when marks are left out (đ = d, no marks at all);
* ``sort_key``  what lists are ordered by (a < ă < â < b … d < đ; tones break ties in a syllable).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPACES = re.compile(r"\s+")
# Characters that are not seen, come with copied text and make equal words differ: soft hyphen, zero-width
# and direction marks, byte order mark; and what databases and Word files refuse: controls, half pairs.
_UNSEEN = dict.fromkeys(
    [0x00AD, 0x034F, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)]
    + [code for code in range(0x20) if chr(code) not in "\t\n\v\f\r"]
    + [*range(0x7F, 0x85), *range(0x86, 0xA0), *range(0xD800, 0xE000)]
)
# Ð (U+00D0) and Ɖ (U+0189) are often typed for Đ (U+0110); ð for đ.
_D_LOOKALIKES = str.maketrans({"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ"})

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_CODE = {letter: f"{rank:02x}" for rank, letter in enumerate(_ALPHABET, start=0x20)}
# Order of tones in Vietnamese dictionaries: level, grave, hook, tilde, acute, dot.
_TONE_CODE = {"\u0300": "01", "\u0309": "02", "\u0303": "03", "\u0301": "04", "\u0323": "05"}
_LEVEL_TONE = "00"
SORT_KEY_LENGTH = 900
_PIECES = re.compile("[0-9]+|.", re.DOTALL)
# oà → òa, uỷ → ủy: old and new places of the tone mark when the syllable ends in plain oa, oe, uy.
_OLD_PLACE = re.compile("(o|u)(a|e|y)([\u0300\u0309\u0303\u0301\u0323])(?![a-zđ\u0300-\u036f])")


def nfc(text: str) -> str:
    """Chuẩn hóa: NFC, no unseen characters, Đ typed as Đ, no blanks at the ends. Line breaks stay."""
    return unicodedata.normalize("NFC", text.translate(_UNSEEN)).translate(_D_LOOKALIKES).strip()


def squash(text: str) -> str:
    """One line: ``nfc`` with every run of white space turned into one blank."""
    return _SPACES.sub(" ", nfc(text))


def foreign_letters(text: str) -> str:
    """Chữ lạ: letters that are not Latin, such as a Cyrillic «а» that only looks like ours; in order."""
    return "".join(
        char for char in nfc(text) if char.isalpha() and not unicodedata.name(char, "").startswith("LATIN")
    )


def exact_key(text: str) -> str:
    """So khớp đúng dấu: lower case, single blanks, tone marks placed one way (``uỷ ban`` = ``ủy ban``)."""
    lowered = unicodedata.normalize("NFD", squash(text).lower())
    return unicodedata.normalize("NFC", _OLD_PLACE.sub(_move_tone, lowered))


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
    return " ".join(filter(None, (_fold_word(word) for word in squash(text).split(" "))))


def cut(text: str, most: int = 80) -> str:
    """Cắt ngắn: a name that fits a line, ended between two words and not within one."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    return f"{(head.rpartition(' ')[0] or head).rstrip(' .,;:')}…"


def has_marks(text: str) -> bool:
    """Whether a search text carries Vietnamese marks, so that marks should count in the search."""
    return fold(text) != squash(text).lower()


def sort_key(text: str) -> str:
    """Thứ tự từ điển: a key whose plain comparison gives the order of Vietnamese dictionaries.

    Syllable by syllable: letters first (đ after d), then the tone, so "tuân thủ" stands before "tuần chay"
    (Trung tâm Từ điển học, quy tắc xếp ABC, mục 4). Numbers go by value: Đại đội 2 before Đại đội 10.
    The key holds only 0-9 and a-f, which every collation of every database orders alike.
    """
    return "".join(_syllable_key(word) for word in squash(text).lower().split(" "))[:SORT_KEY_LENGTH]


@lru_cache(maxsize=4096)
def _syllable_key(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word)
    tone = "".join(_TONE_CODE[mark] for mark in decomposed if mark in _TONE_CODE) or _LEVEL_TONE
    letters = unicodedata.normalize("NFC", "".join(mark for mark in decomposed if mark not in _TONE_CODE))
    return "".join(_piece_key(piece) for piece in _PIECES.findall(letters)) + tone


def _piece_key(piece: str) -> str:
    """Two digits a letter; lower for the tone that ends a syllable, signs and numbers; higher for others."""
    if piece in _LETTER_CODE:
        return _LETTER_CODE[piece]
    if piece[0] in "0123456789":
        digits = piece.lstrip("0")[:15]
        return f"1{len(digits):x}{digits}"
    return f"{'f' if piece.isalnum() else '0f'}{ord(piece):06x}"


def person_sort_key(name: str) -> str:
    """Xếp theo tên: given name (last word) first, then family and middle names."""
    words = squash(name).split(" ")
    return sort_key(" ".join([words[-1], *words[:-1]]))


def search_terms(query: str, *, most: int = 8) -> list[str]:
    """Words of a search box, at most ``most`` of them, each cut to 60 characters."""
    return [word[:60] for word in squash(query).split(" ") if word][:most]
