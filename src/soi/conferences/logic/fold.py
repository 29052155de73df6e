"""Dựng lại diễn biến từ sự kiện: every event carries what it changed on the floor, under ``floor``. Pure.

So the floor can be rebuilt up to any number: for the minutes, for a check, and to see where it stood then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

CHANGES = "floor"
# A floor on which nothing has happened.
START: dict[str, Any] = {
    "state": "waiting", "rule": "arrival", "speech_minutes": None, "item": None, "paper": None, "page": 1,
    "poll": None, "timer_from": None, "timer_seconds": None, "opened_at": None, "closed_at": None,
}  # fmt: skip


def folded(facts_in_order: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Diễn biến sau các sự kiện này: numbers of rows, moments as ISO text."""
    floor = dict(START)
    for facts in facts_in_order:
        floor.update(facts.get(CHANGES, {}))
    return floor
