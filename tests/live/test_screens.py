"""Màn hình: the same regions have the same state anywhere; a step holds what changed, no more and no less."""

from __future__ import annotations

import json
from typing import Any

from soi.live.screens import KEPT_SCREENS, KEPT_SENTENCES, Album, screen, wire


def data(message: bytes) -> Any:
    lines = dict(line.split(": ", 1) for line in message.decode().strip().split("\n"))
    return json.loads(lines["data"])


def test_a_state_names_the_number_and_every_region() -> None:
    first = screen(3, {"a": "1", "b": "2"})
    assert first.state == screen(3, {"b": "2", "a": "1"}).state
    assert first.state.startswith("3.")
    others = [screen(4, {"a": "1", "b": "2"}), screen(3, {"a": "2", "b": "1"}), screen(3, {"a": "1"})]
    assert first.state not in {other.state for other in others}


def test_a_step_holds_what_changed_what_went_and_what_was_said() -> None:
    album = Album()
    old = screen(3, {"a": "1", "b": "2", "c": "3"})
    album.turn(old, ())
    album.turn(screen(5, {"a": "1", "b": "x", "d": "4"}), [{"n": 4, "text": "bốn"}, {"n": 5, "text": "năm"}])
    assert data(album.since(old.state)) == {
        "n": 5, "regions": {"b": "x", "d": "4"}, "gone": ["c"],
        "told": [{"n": 4, "text": "bốn"}, {"n": 5, "text": "năm"}],
    }  # fmt: skip


def test_who_shows_the_present_is_sent_nothing_and_who_shows_the_unknown_everything() -> None:
    album = Album()
    assert album.since("") == b""
    album.turn(screen(3, {"a": "1"}), ())
    assert album.since(album.state) == b""
    assert data(album.since("2.ffffffffffffffff")) == {"n": 3, "regions": {"a": "1"}, "full": True}
    assert data(album.since("")) == data(album.full())


def test_the_same_screen_again_is_no_turn() -> None:
    album = Album()
    assert album.turn(screen(3, {"a": "1"}), ())
    assert not album.turn(screen(3, {"a": "1"}), ())


def test_what_was_said_after_the_room_was_read_is_told_once_with_the_next_screen() -> None:
    album, first = Album(), screen(3, {"a": "3"})
    album.turn(first, ())
    album.turn(screen(4, {"a": "4"}), [{"n": 4, "text": "bốn"}, {"n": 5, "text": "năm"}])
    assert [line["n"] for line in data(album.since(first.state))["told"]] == [4]
    album.turn(screen(5, {"a": "5"}), [{"n": 5, "text": "năm"}])
    assert [line["n"] for line in data(album.since(first.state))["told"]] == [4, 5]


def test_only_so_many_screens_are_kept() -> None:
    album, first = Album(), screen(0, {"a": "0"})
    album.turn(first, ())
    for number in range(1, KEPT_SCREENS):
        album.turn(screen(number, {"a": str(number)}), ())
    assert "full" not in data(album.since(first.state))
    album.turn(screen(KEPT_SCREENS, {"a": "x"}), ())
    assert data(album.since(first.state))["full"] is True


def test_a_page_that_lacks_more_sentences_than_are_kept_gets_everything() -> None:
    album, first = Album(), screen(0, {"a": "0"})
    album.turn(first, ())
    said = [{"n": number, "text": "…"} for number in range(1, KEPT_SENTENCES + 2)]
    album.turn(screen(KEPT_SENTENCES + 1, {"a": "1"}), said)
    assert data(album.since(first.state))["full"] is True


def test_no_text_can_break_out_of_its_event() -> None:
    message = wire({"text": "một\nhai\r\n\ndata: giả\u2028"}, event="signal", state="1.a")
    assert message.count(b"\n\n") == 1
    assert message.count(b"\ndata: ") == 1
    assert b"\r" not in message
