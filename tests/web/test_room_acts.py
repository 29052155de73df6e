"""What is done in the room: 204 to a page that listens, back to the page from a plain form, sentences when refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from soi.ballots.enums import PollState
from soi.ballots.models import Poll
from soi.conferences.enums import FloorState, RequestState
from soi.conferences.models import Contribution, SpeechRequest
from tests.conferences.hall import Hall, build_hall
from tests.conferences.test_deciding import counted, draft
from tests.factories import Region


@pytest.fixture
def hall(region: Region) -> Hall:
    return build_hall(region)


def post(hall: Hall, who: str, name: str, *args: int, live: bool = True, **data: Any) -> Any:
    """As the page does it (``live``), or as a plain form."""
    client = Client()
    client.force_login(hall.region.users[who])
    headers = {"HX-Request": "true"} if live else {}
    return client.post(reverse(name, args=[hall.conference.pk, *args]), data, headers=headers)


@pytest.fixture
def opened(hall: Hall) -> Hall:
    assert post(hall, "commander", "floor_opening").status_code == 204
    return hall


def test_opened_and_back_to_the_room_from_a_plain_form(hall: Hall) -> None:
    answer = post(hall, "commander", "floor_opening", live=False)
    assert (answer.status_code, answer.url) == (302, reverse("room", args=[hall.conference.pk]))
    assert hall.floor.state == FloorState.ITEM


def test_back_to_where_the_form_stood_and_nowhere_else(opened: Hall) -> None:
    there = reverse("room_chair", args=[opened.conference.pk])
    assert post(opened, "press", "floor_pause", live=False, next=there).url == there
    away = post(opened, "press", "floor_resume", live=False, next="https://ngoai.example/")
    assert away.url == reverse("room", args=[opened.conference.pk])


def test_a_refusal_is_a_sentence_with_its_status(opened: Hall) -> None:
    again = post(opened, "press", "floor_opening")
    assert (again.status_code, "đã khai mạc" in again.text) == (409, True)
    wrong = post(opened, "press", "floor_page", page="ba")
    assert (wrong.status_code, "chữ số" in wrong.text) == (422, True)
    assert post(opened, "brigade", "floor_pause").status_code == 403
    assert post(opened, "brigadeclerk", "floor_pause").status_code == 404
    assert post(opened, "press", "floor_item", item="999999999999999").status_code == 422


def test_the_programme_and_the_papers(opened: Hall) -> None:
    hall = opened
    assert post(hall, "press", "floor_item", item=hall.items["report"].pk).status_code == 204
    assert post(hall, "press", "floor_paper", paper=hall.papers["draft"].pk).status_code == 204
    assert post(hall, "division", "floor_page", page="3").status_code == 204
    assert (hall.floor.item_id, hall.floor.page) == (hall.items["report"].pk, 3)
    assert post(hall, "press", "floor_paper_away").status_code == 204
    assert post(hall, "press", "floor_timer", seconds="300").status_code == 204
    assert post(hall, "press", "floor_rule", rule="least_time", speech_minutes="").status_code == 204
    assert (hall.floor.rule, hall.floor.timer_seconds) == ("least_time", 300)
    for name, field in (("floor_item", "item"), ("floor_paper", "paper"), ("floor_page", "page")):
        assert post(hall, "press", name, **{field: ""}).status_code in {409, 422}


def test_from_asking_to_the_end_of_the_speech(opened: Hall) -> None:
    hall = opened
    assert post(hall, "brigade", "floor_request", kind="speak", topic="quân số").status_code == 204
    assert post(hall, "brigade", "floor_request", kind="speak").status_code == 409
    asked = SpeechRequest.objects.get()
    assert (asked.topic, asked.site_id) == ("quân số", hall.sites["brigade"].pk)
    assert post(hall, "press", "floor_giving", request=asked.pk).status_code == 204
    assert hall.floor.state == FloorState.SPEAKING
    assert (
        post(hall, "press", "contribution_new", kind="cause", text="ý", person="speaking").status_code == 204
    )
    assert Contribution.objects.get().person_id == hall.person("brigade")
    assert post(hall, "brigade", "floor_speech_end").status_code == 204
    assert hall.floor.state == FloorState.ITEM


def test_withdrawn_and_declined(opened: Hall) -> None:
    hall = opened
    for who in ("brigade", "regiment"):
        post(hall, who, "floor_request", kind="speak")
    first, second = SpeechRequest.objects.order_by("pk")
    assert post(hall, "brigade", "floor_withdrawal", first.pk).status_code == 204
    assert post(hall, "press", "floor_declining", second.pk).status_code == 422
    assert post(hall, "press", "floor_declining", second.pk, reason="Hết thời gian").status_code == 204
    states = list(SpeechRequest.objects.order_by("pk").values_list("state", flat=True))
    assert states == [RequestState.WITHDRAWN, RequestState.DECLINED]


def test_a_site_asks_and_somebody_is_called_out_of_turn(opened: Hall) -> None:
    hall = opened
    site = hall.sites["division"].pk
    assert post(hall, "divisionclerk", "floor_request", kind="answer", site=site).status_code == 204
    called = post(hall, "commander", "floor_giving", person=hall.person("brigade"), reason="hỏi thẳng")
    assert called.status_code == 204
    assert hall.last.facts["passed"] == ["Điểm cầu Sư đoàn 901"]


def test_a_contribution_is_withdrawn(opened: Hall) -> None:
    hall = opened
    typed = {"kind": "remedy", "text": "ý kiến", "paper": hall.papers["draft"].pk, "paragraph": "2"}
    assert (
        post(hall, "brigade", "contribution_new", person=hall.person("brigade"), **typed).status_code == 204
    )
    row = Contribution.objects.get()
    assert (row.paragraph, row.person_id) == (2, hall.person("brigade"))
    assert post(hall, "member", "contribution_withdrawal", row.pk).status_code == 403
    assert post(hall, "brigade", "contribution_withdrawal", row.pk).status_code == 204


def test_a_poll_is_opened_and_closed(opened: Hall) -> None:
    hall = opened
    poll = draft(hall)
    assert post(hall, "brigade", "floor_poll", poll.pk).status_code in {403, 404}
    assert post(hall, "clerk", "floor_poll", poll.pk).status_code == 204
    assert post(hall, "clerk", "floor_closing").status_code == 409
    assert post(hall, "clerk", "floor_poll_close", poll.pk + 1).status_code == 409
    assert post(hall, "clerk", "floor_poll_close", poll.pk).status_code == 204
    assert Poll.objects.get(pk=poll.pk).state == PollState.CLOSED
    assert post(hall, "clerk", "floor_poll_publication", poll.pk).status_code == 409
    assert post(hall, "clerk", "floor_closing").status_code == 204


def together(hall: Hall, who: str = "clerk") -> Client:
    client = Client()
    client.force_login(hall.region.users[who])
    return client


def test_counted_polls_are_announced_together(opened: Hall) -> None:
    hall = opened
    clerk, url = together(hall), reverse("polls_publication", args=[hall.conference.pk])
    assert "Không có kết quả nào chờ công bố" in clerk.get(url).text
    polls = [counted(hall, title) for title in ("Báo cáo quý", "Khen thưởng", "Nghị quyết")]
    draft(hall, title="Chưa bỏ phiếu")
    page = clerk.get(url).text
    assert page.count(" checked") == 3
    assert "Chưa bỏ phiếu" not in page
    none = clerk.post(url)
    assert (none.status_code, "ít nhất một" in none.text, none.text.count(" checked")) == (422, True, 0)
    done = clerk.post(url, {"poll": [polls[0].pk, polls[2].pk]})
    assert (done.status_code, done.url) == (302, reverse("room", args=[hall.conference.pk]))
    assert [Poll.objects.get(pk=poll.pk).state for poll in polls] == ["published", "counted", "published"]
    wall = together(hall, "press").get(reverse("room_wall", args=[hall.conference.pk])).text
    assert "Báo cáo quý" in wall
    assert "Nghị quyết" in wall
    assert "Khen thưởng" not in wall
    # Ticked on a page that is out of date: nothing of it is announced.
    late = clerk.post(url, {"poll": [polls[1].pk, polls[2].pk]})
    assert (late.status_code, "đã công bố" in late.text) == (409, True)
    assert Poll.objects.get(pk=polls[1].pk).state == PollState.COUNTED
    assert clerk.post(url, {"poll": ["999999", "abc"]}).status_code == 404


def test_the_way_to_announce_together_is_offered_where_there_are_several(opened: Hall) -> None:
    url = reverse("polls_publication", args=[opened.conference.pk])
    chair = reverse("room_chair", args=[opened.conference.pk])
    counted(opened, "Báo cáo quý")
    assert url not in together(opened, "press").get(chair).text
    counted(opened, "Khen thưởng")
    assert url in together(opened, "press").get(chair).text
    assert together(opened, "brigade").get(url).status_code == 403


def test_the_list_to_announce_costs_the_same_for_one_and_three(opened: Hall) -> None:
    client, url = together(opened), reverse("polls_publication", args=[opened.conference.pk])
    seen = []
    for titles in (("Báo cáo",), ("Khen thưởng", "Nghị quyết")):
        for title in titles:
            counted(opened, title)
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        seen.append(len(queries))
    assert seen[0] == seen[1] <= 12


def test_nothing_happens_by_looking(opened: Hall) -> None:
    client = Client()
    client.force_login(opened.region.users["commander"])
    for name in ("floor_closing", "floor_pause", "floor_giving", "contribution_new"):
        assert client.get(reverse(name, args=[opened.conference.pk])).status_code == 405
    assert opened.floor.number == 1
