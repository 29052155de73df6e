"""Việc nền: what ``soi serve`` does beside answering pages: seal, tell, count, mail.

Jobs stand in lanes; a lane is a thread with a database connection of its own, so that a mail server that does
not answer never holds up the history. In a lane one job's failure never stops the others: it is logged and
tried again, later each time. Each job opens its own transactions.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import Error, connection
from django.utils import timezone

from soi.ballots import counting
from soi.base.text import squash
from soi.history.actions import seal_pending
from soi.notices.deadlines import note_deadlines
from soi.notices.mailing import mail_notices
from soi.notices.making import make_notices
from soi.reviews import unsigned
from soi.web.notice_links import address_of_notice
from soi.work import rollup

logger = logging.getLogger(__name__)

TICK_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Job:
    """Một việc nền: its name in the log, how often, and what is done. ``at_end``: once more when stopping."""

    name: str
    every: float
    do: Callable[[dt.datetime], object]
    at_end: bool = False


LANES: tuple[tuple[Job, ...], ...] = (
    (
        Job("seal", 1, lambda _now: seal_pending(recent_only=True), at_end=True),
        Job("notices", 1, lambda now: make_notices(now=now)),
    ),
    (Job("figures", 1, lambda now: rollup.fold(now=now)),),
    (
        Job("traces", 60, lambda _now: counting.forget_what_is_owed()),
        Job("comment_traces", 60, lambda _now: unsigned.forget_what_is_owed()),
        Job("deadlines", 60, lambda now: note_deadlines(now=now)),
        Job("mail", 10, lambda now: mail_notices(now=now, address=address_of_notice)),
    ),
)


class _Turn:
    """When a job is due next, by a clock that nobody sets back; a job that fails waits twice as long each time."""

    def __init__(self, job: Job) -> None:
        self.job, self.due, self.failures = job, 0.0, 0

    def run(self, clock: float) -> None:
        try:
            self.job.do(timezone.now())
        except Error as error:
            self._failed()
            logger.warning("%s failed, tried again later: %s", self.job.name, squash(str(error)))
            # A connection that broke is not used again; the next query opens another one.
            connection.close()
        except Exception:
            self._failed()
            logger.exception("%s failed, tried again later", self.job.name)
            connection.close()
        else:
            self.failures = 0
        self.due = clock + min(self.job.every * 2**self.failures, max(LONGEST_WAIT_SECONDS, self.job.every))

    def _failed(self) -> None:
        self.failures = min(self.failures + 1, 16)


def run_lane(
    jobs: Sequence[Job],
    stop: threading.Event,
    *,
    tick: float = TICK_SECONDS,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Làm các việc của một làn until ``stop`` is set; then once more what must be done at the end."""
    turns = [_Turn(job) for job in jobs]
    try:
        while not stop.wait(tick):
            for turn in turns:
                if turn.due <= clock():
                    turn.run(clock())
        for turn in turns:
            if turn.job.at_end:
                turn.run(clock())
    finally:
        connection.close()


class Housekeeper:
    """Người làm việc nền: starts the lanes, and stops them when the server stops."""

    def __init__(self, lanes: Sequence[Sequence[Job]] = LANES, *, tick: float = TICK_SECONDS) -> None:
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(
                target=run_lane,
                args=(lane, self._stop),
                kwargs={"tick": tick},
                name=f"housekeeping-{lane[0].name}",
                daemon=True,
            )
            for lane in lanes
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self, *, patience: float) -> None:
        """Dừng: waits at most ``patience`` seconds in all; a lane that hangs dies with the process."""
        self._stop.set()
        until = time.monotonic() + patience
        for thread in self._threads:
            thread.join(timeout=max(0.0, until - time.monotonic()))
