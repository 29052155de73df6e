"""Khi nào báo, khi nào gửi thư. Times are local (naive clock times of the installation's zone)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

DIGEST_AT = dt.time(7, 0)
WEEK = dt.timedelta(days=7)
DAY = dt.timedelta(days=1)
# A superior hears of it when a subordinate's work is this late.
LONG = dt.timedelta(days=14)
# What the calendar called for longer ago than this is past: nobody was told because Soi was not running.
CATCH_UP = WEEK


@dataclass(frozen=True, slots=True)
class Quiet:
    """Giờ nghỉ, from ``start`` up to ``end``, over midnight where it starts later than it ends."""

    start: dt.time
    end: dt.time

    def __contains__(self, time: dt.time) -> bool:
        if self.start <= self.end:
            return self.start <= time < self.end
        return time >= self.start or time < self.end

    def over(self, moment: dt.datetime) -> dt.datetime:
        """Sau giờ nghỉ: the moment itself, or the end of the rest that it falls into."""
        if moment.time() not in self:
            return moment
        end = moment.replace(hour=self.end.hour, minute=self.end.minute, second=0, microsecond=0)
        return end if end > moment else end + DAY


def next_digest(moment: dt.datetime, quiet: Quiet) -> dt.datetime:
    """Giờ gửi thư gộp tới: seven o'clock of today or tomorrow, later where that is a time of rest."""
    today = moment.replace(hour=DIGEST_AT.hour, minute=DIGEST_AT.minute, second=0, microsecond=0)
    return quiet.over(today if today > moment else today + DAY)


@dataclass(frozen=True, slots=True)
class Call:
    """Mốc báo: the day on which the calendar called for a notice, and why."""

    kind: str
    day: dt.date


def calls(due_on: dt.date, today: dt.date, *, since: dt.date | None = None) -> list[Call]:
    """Các mốc đã tới của một việc chưa xong: for the one who does it.

    A week before, the day before, the day after, then every week. ``since`` is the day the work was given: a
    call of an earlier day is left out, because being given the work said it already.
    """
    if today > due_on:
        weeks = (today - due_on - DAY) // WEEK
        found = Call("overdue", due_on + DAY + weeks * WEEK)
    elif today >= due_on - DAY:
        found = Call("due_tomorrow", due_on - DAY)
    elif today >= due_on - WEEK:
        found = Call("due_in_a_week", due_on - WEEK)
    else:
        return []
    return [] if since is not None and found.day <= since else [found]


def long_overdue(due_on: dt.date, today: dt.date) -> list[Call]:
    """Mốc báo cấp giao: once, when the work is two weeks late; not for what was so long ago already."""
    called = due_on + LONG
    return [Call("long_overdue", called)] if called <= today < called + CATCH_UP else []


def wait_before(tries: int) -> dt.timedelta:
    """Chờ trước lần gửi sau: 5 minutes, then twice as long each time, at most 6 hours."""
    return min(dt.timedelta(minutes=5 << min(tries, 8)), dt.timedelta(hours=6))
