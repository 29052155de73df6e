"""Trang hội nghị: who sees which, filters, the record, and what is written by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from soi.conferences import actions, minutes
from soi.conferences.enums import AttendanceRole, ConferenceKind, Form, Presence
from soi.conferences.models import Conference
from soi.documents import actions as documents
from soi.findings import actions as findings
from soi.findings.enums import FindingKind
from soi.org.enums import WorkArea
from tests.factories import Region

DAY = dt.date(2021, 10, 7)


def sign_in(region: Region, username: str) -> Client:
    client = Client()
    client.force_login(region.users[username])
    return client


def hold(region: Region, key: str = "region", title: str = "Giao ban quý III", **more: Any) -> Conference:
    facts: dict[str, Any] = {"kind": ConferenceKind.BRIEFING_QUARTER, "date_start": DAY, "period": "2021-Q3"}
    return actions.record_conference(
        actor=region.system, organization=region.bodies[key], title=title, now=region.now, **(facts | more)
    )


def add_limitation(region: Region, conference: Conference, statement: str) -> None:
    finding = findings.record_finding(
        actor=region.system,
        organization=conference.organization,
        kind=FindingKind.LIMITATION,
        statement=statement,
        area=WorkArea.LEADERSHIP,
        found_on=conference.date_start,
        now=region.now,
    )
    actions.attach_finding(actor=region.system, conference=conference, finding=finding, now=region.now)


def attend(region: Region, conference: Conference, key: str, **more: Any) -> None:
    facts: dict[str, Any] = {"roles": [AttendanceRole.ATTEND]}
    minutes.record_attendance(
        actor=region.system,
        conference=conference,
        person=region.people[key],
        now=region.now,
        **(facts | more),
    )


# --- the list --------------------------------------------------------------------------------------------


def test_list_shows_only_what_is_in_scope(region: Region) -> None:
    hold(region, "division", "Giao ban Sư đoàn")
    hold(region, "brigade", "Giao ban Lữ đoàn")
    seen = sign_in(region, "divisionclerk").get(reverse("conference_list"))
    assert "Giao ban Sư đoàn" in seen.text
    assert "Giao ban Lữ đoàn" not in seen.text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?kind=self_criticism", {"Kiểm điểm"}),
        ("?year=2020", {"Kiểm điểm"}),
        ("?q=giao+ban", {"Giao ban", "Họp chuyên đề"}),  # without marks; the place of the second says it
        ("?org={division}", {"Họp chuyên đề"}),
        ("?year=nonsense&kind=nonsense&org=nonsense", {"Giao ban", "Kiểm điểm", "Họp chuyên đề"}),
        ("?q=không+có+đâu", set()),
    ],
)
def test_filters(region: Region, query: str, found: set[str]) -> None:
    hold(region, title="Giao ban")
    hold(
        region,
        title="Kiểm điểm",
        kind=ConferenceKind.SELF_CRITICISM,
        date_start=dt.date(2020, 12, 1),
        period="2020",
    )
    hold(region, "regiment", "Họp chuyên đề", kind=ConferenceKind.THEMATIC, place="Phòng giao ban")
    query = query.format(division=region.bodies["division"].pk)
    page = sign_in(region, "clerk").get(reverse("conference_list") + query)
    assert {conference.title for conference in page.context["page"]} == found


def test_list_costs_the_same_for_one_row_and_three(region: Region) -> None:
    client, url = sign_in(region, "clerk"), reverse("conference_list")
    add_limitation(region, hold(region, title="Một"), "Phân công thiếu cụ thể")
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as one:
        assert client.get(url).text.count("data-href") == 1
    for title in ("Hai", "Ba"):
        add_limitation(region, hold(region, "division", title), f"Hạn chế của {title}")
    with CaptureQueriesContext(connection) as three:
        assert client.get(url).text.count("data-href") == 3
    assert len(three) == len(one) <= 12


def test_empty_list_says_how_to_begin(region: Region) -> None:
    page = sign_in(region, "clerk").get(reverse("conference_list"))
    assert "Nhập văn bản đầu tiên" in page.text
    # Who may not record is not sent to a door that stays shut.
    member = sign_in(region, "member").get(reverse("conference_list"))
    assert reverse("draft_new") not in member.text


# --- one conference --------------------------------------------------------------------------------------


def test_record_shows_people_findings_conclusions_and_sources(region: Region) -> None:
    conference = hold(region, form=Form.ONLINE)
    attend(region, conference, "secretary", roles=[AttendanceRole.CHAIR, AttendanceRole.SPEAK], rank="Đại tá")
    attend(region, conference, "division", presence=Presence.ABSENT, reason="đi học")
    add_limitation(region, conference, "Phân công nhiệm vụ thiếu cụ thể")
    source = documents.receive_text(
        actor=region.system, organization=conference.organization, text="Kết luận: rà soát phân công.",
        title="Biên bản", now=region.now,
    ).source  # fmt: skip
    actions.attach_source(
        actor=region.system, conference=conference, source=source, author="Người Viết", now=region.now
    )
    passage = documents.passage(source=source, start=10, end=27)
    minutes.add_conclusions(
        actor=region.system, conference=conference, now=region.now,
        conclusions=[minutes.NewConclusion("Rà soát phân công", passage=passage, period="2021-Q4")],
    )  # fmt: skip
    page = sign_in(region, "clerk").get(reverse("conference_detail", args=[conference.pk]))
    groups = page.context["role_groups"]
    assert [(group.label, [row.person.name for row in group.rows]) for group in groups] == [
        ("Chủ trì", ["Lê Văn Thử"])
    ]
    for words in (
        "Đại tá Lê Văn Thử", "chủ trì, phát biểu", "Vắng mặt", "đi học", "Phân công nhiệm vụ thiếu cụ thể",
        "Chưa có biện pháp", "Rà soát phân công", "quý IV/2021", "quý III/2021", "Người Viết", "Trực tuyến",
        f"{reverse('source_text', args=[source.pk])}?doan={passage.pk}", "Lập hồ sơ hội nghị",
    ):  # fmt: skip
        assert words in page.text, words


def test_record_costs_the_same_whatever_it_holds(region: Region) -> None:
    conference = hold(region)
    client, url = sign_in(region, "clerk"), reverse("conference_detail", args=[conference.pk])
    attend(region, conference, "secretary")
    add_limitation(region, conference, "Một")
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for key in ("division", "regiment", "brigade"):
        attend(region, conference, key)
        add_limitation(region, conference, f"Hạn chế {key}")
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) == len(few) == 11


def test_guest_sees_the_conference_but_no_source_of_it(region: Region) -> None:
    conference = hold(region)
    attend(region, conference, "brigade")
    source = documents.receive_text(
        actor=region.system,
        organization=conference.organization,
        text="Nội dung mật",
        title="Gốc",
        now=region.now,
    ).source
    actions.attach_source(actor=region.system, conference=conference, source=source, now=region.now)
    page = sign_in(region, "brigade").get(reverse("conference_detail", args=[conference.pk]))
    assert page.status_code == 200
    assert "Gốc.txt" not in page.text
    assert reverse("conference_edit", args=[conference.pk]) not in page.text


def test_words_of_the_record_are_escaped(region: Region) -> None:
    conference = hold(region, title="<script>alert(1)</script>", place="<img src=x onerror=alert(2)>")
    add_limitation(region, conference, "<b onmouseover=alert(3)>x</b>")
    for url in (reverse("conference_detail", args=[conference.pk]), reverse("conference_list")):
        text = sign_in(region, "clerk").get(url).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "<b onmouseover" not in text


@pytest.mark.parametrize("name", ["detail", "edit", "attendance", "conclusion"])
def test_out_of_scope_does_not_exist(region: Region, name: str) -> None:
    url = reverse(f"conference_{name}", args=[hold(region, "brigade").pk])
    assert sign_in(region, "divisionclerk").get(url).status_code == 404
    assert sign_in(region, "divisionclerk").post(url, {}).status_code in {404, 405}


@pytest.mark.parametrize("name", ["edit", "attendance", "conclusion"])
def test_reading_is_not_writing(region: Region, name: str) -> None:
    url = reverse(f"conference_{name}", args=[hold(region).pk])
    assert sign_in(region, "inspector").get(url).status_code == 403


# --- written by hand -------------------------------------------------------------------------------------


def conference_data(region: Region, **more: str) -> dict[str, str]:
    data = {
        "organization": str(region.bodies["region"].pk), "title": "Giao ban quý IV", "kind": "briefing_quarter",
        "form": "in_person", "date_start": "07/10/2021", "date_end": "", "period": "quý III/2021", "place": "",
    }  # fmt: skip
    return data | more


def test_new_conference(region: Region) -> None:
    answer = sign_in(region, "clerk").post(reverse("conference_new"), conference_data(region))
    conference = Conference.objects.get()
    assert answer.url == reverse("conference_detail", args=[conference.pk])
    assert (conference.date_start, conference.date_end, conference.period) == (DAY, DAY, "2021-Q3")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "Mục này không được để trống"),
        ({"date_start": "31/02/2021"}, "22/11/2021"),
        ({"date_end": "06/10/2021"}, "Ngày kết thúc phải từ ngày bắt đầu trở đi"),
        ({"date_start": "07/10/2001"}, "không tồn tại vào ngày 07/10/2001"),
        ({"period": "hồi trước"}, "Hãy ghi kỳ như một trong các cách"),
        ({"kind": "none"}, "Hãy chọn lại trong danh sách"),
    ],
)
def test_wrong_facts_get_a_sentence_and_keep_what_was_typed(
    region: Region, wrong: dict[str, str], sentence: str
) -> None:
    data = conference_data(region, place="Hội trường lớn") | wrong
    answer = sign_in(region, "clerk").post(reverse("conference_new"), data)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Hội trường lớn" in answer.text
    assert not Conference.objects.exists()


def test_conference_of_a_body_elsewhere_is_not_offered(region: Region) -> None:
    data = conference_data(region, organization=str(region.bodies["brigade"].pk))
    answer = sign_in(region, "divisionclerk").post(reverse("conference_new"), data)
    assert answer.status_code == 422
    assert not Conference.objects.exists()


def test_two_who_edit_at_once_the_second_is_told(region: Region) -> None:
    conference = hold(region)
    client, url = sign_in(region, "clerk"), reverse("conference_edit", args=[conference.pk])
    shown = client.get(url)
    assert "quý III/2021" in shown.text
    data = conference_data(region, title="Tên mới", version="1")
    assert client.post(url, data).status_code == 302
    late = client.post(url, data | {"title": "Tên của người sau"})
    assert late.status_code == 409
    assert "Có người vừa sửa hội nghị này" in late.text
    assert "Tên của người sau" in late.text
    assert Conference.objects.get().title == "Tên mới"


def test_person_is_found_without_marks_and_added_with_the_posts_of_that_day(region: Region) -> None:
    conference = hold(region)
    client, url = sign_in(region, "clerk"), reverse("conference_attendance", args=[conference.pk])
    found = client.get(f"{url}?q=phan+van+su", headers={"HX-Request": "true"})
    assert "Phan Văn Sư" in found.text
    assert "Bí thư Đảng ủy Sư đoàn" in found.text
    assert "<html" not in found.text
    person = region.people["division"]
    done = client.post(url, {"person": person.pk, "roles": ["present", "attend"], "presence": "present"})
    assert done.status_code == 302
    row = conference.attendances.get()
    assert row.posts == "Bí thư Đảng ủy Sư đoàn"
    assert {held.role for held in row.roles.all()} == {"present", "attend"}
    # Somebody already there is not offered again.
    assert f'value="{person.pk}"' not in client.get(f"{url}?q=phan+van+su").text


def test_attendance_refused_shows_the_person_again(region: Region) -> None:
    conference = hold(region)
    url = reverse("conference_attendance", args=[conference.pk])
    data = {
        "person": region.people["division"].pk,
        "roles": [],
        "presence": "absent",
        "reason": "đi công tác",
    }
    answer = sign_in(region, "clerk").post(url, data)
    assert answer.status_code == 422
    assert "Phan Văn Sư" in answer.text
    assert "đi công tác" in answer.text


def test_person_out_of_sight_cannot_be_entered_by_number(region: Region) -> None:
    conference = hold(region, "division")
    url = reverse("conference_attendance", args=[conference.pk])
    data = {"person": region.people["brigade"].pk, "roles": ["attend"], "presence": "present"}
    answer = sign_in(region, "divisionclerk").post(url, data)
    assert answer.status_code == 422
    assert "Cao Văn Lữ" not in answer.text


def test_conclusions_are_numbered_on(region: Region) -> None:
    conference = hold(region)
    client, url = sign_in(region, "clerk"), reverse("conference_conclusion", args=[conference.pk])
    for words in ("Một", "Hai"):
        client.post(url, {"statement": words, "area": "leadership", "period": "năm 2022"})
    rows = conference.conclusions.all()
    assert [(row.number, row.statement, row.period) for row in rows] == [
        (1, "Một", "2022"),
        (2, "Hai", "2022"),
    ]


def test_a_conference_made_by_hand_receives_its_findings(region: Region) -> None:
    client, conference = sign_in(region, "divisionclerk"), hold(region, "regiment")
    page = client.get(f"/so-theo-doi/moi/?conference={conference.pk}")
    assert conference.title in page.content.decode()
    sent = {
        "conference": str(conference.pk),
        "organization": str(conference.organization_id),
        "kind": "shortcoming",
        "statement": "Bảo quản vũ khí chưa chặt chẽ",
        "area": "defence",
        "found_on": "07/10/2021",
        "cause_kind": "own",
    }
    assert client.post("/so-theo-doi/moi/", sent).status_code == 302
    assert "Bảo quản vũ khí chưa chặt chẽ" in client.get(f"/hoi-nghi/{conference.pk}/").content.decode()
    assert sign_in(region, "brigadeclerk").post("/so-theo-doi/moi/", sent).status_code == 404
