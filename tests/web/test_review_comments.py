"""Trang góp ý và kiểm điểm của tôi: what each sees, what is sent, what is kept when it is refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from soi.reviews import commented, commenting, finalizing, queries, writing
from soi.reviews.enums import PersonalSection, Uptake
from soi.reviews.logic.envelopes import Item
from soi.reviews.models import Asked, Comment, CommentRound, Paragraph, Review, SealedComment, UnsignedComment
from tests.conftest import NOW, TODAY
from tests.factories import Region, build_region
from tests.reviews.comments import AFTER, DUE, OFFICE, asking, closed, paragraph, people, persons, says, sends
from tests.reviews.cycle import Played, open_year

pytestmark = pytest.mark.usefixtures("_that_day")


@pytest.fixture
def _that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages are asked on the day of the story."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def region(db: Any) -> Region:
    return build_region(NOW)


@pytest.fixture
def year(region: Region) -> Played:
    return open_year(region)


@pytest.fixture
def review(year: Played) -> Review:
    return year.review("division")


def sign_in(region: Region, name: str) -> Client:
    client = Client()
    client.force_login(region.users[name])
    return client


def page(client: Client, name: str, *args: Any, status: int = 200) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == status, response.content.decode()[:400]
    return response.content.decode()


# --- those asked ------------------------------------------------------------------------------------


def test_who_is_asked_finds_the_draft_and_comments_where_it_stands(region: Region, review: Review) -> None:
    shown = paragraph(review, "Đã hoàn thành 5 trong 7 nhiệm vụ.")
    round_ = asking(region.actor(OFFICE), review, bodies=[region.bodies["regiment"]])
    client = sign_in(region, "regiment")
    assert reverse("comment_asked", args=[round_.pk]) in page(client, "my_reviews")
    text = page(client, "comment_asked", round_.pk)
    assert "Đã hoàn thành 5 trong 7 nhiệm vụ." in text
    assert "thay mặt Đảng ủy Trung đoàn 91" in text
    url = reverse("comment_asked", args=[round_.pk])
    sent = {f"doan-{shown.pk}": "Nói rõ hai việc còn lại.", "chung": "Nên ngắn hơn."}
    assert "Đã gửi góp ý" in client.post(url, sent, follow=True).content.decode()
    assert set(Comment.objects.values_list("paragraph_id", "text")) == {
        (shown.pk, "Nói rõ hai việc còn lại."), (None, "Nên ngắn hơn."),
    }  # fmt: skip
    assert reverse("comment_asked", args=[round_.pk]) not in page(client, "my_reviews")
    assert "Chưa lấy góp ý" not in page(sign_in(region, OFFICE), "review_detail", review.pk)


def test_what_was_typed_is_never_lost(region: Region, review: Review) -> None:
    shown = paragraph(review)
    round_ = asking(region.actor(OFFICE), review, people=[region.people["member"]])
    client, url = sign_in(region, "member"), reverse("comment_asked", args=[round_.pk])
    for sent, words in (
        ({f"doan-{shown.pk}": "Lời đã gõ", "deed": "agree"}, "Đã có chữ trong ô góp ý"),
        ({"chung": "Lời đã gõ" * 500}, "dài nhất 4000"),
        ({"chung": "Lời đã gõ", "doan-987654": "x"}, "tải lại trang"),
        ({f"doan-{10**30}": "x"}, "Chưa có góp ý nào"),
        ({}, "Chưa có góp ý nào"),
    ):
        response = client.post(url, sent)
        text = response.content.decode()
        assert response.status_code in (409, 422)
        assert words in text
        assert ("Lời đã gõ" in text) == any("Lời" in one for one in sent.values())
    assert not Comment.objects.exists()


def test_agreeing_is_one_press(region: Region, review: Review) -> None:
    round_ = asking(region.actor(OFFICE), review, people=[region.people["member"]])
    client, url = sign_in(region, "member"), reverse("comment_asked", args=[round_.pk])
    assert (
        "nhất trí" in client.post(url, {"deed": "agree", "chung": " "}, follow=True).content.decode().lower()
    )
    assert Asked.objects.get(round=round_).nothing_to_say


@pytest.mark.parametrize("name", ["brigade", "clerk", "divisionclerk", "press"])
def test_nobody_else_opens_the_page_of_those_asked(region: Region, review: Review, name: str) -> None:
    round_ = asking(region.actor(OFFICE), review, people=[region.people["member"]])
    page(sign_in(region, name), "comment_asked", round_.pk, status=404)


# --- without names ----------------------------------------------------------------------------------


@pytest.fixture
def names(region: Region) -> list[str]:
    return people(region, 10)


def test_before_writing_without_a_name_the_warning_says_what_it_protects_from_and_what_not(
    region: Region, names: list[str]
) -> None:
    review = open_year(region).review("division")
    round_ = asking(region.actor(OFFICE), review, people=persons(region, names), anonymous=True)
    client, url = sign_in(region, names[0]), reverse("comment_asked", args=[round_.pk])
    text = page(client, "comment_asked", round_.pk)
    assert "Có 10 người được hỏi" in text
    assert "Điều Soi không ngăn được" in text
    assert 'type="file"' not in text
    assert (
        "phong bì niêm phong" in client.post(url, {"chung": "CANARY lời kín"}, follow=True).content.decode()
    )
    assert SealedComment.objects.count() == 1
    assert client.post(url, {"chung": "Lần nữa"}).status_code == 409
    office = sign_in(region, OFFICE)
    for text in (page(office, "comment_round", round_.pk), page(office, "review_detail", review.pk)):
        assert "CANARY" not in text
        assert "Đã góp ý" not in text
        assert "Chưa góp ý" not in text


def test_opened_it_shows_words_and_answers_to_all_asked_and_no_name(region: Region, names: list[str]) -> None:
    review = open_year(region).review("division")
    round_ = asking(region.actor(OFFICE), review, people=persons(region, names), anonymous=True)
    for name in names[:5]:
        sends(region, name, round_, f"Ý số {names.index(name)}")
    closed(region.actor(OFFICE, today=AFTER), round_)
    office = sign_in(region, OFFICE)
    text = page(office, "comment_round", round_.pk)
    assert all(f"Ý số {number}" in text for number in range(5))
    one = UnsignedComment.objects.get(text="Ý số 3")
    url = reverse("unsigned_answer", args=[one.pk])
    assert office.post(url, {"uptake": "not_taken", "reason": ""}).status_code == 422
    office.post(url, {"uptake": "not_taken", "reason": "Đã nêu ở phần khác."})
    for name in (names[3], names[8]):
        read = page(sign_in(region, name), "comment_asked", round_.pk)
        assert "Đã nêu ở phần khác." in read
        assert region.people[names[3]].name not in read.replace(str(region.people[name]), "")


# --- the office -------------------------------------------------------------------------------------


def test_the_office_asks_those_below_by_one_press(region: Region, review: Review) -> None:
    client, url = sign_in(region, OFFICE), reverse("comment_round_new", args=[review.pk])
    text = page(client, "comment_round_new", review.pk)
    assert f'value="{region.bodies["regiment"].pk}" selected' in text
    sent = {
        "request": "Đề nghị góp ý", "due_on": f"{DUE:%d/%m/%Y}", "bodies": [region.bodies["regiment"].pk],
        "on_paper": "Hội Phụ nữ\nĐoàn Thanh niên", "mandatory": "on",
    }  # fmt: skip
    assert client.post(url, {**sent, "due_on": "1/1/2021"}).status_code == 422
    response = client.post(url, sent, follow=True)
    assert "Hội Phụ nữ" in response.content.decode()
    round_ = CommentRound.objects.get()
    assert round_.mandatory
    assert round_.asked.count() == 3


def test_a_whole_body_is_asked_one_by_one(region: Region, names: list[str]) -> None:
    review = open_year(region).review("division")
    client, url = sign_in(region, OFFICE), reverse("comment_round_new", args=[review.pk])
    sent = {
        "request": "Góp ý", "due_on": f"{DUE:%d/%m/%Y}", "everyone_of": region.bodies["division"].pk,
        "anonymous": "on",
    }  # fmt: skip
    client.post(url, sent)
    assert CommentRound.objects.get().asked.count() == 12


def test_paper_answers_and_closing(region: Region, review: Review) -> None:
    round_ = asking(
        region.actor(OFFICE), review, bodies=[region.bodies["regiment"]], on_paper=["Hội Phụ nữ", "Công đoàn"]
    )
    client = sign_in(region, OFFICE)
    women, union = round_.asked.filter(on_paper=True).order_by("pk")
    url = reverse("comment_paper", args=[women.pk])
    assert client.post(url, {"paper_on": "", "text": "Góp ý"}).status_code == 422
    client.post(url, {"paper_on": f"{TODAY:%d/%m/%Y}", "text": "Quan tâm nữ quân nhân hơn."})
    client.post(reverse("comment_paper", args=[union.pk]), {"paper_on": f"{TODAY:%d/%m/%Y}", "text": ""})
    says(region, "regiment", round_, "Một ý")
    text = page(client, "comment_round", round_.pk)
    assert "Quan tâm nữ quân nhân hơn." in text
    assert "Nhất trí" in text
    assert "2 góp ý chưa trả lời" in text
    for one in Comment.objects.all():
        client.post(reverse("comment_answer", args=[one.pk]), {"uptake": "taken", "reason": ""})
    client.post(reverse("comment_round_closing", args=[round_.pk]))
    assert "Đã đóng ngày" in page(client, "comment_round", round_.pk)
    assert "Tiếp thu" in page(sign_in(region, "regiment"), "comment_asked", round_.pk)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_round_costs_the_same_for_one_and_three_comments(
    region: Region, review: Review, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    round_ = asking(region.actor(OFFICE), review, bodies=[region.bodies["regiment"]])
    says(region, "regiment", round_, *[f"Ý {number}" for number in range(rows)])
    client, url = sign_in(region, OFFICE), reverse("comment_round", args=[round_.pk])
    client.get(url)
    with django_assert_num_queries(QUERIES_OF_ROUND):
        client.get(url)


QUERIES_OF_ROUND = 9


# --- my own -----------------------------------------------------------------------------------------


def test_i_begin_on_the_phone_and_go_on_in_the_editor(region: Region, year: Played) -> None:
    client, review = sign_in(region, "member"), year.personal("member")
    assert "Bắt đầu viết" in page(client, "my_reviews")
    response = client.post(reverse("review_composing", args=[review.pk]), follow=True)
    text = response.content.decode()
    assert response.status_code == 200
    assert "Thực hiện cam kết tu dưỡng" in text
    assert "Lãnh đạo, quản lý; kết quả" not in text
    url = reverse("review_paragraph_new", args=[review.pk])
    client.post(url, {"section": PersonalSection.QUALITIES.value, "text": "Giữ gìn phẩm chất."})
    assert Paragraph.objects.get().section == PersonalSection.QUALITIES
    assert "Viết tiếp" in page(client, "my_reviews")
    assert "Giữ gìn phẩm chất." in page(client, "review_detail", review.pk)


@pytest.mark.parametrize("name", ["secretary", "clerk", "inspector", "regiment", "division", "admin"])
def test_no_page_shows_my_draft_to_anybody_else(region: Region, year: Played, name: str) -> None:
    review = year.personal("member")
    row = paragraph(review, "CANARY lời riêng", section=PersonalSection.QUALITIES)
    client = sign_in(region, name)
    for address, pk in (
        ("review_detail", review.pk), ("review_writing", review.pk), ("review_compare", review.pk),
        ("review_copies", review.pk), ("review_paragraph", row.pk), ("review_wordings", row.pk),
        ("review_docx", review.pk),
    ):  # fmt: skip
        response = client.get(reverse(address, args=[pk]))
        content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
        assert b"CANARY" not in content, address
    client.post(reverse("review_composing", args=[review.pk]))
    assert Review.objects.get(pk=review.pk).composed_at is None


def test_corrected_my_new_words_are_nobody_elses_on_any_page(region: Region, year: Played) -> None:
    review, me = year.personal("division"), region.actor("division")
    paragraph(review, "Lời đã chốt", section=PersonalSection.QUALITIES)
    finalizing.finalize(actor=me, review=review, now=NOW)
    finalizing.correct(actor=me, review=queries.get(me, review.pk), reason="Sai.", now=NOW)
    new = Paragraph.objects.get(review=review, edition=2)
    writing.edit_paragraph(
        actor=me, paragraph=new, text="CANARY lời mới", expected_version=new.version, now=NOW
    )
    client = sign_in(region, "clerk")
    text = page(client, "review_detail", review.pk)
    assert "Lời đã chốt" in text
    for query in ("", "?lan=2"):
        assert "CANARY" not in client.get(reverse("review_detail", args=[review.pk]) + query).content.decode()
    for address, pk in (
        ("review_compare", review.pk),
        ("review_wordings", new.pk),
        ("review_paragraph", new.pk),
    ):
        assert b"CANARY" not in client.get(reverse(address, args=[pk])).content


def test_comments_about_me_stand_on_my_page_with_my_answer(region: Region, year: Played) -> None:
    review = year.personal("division")
    round_ = asking(region.actor(OFFICE), review, people=[region.people["regiment"]])
    [one] = says(region, "regiment", round_, "Nên đi cơ sở nhiều hơn.")
    client = sign_in(region, "division")
    assert "Nên đi cơ sở nhiều hơn." in page(client, "my_reviews")
    assert "Nên đi cơ sở nhiều hơn." in page(client, "my_record")
    url = reverse("comment_answer", args=[one.pk])
    client.post(url, {"uptake": Uptake.PARTLY, "reason": "Mỗi tháng một lần."})
    assert "Mỗi tháng một lần." in page(client, "my_record")
    assert "Mỗi tháng một lần." in page(sign_in(region, "regiment"), "comment_asked", round_.pk)
    assert "Mỗi tháng một lần." in page(sign_in(region, OFFICE), "comment_round", round_.pk)


def test_my_work_says_who_waits_for_my_comment_and_my_answer(region: Region, review: Review) -> None:
    round_ = asking(region.actor(OFFICE), review, people=[region.people["member"]])
    member, office = sign_in(region, "member"), sign_in(region, OFFICE)
    assert reverse("comment_asked", args=[round_.pk]) in page(member, "my_work")
    asked = commented.get_asked(region.actor("member"), round_.pk)
    commenting.comment(actor=region.actor("member"), asked=asked, items=[Item("Một ý")], now=NOW)
    assert reverse("comment_asked", args=[round_.pk]) not in page(member, "my_work")
    assert reverse("review_detail", args=[review.pk]) in page(office, "my_work")


def test_nobody_in_no_cycle_is_told_what_will_stand_here(region: Region) -> None:
    assert "chưa có tên trong đợt kiểm điểm nào" in page(sign_in(region, "member"), "my_reviews")
