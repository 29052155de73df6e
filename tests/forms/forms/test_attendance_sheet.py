"""The attendance sheet in Word and Excel: when each was there, why not, and a place to sign."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import pytest
from docx import Document

from soi.forms import registry
from soi.forms.forms.attendance_sheet.cells import figures, note_text, span_text
from soi.forms.forms.attendance_sheet.context import (
    AttendanceLine,
    AttendanceSheetContext,
    SiteTotal,
    TimeSpan,
)
from soi.forms.forms.attendance_sheet.workbook import workbook
from soi.forms.parts import Participant
from tests.forms.reading import column, sheet
from tests.forms.samples import CHAIR, CREATED, DAY, HEAD, SECRETARY


def span(came: tuple[int, int], left: tuple[int, int] | None) -> TimeSpan:
    return TimeSpan(came=dt.time(*came), left=dt.time(*left) if left else None)


def line(name: str, *spans: TimeSpan, entitled: bool = True, **facts: object) -> AttendanceLine:
    who = Participant(name=name, rank="Thượng tá", posts=("Chủ nhiệm Chính trị",), site="Trung đoàn 1")
    return AttendanceLine(who=who, entitled=entitled, spans=spans, **facts)  # type: ignore[arg-type]


@pytest.fixture
def context() -> AttendanceSheetContext:
    return AttendanceSheetContext(
        letterhead=HEAD,
        title="Giao ban quý I",
        day=DAY,
        as_of=dt.datetime(2021, 4, 7, 11, 5, tzinfo=dt.UTC),
        lines=(
            line(
                "Tạ Hữu Ước", span((7, 58), (9, 10)), span((9, 40), (11, 0)), evidence="Tự điểm danh bằng mã"
            ),
            line("Vi Thị Sến", span((8, 0), None), online=True, entitled=False),
            line("Ngô Đức Khuê", absent=True, note="đi công tác."),
            line("=1+1"),
        ),
        sites=(
            SiteTotal(name="Sở chỉ huy", came=1, invited=2),
            SiteTotal(name="Trung đoàn 1", came=1, invited=2),
        ),
        figures=("Khi bế mạc: có mặt 1/3 thành viên chính thức, chưa đủ số.",),
        secretary=SECRETARY,
        chair=CHAIR,
    )


def cells(data: bytes) -> list[list[str]]:
    table = Document(io.BytesIO(data)).tables[1]
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_word_has_a_row_a_person_and_a_column_to_sign(context: AttendanceSheetContext) -> None:
    head, first, second, third, fourth = cells(registry.render("attendance_sheet", context, created=CREATED))
    assert head == ["TT", "Họ và tên", "Cấp bậc, chức vụ", "Điểm cầu", "Có mặt", "Ghi chú", "Ký tên"]
    assert first == [
        "1", "Tạ Hữu Ước", "Thượng tá, Chủ nhiệm Chính trị", "Trung đoàn 1", "07:58 – 09:10\n09:40 – 11:00",
        "Tự điểm danh bằng mã", "",
    ]  # fmt: skip
    assert second[4:6] == ["08:00 – …", "Trực tuyến; Khách mời"]
    assert third[4:6] == ["", "Vắng: đi công tác"]
    assert fourth[1] == "=1+1"


def test_the_sheet_of_one_site_names_it_once(context: AttendanceSheetContext) -> None:
    data = registry.render("attendance_sheet", replace(context, part="Trung đoàn 1"), created=CREATED)
    assert "Điểm cầu" not in cells(data)[0]
    words = "\n".join(one.text for one in Document(io.BytesIO(data)).paragraphs)
    assert "Trung đoàn 1" in words
    assert "Ngày họp 07/04/2021; lập lúc 11:05 ngày 07/04/2021" in words


def test_an_empty_list_says_so(context: AttendanceSheetContext) -> None:
    data = registry.render("attendance_sheet", replace(context, lines=(), sites=()), created=CREATED)
    assert "Danh sách chưa có ai" in "\n".join(one.text for one in Document(io.BytesIO(data)).paragraphs)


def test_excel_has_the_same_people_and_times_apart(context: AttendanceSheetContext) -> None:
    data = workbook(context, created=CREATED)
    found = sheet(data)
    first = [found[f"{letter}2"].value for letter in "BCDEFGHIJ"]
    assert first == [
        "Tạ Hữu Ước", "Thượng tá", "Chủ nhiệm Chính trị", "Trung đoàn 1", "Thành viên", "Có mặt", "07:58", "11:00",
        "07:58 – 09:10\n09:40 – 11:00",
    ]  # fmt: skip
    assert column(data, "G")[1:] == ["Có mặt", "Có mặt", "Vắng", "Chưa đến"]
    assert found["I3"].value == "", "still there"
    assert (found["B5"].value, found["B5"].kind) == ("=1+1", "inlineStr"), "text, never a formula"
    assert "Khi bế mạc: có mặt 1/3 thành viên chính thức, chưa đủ số." in column(data, "B", 2)


def test_the_same_facts_give_the_same_bytes(context: AttendanceSheetContext) -> None:
    assert workbook(context, created=CREATED) == workbook(context, created=CREATED)
    first = registry.render("attendance_sheet", context, created=CREATED)
    assert first == registry.render("attendance_sheet", context, created=CREATED)


def test_words_of_cells_and_figures(context: AttendanceSheetContext) -> None:
    several = TimeSpan(came=dt.time(8, 5), left=dt.time(11, 0), day=DAY)
    assert span_text(several) == "07/04/2021 08:05 – 11:00"
    assert note_text(line("A", absent=True)) == "Vắng"
    assert figures(context)[:2] == [
        "Có mặt 02/04 người trong danh sách.",
        "Theo điểm cầu: Sở chỉ huy 01/02; Trung đoàn 1 01/02.",
    ]


def test_it_is_found_by_its_folder_and_refuses_another_context() -> None:
    name = registry.file_name("attendance_sheet", day=DAY, subject="Giao ban quý I", extension="xlsx")
    assert name == "diem-danh-giao-ban-quy-i-2021-04-07.xlsx"
    with pytest.raises(TypeError):
        registry.render("attendance_sheet", object(), created=CREATED)
