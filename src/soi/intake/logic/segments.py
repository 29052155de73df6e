"""Chia đoạn: a text cut where evidence begins or ends, so that overlapping evidence can be highlighted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Mark:
    """Bằng chứng [start, end) of one proposal; None marks words that belong to the web page only."""

    start: int
    end: int
    proposal: int | None


@dataclass(frozen=True, slots=True)
class Segment:
    """Một đoạn liền: the proposals that rest on these words, in their order on the page."""

    text: str
    start: int
    proposals: tuple[int, ...] = ()
    boilerplate: bool = False


def cut(text: str, marks: Iterable[Mark]) -> tuple[Segment, ...]:
    """Cắt văn bản: the pieces joined give the text again; no piece is empty. Marks outside are clipped."""
    kept = [
        Mark(max(0, mark.start), min(len(text), mark.end), mark.proposal)
        for mark in marks
        if mark.start < len(text) and mark.end > max(0, mark.start)
    ]
    edges = sorted({0, len(text), *(mark.start for mark in kept), *(mark.end for mark in kept)})
    waiting = sorted(kept, key=lambda mark: mark.start)
    open_marks: list[Mark] = []
    pieces = []
    for start, end in pairwise(edges):
        while waiting and waiting[0].start <= start:
            open_marks.append(waiting.pop(0))
        open_marks = [mark for mark in open_marks if mark.end > start]
        named = dict.fromkeys(mark.proposal for mark in open_marks if mark.proposal is not None)
        grey = any(mark.proposal is None for mark in open_marks)
        pieces.append(Segment(text[start:end], start, tuple(sorted(named)), grey))
    return tuple(pieces)
