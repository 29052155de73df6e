"""Opening, joining, leaving, closing: by whom, for which place, and what the lines of sites say then."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound
from soi.calls import actions, queries
from soi.calls.enums import RoomKind
from soi.calls.models import Endpoint
from soi.conferences.enums import AttendanceRole, Evidence, Line, Way
from soi.conferences.models import AttendanceSpan, Site
from soi.history.models import Event
from tests.calls.conftest import Fake, Hall


def open_room(hall: Hall, username: str = "division", **facts: Any) -> None:
    given = {"kind": RoomKind.MESH, **facts}
    actions.open_room(actor=hall.actor(username), conference=hall.conference, now=hall.region.now, **given)


def join(hall: Hall, username: str, *, later: int = 0, take_over: bool = False) -> actions.Joined:
    now = hall.region.now + dt.timedelta(seconds=later)
    return actions.join(actor=hall.actor(username), conference=hall.conference, now=now, take_over=take_over)


def pulse(hall: Hall, username: str, joined: actions.Joined, later: int) -> Endpoint:
    now = hall.region.now + dt.timedelta(seconds=later)
    client = joined.endpoint.client
    return actions.pulse(actor=hall.actor(username), conference=hall.conference, client=client, now=now)


def line(site: Site) -> str:
    return Site.objects.get(pk=site.pk).line


def test_the_chair_opens_and_closes_and_both_are_remembered(hall: Hall) -> None:
    open_room(hall)
    room = queries.room_of(hall.conference)
    assert room is not None
    assert room.kind == RoomKind.MESH
    actions.close_room(actor=hall.actor("division"), conference=hall.conference, now=hall.region.now)
    assert queries.room_of(hall.conference) is None
    told = Event.objects.filter(action__startswith="calls.").values_list("action", flat=True)
    assert list(told) == ["calls.open", "calls.close"]


def test_only_who_leads_or_records_opens(hall: Hall) -> None:
    with pytest.raises(NotAllowed):
        open_room(hall, "regiment")
    with pytest.raises(NotFound):
        open_room(hall, "commander")
    open_room(hall, "divisionclerk")
    with pytest.raises(NotAllowed):
        actions.close_room(actor=hall.actor("member"), conference=hall.conference, now=hall.region.now)


def test_an_open_room_is_not_opened_over(hall: Hall) -> None:
    open_room(hall)
    with pytest.raises(Conflict):
        open_room(hall, kind=RoomKind.LINK, link="https://hop.example.vn/x")


def test_six_sites_are_too_many_for_a_mesh(hall: Hall) -> None:
    for number in range(3):
        Site.objects.create(conference=hall.conference, name=f"Điểm {number}")
    with pytest.raises(Invalid, match="6 điểm cầu"):
        open_room(hall)


def test_janus_needs_a_server_and_a_link_an_address(hall: Hall, settings: Any) -> None:
    settings.JANUS_URL = ""
    with pytest.raises(Invalid, match="Janus"):
        open_room(hall, kind=RoomKind.JANUS)
    with pytest.raises(Invalid, match="liên kết"):
        open_room(hall, kind=RoomKind.LINK, link="javascript:alert(1)")


def test_each_joins_for_their_own_place(hall: Hall) -> None:
    open_room(hall)
    assert join(hall, "divisionclerk").endpoint.site == hall.main
    assert join(hall, "regiment").endpoint.site == hall.north
    with pytest.raises(NotAllowed, match="điểm cầu"):
        join(hall, "member")
    with pytest.raises(NotFound):
        join(hall, "commander")


def test_the_chair_joins_for_the_main_site(hall: Hall) -> None:
    open_room(hall)
    assert join(hall, "division").endpoint.site == hall.main


def test_who_takes_part_alone_online_has_an_endpoint_of_their_own(hall: Hall) -> None:
    open_room(hall)
    row = hall.attend("commander", None, AttendanceRole.ATTEND)
    with pytest.raises(NotAllowed):
        join(hall, "commander")
    AttendanceSpan.objects.create(
        attendance=row, way=Way.ONLINE, came_at=hall.region.now, evidence=Evidence.STAFF
    )
    endpoint = join(hall, "commander").endpoint
    assert (endpoint.site, endpoint.person) == (None, hall.region.people["commander"])


def test_nobody_joins_what_is_not_open_or_is_elsewhere(hall: Hall) -> None:
    with pytest.raises(Conflict, match="Chưa mở"):
        join(hall, "regiment")
    open_room(hall, kind=RoomKind.LINK, link="https://hop.example.vn/x")
    with pytest.raises(Conflict, match="liên kết"):
        join(hall, "regiment")


def test_the_line_of_a_site_follows_its_page(hall: Hall) -> None:
    open_room(hall)
    north, south = join(hall, "regiment"), join(hall, "brigade")
    assert line(hall.north) == Line.CONNECTED
    pulse(hall, "regiment", north, later=14)
    assert line(hall.south) == Line.CONNECTED
    pulse(hall, "regiment", north, later=16)
    assert line(hall.south) == Line.LOST
    pulse(hall, "brigade", south, later=17)
    assert line(hall.south) == Line.CONNECTED
    actions.leave(
        actor=hall.actor("brigade"), conference=hall.conference, client=south.endpoint.client,
        now=hall.region.now,
    )  # fmt: skip
    assert line(hall.south) == Line.READY


def test_a_second_person_at_a_place_must_say_that_they_take_over(hall: Hall) -> None:
    open_room(hall)
    first = join(hall, "divisionclerk")
    with pytest.raises(Conflict, match="máy của đồng chí khác"):
        join(hall, "division")
    second = join(hall, "division", take_over=True)
    assert second.endpoint.pk == first.endpoint.pk
    with pytest.raises(Conflict, match="trang khác đã nối thay"):
        pulse(hall, "divisionclerk", first, later=1)
    pulse(hall, "division", second, later=1)


def test_a_place_whose_page_is_gone_is_taken_without_asking(hall: Hall) -> None:
    open_room(hall)
    join(hall, "divisionclerk")
    join(hall, "division", later=queries.LOST_SECONDS + 1)


def test_a_page_of_somebody_else_does_not_speak_for_me(hall: Hall) -> None:
    open_room(hall)
    north = join(hall, "regiment")
    join(hall, "brigade")
    with pytest.raises(Conflict):
        pulse(hall, "brigade", north, later=1)


def test_a_mesh_takes_five_at_most(hall: Hall) -> None:
    open_room(hall)
    for number in range(5):
        site = Site.objects.create(conference=hall.conference, name=f"Điểm {number}")
        Endpoint.objects.create(
            conference=hall.conference, site=site, client=f"c{number}", seen_at=hall.region.now
        )
    with pytest.raises(Conflict, match="Đã đủ 5"):
        join(hall, "regiment")


def test_closing_puts_everybody_out(hall: Hall, fake: Fake) -> None:
    open_room(hall, kind=RoomKind.JANUS)
    north = join(hall, "regiment")
    actions.close_room(actor=hall.actor("division"), conference=hall.conference, now=hall.region.now)
    assert fake.told[-1] == "close"
    assert line(hall.north) == Line.READY
    with pytest.raises(Conflict):
        pulse(hall, "regiment", north, later=1)


def test_the_relay_is_offered_when_there_is_one(hall: Hall, settings: Any) -> None:
    open_room(hall)
    assert join(hall, "regiment").relays == []
    settings.TURN_URLS, settings.TURN_SECRET = ["turn:turn.example.vn:3478"], "khóa chung"
    (relay,) = join(hall, "regiment").relays
    assert relay["urls"] == ["turn:turn.example.vn:3478"]
    assert str(relay["username"]).endswith(f":soi-{Endpoint.objects.get(site=hall.north).pk}")
    assert "khóa chung" not in str(relay)
