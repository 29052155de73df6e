"""Việc làm hàng loạt trên trang: choose, change together, take back; without JavaScript as with it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client

from soi.work import tasks
from soi.work.models import BulkChange, Task
from tests.factories import Region
from tests.web.findings_world import enter, words
from tests.work.story import DUE_ON, Story

URL = "/cong-viec/hang-loat/"
NEW = dt.date(2022, 1, 31)


@pytest.fixture(autouse=True)
def _the_day(time_machine: Any, region: Region) -> None:
    time_machine.move_to(region.now, tick=False)


@pytest.fixture
def story(region: Region) -> Story:
    return Story(region, region.now)


@pytest.fixture
def three(story: Story) -> list[Task]:
    return [story.assign(statement=f"Việc thứ {number}, lập biên bản") for number in (1, 2, 3)]


def keys(chosen: list[Task]) -> list[int]:
    return [task.pk for task in chosen]


def dues(chosen: list[Task]) -> list[dt.date]:
    return list(Task.objects.filter(pk__in=keys(chosen)).order_by("pk").values_list("due_on", flat=True))


def test_the_list_is_a_form_of_checkboxes_and_buttons(region: Region, three: list[Task]) -> None:
    page = enter(region, "clerk").get("/cong-viec/?q=thu").content.decode()
    assert re.search(r'<form method="get" action="/cong-viec/hang-loat/" data-select>', page)
    for task in three:
        assert re.search(rf'<input type="checkbox" name="task" value="{task.pk}" data-row', page)
    assert set(re.findall(r'name="kind" value="(\w+)"', page)) == {"hand_over", "change_due", "remind"}
    assert 'name="next" value="/cong-viec/?q=thu"' in page
    # Who changes nothing is offered no boxes; the list is the same.
    plain = enter(region, "inspector").get("/cong-viec/").content.decode()
    assert "data-row" not in plain
    assert "Việc thứ 1" in plain


def test_change_the_day_of_three_and_take_it_back(region: Region, three: list[Task]) -> None:
    client, back = enter(region, "clerk"), "/cong-viec/?standing=open"
    form = client.get(URL, {"kind": "change_due", "task": keys(three), "next": back})
    assert "3 nhiệm vụ đã chọn" in words(form)
    assert "Đổi hạn 3 nhiệm vụ" in words(form)
    data = {
        "kind": "change_due", "task": keys(three), "next": back, "due_on": "31/01/2022", "reason": "Lùi hội nghị",
    }  # fmt: skip
    answer = client.post(URL, data)
    assert (answer.status_code, answer["Location"]) == (302, back)
    assert dues(three) == [NEW] * 3
    page = client.get(back)
    assert "Đã đổi hạn 3 nhiệm vụ." in words(page)
    undo = re.search(r'action="(/cong-viec/hang-loat/\d+/hoan-tac/)"', page.content.decode())
    assert undo
    assert "flash-success" in page.content.decode()
    # It stays within reach for the day, more quietly.
    again = client.get("/cong-viec/").content.decode()
    assert undo[1] in again
    assert "flash-success" not in again
    assert client.post(undo[1], {"next": back})["Location"] == back
    assert dues(three) == [DUE_ON] * 3
    shown = client.get(back)
    assert "Đã hoàn tác 3 nhiệm vụ." in words(shown)
    assert "hoan-tac" not in shown.content.decode()


def test_hand_over_many(region: Region, three: list[Task]) -> None:
    client = enter(region, "clerk")
    page = client.get(URL, {"kind": "hand_over", "task": keys(three)}).content.decode()
    assert "Bí thư Đảng ủy Lữ đoàn · Cao Văn Lữ" in page
    data = {"kind": "hand_over", "task": keys(three[:2]), "accountable_post": region.posts["brigade"].pk}
    assert client.post(URL, data).status_code == 302
    owners = Task.objects.order_by("pk").values_list("accountable_post", flat=True)
    brigade, division = region.posts["brigade"].pk, region.posts["division"].pk
    assert list(owners) == [brigade, brigade, division]


def test_remind_counts_those_reminded(region: Region, three: list[Task]) -> None:
    client = enter(region, "clerk")
    tasks.remind(actor=region.actor("clerk"), tasks=three[:1], now=region.now)
    data = {"kind": "remind", "task": keys(three), "note": "Sắp đến hạn"}
    assert client.post(URL, data).status_code == 302
    assert "Đã nhắc 2 nhiệm vụ." in words(client.get("/cong-viec/"))
    assert client.post(URL, data).status_code == 409


def test_all_or_none(region: Region, story: Story, three: list[Task]) -> None:
    story.done(three[1])
    data = {"kind": "change_due", "task": keys(three), "due_on": "31/01/2022", "reason": "Lùi hội nghị"}
    refused = enter(region, "clerk").post(URL, data)
    assert refused.status_code == 409
    assert "Việc thứ 2" in words(refused)
    # What was typed and chosen is still there.
    page = refused.content.decode()
    assert "Lùi hội nghị</textarea>" in page
    assert 'value="31/01/2022"' in page
    assert page.count('type="hidden" name="task"') == 3
    assert dues(three) == [DUE_ON] * 3
    assert not BulkChange.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"due_on": ""}, {"due_on": "31/02/2022"}, {"due_on": "01/01/2020"}, {"reason": ""}, {"due_on": "31/12/2021"},
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_changes(
    region: Region, three: list[Task], wrong: dict[str, str]
) -> None:
    data = {"kind": "change_due", "task": keys(three), "due_on": "31/01/2022", "reason": "Lùi", **wrong}
    assert enter(region, "clerk").post(URL, data).status_code == 422
    assert dues(three) == [DUE_ON] * 3


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({}, 422), ({"kind": "destroy"}, 422), ({"kind": "destroy", "task": "own"}, 404), ({"kind": "remind"}, 422),
        ({"kind": "remind", "task": "abc"}, 422), ({"kind": "remind", "task": "987654321"}, 404),
        ({"kind": "remind", "task": "9" * 40}, 422), ({"kind": "remind", "task": [str(n) for n in range(1, 700)]}, 422),
    ],
)  # fmt: skip
def test_odd_requests_are_refused(region: Region, story: Story, asked: dict[str, Any], status: int) -> None:
    client, own = enter(region, "clerk"), story.assign()
    asked = {**asked, "task": own.pk} if asked.get("task") == "own" else asked
    assert client.get(URL, asked).status_code == status
    assert client.post(URL, asked).status_code == status


def test_one_out_of_sight_hides_all(region: Region, story: Story) -> None:
    hidden = story.assign(to="brigade", statement="Việc riêng của lữ đoàn, lập biên bản")
    own = story.assign(by="divisionclerk", giver="division", to="regiment")
    client = enter(region, "divisionclerk")
    answer = client.get(URL, {"kind": "remind", "task": [own.pk, hidden.pk]})
    assert answer.status_code == 404
    assert "lữ đoàn" not in words(answer)
    assert client.post(URL, {"kind": "remind", "task": [own.pk]}).status_code == 302


def test_not_given_by_me_is_refused(region: Region, three: list[Task]) -> None:
    data = {"kind": "remind", "task": keys(three)}
    assert enter(region, "divisionclerk").post(URL, data).status_code == 403


def test_only_the_author_takes_back_and_only_what_nobody_changed_since(
    region: Region, story: Story, three: list[Task]
) -> None:
    client = enter(region, "clerk")
    client.post(URL, {"kind": "change_due", "task": keys(three), "due_on": "31/01/2022", "reason": "Lùi"})
    undo = f"{URL}{BulkChange.objects.get().pk}/hoan-tac/"
    assert enter(region, "secretary").post(undo).status_code == 404
    assert "hoan-tac" not in enter(region, "secretary").get("/cong-viec/").content.decode()
    three[0].refresh_from_db()
    tasks.change_due(
        actor=region.actor("secretary"),
        task=three[0],
        due_on=dt.date(2022, 2, 28),
        reason="Lùi nữa",
        now=region.now,
    )
    refused = client.post(undo)
    assert refused.status_code == 409
    assert "Việc thứ 1" in words(refused)
    assert dues(three)[1:] == [NEW, NEW]


def test_nobody_is_led_elsewhere(region: Region, three: list[Task]) -> None:
    client: Client = enter(region, "clerk")
    for target in ("https://example.org/", "//example.org", "javascript:alert(1)"):
        data = {"kind": "remind", "task": keys(three[:1]), "next": target}
        page = client.get(URL, data).content.decode()
        assert target not in page
    assert client.post(URL, {**data, "next": "//example.org"})["Location"] == "/cong-viec/"


@pytest.mark.parametrize("target", ["-1", "task_detail", '{"a":1}', "%", "..", "x" * 9000, "cong-viec/"])
def test_an_odd_way_back_leads_to_the_list(region: Region, three: list[Task], target: str) -> None:
    client: Client = enter(region, "clerk")
    answer = client.post(URL, {"kind": "remind", "task": keys(three[:1]), "next": target})
    assert (answer.status_code, answer["Location"]) == (302, "/cong-viec/")
    read = client.post("/thong-bao/da-doc/", {"next": target})
    assert (read.status_code, read["Location"]) == (302, "/thong-bao/")


def test_one_task_is_reminded_from_its_page_and_leads_back_there(region: Region, three: list[Task]) -> None:
    client, url = enter(region, "clerk"), f"/cong-viec/{three[0].pk}/"
    page = client.get(url).content.decode()
    link = re.search(r'href="(/cong-viec/hang-loat/\?kind=remind[^"]+)"', page)
    assert link
    form = client.get(link[1].replace("&amp;", "&")).content.decode()
    assert f'name="next" value="{url}"' in form
    answer = client.post(URL, {"kind": "remind", "task": three[0].pk, "next": url})
    assert answer["Location"] == url
    assert "Đã nhắc 1 nhiệm vụ." in words(client.get(url))
