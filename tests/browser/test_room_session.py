"""Một phiên họp trong trình duyệt: secretary, chair, a delegate on a phone and the wall, each on a screen of their own.

The pages follow each other through the streams of a real server, without being loaded again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import sign_in
from tests.browser.server_beside import cookie_of, serving
from tests.conferences.hall import Hall, build_hall
from tests.factories import Region

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}
# What one screen did is on the others within this time, in milliseconds, on a busy machine.
SOON = 10_000

Screen = Callable[[str, str, dict[str, int]], Page]


@pytest.fixture
def hall(lasting_region: Region) -> Hall:
    return build_hall(lasting_region)


@pytest.fixture
def cookies(hall: Hall) -> dict[str, Any]:
    """Sessions of everybody, made before the records are copied for the server."""
    return {name: cookie_of(user, "http://127.0.0.1") for name, user in hall.region.users.items()}


@pytest.fixture
def screen(browser: Browser, hall: Hall, cookies: dict[str, Any], tmp_path: Path) -> Iterator[Screen]:
    """A signed-in person at a page of the room, marked so that loading it again would be seen."""
    contexts = []
    conference = hall.conference.pk

    def at(username: str, part: str, size: dict[str, int]) -> Page:
        context = browser.new_context(base_url=address, locale="vi-VN", viewport=size)  # type: ignore[arg-type]
        contexts.append(context)
        context.add_cookies([{**cookies[username], "url": address}])  # type: ignore[list-item]
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.goto(f"/hoi-nghi/{conference}/phong/{part}")
        page.evaluate("window.sameLoad = true")
        return page

    with serving(tmp_path) as server:
        address = server.address
        yield at
        for context in contexts:
            context.close()


def test_a_session_is_held_on_four_screens(screen: Screen, hall: Hall) -> None:
    secretary = screen("press", "", DESK)
    expect(secretary).to_have_url(re.compile("/phong/thu-ky/$"))
    chair = screen("commander", "chu-toa/", DESK)
    wall = screen("commander", "man-hinh/", DESK)
    phone = screen("member", "", PHONE)
    expect(phone).to_have_url(re.compile("/phong/dai-bieu/$"))

    secretary.get_by_role("button", name="Khai mạc phiên họp").click()
    press_main(secretary, "Sang nội dung 1")
    expect(wall.get_by_role("heading", name="Khai mạc, giới thiệu đại biểu")).to_be_visible(timeout=SOON)

    phone.get_by_placeholder("Nói về việc gì").fill("Nền nếp sinh hoạt chi bộ")
    phone.get_by_role("button", name="Đăng ký phát biểu").click()
    expect(phone.get_by_text("Đồng chí nói tiếp theo")).to_be_visible(timeout=SOON)

    press_main(chair, "Đinh Văn Viên")
    expect(wall.locator(".wall-name")).to_have_text(re.compile("Đinh Văn Viên"), timeout=SOON)
    expect(wall.locator(".wall-clock .timer")).to_have_text(re.compile(r"^\d\d:\d\d$"))
    expect(phone.get_by_text("Mời đồng chí phát biểu")).to_be_visible(timeout=SOON)

    write_by_key(secretary, "2", "Sinh hoạt chi bộ chưa đều ở hai đại đội")
    expect(secretary.locator(".said-head")).to_contain_text("Hạn chế, khuyết điểm")
    expect(secretary.locator(".said-head")).to_contain_text("Đinh Văn Viên")

    phone.get_by_role("button", name="Tôi đã nói xong").click()
    expect(wall.locator(".wall-name")).to_have_count(0, timeout=SOON)
    for each in (chair, wall, phone, secretary):
        assert each.evaluate("window.sameLoad") is True


def press_main(page: Page, words: str) -> None:
    button = page.locator("#do-main", has_text=words)
    expect(button).to_be_visible(timeout=SOON)
    button.click()


def write_by_key(page: Page, key: str, words: str) -> None:
    """One key for the kind, the words, and Ctrl with Enter."""
    expect(page.locator(".now-name")).to_be_visible(timeout=SOON)
    page.locator("#said-text").click()
    page.keyboard.press(key)
    page.keyboard.type(words)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".said-text", has_text=words)).to_be_visible(timeout=SOON)
    expect(page.locator("#said-text")).to_have_value("")


def test_no_page_is_wider_than_the_phone(screen: Screen) -> None:
    for part in ("chu-toa/", "thu-ky/", "dai-bieu/", "diem-cau/", "man-hinh/"):
        page = screen("commander", part, PHONE)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], part


def test_without_scripts_the_session_is_opened_and_read(
    browser: Browser, live_server: Any, hall: Hall
) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, "commander")
    page.goto(f"/hoi-nghi/{hall.conference.pk}/phong/")
    page.get_by_role("button", name="Khai mạc phiên họp").click()
    expect(page).to_have_url(re.compile("/phong/chu-toa/$"))
    expect(page.locator(".state")).to_have_text("Đang bàn")
    context.close()
