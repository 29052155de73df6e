"""Bảng mẫu và bảng lỗi: what stands in the files, as another program reads it."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

from soi.documents.reading import read_sheets
from soi.forms.xlsx.task_columns import EXAMPLE, TASK_COLUMNS
from soi.forms.xlsx.task_errors import MarkedRow, MarkedSheet, errors_workbook
from soi.forms.xlsx.task_template import TemplateContext, template_workbook

CREATED = dt.datetime(2021, 12, 1, 1, 30, tzinfo=dt.UTC)
CONTEXT = TemplateContext(
    body="Đảng ủy Sư đoàn 901",
    areas=("Xây dựng Đảng", "Văn hóa, xã hội"),
    bodies=("Đảng ủy Sư đoàn 901",),
    posts=(("=Bí thư", "Đảng ủy Sư đoàn 901"), ("Chính ủy", "Trung đoàn 91")),
)


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name).decode()


def test_the_template_has_headings_an_example_and_lists() -> None:
    data = template_workbook(CONTEXT, created=CREATED)
    sheets = {sheet.name: sheet.rows for sheet in read_sheets(data)}
    assert list(sheets) == ["Nhiệm vụ", "Hướng dẫn", "Chức vụ", "Danh mục"]
    assert [str(cell).removesuffix(" *") for cell in sheets["Nhiệm vụ"][0]] == [
        one.title for one in TASK_COLUMNS
    ]
    assert sheets["Nhiệm vụ"][1][0] == EXAMPLE
    assert len(sheets["Nhiệm vụ"]) == 2
    assert sheets["Chức vụ"][1][0] == "=Bí thư · Đảng ủy Sư đoàn 901"
    assert [row[0] for row in sheets["Danh mục"][1:]] == list(CONTEXT.areas)
    tasks = part(data, "xl/worksheets/sheet1.xml")
    assert "'Chức vụ'!$A$2:$A$3" in tasks
    assert "'Danh mục'!$A$2:$A$3" in tasks
    assert "<f>" not in tasks + part(data, "xl/worksheets/sheet3.xml")


def test_a_template_without_posts_is_still_one() -> None:
    empty = TemplateContext(body="Chi bộ", areas=(), bodies=(), posts=())
    assert read_sheets(template_workbook(empty, created=CREATED))[0].rows[1][0] == EXAMPLE


def test_the_same_input_gives_the_same_bytes() -> None:
    assert template_workbook(CONTEXT, created=CREATED) == template_workbook(CONTEXT, created=CREATED)


def test_mistakes_are_coloured_and_told_at_the_cell() -> None:
    rows = [
        MarkedRow(5, {0: "=1+1", 3: dt.date(2021, 12, 1)}),
        MarkedRow(7, {0: "@a"}, {3: "D7: Ô «Thời hạn» còn trống."}),
    ]
    data = errors_workbook(
        MarkedSheet("Nhiệm vụ: [1]", 4, {0: ("Mã", 12), 3: ("Thời hạn", 12)}), rows, created=CREATED
    )
    (sheet,) = read_sheets(data)
    assert sheet.rows[3] == ("Mã", None, None, "Thời hạn", "Cần sửa")
    assert sheet.rows[4] == ("=1+1", None, None, dt.date(2021, 12, 1))
    assert sheet.rows[6] == ("@a", None, None, None, "D7: Ô «Thời hạn» còn trống.")
    comments = part(data, "xl/comments1.xml")
    assert 'ref="D7"' in comments
    assert "còn trống" in comments
    assert "<f>" not in part(data, "xl/worksheets/sheet1.xml")
