"""Dòng chữ: where the readers of .docx and .html put what they find; turns tables into lines."""

from __future__ import annotations

from dataclasses import dataclass, field

from soi.base.errors import Invalid
from soi.documents.reading.limits import TOO_COMPLEX, Limits
from soi.documents.reading.tidy import refuse_too_long

# Deeper tables are read as plain paragraphs: no report nests so deep, and each level copies its text.
_MOST_NESTED_TABLES = 12
# A cell with more paragraphs than this is a frame for layout, not a value.
_MOST_PARAGRAPHS_OF_A_VALUE = 5

Cell = list[str]


def refuse_too_complex(markup: bytes | bytearray, limits: Limits) -> None:
    """Raises ``Invalid`` for more marks than the limit. Counts bytes only, so it is done in a blink: a file
    of 90 KB can unpack to ten million marks, whose parsing takes seconds."""
    if markup.count(b"<") - markup.count(b"</") > limits.elements:
        raise Invalid(TOO_COMPLEX)


@dataclass
class Flow:
    """Lines in reading order. Tolerates rows and cells that were never opened or closed."""

    limits: Limits
    _lines: list[str] = field(default_factory=list)
    _tables: list[list[list[Cell]]] = field(default_factory=list)
    _too_deep: int = 0
    _characters: int = 0

    def count_characters(self, amount: int) -> None:
        """Raises ``Invalid`` when more text was found than the limit."""
        self._characters += amount
        refuse_too_long(self._characters, self.limits)

    def line(self, text: str) -> None:
        """One paragraph; breaks inside it make lines."""
        self._place().extend(text.split("\n"))

    def open_table(self) -> None:
        if len(self._tables) < _MOST_NESTED_TABLES:
            self._tables.append([])
        else:
            self._too_deep += 1

    def open_row(self) -> None:
        if self._tables and not self._too_deep:
            self._tables[-1].append([])

    def open_cell(self) -> None:
        if self._tables and not self._too_deep:
            if not self._tables[-1]:
                self.open_row()
            self._tables[-1][-1].append([])

    def close_table(self) -> None:
        if self._too_deep:
            self._too_deep -= 1
        elif self._tables:
            lines = table_lines(self._tables.pop())
            self._place().extend(lines)

    def text(self) -> str:
        """All lines; closes what the file left open."""
        self._too_deep = 0
        while self._tables:
            self.close_table()
        return "\n".join(self._lines)

    def _place(self) -> list[str]:
        if not self._tables:
            return self._lines
        table = self._tables[-1]
        if not table or not table[-1]:
            self.open_cell()
        return table[-1][-1]


def table_lines(rows: list[list[Cell]]) -> list[str]:
    """Bảng thành dòng: a row is a line with tabs between its cells.

    Frames for layout (the head of a letter with the body on the left and the motto on the right, the
    signatures at its end, an article inside a table) are read cell after cell, each paragraph a line.
    """
    lines: list[str] = []
    for row in rows:
        cells = [[line.strip() for line in cell if line.strip()] for cell in row]
        most = max(map(len, cells), default=0)
        if most > (1 if len(rows) == 1 else _MOST_PARAGRAPHS_OF_A_VALUE):
            lines += [line for cell in cells for line in cell]
        else:
            lines.append("\t".join(" ".join(cell).replace("\t", " ") for cell in cells))
    return lines
