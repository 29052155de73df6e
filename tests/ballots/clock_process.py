"""Nút với đồng hồ sai, in a process of its own: votes for its people, or opens and closes the poll.

One JSON argument: what to do and the hours by which its clock is wrong (several: it jumps from act to act). Every
line it tells has two stamps of the machine's own steady clock, which all processes share: begun, and done.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import time
from itertools import cycle
from typing import Any

import django

NOW = dt.datetime(2021, 12, 1, 1, 30, tzinfo=dt.UTC)


def main(work: dict[str, Any]) -> None:
    """Waits for a line, so that all processes begin together."""
    django.setup()
    clock = (NOW + dt.timedelta(hours=hours) for hours in cycle(work["hours"]))
    os.write(1, b"ready\n")
    sys.stdin.readline()
    if work["do"] == "vote":
        vote_all(work, clock)
    else:
        conduct(work, clock)


def tell(begun: int, *words: object) -> None:
    os.write(1, f"{begun} {time.monotonic_ns()} {' '.join(map(str, words))}\n".encode())


def vote_all(work: dict[str, Any], clock: Any) -> None:
    """Tries for each person until the poll is open; the last one too late is told."""
    from soi.ballots.casting import cast
    from soi.ballots.models import Poll
    from soi.base.actor import Actor
    from soi.base.errors import Conflict

    for person in work["people"]:
        answer = "early"
        while answer == "early":
            now = next(clock)
            actor = Actor(user_id=None, person_id=person, label="x", today=now.date())
            begun = time.monotonic_ns()
            try:
                answer = str(
                    cast(
                        actor=actor, poll=Poll.objects.get(pk=work["poll"]), answers={1: [1]}, now=now
                    ).receipt
                )
            except Conflict as refusal:
                answer = "late" if "không nhận phiếu nữa" in refusal.sentence else "early"
        tell(begun, person, answer)


def conduct(work: dict[str, Any], clock: Any) -> None:
    """Opens, lets half of them vote, closes while the others are at it."""
    from soi.ballots import actions, queries
    from soi.ballots.models import Poll
    from soi.base.actor import system_actor

    now = next(clock)
    begun = time.monotonic_ns()
    poll = actions.open_poll(
        actor=system_actor("x", today=now.date()), poll=Poll.objects.get(pk=work["poll"]), roll=work["roll"],
        summoned=len(work["roll"]), present=len(work["roll"]), now=now,
        passphrases={int(teller): words for teller, words in work["words"].items()},
    )  # fmt: skip
    tell(begun, "open")
    while queries.turnout(poll)[0] < len(work["roll"]) // 2:
        time.sleep(0.005)
    now = next(clock)
    begun = time.monotonic_ns()
    actions.close_poll(actor=system_actor("x", today=now.date()), poll=poll, now=now)
    tell(begun, "close")


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
