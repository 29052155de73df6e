"""Câu trùng: sentences that stand, nearly word for word, in another text. Pure.

Marks, capitals and signs do not count: words are folded, cut into runs of four, and a sentence is as alike as the
share of its runs that the other text has. A word changed here and there leaves most runs whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

RUN = 4
# Shorter sentences are turns of phrase that everybody uses.
SHORTEST = 9
ALIKE = 60
_SENTENCE_END = re.compile(r"(?<=[.!?…;])\s+|\n+")
_WORD = re.compile(r"\w+")
_MARKS = re.compile("[\u0300-\u036f]+")


@dataclass(frozen=True, slots=True)
class Copy(Generic[T]):
    """Một câu trùng: where it stands with us, what it says, from whom, and how alike in per cent."""

    paragraph: int
    sentence: str
    source: T
    percent: int


def copies(mine: Mapping[int, str], others: Iterable[tuple[T, str]]) -> list[Copy[T]]:
    """Câu nào của mình trùng, each with the text it is most alike to; in the order of our own text."""
    sentences = [(paragraph, words, runs) for paragraph, words, runs in _sentences(mine)]
    index: dict[tuple[str, ...], list[int]] = {}
    for place, (_paragraph, _words, runs) in enumerate(sentences):
        for run in runs:
            index.setdefault(run, []).append(place)
    best: dict[int, tuple[int, T]] = {}
    for source, text in others:
        for place, percent in _alike(index, sentences, text):
            if percent > best.get(place, (0, source))[0]:
                best[place] = (percent, source)
    return [
        Copy(paragraph, sentence, best[place][1], best[place][0])
        for place, (paragraph, sentence, _runs) in enumerate(sentences)
        if place in best
    ]


def _sentences(mine: Mapping[int, str]) -> Iterator[tuple[int, str, set[tuple[str, ...]]]]:
    for paragraph, text in mine.items():
        for sentence in _SENTENCE_END.split(text):
            folded = _words(sentence)
            if len(folded) >= SHORTEST:
                yield paragraph, sentence.strip(), set(_runs(folded))


def _words(text: str) -> list[str]:
    """Từ không dấu, of a whole text at once: ``base.text.fold`` goes word by word, and here are very many."""
    plain = _MARKS.sub("", unicodedata.normalize("NFD", text.lower()))
    return _WORD.findall(plain.replace("đ", "d"))


def _runs(folded: list[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(folded[start:] for start in range(RUN)), strict=False)


def _alike(
    index: Mapping[tuple[str, ...], list[int]],
    sentences: list[tuple[int, str, set[tuple[str, ...]]]],
    text: str,
) -> Iterator[tuple[int, int]]:
    found: Counter[int] = Counter()
    for run in set(_runs(_words(text))):
        found.update(index.get(run, ()))
    for place, shared in found.items():
        percent = shared * 100 // len(sentences[place][2])
        if percent >= ALIKE:
            yield place, percent
