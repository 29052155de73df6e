"""Trang bản kiểm điểm và trang soạn: read, composed, edited with and without a script, figures that open, odd input."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from soi.reviews import composing, reading, writing
from soi.reviews.finalizing import correct, finalize
from soi.reviews.models import Paragraph, Review
from tests.factories import Region, build_region
from tests.forms import reading as word
from tests.reviews.cycle import Played, open_year

NOW = timezone.now()
YEAR = f"{timezone.localdate(NOW).year:04d}"
SCRIPT = {"accept": "application/json"}
WRITER, OTHER = "brigadeclerk", "brigade"
TEXT = "Đảng ủy đã lãnh đạo hoàn thành 12 nhiệm vụ. Công tác kiểm tra còn chậm."


@pytest.fixture
def region(db: Any) -> Region:
    """On the day on which the pages are asked: the clock enters at the door."""
    return build_region(NOW)


@pytest.fixture
def played(region: Region) -> Played:
    today = timezone.localdate(NOW)
    return open_year(region, period=YEAR, steps={"draft": today, "finalize": today})


@pytest.fixture
def review(played: Played) -> Review:
    return played.review("brigade")


@pytest.fixture
def line(played: Played, review: Review) -> Paragraph:
    return writing.add_paragraph(actor=played.actor(WRITER), review=review, section=1, text=TEXT, now=NOW)


def sign_in(played: Played, name: str) -> Client:
    client = Client()
    client.force_login(played.region.users[name])
    return client


def page(client: Client, name: str, pk: int, query: str = "") -> str:
    response = client.get(reverse(name, args=[pk]) + query)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def save(client: Client, line: Paragraph, text: str, version: int) -> dict[str, Any]:
    url = reverse("review_paragraph", args=[line.pk])
    answer: dict[str, Any] = client.post(url, {"text": text, "version": version}, headers=SCRIPT).json()
    return answer


def test_an_empty_review_teaches_and_begins_with_one_button(played: Played, review: Review) -> None:
    client = sign_in(played, WRITER)
    assert "Soạn dự thảo từ hồ sơ" in page(client, "review_detail", review.pk)

    response = client.post(reverse("review_composing", args=[review.pk]), follow=True)
    text = response.content.decode()
    assert response.redirect_chain[-1][0] == reverse("review_writing", args=[review.pk])
    assert "đoạn từ hồ sơ" in text
    for heading in ("Ưu điểm, kết quả đạt được", "Trách nhiệm của tập thể, cá nhân", "Tự nhận mức xếp loại"):
        assert heading in text
    assert "không có nhiệm vụ nào đến hạn" in page(client, "review_detail", review.pk)
    again = client.post(reverse("review_composing", args=[review.pk]), follow=True).content.decode()
    assert "không đoạn nào thay đổi" in again


def test_a_reader_above_learns_that_there_is_a_draft_but_not_its_words(
    played: Played, line: Paragraph
) -> None:
    client = sign_in(played, "clerk")
    text = page(client, "review_detail", line.review_id)

    assert TEXT[:30] not in text
    assert "cấp trên đọc được khi đã chốt" in text
    for name in ("review_docx", "review_compare", "review_copies"):
        assert client.get(reverse(name, args=[line.review_id])).status_code == 404
    for name in ("review_figure", "review_wordings", "review_paragraph"):
        assert client.get(reverse(name, args=[line.pk])).status_code == 404


def test_once_finalized_it_is_read_above_but_not_the_words_that_came_before(
    played: Played, line: Paragraph
) -> None:
    writing.edit_paragraph(
        actor=played.actor(WRITER), paragraph=line, text="Lời cuối cùng.", expected_version=1, now=NOW
    )
    finalize(actor=played.actor(OTHER), review=line.review, now=NOW)
    client = sign_in(played, "clerk")
    text = page(client, "review_detail", line.review_id)

    assert "Lời cuối cùng." in text
    assert TEXT not in text
    assert "Ai đã sửa gì" not in text
    assert client.get(reverse("review_wordings", args=[line.pk])).status_code == 404
    assert sign_in(played, WRITER).get(reverse("review_writing", args=[line.review_id])).status_code == 409


def test_saved_by_the_script(played: Played, line: Paragraph) -> None:
    answer = save(sign_in(played, WRITER), line, "Lời mới của đoạn.", 1)

    assert (answer["state"], answer["version"], answer["mine"]) == ("saved", 2, 2)
    assert re.fullmatch(r"\d\d:\d\d:\d\d", answer["at"])
    line.refresh_from_db()
    assert line.text == "Lời mới của đoạn."


def test_saved_by_the_button_without_a_script(played: Played, line: Paragraph) -> None:
    client = sign_in(played, WRITER)
    text = page(client, "review_writing", line.review_id, f"?doan={line.pk}")
    assert 'name="text"' in text

    url = reverse("review_paragraph", args=[line.pk])
    response = client.post(url, {"text": "Ghi bằng nút.", "version": "1"}, follow=True)
    assert "Đã lưu." in response.content.decode()
    assert "Ghi bằng nút." in response.content.decode()


def test_two_browsers_are_joined_or_both_kept(played: Played, line: Paragraph) -> None:
    one, two = sign_in(played, WRITER), sign_in(played, OTHER)
    save(two, line, TEXT.replace("12", "13"), 1)
    joined = save(one, line, TEXT.replace("chậm", "chậm ở hai đơn vị"), 1)
    assert joined["state"] == "joined"
    assert "13" in joined["text"]
    aside = save(two, line, TEXT.replace("12", "14"), 1)

    assert aside["state"] == "aside"
    assert "Dùng lời chờ ghép" in aside["notes"]
    text = page(one, "review_writing", line.review_id)
    assert "14 nhiệm vụ" in text
    assert "1 chỗ có hai lời văn" in text
    wording = reading.asides_of(line.review)[line.pk][0]
    url = reverse("review_paragraph_deed", args=[line.pk])
    chosen = {"deed": "mine", "wording": wording.pk, "version": joined["version"]}
    assert client_text(one.post(url, chosen, follow=True)).count("14 nhiệm vụ") == 1
    history = page(one, "review_wordings", line.pk)
    assert "<ins>" in history
    assert "13" in history


def client_text(response: Any) -> str:
    return str(response.content.decode())


def test_what_somebody_else_saved_is_there_to_be_looked_at(played: Played, line: Paragraph) -> None:
    client = sign_in(played, WRITER)
    save(sign_in(played, OTHER), line, "Người khác viết.", 1)

    answer = client.get(reverse("review_paragraph", args=[line.pk]), headers=SCRIPT).json()
    assert (answer["version"], answer["text"]) == (2, "Người khác viết.")


@pytest.mark.parametrize(
    ("text", "version", "status"),
    [
        ("", "1", 422),
        ("a" * 8001, "1", 422),
        ("Lời khác.", "", 200),
        ("Lời khác.", "abc", 200),
        ("x", "9" * 30, 200),
    ],
)
def test_odd_input_is_answered_with_a_sentence_or_kept(
    played: Played, line: Paragraph, text: str, version: str, status: int
) -> None:
    client = sign_in(played, WRITER)
    url = reverse("review_paragraph", args=[line.pk])
    response = client.post(url, {"text": text, "version": version}, headers=SCRIPT)

    assert response.status_code == status
    assert response.json()["state"] == ("refused" if status == 422 else "aside")
    assert client.post(url, {"text": text, "version": version}).status_code in (302, 422)


def test_odd_addresses(played: Played, line: Paragraph) -> None:
    client = sign_in(played, WRITER)
    for name, query in [
        ("review_detail", "?lan=abc"), ("review_detail", "?lan=99"), ("review_writing", "?doan=²"),
        ("review_compare", "?tu=x&den=-1"), ("review_compare", "?tu=1&den=1"), ("review_docx", "?lan=7"),
    ]:  # fmt: skip
        assert client.get(reverse(name, args=[line.review_id]) + query).status_code == 200
    assert client.get(reverse("review_figure", args=[line.pk]) + "?so=77").status_code == 200
    deed = reverse("review_paragraph_deed", args=[line.pk])
    assert client.post(deed, {"deed": "eat"}).status_code == 422
    assert client.post(deed, {"deed": "mine", "wording": "x"}).status_code == 404
    new = reverse("review_paragraph_new", args=[line.review_id])
    assert client.post(new, {"section": "99", "text": "A."}).status_code == 422
    assert client.post(new, {"section": "²", "text": "A."}).status_code == 422


def test_add_move_drop_and_take_back(played: Played, line: Paragraph) -> None:
    client = sign_in(played, WRITER)
    new = reverse("review_paragraph_new", args=[line.review_id])
    assert "Câu hai." in client_text(client.post(new, {"section": "1", "text": "Câu hai."}, follow=True))
    deed = reverse("review_paragraph_deed", args=[line.pk])
    client.post(deed, {"deed": "down"})
    text = page(client, "review_detail", line.review_id)
    assert text.index("Câu hai.") < text.index(TEXT)
    client.post(deed, {"deed": "drop"})
    assert f"<p>{TEXT}" not in page(client, "review_detail", line.review_id)
    assert "1 đoạn đã bỏ" in page(client, "review_writing", line.review_id)
    client.post(deed, {"deed": "restore"})
    assert f"<p>{TEXT}" in page(client, "review_detail", line.review_id)


def test_words_are_shown_as_words(played: Played, line: Paragraph) -> None:
    client = sign_in(played, WRITER)
    answer = save(client, line, "<script>alert(1)</script> & «ngoặc»", 1)

    assert "<script>alert" not in answer["notes"]
    for name in ("review_detail", "review_writing"):
        assert "<script>alert" not in page(client, name, line.review_id)


def test_every_figure_opens_the_records_that_it_counts(played: Played, region: Region) -> None:
    review = composing.compose_draft(
        actor=played.actor("divisionclerk"), review=played.review("division"), now=NOW
    ).review
    client = sign_in(played, "divisionclerk")
    for row in reading.paragraphs_of(review):
        for place, figure in enumerate(row.basis):
            text = page(client, "review_figure", row.pk, f"?so={place}")
            assert text.count('class="row-link') == min(figure["count"], 25), figure


def test_editions_are_compared(played: Played, line: Paragraph) -> None:
    finalize(actor=played.actor(OTHER), review=line.review, now=NOW)
    correct(actor=played.actor(OTHER), review=line.review, reason="Sai số liệu", now=NOW)
    again = Paragraph.objects.get(review=line.review_id, edition=2)
    client = sign_in(played, WRITER)
    save(client, again, TEXT.replace("12", "15"), again.version)

    text = page(client, "review_compare", line.review_id)
    assert "<del>12</del>" in text
    assert "<ins>15</ins>" in text
    assert "12 nhiệm vụ" in page(client, "review_detail", line.review_id, "?lan=1")
    # The edition being written is not for those above.
    assert "15 nhiệm vụ" not in page(sign_in(played, "clerk"), "review_detail", line.review_id)


def test_a_sentence_taken_from_another_body_is_shown_without_its_name(
    played: Played, line: Paragraph
) -> None:
    finalize(actor=played.actor(OTHER), review=line.review, now=NOW)
    writing.add_paragraph(
        actor=played.actor("divisionclerk"), review=played.review("division"), section=1, text=TEXT, now=NOW
    )
    review = played.review("division")
    text = page(sign_in(played, "divisionclerk"), "review_copies", review.pk)
    assert "giống 100%" in text
    assert "đơn vị khác" in text
    assert "Lữ đoàn 902" not in text

    finalize(actor=played.actor("division"), review=review, now=NOW)
    assert "Lữ đoàn 902" in page(sign_in(played, "clerk"), "review_copies", review.pk)


def test_word_says_what_it_is(played: Played, line: Paragraph) -> None:
    client = sign_in(played, WRITER)

    def lines() -> list[str]:
        return word.lines(client.get(reverse("review_docx", args=[line.review_id])).content)

    draft = lines()
    assert any("Kiểm điểm tập thể Đảng ủy Lữ đoàn 902" in one for one in draft)
    assert any("Dự thảo" in one for one in draft)
    assert TEXT in draft
    assert "VII. Tự nhận mức xếp loại" in draft
    finalize(actor=played.actor(OTHER), review=line.review, now=NOW)
    assert not any("Dự thảo" in one for one in lines())


def test_the_number_of_statements_does_not_grow(played: Played, line: Paragraph) -> None:
    client = sign_in(played, WRITER)
    counts = []
    for _more in range(2):
        for name in ("review_detail", "review_writing"):
            page(client, name, line.review_id)
            with CaptureQueriesContext(
                connection,
            ) as asked:
                page(client, name, line.review_id)
            counts.append(len(asked))
        for text in ("Hai.", "Ba."):
            writing.add_paragraph(
                actor=played.actor(WRITER), review=line.review, section=2, text=text, now=NOW
            )
    assert counts[0] == counts[2]
    assert counts[1] == counts[3]
    assert max(counts) <= 40
