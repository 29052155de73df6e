"""Bộ lọc danh sách nhiệm vụ: read from an address, written back into one. Pure: no user, no database.

Every number on a board and in a report is a link made here, so that it opens the very tasks it counts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from soi.base.quarters import is_quarter, is_year
from soi.org.enums import WorkArea
from soi.work.enums import Standing

OPEN, DONE, OVERDUE, DUE_SOON = "open", "done", "overdue", "due_soon"
NOT_DUE, COUNTED = "not_due", "counted"
# What a list may be asked for besides one standing.
GROUPS = (OPEN, DONE, OVERDUE, DUE_SOON, NOT_DUE, COUNTED)
SOON = dt.timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFilter:
    """Bộ lọc. ``body`` with everything ``below`` it; ``period`` by the day due; ``as_of`` judges overdue.

    ``standing``: a Standing, or ``open`` (active, reported), ``done`` (exceeded, on time, late), ``overdue``,
    ``due_soon`` (within 14 days), ``not_due`` (active, still in time), ``counted`` (all but cancelled).
    """

    body: int | None = None
    below: bool = True
    area: str = ""
    period: str = ""
    standing: str = ""
    programme: int | None = None
    directive: int | None = None
    post: int | None = None
    given_by: int | None = None
    q: str = ""
    as_of: dt.date | None = None

    @classmethod
    def from_query(cls, asked: Mapping[str, object]) -> TaskFilter:
        """Từ địa chỉ trang (QueryDict or plain mapping): what is not known is left out, never an error."""
        return cls(
            body=_number(_one(asked, "body")),
            below=_one(asked, "below") != "0",
            area=_known(_one(asked, "area"), WorkArea.values),
            period=_period(_one(asked, "period")),
            standing=_known(_one(asked, "standing"), [*Standing.values, *GROUPS]),
            programme=_number(_one(asked, "programme")),
            directive=_number(_one(asked, "directive")),
            post=_number(_one(asked, "post")),
            given_by=_number(_one(asked, "given_by")),
            q=_one(asked, "q")[:200],
            as_of=_day(_one(asked, "as_of")),
        )

    def as_query(self) -> str:
        """Trở lại địa chỉ trang: only what is set; ``from_query`` of it gives the same filter."""
        given = {
            "body": str(self.body or ""),
            "below": "" if self.below else "0",
            "area": self.area,
            "period": self.period,
            "standing": self.standing,
            "programme": str(self.programme or ""),
            "directive": str(self.directive or ""),
            "post": str(self.post or ""),
            "given_by": str(self.given_by or ""),
            "q": self.q,
            "as_of": self.as_of.isoformat() if self.as_of else "",
        }
        return urlencode({name: value for name, value in given.items() if value})


def _one(asked: Mapping[str, object], name: str) -> str:
    getlist = getattr(asked, "getlist", None)
    value = getlist(name) if getlist else asked.get(name, "")
    if isinstance(value, list | tuple):
        value = value[-1] if value else ""
    return str(value).replace("\x00", "").strip()


def _known(value: str, allowed: Iterable[str]) -> str:
    return value if value in allowed else ""


def _period(value: str) -> str:
    return value if is_quarter(value) or is_year(value) else ""


def _number(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 19 and int(value) else None


def _day(value: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        return None
