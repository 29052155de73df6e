"""So hai bản: which words went, came and stayed. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORD = re.compile(r"\s+|[^\s]+")


class Change(StrEnum):
    """Thay đổi."""

    KEPT = "kept"
    ADDED = "added"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Piece:
    """Một mẩu chữ liền nhau cùng một số phận."""

    change: Change
    text: str


def changed_words(old: str, new: str) -> tuple[Piece, ...]:
    """Từng từ: joined, kept and added give ``new``, kept and dropped give ``old``, to the letter."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    pieces: list[Piece] = []
    for kind, i, j, k, m in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece(Change.KEPT, "".join(before[i:j])))
            continue
        if j > i:
            pieces.append(Piece(Change.DROPPED, "".join(before[i:j])))
        if m > k:
            pieces.append(Piece(Change.ADDED, "".join(after[k:m])))
    return tuple(pieces)


def changed_lines(old: Sequence[str], new: Sequence[str]) -> tuple[tuple[Piece, ...], ...]:
    """Từng đoạn: equal ones whole, one that was reworded word by word, others as gone or come."""
    return tuple(_lines(old, new))


def _lines(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Piece, ...]]:
    for kind, i, j, k, m in SequenceMatcher(a=list(old), b=list(new), autojunk=False).get_opcodes():
        if kind == "equal":
            yield from ((Piece(Change.KEPT, line),) for line in old[i:j])
        elif kind == "replace" and j - i == m - k:
            yield from (changed_words(one, other) for one, other in zip(old[i:j], new[k:m], strict=True))
        else:
            yield from ((Piece(Change.DROPPED, line),) for line in old[i:j])
            yield from ((Piece(Change.ADDED, line),) for line in new[k:m])
