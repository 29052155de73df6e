"""Soạn lại: what a new composing does to each line, so that nothing anybody wrote is lost. Pure.

A line nobody touched takes the new sentence. A line somebody reworded keeps their words; where the records now
say something else, the new sentence stands beside it and a person decides. What was dropped stays dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from soi.briefings.logic.sentences import Sentence

UNCHANGED, NEW, UPDATED, DIFFERS, GONE = "", "new", "updated", "differs", "gone"


@dataclass(frozen=True, slots=True)
class Old:
    """Câu đang có."""

    key: str
    composed: str
    text: str
    dropped: bool
    change: str
    figures: tuple[str, ...] = ()

    @property
    def is_edited(self) -> bool:
        return self.text != self.composed


@dataclass(frozen=True, slots=True)
class Patch:
    """Câu phải đổi thế nào; None leaves a part as it is."""

    key: str
    change: str
    composed: str | None = None
    text: str | None = None
    basis: tuple[dict[str, Any], ...] | None = None
    other_text: str = ""
    other_basis: tuple[dict[str, Any], ...] = ()
    dropped: bool | None = None


@dataclass(frozen=True, slots=True)
class Merge:
    """Kết quả so hai lần soạn: lines to change, and sentences that are new, each with the key it follows."""

    patches: tuple[Patch, ...]
    added: tuple[tuple[Sentence, str], ...]

    def count(self, change: str) -> int:
        """How many lines came out this way."""
        return sum(patch.change == change for patch in self.patches)


def merge(old: Iterable[Old], new: Sequence[Sentence]) -> Merge:
    """So lần soạn mới với báo cáo đang có."""
    known: Mapping[str, Old] = {line.key: line for line in old if line.key}
    patches, added, before = [], [], ""
    for sentence in new:
        line = known.get(sentence.key)
        if line is None:
            added.append((sentence, before))
        else:
            patches.append(_patched(line, sentence))
        before = sentence.key
    said = {sentence.key for sentence in new}
    patches += [_without_basis(line) for line in known.values() if line.key not in said]
    return Merge(tuple(patches), tuple(added))


def _patched(line: Old, sentence: Sentence) -> Patch:
    if line.is_edited and sentence.text != line.composed:
        return Patch(
            line.key, DIFFERS, other_text=sentence.text, other_basis=sentence.basis, dropped=_returned(line)
        )
    if line.is_edited:
        # Where somebody kept their words against newer figures, these still open what they were counted from.
        same_figures = line.figures == tuple(figure["words"] for figure in sentence.basis)
        basis = sentence.basis if same_figures else None
        return Patch(line.key, UNCHANGED, basis=basis, dropped=_returned(line))
    same = sentence.text == line.text
    return Patch(
        line.key,
        UNCHANGED if same else UPDATED,
        composed=sentence.text,
        text=sentence.text,
        basis=sentence.basis,
        other_text="" if same else line.text,
        dropped=_returned(line),
    )


def _returned(line: Old) -> bool | None:
    """What had left with its records comes back with them; what somebody dropped does not."""
    return False if line.dropped and line.change == GONE else None


def _without_basis(line: Old) -> Patch:
    """The records no longer say it. An edited line stays for its author to decide; another one leaves."""
    if line.dropped and line.change != GONE:
        return Patch(line.key, UNCHANGED)
    return Patch(line.key, GONE, dropped=None if line.is_edited else True)
