"""Đầu mục an toàn: every answer carries them, on pages, errors and files."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.factories import Region

PATHS = ["/dang-nhap/", "/to-chuc/", "/khong-co-trang-nay/", "/khoe/", "/static/soi/soi.js"]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_guarded(client: Client, region: Region, path: str) -> None:
    client.force_login(region.users["clerk"])
    answer = client.get(path)
    answer.close()
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize("path", PATHS[:3])
def test_pages_allow_only_their_own_code(client: Client, region: Region, path: str) -> None:
    client.force_login(region.users["clerk"])
    answer = client.get(path)
    policy = answer["Content-Security-Policy"]
    for rule in ("default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert rule in policy
    assert "unsafe" not in policy
    assert "http:" not in policy
    assert answer["X-Frame-Options"] == "DENY"
    body = answer.content.decode()
    assert not re.search(r'\sstyle="|\son[a-z]+="', body)
    assert not re.search(r"""(src|href)=["'](https?:)?//""", body)


def test_private_pages_are_not_kept(client: Client, region: Region) -> None:
    client.force_login(region.users["clerk"])
    assert client.get("/to-chuc/")["Cache-Control"] == "no-store"


def test_cookies_are_out_of_reach(client: Client, region: Region) -> None:
    client.get("/dang-nhap/")
    client.post("/dang-nhap/", {"login": "clerk", "password": "mot-mat-khau-dai-1945"})
    for name in ("soi", "soi-csrf"):
        assert client.cookies[name]["httponly"]
        assert client.cookies[name]["samesite"] == "Lax"


def test_nothing_but_declared_methods_answers(client: Client, region: Region) -> None:
    client.force_login(region.users["clerk"])
    for method in ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"):
        assert client.generic(method, "/to-chuc/").status_code == 405


def test_vietnamese_first_english_by_choice(client: Client, region: Region) -> None:
    client.force_login(region.users["clerk"])
    answer = client.get("/uy-quyen/", headers={"accept-language": "en"})
    assert answer["Content-Language"] == "vi"
    client.post("/ngon-ngu/", {"language": "en", "next": "https://xau.example/"})
    assert client.get("/uy-quyen/")["Content-Language"] == "en"
    client.post("/ngon-ngu/", {"language": "xx"})
    assert client.get("/uy-quyen/")["Content-Language"] == "en"
