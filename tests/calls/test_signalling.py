"""What one page may say to another: members only, in turn only, and not too much."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound
from soi.calls import actions, queries, signalling
from soi.calls.enums import RoomKind
from soi.calls.models import Endpoint, Signal
from soi.conferences.enums import FloorState
from tests.calls.conftest import Hall

QUIET = "v=0\r\nm=audio 9 X 111\r\na=recvonly\r\nm=video 9 X 96\r\na=inactive\r\n"
LOUD = QUIET.replace("recvonly", "sendrecv")


@pytest.fixture
def pages(hall: Hall) -> dict[str, str]:
    """Three joined pages of a mesh; client by account."""
    actions.open_room(
        actor=hall.actor("division"), conference=hall.conference, kind=RoomKind.MESH, now=hall.region.now
    )
    return {
        name: actions.join(
            actor=hall.actor(name), conference=hall.conference, now=hall.region.now
        ).endpoint.client
        for name in ("divisionclerk", "regiment", "brigade")
    }


def send(hall: Hall, pages: dict[str, str], sender: str, to: str, **facts: Any) -> Signal:
    given: dict[str, Any] = {
        "client": pages.get(sender, "x"),
        "to": pages.get(to, to),
        "kind": "offer",
        "body": {"session": "s1", "sdp": QUIET},
        "now": hall.region.now,
        **facts,
    }
    return signalling.send(actor=hall.actor(sender), conference=hall.conference, **given)


def test_a_message_reaches_the_page_it_is_for_and_no_other(hall: Hall, pages: dict[str, str]) -> None:
    signal = send(hall, pages, "regiment", "brigade")
    brigade, main = Endpoint.objects.get(site=hall.south), Endpoint.objects.get(site=hall.main)
    assert queries.waiting_for(brigade, 0) == [signal]
    assert queries.waiting_for(brigade, signal.pk) == []
    assert queries.waiting_for(main, 0) == []
    envelope = signalling.envelope(signal.pk)
    assert envelope is not None
    user, data = envelope
    assert user == hall.region.users["brigade"].pk
    assert data["client"] == pages["regiment"]
    assert data["to"] == pages["brigade"]
    assert data["body"]["sdp"] == QUIET


def test_what_is_meant_for_a_page_that_left_goes_nowhere(hall: Hall, pages: dict[str, str]) -> None:
    signal = send(hall, pages, "regiment", "brigade")
    actions.join(actor=hall.actor("brigade"), conference=hall.conference, now=hall.region.now)
    assert signalling.envelope(signal.pk) is None
    assert queries.waiting_for(Endpoint.objects.get(site=hall.south), 0) == []
    with pytest.raises(NotFound):
        send(hall, pages, "regiment", "brigade")


@pytest.mark.parametrize("to", ["", "nobody"])
def test_nobody_unknown_is_spoken_to(hall: Hall, pages: dict[str, str], to: str) -> None:
    with pytest.raises(NotFound):
        send(hall, pages, "regiment", to)


def test_nobody_speaks_to_themselves(hall: Hall, pages: dict[str, str]) -> None:
    with pytest.raises(NotFound):
        send(hall, pages, "regiment", "regiment")


def test_strangers_are_refused(hall: Hall, pages: dict[str, str]) -> None:
    with pytest.raises(NotFound):  # sees nothing of the conference
        send(hall, pages, "commander", "brigade")
    with pytest.raises(NotAllowed):  # sits at a site, serves none
        send(hall, pages, "member", "brigade", client=pages["regiment"])
    with pytest.raises(Conflict):  # serves another site
        send(hall, pages, "regiment", "brigade", client=pages["divisionclerk"])


def test_who_has_no_floor_offers_no_sound(hall: Hall, pages: dict[str, str]) -> None:
    loud = {"session": "s1", "sdp": LOUD}
    for kind in ("offer", "answer"):
        with pytest.raises(NotAllowed, match="chưa mời"):
            send(hall, pages, "regiment", "brigade", kind=kind, body=loud)
    send(hall, pages, "divisionclerk", "brigade", body=loud)
    hall.turn(FloorState.ITEM)
    hall.speak("regiment")
    send(hall, pages, "regiment", "brigade", body=loud)
    hall.hush()
    with pytest.raises(NotAllowed):
        send(hall, pages, "regiment", "brigade", body=loud)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("shout", {"session": "s1", "sdp": QUIET}),
        ("offer", {"session": "s1"}),
        ("offer", {"session": "s1", "sdp": QUIET, "more": 1}),
        ("offer", {"session": "s1", "sdp": 7}),
        ("candidate", {"session": "s1", "candidates": "x"}),
        ("bye", "s1"),
        ("bye", None),
    ],
)
def test_only_what_browsers_say_passes(hall: Hall, pages: dict[str, str], kind: str, body: Any) -> None:
    with pytest.raises(Invalid):
        send(hall, pages, "regiment", "brigade", kind=kind, body=body)
    assert not Signal.objects.exists()


def test_a_body_has_a_size(hall: Hall, pages: dict[str, str]) -> None:
    fits = {"session": "s1", "sdp": QUIET + "a=x\r\n" * 4_000}
    send(hall, pages, "regiment", "brigade", body=fits)
    with pytest.raises(Invalid, match="quá dài"):
        send(hall, pages, "regiment", "brigade", body={**fits, "sdp": fits["sdp"] + "a=x\r\n" * 2_000})


def test_messages_are_swept_and_counted(
    hall: Hall, pages: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signalling, "MOST_A_MINUTE", 2)
    bye: dict[str, Any] = {"kind": "bye", "body": {"session": "s1"}}
    send(hall, pages, "regiment", "brigade", **bye)
    send(hall, pages, "regiment", "brigade", **bye)
    with pytest.raises(Conflict, match="quá nhiều"):
        send(hall, pages, "regiment", "brigade", **bye)
    later = hall.region.now + dt.timedelta(seconds=61)
    send(hall, pages, "regiment", "brigade", now=later, **bye)
    assert Signal.objects.count() == 1
