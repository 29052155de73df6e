"""The page of sound and picture, and what a joined page says: who sees what, in which words it is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from soi.calls import actions, signalling
from soi.calls.enums import RoomKind
from soi.calls.models import CallRoom, Endpoint, Signal
from soi.conferences.enums import Line
from soi.conferences.models import Site
from tests.calls.conftest import Hall, build_hall
from tests.factories import Region
from tests.web.expected_conferences import table

QUIET = "v=0\r\nm=audio 9 X 111\r\na=recvonly\r\n"


@pytest.fixture
def hall(region: Region) -> Hall:
    return build_hall(region)


def signed_in(hall: Hall, username: str) -> Client:
    client = Client()
    client.force_login(hall.region.users[username], backend="soi.web.accounts.WithPerson")
    return client


def url(hall: Hall, name: str, *more: int) -> str:
    return reverse(name, args=[hall.conference.pk, *more])


def open_room(hall: Hall, kind: RoomKind = RoomKind.MESH, link: str = "") -> None:
    actions.open_room(
        actor=hall.actor("division"), conference=hall.conference, kind=kind, link=link, now=hall.region.now
    )


def post(browser: Client, address: str, /, **said: Any) -> Any:
    return browser.post(address, json.dumps(said), content_type="application/json")


def test_the_secretary_chooses_a_way_and_the_others_wait(hall: Hall) -> None:
    clerk = signed_in(hall, "divisionclerk")
    page = clerk.get(url(hall, "call_room")).content.decode()
    assert "Mở phòng âm thanh, hình ảnh" in page
    assert "Chưa cài đặt máy chủ Janus" in page
    waiting = signed_in(hall, "regiment").get(url(hall, "call_room")).content.decode()
    assert "Phòng chưa mở" in waiting
    answer = clerk.post(url(hall, "call_room"), {"kind": "mesh"}, follow=True)
    assert "data-call=" in answer.content.decode()
    assert CallRoom.objects.get().kind == RoomKind.MESH


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "Chọn một cách truyền"),
        ({"kind": "link"}, "bắt đầu bằng https://"),
        ({"kind": "link", "link": "javascript:alert(1)"}, "bắt đầu bằng https://"),
    ],
)
def test_what_cannot_be_opened_is_said_on_the_page(hall: Hall, said: dict[str, str], words: str) -> None:
    answer = signed_in(hall, "divisionclerk").post(url(hall, "call_room"), said)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not CallRoom.objects.exists()


def test_a_room_elsewhere_is_a_link_and_its_lines_are_ticked(hall: Hall) -> None:
    open_room(hall, RoomKind.LINK, "https://hop.example.vn/giao-ban?a=1&b=2")
    north = signed_in(hall, "regiment")
    page = north.get(url(hall, "call_room")).content.decode()
    assert 'href="https://hop.example.vn/giao-ban?a=1&amp;b=2"' in page
    assert "soi/call.js" not in page
    assert page.count('class="btn-row call-tick"') == 1
    answer = north.post(url(hall, "site_line", hall.north.pk), {"line": "connected"})
    assert answer.status_code == 302
    assert Site.objects.get(pk=hall.north.pk).line == Line.CONNECTED
    assert north.post(url(hall, "site_line", hall.south.pk), {"line": "lost"}).status_code == 403
    assert north.post(url(hall, "site_line", hall.north.pk), {"line": "?"}).status_code == 422
    assert north.post(url(hall, "site_line", 0), {"line": "lost"}).status_code == 404


def test_a_line_that_is_measured_is_not_ticked_against(hall: Hall) -> None:
    open_room(hall)
    page = signed_in(hall, "regiment").get(url(hall, "call_room")).content.decode()
    assert "call-tick" not in page


def test_who_sits_at_a_site_is_told_how_they_are_heard(hall: Hall) -> None:
    open_room(hall)
    page = signed_in(hall, "member").get(url(hall, "call_room")).content.decode()
    assert "qua máy của điểm cầu" in page
    assert "data-call=" not in page
    assert signed_in(hall, "commander").get(url(hall, "call_room")).status_code == 404


def test_two_pages_talk_through_the_server(hall: Hall) -> None:
    open_room(hall)
    main, north = signed_in(hall, "divisionclerk"), signed_in(hall, "regiment")
    first = post(main, url(hall, "call_joining")).json()
    second = post(north, url(hall, "call_joining")).json()
    assert [peer["name"] for peer in second["state"]["peers"]] == ["Sở chỉ huy"]
    assert second["state"]["publishers"] == [first["state"]["me"]]
    sent = post(
        north, url(hall, "call_signal"), client=second["client"], to=first["client"], kind="offer",
        body={"session": "s", "sdp": QUIET},
    )  # fmt: skip
    assert sent.status_code == 204
    address = url(hall, "call_signal")
    answer = main.get(address, {"client": first["client"], "sau": "0"}).json()
    (signal,) = answer["signals"]
    assert (signal["from"], signal["client"], signal["kind"]) == (
        second["state"]["me"], second["client"], "offer",
    )  # fmt: skip
    assert main.get(address, {"client": first["client"], "sau": signal["id"]}).json()["signals"] == []
    assert post(main, url(hall, "call_pulse"), client=first["client"]).status_code == 204
    assert post(main, url(hall, "call_leaving"), client=first["client"]).status_code == 204
    assert Endpoint.objects.get(pk=first["state"]["me"]).client == ""


def test_refusals_are_sentences_for_the_panel(hall: Hall) -> None:
    open_room(hall)
    north = signed_in(hall, "regiment")
    joined = post(north, url(hall, "call_joining")).json()
    for answer, status in (
        (post(signed_in(hall, "member"), url(hall, "call_joining")), 403),
        (post(signed_in(hall, "commander"), url(hall, "call_joining")), 404),
        (post(signed_in(hall, "division"), url(hall, "call_pulse"), client=joined["client"]), 409),
        (north.get(url(hall, "call_signal"), {"client": "x"}), 409),
        (north.post(url(hall, "call_pulse"), "[]", content_type="application/json"), 422),
        (north.post(url(hall, "call_pulse"), "{", content_type="application/json"), 422),
        (post(north, url(hall, "call_signal"), client=joined["client"], to="y", body="x" * 70_000), 422),
    ):
        assert answer.status_code == status
        assert answer.json()["sentence"].endswith(".")
    assert not Signal.objects.exists()


def test_the_secrets_of_a_room_are_on_no_page(hall: Hall) -> None:
    open_room(hall)
    CallRoom.objects.update(secret="BI-MAT-PHONG", pin="PIN-PHONG")
    page = signed_in(hall, "divisionclerk").get(url(hall, "call_room")).content.decode()
    assert "BI-MAT-PHONG" not in page
    assert "PIN-PHONG" not in page


def test_looking_changes_nothing_and_costs_the_same_for_many_messages(
    hall: Hall, django_assert_max_num_queries: Any
) -> None:
    open_room(hall)
    north = signed_in(hall, "regiment")
    joined = post(north, url(hall, "call_joining")).json()
    main = post(signed_in(hall, "divisionclerk"), url(hall, "call_joining")).json()
    for _number in range(3):
        signalling.send(
            actor=hall.actor("divisionclerk"), conference=hall.conference, client=main["client"],
            to=joined["client"], kind="bye", body={"session": "s"}, now=hall.region.now,
        )  # fmt: skip
    north.get(url(hall, "call_signal"), {"client": joined["client"]})
    seen = Endpoint.objects.get(pk=joined["state"]["me"]).seen_at
    with django_assert_max_num_queries(18):
        answer = north.get(url(hall, "call_signal"), {"client": joined["client"]})
    assert len(answer.json()["signals"]) == 3
    assert Endpoint.objects.get(pk=joined["state"]["me"]).seen_at == seen


def test_every_address_of_the_call_stands_in_the_table() -> None:
    assert {
        "call_room", "call_closing", "call_joining", "call_leaving", "call_pulse", "call_signal", "site_line",
    } <= set(table())  # fmt: skip
