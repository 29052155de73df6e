"""Phong bì góp ý không ghi tên: what one person sent, all of one size, so that length says nothing. Pure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

# Two to three pages; every envelope takes as much, whatever is in it.
SIZE = 16_384


@dataclass(frozen=True, slots=True)
class Item:
    """Một ý: about a paragraph or a finding by key, or about the whole."""

    text: str
    paragraph: int | None = None
    finding: int | None = None


def packed(items: Sequence[Item]) -> bytes:
    """Đóng gói. Raises ValueError where the words do not fit."""
    content = json.dumps([[one.text, one.paragraph, one.finding] for one in items], ensure_ascii=False)
    plain = content.encode()
    if len(plain) > SIZE:
        raise ValueError("the words do not fit the envelope")
    return plain.ljust(SIZE)


def unpacked(plain: bytes) -> list[Item]:
    """Mở gói."""
    return [Item(*row) for row in json.loads(plain)]
