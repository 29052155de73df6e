"""Tiến trình bỏ phiếu: children that vote one after the other and tell each receipt, killed in the midst of it.

Run by ``test_casting``: poll, seed, number of kills, then the people. What a child was answered is written to a
pipe before it goes on; that is the log of the client.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import signal
import sys
import time

import django

NOW = dt.datetime(2021, 12, 1, 1, 30, tzinfo=dt.UTC)


def vote_all(poll_pk: int, people: list[int], out: int) -> None:
    """A child: the first try for each person; an answer is told only when it came."""
    from soi.ballots.casting import cast
    from soi.ballots.models import Poll
    from soi.base.actor import Actor
    from soi.base.errors import Conflict

    poll = Poll.objects.get(pk=poll_pk)
    for person in people:
        actor = Actor(user_id=None, person_id=person, label="x", today=NOW.date())
        try:
            answer = cast(actor=actor, poll=poll, answers={1: [1 + person % 2], 2: [1]}, now=NOW).receipt
        except Conflict:
            answer = "already"
        os.write(out, f"{person} {answer}\n".encode())


def main(poll_pk: int, seed: int, kills: int, people: list[int]) -> None:
    """Forks a child, kills it a moment after its first answer, and goes on where its answers ended."""
    django.setup()
    dice = random.Random(seed)  # noqa: S311
    answered: set[int] = set()
    for turn in range(kills + 1):
        read, write = os.pipe()
        left = [person for person in people if person not in answered]
        child = os.fork()
        if child == 0:
            vote_all(poll_pk, left, write)
            os._exit(0)
        os.close(write)
        told = os.read(read, 65536)
        if turn < kills:
            time.sleep(dice.uniform(0, 0.03))
            os.kill(child, signal.SIGKILL)
        while more := os.read(read, 65536):
            told += more
        os.waitpid(child, 0)
        os.close(read)
        for line in told.decode().splitlines():
            answered.add(int(line.split()[0]))
            print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    main(numbers[0], numbers[1], numbers[2], numbers[3:])
