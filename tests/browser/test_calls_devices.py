"""Camera và micro: chosen before joining, seen first, remembered; without leave a plain sentence and no fault."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright

from soi.calls.enums import RoomKind
from tests.browser.webrtc import Meeting, meeting
from tests.factories import Region

pytestmark = [pytest.mark.browser, pytest.mark.webrtc, pytest.mark.slow]

# The last stream the page asked for, by the names of its devices.
ASKED = """
(() => {
  const media = navigator.mediaDevices, plain = media.getUserMedia.bind(media);
  window.testStreams = [];
  media.getUserMedia = async (wish) => { const got = await plain(wish); testStreams.push(got); return got; };
})();
"""
REFUSED = (
    "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'))"
)


@pytest.fixture
def held(lasting_region: Region, live_server: Any, driver: Playwright) -> Iterator[Meeting]:
    with meeting(lasting_region, live_server, driver) as held:
        held.open(RoomKind.MESH)
        yield held


def choose(page: Page) -> None:
    page.get_by_text("Chọn micro, camera").click()
    page.locator("[data-call-preview]:not([hidden])").wait_for()
    page.locator("[data-call-pick-camera] option").nth(2).wait_for(state="attached")


def running(page: Page) -> list[str]:
    """Names of the devices that are on."""
    found: list[str] = page.evaluate(
        "testStreams.flatMap((one) => one.getTracks()).filter((t) => t.readyState === 'live').map((t) => t.label)"
    )
    return found


def test_the_camera_is_chosen_seen_and_remembered(held: Meeting) -> None:
    booth = held.booth("divisionclerk")
    page = booth.page
    page.add_init_script(ASKED)
    page.reload()
    choose(page)
    camera = page.locator("[data-call-pick-camera] option").nth(2)
    name = camera.text_content() or ""
    assert "fake" in name
    page.locator("[data-call-pick-camera]").select_option(camera.get_attribute("value"))
    page.locator("[data-call-preview]:not([hidden])").wait_for()
    assert page.evaluate("document.querySelector('[data-call-preview]').muted")
    booth.until(lambda: name in running(page))
    booth.until(lambda: len(running(page)) == 2)  # the stream before was let go

    page.reload()
    choose(page)
    assert page.locator("[data-call-pick-camera]").input_value() == camera.get_attribute("value")
    booth.join()
    page.locator("[data-call-choose]").wait_for(state="hidden")
    assert page.evaluate("!document.querySelector('[data-call-preview]').srcObject")
    booth.until(lambda: len(running(page)) == 2)
    assert name in running(page)
    page.get_by_role("button", name="Rời").click()
    page.get_by_text("Chọn micro, camera").wait_for()
    assert running(page) == []


def test_a_site_may_do_without_its_camera(held: Meeting) -> None:
    booth = held.booth("divisionclerk")
    page = booth.page
    page.add_init_script(ASKED)
    page.reload()
    choose(page)
    page.locator("[data-call-pick-camera]").select_option("none")
    page.get_by_text("điểm cầu này không phát hình").wait_for()
    page.get_by_text("Chọn micro, camera").click()
    booth.until(lambda: running(page) == [])  # closed: nothing stays on
    booth.join()
    assert page.evaluate("testStreams.at(-1).getVideoTracks().length") == 0
    assert page.locator("[data-call-camera]").is_hidden()


def test_without_leave_it_says_so_and_one_still_joins(held: Meeting) -> None:
    booth = held.booth("divisionclerk")
    page = booth.page
    page.add_init_script(REFUSED)
    page.reload()
    page.get_by_text("Chọn micro, camera").click()
    page.locator("[data-call-choose-say]", has_text="Cho phép trình duyệt dùng micro, camera").wait_for()
    assert page.locator("[data-call-preview]").is_hidden()
    booth.join()
    page.get_by_text("Không mở được micro và camera").first.wait_for()


def test_a_device_that_is_gone_gives_way_to_the_usual_one(held: Meeting) -> None:
    booth = held.booth("divisionclerk")
    page = booth.page
    page.evaluate(
        "localStorage.setItem('soi-call-video', 'gone'); localStorage.setItem('soi-call-audio', 'gone')"
    )
    page.reload()
    choose(page)
    assert page.locator("[data-call-pick-camera]").input_value() == ""
    booth.join()
    page.locator("[data-call-own]:not([hidden])").wait_for()
