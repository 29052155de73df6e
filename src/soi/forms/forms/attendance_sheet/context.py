"""Danh sách điểm danh: everything the sheet needs, as plain values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from soi.forms.parts import Letterhead, Participant


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeSpan:
    """Khoảng có mặt, by the clock on the wall; without an end, still there. ``day`` where it lasted several."""

    came: dt.time
    left: dt.time | None = None
    day: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceLine:
    """Một người. ``spans`` is empty for who never came; ``note`` then says why, and who came instead.

    ``corrected``: a sentence for each time that was put right afterwards.
    """

    who: Participant
    entitled: bool
    spans: tuple[TimeSpan, ...] = ()
    online: bool = False
    evidence: str = ""
    absent: bool = False
    note: str = ""
    corrected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteTotal:
    """Một điểm cầu: how many of its people came at all."""

    name: str
    came: int
    invited: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceSheetContext:
    """Danh sách: ``part`` names the site where the sheet is of one only; ``as_of`` is when it was drawn up.

    ``figures`` are whole sentences about who counts and whether there were enough.
    """

    letterhead: Letterhead
    title: str
    day: dt.date
    as_of: dt.datetime
    lines: tuple[AttendanceLine, ...]
    sites: tuple[SiteTotal, ...] = ()
    part: str = ""
    figures: tuple[str, ...] = ()
    secretary: Participant | None = None
    chair: Participant | None = None
