"""Phòng họp: who finds which page, what it shows, the small part of one's own, and how many queries it costs."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from soi.ballots.actions import NewQuestion
from soi.ballots.enums import Denominator, Majority, Mode, QuestionKind
from soi.ballots.models import Poll, Teller
from soi.conferences import contributing, deciding, floor, speaking
from soi.conferences.enums import Line, RequestKind
from soi.conferences.models import AttendanceSpan, Conference, Site
from tests.conferences.hall import Hall, build_hall, invite
from tests.factories import Region, add_official

PAGES = ("room_chair", "room_secretary", "room_delegate", "room_site", "room_teller", "room_wall")
# The pages with the session, the rights and one's own part: literal, whatever the size of the conference.
BUDGETS = {
    "room_chair": 17,
    "room_secretary": 18,
    "room_delegate": 20,
    "room_site": 21,
    "room_wall": 15,
}


@pytest.fixture
def hall(region: Region) -> Hall:
    return build_hall(region)


@pytest.fixture
def open_hall(hall: Hall) -> Hall:
    """Opened by the chair, at the discussion of the draft."""
    drive(hall, floor.open_session)
    drive(hall, floor.start_item, item=hall.items["words"].pk)
    return hall


def drive(hall: Hall, act: Any, who: str = "commander", **facts: Any) -> Any:
    return act(actor=hall.actor(who), conference=hall.conference, now=hall.later(), **facts)


def sign_in(hall: Hall, username: str) -> Client:
    client = Client()
    client.force_login(hall.region.users[username])
    return client


def page(hall: Hall, username: str, name: str, *args: Any, **query: Any) -> Any:
    return sign_in(hall, username).get(reverse(name, args=[hall.conference.pk, *args]), query)


def ask(hall: Hall, who: str, topic: str = "", kind: RequestKind = RequestKind.SPEAK) -> Any:
    return drive(hall, speaking.ask_to_speak, who, kind=kind, topic=topic)


def draft_poll(hall: Hall, mode: Mode = Mode.OPEN) -> Poll:
    return drive(
        hall, deciding.new_poll, "clerk", title="Thông qua báo cáo", mode=mode, denominator=Denominator.PRESENT,
        majority=Majority.HALF, item=hall.items["words"].pk,
        questions=[NewQuestion(QuestionKind.YES_NO, "Thông qua báo cáo", ("Đồng ý", "Không đồng ý"))],
    )  # fmt: skip


def add_teller(hall: Hall, poll: Poll, username: str = "inspector") -> None:
    Teller.objects.create(poll=poll, person=hall.region.people[username])


# --- who finds which page ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "pages"),
    [
        ("commander", {"room_chair", "room_secretary", "room_delegate", "room_site", "room_wall"}),
        ("press", {"room_chair", "room_secretary", "room_delegate", "room_site", "room_wall"}),
        ("clerk", {"room_chair", "room_secretary", "room_site", "room_wall"}),
        ("division", {"room_delegate", "room_site"}),
        ("divisionclerk", {"room_site"}),
        ("member", {"room_delegate"}),
        ("admin", set()),
    ],
)
def test_each_finds_the_pages_of_their_part_and_no_other(hall: Hall, who: str, pages: set[str]) -> None:
    found = {name for name in PAGES if page(hall, who, name).status_code == 200}
    assert found == pages
    assert {page(hall, who, name).status_code for name in set(PAGES) - pages} == {404}


def test_a_teller_who_is_no_delegate_finds_the_page_of_tellers(hall: Hall) -> None:
    add_teller(hall, draft_poll(hall), "brigadeclerk")
    answer = page(hall, "brigadeclerk", "room_teller")
    assert answer.status_code == 200
    assert "Thông qua báo cáo" in answer.text


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("commander", "room_chair"),
        ("press", "room_secretary"),
        ("clerk", "room_secretary"),
        ("division", "room_site"),
        ("member", "room_delegate"),
    ],
)
def test_the_entry_leads_to_my_page(hall: Hall, who: str, name: str) -> None:
    answer = page(hall, who, "room")
    assert answer.status_code == 302
    assert answer["Location"] == reverse(name, args=[hall.conference.pk])


def test_who_only_reads_the_conference_has_no_page_in_its_room(hall: Hall) -> None:
    """The inspector may read everything of the region, and has no part in this meeting."""
    assert page(hall, "inspector", "conference_detail").status_code == 200
    assert page(hall, "inspector", "room").status_code == 404
    assert all(page(hall, "inspector", name).status_code == 404 for name in PAGES)


def test_an_invitation_not_sent_opens_no_door(hall: Hall) -> None:
    row = invite(hall, "brigadeclerk", "brigade", there=False)
    row.presence = "invited"
    row.save(update_fields=["presence"])
    row.invitation.sent_at = None
    row.invitation.save(update_fields=["sent_at"])
    assert page(hall, "brigadeclerk", "room_delegate").status_code == 404


def test_looking_changes_nothing(open_hall: Hall) -> None:
    before = open_hall.floor.number
    for name in PAGES:
        page(open_hall, "commander", name)
    page(open_hall, "commander", "room_mine", "delegate")
    assert open_hall.floor.number == before


# --- what the pages show -------------------------------------------------------------------------------------


def test_the_chair_gives_the_floor_with_one_press(open_hall: Hall) -> None:
    ask(open_hall, "member", "Nền nếp sinh hoạt")
    answer = page(open_hall, "commander", "room_chair")
    assert "Mời phát biểu" in answer.text
    assert "Nền nếp sinh hoạt" in answer.text
    form = re.search(r'<form method="post" action="([^"]+)" data-act>(.*?)id="do-main"', answer.text, re.S)
    assert form
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form[2]))
    done = sign_in(open_hall, "commander").post(form[1], fields)
    assert done.status_code == 302
    assert done["Location"] == reverse("room_chair", args=[open_hall.conference.pk])
    assert (
        "Đang phát biểu" in page(open_hall, "member", "room_wall").text or open_hall.floor.state == "speaking"
    )


def test_the_page_listens_from_the_number_it_shows(open_hall: Hall) -> None:
    answer = page(open_hall, "member", "room_delegate")
    assert f'data-live="/truc-tiep/{open_hall.conference.pk}/delegate/"' in answer.text
    assert f'data-number="{open_hall.floor.number}"' in answer.text


def test_the_delegate_asks_sees_the_place_and_withdraws(open_hall: Hall) -> None:
    ask(open_hall, "regiment")
    client = sign_in(open_hall, "member")
    url = reverse("room_delegate", args=[open_hall.conference.pk])
    assert "Đăng ký phát biểu" in client.get(url).text
    sent = client.post(
        reverse("floor_request", args=[open_hall.conference.pk]),
        {"kind": "speak", "topic": "Vũ khí", "next": url},
    )
    assert sent.status_code == 302
    mine = client.get(reverse("room_mine", args=[open_hall.conference.pk, "delegate"])).text
    assert "Còn 1 người trước đồng chí" in mine
    assert "Rút đăng ký" in mine


def test_who_was_not_invited_reads_why_and_the_others_do_not(open_hall: Hall) -> None:
    asked = ask(open_hall, "member")
    drive(open_hall, speaking.decline_request, request=asked.pk, reason="Nội dung này họp buổi chiều")
    mine = page(open_hall, "member", "room_mine", "delegate").text
    assert "Lý do: Nội dung này họp buổi chiều" in mine
    assert "Đăng ký phát biểu" in mine
    for other in ("regiment", "brigade"):
        for name, *more in (("room_mine", "delegate"), ("room_delegate",)):
            assert "họp buổi chiều" not in page(open_hall, other, name, *more).text


def test_a_site_that_was_not_invited_reads_why(open_hall: Hall) -> None:
    site = open_hall.sites["division"]
    asked = drive(open_hall, speaking.ask_to_speak, "divisionclerk", kind="speak", site=site.pk)
    drive(open_hall, speaking.decline_request, request=asked.pk, reason="Hết thời gian")
    assert "Lý do: Hết thời gian" in page(open_hall, "divisionclerk", "room_mine", "site").text
    assert "Hết thời gian" not in page(open_hall, "brigade", "room_mine", "site").text


def test_who_has_the_floor_may_say_that_they_are_done(open_hall: Hall) -> None:
    asked = ask(open_hall, "member")
    drive(open_hall, speaking.give_floor, request=asked.pk)
    mine = page(open_hall, "member", "room_mine", "delegate").text
    assert "Mời đồng chí phát biểu" in mine
    done = sign_in(open_hall, "member").post(reverse("floor_speech_end", args=[open_hall.conference.pk]))
    assert done.status_code in {204, 302}
    assert open_hall.floor.state != "speaking"


def test_my_ballot_is_the_first_thing_i_see_while_it_is_open(open_hall: Hall) -> None:
    poll = draft_poll(open_hall)
    drive(open_hall, deciding.open_vote, "clerk", poll=poll)
    mine = page(open_hall, "member", "room_mine", "delegate").text
    assert reverse("poll_voting", args=[poll.pk]) in mine
    assert "Đăng ký phát biểu" not in mine


def test_a_ballot_of_others_is_not_offered_to_me(open_hall: Hall) -> None:
    invite(open_hall, "brigadeclerk", "brigade", entitled=False)
    poll = draft_poll(open_hall)
    drive(open_hall, deciding.open_vote, "clerk", poll=poll)
    assert (
        reverse("poll_voting", args=[poll.pk])
        not in page(open_hall, "brigadeclerk", "room_mine", "delegate").text
    )


def test_the_presenter_turns_the_pages_on_the_phone(open_hall: Hall) -> None:
    drive(open_hall, floor.start_item, item=open_hall.items["report"].pk)
    drive(open_hall, floor.present, paper=open_hall.papers["draft"].pk)
    drive(open_hall, floor.turn_page, page=3)
    mine = page(open_hall, "division", "room_mine", "delegate").text
    assert 'name="page" value="4"' in mine
    assert 'name="page"' not in page(open_hall, "member", "room_mine", "delegate").text


def test_my_words_can_be_taken_back_and_those_of_others_are_not_there(open_hall: Hall) -> None:
    drive(
        open_hall,
        contributing.add_contribution,
        "member",
        kind="shortcoming",
        text="Chưa đều giữa các chi bộ",
    )
    assert "Chưa đều giữa các chi bộ" in page(open_hall, "member", "room_mine", "delegate").text
    assert "Chưa đều giữa các chi bộ" not in page(open_hall, "regiment", "room_mine", "delegate").text
    assert "Chưa đều giữa các chi bộ" not in page(open_hall, "regiment", "room_delegate").text
    assert "Chưa đều giữa các chi bộ" in page(open_hall, "press", "room_secretary").text


def test_a_delegate_reads_the_papers_of_their_part(open_hall: Hall) -> None:
    invite(open_hall, "brigadeclerk", "brigade", entitled=False)
    member = page(open_hall, "member", "room_delegate").text
    guest = page(open_hall, "brigadeclerk", "room_delegate").text
    assert "Tài liệu draft" in member
    assert "Tài liệu draft" in guest
    assert "Tài liệu members" in member
    assert "Tài liệu members" not in guest
    assert "Tài liệu chair" not in member


# --- the page of a site ----------------------------------------------------------------------------------------


def test_the_site_shows_its_own_people_and_line(open_hall: Hall) -> None:
    answer = page(open_hall, "divisionclerk", "room_site")
    assert "Mai Văn Trung" in answer.text
    assert "Cao Văn Lữ" not in answer.text
    assert answer.context["site"] == open_hall.sites["division"]
    assert [row.is_here for row in answer.context["roster"]] == [True, True, True]


def test_who_is_expected_and_not_yet_there_stands_first(region: Region) -> None:
    hall = build_hall(region, there=False)
    answer = page(hall, "divisionclerk", "room_site")
    assert [row.is_here for row in answer.context["roster"]] == [False, False, False]
    assert answer.context["here"] == []


def test_the_technician_ticks_the_line(open_hall: Hall) -> None:
    site = open_hall.sites["division"]
    url = reverse("site_line", args=[open_hall.conference.pk, site.pk])
    sign_in(open_hall, "divisionclerk").post(url, {"line": Line.CONNECTED})
    assert Site.objects.get(pk=site.pk).line == Line.CONNECTED
    answer = page(open_hall, "divisionclerk", "room_site")
    assert re.search(r'id="line-connected"[^>]*aria-pressed="true"', answer.text)


def test_a_site_asks_as_one(open_hall: Hall) -> None:
    site = open_hall.sites["division"]
    url = reverse("floor_request", args=[open_hall.conference.pk])
    sign_in(open_hall, "division").post(url, {"kind": "speak", "site": site.pk, "topic": "Cả điểm cầu"})
    mine = page(open_hall, "division", "room_mine", "site", **{"diem-cau": site.pk}).text
    assert "Điểm cầu đã đăng ký phát biểu" in mine
    assert "Điểm cầu Sư đoàn 901" in page(open_hall, "commander", "room_chair").text


def test_another_site_in_the_address_changes_nothing_for_who_serves_one(open_hall: Hall) -> None:
    answer = page(open_hall, "divisionclerk", "room_site", **{"diem-cau": open_hall.sites["brigade"].pk})
    assert answer.context["site"] == open_hall.sites["division"]


def test_who_drives_may_look_at_every_site(open_hall: Hall) -> None:
    brigade = open_hall.sites["brigade"]
    answer = page(open_hall, "commander", "room_site", **{"diem-cau": brigade.pk})
    assert answer.context["site"] == brigade
    assert len(answer.context["sites"]) == 3


def test_a_conference_without_sites_says_how_to_add_them(hall: Hall) -> None:
    hall.rows.clear()
    other = Conference.objects.get(pk=hall.conference.pk)
    other.pk = None
    other.save()
    answer = sign_in(hall, "clerk").get(reverse("room_site", args=[other.pk]))
    assert "Hội nghị này không có điểm cầu" in answer.text


# --- the secretary's page and the paper ---------------------------------------------------------------------


def test_the_secretary_types_with_six_kinds_and_ties_words_to_a_paragraph(open_hall: Hall) -> None:
    paper = open_hall.papers["draft"].pk
    answer = page(open_hall, "press", "room_secretary", **{"tai-lieu": paper, "doan": 2})
    assert len(re.findall(r'type="radio" name="kind"', answer.text)) == 6
    assert re.search(rf'<option value="{paper}" selected>', answer.text)
    assert re.search(r'name="paragraph"[^>]*value="2"', answer.text)


def test_the_paper_numbers_its_paragraphs_as_the_minutes_do(open_hall: Hall) -> None:
    answer = page(open_hall, "press", "room_paper", open_hall.papers["draft"].pk)
    assert 'id="doan-3"' in answer.text
    assert 'id="doan-4"' not in answer.text
    assert f"{reverse('room_secretary', args=[open_hall.conference.pk])}?tai-lieu=" in answer.text


@pytest.mark.parametrize(
    ("who", "key", "status"), [("member", "members", 200), ("member", "chair", 404), ("press", "chair", 200)]
)
def test_a_restricted_paper_is_not_there_for_others(open_hall: Hall, who: str, key: str, status: int) -> None:
    assert page(open_hall, who, "room_paper", open_hall.papers[key].pk).status_code == status


def test_a_paper_is_only_read_in_its_own_conference(open_hall: Hall) -> None:
    other = Conference.objects.get(pk=open_hall.conference.pk)
    other.pk = None
    other.save()
    url = reverse("room_paper", args=[other.pk, open_hall.papers["draft"].pk])
    assert sign_in(open_hall, "clerk").get(url).status_code == 404


# --- the wall ----------------------------------------------------------------------------------------------------


def test_the_wall_has_nothing_to_press(open_hall: Hall) -> None:
    ask(open_hall, "member")
    text = page(open_hall, "commander", "room_wall").text
    assert not re.search(r"<(button|form|input|select|a) ", text)


def test_turnout_on_the_wall_is_two_numbers(open_hall: Hall) -> None:
    poll = draft_poll(open_hall)
    drive(open_hall, deciding.open_vote, "clerk", poll=poll)
    text = page(open_hall, "commander", "room_wall").text
    assert '<progress max="6" value="0">' in text
    assert "Thông qua báo cáo" in text


# --- the small part of one's own ------------------------------------------------------------------------------


@pytest.mark.parametrize("audience", ["chair", "wall", "teller", "ai-do"])
def test_only_delegates_and_sites_have_a_part_of_their_own(hall: Hall, audience: str) -> None:
    assert page(hall, "commander", "room_mine", audience).status_code == 404


def test_the_part_of_a_site_is_not_for_delegates(hall: Hall) -> None:
    assert page(hall, "member", "room_mine", "site").status_code == 404


def test_the_fragment_is_what_the_page_had(open_hall: Hall) -> None:
    """live.js leaves a part alone whose words did not change: both must come from one template."""
    full = page(open_hall, "member", "room_delegate").text
    part = page(open_hall, "member", "room_mine", "delegate").text
    bare = re.sub(r'<input type="hidden" name="csrfmiddlewaretoken"[^>]*>', "", part).strip()
    assert bare in re.sub(r'<input type="hidden" name="csrfmiddlewaretoken"[^>]*>', "", full)


# --- the door on the page of the conference ------------------------------------------------------------------


def test_the_conference_shows_the_door_on_its_day(hall: Hall) -> None:
    today = timezone.localdate()
    Conference.objects.filter(pk=hall.conference.pk).update(date_start=today, date_end=today)
    assert "Mở phiên họp" in page(hall, "clerk", "conference_detail").text
    assert "Vào phòng họp" in page(hall, "member", "conference_detail").text
    assert "phong/" not in page(hall, "inspector", "conference_detail").text


def test_without_a_session_an_old_conference_has_no_door(hall: Hall) -> None:
    assert "Mở phiên họp" not in page(hall, "clerk", "conference_detail").text


def test_a_running_session_keeps_its_door_after_midnight(open_hall: Hall) -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Conference.objects.filter(pk=open_hall.conference.pk).update(date_start=yesterday, date_end=yesterday)
    assert "Vào phòng họp" in page(open_hall, "clerk", "conference_detail").text


# --- without scripts, in English, how many queries --------------------------------------------------------------


def test_every_form_comes_back_to_its_page_without_scripts(open_hall: Hall) -> None:
    ask(open_hall, "member")
    text = page(open_hall, "commander", "room_chair").text
    forms = re.findall(r'<form[^>]*method="post"[^>]*>(.*?)</form>', text, re.S)
    inside = [form for form in forms if "data-ask" not in form]
    mine = reverse("room_chair", args=[open_hall.conference.pk])
    assert len(inside) > 8
    assert all("csrfmiddlewaretoken" in form and f'name="next" value="{mine}"' in form for form in inside)


def test_no_inline_style_or_script(open_hall: Hall) -> None:
    for name in ("room_chair", "room_secretary", "room_delegate", "room_site", "room_wall"):
        text = page(open_hall, "commander", name).text
        assert " style=" not in text
        assert not re.search(r"<script(?![^>]*\ssrc=)", text)


@pytest.mark.parametrize("name", BUDGETS)
def test_a_page_costs_the_same_with_one_and_with_many(open_hall: Hall, name: str) -> None:
    ask(open_hall, "member")
    few = _queries(open_hall, name)
    for number in range(3):
        key = f"extra{number}"
        add_official(open_hall.region, key, f"Đồng chí Thêm {number}", "brigade", f"Ủy viên {number}")
        invite(open_hall, key, "brigade")
        ask(open_hall, key)
        Site.objects.create(conference=open_hall.conference, name=f"Điểm cầu thêm {number}")
    many = _queries(open_hall, name)
    assert many == few
    assert many <= BUDGETS[name]


def _queries(hall: Hall, name: str) -> int:
    client = sign_in(hall, "commander")
    url = reverse(name, args=[hall.conference.pk])
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_the_part_of_ones_own_is_small(open_hall: Hall) -> None:
    """Fetched by everybody after every event: no more queries than this."""
    client = sign_in(open_hall, "member")
    url = reverse("room_mine", args=[open_hall.conference.pk, "delegate"])
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        client.get(url)
    assert len(seen) <= 14


# --- ways in and back ---------------------------------------------------------------------------------------


def test_a_ballot_drafted_for_an_item_is_opened_by_the_main_button_there(open_hall: Hall) -> None:
    hall, item = open_hall, open_hall.items["words"]
    client = sign_in(hall, "clerk")
    asked = {"hoi-nghi": hall.conference.pk}
    assert item.title in client.get(reverse("poll_new"), asked).text
    data = {
        **asked, "title": "Thông qua kết luận", "kind": "yes_no", "mode": "open", "majority": Majority.HALF.value,
        "denominator": Denominator.PRESENT.value, "min_body_for_numbers": 5, "item": item.pk,
    }  # fmt: skip
    made = client.post(reverse("poll_new"), data)
    poll = Poll.objects.get(title="Thông qua kết luận")
    assert poll.conference_link.item_id == item.pk
    # From the page of the poll there is a way back to the session.
    assert reverse("room", args=[hall.conference.pk]) in client.get(made.url).text
    assert "Mở bỏ phiếu" in page(hall, "clerk", "room_chair").text
    elsewhere = client.post(reverse("poll_new"), data | {"item": 10**6})
    assert elsewhere.status_code == 422


def test_who_voted_finds_the_way_back_to_the_room(open_hall: Hall) -> None:
    hall = open_hall
    poll = draft_poll(hall)
    drive(hall, deciding.open_vote, "clerk", poll=poll)
    room = reverse("room", args=[hall.conference.pk])
    voting = reverse("poll_voting", args=[poll.pk])
    client = sign_in(hall, "member")
    assert f"{voting}?phong={hall.conference.pk}" in page(hall, "member", "room_delegate").text
    assert f"?phong={hall.conference.pk}" in client.get(voting, {"phong": hall.conference.pk}).text
    cast = client.post(f"{voting}?phong={hall.conference.pk}", {"step": "cast", "q1": "1"})
    assert f'href="{room}"' in cast.text
    nonsense = client.get(f"{voting}?phong=x'y")
    assert nonsense.status_code == 200
    assert reverse("poll_detail", args=[poll.pk]) in nonsense.text


def test_who_is_not_marked_as_here_is_told_how(hall: Hall) -> None:
    words = "Tự điểm danh"
    assert words not in page(hall, "member", "room_delegate").text
    AttendanceSpan.objects.filter(attendance=hall.rows["member"]).update(left_at=hall.later())
    assert words in page(hall, "member", "room_delegate").text
