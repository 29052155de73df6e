"""Lĩnh vực công tác of a passage, by the words in it; the words that decided are kept as evidence."""

from __future__ import annotations

import re

from soi.intake.extract.lexicon.areas import AREA_WORDS
from soi.intake.extract.model import Area, Span
from soi.intake.extract.reading import Reading, key_of, longest_first

_WEIGHTS: dict[str, tuple[tuple[Area, int], ...]] = {}
for _area, _tiers in AREA_WORDS.items():
    for _weight, _words in _tiers.items():
        for _word in _words.split("|"):
            _WEIGHTS[key_of(_word)] = (*_WEIGHTS.get(key_of(_word), ()), (_area, _weight))
_ANY = re.compile(rf"(?<!\w)(?:{longest_first(_WEIGHTS)})(?!\w)")
# What a sentence is about stands at its front; what it is done for, further back.
_FRONT = 40
_FRONT_FACTOR = 2.0
_LABEL_FACTOR = 3.0


def area_of(reading: Reading, span: Span, label: Span | None = None) -> tuple[Area, tuple[Span, ...]]:
    """The area and the words that speak for it; ``label`` is a heading such as "Công tác tổ chức, cán bộ"."""
    scores: dict[Area, float] = {}
    words: dict[Area, list[Span]] = {}
    for part, factor in ((label, _LABEL_FACTOR), (span, 1.0)):
        if part is None:
            continue
        for match in _ANY.finditer(reading.key, part.start, part.end):
            front = _FRONT_FACTOR if match.start() - part.start < _FRONT else 1.0
            for area, weight in _WEIGHTS.get(" ".join(match.group().split()), ()):
                scores[area] = scores.get(area, 0.0) + weight * weight * factor * front
                words.setdefault(area, []).append(Span(match.start(), match.end()))
    if not scores:
        return Area.GENERAL, ()
    order = list(Area)
    best = min(scores, key=lambda area: (-scores[area], words[area][0].start, order.index(area)))
    return best, tuple(words[best])
