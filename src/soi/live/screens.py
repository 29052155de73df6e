"""Màn hình của một lớp người xem: its regions at a number, and the messages that take a page from one to the next.

Pure: no Django, no network. What a page shows is named by its state, "17.9f3c…": the number of the last event
and a digest of all regions, so a page that comes back says exactly what it has, whichever process it meets.
"""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Told = Mapping[str, Any]

KEPT_SCREENS = 64
KEPT_SENTENCES = 200


@dataclass(frozen=True, slots=True)
class Screen:
    """Màn hình: HTML by region, as rendered once for everybody of an audience."""

    number: int
    regions: Mapping[str, str]
    digests: Mapping[str, str]
    state: str


def screen(number: int, regions: Mapping[str, str]) -> Screen:
    """Chụp màn hình: the same regions have the same state in every process."""
    digests = {name: _digest(html) for name, html in regions.items()}
    whole = _digest("".join(f"{name}={digests[name]};" for name in sorted(digests)))
    return Screen(number, regions, digests, f"{number}.{whole}")


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


@dataclass
class Album:
    """Các màn hình gần đây of one audience: what is shown, and what those who fell behind still have."""

    current: Screen | None = None
    _kept: OrderedDict[str, tuple[int, Mapping[str, str]]] = field(default_factory=OrderedDict)
    _told: deque[Told] = field(default_factory=lambda: deque(maxlen=KEPT_SENTENCES))
    _full: bytes = b""
    _steps: dict[str, bytes] = field(default_factory=dict)

    @property
    def state(self) -> str:
        return self.current.state if self.current else ""

    def turn(self, new: Screen, told: Sequence[Told]) -> bool:
        """Sang màn hình mới; False when nothing differs from the one shown."""
        if new.state == self.state:
            return False
        before = self.current.number if self.current else new.number
        self.current, self._full = new, b""
        self._steps.clear()
        # What was said after the room was read is told with the next screen, and only then.
        self._told.extend(line for line in told if before < line["n"] <= new.number)
        self._kept[new.state] = (new.number, new.digests)
        while len(self._kept) > KEPT_SCREENS:
            self._kept.popitem(last=False)
        return True

    def since(self, state: str) -> bytes:
        """Thông điệp for a page that shows ``state``: what changed since, else everything; empty when nothing."""
        if not self.current or state == self.current.state:
            return b""
        if state not in self._kept:
            return self.full()
        if state not in self._steps:
            self._steps[state] = self._step(state)
        return self._steps[state]

    def full(self) -> bytes:
        """Thông điệp có mọi vùng, composed once however many pages open."""
        if self.current and not self._full:
            self._full = _message(self.current, self.current.regions, full=True)
        return self._full

    def _step(self, state: str) -> bytes:
        new = self.current
        number, had = self._kept[state]
        if new is None or self._lacks_sentences_after(number):
            return self.full()
        changed = {name: html for name, html in new.regions.items() if had.get(name) != new.digests[name]}
        return _message(
            new,
            changed,
            gone=[name for name in had if name not in new.digests],
            told=[line for line in self._told if number < line["n"] <= new.number],
        )

    def _lacks_sentences_after(self, number: int) -> bool:
        """The oldest sentence kept is newer than the page: some in between may be forgotten."""
        return len(self._told) == KEPT_SENTENCES and self._told[0]["n"] > number + 1


def _message(shown: Screen, regions: Mapping[str, str], **more: Any) -> bytes:
    data = {"n": shown.number, "regions": regions} | {key: value for key, value in more.items() if value}
    return wire(data, state=shown.state)


def wire(data: Any, *, event: str = "", state: str = "") -> bytes:
    """Một sự kiện trên đường truyền (text/event-stream); JSON has no line breaks of its own."""
    head = f"event: {event}\n" if event else ""
    head += f"id: {state}\n" if state else ""
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"{head}data: {body}\n\n".encode()
