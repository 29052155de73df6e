"""Khóa của một dòng: by which the same line of the same sheet never becomes two tasks."""

from __future__ import annotations

import base64
import hashlib

from soi.base.text import fold

_GENERATED = "NV-"


def natural_key(statement: str, post: int) -> tuple[str, int]:
    """Within one programme: what is to be done, whatever its marks and capitals, and by which post."""
    return fold(statement), post


def generated_code(programme: int, statement: str, post: int) -> str:
    """Mã tự sinh for a line without one: the same line of the same programme gets the same code every time."""
    words, _ = natural_key(statement, post)
    digest = hashlib.sha256(f"{programme}|{words}|{post}".encode()).digest()
    return _GENERATED + base64.b32encode(digest).decode()[:10]
