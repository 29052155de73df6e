"""Đủ số: the identity holds for every sum."""

from __future__ import annotations

import random

from soi.reviews.logic.completeness import Tally, total


def test_the_identity_holds_over_any_tree() -> None:
    seed = random.randrange(10**6)  # noqa: S311 (a test)
    chance = random.Random(seed)  # noqa: S311 (a test)
    parts = []
    for _ in range(200):
        reviewed, exempt, left = (chance.randrange(20) for _ in range(3))
        parts.append(Tally(reviewed + exempt + left, reviewed, exempt, chance.randrange(3)))
    whole = total(parts)
    assert whole.listed == whole.reviewed + whole.exempt + whole.left, f"seed {seed}"
    assert whole.all == sum(part.listed + part.unlisted for part in parts), f"seed {seed}"
    assert whole.is_complete == all(part.is_complete for part in parts), f"seed {seed}"


def test_nobody_left_and_nobody_forgotten_is_complete() -> None:
    assert Tally(3, 2, 1).is_complete
    assert not Tally(3, 2, 0).is_complete
    assert not Tally(3, 2, 1, unlisted=1).is_complete
    assert total([]) == Tally()
