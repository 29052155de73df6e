"""Đủ số: reviewed + not reviewed with a reason + still to do = all who stand in the list. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """Một phép đếm of collectives or of persons; ``unlisted`` should stand in the list and do not."""

    listed: int = 0
    reviewed: int = 0
    exempt: int = 0
    unlisted: int = 0

    @property
    def left(self) -> int:
        """Còn phải làm: neither reviewed nor exempt."""
        return self.listed - self.reviewed - self.exempt

    @property
    def all(self) -> int:
        """Tất cả, whether they stand in the list or not."""
        return self.listed + self.unlisted

    @property
    def is_complete(self) -> bool:
        """Đủ: nobody is left, and nobody was left out."""
        return not self.left and not self.unlisted

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.listed + other.listed,
            self.reviewed + other.reviewed,
            self.exempt + other.exempt,
            self.unlisted + other.unlisted,
        )


def total(tallies: Iterable[Tally]) -> Tally:
    """Cộng cả cây."""
    return sum(tallies, Tally())
