"""Mã điểm danh: short letters that are read aloud, typed on a phone and not mistaken for each other."""

from __future__ import annotations

import secrets
from collections.abc import Collection

from soi.base.text import fold

# No vowels and no letters that a Vietnamese keyboard turns into marks (W, D, and tones only follow vowels);
# none that look or sound like another: B/8, G/6, I/1, L/1, O/0, S/5, U/V, Z/2.
ALPHABET = "CHKMNPQRTVX34679"
LENGTH = 6


def new_code(taken: Collection[str] = ()) -> str:
    """Một mã mới: 24 random bits, unlike any of ``taken``."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        if code not in taken:
            return code


def tidy(typed: str) -> str:
    """Mã như đã gõ: without blanks, dashes and marks; empty where it cannot be a code."""
    code = "".join(letter for letter in fold(typed).upper() if letter not in " -.")
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""


def shown(code: str) -> str:
    """Mã để đọc: in two halves ("CHK-347")."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}" if len(code) == LENGTH else code
