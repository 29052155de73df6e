"""Người xem và người bỏ phiếu để đo: raw streams and requests on one event loop, cheap enough to stamp honestly.

One process holds all the clients; arrivals are stamped with the machine's monotonic clock the moment the bytes
come, and looked into only after the round. Memory is the PSS of whole process trees, which counts shared pages once.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

clock = time.perf_counter


class Watcher(asyncio.Protocol):
    """Một trang đang mở: one stream; ``messages`` are (stamp, bytes of the event)."""

    def __init__(self, port: int, path: str, cookie: str) -> None:
        lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Accept: text/event-stream"]
        self._request = "\r\n".join([*lines, *([f"Cookie: {cookie}"] if cookie else []), "", ""]).encode()
        self.messages: list[tuple[float, bytes]] = []
        self.hears: Callable[[], None] | None = None
        self.closed = False
        self.first: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._rest = b""
        self._head = False
        self._line: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._line = transport  # type: ignore[assignment]
        self._line.write(self._request)  # type: ignore[union-attr]

    def connection_lost(self, _error: Exception | None) -> None:
        self.closed = True
        if not self.first.done():
            self.first.set_exception(ConnectionError("closed before the first event"))

    def data_received(self, data: bytes) -> None:
        stamp = clock()
        self._rest += data
        if not self._head and not self._take_head():
            return
        *events, self._rest = self._rest.split(b"\n\n")
        for event in events:
            # Only what the page shows: an event with a number, or the floor's plain data.
            if b"data:" in event and b"event:" not in event:
                self._note(stamp, event)

    def _take_head(self) -> bool:
        head, found, rest = self._rest.partition(b"\r\n\r\n")
        if not found:
            return False
        self._head, self._rest = True, rest
        if b" 200 " not in head.split(b"\r\n", 1)[0]:
            self.first.set_exception(ConnectionError(head.split(b"\r\n", 1)[0].decode()))
        return True

    def _note(self, stamp: float, event: bytes) -> None:
        self.messages.append((stamp, event))
        if not self.first.done():
            self.first.set_result(stamp)
        if self.hears:
            self.hears()

    def close(self) -> None:
        if self._line:
            self._line.abort()


async def open_watchers(
    port: int, wanted: Sequence[tuple[str, str]], *, at_once: int = 100
) -> tuple[list[Watcher], float]:
    """Everybody joins; seconds until the last has the first event. ``wanted``: path and cookie of each."""
    loop, gate, begun = asyncio.get_running_loop(), asyncio.Semaphore(at_once), clock()

    async def one(path: str, cookie: str) -> Watcher:
        async with gate:
            _, watcher = await loop.create_connection(lambda: Watcher(port, path, cookie), "127.0.0.1", port)
            await asyncio.wait_for(asyncio.shield(watcher.first), 60)
            return watcher

    watchers = await asyncio.gather(*(one(path, cookie) for path, cookie in wanted))
    return list(watchers), max(watcher.first.result() for watcher in watchers) - begun


@dataclass(frozen=True, slots=True)
class Round:
    """Một lần: seconds from the request until each had it; how many never had."""

    seconds: list[float]
    missing: int
    trigger: float

    @property
    def all_seen(self) -> float:
        return max(self.seconds, default=float("inf"))


async def one_round(
    watchers: Sequence[Watcher],
    trigger: Callable[[], Awaitable[None]],
    seen: Callable[[bytes], bool],
    *,
    patience: float = 10.0,
) -> Round:
    """One trigger; waits until everybody has an event that ``seen`` accepts."""
    done, left = asyncio.Event(), len(watchers)

    def heard() -> None:
        nonlocal left
        left -= 1
        if left <= 0:
            done.set()

    for watcher in watchers:
        watcher.messages.clear()
        watcher.hears = heard
    begun = clock()
    await trigger()
    answered = clock() - begun
    until = begun + patience
    while True:
        with suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), max(0.01, min(until - clock(), 0.25)))
        stamps = [_first_seen(watcher, seen) for watcher in watchers]
        missing = stamps.count(None)
        if not missing or clock() > until:
            break
        done.clear()
        left = 1
    for watcher in watchers:
        watcher.hears = None
    return Round([stamp - begun for stamp in stamps if stamp is not None], missing, answered)


def _first_seen(watcher: Watcher, seen: Callable[[bytes], bool]) -> float | None:
    return next((stamp for stamp, event in watcher.messages if seen(event)), None)


class Browser:
    """Một kết nối giữ mở: requests one after another, as a browser makes them."""

    def __init__(self, port: int, cookie: str = "", token: str = "") -> None:
        self._port, self._cookie, self._token = port, cookie, token
        self._in: asyncio.StreamReader | None = None
        self._out: asyncio.StreamWriter | None = None

    async def get(self, path: str) -> tuple[int, bytes]:
        return await self._ask("GET", path, "")

    async def post(self, path: str, body: str = "", *, cookie: str = "") -> tuple[int, bytes]:
        return await self._ask("POST", path, body, cookie)

    async def _ask(self, method: str, path: str, body: str, cookie: str = "") -> tuple[int, bytes]:
        request = self._request(method, path, body, cookie)
        try:
            return await self._exchange(request)
        except (asyncio.IncompleteReadError, ConnectionError):
            # The server closes a line that was idle for a while: asked again over another.
            self.close()
            return await self._exchange(request)

    def _request(self, method: str, path: str, body: str, cookie: str) -> bytes:
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self._port}"]
        if cookie or self._cookie:
            lines.append(f"Cookie: {cookie or self._cookie}")
        if method == "POST":
            lines += [
                f"X-CSRFToken: {self._token}", "HX-Request: true", f"Content-Length: {len(body)}",
                "Content-Type: application/x-www-form-urlencoded",
            ]  # fmt: skip
        return "\r\n".join([*lines, "", body]).encode()

    async def _exchange(self, request: bytes) -> tuple[int, bytes]:
        # Kept open, unless the server has closed it meanwhile.
        if self._in is None or self._out is None or self._in.at_eof() or self._out.is_closing():
            self._in, self._out = await asyncio.open_connection("127.0.0.1", self._port, limit=1 << 24)
        self._out.write(request)
        return await self._answer(self._in)

    async def _answer(self, line: asyncio.StreamReader) -> tuple[int, bytes]:
        head = (await line.readuntil(b"\r\n\r\n")).decode("latin-1").lower().split("\r\n")
        fields = dict(each.split(": ", 1) for each in head[1:] if ": " in each)
        body = await _body(line, fields)
        if fields.get("connection") == "close":
            self.close()
        return int(head[0].split()[1]), body

    def close(self) -> None:
        if self._out:
            self._out.close()
        self._out = None


async def _body(line: asyncio.StreamReader, fields: dict[str, str]) -> bytes:
    if "content-length" in fields:
        return await line.readexactly(int(fields["content-length"]))
    if fields.get("transfer-encoding") != "chunked":
        return b""
    parts = []
    while size := int((await line.readline()).strip(), 16):
        parts.append(await line.readexactly(size))
        await line.readline()
    await line.readline()
    return b"".join(parts)


# --- figures -------------------------------------------------------------------------------------------------


def share(values: Iterable[float], of_hundred: float) -> float:
    """So many of a hundred are as small as this or smaller."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(of_hundred / 100 * (len(ordered) - 1)))]


def median(values: Iterable[float]) -> float:
    return statistics.median(list(values))


def tree(pid: int) -> list[int]:
    """A process and all below it."""
    found = [pid]
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in children.read_text().split():
                found += tree(int(child))
    return found


def memory_mib(pids: Iterable[int]) -> float:
    """Bộ nhớ: proportional set size, shared pages counted once."""
    total = 0
    for pid in pids:
        with suppress(OSError):
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                total += int(line.split()[1]) if line.startswith("Pss:") else 0
    return total / 1024


def free_mib() -> float:
    """Bộ nhớ còn: what the machine can still give without swapping."""
    lines = Path("/proc/meminfo").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("MemAvailable:")) / 1024


def busy_seconds(pids: Iterable[int]) -> float:
    """Processor seconds of these processes so far."""
    ticks = 0
    for pid in pids:
        with suppress(OSError):
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def machine_seconds() -> float:
    """Processor seconds of the whole machine so far, idle time left out."""
    fields = [int(each) for each in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    return (sum(fields) - fields[3] - fields[4]) / os.sysconf("SC_CLK_TCK")


class Meter:
    """Ai dùng bộ xử lý: the measured server, this process, and strangers, who make a run less worth."""

    def __init__(self, pids: Callable[[], list[int]]) -> None:
        self._pids = pids
        self._begun = self._now()

    def _now(self) -> tuple[float, float, float, float]:
        return clock(), machine_seconds(), busy_seconds(self._pids()), busy_seconds([os.getpid()])

    def stop(self) -> tuple[float, float]:
        """(processor seconds of the server, strangers' cores)."""
        wall, machine, server, own = (
            after - before for after, before in zip(self._now(), self._begun, strict=True)
        )
        return server, max(0.0, machine - server - own) / wall
