"""Ghép hai lời văn: what two people made of the same words, joined where they touched different places. Pure.

Word by word, as ``diff3`` does with lines: both are compared with the words they began from, and where only one
side changed something that side is taken. Where both changed the same place, or places that touch, nothing is
guessed: the answer is None, and both are kept for a person to choose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\s+|[^\s]+")


def words(text: str) -> list[str]:
    """Từ và khoảng trắng, to the letter: joined again they give the text."""
    return _WORD.findall(text)


@dataclass(frozen=True, slots=True)
class _Edit:
    """One place of the first wording (``start`` up to ``end``) and what one side put there."""

    start: int
    end: int
    put: tuple[str, ...]


def join(base: str, mine: str, theirs: str) -> str | None:
    """Ghép ba chiều: both changes in one text; None where they touch the same place."""
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    first = words(base)
    ours, others = _edits(first, words(mine)), _edits(first, words(theirs))
    if any(_touch(one, other) for one in ours for other in others if one != other):
        return None
    return "".join(_applied(first, sorted({*ours, *others}, key=lambda edit: (edit.start, edit.end))))


def _edits(first: Sequence[str], after: Sequence[str]) -> list[_Edit]:
    matcher = SequenceMatcher(a=first, b=after, autojunk=False)
    return [_Edit(i, j, tuple(after[k:m])) for kind, i, j, k, m in matcher.get_opcodes() if kind != "equal"]


def _touch(one: _Edit, other: _Edit) -> bool:
    """Places that meet, even end to end: two people who write at the same spot must see each other's words."""
    return one.start <= other.end and other.start <= one.end


def _applied(first: Sequence[str], edits: Sequence[_Edit]) -> Iterator[str]:
    here = 0
    for edit in edits:
        yield from first[here : edit.start]
        yield from edit.put
        here = edit.end
    yield from first[here:]
