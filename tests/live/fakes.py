"""Một phòng họp giả: numbers and regions in memory, who may see what in a table; and pages that read streams."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from soi.live.admitting import Answer, Verdict
from soi.live.client import Knock
from soi.live.hub import Hub, Pulse
from soi.live.screens import Screen, Told, screen
from soi.live.stream import serve

FAR = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
CONFERENCE = 5


@dataclass
class FakeSource:
    """Events are (sentence, audience); each audience sees its own sentences in the region ``log``."""

    events: list[tuple[str, str]] = field(default_factory=list)
    allowed: dict[str, set[str]] = field(default_factory=dict)  # key of the session: audiences
    users: dict[str, int] = field(default_factory=dict)
    gone_keys: set[str] = field(default_factory=set)
    turnout: int = 0
    stamp: int = 0
    drawn: list[str] = field(default_factory=list)
    recounts: list[bool] = field(default_factory=list)
    checks: list[int] = field(default_factory=list)
    broken: bool = False
    letters: dict[int, tuple[int, dict[str, Any]]] = field(default_factory=dict)

    def say(self, sentence: str, audience: str = "delegate") -> int:
        self.events.append((sentence, audience))
        return len(self.events)

    def _for(self, audience: str) -> list[tuple[int, str]]:
        return [
            (number, sentence)
            for number, (sentence, meant) in enumerate(self.events, start=1)
            if meant == "delegate" or audience in {"chair", meant}
        ]

    def look(self, conference: int, *, recount: bool) -> Any:
        self.recounts.append(recount)
        return len(self.events), self.turnout

    def draw(self, view: Any, audience: str) -> Screen:
        self.drawn.append(audience)
        number, turnout = view
        lines = [sentence for at, sentence in self._for(audience) if at <= number]
        return screen(number, {"log": "|".join(lines), "turnout": str(turnout), "frame": "x"})

    def told(self, view: Any, after: int, audience: str) -> Sequence[Told]:
        return [{"n": number, "text": text} for number, text in self._for(audience) if number > after]

    def check(self, knocks: Sequence[Knock]) -> list[Verdict]:
        self.checks.append(len(knocks))
        return [self._verdict(knock) for knock in knocks]

    def _verdict(self, knock: Knock) -> Verdict:
        if knock.key not in self.allowed or knock.key in self.gone_keys:
            return Verdict(Answer.SIGN_IN, FAR)
        seen = self.allowed[knock.key] if knock.conference == CONFERENCE else set()
        answer = Answer.IN if knock.audience in seen else Answer.NOT_HERE
        return Verdict(answer, FAR, self.users.get(knock.key, 1))

    def pulse(self, conferences: Collection[int], keys: Collection[str]) -> Pulse:
        if self.broken:
            raise OSError("no database")
        numbers = {pk: (len(self.events), self.turnout) for pk in conferences}
        return Pulse(numbers, set(keys) - self.gone_keys, self.stamp)

    def envelope(self, number: int) -> tuple[int, dict[str, Any]] | None:
        return self.letters.get(number)


class Page:
    """Trang của trình duyệt: opens a stream, keeps what a page would show, and can be slow or cut off."""

    def __init__(self, hub: Hub, key: str = "k1", audience: str = "delegate", **asked: Any) -> None:
        self.hub, self.key, self.audience, self.asked = hub, key, audience, asked
        self.status = 0
        self.headers: dict[str, str] = {}
        self.regions: dict[str, str] = {}
        self.told: list[int] = []
        self.events: list[tuple[str, Any]] = []
        self.state = ""
        self.bytes_in = 0
        self.flows = asyncio.Event()
        self.flows.set()
        self._gone = asyncio.Event()
        self._rest = ""
        self.task: asyncio.Task[None] | None = None

    def open(self) -> Page:
        self._gone.clear()
        self._rest = ""
        self.task = asyncio.create_task(serve(self.hub, self._scope(), self._receive, self._send))
        return self

    def _scope(self) -> dict[str, Any]:
        headers = {"host": "localhost", "cookie": f"soi={self.key}"} | self.asked.get("headers", {})
        if self.state:
            headers["last-event-id"] = self.state
        conference = self.asked.get("conference", CONFERENCE)
        return {
            "type": "http", "method": self.asked.get("method", "GET"), "scheme": "http", "query_string": b"",
            "path": self.asked.get("path", f"/truc-tiep/{conference}/{self.audience}/"),
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        }  # fmt: skip

    async def _receive(self) -> Any:
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
            return
        await self.flows.wait()
        if self._gone.is_set():
            return
        self.bytes_in += len(message.get("body", b""))
        if self.status == 200:
            self._take(message.get("body", b"").decode())

    def _take(self, text: str) -> None:
        self._rest += text
        *events, self._rest = self._rest.split("\n\n")
        for event in events:
            lines = dict(line.split(": ", 1) for line in event.split("\n") if ": " in line)
            if "data" in lines:
                self._event(lines.get("event", ""), json.loads(lines["data"]), lines.get("id", ""))

    def _event(self, kind: str, data: Any, state: str) -> None:
        self.events.append((kind, data))
        if kind:
            return
        self.state = state
        self.regions |= data["regions"]
        for name in data.get("gone", []):
            del self.regions[name]
        self.told += [line["n"] for line in data.get("told", [])]

    def kinds(self) -> list[str]:
        return [kind for kind, _ in self.events]

    async def cut(self) -> None:
        self._gone.set()
        self.flows.set()
        if self.task:
            await self.task


async def until(true: Any, seconds: float = 3.0) -> None:
    """Wait until a condition holds; fails the test when it never does."""
    for _ in range(int(seconds / 0.005)):
        if true():
            return
        await asyncio.sleep(0.005)
    raise AssertionError("never came true")
