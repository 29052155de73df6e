"""Tiến trình bỏ phiếu rồi kiểm phiếu, for a power cut: one ballot after the other, then closed and counted.

Poll, the two tellers with their passphrases and the people come as one JSON argument; each answer is told before
the next ballot is cast.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from typing import Any

import django

NOW = dt.datetime(2021, 12, 1, 1, 30, tzinfo=dt.UTC)


def main(work: dict[str, Any]) -> None:
    """Votes, closes, counts."""
    django.setup()
    from soi.ballots import actions, counting
    from soi.ballots.casting import cast
    from soi.ballots.models import Poll, Teller
    from soi.base.actor import Actor, system_actor

    poll = Poll.objects.get(pk=work["poll"])
    for person in work["people"]:
        actor = Actor(user_id=None, person_id=person, label="x", today=NOW.date())
        answers = {1: [1 + person % 2], 2: [1]}
        tell(f"vote {person} {cast(actor=actor, poll=poll, answers=answers, now=NOW).receipt}")
    passphrases = {int(teller): words for teller, words in work["words"].items()}
    teller = Actor(
        user_id=None, person_id=Teller.objects.get(pk=next(iter(passphrases))).person_id, label="x",
        today=NOW.date(),
    )  # fmt: skip
    actions.close_poll(actor=system_actor("x", today=NOW.date()), poll=poll, now=NOW)
    tell("closed")
    counting.count_poll(actor=teller, poll=poll, now=NOW, passphrases=passphrases)
    tell("counted")


def tell(line: str) -> None:
    os.write(1, f"{line}\n".encode())


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
