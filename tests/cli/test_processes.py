"""Nhiều tiến trình: forked, dealt connections, forked again when they die, ended together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from soi.cli import processes

# A process of its own forks: one with the tests' threads must not.
_STORY = """
import os, signal, sys, time
from soi.cli.processes import Processes
def stays():
    os.write(1, b"began %d\\n" % os.getpid())
    signal.pause()
def stubborn():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.write(1, b"began %d\\n" % os.getpid())
    time.sleep(60)
from soi.cli import processes
processes.RESTART_SECONDS, processes.KILL_AFTER_SECONDS = 0, 1
Processes([stays, {second}]).run()
print("ended", flush=True)
"""


Start = Callable[[str], tuple[subprocess.Popen[str], list[int]]]


@pytest.fixture
def started() -> Iterator[Start]:
    stories: list[subprocess.Popen[str]] = []

    def start(second: str) -> tuple[subprocess.Popen[str], list[int]]:
        story = subprocess.Popen(
            [sys.executable, "-c", _STORY.format(second=second)], stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True, start_new_session=True,
        )  # fmt: skip
        stories.append(story)
        return story, [begun(story), begun(story)]

    yield start
    for story in stories:
        # A test that failed leaves nothing running.
        with suppress(ProcessLookupError):
            os.killpg(story.pid, signal.SIGKILL)
        story.communicate()


def begun(story: subprocess.Popen[str]) -> int:
    assert story.stdout
    word, pid = story.stdout.readline().split()
    assert word == "began"
    return int(pid)


def ended(story: subprocess.Popen[str], number: signal.Signals) -> str:
    story.send_signal(number)
    told, _ = story.communicate(timeout=30)
    return told


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_all_end_when_they_are_told_to(started: Start, number: signal.Signals) -> None:
    story, pids = started("stays")
    assert ended(story, number).strip() == "ended"
    assert story.returncode == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)


def test_one_that_dies_is_started_again(started: Start) -> None:
    story, pids = started("stays")
    os.kill(pids[0], signal.SIGKILL)
    again = begun(story)
    assert again not in pids
    assert ended(story, signal.SIGTERM).strip() == "ended"
    assert not any(Path(f"/proc/{pid}").exists() for pid in (*pids, again))


def test_one_that_does_not_end_is_killed(started: Start) -> None:
    story, pids = started("stubborn")
    assert ended(story, signal.SIGTERM).strip() == "ended"
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)


def test_an_address_in_use_is_refused() -> None:
    with ExitStack() as stack:
        lines = [stack.enter_context(line) for line in processes.listening("127.0.0.1", 0, 2)]
        port = lines[0].getsockname()[1]
        assert {line.getsockname()[1] for line in lines} == {port}
        for line in lines:
            line.listen()
        with pytest.raises(OSError, match="in use"):
            processes.listening("127.0.0.1", port, 2)


def test_connections_are_dealt_out_to_all() -> None:
    with ExitStack() as stack:
        lines = [stack.enter_context(line) for line in processes.listening("127.0.0.1", 0, 2)]
        for line in lines:
            line.listen(200)
            line.setblocking(False)
        address = lines[0].getsockname()
        for _ in range(200):
            stack.enter_context(socket.create_connection(address, timeout=5))
        time.sleep(0.1)
        taken = [sum(1 for _ in _accepted(line, stack)) for line in lines]
    assert sum(taken) == 200
    # By a hash of both addresses: about half each.
    assert min(taken) > 50, taken


def _accepted(line: socket.socket, stack: ExitStack) -> Iterator[socket.socket]:
    while True:
        try:
            yield stack.enter_context(line.accept()[0])
        except BlockingIOError:
            return
