"""Who may send at which moment; what an offer says about sending; the credential of the relay."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import replace

import pytest

from soi.calls.logic import FloorNow, Seat, publishers, sends, turn_credential

MAIN, NORTH, SOUTH, OWN = 1, 2, 3, 4
CHAIR, PRESENTER, SPEAKER, ALONE = 11, 12, 13, 14
SEATS = (
    Seat(MAIN, site_id=101, is_main=True),
    Seat(NORTH, site_id=102, organization_id=52),
    Seat(SOUTH, site_id=103),
    Seat(OWN, person_id=ALONE),
)
SITS = {CHAIR: 101, PRESENTER: 102, SPEAKER: 103}
FLOOR = FloorNow(number=3, state="item", chairs=frozenset({CHAIR}), sits=SITS)


def test_the_chair_is_always_heard_while_it_goes_on() -> None:
    for state in ("waiting", "item", "presenting", "speaking", "voting"):
        assert publishers(replace(FLOOR, state=state), SEATS) == {MAIN}


@pytest.mark.parametrize("state", ["break", "closed"])
def test_nobody_is_heard_in_a_break_or_afterwards(state: str) -> None:
    floor = replace(FLOOR, state=state, presenter_id=PRESENTER, speaker_id=SPEAKER)
    assert publishers(floor, SEATS) == frozenset()


def test_who_presents_is_heard_from_where_they_sit_but_not_during_a_vote() -> None:
    presenting = replace(FLOOR, state="presenting", presenter_id=PRESENTER)
    assert publishers(presenting, SEATS) == {MAIN, NORTH}
    assert publishers(replace(presenting, state="voting"), SEATS) == {MAIN}


def test_a_body_that_presents_is_heard_from_its_site() -> None:
    assert publishers(replace(FLOOR, presenting_body_id=52), SEATS) == {MAIN, NORTH}


def test_the_speaker_is_heard_beside_chair_and_presenter() -> None:
    floor = replace(FLOOR, state="speaking", presenter_id=PRESENTER, speaker_id=SPEAKER)
    assert publishers(floor, SEATS) == {MAIN, NORTH, SOUTH}
    assert publishers(replace(floor, speaker_id=None), SEATS) == {MAIN, NORTH}


def test_a_site_that_speaks_needs_no_person() -> None:
    assert publishers(replace(FLOOR, state="speaking", speaking_site_id=103), SEATS) == {MAIN, SOUTH}


def test_a_speaker_with_an_endpoint_of_their_own_does_not_open_a_site() -> None:
    floor = replace(
        FLOOR, state="speaking", speaker_id=ALONE, speaking_site_id=103, sits={**SITS, ALONE: 103}
    )
    assert publishers(floor, SEATS) == {MAIN, OWN}


def test_a_speaker_whose_seat_is_not_known_is_heard_from_the_site_named_with_the_speech() -> None:
    floor = replace(FLOOR, state="speaking", speaker_id=99, speaking_site_id=102)
    assert publishers(floor, SEATS) == {MAIN, NORTH}


def test_without_a_main_site_the_chair_is_heard_from_their_own_place() -> None:
    seats = (Seat(NORTH, site_id=102), Seat(OWN, person_id=CHAIR))
    assert publishers(FLOOR, seats) == {OWN}


SDP = "v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n{audio}\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\n{video}\r\n"


@pytest.mark.parametrize(
    ("audio", "video", "answer"),
    [
        ("a=recvonly", "a=inactive", False),
        ("a=recvonly", "a=sendonly", True),
        ("a=sendrecv", "a=recvonly", True),
        ("a=rtcp-mux", "a=recvonly", True),  # no word means both ways
    ],
)
def test_an_offer_is_read_for_who_sends(audio: str, video: str, answer: bool) -> None:
    assert sends(SDP.format(audio=audio, video=video)) is answer


def test_the_direction_of_the_whole_session_holds_where_a_section_says_nothing() -> None:
    silent = "v=0\na=recvonly\nm=audio 9 X 1\na=mid:0\n"
    assert not sends(silent)
    assert sends(silent + "a=sendrecv\n")
    assert not sends("v=0\nm=application 9 X 1\na=mid:0\n")


def test_the_relay_takes_the_credential_for_half_a_day() -> None:
    user, password = turn_credential("bí mật", "soi-7", 1_000.9)
    assert user == "44200:soi-7"
    expected = hmac.new("bí mật".encode(), user.encode(), hashlib.sha1).digest()
    assert base64.b64decode(password) == expected
