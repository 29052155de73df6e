"""Tập thể nhỏ: what may be shown of a result without telling who voted how.

In a body of three a result of 3–0 names every vote, whatever the cryptography. Below the limit of the body pages
show the outcome alone; the numbers stand in the tellers' signed record and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass

OPEN = "open"
OUTCOME_STATES = frozenset({"counted", "published"})
PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Sight:
    """Được xem gì: ``outcome`` without ``numbers`` is what a small body shows."""

    outcome: bool
    numbers: bool


NOTHING, OUTCOME_ONLY, ALL = Sight(False, False), Sight(True, False), Sight(True, True)


def is_small(roll: int, least: int) -> bool:
    """Tập thể nhỏ: fewer on the roll than the limit of the body."""
    return roll < least


def hides_numbers(mode: str, roll: int, least: int) -> bool:
    """Whether numbers of this poll are kept from pages; who votes by name has nothing to hide."""
    return mode != OPEN and is_small(roll, least)


def sight(*, mode: str, state: str, roll: int, least: int, counts: bool) -> Sight:
    """Điều một người được xem of a poll; ``counts`` is whoever counts or leads it, before it is published."""
    if state not in OUTCOME_STATES or (state != PUBLISHED and not counts):
        return NOTHING
    return OUTCOME_ONLY if hides_numbers(mode, roll, least) else ALL


def record_sight(*, state: str, is_teller: bool) -> Sight:
    """Biên bản kiểm phiếu: full numbers, for the tellers who sign it and for nobody else."""
    return ALL if is_teller and state in OUTCOME_STATES else NOTHING
