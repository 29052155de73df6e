"""The pages of prompts, explanations, carried rows, measures, finalizing and deciding, as people meet them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from soi.base import triggers
from soi.reviews.enums import ReviewState
from soi.reviews.models import Explanation, Measure, Prompt
from soi.work.models import Task
from tests.factories import build_region
from tests.reviews.deciding import ASKED, Deciding, deciding_of


@pytest.fixture
def deciding(db: Any) -> Deciding:
    """The region on the day on which the pages are asked: the clock enters at the door."""
    return deciding_of(build_region(NOW))


@pytest.fixture
def enter(deciding: Deciding) -> Callable[[str], Client]:
    """Đăng nhập."""

    def as_user(name: str) -> Client:
        client = Client()
        client.force_login(deciding.region.users[name])
        return client

    return as_user


Enter = Callable[[str], Client]
NOW = timezone.now()
SOON = timezone.localdate(NOW) + dt.timedelta(days=60)
PROMPTS_PAGE = 6


def page(client: Client, deciding: Deciding) -> str:
    return client.get(reverse("review_detail", args=[deciding.review.pk])).content.decode()


def post(client: Client, name: str, pk: int, data: dict[str, Any] | None = None) -> Any:
    return client.post(reverse(name, args=[pk]), data or {}, follow=True)


def test_the_whole_way_from_prompt_to_approval(deciding: Deciding, enter: Enter) -> None:
    clerk, author = enter("clerk"), enter("division")
    cycle = deciding.review.cycle_id
    brigade = deciding.played.review("brigade")
    answer = post(
        clerk, "review_prompts", cycle,
        {"reviews": [deciding.review.pk, brigade.pk], "text": ASKED, "second": "Điều thứ hai"},
    )  # fmt: skip
    assert "Đã lập 4 gợi ý" in answer.content.decode()
    assert ASKED not in page(author, deciding), "nobody below sees a prompt before it is sent"
    assert "0 gợi ý" not in answer.content.decode()

    mine = list(Prompt.objects.filter(review=deciding.review))
    assert (
        "Đã gửi 2 gợi ý"
        in post(
            clerk, "review_prompts_sending", cycle, {"prompt": [prompt.pk for prompt in mine]}
        ).content.decode()
    )
    assert Prompt.objects.filter(sent_on=None).count() == 2, "only the ticked ones were sent"
    assert ASKED in page(author, deciding)
    assert "Gợi ý kiểm điểm chờ giải trình" in author.get(reverse("my_work")).content.decode()

    deciding.write()
    text = page(author, deciding)
    assert "Còn 2 gợi ý" in text
    assert "Còn 1 mục chuyển sang" in text
    refused = post(author, "review_finalizing", deciding.review.pk)
    assert refused.status_code == 409
    assert deciding.review.state == ReviewState.DRAFT

    for prompt in mine:
        post(author, "review_explanation", prompt.pk, {"text": f"Giải trình {prompt.number}"})
    row = deciding.carried
    saved = post(
        author, "review_carried", row.pk,
        {"answer": "Đã kiểm tra", "why_not": "Còn 2 đơn vị", "version": row.version},
    )  # fmt: skip
    assert "Chưa khắc phục" in saved.content.decode()
    measure = {
        "statement": "Rà soát phân công của 5 đơn vị", "deliverable": "5 bảng phân công", "version": 0,
        "accountable_post": deciding.region.posts["division"].pk, "area": "leadership",
        "due_on": f"{SOON:%d/%m/%Y}",
    }  # fmt: skip
    vague = {**measure, "statement": "Tăng cường lãnh đạo", "deliverable": "Chuyển biến tích cực"}
    assert (
        "không kiểm tra được"
        in post(author, "review_measure_new", deciding.review.pk, vague).content.decode()
    )
    post(author, "review_measure_new", deciding.review.pk, measure)
    assert "Đã đủ." in page(author, deciding)
    assert "Đã chốt" in post(author, "review_finalizing", deciding.review.pk).content.decode()
    assert Task.objects.count() == 1

    decide = reverse("review_decision", args=[deciding.review.pk])
    assert "Giải trình 1" in clerk.get(decide).content.decode()
    early = clerk.post(decide, {"decision": "approve"})
    assert early.status_code == 409
    assert "Còn 2 giải trình" in early.content.decode()
    for one in Explanation.objects.all():
        post(clerk, "review_judgement", one.pk, {"verdict": "accepted"})
    assert "Đã duyệt." in clerk.post(decide, {"decision": "approve"}, follow=True).content.decode()
    assert deciding.review.state == ReviewState.APPROVED


def test_returned_the_author_reads_the_reason_and_above_does_not_read_the_new_draft(
    deciding: Deciding, enter: Enter
) -> None:
    deciding.ready()
    deciding.finalize()
    clerk, author = enter("clerk"), enter("division")
    decide = reverse("review_decision", args=[deciding.review.pk])
    empty = clerk.post(decide, {"decision": "return"})
    assert empty.status_code == 422
    assert "lý do trả lại" in empty.content.decode()
    clerk.post(decide, {"decision": "return", "reason": "CANARY thiếu trách nhiệm"})
    assert "CANARY thiếu trách nhiệm" in page(author, deciding)
    deciding.write("CANARY lời mới chưa chốt")
    assert "CANARY lời mới chưa chốt" in page(author, deciding)
    for address in (f"?lan={number}" for number in (1, 2, 3)):
        url = reverse("review_detail", args=[deciding.review.pk]) + address
        assert "CANARY lời mới chưa chốt" not in clerk.get(url).content.decode()


def test_a_correction_says_why_and_both_editions_are_shown(deciding: Deciding, enter: Enter) -> None:
    deciding.ready()
    deciding.finalize()
    author = enter("division")
    opened = post(author, "review_correction", deciding.review.pk, {"reason": "CANARY sai số liệu"})
    assert "CANARY sai số liệu" in opened.content.decode()
    text = page(author, deciding)
    assert "Lần 1" in text
    assert "văn bản còn nguyên" in text


def test_a_broken_mark_is_said_aloud(deciding: Deciding, enter: Enter) -> None:
    deciding.ready()
    deciding.finalize()
    triggers.remove(connection)
    deciding.review.finalizations.update(text="Lời đã bị thay")
    assert "không còn khớp với dấu" in page(enter("division"), deciding)


def test_who_may_not_is_not_offered_the_button(deciding: Deciding, enter: Enter) -> None:
    deciding.ready()
    prompt = deciding.prompt()
    explain = reverse("review_explanation", args=[prompt.pk])
    assert explain in page(enter("division"), deciding)
    for name in ("clerk", "secretary"):
        assert explain not in page(enter(name), deciding)
        assert enter(name).get(explain).status_code == 403
    assert enter("brigade").get(explain).status_code == 404


def test_an_unsent_prompt_is_nowhere_for_who_will_receive_it(deciding: Deciding, enter: Enter) -> None:
    prompt = deciding.prepare("CANARY chưa gửi")[0]
    author = enter("division")
    assert "CANARY chưa gửi" not in page(author, deciding)
    for name in ("review_prompt_edit", "review_prompt_withdrawal", "review_explanation"):
        assert author.get(reverse(name, args=[prompt.pk])).status_code == 404
    listed = author.get(reverse("review_prompts", args=[deciding.review.cycle_id])).content.decode()
    assert "CANARY chưa gửi" not in listed
    assert "CANARY chưa gửi" not in author.get(reverse("my_work")).content.decode()


def test_typed_words_come_back_when_somebody_was_faster(deciding: Deciding, enter: Enter) -> None:
    row = deciding.carried
    deciding.answer(row, answer="CANARY lời trước")
    again = post(
        enter("divisionclerk"), "review_carried", row.pk,
        {"answer": "CANARY lời sau", "why_not": "Vì", "version": row.version},
    )  # fmt: skip
    assert again.status_code == 409
    assert "CANARY lời trước" in again.content.decode()
    assert "CANARY lời sau" in again.content.decode()


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_of_prompts_asks_the_same_for_one_and_for_many(
    deciding: Deciding, enter: Enter, many: int
) -> None:
    deciding.prepare(*[f"Gợi ý {number}" for number in range(many)])
    client, url = enter("clerk"), reverse("review_prompts", args=[deciding.review.cycle_id])
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    assert len(asked) == PROMPTS_PAGE, [query["sql"][:90] for query in asked]


def test_measures_are_dropped_by_a_button(deciding: Deciding, enter: Enter) -> None:
    measure = deciding.measure(due_on=SOON)
    post(enter("division"), "review_measure_drop", measure.pk)
    assert Measure.objects.get().dropped
