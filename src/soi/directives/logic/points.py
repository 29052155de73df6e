"""Điểm của văn bản: numbered points proposed from the words of the file, each with its place in the text. Pure.

Marks read: "II.", "1.", "2.1.", "a)", "Điều 3.". A point under a section carries the section's number
("II.1.a"), because numbers begin anew in each.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from soi.base.text import squash

_MARK = re.compile(
    r"[ \t]*(?:(?P<article>Điều\s+\d{1,3})[.:]?"
    r"|(?P<roman>[IVXL]{1,6})[.)]"
    r"|(?P<digits>\d{1,2}(?:\.\d{1,2})*)(?:[.)]|(?<=\.\d)|(?<=\.\d\d))"
    r"|(?P<letter>[a-zđ])[)])[ \t]+(?=\S)"
)
# Shorter lines are headings and captions.
_FEWEST_WORDS = 5
_LONGEST = 2_000
MOST = 200


@dataclass(frozen=True, slots=True)
class ProposedPoint:
    """Một điểm đề xuất: characters [start, end) of the text."""

    number: str
    start: int
    end: int
    statement: str


def proposed_points(text: str) -> list[ProposedPoint]:
    """Các điểm đọc được, in the order of the text; headings (short, or all in capitals) only give numbers."""
    found: list[ProposedPoint] = []
    section, digits = "", ""
    for mark, start, end in _pieces(text):
        if head := mark["roman"] or mark["article"]:
            section, digits, number = squash(head), "", squash(head)
        elif mark["digits"]:
            digits = ".".join(filter(None, [section, mark["digits"]]))
            number = digits
        else:
            number = ".".join(filter(None, [digits or section, mark["letter"]]))
        statement = squash(text[start:end])
        if _is_point(statement) and all(number != point.number for point in found):
            found.append(ProposedPoint(number, start, end, statement[:_LONGEST]))
    return found[:MOST]


def _pieces(text: str) -> list[tuple[re.Match[str], int, int]]:
    """Each mark at the beginning of a line, and where its words begin and end."""
    marks = []
    at = 0
    for line in text.splitlines(keepends=True):
        if match := _MARK.match(line):
            marks.append((match, at, at + match.end()))
        at += len(line)
    ends = [begin for _match, begin, _start in marks[1:]] + [len(text)] * bool(marks)
    return [
        (match, start, start + len(text[start:end].rstrip()))
        for (match, _begin, start), end in zip(marks, ends, strict=True)
    ]


def _is_point(statement: str) -> bool:
    return len(statement.split(" ")) >= _FEWEST_WORDS and statement != statement.upper()
