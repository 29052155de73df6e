"""So tên tổ chức: which body a name in a text means, seen from the body for which the clerk imports.

Texts name bodies briefly ("Đảng ủy", "Bộ Tư lệnh Quân khu"): the nearest body whose full name holds all
these words in this order is meant. Pure functions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from soi.base.text import exact_key, fold
from soi.org.enums import Classification

# How far a body is from the one that imports: itself 0, above 1 and up, below 100 and up, beside 200.
BELOW, BESIDE = 100, 200

# First words of names, folded, longest first, and the class of body they speak of.
_CLASSES = (
    ("ban thuong vu", Classification.STANDING_COMMITTEE),
    ("thuong vu", Classification.STANDING_COMMITTEE),
    ("ban chap hanh dang bo", Classification.PARTY_COMMITTEE),
    ("dang uy", Classification.PARTY_COMMITTEE),
    ("dang bo", Classification.PARTY_COMMITTEE),
    ("chi uy", Classification.PARTY_CELL),
    ("chi bo", Classification.PARTY_CELL),
    ("bo tu lenh", Classification.COMMAND),
    ("bo chi huy", Classification.COMMAND),
    ("ban chi huy", Classification.COMMAND),
    ("uy ban nhan dan", Classification.PEOPLES_COMMITTEE),
    ("hoi dong nhan dan", Classification.PEOPLES_COUNCIL),
)
_STANDING = ("ban thuong vu", "thuong vu", "thuong truc", "ban chap hanh")
_SHORT = {
    "btv": "ban thuong vu",
    "btl": "bo tu lenh",
    "qk": "quan khu",
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
}
_EMPTY_WORDS = frozenset({"cua", "thuoc", "o", "tai"})
_VAGUE = re.compile(
    r"(?:mot so|mot vai|mot bo phan|cac|nhieu|nhung|vai|co|moi|tung|toan|phan lon|da so|co quan|don vi"
    r"|to chuc|cap uy)\b"
)
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class KnownBody:
    """Một tổ chức đã có: its names (now, on the day, short ones) and its distance from the importing body."""

    id: int
    names: tuple[str, ...]
    classification: Classification
    distance: int


@dataclass(frozen=True, slots=True, order=True)
class Fit:
    """How well a name fits; a larger fit is better. ``nearness`` is the distance turned round."""

    spelling: int
    same_class: bool
    nearness: int


@dataclass(frozen=True, slots=True)
class BodyMatch:
    """Một tổ chức có thể là tổ chức trong văn bản."""

    body: KnownBody
    fit: Fit


def is_vague(text: str) -> bool:
    """Nói chung chung: "một số đơn vị", "các cơ quan" name no body and are never matched."""
    return bool(_VAGUE.match(fold(text)))


@lru_cache(maxsize=65_536)
def words_of(text: str) -> tuple[str, ...]:
    """Words for comparing: folded, abbreviations written out, words that only join left out."""
    found: list[str] = []
    for word in _WORD.findall(fold(text)):
        found.extend(_SHORT.get(word, word).split(" "))
    return tuple(word for word in found if word not in _EMPTY_WORDS)


def holds_in_order(words: Sequence[str], part: Sequence[str]) -> bool:
    """Whether all words of ``part`` stand in ``words``, in the same order."""
    rest = iter(words)
    return all(word in rest for word in part)


def matches(text: str, bodies: Iterable[KnownBody]) -> list[BodyMatch]:
    """Xếp hạng: equal names first, then the right class of body, then the nearest."""
    if not text.strip() or is_vague(text):
        return []
    bodies = list(bodies)
    words = words_of(text)
    found = _fitting(text, words, _class_of(words), bodies)
    if not found and (rest := _without_standing(words)) is not None:
        # No record of the standing committee itself: its committee is meant.
        found = _fitting("", rest or ("dang", "uy"), Classification.PARTY_COMMITTEE, bodies)
    return sorted(found, key=lambda match: match.fit, reverse=True)


def best(text: str, bodies: Iterable[KnownBody], *, full_name: bool = False) -> int | None:
    """The one body that fits better than all others, else None: then the clerk chooses.

    ``full_name`` takes no short name ("Đảng ủy"): the text speaks of another organisation's bodies.
    """
    ranked = [match for match in matches(text, bodies) if not full_name or match.fit.spelling > 1]
    if not ranked or (len(ranked) > 1 and ranked[0].fit == ranked[1].fit):
        return None
    return ranked[0].body.id


def _fitting(
    text: str, words: tuple[str, ...], wanted: Classification | None, bodies: Iterable[KnownBody]
) -> list[BodyMatch]:
    found = []
    for body in bodies:
        spelling = max(_spelling(text, words, name) for name in body.names)
        if spelling:
            found.append(BodyMatch(body, Fit(spelling, body.classification == wanted, -body.distance)))
    return found


def _spelling(text: str, words: tuple[str, ...], name: str) -> int:
    """3 equal with marks, 2 equal words, 1 all words in order, 0 no fit (one syllable says too little)."""
    if _exact(text) == _exact(name):
        return 3
    others = words_of(name)
    if words == others:
        return 2
    if len(words) < 2:
        return 0
    return int(holds_in_order(others, words) or _same_but_for_class(words, others))


# A region has thousands of names; each text compares a dozen names with all of them.
_exact = lru_cache(maxsize=65_536)(exact_key)


def _same_but_for_class(words: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """ "Đảng bộ Sư đoàn 5" and "Đảng ủy Sư đoàn 5": one class of body, the same rest."""
    one, two = _class_of(words), _class_of(others)
    rest, other_rest = _rest(words), _rest(others)
    return one is not None and one == two and bool(rest) and holds_in_order(other_rest, rest)


@lru_cache(maxsize=65_536)
def _class_of(words: tuple[str, ...]) -> Classification | None:
    line = " ".join(words)
    return next((kind for start, kind in _CLASSES if f"{line} ".startswith(f"{start} ")), None)


@lru_cache(maxsize=65_536)
def _rest(words: tuple[str, ...]) -> tuple[str, ...]:
    line = " ".join(words)
    for start, _ in _CLASSES:
        if f"{line} ".startswith(f"{start} "):
            return tuple(line[len(start) :].split())
    return words


def _without_standing(words: tuple[str, ...]) -> tuple[str, ...] | None:
    line = " ".join(words)
    for start in _STANDING:
        if f"{line} ".startswith(f"{start} "):
            return tuple(line[len(start) :].split())
    return None
