"""Điều chỉnh biện pháp và giao việc từ kết luận, on the pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from soi.conferences import actions as conferences
from soi.conferences import minutes
from soi.conferences.enums import ConferenceKind
from soi.conferences.models import Conclusion
from soi.findings.models import Remedy
from soi.org.enums import WorkArea
from soi.work.models import Task
from tests.factories import Region
from tests.web.findings_world import Book, enter, words


@pytest.fixture(autouse=True)
def _the_day(time_machine: Any, region: Region) -> None:
    time_machine.move_to(region.now, tick=False)


@pytest.fixture
def remedy(region: Region) -> Remedy:
    book = Book(region)
    return book.remedy(book.finding("Phân công chưa rõ"))


@pytest.fixture
def conclusion(region: Region) -> Conclusion:
    clerk = region.actor("divisionclerk")
    conference = conferences.record_conference(
        actor=clerk, organization=region.bodies["division"], kind=ConferenceKind.BRIEFING_QUARTER,
        title="Giao ban quý III", date_start=dt.date(2021, 10, 5), now=region.now,
    )  # fmt: skip
    new = minutes.NewConclusion("Kiểm tra sổ trực của ba tiểu đoàn", area=WorkArea.LEADERSHIP, period="")
    return minutes.add_conclusions(actor=clerk, conference=conference, conclusions=[new], now=region.now)[0]


def changed(region: Region, **values: str) -> dict[str, str]:
    return {
        "accountable_post": str(region.posts["regiment"].pk), "due_on": "20/12/2021",
        "reason": "Trung đoàn đang huấn luyện dã ngoại", **values,
    }  # fmt: skip


def test_the_page_offers_the_change_and_shows_it_afterwards(region: Region, remedy: Remedy) -> None:
    client = enter(region, "divisionclerk")
    url = reverse("remedy_change", args=[remedy.pk])
    assert url in client.get(f"/so-theo-doi/{remedy.finding_id}/").text
    answer = client.post(url, changed(region, due_on="31/01/2022"), follow=True)
    assert answer.status_code == 200
    shown = words(answer)
    assert "Thời hạn từ 20/12/2021 sang 31/01/2022" in shown
    assert "huấn luyện dã ngoại" in shown
    history = words(client.get(f"/so-theo-doi/{remedy.finding_id}/lich-su/"))
    assert "Điều chỉnh biện pháp" in history


def test_the_accountable_person_is_not_offered_it(region: Region, remedy: Remedy) -> None:
    client = enter(region, "regiment")
    url = reverse("remedy_change", args=[remedy.pk])
    assert url not in client.get(f"/so-theo-doi/{remedy.finding_id}/").text
    answer = client.post(url, changed(region, due_on="31/01/2022"))
    assert answer.status_code == 403
    assert Remedy.objects.get().due_on == dt.date(2021, 12, 20)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "Chưa có gì thay đổi"),
        ({"due_on": "01/10/2021"}, "đã qua"),
        ({"due_on": "31/01/2022", "reason": " "}, "Lý do"),
        ({"accountable_post": "999999999999999999999"}, "Chịu trách nhiệm chính"),
    ],
)
def test_a_wrong_change_is_told_and_kept(
    region: Region, remedy: Remedy, values: dict[str, str], sentence: str
) -> None:
    answer = enter(region, "divisionclerk").post(
        reverse("remedy_change", args=[remedy.pk]), changed(region, **values)
    )
    assert answer.status_code == 422
    assert sentence in words(answer)


def test_a_remedy_becomes_a_task_and_each_shows_the_other(region: Region, remedy: Remedy) -> None:
    client = enter(region, "divisionclerk")
    url = reverse("remedy_programme", args=[remedy.pk])
    answer = client.post(url, {"programme": ""}, follow=True)
    assert "Trong chương trình công tác" in words(answer)
    task = Task.objects.get()
    assert (task.origin, task.accountable_post) == ("remedy", remedy.accountable_post)
    assert client.post(url, {"programme": ""}).status_code == 409


def give(client: Client, conclusion: Conclusion, region: Region, **values: str) -> Any:
    sent = {
        "statement": conclusion.statement, "accountable_post": str(region.posts["regiment"].pk),
        "deliverable": "Biên bản kiểm tra ba tiểu đoàn", "due_on": "31/12/2021", "area": "leadership",
        **values,
    }  # fmt: skip
    return client.post(reverse("conclusion_task", args=[conclusion.pk]), sent, follow=True)


def test_a_conclusion_becomes_a_task_in_one_step(region: Region, conclusion: Conclusion) -> None:
    client = enter(region, "divisionclerk")
    page = f"/hoi-nghi/{conclusion.conference_id}/"
    assert reverse("conclusion_task", args=[conclusion.pk]) in client.get(page).text
    shown = words(give(client, conclusion, region))
    assert "đã giao Bí thư Đảng ủy Trung đoàn, hạn 31/12/2021" in shown
    task = Task.objects.get()
    assert (task.origin, task.assigned_by) == ("conclusion", region.bodies["division"])
    assert give(client, conclusion, region).status_code == 409
    assert Task.objects.count() == 1


def test_a_vague_conclusion_is_refused_with_a_better_wording(region: Region, conclusion: Conclusion) -> None:
    client = enter(region, "divisionclerk")
    answer = give(client, conclusion, region, statement="Tăng cường công tác kiểm tra", deliverable="Báo cáo")
    assert answer.status_code == 422
    assert "Có thể viết" in words(answer)
    assert not Task.objects.exists()


def test_others_give_nothing(region: Region, conclusion: Conclusion) -> None:
    assert give(enter(region, "brigadeclerk"), conclusion, region).status_code == 404
    assert give(enter(region, "inspector"), conclusion, region).status_code == 403
    assert not Task.objects.exists()
