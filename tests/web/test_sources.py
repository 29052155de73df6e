"""Văn bản nguồn: the words with a passage marked, and the file as a download that cannot run."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse

from soi.documents import actions as documents
from soi.documents.models import Source
from tests.factories import Region

TEXT = "Dòng một.\nPhân công nhiệm vụ thiếu cụ thể.\nDòng cuối."


def sign_in(region: Region, username: str = "clerk") -> Client:
    client = Client()
    client.force_login(region.users[username])
    return client


def receive(
    region: Region,
    body: str = "region",
    *,
    data: bytes = TEXT.encode(),
    filename: str = "Gốc.txt",
    **more: Any,
) -> Source:
    return documents.receive(
        actor=region.system,
        organization=region.bodies[body],
        data=data,
        filename=filename,
        now=region.now,
        **more,
    ).source


def test_passage_is_marked(region: Region) -> None:
    source = receive(region)
    passage = documents.passage(source=source, start=10, end=43)
    page = sign_in(region).get(reverse("source_text", args=[source.pk]), {"doan": passage.pk})
    assert (
        'id="doan" class="is-active" data-kind="limitation">Phân công nhiệm vụ thiếu cụ thể.</mark>'
        in page.text
    )
    assert page.text.count("<mark") == 1


@pytest.mark.parametrize("number", ["", "0", "-1", "abc", "9" * 40, "²"])
def test_passage_that_is_none_marks_nothing(region: Region, number: str) -> None:
    page = sign_in(region).get(reverse("source_text", args=[receive(region).pk]), {"doan": number})
    assert page.status_code == 200
    assert "<mark" not in page.text


def test_passage_of_another_text_is_not_shown_here(region: Region) -> None:
    secret = receive(region, "brigade", data="Chuyện của lữ đoàn khác.".encode())
    passage = documents.passage(source=secret, start=0, end=10)
    own = receive(region, "division")
    page = sign_in(region, "divisionclerk").get(reverse("source_text", args=[own.pk]), {"doan": passage.pk})
    assert "<mark" not in page.text
    assert "lữ đoàn khác" not in page.text


@pytest.mark.parametrize("name", ["source_text", "source_file"])
def test_out_of_scope_does_not_exist(region: Region, name: str) -> None:
    url = reverse(name, args=[receive(region, "brigade").pk])
    assert sign_in(region, "divisionclerk").get(url).status_code == 404
    assert sign_in(region, "member").get(url).status_code in {403, 404}
    assert sign_in(region, "admin").get(url).status_code in {403, 404}


def test_words_are_escaped(region: Region) -> None:
    source = receive(region, data=b"<script>alert(1)</script> & <b>x</b>", filename="<b>x</b>.txt")
    text = sign_in(region).get(reverse("source_text", args=[source.pk])).text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;x&lt;/b&gt;" in text


# --- the file --------------------------------------------------------------------------------------------


def test_file_comes_back_byte_for_byte_and_cannot_run(region: Region) -> None:
    data = b"<html><body><script>alert(1)</script>Xin chao</body></html>"
    source = receive(region, data=data, filename="trang.html")
    answer = sign_in(region).get(reverse("source_file", args=[source.pk]))
    assert answer.content == data
    assert answer["Content-Type"] == "text/html"
    assert answer["Content-Disposition"].startswith("attachment; ")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("filename", "kept"),
    [
        ("Biên bản giao ban quý I.txt", "Biên bản giao ban quý I.txt"),
        ("Nghị quyết «Đường sắt».txt", "Nghị quyết «Đường sắt».txt"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\bí mật.txt", "bí mật.txt"),
        ("giao\u202excod.txt", "giaoxcod.txt"),
        ('a"; filename="b.exe.txt', "a_; filename=_b.exe.txt"),
        ("a\r\nX-Evil: 1.txt", "a X-Evil_ 1.txt"),
        ("Đ" * 251 + ".txt", "Đ" * 146 + ".txt"),
    ],
)
def test_name_survives_the_round_trip(region: Region, filename: str, kept: str) -> None:
    source = receive(region, filename=filename)
    answer = sign_in(region).get(reverse("source_file", args=[source.pk]))
    header = answer["Content-Disposition"]
    assert unquote(header.partition("filename*=UTF-8''")[2]) == kept
    plain = header.partition('filename="')[2].partition('"')[0]
    assert plain.isascii()
    assert not set(plain) & set('"\\/\r\n')
    assert "X-Evil" not in answer.headers


def test_file_lost_from_the_disk_gets_a_sentence(region: Region) -> None:
    source = receive(region)
    source.file.storage.delete(source.file.name)
    answer = sign_in(region).get(reverse("source_file", args=[source.pk]))
    assert answer.status_code == 404
    assert "Tệp gốc không còn trên máy chủ" in answer.text
