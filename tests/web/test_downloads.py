"""Tải về: what the Word and Excel files hold, for whom, and that texts stay texts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from soi.conferences import actions as conferences
from soi.conferences import minutes
from soi.conferences.enums import AttendanceRole, ConferenceKind, Form, Presence
from soi.conferences.minutes import NewConclusion
from soi.conferences.models import Conference
from soi.findings import actions, remedies
from soi.findings.enums import FindingKind, ResponsibilityKind
from soi.org import staffing
from soi.web.views import downloads
from tests.factories import Region
from tests.forms.reading import column, sheet, text
from tests.web.findings_world import PRODUCT, Book, enter, words

LIST = "/so-theo-doi/danh-muc"


@pytest.fixture(autouse=True)
def _the_day(time_machine: Any, region: Region) -> None:
    time_machine.move_to(region.now, tick=False)


@pytest.fixture
def book(region: Region) -> Book:
    return Book(region)


@pytest.fixture
def two_branches(book: Book) -> Book:
    book.remedy(book.finding("Việc của trung đoàn"), due=dt.date(2021, 11, 20))
    book.finding("Việc của lữ đoàn", body="brigade")
    return book


def test_word_holds_only_what_is_visible(region: Region, two_branches: Book) -> None:
    response = enter(region, "divisionclerk").get(f"{LIST}.docx")
    assert response.headers["Content-Type"] == downloads.DOCX
    assert "danh-muc-han-che-khuyet-diem" in response.headers["Content-Disposition"]
    printed = text(response.content)
    assert "Việc của trung đoàn" in printed
    assert "lữ đoàn" not in printed
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in printed
    for expected in (PRODUCT, "Mai Văn Trung", "20/11/2021", "quá hạn"):
        assert expected in printed


def test_word_and_excel_follow_the_filter_of_the_page(region: Region, two_branches: Book) -> None:
    client = enter(region, "clerk")
    asked = f"?org={region.bodies['brigade'].pk}&period=2021-Q2"
    printed = text(client.get(f"{LIST}.docx{asked}").content)
    assert "Việc của lữ đoàn" in printed
    assert "Việc của trung đoàn" not in printed
    assert "quý II/2021" in printed
    assert "Đảng ủy Lữ đoàn 902 và cấp dưới" in printed
    workbook = client.get(f"{LIST}.xlsx{asked}").content
    assert "Việc của lữ đoàn" in column(workbook, "C")
    assert "Việc của trung đoàn" not in column(workbook, "C")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t="])
def test_cells_that_look_like_formulas_stay_text(region: Region, book: Book, start: str) -> None:
    book.finding(f'{start}HYPERLINK("http://127.0.0.1/","bấm vào đây")')
    cells = sheet(enter(region, "clerk").get(f"{LIST}.xlsx").content)
    assert any("HYPERLINK" in cell.value for cell in cells.values())
    assert not any(cell.formula for cell in cells.values())


def test_a_confirmed_remedy_prints_who_confirmed(region: Region, book: Book) -> None:
    book.mended("Kỷ luật chưa nghiêm")
    printed = text(enter(region, "clerk").get(f"{LIST}.docx").content)
    assert "Ngô Văn Kiểm" in printed
    assert "Đã xác nhận" in printed


def test_strengths_are_no_part_of_this_list(region: Region, two_branches: Book) -> None:
    two_branches.finding("Trực sẵn sàng chiến đấu tốt", kind=FindingKind.STRENGTH)
    client = enter(region, "clerk")
    assert "Trực sẵn sàng" not in text(client.get(f"{LIST}.docx").content)
    refused = client.get(f"{LIST}.xlsx?kind=strength")
    assert refused.status_code == 422
    assert "chỉ gồm hạn chế, khuyết điểm" in words(refused)


def test_a_part_of_the_tree_out_of_sight_is_not_found(region: Region, two_branches: Book) -> None:
    client = enter(region, "divisionclerk")
    assert client.get(f"{LIST}.docx?org={region.bodies['brigade'].pk}").status_code == 404
    assert enter(region, "admin").get(f"{LIST}.xlsx").status_code == 403


def test_a_list_too_long_says_what_to_do(
    region: Region, two_branches: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "MOST_IN_WORD", 1)
    response = enter(region, "clerk").get(f"{LIST}.docx")
    assert response.status_code == 422
    assert "Danh mục có 2 mục, quá dài cho một tệp (nhiều nhất 1)" in words(response)


# --- minutes -----------------------------------------------------------------------------------------


@pytest.fixture
def held(region: Region, book: Book) -> Conference:
    """Giao ban của sư đoàn ngày 07/10/2021."""
    conference = conferences.record_conference(
        actor=region.system, organization=region.bodies["division"], kind=ConferenceKind.BRIEFING_QUARTER,
        title="Giao ban quý III năm 2021", date_start=dt.date(2021, 10, 7), period="2021-Q3", form=Form.ONLINE,
        place="Sở chỉ huy Sư đoàn", now=region.now,
    )  # fmt: skip
    for key, role, presence in (
        ("division", AttendanceRole.CHAIR, Presence.PRESENT),
        ("divisionclerk", AttendanceRole.SECRETARY, Presence.PRESENT),
        ("secretary", AttendanceRole.DIRECT, Presence.PRESENT),
        ("regiment", AttendanceRole.ATTEND, Presence.ABSENT),
    ):
        minutes.record_attendance(
            actor=region.system, conference=conference, person=region.people[key], roles=[role],
            presence=presence, reason="đi công tác" if presence == Presence.ABSENT else "", now=region.now,
        )  # fmt: skip
    finding = book.finding(
        "Giao nhiệm vụ chưa cụ thể", body="division", on=dt.date(2021, 10, 7), names="division"
    )
    actions.add_cause(
        actor=region.system, finding=finding, kind="own", statement="Cấp ủy ít kiểm tra", now=region.now
    )
    conferences.attach_finding(actor=region.system, conference=conference, finding=finding, now=region.now)
    minutes.add_conclusions(
        actor=region.system, conference=conference, conclusions=[NewConclusion("Chấn chỉnh việc giao nhiệm vụ")],
        now=region.now,
    )  # fmt: skip
    return conference


def test_minutes_of_a_conference(region: Region, held: Conference) -> None:
    response = enter(region, "division").get(f"/hoi-nghi/{held.pk}/bien-ban.docx")
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert "bien-ban-hoi-nghi-2021-10-07.docx" in response.headers["Content-Disposition"]
    printed = text(response.content)
    for expected in (
        "ĐẢNG ỦY SƯ ĐOÀN 901",
        "Phan Văn Sư, Bí thư Đảng ủy Sư đoàn",
        "Hồ Thị Văn",
        "Lê Văn Thử",
        "đi công tác",
        "Giao nhiệm vụ chưa cụ thể",
        "Cấp ủy ít kiểm tra",
        "Chấn chỉnh việc giao nhiệm vụ",
        "trực tuyến",
        "Sở chỉ huy Sư đoàn",
    ):
        assert expected in printed, expected


def test_minutes_name_the_posts_of_that_day(region: Region, held: Conference) -> None:
    staffing.appoint(
        actor=region.system, person=region.people["member"], post=region.posts["division"],
        start=dt.date(2021, 11, 1), replace=True, now=region.now,
    )  # fmt: skip
    printed = text(enter(region, "clerk").get(f"/hoi-nghi/{held.pk}/bien-ban.docx").content)
    assert "Phan Văn Sư, Bí thư Đảng ủy Sư đoàn" in printed
    assert "Đinh Văn Viên" not in printed


def test_minutes_out_of_sight_answer_like_missing(region: Region, held: Conference) -> None:
    client = enter(region, "brigade")
    hidden, missing = (
        client.get(f"/hoi-nghi/{held.pk}/bien-ban.docx"),
        client.get("/hoi-nghi/99999/bien-ban.docx"),
    )
    assert hidden.status_code == missing.status_code == 404
    assert words(hidden) == words(missing)


def test_a_return_shows_in_the_list(region: Region, book: Book) -> None:
    finding = book.reported("Kỷ luật chưa nghiêm")
    remedies.return_for_more(
        actor=region.actor("inspector"), finding=finding, note="Còn Đại đội 3.", now=region.now
    )
    workbook = enter(region, "clerk").get(f"{LIST}.xlsx").content
    assert "Đang khắc phục" in column(workbook, "L")


def test_what_the_person_answered_goes_wherever_the_finding_goes(region: Region, book: Book) -> None:
    finding = book.finding("Sinh hoạt chi bộ chưa nghiêm", body="regiment")
    actions.add_responsibility(
        actor=region.actor("divisionclerk"),
        finding=finding,
        kind=ResponsibilityKind.HEAD,
        organization=region.bodies["regiment"],
        post=region.posts["regiment"],
        now=region.now,
    )
    actions.answer(
        actor=region.actor("regiment"),
        finding=finding,
        text="Trung đoàn đi diễn tập dài ngày",
        now=region.now,
    )
    client = enter(region, "divisionclerk")
    for printed in (
        text(client.get(f"{LIST}.docx").content),
        "\n".join(column(client.get(f"{LIST}.xlsx").content, "C")),
    ):
        assert "Mai Văn Trung" in printed
        assert "Trung đoàn đi diễn tập dài ngày" in printed
