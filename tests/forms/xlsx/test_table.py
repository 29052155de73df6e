import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from soi.base.errors import Invalid
from soi.forms.xlsx import table
from soi.forms.xlsx.table import Column, Kind, sheet_name, table_workbook
from tests.forms import samples
from tests.forms.reading import column, parts, sheet, zip_times

COLUMNS = [Column("TT", Kind.NUMBER), Column("Họ và tên"), Column("Ngày", Kind.DATE, 14)]
ROWS: list[list[int | str | dt.date | None]] = [[1, "Tạ Hữu Ước", samples.DAY], [2, "=2", None]]


def workbook(created: dt.datetime = samples.CREATED) -> bytes:
    return table_workbook("Danh sách đảng viên", COLUMNS, ROWS, created=created, notes=[("Kỳ", "Quý I")])


def test_heading_rows_and_notes() -> None:
    content = workbook()
    assert [sheet(content)[f"{letter}1"].value for letter in "ABC"] == ["TT", "Họ và tên", "Ngày"]
    assert column(content, "B") == ["Họ và tên", "Tạ Hữu Ước", "=2"]
    assert [column(content, letter, 2) for letter in "AB"] == [
        ["Tên bảng", "Kỳ"],
        ["Danh sách đảng viên", "Quý I"],
    ]


def test_frozen_filtered_fitted() -> None:
    content = workbook()
    page = parts(content)["xl/worksheets/sheet1.xml"].decode()
    for wanted in ('state="frozen"', '<autoFilter ref="A1:C3"', 'orientation="landscape"', 'fitToHeight="0"'):
        assert wanted in page
    assert 'width="14.7' in page
    assert "Print_Titles" in parts(content)["xl/workbook.xml"].decode()


def test_same_input_same_bytes_and_no_other_time() -> None:
    assert workbook() == workbook()
    assert {when[0] for when in zip_times(workbook())} == {1980}
    core = parts(workbook())["docProps/core.xml"].decode()
    assert core.count("2021-04-08T09:30:00Z") == 2


def test_the_file_names_nobody() -> None:
    core = etree.fromstring(parts(workbook())["docProps/core.xml"])
    values = {etree.QName(child).localname: child.text for child in core}
    assert values["creator"] == values["lastModifiedBy"] == "Soi"
    assert "description" not in values


def test_rows_may_come_one_by_one() -> None:
    def rows() -> Iterator[list[int]]:
        yield from ([number] for number in range(5_000))

    content = table_workbook("Dài", [Column("Số", Kind.NUMBER)], rows(), created=samples.CREATED)
    assert column(content, "A")[-1] == "4999"


def test_more_rows_than_excel_holds_are_refused_not_lost(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(table, "MOST_ROWS", 3)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(Invalid, match="lọc bớt"):
        table_workbook("Dài", [Column("Số")], [[1], [2], [3], [4]], created=samples.CREATED)
    assert list(tmp_path.iterdir()) == []


def test_a_row_of_the_wrong_length_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="shorter"):
        table_workbook("Sai", COLUMNS, [[1]], created=samples.CREATED)


def test_an_empty_list_is_a_table_with_a_heading() -> None:
    content = table_workbook("Trống", COLUMNS, [], created=samples.CREATED)
    assert len(sheet(content)) == 3


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Danh sách", "Danh sách"),
        ("Quý I/2021: [a]*?\\", "Quý I 2021 a"),
        ("x" * 40, "x" * 31),
        ("'trích'", "trích"),
        ("", "Danh sách"),
        ("History", "Danh sách"),
        ("GHI CHÚ", "Danh sách"),
    ],
)
def test_sheet_names_that_excel_takes(title: str, name: str) -> None:
    assert sheet_name(title) == name
    assert table_workbook(title, COLUMNS, ROWS, created=samples.CREATED)
