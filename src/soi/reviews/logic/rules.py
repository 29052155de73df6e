"""Bộ quy định: which rules on review were in force when. Data with their source; a used pack never changes.

What a pack says on rating comes with the room of ratings; here stands what opening a cycle needs.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RulePack:
    """Bộ quy định: its code, in force over a half-open period, and the documents it stands on.

    ``months_before_review``: who was admitted, or came, less than so many months ago is not reviewed; None
    where no text that could be checked says so: then the level that opens the cycle decides.
    """

    code: str
    name: str
    start: dt.date
    end: dt.date | None
    source: str
    months_before_review: int | None

    def is_in_force(self, day: dt.date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


PACKS: tuple[RulePack, ...] = (
    RulePack(
        code="vn-party-2018",
        name="Quy định 132-QĐ/TW",
        start=dt.date(2018, 3, 8),
        end=dt.date(2023, 10, 4),
        source="Quy định 132-QĐ/TW ngày 08/3/2018; Hướng dẫn 21-HD/BTCTW ngày 18/10/2019",
        months_before_review=None,
    ),
    RulePack(
        code="vn-party-2023",
        name="Quy định 124-QĐ/TW",
        start=dt.date(2023, 10, 4),
        end=dt.date(2025, 8, 30),
        source="Quy định 124-QĐ/TW ngày 04/10/2023, Điều 5.2; Hướng dẫn 25-HD/BTCTW ngày 10/11/2023",
        months_before_review=6,
    ),
    RulePack(
        code="vn-party-2025",
        name="Quy định 366-QĐ/TW",
        start=dt.date(2025, 8, 30),
        end=None,
        source="Quy định 366-QĐ/TW ngày 30/8/2025; Hướng dẫn 43-HD/BTCTW ngày 31/10/2025",
        months_before_review=None,
    ),
)
_BY_CODE = {pack.code: pack for pack in PACKS}


def pack(code: str) -> RulePack:
    """Bộ quy định theo mã. KeyError for a code that is none."""
    return _BY_CODE[code]


def pack_on(day: dt.date) -> RulePack | None:
    """Bộ quy định có hiệu lực trong ngày; None before the first."""
    return next((one for one in PACKS if one.is_in_force(day)), None)
