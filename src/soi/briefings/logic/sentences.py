"""Câu và con số: a sentence put together from words and figures, each figure with the records it counts. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

# So many numbers of records are frozen with a figure; beyond, the page says how many more there were.
MOST_FROZEN = 500


@dataclass(frozen=True, slots=True)
class Figure:
    """Con số trong câu: the words shown, the list they open, its filter, and the records counted."""

    words: str
    records: str
    ids: tuple[int, ...]
    query: str = ""

    def as_basis(self, at: int) -> dict[str, Any]:
        """Như được lưu cùng câu; ``at`` is the place of the words in the composed sentence."""
        return {
            "words": self.words,
            "at": at,
            "list": self.records,
            "query": self.query,
            "count": len(self.ids),
            "ids": list(self.ids[:MOST_FROZEN]),
        }


@dataclass(frozen=True, slots=True)
class Sentence:
    """Một câu của báo cáo; ``key`` finds it again when the report is composed anew."""

    section: int
    key: str
    text: str
    basis: tuple[dict[str, Any], ...] = ()


Part = str | Figure


def sentence(section: int, key: str, *parts: Part) -> Sentence:
    """Ghép câu: words and figures in order."""
    text, basis = "", []
    for part in parts:
        if isinstance(part, Figure):
            basis.append(part.as_basis(len(text)))
            text += part.words
        else:
            text += part
    return Sentence(section, key, text, tuple(basis))


def others(section: int, key: str, figure: Figure) -> list[Sentence]:
    """Phần còn lại của một danh sách: what is counted but not named opens too; nothing where all are named."""
    return [sentence(section, key, "Ngoài ra còn ", figure, ".")] if figure.ids else []


def listed(groups: Iterable[Sequence[Part]], *, separator: str = ", ") -> list[Part]:
    """Nối các vế: the parts of each group, with the separator between groups."""
    joined: list[Part] = []
    for group in groups:
        if joined:
            joined.append(separator)
        joined.extend(group)
    return joined
