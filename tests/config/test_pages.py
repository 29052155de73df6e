"""Trang trên luồng: what reaches a page and what leaves it, whole or in pieces, through the event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from soi.config.pages import HELD_BYTES, ClientGoneError, Environ, Pages, environ

Headers = list[tuple[bytes, bytes]]
Message = dict[str, Any]


def asked(
    application: Callable[..., Any], *parts: bytes, headers: Headers | None = None, gone: bool = False
) -> list[Message]:
    """One request whose body comes in these parts; what the server is told to send."""
    sent: list[Message] = []
    coming: list[Message] = [
        {"type": "http.request", "body": part, "more_body": number < len(parts)}
        for number, part in enumerate(parts, start=1)
    ]

    async def receive() -> Message:
        return {"type": "http.disconnect"} if gone or not coming else coming.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    scope = a_scope(headers or [(b"content-length", str(sum(map(len, parts))).encode())])
    asyncio.run(Pages(application, threads=2)(scope, receive, send))
    return sent


def a_scope(headers: Headers) -> dict[str, Any]:
    return {
        "type": "http", "method": "POST", "path": "/tổ-chức/", "query_string": b"q=%C3%A1", "http_version": "1.1",
        "scheme": "http", "server": ("127.0.0.1", 8000), "client": ("10.0.0.7", 5000), "headers": headers,
    }  # fmt: skip


class Told(list[bytes]):
    """An answer in one piece, as Django's; knows whether it was closed."""

    closed = False
    streaming = False

    def close(self) -> None:
        self.closed = True


def echo(told: Told) -> Callable[..., Told]:
    def application(environ: Environ, start: Callable[..., Any]) -> Told:
        start("200 OK", [("Content-Type", "text/plain"), ("Set-Cookie", " a=1; Path=/")])
        told.append(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        return told

    return application


@pytest.mark.parametrize("parts", [(b"a=1",), (b"a=", b"1&b=2"), (b"x" * HELD_BYTES, b"y" * 100_000)])
def test_a_form_reaches_the_page_whole_however_it_comes(parts: tuple[bytes, ...]) -> None:
    told = Told()
    start, body = asked(echo(told), *parts)
    assert body["body"] == b"".join(parts)
    assert not body.get("more_body")
    assert start["status"] == 200
    # A value that begins with a blank is refused by the server.
    assert (b"set-cookie", b"a=1; Path=/") in start["headers"]
    assert told.closed


def test_a_large_form_is_not_read_before_the_page_asks() -> None:
    def refuses(_environ: Environ, start: Callable[..., Any]) -> Told:
        start("413 Too Large", [])
        return Told([b"no"])

    start, body = asked(refuses, gone=True, headers=[(b"content-length", b"9999999999")])
    assert (start["status"], body["body"]) == (413, b"no")


def test_a_form_that_never_came_whole_reaches_no_page() -> None:
    def never(_environ: Environ, _start: Callable[..., Any]) -> Told:
        raise AssertionError

    assert asked(never, gone=True, headers=[(b"content-length", b"3")]) == []


def test_a_large_form_that_breaks_off_is_an_error_of_reading() -> None:
    def reads(environ: Environ, start: Callable[..., Any]) -> Told:
        start("200 OK", [])
        with pytest.raises(ClientGoneError):
            environ["wsgi.input"].read()
        return Told([b"unread"])

    assert asked(reads, gone=True, headers=[(b"content-length", b"99999999")])[1]["body"] == b"unread"


def test_a_file_goes_out_in_pieces_and_is_closed() -> None:
    class File:
        streaming = True
        closed = False

        def __iter__(self) -> Iterable[bytes]:
            return iter((b"a", b"b"))

        def close(self) -> None:
            self.closed = True

    file = File()

    def application(_environ: Environ, start: Callable[..., Any]) -> File:
        start("200 OK", [])
        return file

    _, *pieces = asked(application)
    assert [(piece["body"], piece.get("more_body", False)) for piece in pieces] == [
        (b"a", True), (b"b", True), (b"", False),
    ]  # fmt: skip
    assert file.closed


def test_pages_do_not_run_on_the_event_loop() -> None:
    names: list[str] = []

    def application(_environ: Environ, start: Callable[..., Any]) -> Told:
        names.append(threading.current_thread().name)
        start("204 No Content", [])
        return Told()

    assert asked(application)[0]["status"] == 204
    assert names[0] != threading.current_thread().name


def test_the_request_is_told_as_wsgi_tells_it() -> None:
    headers = [
        (b"host", b"soi.example.vn"), (b"cookie", b"a=1"), (b"cookie", b"b=2"),
        (b"x-forwarded-for", b"1.2.3.4"), (b"x_forwarded_for", b"9.9.9.9"), (b"accept", b"x"), (b"accept", b"y"),
    ]  # fmt: skip
    found = environ(a_scope(headers), None)  # type: ignore[arg-type]
    assert found["PATH_INFO"].encode("latin-1").decode() == "/tổ-chức/"
    assert found["QUERY_STRING"] == "q=%C3%A1"
    assert found["HTTP_COOKIE"] == "a=1; b=2"
    assert found["HTTP_ACCEPT"] == "x,y"
    # An underscore must not pass for the hyphen that a proxy vouches for.
    assert found["HTTP_X_FORWARDED_FOR"] == "1.2.3.4"
    assert found["REMOTE_ADDR"] == "10.0.0.7"
