"""Dòng sự kiện: who is let in, what is answered to the others, and with which headers."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from django.test import Client

from soi.live.hub import Hub
from soi.live.stream import STREAMS_OF_A_SESSION
from tests.live.fakes import FakeSource, Page, until

AUDIENCES = ["chair", "delegate", "site", "teller", "wall"]


def asked(source: FakeSource | None = None, **how: Any) -> Page:
    """One request, up to its status."""

    async def run() -> Page:
        hub = Hub(source or FakeSource(allowed={"k1": {"delegate"}}), pulse_seconds=5)
        page = Page(hub, **how).open()
        try:
            await until(lambda: page.status)
        finally:
            hub.close()
            assert page.task
            await page.task
        return page

    return asyncio.run(run())


@pytest.mark.parametrize("audience", AUDIENCES)
def test_each_audience_is_for_its_own_people(audience: str) -> None:
    others = set(AUDIENCES) - {audience}
    source = FakeSource(allowed={"k1": {audience}, "k2": others})
    assert asked(source, audience=audience).status == 200
    assert asked(source, key="k2", audience=audience).status == 404


@pytest.mark.parametrize("audience", AUDIENCES)
def test_who_is_not_signed_in_is_told_to(audience: str) -> None:
    assert asked(key="stranger", audience=audience).status == 401
    assert asked(audience=audience, headers={"cookie": ""}).status == 401
    assert asked(audience=audience, headers={"cookie": "soi=../../etc; x"}).status == 401


@pytest.mark.parametrize(
    "path",
    [
        "/truc-tiep/",
        "/truc-tiep/5/",
        "/truc-tiep/5/everybody/",
        "/truc-tiep/5/delegate",
        "/truc-tiep/05/delegate/",
        "/truc-tiep/-5/delegate/",
        "/truc-tiep/5/delegate/x",
        "/truc-tiep/5/delegate/\n",
        "/truc-tiep/99999999999999999999/delegate/",
    ],
)
def test_there_is_nothing_at_other_addresses(path: str) -> None:
    assert asked(path=path).status == 404


def test_another_conference_does_not_exist_for_who_is_not_in_it() -> None:
    assert asked(conference=6).status == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "HEAD", "OPTIONS"])
def test_only_reading_is_answered(method: str) -> None:
    page = asked(method=method)
    assert (page.status, page.headers["allow"]) == (405, "GET")


def test_a_host_that_is_not_ours_is_refused() -> None:
    assert asked(headers={"host": "evil.example"}).status == 400
    assert asked(headers={"host": ""}).status == 400
    assert asked(headers={"host": "localhost:8000"}).status == 200


def test_a_page_of_another_origin_gets_nothing() -> None:
    assert asked(headers={"origin": "https://evil.example"}).status == 404
    assert asked(headers={"sec-fetch-site": "cross-site"}).status == 404
    assert asked(headers={"sec-fetch-site": "same-site"}).status == 404
    assert asked(headers={"origin": "http://localhost", "sec-fetch-site": "same-origin"}).status == 200


def test_over_https_an_open_line_is_refused(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT, settings.BEHIND_PROXY = True, False
    assert asked(headers={"x-forwarded-proto": "https"}).status == 400
    settings.BEHIND_PROXY = True
    assert asked(headers={"x-forwarded-proto": "https"}).status == 200


def test_nobody_in_between_keeps_or_gathers_or_packs_the_events() -> None:
    headers = asked(headers={"accept-encoding": "gzip, br"}).headers
    assert headers["content-type"] == "text/event-stream; charset=utf-8"
    assert headers["cache-control"] == "no-store, no-transform"
    assert headers["x-accel-buffering"] == "no"
    assert "content-encoding" not in headers


@pytest.mark.django_db
def test_the_headers_are_those_of_the_pages(client: Client) -> None:
    page = client.get("/dang-nhap/", follow=True)
    for status in (asked(), asked(key="stranger")):
        for name in (
            "content-security-policy", "x-frame-options", "x-content-type-options", "referrer-policy",
            "cross-origin-opener-policy",
        ):  # fmt: skip
            assert without_nonce(status.headers[name]) == without_nonce(page.headers[name]), name


def without_nonce(policy: str) -> str:
    return " ".join(word for word in policy.replace(";", " ;").split() if not word.startswith("'nonce-"))


def test_one_sign_in_cannot_open_streams_without_end() -> None:
    async def run() -> None:
        hub = Hub(FakeSource(allowed={"k1": {"delegate"}, "k2": {"delegate"}}), pulse_seconds=5)
        pages = [Page(hub).open() for _ in range(STREAMS_OF_A_SESSION)]
        await until(lambda: all(page.status == 200 for page in pages))
        more, other = Page(hub).open(), Page(hub, key="k2").open()
        await until(lambda: more.status and other.status)
        assert (more.status, other.status) == (429, 200)
        hub.close()
        await asyncio.gather(*(page.task for page in (*pages, other) if page.task))

    asyncio.run(run())


def test_a_page_can_say_in_the_address_what_it_shows_but_not_nonsense() -> None:
    from soi.live.stream import read

    def scope(query: bytes) -> dict[str, Any]:
        return {
            "method": "GET", "scheme": "http", "path": "/truc-tiep/5/wall/", "query_string": query,
            "headers": [(b"host", b"localhost"), (b"cookie", b"soi=abc")],
        }  # fmt: skip

    assert read(scope(b"sau=12.0123456789abcdef")).state == "12.0123456789abcdef"
    assert read(scope(b"sau=12.0123%0d%0aevil")).state == ""
