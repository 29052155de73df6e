"""What Janus is asked, over a server that speaks like it; and the sentence when it is silent or refuses."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from soi.base.errors import Conflict
from soi.calls.adapters.janus import Janus
from soi.calls.janus_http import JanusRefused, JanusSilent, video_room
from soi.calls.models import CallRoom, Endpoint


@dataclass
class Told:
    """What the server was asked; ``answers`` by request of the plugin, an error as (code, reason)."""

    url: str = ""
    bodies: list[dict[str, Any]] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)
    raw: bytes = b""
    status: int = 200

    def asked(self, request: str) -> list[dict[str, Any]]:
        return [body for body in self.bodies if body["request"] == request]

    def answer(self, message: dict[str, Any]) -> dict[str, Any]:
        if message["janus"] != "message":
            return {"janus": "success", "data": {"id": 5}}
        body = message["body"]
        self.bodies.append(body)
        found = self.answers.get(body["request"], {})
        if isinstance(found, tuple):
            found = {"error_code": found[0], "error": found[1]}
        return {"janus": "success", "plugindata": {"data": found}}


@pytest.fixture
def told(settings: Any) -> Iterator[Told]:
    told = Told()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            data = told.raw or json.dumps(told.answer(message)).encode()
            self.send_response(told.status)
            if told.status == 302:
                self.send_header("Location", f"{told.url}/elsewhere")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    told.url = settings.JANUS_URL = f"http://127.0.0.1:{server.server_port}/janus"
    settings.JANUS_ADMIN_KEY, settings.JANUS_WEBSOCKET = "khóa", "wss://soi.example.vn/janus-ws"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield told
    server.shutdown()
    server.server_close()


def room() -> CallRoom:
    return CallRoom(conference_id=7, number=88, secret="s", pin="p")


def test_a_room_is_made_with_key_secret_pin_and_a_list_of_who_may_send(told: Told) -> None:
    made = room()
    Janus().open_room(made)
    (asked,) = told.asked("create")
    assert asked["admin_key"] == "khóa"
    assert asked["room"] == made.number != 88
    assert (asked["secret"], asked["pin"]) == (made.secret, made.pin)
    assert len(made.secret) > 20
    assert made.secret != made.pin
    assert asked["is_private"] is True
    assert asked["allowed"]  # an empty list would let everybody send


def test_a_ticket_to_send_is_for_those_with_the_floor(told: Told) -> None:
    told.answers["exists"] = {"exists": True}
    endpoint = Endpoint(pk=3, token="t3")
    ticket = Janus().join_token(room(), endpoint, may_publish=False)
    assert told.asked("allowed") == []
    Janus().join_token(room(), endpoint, may_publish=True)
    (asked,) = told.asked("allowed")
    assert (asked["action"], asked["allowed"]) == ("add", ["t3"])
    assert ticket == {"websocket": "wss://soi.example.vn/janus-ws", "room": "88", "pin": "p", "token": "t3"}
    assert [body["id"] for body in told.asked("kick")] == [3, 3]


def test_a_room_that_janus_forgot_is_made_again(told: Told) -> None:
    told.answers["exists"] = {"exists": False}
    Janus().join_token(room(), Endpoint(pk=3, token="t3"), may_publish=False)
    (asked,) = told.asked("create")
    assert (asked["room"], asked["secret"], asked["pin"]) == (88, "s", "p")


def test_the_floor_opens_and_mutes_both_sections_of_everybody_inside(told: Told) -> None:
    told.answers["listparticipants"] = {"participants": [{"id": 3}, {"id": 4}]}
    endpoints = [Endpoint(pk=3, token="t3"), Endpoint(pk=4, token="t4"), Endpoint(pk=5)]
    Janus().set_floor(room(), endpoints, frozenset({4}))
    lists = {body["action"]: body["allowed"] for body in told.asked("allowed")}
    assert lists == {"add": ["t4"], "remove": ["t3"]}
    mutes = {(body["id"], body["mid"]): body["mute"] for body in told.asked("moderate")}
    assert mutes == {(3, "0"): True, (3, "1"): True, (4, "0"): False, (4, "1"): False}


def test_who_is_inside_without_sending_does_not_stop_the_others(told: Told) -> None:
    told.answers["listparticipants"] = {"participants": [{"id": 3}, {"id": 4}]}
    told.answers["moderate"] = (428, "no such stream")
    Janus().set_floor(room(), [], frozenset())
    assert len(told.asked("moderate")) == 4
    assert Janus().participants(room()) == {3, 4}


def test_refusals_and_silence_become_sentences(told: Told, settings: Any) -> None:
    told.answers["create"] = (429, "admin_key")
    with pytest.raises(Conflict, match="không nhận"):
        Janus().open_room(room())
    told.raw = b"<html>"
    with pytest.raises(Conflict, match="không trả lời"):
        Janus().open_room(room())
    settings.JANUS_URL = "http://127.0.0.1:9/janus"
    with pytest.raises(Conflict, match="không trả lời"):
        Janus().open_room(room())
    settings.JANUS_URL = ""
    with pytest.raises(Conflict, match="không trả lời"):
        Janus().open_room(room())


def test_closing_asks_nothing_back(told: Told) -> None:
    told.answers["destroy"] = (426, "no such room")
    Janus().close_room(room())
    told.raw = b"nonsense"
    Janus().close_room(room())


def test_nobody_is_followed_to_another_address(told: Told) -> None:
    told.status = 302
    with pytest.raises(JanusSilent), video_room(told.url):
        pass


def test_the_gateway_itself_may_refuse(told: Told) -> None:
    told.raw = json.dumps({"janus": "error", "error": {"code": 403, "reason": "secret"}}).encode()
    with pytest.raises(JanusRefused) as refused, video_room(told.url):
        pass
    assert refused.value.code == 403
