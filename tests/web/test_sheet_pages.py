"""Nhập bảng nhiệm vụ: from the template to the written programme, and what can go wrong on the way."""

from __future__ import annotations

import datetime as dt
from html import unescape
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from soi.documents.reading import read_sheets
from soi.intake.sheets import queries
from soi.intake.sheets.enums import Fate, SheetState
from soi.intake.sheets.logic.headings import find_table
from soi.intake.sheets.models import Sheet
from soi.work.models import Programme, Task
from soi.work.programmes import add_programme
from tests.factories import Region
from tests.intake.sheets.books import row, workbook

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _clock(now: dt.datetime) -> Any:
    with time_machine.travel(now, tick=False):
        yield


def sign_in(region: Region, username: str = "divisionclerk") -> Client:
    client = Client()
    client.force_login(region.users[username])
    return client


def upload(client: Client, region: Region, data: bytes, name: str = "Chương trình.xlsx", **more: Any) -> Any:
    fields = {"organization": region.bodies["division"].pk, "title": "Chương trình 2021", "period": "2021"}
    return client.post(reverse("sheet_new"), {**fields, **more, "file": SimpleUploadedFile(name, data)})


def tried(client: Client, region: Region, rows: list[dict[str, Any]], **more: Any) -> Sheet:
    answer = upload(client, region, workbook(rows), **more)
    assert answer.status_code == 302, answer.text
    sheet = Sheet.objects.latest("pk")
    assert answer.url == reverse("sheet_detail", args=[sheet.pk])
    return sheet


def page(client: Client, sheet: Sheet, query: str = "") -> str:
    answer = client.get(reverse("sheet_detail", args=[sheet.pk]) + query)
    assert answer.status_code == 200
    return unescape(answer.text)


def write_all(client: Client, sheet: Sheet, **fields: str) -> Any:
    answer = client.post(reverse("sheet_confirmation", args=[sheet.pk]), fields)
    assert answer.status_code == 302, answer.text
    return client.post(reverse("sheet_writing", args=[sheet.pk]), headers=HTMX)


def test_from_the_template_to_the_written_programme(region: Region) -> None:
    client = sign_in(region)
    answer = client.get(reverse("sheet_template"))
    assert "mau-nhap-nhiem-vu-dang-uy-su-doan-901.xlsx" in answer.headers["Content-Disposition"]
    sheets = {sheet.name: sheet for sheet in read_sheets(answer.content)}
    assert set(find_table(sheets.values()).columns) >= {"statement", "post", "due"}
    offered = [line[0] for line in sheets["Chức vụ"].rows]
    assert "Bí thư Đảng ủy Trung đoàn · Đảng ủy Trung đoàn 91" in offered
    assert not any("Lữ đoàn 902" in str(line) for line in offered)

    sheet = tried(client, region, [row(chuc_vu=offered[2] or "", don_vi=None), row(ma="CT-02")])
    assert "Ghi 2 dòng vào «Chương trình 2021»" in page(client, sheet)
    assert not Programme.objects.exists()
    assert not Task.objects.exists()

    done = write_all(client, sheet)
    assert done.headers["HX-Redirect"] == reverse("sheet_detail", args=[sheet.pk])
    programme = Programme.objects.get()
    assert programme.title == "Chương trình 2021"
    assert Task.objects.filter(programme=programme).count() == 2
    shown = page(client, sheet)
    assert "Đã ghi 2 dòng" in shown
    assert reverse("programme_detail", args=[programme.pk]) in shown


def test_the_same_file_twice_changes_nothing(region: Region) -> None:
    client, rows = sign_in(region), [row(), row(ma=None, chuc_vu="Bí thư Đảng ủy Sư đoàn", don_vi=None)]
    write_all(client, tried(client, region, rows))
    again = tried(client, region, rows)
    shown = page(client, again)
    assert "Không có gì để ghi" in shown
    assert queries.tally(again).same == 2
    refused = client.post(reverse("sheet_confirmation", args=[again.pk]))
    assert refused.status_code == 409
    assert Task.objects.count() == 2


def test_mistakes_stand_at_their_cells_and_are_left_out_only_when_told(region: Region) -> None:
    client = sign_in(region)
    sheet = tried(client, region, [row(), row(ma="CT-02", thoi_han="31/02/2021", don_vi="Trung đoàn 999")])
    shown = page(client, sheet)
    assert "I3" in shown
    assert "Không có ngày 31/02/2021" in shown
    assert "F3" in shown
    assert "Không tìm thấy đơn vị «Trung đoàn 999»" in shown
    # Mistakes come first on the page.
    assert shown.index("31/02/2021") < shown.index("31/12/2021")
    refused = client.post(reverse("sheet_confirmation", args=[sheet.pk]))
    assert refused.status_code == 422
    assert "còn 1 dòng có lỗi" in unescape(refused.text)
    assert not Task.objects.exists()
    write_all(client, sheet, leave_out_errors="1")
    assert Task.objects.count() == 1
    assert "1 dòng có lỗi chưa được ghi" in page(client, sheet)


def test_the_workbook_with_the_mistakes_can_be_mended_and_read_again(region: Region) -> None:
    client = sign_in(region)
    sheet = tried(client, region, [row(), row(ma="=1+1", thoi_han="ngày mai")])
    data = client.get(reverse("sheet_errors", args=[sheet.pk])).content
    table = find_table(read_sheets(data))
    assert table.ignored == ("Cần sửa",)
    assert [number for number, _ in table.rows] == [2, 3]
    assert table.rows[1][1][0] == "=1+1"
    assert "I3: Không đọc được ngày «ngày mai»" in str(table.rows[1][1][-1])
    again = upload(client, region, data)
    assert again.status_code == 302
    assert queries.tally(Sheet.objects.latest("pk")).error == 1


def test_filters_narrow_the_rows(region: Region) -> None:
    client = sign_in(region)
    sheet = tried(client, region, [row(nhiem_vu="Việc thứ nhất đúng quy định"), row(ma="X", thoi_han="hỏng")])
    assert "Việc thứ nhất" in page(client, sheet, "?dong=moi")
    assert "Việc thứ nhất" not in page(client, sheet, "?dong=loi")
    assert "Không có dòng nào như vậy" in page(client, sheet, "?dong=doi")
    assert "Việc thứ nhất" in page(client, sheet, "?dong=bay&page=kia")


def test_what_changes_is_told_before_it_does(region: Region) -> None:
    client = sign_in(region)
    write_all(client, tried(client, region, [row(), row(ma="CT-02")]))
    sheet = tried(client, region, [row(thoi_han=dt.date(2021, 12, 24), san_pham="Biên bản của 12 đại đội")])
    shown = page(client, sheet)
    assert "31/12/2021" in shown
    assert "24/12/2021" in shown
    assert "Biên bản của 12 đại đội" in shown
    # What is no longer in the sheet is told and stays.
    assert "1 nhiệm vụ của chương trình không có trong bảng" in shown
    write_all(client, sheet)
    assert Task.objects.get(code="CT-01").due_on == dt.date(2021, 12, 24)
    assert Task.objects.count() == 2


def test_the_writing_goes_on_where_it_stopped(region: Region) -> None:
    client = sign_in(region)
    sheet = tried(client, region, [row(ma=f"CT-{number:03d}") for number in range(250)])
    first = write_all(client, sheet)
    assert "đã ghi 200 trong 250 dòng" in unescape(first.text)
    assert "hx-post" in first.text
    # The page was closed; a colleague opens it, and it goes on from there, without JavaScript too.
    other = sign_in(region, "division")
    assert "đã ghi 200 trong 250 dòng" in page(other, sheet)
    assert other.post(reverse("sheet_writing", args=[sheet.pk])).status_code == 302
    sheet.refresh_from_db()
    assert sheet.state == SheetState.DONE
    assert Task.objects.count() == 250
    # A late second request writes nothing more.
    client.post(reverse("sheet_writing", args=[sheet.pk]), headers=HTMX)
    assert Task.objects.count() == 250


def test_into_a_programme_that_is_there(region: Region) -> None:
    client, actor = sign_in(region), region.actor("divisionclerk")
    programme = add_programme(
        actor=actor,
        organization=region.bodies["division"],
        title="Kế hoạch năm",
        period="2021",
        now=region.now,
    )
    form = client.get(reverse("sheet_new") + f"?programme={programme.pk}")
    assert f'value="{programme.pk}" selected' in form.text
    sheet = tried(client, region, [row()], programme=programme.pk, title="", organization="", period="")
    assert sheet.programme == programme
    write_all(client, sheet)
    assert Task.objects.get().programme == programme


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Tệp rỗng"),
        (b"Ma;Nhiem vu", "không phải bảng tính"),
        (b"PK\x03\x04" + bytes(300), "bị hỏng"),
        (workbook([], headings=("Tên", "Tuổi")), "Không thấy dòng tiêu đề"),
        (workbook([]), "chưa có dòng nhiệm vụ nào"),
        (
            workbook([row()], headings=("Mã", "Nhiệm vụ", "Sản phẩm", "Lĩnh vực", "Chức vụ")),
            "thiếu cột: Thời hạn",
        ),
    ],
)
def test_a_file_that_is_no_table_of_tasks(region: Region, data: bytes, said: str) -> None:
    answer = upload(sign_in(region), region, data)
    assert answer.status_code == 422
    assert said in unescape(answer.text)
    assert not Sheet.objects.exists()


@pytest.mark.parametrize(
    "missing",
    [{"title": ""}, {"organization": ""}, {"period": "2021-Q9"}, {"organization": "99999999999999999999"}],
)
def test_a_new_programme_needs_its_body_title_and_period(region: Region, missing: dict[str, str]) -> None:
    assert upload(sign_in(region), region, workbook([row()]), **missing).status_code == 422
    assert not Sheet.objects.exists()


def test_nobody_else_sees_a_sheet(region: Region) -> None:
    sheet = tried(sign_in(region), region, [row()])
    for name in ("brigadeclerk", "brigade"):
        other = sign_in(region, name)
        assert other.get(reverse("sheet_detail", args=[sheet.pk])).status_code == 404
        assert other.get(reverse("sheet_errors", args=[sheet.pk])).status_code == 404
        for view in ("sheet_confirmation", "sheet_writing", "sheet_discarding"):
            assert other.post(reverse(view, args=[sheet.pk])).status_code == 404
        assert "Chương trình.xlsx" not in other.get(reverse("sheet_list")).text
    assert sign_in(region, "inspector").get(reverse("sheet_list")).status_code == 403
    # A body out of one's part of the tree can neither be chosen nor asked for a template.
    brigade = sign_in(region, "brigadeclerk")
    assert upload(brigade, region, workbook([row()])).status_code == 422
    url = reverse("sheet_template") + f"?org={region.bodies['division'].pk}"
    assert brigade.get(url).status_code == 404
    assert sign_in(region).get(url).status_code == 200


def test_a_discarded_sheet_leaves_nothing(region: Region) -> None:
    client = sign_in(region)
    sheet = tried(client, region, [row()])
    assert client.post(reverse("sheet_discarding", args=[sheet.pk])).status_code == 302
    assert not sheet.rows.exists()
    assert "Bảng này đã bỏ" in page(client, sheet)
    assert client.get(reverse("sheet_errors", args=[sheet.pk])).status_code == 404
    assert client.post(reverse("sheet_confirmation", args=[sheet.pk])).status_code == 409
    assert "Nhập bảng đầu tiên" in client.get(reverse("sheet_list")).text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_ask_a_constant_number_of_queries(region: Region, rows: int) -> None:
    client = sign_in(region)
    tasks = [row(ma=f"CT-{number}") for number in range(rows)]
    write_all(client, tried(client, region, tasks))
    changed = [cells | {"Thời hạn": dt.date(2021, 12, 30)} for cells in tasks]
    sheet = tried(client, region, changed)
    assert sheet.rows.filter(fate=Fate.CHANGED).count() == rows
    for number in range(rows - 1):
        tried(client, region, tasks[: number + 1])
    for url, budget in ((reverse("sheet_detail", args=[sheet.pk]), 8), (reverse("sheet_list"), 5)):
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        assert len(asked) == budget, [query["sql"][:120] for query in asked]


def test_ten_thousand_rows_are_paged(region: Region) -> None:
    client = sign_in(region)
    sheet = tried(client, region, [row(ma=f"CT-{number}") for number in range(120)])
    assert "1–50 trong 120" in page(client, sheet)
    assert "CT-119" not in page(client, sheet)
    assert "101–120 trong 120" in page(client, sheet, "?page=3")
