"""Nhiều tiến trình: one loads everything once and forks those that answer and the one that keeps house.

Forked after loading they share what was loaded. Each listens on a socket of its own for the same port, and the
kernel deals the connections out: over one shared socket whichever wakes first takes a whole burst of them, and the
other sits idle while everybody votes. The one that forks has no threads and no connection to the database.
"""

from __future__ import annotations

import gc
import logging
import os
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Sequence

logger = logging.getLogger(__name__)

Job = Callable[[], None]

ENDING = (signal.SIGTERM, signal.SIGINT)
RESTART_SECONDS = 1.0
# After their own time of grace.
KILL_AFTER_SECONDS = 10


def listening(host: str, port: int, number: int) -> list[socket.socket]:
    """Các ổ cắm for one address, one for each process; an address that somebody else has is refused."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with _bound(family, host, port, shared=False) as first:
        port = first.getsockname()[1]
    return [_bound(family, host, port, shared=True) for _ in range(number)]


def _bound(family: int, host: str, port: int, *, shared: bool) -> socket.socket:
    line = socket.socket(family, socket.SOCK_STREAM)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if shared:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    try:
        line.bind((host, port))
    except OSError:
        line.close()
        raise
    return line


class Processes:
    """Các tiến trình con: each does one job until it is told to stop; one that dies is forked again."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._jobs = jobs
        self._running: dict[int, Job] = {}
        self._stopping = False

    def run(self) -> None:
        """Chạy cho đến khi được báo dừng (SIGTERM, SIGINT), and until all have ended."""
        gc.collect()
        gc.freeze()
        for number in ENDING:
            signal.signal(number, self._stop)
        signal.signal(signal.SIGALRM, self._kill)
        for job in self._jobs:
            self._start(job)
        while self._running:
            pid, status = os.wait()
            job = self._running.pop(pid)
            if not self._stopping:
                logger.error("process %s ended (%s), started again", pid, os.waitstatus_to_exitcode(status))
                time.sleep(RESTART_SECONDS)
                self._start(job)
        signal.alarm(0)

    def _start(self, job: Job) -> None:
        """Nothing is told to stop while it is neither the one nor the other."""
        before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
        try:
            if self._stopping:
                return
            pid = os.fork()
            if not pid:
                _be_a_child(job, before)
            self._running[pid] = job
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def _stop(self, _number: int, _frame: object) -> None:
        self._stopping = True
        self._tell(signal.SIGTERM)
        signal.alarm(KILL_AFTER_SECONDS)

    def _kill(self, _number: int, _frame: object) -> None:
        self._tell(signal.SIGKILL)

    def _tell(self, number: signal.Signals) -> None:
        for pid in list(self._running):
            os.kill(pid, number)


def _be_a_child(job: Job, mask: Iterable[int]) -> None:
    """The job, then the end: nothing of what the parent was about to do is done by the child."""
    code = 1
    try:
        for number in (*ENDING, signal.SIGALRM):
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        job()
        code = 0
    except BaseException:  # noqa: BLE001 (whatever it is: the process ends here)
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
