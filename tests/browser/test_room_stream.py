"""Dòng sự kiện trong trình duyệt: pages follow without being loaded again, say when the line is lost, and heal.

The server is a process of its own, so that it can be stopped and started again under the pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.server_beside import Beside, cookie_of, serving
from tests.conferences.hall import Hall, build_hall
from tests.factories import Region

pytestmark = pytest.mark.browser

DESK = {"width": 1280, "height": 800}
# On a busy machine: what one screen did is on the other, and a page has found its way back, in milliseconds.
SOON = 10_000
HEALED = 25_000
# What a page was told, in order; kept by the page itself.
LISTEN = """() => {
  window.sameLoad = true;
  window.told = [];
  document.addEventListener("soi:live", (event) => window.told.push(...event.detail.told.map((line) => line.n)));
}"""

Screen = Callable[[str, str, dict[str, int]], Page]


@pytest.fixture
def hall(lasting_region: Region) -> Hall:
    return build_hall(lasting_region)


@pytest.fixture
def cookies(hall: Hall) -> dict[str, Any]:
    """Sessions of everybody, made before the records are copied for the server."""
    return {name: cookie_of(user, "http://127.0.0.1") for name, user in hall.region.users.items()}


@pytest.fixture
def beside(cookies: dict[str, Any], tmp_path: Path) -> Iterator[Beside]:
    """After the hall is built: the server begins with a copy of it."""
    with serving(tmp_path) as server:
        yield server


@pytest.fixture
def screen(browser: Browser, hall: Hall, cookies: dict[str, Any], beside: Beside) -> Iterator[Screen]:
    contexts: list[BrowserContext] = []

    def at(username: str, part: str, size: dict[str, int]) -> Page:
        address = beside.address
        context = browser.new_context(base_url=address, locale="vi-VN", viewport=size)  # type: ignore[arg-type]
        contexts.append(context)
        context.add_cookies([{**cookies[username], "url": address}])  # type: ignore[list-item]
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.goto(f"/hoi-nghi/{hall.conference.pk}/phong/{part}")
        page.evaluate(LISTEN)
        return page

    yield at
    for context in contexts:
        context.close()


def test_a_change_is_followed_and_a_stopped_server_is_found_again(screen: Screen, beside: Beside) -> None:
    secretary, wall = screen("press", "thu-ky/", DESK), screen("commander", "man-hinh/", DESK)
    press_main(secretary, "Khai mạc phiên họp")
    press_main(secretary, "Sang nội dung 1")
    expect(wall.get_by_role("heading", name="Khai mạc, giới thiệu đại biểu")).to_be_visible(timeout=SOON)
    expect(wall.locator("[data-live-line]")).to_be_hidden()

    beside.stop()
    for page in (secretary, wall):
        expect(page.locator("[data-live-line]")).to_be_visible(timeout=SOON)
        expect(page.locator("[data-live-line]")).to_contain_text("Mất kết nối, đang nối lại")

    beside.start()
    for page in (secretary, wall):
        expect(page.locator("[data-live-line]")).to_be_hidden(timeout=HEALED)
    press_main(secretary, "Sang nội dung 2")
    expect(wall.get_by_role("heading", name="Thảo luận dự thảo báo cáo")).to_be_visible(timeout=SOON)
    for page in (secretary, wall):
        assert page.evaluate("window.sameLoad") is True
        assert told(page) == sorted(set(told(page))), "each event is told once, in order"


def press_main(page: Page, words: str) -> None:
    button = page.locator("#do-main", has_text=words)
    expect(button).to_be_visible(timeout=SOON)
    button.click()


def told(page: Page) -> list[int]:
    return list(page.evaluate("window.told"))
