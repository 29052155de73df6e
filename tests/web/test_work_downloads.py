"""Tải về bằng Excel: what the page shows stands in the file, and a programme comes back unchanged."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from soi.directives import actions as directives
from soi.directives.enums import DirectiveKind, DisseminationForm
from soi.documents.reading import CellValue, read_sheets
from soi.intake.sheets import queries
from soi.intake.sheets.models import Sheet
from soi.org.enums import WorkArea
from soi.work.models import Programme, Task
from soi.work.programmes import add_programme
from soi.work.tasks import ContributorEntry, assign_task
from tests.factories import Region


@pytest.fixture(autouse=True)
def _clock(now: dt.datetime) -> Any:
    with time_machine.travel(now, tick=False):
        yield


def sign_in(region: Region, username: str = "divisionclerk") -> Client:
    client = Client()
    client.force_login(region.users[username])
    return client


def rows(client: Client, url: str) -> list[dict[str, CellValue]]:
    answer = client.get(url)
    assert answer.status_code == 200
    table = read_sheets(answer.content)[0].rows
    return [dict(zip(table[0], [*row, *[None] * 40], strict=False)) for row in table[1:]]  # type: ignore[misc]


def programme(region: Region) -> Programme:
    return add_programme(
        actor=region.actor("divisionclerk"),
        organization=region.bodies["division"],
        title="Chương trình năm",
        period="2021",
        now=region.now,
    )


def give(region: Region, number: int, **changes: Any) -> Task:
    wanted: dict[str, Any] = {
        "accountable_post": region.posts["regiment"],
        "statement": f"Kiểm tra {number} kho vũ khí\nvà lập biên bản",
        "deliverable": "=Biên bản của từng kho",
        "due_on": dt.date(2021, 12, 20 + number),
        "area": WorkArea.DEFENCE,
        "target": number,
        "unit": "kho",
        "weight": 3,
        "contributors": [ContributorEntry(region.bodies["battalion"])],
    }
    return assign_task(
        actor=region.actor("divisionclerk"),
        assigned_by=region.bodies["division"],
        now=region.now,
        **(wanted | changes),
    )


def test_the_list_is_that_of_the_filter_and_text_stays_text(region: Region) -> None:
    give(region, 1)
    give(region, 2, area=WorkArea.MASS_WORK)
    client = sign_in(region)
    every = rows(client, reverse("tasks_xlsx"))
    assert [row["Chỉ tiêu"] for row in every] == [1, 2]
    assert every[0]["Sản phẩm/kết quả"] == "=Biên bản của từng kho"
    assert every[0]["Người giữ chức"] == "Mai Văn Trung"
    assert every[0]["Phối hợp"] == "Đảng bộ Tiểu đoàn 1"
    some = rows(client, reverse("tasks_xlsx") + "?area=mass_work")
    assert [row["Lĩnh vực"] for row in some] == ["Dân vận, đoàn thể"]
    notes = read_sheets(client.get(reverse("tasks_xlsx") + "?area=mass_work").content)[1]
    assert any("Lĩnh vực: Dân vận, đoàn thể" in str(line) for line in notes.rows)
    assert rows(sign_in(region, "brigadeclerk"), reverse("tasks_xlsx")) == []


def test_a_programme_written_out_and_read_in_again_is_unchanged(region: Region) -> None:
    """Without codes too: the same work of the same post is the same task."""
    plan = programme(region)
    give(region, 1, programme=plan)
    give(region, 2, programme=plan, code="CT-02", accountable_post=region.posts["division"])
    client = sign_in(region)
    data = client.get(reverse("programme_xlsx", args=[plan.pk])).content
    file = SimpleUploadedFile("chuong-trinh.xlsx", data)
    answer = client.post(reverse("sheet_new"), {"programme": plan.pk, "file": file})
    assert answer.status_code == 302, answer.text
    counted = queries.tally(Sheet.objects.get())
    assert (counted.total, counted.same) == (2, 2), list(
        Sheet.objects.get().rows.values("mistakes", "changed")
    )


def test_the_table_of_a_directive(region: Region) -> None:
    actor = region.actor("divisionclerk")
    paper = directives.issue_directive(
        actor=actor,
        issuer=region.bodies["division"],
        kind=DirectiveKind.RESOLUTION,
        number="05-NQ/ĐU",
        title="Nghị quyết về bảo quản vũ khí",
        issued_on=dt.date(2021, 11, 1),
        acknowledge_by=dt.date(2021, 11, 10),
        study_by=dt.date(2021, 12, 31),
        subtrees=[region.bodies["regiment"]],
        now=region.now,
    )
    url = reverse("acknowledgements_xlsx", args=[paper.pk])
    first = rows(sign_in(region), url)
    assert [row["Đơn vị"] for row in first] == [
        "Đảng ủy Trung đoàn 91",
        "Đảng bộ Tiểu đoàn 1",
        "Chi bộ Đại đội 2",
    ]
    assert [row["Cấp"] for row in first] == [1, 2, 3]
    assert {row["Xác nhận"] for row in first} == {"Quá hạn"}
    regiment = region.actor("regiment")
    directives.record_dissemination(
        actor=regiment,
        addressee=paper.addressees.get(organization=region.bodies["regiment"]),
        on=dt.date(2021, 12, 1),
        form=DisseminationForm.CONFERENCE,
        expected=40,
        attended=38,
        now=region.now,
    )
    after = rows(sign_in(region), url)
    assert (after[0]["Số người dự"], after[0]["Số người phải dự"]) == (38, 40)
    assert after[0]["Quán triệt"] == "Đã làm"
    assert after[1]["Quán triệt"] == "Chưa làm, còn hạn"
    assert sign_in(region, "brigadeclerk").get(url).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_a_constant_number_of_queries(region: Region, number: int) -> None:
    plan = programme(region)
    for one in range(number):
        give(region, one + 1, programme=plan)
    client = sign_in(region)
    for url, budget in ((reverse("tasks_xlsx"), 12), (reverse("programme_xlsx", args=[plan.pk]), 10)):
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        assert len(asked) == budget, [query["sql"][:120] for query in asked]
