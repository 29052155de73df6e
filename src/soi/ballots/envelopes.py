"""Nội dung phong bì: what is sealed for one question, or as a receipt; always of one length, never with a name."""

from __future__ import annotations

import secrets
import struct
from collections.abc import Iterable

SIZE = 64
MOST_OPTIONS = 200
# The poll and the question (0: a receipt) are inside, too: an item moved to another place in the box shows.
_HEAD = struct.Struct(">QH")
_ROOM = SIZE - _HEAD.size
# Without letters and figures that look alike.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_GROUPS, _GROUP = 4, 4


def answer(poll: int, question: int, choices: Iterable[int]) -> bytes:
    """Lựa chọn của một câu, as a map of bits; ``question`` and ``choices`` are numbers from 1."""
    return _filled(poll, question, sum(1 << number for number in set(choices)).to_bytes(_ROOM, "big"))


def choices_of(content: bytes, poll: int, question: int) -> list[int]:
    """Đọc lựa chọn. Raises ValueError where the item belongs to another poll or question."""
    bits = int.from_bytes(_read(content, poll, question), "big")
    return [number for number in range(1, MOST_OPTIONS + 1) if bits >> number & 1]


def new_receipt() -> str:
    """Mã phiếu mới: 79 random bits in groups that can be read aloud."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def receipt(poll: int, code: str) -> bytes:
    """Mã phiếu trong phong bì của riêng nó."""
    return _filled(poll, 0, code.encode().rjust(_ROOM, b"\0"))


def code_of(content: bytes, poll: int) -> str:
    """Đọc mã phiếu."""
    return _read(content, poll, 0).lstrip(b"\0").decode()


def _filled(poll: int, question: int, rest: bytes) -> bytes:
    return _HEAD.pack(poll, question) + rest


def _read(content: bytes, poll: int, question: int) -> bytes:
    if len(content) != SIZE or _HEAD.unpack(content[: _HEAD.size]) != (poll, question):
        raise ValueError("an item of another poll or question")
    return content[_HEAD.size :]
