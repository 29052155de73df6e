"""Trang con người, tổ chức, ủy quyền: what a newcomer has to find there."""

from __future__ import annotations

import datetime as dt

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from soi.access import actions as access
from soi.access.enums import Duty
from soi.conferences import actions, minutes
from soi.conferences.enums import AttendanceRole, ConferenceKind
from soi.org import actions as org
from soi.org import staffing
from soi.org.enums import PostRole
from soi.org.models import Person
from tests.factories import FOUNDED, Region, add_official

DAY = dt.date(2021, 11, 22)


def sign_in(region: Region, username: str) -> Client:
    client = Client()
    client.force_login(region.users[username])
    return client


def guest_at_the_region(region: Region) -> Person:
    """Once of the region, now of a level above that the register does not hold: only the minutes say so."""
    guest = staffing.add_person(
        actor=region.system, name="Lương Văn Khách", organization=region.bodies["region"], now=region.now
    )
    post = staffing.add_post(
        actor=region.system, organization=region.bodies["region"], label="Phó Bí thư Đảng ủy Quân khu",
        role=PostRole.MEMBER, start=FOUNDED, now=region.now,
    )  # fmt: skip
    staffing.appoint(
        actor=region.system, person=guest, post=post, start=FOUNDED, end=dt.date(2020, 1, 1), now=region.now
    )
    conference = actions.record_conference(
        actor=region.system,
        organization=region.bodies["region"],
        title="Kiểm điểm năm 2021",
        kind=ConferenceKind.SELF_CRITICISM,
        date_start=DAY,
        now=region.now,
    )
    minutes.record_attendance(
        actor=region.system, conference=conference, person=guest, roles=[AttendanceRole.DIRECT],
        rank="Trung tướng", posts="Phó Chủ nhiệm cơ quan cấp trên", now=region.now,
    )  # fmt: skip
    return guest


def test_minutes_say_who_a_guest_was_on_that_day(region: Region) -> None:
    guest, client = guest_at_the_region(region), sign_in(region, "clerk")
    url = reverse("person_detail", args=[guest.pk])
    assert "Trung tướng, Phó Chủ nhiệm cơ quan cấp trên" in client.get(url, {"ngay": "22/11/2021"}).text
    # The day before, nobody could know it from that conference.
    assert "Phó Chủ nhiệm cơ quan cấp trên" not in client.get(url, {"ngay": "21/11/2021"}).text


def test_conferences_of_a_person_are_those_the_reader_sees(region: Region) -> None:
    guest_at_the_region(region)
    conference = actions.record_conference(
        actor=region.system,
        organization=region.bodies["brigade"],
        title="Giao ban của Lữ đoàn",
        kind=ConferenceKind.BRIEFING_QUARTER,
        date_start=DAY,
        now=region.now,
    )
    person = region.people["member"]
    minutes.record_attendance(
        actor=region.system, conference=conference, person=person, roles=[AttendanceRole.ATTEND],
        now=region.now,
    )  # fmt: skip
    url = reverse("person_detail", args=[person.pk])
    assert "Giao ban của Lữ đoàn" in sign_in(region, "clerk").get(url).text
    assert "Giao ban của Lữ đoàn" not in sign_in(region, "divisionclerk").get(url).text


def test_register_is_offered_to_those_who_may_open_it(region: Region) -> None:
    head = region.people["secretary"].pk
    url, link = reverse("person_detail", args=[head]), f"{reverse('finding_list')}?person={head}"
    assert link in sign_in(region, "clerk").get(url).text
    # Who looks after accounts sees the heads above him, and no content.
    add_official(
        region, "network", "Tạ Văn Mạng", "division", "Trợ lý công nghệ thông tin",
        role=PostRole.STAFF, duty=Duty.ADMINISTRATOR,
    )  # fmt: skip
    page = sign_in(region, "network").get(url)
    assert page.status_code == 200
    assert link not in page.text


def test_receiving_body_of_a_merger_stands_once(region: Region) -> None:
    org.merge_organizations(
        actor=region.system,
        sources=[region.bodies["brigade"]],
        into=region.bodies["division"],
        on=timezone.localdate(region.now),
        now=region.now,
    )
    page = sign_in(region, "clerk").get(reverse("organization_detail", args=[region.bodies["brigade"].pk]))
    events = page.text.partition("Các lần sắp xếp")[2]
    assert events.count("Đảng ủy Sư đoàn 901") == 1
    assert "</a>;" not in events


def test_only_what_ends_a_body_asks_first(region: Region) -> None:
    client, pk = sign_in(region, "secretary"), region.bodies["brigade"].pk
    pages = {
        way: client.get(reverse("organization_reorganize", args=[pk, way]))
        for way in ("sap-nhap", "chia-tach", "giai-the", "doi-ten", "chuyen")
    }
    assert {page.status_code for page in pages.values()} == {200}
    asking = {way for way, page in pages.items() if "Lữ đoàn 902 từ ngày đã ghi?" in page.text}
    assert asking == {"sap-nhap", "chia-tach", "giai-the"}


def delegate_to(region: Region, person: Person) -> str:
    today = timezone.localdate(region.now)
    answer = sign_in(region, "regiment").post(
        reverse("delegation_new"),
        {
            "post": region.posts["regiment"].pk,
            "delegate": person.pk,
            "start": f"{today:%d/%m/%Y}",
            "end": f"{today + dt.timedelta(days=6):%d/%m/%Y}",
            "reason": "Đi học tập trung",
        },
        follow=True,
    )
    assert "Đã ủy quyền." in answer.text
    return answer.text


def test_last_day_of_a_delegation_is_shown_as_it_was_typed(region: Region) -> None:
    today = timezone.localdate(region.now)
    page = delegate_to(region, region.people["member"])
    assert f"{today + dt.timedelta(days=6):%d/%m/%Y}" in page
    assert f"{today + dt.timedelta(days=7):%d/%m/%Y}" not in page
    assert "chưa có tài khoản" not in page


def test_delegate_who_cannot_sign_in_is_named(region: Region) -> None:
    access.set_account_active(actor=region.system, user=region.users["member"], active=False, now=region.now)
    assert "Đinh Văn Viên chưa có tài khoản đang dùng được" in delegate_to(region, region.people["member"])
