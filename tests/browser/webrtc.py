"""Hai, ba trình duyệt nối với nhau: invented cameras, what arrives is counted by the browsers themselves."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import pytest
from playwright.sync_api import Browser, Page, Playwright

from soi.calls import actions
from soi.calls.enums import RoomKind
from tests.browser.conftest import ARGUMENTS, sign_in
from tests.calls.conftest import Hall, build_hall
from tests.factories import Region

CAMERAS = [
    *ARGUMENTS,
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
    "--disable-features=WebRtcHideLocalIpsWithMdns",
    "--allow-loopback-in-peer-connection",
    "--mute-audio",
]
# Keeps every connection of the page at hand, so that the test can ask it what came and what left.
WATCH = """
(() => {
  const Plain = RTCPeerConnection;
  window.testLines = [];
  window.RTCPeerConnection = class extends Plain { constructor(...given) { super(...given); testLines.push(this); } };
  window.testCount = async (which, kind, what) => {
    let sum = 0;
    for (const line of testLines) {
      if (line.connectionState === "closed") continue;
      for (const each of (await line.getStats()).values()) {
        if (each.type === which && each.kind === kind) sum += each[what] || 0;
      }
    }
    return sum;
  };
})();
"""


class Booth:
    """Một máy của điểm cầu: a signed-in page at the page of sound and picture."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def join(self) -> None:
        self.page.locator("[data-call-join]").click()
        self.page.locator(".call.is-in").wait_for()

    def frames(self) -> int:
        return self._count("inbound-rtp", "video", "framesDecoded")

    def heard(self) -> int:
        return self._count("inbound-rtp", "audio", "packetsReceived")

    def loudness(self) -> float:
        return float(self.page.evaluate("testCount('inbound-rtp', 'audio', 'totalAudioEnergy')"))

    def sent(self) -> int:
        return self._count("outbound-rtp", "video", "packetsSent")

    def _count(self, which: str, kind: str, what: str) -> int:
        return int(self.page.evaluate(f"testCount('{which}', '{kind}', '{what}')"))

    def wait(self, seconds: float) -> None:
        self.page.wait_for_timeout(seconds * 1000)

    def until(self, holds: Callable[[], Any], seconds: float = 20) -> None:
        """Wait until it holds; the test fails when it does not."""
        for _ in range(int(seconds * 10)):
            if holds():
                return
            self.wait(0.1)
        raise AssertionError(f"did not come true within {seconds} s")

    def gained(self, count: Callable[[], int], seconds: float = 2) -> int:
        """By how much a number grows in this time."""
        before = count()
        self.wait(seconds)
        return count() - before


class Meeting:
    """Hội nghị trên máy chủ thật, with pages of its sites; ORM calls of the test wait for the server's requests."""

    def __init__(self, hall: Hall, browser: Browser, url: str, lock: threading.RLock) -> None:
        self.hall, self.browser, self.url, self.lock = hall, browser, url, lock
        self.booths: list[Booth] = []
        self.faults: list[str] = []

    def open(self, kind: RoomKind) -> None:
        with self.lock:
            actions.open_room(
                actor=self.hall.actor("division"), conference=self.hall.conference, kind=kind,
                now=self.hall.region.now,
            )  # fmt: skip

    def booth(self, username: str, **viewport: int) -> Booth:
        size: Any = {"width": 1280, "height": 800} | viewport
        context = self.browser.new_context(base_url=self.url, locale="vi-VN", viewport=size)
        page = context.new_page()
        page.add_init_script(WATCH)
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on(
            "console", lambda said: self.faults.append(said.text) if "Content Security" in said.text else None
        )
        sign_in(page, username)
        page.goto(f"/hoi-nghi/{self.hall.conference.pk}/am-thanh/")
        self.booths.append(Booth(page))
        return self.booths[-1]

    def close(self) -> None:
        for booth in self.booths:
            booth.page.context.close()
        assert self.faults == []


@contextmanager
def cameras(driver: Playwright) -> Iterator[Browser]:
    """A Chromium with an invented camera and microphone."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        missing("Chromium")
    chromium = driver.chromium.launch(executable_path=path, args=CAMERAS)
    yield chromium
    chromium.close()


def missing(what: str) -> NoReturn:
    """Skipped on a machine without it; a failure where browsers are required."""
    if os.environ.get("SOI_REQUIRE_BROWSER"):
        pytest.fail(f"{what} is required here (SOI_REQUIRE_BROWSER) and was not found")
    pytest.skip(f"no {what} on this machine")


@contextmanager
def meeting(region: Region, live_server: Any, driver: Playwright) -> Iterator[Meeting]:
    """The hall behind the live server. On SQLite its threads share one connection: one request at a time."""
    lock = threading.RLock()
    httpd = live_server.thread.httpd
    plain = httpd.get_app()

    def one_by_one(environ: Any, start: Any) -> list[bytes]:
        with lock:
            answer = plain(environ, start)
            try:
                return list(answer)
            finally:
                if hasattr(answer, "close"):
                    answer.close()

    httpd.set_app(one_by_one)
    try:
        with cameras(driver) as browser:
            held = Meeting(build_hall(region), browser, live_server.url, lock)
            yield held
            held.close()
    finally:
        httpd.set_app(plain)
