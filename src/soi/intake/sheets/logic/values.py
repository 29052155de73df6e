"""Nội dung một dòng: what the cells mean, once the names are found; kept between the trial and the writing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Values:
    """Nhiệm vụ trong dòng: numbers of records for names. Empty optional values leave a known task as it is."""

    code: str = ""
    statement: str = ""
    deliverable: str = ""
    area: str = ""
    post: int | None = None
    contributors: tuple[int, ...] = ()
    start: dt.date | None = None
    due: dt.date | None = None
    target: Decimal | None = None
    unit: str = ""
    weight: int | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain values for the database."""
        return {
            "code": self.code,
            "statement": self.statement,
            "deliverable": self.deliverable,
            "area": self.area,
            "post": self.post,
            "contributors": list(self.contributors),
            "start": self.start.isoformat() if self.start else None,
            "due": self.due.isoformat() if self.due else None,
            "target": None if self.target is None else str(self.target),
            "unit": self.unit,
            "weight": self.weight,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Values:
        """The same again."""
        return cls(
            code=kept["code"],
            statement=kept["statement"],
            deliverable=kept["deliverable"],
            area=kept["area"],
            post=kept["post"],
            contributors=tuple(kept["contributors"]),
            start=dt.date.fromisoformat(kept["start"]) if kept["start"] else None,
            due=dt.date.fromisoformat(kept["due"]) if kept["due"] else None,
            target=None if kept["target"] is None else Decimal(kept["target"]),
            unit=kept["unit"],
            weight=kept["weight"],
        )
