"""Việc của tôi và Hồ sơ của tôi: what is due from whom, and that nothing about a person is hidden from them."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from soi.access.actions import delegate
from soi.conferences import actions as conferences
from soi.conferences import minutes
from soi.conferences.enums import AttendanceRole, ConferenceKind
from soi.documents import actions as documents
from soi.findings import actions
from soi.intake import actions as intake
from soi.org import staffing
from soi.web.views import my_work
from tests.factories import Region
from tests.web.findings_world import Book, enter, words


@pytest.fixture(autouse=True)
def _the_day(time_machine: Any, region: Region) -> None:
    time_machine.move_to(region.now, tick=False)


@pytest.fixture
def book(region: Region) -> Book:
    return Book(region)


def front(region: Region, username: str) -> str:
    return words(enter(region, username).get("/"))


def test_overdue_comes_first(region: Region, book: Book) -> None:
    book.remedy(book.finding("Còn hạn"), due=dt.date(2021, 12, 4))
    book.remedy(book.finding("Đã trễ"), due=dt.date(2021, 11, 20))
    shown = front(region, "regiment")
    assert "Có 2 việc chờ đồng chí, 1 việc đã quá hạn" in shown
    assert shown.index("Quá hạn 11 ngày") < shown.index("Còn 3 ngày")


def test_work_goes_with_the_post_not_with_the_person(region: Region, book: Book) -> None:
    book.remedy(book.finding("Giao nhiệm vụ chưa cụ thể"))
    staffing.appoint(
        actor=region.system,
        post=region.posts["regiment"],
        person=region.people["member"],
        start=dt.date(2021, 12, 1),
        replace=True,
        now=region.now,
    )
    assert "Lập bảng phân công" in front(region, "member")
    assert "Lập bảng phân công" not in front(region, "regiment")


def test_the_inspector_verifies_and_the_accountable_person_does_not(region: Region, book: Book) -> None:
    book.reported("Chờ người khác xem")
    assert "Chờ tôi kiểm tra, xác nhận 1 mục Chờ người khác xem" in front(region, "inspector")
    assert "Chờ tôi kiểm tra" not in front(region, "regiment")
    assert "Chờ tôi kiểm tra" not in front(region, "brigade")


def test_recurrence_waits_for_whoever_may_decide(region: Region, book: Book) -> None:
    statement = "Giao nhiệm vụ chưa cụ thể, chưa rõ người chịu trách nhiệm"
    book.finding(statement, on=dt.date(2020, 4, 8))
    book.finding(statement)
    assert "Giống mục nêu ngày 08/04/2020" in front(region, "inspector")
    assert "Giống mục" not in front(region, "clerk")


def test_a_finding_that_names_me_waits_until_i_answer(region: Region, book: Book) -> None:
    finding = book.finding("Giao nhiệm vụ chưa cụ thể", names="regiment")
    assert "Nêu tên tôi, tôi chưa có ý kiến 1 mục" in front(region, "regiment")
    assert "Nêu tên tôi" not in front(region, "division")
    actions.answer(actor=region.actor("regiment"), finding=finding, text="Tôi nhận.", now=region.now)
    assert "Nêu tên tôi" not in front(region, "regiment")


def test_drafts_wait_for_those_who_record(region: Region) -> None:
    source = documents.receive_text(
        actor=region.actor("divisionclerk"),
        organization=region.bodies["division"],
        text="Hội nghị giao ban quý III năm 2021.\nHạn chế: giao nhiệm vụ chưa cụ thể.",
        title="Biên bản giao ban",
        now=region.now,
    ).source
    intake.propose_draft(
        actor=region.actor("divisionclerk"),
        source=source,
        organization=region.bodies["division"],
        now=region.now,
    )
    shown = front(region, "divisionclerk")
    assert "Biên bản giao ban" in shown
    assert re.search(r"còn (\d+) trong \1 đề xuất chưa xem", shown)
    assert "Biên bản giao ban" not in front(region, "brigadeclerk")
    assert "Biên bản giao ban" not in front(region, "inspector")


def test_nothing_due_is_said_calmly_and_figures_open_the_register(region: Region, book: Book) -> None:
    book.remedy(book.finding("Giao nhiệm vụ chưa cụ thể"), due=dt.date(2021, 11, 20))
    client = enter(region, "clerk")
    response = client.get("/")
    assert "Đồng chí đã xong mọi việc" in words(response)
    assert b'href="/so-theo-doi/?overdue=1">1</a>' in response.content


def test_an_administrator_sees_no_content(region: Region, book: Book) -> None:
    book.finding("Giao nhiệm vụ chưa cụ thể")
    client = enter(region, "admin")
    assert "trong phạm vi của tôi" not in words(client.get("/"))
    assert client.get("/so-theo-doi/").status_code == 403


@pytest.mark.parametrize(("who", "number"), [("division", 9), ("inspector", 8), ("secretary", 9)])
def test_questions_do_not_grow_with_the_work(region: Region, book: Book, who: str, number: int) -> None:
    client = enter(region, who)

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/").status_code == 200
        return len(captured)

    book.remedy(book.finding("Giao nhiệm vụ chưa cụ thể"), post="division")
    book.reported("Kỷ luật chưa nghiêm")
    client.get("/")
    one = asked()
    for time in range(2):
        book.remedy(book.finding(f"Quân số chưa đủ {time}"), post="division")
        book.reported(f"Tuyên truyền đơn điệu {time}")
    assert asked() == one == number


def test_a_long_pile_shows_its_beginning_and_its_number(
    region: Region, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(my_work, "SHOWN", 2)
    for statement in ("Kỷ luật chưa nghiêm", "Quân số chưa đủ", "Tuyên truyền đơn điệu"):
        book.reported(statement)
    shown = front(region, "inspector")
    assert "Chờ tôi kiểm tra, xác nhận 3 mục" in shown
    assert "Còn 1 việc nữa" in shown
    # One more stands in the summary beside the piles.
    assert shown.count("Chờ xác nhận") == 2 + 1


def test_my_record_holds_everything_about_me(region: Region, book: Book) -> None:
    me = region.people["regiment"]
    staffing.set_rank(
        actor=region.system, person=me, organization=region.bodies["regiment"], rank="Trung tá",
        start=dt.date(2020, 1, 1), now=region.now,
    )  # fmt: skip
    book.remedy(book.finding("Giao nhiệm vụ chưa cụ thể", names="regiment"))
    held = conferences.record_conference(
        actor=region.system, organization=region.bodies["region"], kind=ConferenceKind.BRIEFING_QUARTER,
        title="Giao ban quý III", date_start=dt.date(2021, 10, 7), now=region.now,
    )  # fmt: skip
    minutes.record_attendance(
        actor=region.system, conference=held, person=me, roles=[AttendanceRole.SPEAK], now=region.now
    )
    delegate(
        actor=region.actor("regiment"), post=region.posts["regiment"], delegate=region.people["division"],
        start=dt.date(2021, 12, 1), end=dt.date(2021, 12, 9), reason="đi công tác", now=region.now,
    )  # fmt: skip
    shown = words(enter(region, "regiment").get("/ho-so-cua-toi/"))
    for expected in (
        "Giao nhiệm vụ chưa cụ thể",
        "Lập bảng phân công",
        "Giao ban quý III",
        "Phát biểu",
        "Trung tá",
        "01/01/2015 – nay Bí thư Đảng ủy Trung đoàn",
        "Mai Văn Trung → Phan Văn Sư",
    ):
        assert expected in shown, expected
    assert "Giao nhiệm vụ chưa cụ thể" not in words(enter(region, "brigade").get("/ho-so-cua-toi/"))


def test_signed_out_is_sent_to_sign_in() -> None:
    response = Client().get("/")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/dang-nhap/")
