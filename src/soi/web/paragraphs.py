"""Đoạn văn: a source text cut into paragraphs, each a row of pieces that are marked or plain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Piece:
    """Mẩu chữ: ``kind`` is empty for plain words; ``cards`` are the ids of the cards these words prove."""

    text: str
    kind: str = ""
    cards: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Một khối: paragraphs that are kept, or a run of paragraphs that will be left out of the record."""

    left_out: bool
    paragraphs: tuple[tuple[Piece, ...], ...]


def paragraphs(pieces: Iterable[Piece]) -> list[tuple[Piece, ...]]:
    """Cắt theo dòng: pieces that run over a line end are cut there; empty lines disappear."""
    rows: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *others = piece.text.split("\n")
        rows[-1].append(replace(piece, text=first))
        rows.extend([replace(piece, text=line)] for line in others)
    kept = (tuple(piece for piece in row if piece.text) for row in rows)
    return [row for row in kept if any(piece.text.strip() for piece in row)]


def blocks(pieces: Iterable[Piece], *, left_out: str) -> list[Block]:
    """Gộp các đoạn bị bỏ: runs of paragraphs that hold nothing but pieces of the kind ``left_out``."""

    def is_left_out(row: tuple[Piece, ...]) -> bool:
        return all(piece.kind == left_out for piece in row if piece.text.strip())

    return [Block(out, tuple(rows)) for out, rows in groupby(paragraphs(pieces), key=is_left_out)]


def around(text: str, start: int, end: int) -> list[Piece]:
    """The text with the characters [start, end) marked; nothing is marked where they lie outside it."""
    if not 0 <= start < end <= len(text):
        return [Piece(text)]
    return [Piece(text[:start]), Piece(text[start:end], kind="passage"), Piece(text[end:])]
