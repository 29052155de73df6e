"""``soi bench live``: một nghìn người xem một hội nghị, trên máy này, với quyền và trang thật.

PostgreSQL, two workers, a database of its own that is thrown away. One request of the chair ("mời phát biểu") a
round; when each page has it is stamped in this one process. The same clients measure the bare floor in the same
run. A page that misses an event makes the run worthless.
"""

from __future__ import annotations

import asyncio
import gc
import os
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

import typer

from soi.bench import aside
from soi.bench.live_load import (
    Browser,
    Meter,
    Round,
    Watcher,
    clock,
    free_mib,
    median,
    memory_mib,
    one_round,
    open_watchers,
    share,
)
from soi.bench.live_servers import Running, database_pids, floor_server, soi_server

WARM = 3
GAP = 0.15
VOTERS_AT_ONCE = 16


@dataclass
class Figures:
    """Số đo của một máy chủ; milliseconds, seconds, MiB."""

    join: float = 0.0
    memory: float = 0.0
    memory_before: float = 0.0
    # Of ``memory`` the part of the database (0: it cannot be read), and what the machine then had left.
    memory_database: float = 0.0
    memory_free: float = 0.0
    all_seen: list[float] = field(default_factory=list)
    p99: float = 0.0
    missing: int = 0
    votes: dict[str, float] = field(default_factory=dict)
    all_counted: float = 0.0
    strangers: float = 0.0
    processor_ms: float = 0.0
    trigger: float = 0.0


Trigger = Callable[[], Awaitable[None]]
Tell = Callable[[str], None]


def tell_nobody(_step: str) -> None:
    """Không báo tiến độ."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Ai xem gì: path and cookie of each page, and the act of the chair that all of them must see."""

    pages: Sequence[tuple[str, str]]
    act: Trigger


async def watch(
    server: Running, audience: Audience, figures: Figures, rounds: int, tell: Tell = tell_nobody
) -> list[Watcher]:
    """Everybody joins, then the rounds with all of them, then with half of them; those who stay are returned."""
    # The one process that measures asks the database between the rounds, on its event loop.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    await _warm_up(server, audience)
    tell(f"{len(audience.pages)} trang cùng vào phòng họp")
    figures.memory_before = memory_mib(server.pids())
    watchers, figures.join = await open_watchers(server.port, audience.pages)
    await asyncio.sleep(1.5)
    figures.memory, figures.memory_free = memory_mib(server.pids()), free_mib()
    figures.memory_database = memory_mib(database_pids())
    tell(f"{rounds + WARM} lần mời phát biểu, mọi trang đang xem")
    meter = Meter(server.pids)
    every = await _rounds(watchers, audience.act, rounds)
    busy, figures.strangers = meter.stop()
    figures.processor_ms = busy * 1000 / (len(watchers) * (rounds + WARM))
    figures.all_seen = [each.all_seen * 1000 for each in every]
    figures.trigger = median(each.trigger for each in every) * 1000
    half = watchers[: len(watchers) // 2]
    tell(f"{rounds + WARM} lần mời phát biểu, một nửa số trang đang xem")
    for watcher in watchers[len(half) :]:
        watcher.close()
    await asyncio.sleep(0.5)
    fewer = await _rounds(half, audience.act, rounds)
    figures.p99 = share([second * 1000 for each in fewer for second in each.seconds], 99)
    figures.missing = sum(each.missing for each in (*every, *fewer)) + sum(w.closed for w in half)
    return half


async def _warm_up(server: Running, audience: Audience) -> None:
    few, _ = await open_watchers(server.port, audience.pages[:20])
    for _ in range(4):
        await audience.act()
    await asyncio.sleep(1)
    for watcher in few:
        watcher.close()
    await asyncio.sleep(0.5)


async def _rounds(watchers: Sequence[Watcher], act: Trigger, rounds: int) -> list[Round]:
    gc.collect()
    gc.disable()
    done = []
    for number in range(rounds + WARM):
        latest = max(_number(watcher.messages[-1][1]) if watcher.messages else 0 for watcher in watchers)
        each = await one_round(watchers, act, _later_than(latest))
        if number >= WARM:
            done.append(each)
        await asyncio.sleep(GAP)
    gc.enable()
    return done


def _later_than(number: int) -> Callable[[bytes], bool]:
    return lambda event: _number(event) > number


def _number(event: bytes) -> int:
    """The number of an event: ``id: 17.9f…`` or ``id: 17``."""
    head = event[event.find(b"id:") + 3 : event.find(b"\n", event.find(b"id:"))]
    return int(head.split(b".")[0])


async def cast_all(port: int, votes: Sequence[tuple[str, str, str]]) -> tuple[float, int]:
    """Every vote (path, body, cookie) by one of a few connections; seconds, and how many were not taken."""
    left, refused, begun = list(reversed(votes)), 0, clock()

    async def voter() -> None:
        nonlocal refused
        browser = Browser(port, token="k" * 32)
        while left:
            path, body, cookie = left.pop()
            status, _ = await browser.post(path, body, cookie=cookie)
            refused += status >= 400
        browser.close()

    await asyncio.gather(*(voter() for _ in range(VOTERS_AT_ONCE)))
    return clock() - begun, refused


# --- the run -------------------------------------------------------------------------------------------------


def run(*, clients: int, rounds: int, sites: int, workers: int) -> int:
    """Đo và in bảng; 1 when a bar is missed, 2 when there is no PostgreSQL."""
    if not os.environ.get("SOI_DATABASE_URL", "").startswith("postgres"):
        typer.echo("Phép đo này cần PostgreSQL: đặt SOI_DATABASE_URL=postgresql://… rồi chạy lại.", err=True)
        return 2
    from soi.bench import live_report

    with aside.installation():
        from soi.bench.live_rows import build
        from soi.bench.pages import know_the_rows

        typer.echo(f"Dựng hội nghị: {clients} đại biểu, {sites} điểm cầu …")
        meeting = build(delegates=clients, sites=sites)
        know_the_rows()
        with floor_server(workers) as server:
            floor = asyncio.run(_measure_floor(server, clients, rounds))
        with soi_server(workers) as server:
            figures = measure(server, meeting, rounds)
    return live_report.report(figures, floor, clients=clients)


async def _measure_floor(server: Running, clients: int, rounds: int) -> Figures:
    figures, browser = Figures(), Browser(server.port)

    async def act() -> None:
        await browser.post("/next")

    await watch(server, Audience([("/", "")] * clients, act), figures, rounds)
    _floor_roll(2, clients // 2)
    for poll, mode in enumerate(("open", "secret"), start=1):
        votes = [(f"/vote/{poll}/{voter}", "", "") for voter in range(clients // 2)]
        seconds, refused = await cast_all(server.port, votes)
        figures.votes[mode] = len(votes) / seconds
        figures.all_counted = max(figures.all_counted, seconds)
        figures.missing += refused
    browser.close()
    return figures


def _floor_roll(polls: int, voters: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO floor_roll SELECT p, v, false FROM generate_series(1, %s) p, generate_series(0, %s) v",
            [polls, voters - 1],
        )


def measure(server: Running, meeting: object, rounds: int, tell: Tell = tell_nobody) -> Figures:
    """Đo Soi: everything in turn over a meeting that ``live_rows.build`` has opened."""
    from soi.bench.live_meeting import Acts

    acts = Acts(server, meeting, tell)  # type: ignore[arg-type]
    acts.prepare(speakers=2 * (rounds + WARM) + 10)
    return asyncio.run(acts.measure(rounds))
