"""Trang soạn bản kiểm điểm trong trình duyệt: saved after a pause, two at once, a killed server, a phone."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, Route, expect

from soi.reviews import composing, writing
from soi.reviews.models import Paragraph
from tests.briefings.story import Briefing
from tests.browser.conftest import sign_in
from tests.browser.server_beside import cookie_of, serving
from tests.factories import Region
from tests.reviews.cycle import open_year

pytestmark = pytest.mark.browser

WRITER, OTHER = "divisionclerk", "division"
# On a busy machine, in milliseconds.
SOON = 20_000
TEXT = "Đảng ủy đã lãnh đạo hoàn thành 12 nhiệm vụ. Công tác kiểm tra còn chậm."


@pytest.fixture
def line(lasting_region: Region) -> Paragraph:
    """Dự thảo của sư đoàn, with one paragraph of its own."""
    region, now = lasting_region, timezone.now()
    today = timezone.localdate(now)
    story = Briefing(region, now)
    story.task("Ban hành quy chế làm việc của 04 phòng", due_on=today.replace(month=1, day=20))
    story.finding("Quản lý quân số có thời điểm chưa chặt chẽ", found_on=today.replace(month=1, day=10))
    story.finding("Chậm cải tạo kho quân khí", found_on=today.replace(year=today.year - 1, month=1, day=10))
    played = open_year(region, period=f"{today.year:04d}", steps={"draft": today, "finalize": today})
    actor = played.actor(WRITER)
    review = composing.compose_draft(actor=actor, review=played.review("division"), now=now).review
    return writing.add_paragraph(actor=actor, review=review, section=1, text=TEXT, now=now)


def open_editor(page: Page, line: Paragraph) -> Any:
    """The paragraph, open, and its state line."""
    page.goto(f"/kiem-diem/{line.review_id}/soan/")
    box = page.locator(f"#doan-{line.pk}")
    box.locator("p").first.click(position={"x": 300, "y": 5})
    expect(box.locator("textarea")).to_be_focused()
    return box


def test_what_is_typed_is_saved_by_itself(page: Page, line: Paragraph) -> None:
    sign_in(page, WRITER)
    box = open_editor(page, line)
    box.locator("textarea").press("Control+End")
    box.locator("textarea").press_sequentially(" Thêm một ý.")
    expect(box.locator("[data-write-state]")).to_contain_text("Đã lưu lúc")
    line.refresh_from_db()
    assert line.text == f"{TEXT} Thêm một ý."
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('soi.review'))") == []
    _shoot(page, "open")

    box.get_by_role("button", name="Xong").click()
    expect(box.locator("textarea")).to_have_count(0)
    expect(box).to_contain_text("Thêm một ý.")
    _shoot(page, "desk")
    page.goto(f"/kiem-diem/{line.review_id}/")
    _shoot(page, "detail")


def test_two_people_in_one_paragraph(page: Page, browser: Browser, live_server: Any, line: Paragraph) -> None:
    second = browser.new_context(base_url=live_server.url, locale="vi-VN").new_page()
    sign_in(page, WRITER)
    sign_in(second, OTHER)
    mine, theirs = open_editor(page, line), open_editor(second, line)
    theirs.locator("textarea").fill(TEXT.replace("12", "13"))
    expect(theirs.locator("[data-write-state]")).to_contain_text("Đã lưu lúc")
    mine.locator("textarea").fill(TEXT.replace("chậm", "chậm ở hai đơn vị"))
    expect(mine.locator("[data-write-state]")).to_contain_text(re.compile("Đã lưu"))
    both = TEXT.replace("12", "13").replace("chậm", "chậm ở hai đơn vị")
    expect(mine.locator("textarea")).to_have_value(both, timeout=SOON)
    # The other sees it come in without touching anything.
    expect(theirs.locator("textarea")).to_have_value(both, timeout=SOON)

    # One of them no longer looks at what the other does, and so writes at the same place.
    page.route("**/kiem-diem/doan/**", _only_saving)
    theirs.locator("textarea").fill(both.replace("13", "14"))
    expect(theirs.locator("[data-write-state]")).to_contain_text("Đã lưu lúc", timeout=SOON)
    mine.locator("textarea").fill(both.replace("13", "15"))
    expect(mine).to_contain_text("Dùng lời chờ ghép", timeout=SOON)
    expect(mine.locator("textarea")).to_have_value(both.replace("13", "15"))
    expect(mine).to_contain_text("Lời đang có: «" + both.replace("13", "14"))
    _shoot(page, "aside")
    second.context.close()


def test_a_server_killed_between_the_key_and_the_save(
    browser: Browser, lasting_region: Region, line: Paragraph, tmp_path: Path
) -> None:
    """What was acknowledged is there after kill -9; what was not waits on this machine and is saved afterwards."""
    cookie = cookie_of(lasting_region.users[WRITER], "http://127.0.0.1")
    with serving(tmp_path) as server:
        context = browser.new_context(base_url=server.address, locale="vi-VN")
        context.add_cookies([{**cookie, "url": server.address}])  # type: ignore[typeddict-item]
        page = context.new_page()
        box = open_editor(page, line)
        area, state = box.locator("textarea"), box.locator("[data-write-state]")
        area.fill(f"{TEXT} Câu đã lưu.")
        expect(state).to_contain_text("Đã lưu lúc", timeout=SOON)
        area.fill(f"{TEXT} Câu đã lưu. Câu chưa kịp lưu.")
        server.kill()
        expect(state).to_contain_text("Chưa lưu được", timeout=SOON)
        server.start()
        expect(state).to_contain_text("Đã lưu lúc", timeout=SOON)
        page.reload()
        expect(box).to_contain_text("Câu đã lưu. Câu chưa kịp lưu.")
        context.close()


def test_words_left_by_a_closed_page_come_back(page: Page, line: Paragraph) -> None:
    sign_in(page, WRITER)
    box = open_editor(page, line)
    page.route("**/kiem-diem/doan/**", _only_reading)
    box.locator("textarea").fill("Lời chưa kịp lưu.")
    expect(box.locator("[data-write-state]")).to_contain_text("Chưa lưu được", timeout=SOON)
    page.goto("/")
    page.unroute("**/kiem-diem/doan/**")
    page.goto(f"/kiem-diem/{line.review_id}/soan/")
    expect(page.locator(f"#doan-{line.pk} textarea")).to_have_value("Lời chưa kịp lưu.")
    page.wait_for_function("!Object.keys(localStorage).some((key) => key.startsWith('soi.review'))")
    line.refresh_from_db()
    assert line.text == "Lời chưa kịp lưu."


def test_on_a_phone(browser: Browser, live_server: Any, line: Paragraph) -> None:
    context = browser.new_context(
        base_url=live_server.url, locale="vi-VN", viewport={"width": 390, "height": 844}, has_touch=True
    )
    page = context.new_page()
    sign_in(page, WRITER)
    box = open_editor(page, line)
    _shoot(page, "phone-open")
    box.locator("textarea").fill("Viết trên điện thoại.")
    box.get_by_role("button", name="Xong").click()
    expect(box).to_contain_text("Viết trên điện thoại.")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    _shoot(page, "phone")
    page.goto(f"/kiem-diem/{line.review_id}/")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    _shoot(page, "phone-detail")
    context.close()


def _only_saving(route: Route) -> None:
    route.continue_() if route.request.method == "POST" else route.abort()


def _only_reading(route: Route) -> None:
    route.abort() if route.request.method == "POST" else route.continue_()


def _shoot(page: Page, name: str) -> None:
    if where := os.environ.get("SOI_SHOTS"):
        page.screenshot(path=f"{where}/{name}.png", full_page=name != "open")
