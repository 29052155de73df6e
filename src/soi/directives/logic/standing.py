"""Mức thực hiện một việc của nơi nhận, as of a day. Pure."""

from __future__ import annotations

import datetime as dt

from soi.directives.enums import Standing


def standing(
    done_on: dt.date | None,
    due_on: dt.date | None,
    as_of: dt.date,
    *,
    always: bool = False,
    ended_on: dt.date | None = None,
) -> Standing:
    """Đã làm, làm muộn, còn hạn hay quá hạn vào ngày ``as_of``; what was done later does not count yet.

    A step without a date is not asked, save one that is ``always`` asked (to say that the paper has come).
    From ``ended_on`` nothing more is asked; what was late by then stays late.
    """
    if done_on is not None and done_on <= as_of:
        return Standing.DONE_LATE if due_on is not None and done_on > due_on else Standing.DONE
    ended = ended_on is not None and ended_on <= as_of
    if due_on is not None and due_on < (ended_on if ended and ended_on else as_of):
        return Standing.OVERDUE
    if ended or (due_on is None and not always):
        return Standing.NOT_ASKED
    return Standing.PENDING


def days_late(due_on: dt.date | None, as_of: dt.date, *, ended_on: dt.date | None = None) -> int:
    """Số ngày đã quá hạn vào ngày ``as_of``; counted no further than the day the paper ended; 0 when not."""
    until = min(as_of, ended_on) if ended_on else as_of
    return max(0, (until - due_on).days) if due_on else 0
