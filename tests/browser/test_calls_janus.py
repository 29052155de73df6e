"""Qua Janus: three real browsers; Janus itself mutes whoever has lost the floor, whatever their page does."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright

from soi.calls import following
from soi.calls.adapters.janus import Janus as Way
from soi.calls.enums import RoomKind
from soi.calls.models import CallRoom, Endpoint
from soi.conferences.enums import FloorState
from tests.browser import janus
from tests.browser.webrtc import Booth, Meeting, meeting
from tests.factories import Region

pytestmark = [pytest.mark.browser, pytest.mark.webrtc, pytest.mark.slow]

# Somebody who takes the panel apart and tries to send with the ticket of an endpoint that has no floor.
INTRUDER = """
async ({ websocket, room, pin, token, id }) => {
  const socket = new WebSocket(websocket, "janus-protocol");
  await new Promise((ok) => { socket.onopen = ok; });
  const ask = (message) => new Promise((ok) => {
    socket.onmessage = (event) => { const said = JSON.parse(event.data); if (said.janus !== "ack") ok(said); };
    socket.send(JSON.stringify({ transaction: "t", ...message }));
  });
  const session_id = (await ask({ janus: "create" })).data.id;
  const handle_id = (await ask({ janus: "attach", session_id, plugin: "janus.plugin.videoroom" })).data.id;
  const body = { request: "join", ptype: "publisher", room: Number(room), id, pin, token };
  const answer = await ask({ janus: "message", session_id, handle_id, body });
  socket.close();
  return answer.plugindata.data;
}
"""


@pytest.fixture
def held(
    lasting_region: Region, live_server: Any, settings: Any, tmp_path: Path, driver: Playwright
) -> Iterator[Meeting]:
    with janus.running(tmp_path) as server:
        settings.JANUS_URL, settings.JANUS_WEBSOCKET = server.url, server.websocket
        settings.JANUS_ADMIN_KEY = janus.ADMIN_KEY
        policy = copy.deepcopy(settings.CONTENT_SECURITY_POLICY)
        policy["DIRECTIVES"]["connect-src"].append(server.websocket)
        settings.CONTENT_SECURITY_POLICY = policy
        with meeting(lasting_region, live_server, driver) as held:
            held.open(RoomKind.JANUS)
            yield held


def follow(held: Meeting) -> None:
    """What the thread of a serving process does when the bell rings."""
    with held.lock:
        following.follow(held.hall.conference, held.hall.region.now)


def deafen(booth: Booth) -> None:
    """The page hears nothing of the server any more: it cannot know that the floor has moved."""
    booth.page.route("**/am-thanh/**", lambda route: route.abort())


def test_three_sites_through_janus_and_the_server_mutes(held: Meeting) -> None:
    main, north, south = (held.booth(name) for name in ("divisionclerk", "regiment", "brigade"))
    with south.page.expect_response("**/am-thanh/vao/") as joining:
        south.join()
    ticket = joining.value.json()["ticket"]
    main.join()
    north.join()
    south.until(lambda: south.frames() > 5 and south.heard() > 20)
    north.until(lambda: north.frames() > 5 and north.heard() > 20)
    south.until(lambda: south.loudness() > 0)
    assert main.frames() == 0

    # The floor goes to the north: the two others see it beside the main site.
    with held.lock:
        held.hall.turn(FloorState.ITEM)
        held.hall.speak("regiment")
    follow(held)
    main.until(lambda: main.frames() > 5 and main.heard() > 20)
    south.page.locator("figure:not([hidden]) figcaption", has_text="Trung đoàn 91").wait_for()
    south.page.locator("figure:not([hidden]) figcaption", has_text="Sở chỉ huy").wait_for()
    assert south.gained(south.frames) > 10
    assert south.sent() == 0

    with held.lock:
        room, endpoint = CallRoom.objects.get(), Endpoint.objects.get(site=held.hall.south)
        assert len(Way().participants(room)) == 2
    refused = south.page.evaluate(INTRUDER, {**ticket, "id": endpoint.pk})
    assert refused["error_code"] == 433

    # Taken away while no page can know: they go on sending, and nothing arrives.
    for booth in (main, north, south):
        deafen(booth)
    with held.lock:
        held.hall.hush()
    follow(held)
    main.wait(1)
    assert north.gained(north.sent) > 0
    assert main.gained(main.frames) == 0
    assert main.gained(main.heard) == 0

    # Given back: it arrives again at once, over the connections that stood all the time.
    with held.lock:
        held.hall.speak(site=held.hall.north)
    follow(held)
    before = main.frames()
    main.until(lambda: main.frames() > before + 5)
    for booth in (main, north, south):
        booth.page.unroute("**/am-thanh/**")

    # Pages that hear again stop sending themselves.
    with held.lock:
        held.hall.hush()
    follow(held)
    north.page.get_by_text("Đang tắt tiếng", exact=True).wait_for()
    north.wait(1)
    assert north.gained(north.sent) == 0
    assert south.gained(south.frames) > 5
