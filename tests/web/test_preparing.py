"""Trang chuẩn bị: one page with what is missing, the invitation and its reply, papers only for those who may."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar
from pytest_django import Settings

from soi.conferences import agenda, inviting, preparing
from soi.conferences.enums import AttendanceRole, Reply, Secrecy
from soi.conferences.models import Conference, Invitation, Paper
from soi.history.actions import seal_pending
from soi.notices.enums import NoticeKind
from soi.notices.making import make_notices
from soi.notices.models import Notice
from tests.factories import Region
from tests.web.before_world import add_paper, prepare
from tests.web.findings_world import enter, words


@pytest.fixture(autouse=True)
def _the_day(time_machine: Any, region: Region, settings: Settings, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    time_machine.move_to(region.now, tick=False)


@pytest.fixture
def ahead(region: Region) -> Conference:
    return prepare(region)


def url(name: str, *args: Any) -> str:
    return reverse(name, args=[getattr(one, "pk", one) for one in args])


def clerk(region: Region) -> Client:
    return enter(region, "divisionclerk")


def invite(region: Region, conference: Conference, *names: str, **facts: Any) -> list[Invitation]:
    people = [region.people[name] for name in names]
    actor = region.system
    rows = inviting.invite(actor=actor, conference=conference, people=people, now=region.now, **facts)
    inviting.send(actor=actor, conference=conference, now=region.now)
    return rows


# --- preparing -------------------------------------------------------------------------------------------


def test_a_conference_is_prepared_from_a_template_in_one_form(region: Region) -> None:
    client = clerk(region)
    form = client.get(url("preparation_new"))
    assert "Kiểm điểm cuối năm" in form.text
    answer = client.post(
        url("preparation_new"),
        {
            "template": "kiem-diem", "organization": region.bodies["regiment"].pk, "title": "",
            "date_start": "20/12/2021", "starts_at": "7h30", "ends_at": "11:30", "form": "in_person",
            "place": "Hội trường", "period": "năm 2021",
        },
    )  # fmt: skip
    made = Conference.objects.get()
    assert answer.url == url("preparation", made)  # type: ignore[attr-defined]
    assert (made.starts_at, made.ends_at, made.period) == (dt.time(7, 30), dt.time(11, 30), "2021")
    page = words(client.get(answer.url))  # type: ignore[attr-defined]
    assert "2.1. Trình bày báo cáo kiểm điểm tập thể" in page
    assert "Chưa mời ai" in page


def test_a_past_day_is_refused_and_what_was_typed_stays(region: Region) -> None:
    data = {
        "template": "giao-ban", "organization": region.bodies["regiment"].pk, "title": "Giao ban đột xuất",
        "date_start": "01/11/2021", "starts_at": "8:00", "form": "in_person",
    }  # fmt: skip
    answer = clerk(region).post(url("preparation_new"), data)
    assert answer.status_code == 422
    assert "Phải từ hôm nay trở đi" in answer.text
    assert "Giao ban đột xuất" in answer.text


def main_action(client: Client, conference: Conference) -> str:
    text = client.get(url("preparation", conference)).text
    found = re.findall(r'class="btn btn-primary"[^>]*>(?:<svg.*?</svg>)?([^<]+)<', text)
    found = [one for one in found if one.strip() != "Đồng ý"]  # that of the dialog which every page has
    assert len(found) == 1, found
    return str(found[0]).strip()


def test_there_is_one_main_action_at_each_state(region: Region, ahead: Conference) -> None:
    """Followed as a new user would: press what the page offers until nothing is missing."""
    client, actor, now = clerk(region), region.actor("divisionclerk"), region.now
    assert main_action(client, ahead) == "Thêm điểm cầu"
    for name in ("Sở chỉ huy", "Tiểu đoàn 1"):
        facts = preparing.SiteFacts(name, head=region.people["regiment"], technician=region.people["member"])
        preparing.add_site(actor=actor, conference=ahead, facts=facts, now=now)
    assert main_action(client, ahead) == "Chọn người mời"
    inviting.invite(actor=actor, conference=ahead, people=[region.people["division"]], now=now)
    assert main_action(client, ahead) == "Chọn chủ trì"
    for name, role in (("regiment", AttendanceRole.CHAIR), ("member", AttendanceRole.SECRETARY)):
        inviting.invite(actor=actor, conference=ahead, people=[region.people[name]], role=role, now=now)
    assert main_action(client, ahead) == "Gửi 3 giấy mời"
    client.post(url("invitations_sending", ahead))
    preparing.ask(actor=actor, conference=ahead, asked_by=region.bodies["division"], text="Làm rõ", now=now)
    assert main_action(client, ahead) == "Ghi giải trình"
    preparing.answer_question(actor=actor, question=ahead.prior_questions.get(), answer="Đã rõ", now=now)
    assert main_action(client, ahead) == "Thêm tài liệu"
    for item in ahead.agenda.filter(kind="report"):
        facts = agenda.ItemFacts(item.title, minutes=item.minutes)
        agenda.edit_item(actor=actor, item=agenda.get_item(actor, item.pk), facts=facts, now=now)
    assert main_action(client, ahead) == "Nhắc 3 người trả lời"
    for row in inviting.of_conference(ahead):
        inviting.answer(actor=actor, invitation=row, reply=Reply.COMING, now=now)
    assert main_action(client, ahead) == "Vào phòng họp"


def test_overrun_is_said_with_its_minutes(region: Region, ahead: Conference) -> None:
    agenda.add_item(
        actor=region.actor("divisionclerk"), conference=ahead, facts=agenda.ItemFacts("Thêm", minutes=60),
        now=region.now,
    )  # fmt: skip
    page = words(clerk(region).get(url("preparation", ahead)))
    assert "Cộng 165 phút, xong lúc 10:45" in page
    assert "Vượt 45 phút so với giờ kết thúc dự kiến 10:00" in page


def test_agenda_is_added_to_moved_and_taken_from(region: Region, ahead: Conference) -> None:
    client = clerk(region)
    client.post(url("agenda_new", ahead), {"title": "Trao quyết định", "kind": "other", "minutes": "7"})
    item = ahead.agenda.get(title="Trao quyết định")
    client.post(url("agenda_moving", item), {"chieu": "len"})
    rows = client.get(url("preparation", ahead)).context["rows"]
    assert [row.item.pk for row in rows].index(item.pk) == len(rows) - 2
    data = {
        "title": "Trao thưởng",
        "kind": "other",
        "minutes": "5",
        "presenter": region.people["regiment"].pk,
    }
    client.post(url("agenda_edit", item), data)
    page = words(client.get(url("preparation", ahead)))
    assert "Trao thưởng Trình bày: Mai Văn Trung" in page
    client.post(url("agenda_removal", item))
    assert not ahead.agenda.filter(pk=item.pk).exists()


def test_the_chair_sees_how_far_it_is_but_changes_nothing(region: Region, ahead: Conference) -> None:
    invite(region, ahead, "member", role=AttendanceRole.CHAIR)
    page = enter(region, "member").get(url("preparation", ahead))
    assert page.status_code == 200
    assert url("agenda_new", ahead) not in page.text
    assert enter(region, "inspector").get(url("preparation", ahead)).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_three(
    region: Region, ahead: Conference, number: int
) -> None:
    actor = region.actor("divisionclerk")
    invite(region, ahead, *("regiment", "member", "division")[:number])
    for at in range(number):
        add_paper(region, ahead, f"Tài liệu {at}", Secrecy.ALL, f"Chữ {at}".encode())
        preparing.add_site(
            actor=actor, conference=ahead, facts=preparing.SiteFacts(f"Nơi {at}"), now=region.now
        )
        preparing.ask(
            actor=actor, conference=ahead, asked_by=region.bodies["division"], text=f"Rõ {at}", now=region.now
        )
    client = clerk(region)
    client.get(url("preparation", ahead))
    with CaptureQueriesContext(connection) as asked:
        page = client.get(url("preparation", ahead))
    assert len(page.context["invitations"]) == number
    assert len(asked) == PAGE_QUERIES


PAGE_QUERIES = 14


# --- inviting --------------------------------------------------------------------------------------------


def test_the_leadership_is_chosen_in_one_press(region: Region, ahead: Conference) -> None:
    client = clerk(region)
    data = {
        "whom": "leaders",
        "organization": region.bodies["regiment"].pk,
        "is_entitled": "yes",
        "role": "attend",
    }
    client.post(url("invitation_choosing", ahead), data)
    assert [row.person.name for row in ahead.attendances.all()] == ["Mai Văn Trung"]
    data |= {"whom": "heads", "organization": region.bodies["division"].pk}
    assert (
        client.post(url("invitation_choosing", ahead), data).status_code == 409
    )  # the regiment's head again
    data |= {"whom": "people", "people": [region.people["member"].pk], "is_entitled": "no"}
    client.post(url("invitation_choosing", ahead), data)
    assert not Invitation.objects.get(attendance__person=region.people["member"]).is_entitled


def test_single_people_need_a_person(region: Region, ahead: Conference) -> None:
    data = {"whom": "people", "is_entitled": "yes", "role": "attend"}
    answer = clerk(region).post(url("invitation_choosing", ahead), data)
    assert answer.status_code == 422
    assert "ít nhất một người" in answer.text


def test_sending_reaches_inbox_first_page_and_calendar(region: Region, ahead: Conference) -> None:
    invite(region, ahead, "member", "regiment")
    seal_pending()
    make_notices(now=region.now)
    kinds = set(Notice.objects.filter(person=region.people["member"]).values_list("kind", flat=True))
    assert kinds == {NoticeKind.CONFERENCE_INVITED}
    client = enter(region, "member")
    assert "Giấy mời chờ trả lời 1 giấy mời CANARY Giao ban sắp tới" in words(client.get("/"))
    note = Notice.objects.get(person=region.people["member"])
    assert client.get(url("notice_open", note)).url == url("invitation_mine", ahead)  # type: ignore[attr-defined]
    calendar = Calendar.from_ical(client.get(url("invitation_calendar", ahead)).content)
    event = calendar.walk("VEVENT")[0]
    assert event["dtstart"].dt == dt.datetime(2021, 12, 8, 1, 0, tzinfo=dt.UTC)  # 08:00 in Hanoi
    assert event["dtend"].dt - event["dtstart"].dt == dt.timedelta(hours=2)
    assert (event["summary"], event["location"]) == ("CANARY Giao ban sắp tới", "CANARY Hội trường")


def test_a_new_hour_is_told_to_those_who_come(region: Region, ahead: Conference) -> None:
    row = invite(region, ahead, "member", "regiment")[0]
    inviting.answer(
        actor=region.actor("member"), invitation=row, reply=Reply.ABSENT, reason="Đi học", now=region.now
    )
    client = clerk(region)
    form = client.get(url("conference_edit", ahead)).context["form"]
    data = {name: form[name].value() or "" for name in form.fields} | {
        "starts_at": "14:00", "ends_at": "16:00", "date_start": "08/12/2021", "date_end": "08/12/2021",
    }  # fmt: skip
    assert client.post(url("conference_edit", ahead), data).status_code == 302
    seal_pending()
    make_notices(now=region.now)
    moved = Notice.objects.filter(kind=NoticeKind.CONFERENCE_MOVED)
    assert [one.person for one in moved] == [region.people["regiment"]]


# --- replying --------------------------------------------------------------------------------------------


def test_coming_is_one_press(region: Region, ahead: Conference) -> None:
    invite(region, ahead, "member")
    client = enter(region, "member")
    page = words(client.get(url("invitation_mine", ahead)))
    for told in ("Đảng ủy Trung đoàn 91 trân trọng mời đồng chí", "08/12/2021, 08:00–10:00", "Dự trực tuyến"):
        assert told in page
    client.post(url("invitation_mine", ahead), {"reply": "coming"})
    assert inviting.mine(region.actor("member"), ahead).reply == Reply.COMING  # type: ignore[union-attr]
    assert "Giấy mời chờ trả lời" not in words(client.get("/"))


def test_staying_away_without_a_reason_opens_the_field_again(region: Region, ahead: Conference) -> None:
    invite(region, ahead, "member")
    answer = enter(region, "member").post(url("invitation_mine", ahead), {"reply": "absent", "reason": " "})
    assert answer.status_code == 422
    assert "Hãy ghi lý do xin vắng" in answer.text
    assert re.search(r'<details class="reply-more" open><summary>Xin vắng', answer.text)


def test_reading_the_invitation_answers_nothing(region: Region, ahead: Conference) -> None:
    row = invite(region, ahead, "member")[0]
    enter(region, "member").get(f"{url('invitation_mine', ahead)}?reply=coming")
    row.refresh_from_db()
    assert row.reply == Reply.WAITING


def test_who_is_not_invited_finds_no_invitation(region: Region, ahead: Conference) -> None:
    assert enter(region, "inspector").get(url("invitation_mine", ahead)).status_code == 404
    assert enter(region, "brigade").get(url("invitation_mine", ahead)).status_code == 404


def test_the_clerk_enters_what_was_said_by_telephone(region: Region, ahead: Conference) -> None:
    row = invite(region, ahead, "member")[0]
    client = clerk(region)
    assert url("invitation_reply", row) in client.get(url("invitation_edit", row)).text
    client.post(url("invitation_reply", row), {"reply": "absent", "reason": "Ốm"})
    assert "Xin vắng Ốm" in words(client.get(url("preparation", ahead)))


def test_an_opinion_sent_ahead_reaches_the_page_of_preparation(region: Region, ahead: Conference) -> None:
    invite(region, ahead, "member")
    client = enter(region, "member")
    client.post(url("opinion_new", ahead), {"text": "Bổ sung chỉ tiêu", "item": ahead.agenda.all()[1].pk})
    assert "Bổ sung chỉ tiêu" in client.get(url("invitation_mine", ahead)).text
    assert "Bổ sung chỉ tiêu" in clerk(region).get(url("preparation", ahead)).text
    assert "Bổ sung chỉ tiêu" not in enter(region, "inspector").get(url("conference_detail", ahead)).text


# --- papers ----------------------------------------------------------------------------------------------


def test_a_paper_is_uploaded_and_downloaded_under_its_own_name(region: Region, ahead: Conference) -> None:
    client = clerk(region)
    file = SimpleUploadedFile("ban-thao-noi-bo.txt", "Đoạn một.\nĐoạn hai.".encode())
    client.post(
        url("paper_new", ahead),
        {"file": file, "title": "Dự thảo báo cáo", "secrecy": "members", "is_draft": "on"},
    )
    paper = Paper.objects.get()
    text = client.get(url("paper_text", paper)).text
    assert 'id="doan-2">Đoạn hai.' in text
    answer = client.get(url("paper_file", paper))
    assert answer.content.decode() == "Đoạn một.\nĐoạn hai."
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "ban-thao" not in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("secrecy", [Secrecy.MEMBERS, Secrecy.CHAIR])
def test_no_trace_of_a_paper_reaches_who_may_not_read_it(
    region: Region, ahead: Conference, secrecy: Secrecy
) -> None:
    """Mã chim hoàng yến: every page of the conference, its downloads, the texts of the body, the history, searches."""
    invite(region, ahead, "commander", is_entitled=False)
    paper = add_paper(region, ahead, "BIMAT kế hoạch", secrecy, b"BIMAT chu trong tep")
    pages = [
        url(name, ahead)
        for name in (
            "conference_detail", "preparation", "invitation_mine", "invitation_calendar", "opinion_new",
            "minutes_docx", "room", "room_delegate", "room_wall", "minutes",
        )
    ]  # fmt: skip
    pages += [url(name, paper) for name in ("paper_text", "paper_file", "paper_edit")]
    pages += [url(name, paper.source) for name in ("source_text", "source_file")]
    pages += ["/hoi-nghi/?q=bimat", "/nhap-van-ban/", "/thong-bao/", "/"]
    readers = {"inspector", "commander", "brigade", "admin"}
    leaks = [
        (name, page)
        for name in readers
        for page in pages
        if "BIMAT" in enter(region, name).get(page, follow=True).content.decode(errors="ignore")
    ]
    assert leaks == []
    # Positive control: whoever keeps the record sees it, and even they only through the conference.
    seen = [
        page
        for page in pages
        if "BIMAT" in clerk(region).get(page, follow=True).content.decode(errors="ignore")
    ]
    assert {url("conference_detail", ahead), url("preparation", ahead), url("paper_text", paper)} <= set(seen)
    assert not {url("source_text", paper.source), url("source_file", paper.source)} & set(seen)


# --- the record of a conference to come ------------------------------------------------------------------


def test_the_record_of_a_conference_to_come_says_invited_not_present(
    region: Region, ahead: Conference
) -> None:
    invite(region, ahead, "regiment", role=AttendanceRole.CHAIR)
    page = clerk(region).get(url("conference_detail", ahead))
    assert page.context["role_groups"] == []
    assert re.search(r"<dt>Được mời</dt>.*Mai Văn Trung", page.text, re.DOTALL)
    assert url("preparation", ahead) in page.text
    assert "Sắp họp" in clerk(region).get(url("conference_list")).text
    assert (
        url("invitation_mine", ahead) in enter(region, "regiment").get(url("conference_detail", ahead)).text
    )
