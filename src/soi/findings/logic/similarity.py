"""Giống nhau đến đâu: compares the words of two statements, to propose that a shortcoming came back. Pure.

Words are compared without marks (typing errors, uỷ/ủy and kỷ/kỉ do not matter) and without numbers. A word
counts once, a pair of neighbours twice: in Vietnamese it is mostly the pair that means something ("kỷ luật").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from soi.base.text import fold
from soi.findings.logic.vocabulary import ABBREVIATIONS, FILLER, LACK_WEIGHT, SAME_LACK, STOP_WORDS

_WORD = re.compile(r"[a-z]+")
FILLER_WEIGHT = 0.25
PAIR_FACTOR = 2.0
# A short statement inside a long one is alike, but less so than two of one length.
CONTAINED_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Profile:
    """Dấu vân của một nội dung: its words and pairs of words with their weights, and the sum of these."""

    weights: dict[str, float]
    total: float


def words_of(statement: str) -> list[str]:
    """Các tiếng đáng so, folded, in order."""
    written = (word.replace("y", "i") for word in _WORD.findall(fold(statement)))
    spelled = (part for word in written for part in ABBREVIATIONS.get(word, word).split(" "))
    return [SAME_LACK.get(word, word) for word in spelled if word not in STOP_WORDS]


def profile(statement: str) -> Profile:
    """Dấu vân: made once for each statement, compared many times."""
    words = words_of(statement)
    weights = {word: _weight(word) for word in words}
    for one, two in pairwise(words):
        weights[f"{one} {two}"] = PAIR_FACTOR * min(_weight(one), _weight(two))
    return Profile(weights, sum(weights.values()))


def compare(one: Profile, two: Profile) -> int:
    """Giống nhau bao nhiêu phần trăm: 0 (no word that counts in common) to 100 (the same words)."""
    if not one.total or not two.total:
        return 0
    shared = sum(one.weights[key] for key in one.weights.keys() & two.weights.keys())
    alike = 2 * shared / (one.total + two.total)
    contained = shared / min(one.total, two.total)
    return round(100 * ((1 - CONTAINED_SHARE) * alike + CONTAINED_SHARE * contained))


def similarity(one: str, two: str) -> int:
    """Hai nội dung giống nhau bao nhiêu phần trăm."""
    return compare(profile(one), profile(two))


def _weight(word: str) -> float:
    if word == "chua":
        return LACK_WEIGHT
    return FILLER_WEIGHT if word in FILLER else 1.0
