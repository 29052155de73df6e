"""Xuất xứ tệp: all that a file may tell of its making (U6): the program, and a time given by the caller."""

from __future__ import annotations

import datetime as dt

PRODUCER = "Soi"


def created_utc(created: dt.datetime) -> dt.datetime:
    """Thời điểm lập, in UTC and whole seconds. A time without zone is a mistake of the caller."""
    if created.tzinfo is None:
        raise ValueError("created must carry its time zone")
    return created.astimezone(dt.UTC).replace(microsecond=0)
