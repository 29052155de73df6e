"""Bỏ phiếu từ trang đang mở: the words alone come back; without JavaScript a whole page; the same refusals."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from soi.ballots import casting
from soi.ballots.enums import QuestionKind
from soi.ballots.models import BoxItem, Poll, RollEntry
from tests.factories import Region
from tests.web.test_polls import Asked, open_secret, sign_in

pytestmark = pytest.mark.django_db


def cast(region: Region, who: str, pk: int, *, script: bool = True, **answers: Any) -> Any:
    headers = {"HX-Request": "true"} if script else {}
    return sign_in(region, who).post(
        reverse("poll_voting", args=[pk]), {"step": "cast", **answers}, headers=headers
    )


def test_an_open_page_gets_the_words_alone_and_a_plain_form_a_page(region: Region) -> None:
    poll = open_secret(region)
    words = cast(region, "clerk", poll.pk, q1="1")
    page = cast(region, "secretary", poll.pk, script=False, q1="1")
    for answer in (words, page):
        assert answer.status_code == 200
        assert "Phiếu của đồng chí đã được ghi nhận." in answer.text
        assert answer.text.count("<output>") == 1
        assert answer.headers["Cache-Control"] == "no-store"
    assert "<html" not in words.text
    assert "<nav" not in words.text
    assert "<html" in page.text
    assert RollEntry.objects.filter(cast=True).count() == 2


def test_a_second_time_it_is_said_and_nothing_is_counted(region: Region) -> None:
    poll = open_secret(region)
    receipt = cast(region, "clerk", poll.pk, q1="1").text.split("<output>")[1].split("</output>")[0]
    before = BoxItem.objects.count()
    again = cast(region, "clerk", poll.pk, q1="2")
    assert again.status_code == 409
    assert casting.DONE_ALREADY in again.text
    assert receipt not in again.text
    assert "<html" not in again.text
    assert BoxItem.objects.count() == before


def test_too_many_marks_come_back_as_a_sentence(region: Region) -> None:
    poll = open_secret(region, Asked(QuestionKind.ELECT, "Bầu hai người", ("An", "Bình", "Cần"), 2))
    answer = cast(region, "clerk", poll.pk, q1=["1", "2", "3"])
    assert answer.status_code == 422
    assert "data-refusal" in answer.text
    assert "nhiều nhất 2 phương án" in answer.text
    assert "<html" not in answer.text
    assert not BoxItem.objects.exists()


@pytest.mark.parametrize("script", [True, False])
def test_a_poll_out_of_sight_is_not_there(region: Region, script: bool) -> None:
    poll = open_secret(region, voters=3)
    unseen = cast(region, "brigade", poll.pk, script=script, q1="1")
    unknown = cast(region, "brigade", 10**12, script=script, q1="1")
    assert unseen.status_code == unknown.status_code == 404
    assert poll.title not in unseen.text
    assert not BoxItem.objects.exists()


def test_a_poll_that_was_closed_meanwhile_says_so(region: Region) -> None:
    poll = open_secret(region)
    Poll.objects.filter(pk=poll.pk).update(state="closed")
    answer = cast(region, "clerk", poll.pk, q1="1")
    assert answer.status_code == 409
    assert "Phiếu chưa được ghi nhận" in answer.text
    assert "<html" not in answer.text


def test_a_ballot_asks_no_more_than_it_must(region: Region) -> None:
    """Session, account, rights; the poll, its options; on PostgreSQL the box is held; one mark, one insert."""
    poll = open_secret(region)
    client = sign_in(region, "clerk")
    client.get(reverse("poll_explained"))
    with CaptureQueriesContext(connection) as asked:
        client.post(
            reverse("poll_voting", args=[poll.pk]), {"step": "cast", "q1": "1"},
            headers={"HX-Request": "true"},
        )  # fmt: skip
    told = [
        query["sql"]
        for query in asked
        if not query["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))
    ]
    assert len(told) == 7 + (connection.vendor == "postgresql"), told
