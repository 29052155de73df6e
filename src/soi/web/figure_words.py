"""Con số trong câu: where its words stand, and the address that opens what was counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from django.urls import reverse

from soi.briefings.enums import Records


class Composed(Protocol):
    """Câu có căn cứ: a line of a report, a paragraph of a review."""

    composed: str
    text: str
    basis: Any


@dataclass(frozen=True, slots=True)
class Piece:
    """Một đoạn của câu; with ``url`` it is a figure that opens its records."""

    words: str
    url: str = ""


def pieces_of(line: Composed, address: str) -> tuple[Piece, ...]:
    """Câu với các con số là đường mở; ``address`` is the page of its figures."""
    return tuple(_pieces(line, address))


def _pieces(line: Composed, address: str) -> Iterator[Piece]:
    here = 0
    for number, figure in enumerate(line.basis):
        place = _place(line, figure, here)
        if place is None:
            continue
        words = figure["words"]
        if place > here:
            yield Piece(line.text[here:place])
        yield Piece(words, _url(f"{address}?so={number}", figure))
        here = place + len(words)
    if here < len(line.text):
        yield Piece(line.text[here:])


# What a name in a sentence opens at once; a number opens the list of its records.
_PAGES = {
    Records.TASKS: "task_detail",
    Records.FINDINGS: "finding_detail",
    Records.CONFERENCES: "conference_detail",
    Records.REPORTS: "briefing_detail",
    Records.BODIES: "organization_detail",
}


def is_name(figure: dict[str, Any]) -> bool:
    """Tên của một hồ sơ, not a number that was counted."""
    return len(figure["ids"]) == 1 and not figure["words"][:1].isdigit()


def _url(address: str, figure: dict[str, Any]) -> str:
    page = _PAGES.get(figure["list"])
    return reverse(page, args=figure["ids"]) if page and is_name(figure) else address


def _place(line: Composed, figure: dict[str, Any], here: int) -> int | None:
    """Where the figure's words stand: known in the composed sentence, looked for in a reworded one."""
    words, at = figure["words"], figure["at"]
    if line.text == line.composed and line.text[at : at + len(words)] == words:
        return int(at)
    found = re.compile(rf"(?<![\w/.,]){re.escape(words)}(?!\w)").search(line.text, here)
    return found.start() if found else None
