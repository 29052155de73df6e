"""Phép đo trực tiếp: an honest clock: who never saw the event is counted, and the table tells what was missed."""

from __future__ import annotations

import asyncio
import os
from typing import Any

import pytest

from soi.bench import live_report
from soi.bench.live import Figures, _number
from soi.bench.live_load import Round, Watcher, memory_mib, one_round, share, tree


def test_a_round_counts_who_never_saw_it_and_stamps_the_last_who_did() -> None:
    async def story() -> Round:
        watchers = [Watcher(1, "/", "") for _ in range(3)]

        async def act() -> None:
            for watcher, number in zip(watchers, (7, 7, 6), strict=True):
                watcher._head = True
                watcher.data_received(f"id: {number}.ab\ndata: {{}}\n\n".encode())

        return await one_round(watchers, act, lambda event: _number(event) > 6, patience=0.1)

    done = asyncio.run(story())
    assert done.missing == 1
    assert len(done.seconds) == 2
    assert done.all_seen == max(done.seconds)


def test_an_event_in_pieces_is_stamped_once_and_beats_do_not_count() -> None:
    async def story() -> list[bytes]:
        watcher = Watcher(1, "/", "")
        for piece in (
            b"HTTP/1.1 200 OK\r\nX: y\r\n\r\nretry: 5\n\nevent: beat\ndata: {}\n\nid: 3.a",
            b"\nda",
            b"ta: 1\n\n",
        ):
            watcher.data_received(piece)
        return [event for _, event in watcher.messages]

    assert asyncio.run(story()) == [b"id: 3.a\ndata: 1"]


def test_a_refused_stream_is_an_error_and_no_silence() -> None:
    async def story() -> None:
        watcher = Watcher(1, "/", "")
        watcher.data_received(b"HTTP/1.1 404 Not Found\r\n\r\n")
        with pytest.raises(ConnectionError, match="404"):
            await watcher.first

    asyncio.run(story())


@pytest.mark.parametrize(("of_hundred", "value"), [(0, 1.0), (50, 51.0), (99, 99.0), (100, 100.0)])
def test_shares_are_values_that_were_measured(of_hundred: float, value: float) -> None:
    assert share([float(number) for number in range(1, 101)], of_hundred) == value


def test_a_tree_holds_the_process_itself_and_memory_is_real() -> None:
    assert tree(os.getpid())[0] == os.getpid()
    assert memory_mib([os.getpid()]) > 5


def figures(**given: Any) -> Figures:
    good = {
        "join": 1.0, "memory": 100.0, "all_seen": [10.0, 20.0], "p99": 5.0, "all_counted": 1.0,
        "votes": {"open": 200.0, "secret": 100.0},
    }  # fmt: skip
    return Figures(**{**good, **given})


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({}, 0),
        ({"missing": 1}, 1),
        ({"all_seen": [151.0, 152.0]}, 1),
        ({"all_seen": [10.0, 10.0, 401.0]}, 1),
        ({"p99": 121.0}, 1),
        ({"join": 8.1}, 1),
        ({"memory": 451.0}, 1),
        ({"votes": {"open": 149.0, "secret": 100.0}}, 1),
        ({"votes": {"open": 200.0, "secret": 79.0}}, 1),
        ({"all_counted": 6.1}, 1),
    ],
)
def test_each_bar_that_is_missed_ends_the_run_with_one(given: dict[str, Any], status: int) -> None:
    assert live_report.report(figures(**given), figures(), clients=1000) == status
