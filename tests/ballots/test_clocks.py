"""B10: nhiều nút, đồng hồ lệch nhau: the database alone decides when a poll is open, whatever the nodes believe.

Each node is a process of its own: two hours slow, two hours fast, one whose clock jumps to and fro, and one that
opens and closes. ``SOI_TEST_FULL=1`` plays it more often, with more people.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from soi.ballots import queries
from soi.ballots.enums import PollState
from soi.ballots.models import BoxItem, Poll, RollEntry
from tests.ballots import box, disk

pytestmark = [
    pytest.mark.usefixtures("cheap"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
]
FULL = bool(os.environ.get("SOI_TEST_FULL"))
VOTERS = 1500 if FULL else 300
CLOCKS = ([-2], [2], [0, -2, 2, -26280])
# The clock of who opens, and then of who closes.
CONDUCTING = ([2, -2], [-2, 2])


@pytest.mark.parametrize("conducting", CONDUCTING if FULL else CONDUCTING[:1])
def test_no_clock_opens_a_poll_early_or_keeps_it_open(tmp_path: Path, conducting: list[int]) -> None:
    with disk.on_disk(tmp_path):
        people = [person.pk for person in box.people(VOTERS)]
        tellers = box.people(2)
        poll = box.draft(box.body(), tellers=tellers)
        conduct: dict[str, object] = {
            "do": "conduct",
            "hours": conducting,
            "roll": people,
            "words": box.words_of(poll),
        }
        nodes: list[dict[str, object]] = [
            {"do": "vote", "hours": hours, "people": people[place :: len(CLOCKS)]}
            for place, hours in enumerate(CLOCKS)
        ]
        *told, (opened, closed) = together(poll, tmp_path, [*nodes, conduct])
        votes = [line for lines in told for line in lines]
        taken = {line[2]: line[3] for line in votes if line[3] != "late"}
        assert len(votes) == VOTERS
        assert 0 < len(taken) < VOTERS, "the close fell beside the voting: nothing was tried"
        for begun, done, _, answer in votes:
            if answer == "late":
                assert int(done) > int(closed[0]), "refused as late before anybody closed"
            else:
                assert int(begun) < int(closed[1]), "taken although it began after the close"
                assert int(done) > int(opened[0]), "taken before it was opened"
        marked = RollEntry.objects.filter(poll=poll, cast=True).values_list("person_id", flat=True)
        assert {str(person) for person in marked} == set(taken)
        assert BoxItem.objects.filter(poll=poll).count() == 2 * len(taken)
        poll = Poll.objects.get(pk=poll.pk)
        assert poll.state == PollState.CLOSED
        counted = box.counted(poll)
        assert queries.receipts_of(counted) == sorted(taken.values())


def together(poll: Poll, directory: Path, works: list[dict[str, object]]) -> list[list[list[str]]]:
    """Each work in a process of its own, all let go when all are ready; the words of each line told."""
    script = Path(__file__).with_name("clock_process.py")
    running = [
        subprocess.Popen(
            [sys.executable, str(script), json.dumps({**work, "poll": poll.pk})], text=True,
            env=disk.environment(directory), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        for work in works
    ]  # fmt: skip
    try:
        for one in running:
            assert one.stdout
            assert one.stdout.readline() == "ready\n", one.communicate(timeout=20)
        for one in running:
            assert one.stdin
            one.stdin.write("go\n")
            one.stdin.flush()
        told = [one.communicate(timeout=180) for one in running]
    finally:
        for one in running:
            one.kill()
    assert [one.returncode for one in running] == [0] * len(running), told
    return [[line.split() for line in out.splitlines()] for out, _ in told]
