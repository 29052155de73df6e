"""The pages of attendance: taps on the phone, the roll call, codes, one's own page, the sheets."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from soi.conferences import absences, attending, codes
from soi.conferences.enums import AttendanceRole, Presence, Reply, Way
from soi.conferences.models import AttendanceSpan, Conference, Floor, Invitation, Site
from soi.history.actions import seal_pending
from soi.notices.enums import NoticeKind
from soi.notices.making import make_notices
from soi.notices.models import Notice
from soi.org import staffing
from tests.conferences.attending_hall import TECHNICIAN, Hall, build_hall
from tests.factories import build_region

HTMX = {"HX-Request": "true"}


@pytest.fixture
def hall(db: Any) -> Hall:
    """Today, because the pages take the time from the clock."""
    cache.clear()
    return build_hall(build_region(timezone.now()))


def browser(hall: Hall, who: str) -> Client:
    client = Client()
    client.force_login(hall.region.users[who])
    return client


def page(hall: Hall, who: str, query: str = "", name: str = "attendance_board", *args: int) -> str:
    url = reverse(name, args=[hall.conference.pk, *args])
    answer = browser(hall, who).get(f"{url}?{query}")
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


def tap(hall: Hall, who: str, whom: str, name: str = "attendance_arrival", **data: Any) -> Any:
    url = reverse(name, args=[hall.conference.pk, hall.row(whom).pk])
    return browser(hall, who).post(url, data, headers=HTMX)


# --- the list ------------------------------------------------------------------------------------------


def test_a_tap_says_here_and_the_figures_follow(hall: Hall) -> None:
    answer = tap(hall, "clerk", "brigade")
    words = answer.content.decode()
    assert (answer.status_code, answer.headers["Content-Type"][:9]) == (200, "text/html")
    assert "Có mặt từ" in words
    assert "Hoàn tác" in words
    assert 'hx-swap-oob="true"' in words
    assert "<strong>1<span" in words, "the figure above the list"
    assert hall.row("brigade").presence == Presence.PRESENT


def test_without_script_a_tap_comes_back_to_the_list(hall: Hall) -> None:
    board = reverse("attendance_board", args=[hall.conference.pk])
    url = reverse("attendance_arrival", args=[hall.conference.pk, hall.row("brigade").pk])
    client = browser(hall, "clerk")
    assert client.post(url, {"next": f"{board}?loc=tat-ca"}).headers["Location"] == f"{board}?loc=tat-ca"
    assert client.post(url, {"next": "https://ngoai.example/"}).headers["Location"] == board
    assert "Bấm để ghi đã về" in page(hall, "clerk", "loc=co-mat")


def test_who_said_online_is_marked_online_by_the_tap(hall: Hall) -> None:
    Invitation.objects.filter(attendance=hall.row("brigade")).update(reply=Reply.ONLINE)
    assert 'name="way" value="online"' in page(hall, "clerk")
    tap(hall, "clerk", "brigade", way="online")
    assert AttendanceSpan.objects.get().way == Way.ONLINE


def test_tabs_show_each_standing_and_a_name_is_found_in_all(hall: Hall) -> None:
    hall.come("secretary", minute=-30)
    hall.come("brigade", minute=-30)
    hall.go("brigade", minute=-10)
    absences.note_absence(
        actor=hall.region.system, attendance=hall.row("division"), reason="Đi học", now=hall.at(0)
    )
    lists = {
        loc: page(hall, "clerk", f"loc={loc}") for loc in ("chua-den", "co-mat", "da-ve", "vang", "tat-ca")
    }
    where = {
        name: [loc for loc, words in lists.items() if f'"att-name">{name}' in words]
        for name in ("Lê Văn Thử", "Cao Văn Lữ", "Phan Văn Sư", "Hà Thị Khách")
    }
    assert where == {
        "Lê Văn Thử": ["co-mat", "tat-ca"],
        "Cao Văn Lữ": ["da-ve", "tat-ca"],
        "Phan Văn Sư": ["vang", "tat-ca"],
        "Hà Thị Khách": ["chua-den", "tat-ca"],
    }
    found = page(hall, "clerk", "loc=chua-den&q=le van thu")
    assert '"att-name">Lê Văn Thử' in found, "without marks, whatever the tab"
    assert "Hà Thị Khách" not in found


def test_staff_of_a_site_see_their_own_and_fetch_others_by_name(hall: Hall) -> None:
    own = page(hall, TECHNICIAN, "loc=tat-ca")
    assert "Phan Văn Sư" in own
    assert "Cao Văn Lữ" not in own
    assert "Cao Văn Lữ" not in page(hall, TECHNICIAN, "q=c"), "one letter is no name"
    found = page(hall, TECHNICIAN, "q=cao van lu")
    assert "Ở điểm cầu khác" in found
    assert "Chuyển về đây" in found
    answer = tap(hall, TECHNICIAN, "brigade", "attendance_move", site=hall.branch.pk)
    assert answer.status_code == 200
    assert hall.row("brigade").site == hall.branch
    assert tap(hall, TECHNICIAN, "secretary").status_code == 403
    assert page_status(hall, TECHNICIAN, "attendance_person", hall.row("secretary").pk) == 404


def page_status(hall: Hall, who: str, name: str, *args: Any) -> int:
    return browser(hall, who).get(reverse(name, args=[hall.conference.pk, *args])).status_code


def test_a_name_is_text_and_nothing_else(hall: Hall) -> None:
    person = hall.region.people["guest"]
    person.name = "<script>alert(1)</script>"
    person.save()
    for words in (page(hall, "clerk", "loc=tat-ca"), page(hall, "clerk", "q=<script>")):
        assert "<script>alert(1)" not in words


def test_nothing_is_shown_before_anybody_is_invited(hall: Hall) -> None:
    Invitation.objects.all().delete()
    hall.conference.attendances.all().delete()
    assert "Chưa mời ai" in page(hall, "clerk")


@pytest.mark.parametrize("people", [1, 3])
def test_the_list_asks_as_often_for_one_as_for_three(hall: Hall, people: int) -> None:
    for number in range(people):
        who = f"delegate{number}"
        hall.region.people[who] = staffing.add_person(
            actor=hall.region.system, name=f"Đại Biểu {number}", organization=hall.region.bodies["region"],
            now=hall.region.now,
        )  # fmt: skip
        hall.invite(who, hall.main)
        hall.come(who, minute=-5)
    client = browser(hall, "clerk")
    url = reverse("attendance_board", args=[hall.conference.pk])
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        client.get(f"{url}?loc=tat-ca")
    assert len(asked) <= BOARD_QUERIES, [query["sql"][:120] for query in asked]


BOARD_QUERIES = 14


# --- one person ----------------------------------------------------------------------------------------


def test_the_page_of_a_person_offers_what_fits(hall: Hall) -> None:
    row = hall.row("brigade").pk
    words = page(hall, "clerk", "", "attendance_person", row)
    assert all(
        part in words for part in ("Ghi có mặt", "Lý do", "Cử người dự thay", "Tính như mọi thành viên")
    )
    assert tap(hall, "clerk", "brigade", "attendance_absence", reason="Ốm").status_code == 200
    assert "Bỏ ghi vắng" in page(hall, "clerk", "", "attendance_person", row)
    tap(hall, "clerk", "brigade", "attendance_absence", withdrawn="1")
    tap(hall, "clerk", "brigade", "attendance_counting", ground="transferred")
    assert "Không tính: 1 tạm chuyển sinh hoạt" in page(hall, "clerk")
    assert tap(hall, TECHNICIAN, "division", "attendance_counting", ground="exempt").status_code == 403


def test_a_substitute_is_looked_for_and_written(hall: Hall) -> None:
    row = hall.row("division").pk
    found = page(hall, "clerk", "q=mai van", "attendance_replacement", row)
    assert "Mai Văn Trung" in found
    url = reverse("attendance_replacement", args=[hall.conference.pk, row])
    client = browser(hall, "clerk")
    assert client.post(url, {}).status_code == 422
    client.post(url, {"person": hall.region.people["regiment"].pk})
    assert hall.row("regiment").site == hall.branch
    assert "Cử Mai Văn Trung dự thay" in page(hall, "clerk", "loc=vang")


# --- roll call -----------------------------------------------------------------------------------------


def test_a_roll_call_is_one_form(hall: Hall) -> None:
    hall.come("secretary", minute=-30)
    words = page(hall, "clerk", f"diem-cau={hall.main.pk}", "attendance_roll_call")
    assert "Phan Văn Sư" not in words, "of another site"
    assert f'name="seen" value="{hall.row("secretary").pk}"' in words
    url = reverse("attendance_roll_call", args=[hall.conference.pk])
    sent = {"diem-cau": hall.main.pk, "there": [hall.row("brigade").pk], "seen": [hall.row("secretary").pk]}
    answer = browser(hall, "clerk").post(url, sent, follow=True)
    assert "1 người vừa đến, 1 người đã về" in answer.content.decode()
    assert (len(hall.spans("brigade")), hall.spans("secretary")[0][2] is None) == (1, False)


# --- codes ---------------------------------------------------------------------------------------------


def renewed(hall: Hall, who: str = "clerk") -> str:
    url = reverse("site_code_renewal", args=[hall.conference.pk, hall.main.pk])
    assert browser(hall, who).post(url).status_code == 302
    return Site.objects.get(pk=hall.main.pk).code


def test_staff_make_a_code_with_one_button_and_others_sign_in_with_it(hall: Hall) -> None:
    assert "Chưa có mã điểm danh" in page(hall, "clerk", "", "site_code", hall.main.pk)
    code = renewed(hall)
    assert f"{code[:3]}-{code[3:]}" in page(hall, "clerk", "", "site_code", hall.main.pk)
    scanned = browser(hall, "brigade").get(reverse("attendance_code", args=[hall.conference.pk, code]))
    assert "Tôi có mặt tại đây" in scanned.content.decode()
    assert hall.spans("brigade") == [], "looking writes nothing"
    url = reverse("attendance_signing", args=[hall.conference.pk])
    answer = browser(hall, "brigade").post(url, {"code": f"{code[:3]} {code[3:].lower()}"}, follow=True)
    assert "có mặt tại Sở chỉ huy" in answer.content.decode()
    assert len(hall.spans("brigade")) == 1


def test_the_qr_is_an_image_that_runs_nothing(hall: Hall) -> None:
    url = reverse("site_code_svg", args=[hall.conference.pk, hall.main.pk])
    assert browser(hall, "clerk").get(url).status_code == 404
    renewed(hall)
    answer = browser(hall, "clerk").get(url)
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "no-store"
    assert b"style" not in answer.content
    assert browser(hall, TECHNICIAN).get(url).status_code == 403, "the code of another site"
    assert browser(hall, "brigade").get(url).status_code == 403, "a delegate reads it at the site"


def test_guessing_by_address_is_braked_too(hall: Hall) -> None:
    code = renewed(hall)
    wrong = "CHK347" if code != "CHK347" else "CHK346"
    client = browser(hall, "brigade")
    for _ in range(codes.TRIES):
        assert client.get(reverse("attendance_code", args=[hall.conference.pk, wrong])).status_code == 404
    assert client.get(reverse("attendance_code", args=[hall.conference.pk, code])).status_code == 409
    url = reverse("attendance_signing", args=[hall.conference.pk])
    assert client.post(url, {"code": code}).status_code == 409
    assert hall.spans("brigade") == []


def test_who_is_not_invited_signs_nobody_in(hall: Hall) -> None:
    code = renewed(hall)
    url = reverse("attendance_signing", args=[hall.conference.pk])
    assert browser(hall, "inspector").post(url, {"code": code}).status_code == 403
    assert browser(hall, "brigadeclerk").post(url, {"code": code}).status_code == 404


# --- one's own ----------------------------------------------------------------------------------------


def test_everybody_sees_what_is_recorded_of_them_and_may_say_it_is_wrong(hall: Hall) -> None:
    hall.come("brigade", minute=-20)
    words = page(hall, "brigade", "", "attendance_mine")
    assert "Cán bộ điểm cầu ghi" in words
    assert "thành viên chính thức" in words
    assert page_status(hall, "clerk", "attendance_mine") == 404
    url = reverse("attendance_contest", args=[hall.conference.pk])
    answer = browser(hall, "brigade").post(url, {"note": "Tôi đến lúc 7:55"}, follow=True)
    assert "Đã báo thư ký" in answer.content.decode()
    assert browser(hall, "brigade").post(url, {"note": ""}).status_code == 422


# --- the sheets ----------------------------------------------------------------------------------------


def words_of(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return "".join(package.read(name).decode() for name in package.namelist() if name.endswith(".xml"))


@pytest.mark.parametrize("name", ["attendance_docx", "attendance_xlsx"])
def test_the_sheet_says_when_and_why_and_whether_there_were_enough(hall: Hall, name: str) -> None:
    hall.come("secretary", minute=-60)
    hall.come("brigade", minute=-30)
    absences.note_absence(
        actor=hall.region.system, attendance=hall.row("division"), reason="Đi viện", now=hall.at(0)
    )
    Floor.objects.create(conference=hall.conference, opened_at=hall.at(-60), closed_at=hall.at(0))
    attending.close_all(hall.conference, hall.at(0))
    words = words_of(browser(hall, "clerk").get(reverse(name, args=[hall.conference.pk])).content)
    came, left = timezone.localtime(hall.at(-30)), timezone.localtime(hall.at(0))
    assert f"{came:%H:%M} – {left:%H:%M}" in words
    assert "Vắng: Đi viện" in words
    assert "Khi bế mạc: có mặt 2/3 thành viên chính thức, đủ số" in words
    start = timezone.localtime(hall.at(-60))
    assert f"chưa đủ số trong phiên họp: {start:%H:%M}–{came:%H:%M}" in words


def test_staff_of_a_site_print_their_own_people_only(hall: Hall) -> None:
    url = reverse("attendance_docx", args=[hall.conference.pk])
    words = words_of(browser(hall, TECHNICIAN).get(url).content)
    assert "Phan Văn Sư" in words
    assert "Cao Văn Lữ" not in words
    assert browser(hall, "brigade").get(url).status_code == 403


def test_leaders_of_the_record_sign_it(hall: Hall) -> None:
    url = reverse("attendance_docx", args=[hall.conference.pk])
    words = words_of(browser(hall, "clerk").get(url).content)
    assert AttendanceRole.CHAIR in {held.role for held in hall.row("secretary").roles.all()}
    assert words.index("NGƯỜI ĐIỂM DANH") < words.index("CHỦ TRÌ")


def test_the_conference_leads_here_and_is_not_drowned_in_taps(hall: Hall) -> None:
    tap(hall, "clerk", "brigade")
    url = reverse("conference_detail", args=[hall.conference.pk])
    words = {who: browser(hall, who).get(url).content.decode() for who in ("clerk", "brigade", TECHNICIAN)}
    board, mine = reverse("attendance_board", args=[hall.conference.pk]), "diem-danh/cua-toi/"
    assert {who: (f'"{board}"' in text, mine in text) for who, text in words.items()} == {
        "clerk": (True, False), "brigade": (False, True), TECHNICIAN: (True, False),
    }  # fmt: skip
    assert "Tạo mã điểm danh" not in words["clerk"]
    renewed(hall)
    history = browser(hall, "clerk").get(url).content.decode()
    assert "Tạo mã điểm danh" in history
    assert "conferences.check_in" not in history


def test_the_secretary_is_told_and_finds_the_words(hall: Hall) -> None:
    absences.contest(
        actor=hall.actor("brigade"), conference=hall.conference, note="Tôi đến lúc 7:55", now=timezone.now()
    )
    seal_pending()
    make_notices(now=timezone.now())
    notice = Notice.objects.get(kind=NoticeKind.ATTENDANCE_CONTESTED)
    assert notice.person == hall.region.people["member"], "the secretary of the conference"
    answer = browser(hall, "member").get(reverse("notice_open", args=[notice.pk]), follow=True)
    assert "Tôi đến lúc 7:55" in answer.content.decode()
    assert "Tôi đến lúc 7:55" in page(hall, "member", "", "attendance_person", hall.row("brigade").pk)
    assert "Tôi đến lúc 7:55" not in page(hall, TECHNICIAN, "loc=tat-ca")


# --- corrected later ----------------------------------------------------------------------------------


def corrected(hall: Hall, who: str, whom: str, **data: Any) -> Any:
    span = hall.row(whom).spans.get()
    url = reverse("attendance_correction", args=[hall.conference.pk, hall.row(whom).pk, span.pk])
    return browser(hall, who).post(url, data) if data else browser(hall, who).get(url)


def earlier(hall: Hall, minute: float) -> str:
    return f"{timezone.localtime(hall.at(minute)):%H:%M}"


@pytest.fixture
def at_noon(db: Any, time_machine: Any) -> Hall:
    """The conference begins at nine; it is noon now."""
    cache.clear()
    nine = dt.datetime(2021, 11, 22, 9, tzinfo=timezone.get_default_timezone())
    time_machine.move_to(nine + dt.timedelta(hours=3), tick=False)
    return build_hall(build_region(nine))


def test_a_time_is_corrected_and_everybody_concerned_can_read_how(at_noon: Hall) -> None:
    hall = at_noon
    hall.come("brigade", minute=20)
    hall.go("brigade", minute=90)
    hall.come("secretary", minute=20)
    form = corrected(hall, "member", "brigade").text
    assert 'value="09:20"' in form
    assert 'value="10:30"' in form
    assert 'name="day"' not in form
    done = corrected(hall, "member", "brigade", came="8h55", left="10:30", reason="Máy ở cửa chậm")
    assert done.status_code == 302
    row = hall.row("brigade").pk
    for shown in (
        page(hall, "member", "", "attendance_person", row),
        page(hall, "brigade", name="attendance_mine"),
    ):
        assert "08:55 – 10:30" in shown
        assert "09:20 – 10:30" in shown
        assert "Lý do: Máy ở cửa chậm" in shown
    assert "Máy ở cửa chậm" not in page(hall, "secretary", name="attendance_mine")
    sheet = browser(hall, "member").get(reverse("attendance_docx", args=[hall.conference.pk])).content
    words = words_of(sheet)
    assert "08:55 – 10:30" in words
    assert "Giờ đã sửa lúc 12:00 22/11/2021, trước ghi 09:20 – 10:30 (Máy ở cửa chậm)" in words
    assert words.count("Giờ đã sửa") == 1


def test_what_cannot_be_is_said_beside_what_was_typed(at_noon: Hall) -> None:
    hall = at_noon
    hall.come("brigade", minute=20)
    for data, words in (
        ({"came": "09:20", "reason": "x"}, "chưa thay đổi"),
        ({"came": "sáng", "reason": "x"}, "giờ:phút"),
        ({"came": "09:10", "left": "13:00", "reason": "x"}, "sau lúc này"),
        ({"came": "09:10"}, "không được để trống"),
    ):
        answer = corrected(hall, "member", "brigade", **data)
        assert (answer.status_code, words in answer.text) == (422, True), words


def test_the_staff_of_a_site_find_the_way_for_their_own_site_alone(at_noon: Hall) -> None:
    hall = at_noon
    hall.come("division", minute=20)
    hall.come("brigade", minute=20)
    own = page(hall, TECHNICIAN, "", "attendance_person", hall.row("division").pk)
    assert "/sua-gio/" in own
    assert corrected(hall, TECHNICIAN, "division").status_code == 200
    assert corrected(hall, TECHNICIAN, "brigade").status_code == 404
    assert corrected(hall, "brigade", "brigade").status_code == 403
    assert "/sua-gio/" not in page(hall, "division", name="attendance_mine")


def test_over_several_days_the_day_is_asked(at_noon: Hall) -> None:
    hall = at_noon
    hall.come("brigade", minute=20)
    day = hall.conference.date_start
    Conference.objects.filter(pk=hall.conference.pk).update(date_start=day - dt.timedelta(days=1))
    assert 'name="day"' in corrected(hall, "member", "brigade").text
    sent = corrected(
        hall, "member", "brigade", day="21/11/2021", came="09:20", left="11:00", reason="Ghi nhầm ngày"
    )
    assert sent.status_code == 302
    assert f"{timezone.localtime(hall.row('brigade').spans.get().came_at):%d/%m %H:%M}" == "21/11 09:20"
