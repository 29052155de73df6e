"""Trang sổ theo dõi: filters, figures and the picture, each number opening what it counts."""

from __future__ import annotations

import datetime as dt
import html
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from soi.findings.enums import FindingKind
from soi.org.enums import WorkArea
from tests.factories import Region
from tests.web.findings_world import Book, enter, links, words


@pytest.fixture(autouse=True)
def _the_day(time_machine: Any, region: Region) -> None:
    """The pages read the clock; it stands still at the fixtures' moment."""
    time_machine.move_to(region.now, tick=False)


@pytest.fixture
def book(region: Region) -> Book:
    return Book(region)


def test_register_shows_whose_it_is_and_when_it_is_due(region: Region, book: Book) -> None:
    book.remedy(book.finding("Giao nhiệm vụ chưa cụ thể"), due=dt.date(2021, 11, 20))
    shown = words(enter(region, "clerk").get("/so-theo-doi/"))
    for expected in (
        "Giao nhiệm vụ chưa cụ thể",
        "Đảng ủy Trung đoàn 91",
        "Bí thư Đảng ủy Trung đoàn Mai Văn Trung",
        "20/11/2021",
        "Quá hạn",
    ):
        assert expected in shown


def test_nobody_sees_findings_of_another_branch(region: Region, book: Book) -> None:
    book.finding("Việc của lữ đoàn", body="brigade")
    book.finding("Việc của trung đoàn")
    shown = words(enter(region, "divisionclerk").get("/so-theo-doi/"))
    assert "Việc của trung đoàn" in shown
    assert "Việc của lữ đoàn" not in shown


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=nhiem vu chua cu the", True),
        ("q=nhiệm vụ", True),
        ("q=nhiễm vu", False),  # with marks, marks count
        ("kind=limitation", True),
        ("kind=shortcoming", False),
        ("area=leadership", True),
        ("area=economy", False),
        ("state=open", True),
        ("state=mended", False),
        ("period=2021-Q2", True),
        ("period=2021", True),
        ("period=2020", False),
        ("overdue=1", False),
        ("recurrent=1", False),
        (
            "kind=%27;drop&area=xx&state=..&period=99&order=password&page=-1&org=abc",
            True,
        ),  # nonsense is left out
    ],
)
def test_filters(region: Region, book: Book, query: str, found: bool) -> None:
    book.finding("Giao nhiệm vụ chưa cụ thể")
    response = enter(region, "clerk").get(f"/so-theo-doi/?{query}")
    assert response.status_code == 200
    assert ("Giao nhiệm vụ chưa cụ thể" in words(response)) is found


def test_limitations_and_shortcomings_are_one_choice(region: Region, book: Book) -> None:
    book.finding("Giao nhiệm vụ chưa cụ thể")
    book.finding("Kỷ luật chưa nghiêm", kind=FindingKind.SHORTCOMING)
    book.finding("Làm tốt", kind=FindingKind.STRENGTH)
    response = enter(region, "clerk").get("/so-theo-doi/?kind=wanting")
    assert "2 mục phù hợp" in words(response)
    assert '<option value="wanting" selected>' in response.content.decode()


def test_a_filter_without_reloading_leaves_a_clean_address(region: Region, book: Book) -> None:
    book.finding("Giao nhiệm vụ chưa cụ thể")
    response = enter(region, "clerk").get(
        "/so-theo-doi/?q=&kind=&area=leadership&org=", HTTP_HX_REQUEST="true"
    )
    assert response.headers["HX-Push-Url"] == "/so-theo-doi/?area=leadership"


def test_filter_by_part_of_the_tree(region: Region, book: Book) -> None:
    book.finding("Việc của lữ đoàn", body="brigade")
    book.finding("Việc của chi bộ", body="cell")
    shown = words(enter(region, "clerk").get(f"/so-theo-doi/?org={region.bodies['division'].pk}"))
    assert "Việc của chi bộ" in shown
    assert "Việc của lữ đoàn" not in shown
    assert "Đơn vị: Đảng ủy Sư đoàn 901 và cấp dưới" in shown


def test_a_chip_drops_only_its_own_condition(region: Region, book: Book) -> None:
    book.finding("Giao nhiệm vụ chưa cụ thể")
    response = enter(region, "clerk").get("/so-theo-doi/?area=leadership&period=2021&q=giao")
    chips = re.findall(r'class="chip-remove" href="([^"]+)"', response.content.decode())
    assert [html.unescape(chip) for chip in chips] == [
        "?area=leadership&period=2021",
        "?period=2021&q=giao",
        "?area=leadership&q=giao",
    ]


def test_every_number_of_the_picture_opens_so_many_findings(region: Region, book: Book) -> None:
    for day in (dt.date(2020, 5, 2), dt.date(2021, 4, 8), dt.date(2021, 5, 9)):
        book.finding(f"Giao nhiệm vụ chưa cụ thể {day}", on=day)
    book.finding("Thanh quyết toán chậm", area=WorkArea.ECONOMY, body="brigade")
    book.finding("Làm tốt", kind=FindingKind.STRENGTH)
    client = enter(region, "clerk")
    page = client.get("/so-theo-doi/?by=year").content.decode()
    cells = re.findall(r'<td class="heat-(?:\d|total)"><a href="([^"]+)"[^>]*>(\d+)</a>', page)
    assert sorted(int(number) for _url, number in cells) == [1, 1, 1, 2, 3]
    for url, number in cells:
        behind = client.get(f"/so-theo-doi/{html.unescape(url)}").content.decode()
        assert len(re.findall(r"<tr data-href=", behind)) == int(number)


def test_a_cell_keeps_the_other_conditions(region: Region, book: Book) -> None:
    book.finding("Giao nhiệm vụ chưa cụ thể")
    response = enter(region, "clerk").get("/so-theo-doi/?q=giao&state=open")
    cell = next(url for url in links(response) if "period=2021-Q2" in url)
    assert "q=giao" in cell
    assert "state=open" in cell
    assert "area=leadership" in cell


def test_tiles_count_what_their_links_show(region: Region, book: Book) -> None:
    book.remedy(book.finding("Quá hạn một"), due=dt.date(2021, 11, 20))
    book.reported("Chờ xác nhận một")
    book.mended("Đã xong một")
    client = enter(region, "clerk")
    page = client.get("/so-theo-doi/").content.decode()
    tiles = re.findall(r'class="stat-number" href="([^"]+)">(\d+)<', page)
    assert [int(number) for _url, number in tiles] == [2, 1, 1, 0]
    for url, number in tiles:
        behind = client.get(f"/so-theo-doi/{html.unescape(url)}").content.decode()
        assert len(re.findall(r"<tr data-href=", behind)) == int(number)


def test_order_by_due_day(region: Region, book: Book) -> None:
    book.remedy(book.finding("Hạn sau"), due=dt.date(2021, 12, 30))
    book.remedy(book.finding("Hạn trước"), due=dt.date(2021, 12, 10))
    shown = words(enter(region, "clerk").get("/so-theo-doi/?order=due"))
    assert shown.index("Hạn trước") < shown.index("Hạn sau")


def test_pages_of_25(region: Region, book: Book) -> None:
    for number in range(26):
        book.finding(f"Mục thứ {number:02d} về nề nếp {number * 7919}")
    client = enter(region, "clerk")
    assert client.get("/so-theo-doi/").content.count(b"<tr data-href=") == 25
    last = client.get("/so-theo-doi/?page=99&area=leadership")
    assert last.content.count(b"<tr data-href=") == 1
    assert "26–26 trong 26" in words(last)


def test_empty_register_says_what_will_stand_here(region: Region) -> None:
    shown = words(enter(region, "clerk").get("/so-theo-doi/"))
    assert "Sổ chưa có mục nào" in shown
    assert "Không có mục nào phù hợp" in words(enter(region, "clerk").get("/so-theo-doi/?q=zz"))


def test_only_recorders_are_offered_to_record(region: Region) -> None:
    assert "Ghi mục mới" in words(enter(region, "clerk").get("/so-theo-doi/"))
    assert "Ghi mục mới" not in words(enter(region, "inspector").get("/so-theo-doi/"))


@pytest.mark.parametrize("query", ["", "?by=year&order=due&area=leadership&q=giao"])
def test_the_list_asks_the_same_number_of_questions_for_one_and_three_rows(
    region: Region, book: Book, query: str
) -> None:
    client = enter(region, "clerk")
    client.get("/so-theo-doi/")  # the session writes when it begins

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/so-theo-doi/{query}").status_code == 200
        return len(captured)

    book.remedy(book.finding("Giao nhiệm vụ một"))
    one = asked()
    for name, post in (("hai", "division"), ("ba", "secretary")):
        book.remedy(book.finding(f"Giao nhiệm vụ {name}"), post=post)
    assert asked() == one <= 12
