"""Truyền thẳng: two real browsers see and hear each other; what the floor takes away stops arriving."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Playwright

from soi.calls.enums import RoomKind
from soi.conferences.enums import FloorState, Line
from soi.conferences.models import Site
from tests.browser.webrtc import Meeting, meeting
from tests.factories import Region

pytestmark = [pytest.mark.browser, pytest.mark.webrtc, pytest.mark.slow]


@pytest.fixture
def held(lasting_region: Region, live_server: Any, driver: Playwright) -> Iterator[Meeting]:
    with meeting(lasting_region, live_server, driver) as held:
        yield held


def test_two_sites_see_and_hear_each_other_as_long_as_the_floor_allows(held: Meeting) -> None:
    held.open(RoomKind.MESH)
    main, north = held.booth("divisionclerk"), held.booth("regiment")
    main.join()
    north.join()

    # Waiting to be opened: the main site is seen and heard, the other is not.
    north.until(lambda: north.frames() > 5 and north.heard() > 20)
    north.until(lambda: north.loudness() > 0)
    assert main.frames() == 0
    assert main.sent() > 0

    main.page.locator(".call-site", has_text="Trung đoàn 91").get_by_text("Đã kết nối").wait_for()

    # The chair gives the floor: now they see and hear each other.
    with held.lock:
        held.hall.turn(FloorState.ITEM)
        held.hall.speak("regiment")
    main.until(lambda: main.frames() > 5 and main.heard() > 20)
    main.until(lambda: main.loudness() > 0)
    assert north.gained(north.frames) > 5
    north.page.get_by_text("Đang phát", exact=True).wait_for()
    main.page.locator("figure:not([hidden]) figcaption", has_text="Trung đoàn 91").wait_for()

    # And takes it back: nothing arrives any more, and nothing is sent.
    with held.lock:
        held.hall.hush()
    north.page.get_by_text("Đang tắt tiếng", exact=True).wait_for()
    main.wait(1)
    assert main.gained(main.frames) == 0
    assert main.gained(main.heard) == 0
    assert north.gained(north.sent) == 0
    assert north.gained(north.frames) > 5

    # Given once more, it comes back without joining again.
    with held.lock:
        held.hall.speak(site=held.hall.north)
    before = main.frames()
    main.until(lambda: main.frames() > before + 5)

    with held.lock:
        assert Site.objects.get(pk=held.hall.north.pk).line == Line.CONNECTED
    north.page.get_by_role("button", name="Rời").click()
    north.page.get_by_role("button", name="Nối điểm cầu").wait_for()
    main.until(lambda: not main.page.locator("[data-endpoint]").count())
    with held.lock:
        assert Site.objects.get(pk=held.hall.north.pk).line == Line.READY


def test_a_page_that_is_loaded_anew_finds_its_way_back(held: Meeting) -> None:
    held.open(RoomKind.MESH)
    main, north = held.booth("divisionclerk"), held.booth("regiment")
    main.join()
    north.join()
    north.until(lambda: north.frames() > 5)
    main.page.reload()
    main.join()
    before = north.frames()
    north.until(lambda: north.frames() > before + 5 or 0 < north.frames() < before)


def test_a_second_machine_of_a_site_is_told_and_may_take_over(held: Meeting) -> None:
    held.open(RoomKind.MESH)
    first, second = held.booth("divisionclerk"), held.booth("division")
    first.join()
    second.page.locator("[data-call-join]").click()
    second.page.get_by_text("đang nối từ máy của đồng chí khác").wait_for()
    second.page.get_by_role("button", name="Chuyển sang máy này").click()
    second.page.locator(".call.is-in").wait_for()
    first.page.get_by_text("trang khác đã nối thay").wait_for()
    assert first.page.locator(".call.is-in").count() == 0
