import pytest

from soi.forms.xlsx.findings import findings_workbook
from tests.forms import samples
from tests.forms.reading import column, sheet, with_texts

CONTENT = findings_workbook(samples.findings(), created=samples.CREATED)


def row(number: int) -> dict[str, str]:
    cells = sheet(CONTENT)
    titles = {address[:-1]: cell.value for address, cell in cells.items() if address[1:] == "1"}
    return {title: cells[f"{letter}{number}"].value for letter, title in titles.items()}


def test_a_row_a_remedy_with_the_finding_repeated() -> None:
    assert column(CONTENT, "A") == ["TT", "1", "1", "2", "3"]
    first, second = row(2), row(3)
    assert first["Mã"] == second["Mã"] == "HC-2021-001"
    assert first["Chức vụ chịu trách nhiệm"] == "Chủ nhiệm Chính trị"
    assert first["Quá hạn"] == "Quá hạn"
    assert second["Quá hạn"] == ""
    assert first["Tái diễn"] == "Tái diễn"
    assert row(5)["Biện pháp khắc phục"] == "Chưa có biện pháp"


def test_days_are_dates() -> None:
    cells = sheet(CONTENT)
    days = [cells[f"{letter}3"] for letter in ("H", "Q", "V")]
    assert [(day.kind, day.value) for day in days] == [("n", "44293"), ("n", "44377"), ("n", "44375")]


def test_the_notes_say_what_was_listed_and_when() -> None:
    notes = dict(zip(column(CONTENT, "A", 2), column(CONTENT, "B", 2), strict=True))
    assert notes["Đơn vị"] == "Đảng bộ Sư đoàn 904"
    assert notes["Số liệu tính đến ngày"] == "44377"
    assert notes["Phạm vi chọn"] == "Lĩnh vực: tất cả\nTrạng thái: tất cả"
    assert "Tổng số: 03 hạn chế, khuyết điểm (khuyết điểm 01, hạn chế 02)." in column(CONTENT, "B", 2)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "=cmd|'/C calc'!A0;"])
def test_every_field_stays_text(start: str) -> None:
    poisoned = with_texts(samples.findings(), lambda typed: f"{start}{typed}")
    content = findings_workbook(poisoned, created=samples.CREATED)
    for number in (1, 2):
        cells = sheet(content, number).values()
        assert not [cell for cell in cells if cell.formula]
        assert {cell.kind for cell in cells} <= {"inlineStr", "n"}
    assert sheet(content)["C2"].value == f"{start.strip()}{samples.findings().findings[0].text}"


def test_an_empty_list_keeps_heading_and_notes() -> None:
    content = findings_workbook(samples.findings(0), created=samples.CREATED)
    assert column(content, "A") == ["TT"]
    assert column(content, "A", 2)[0] == "Tên bảng"
