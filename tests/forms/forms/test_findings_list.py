import dataclasses
from typing import Any

from soi.forms.forms.findings_list.context import FindingLine, FindingsContext
from soi.forms.forms.findings_list.render import render
from soi.forms.forms.findings_list.totals import totals
from soi.forms.layout import profile
from tests.forms import samples
from tests.forms.reading import lines, opened, text

PARTY, STATE = profile("party-hd05-2026"), profile("state-nd30-2020")


def table(context: FindingsContext) -> list[list[str]]:
    document = opened(render(context, PARTY, created=samples.CREATED))
    return [[cell.text for cell in row.cells] for row in document.tables[1].rows]


def changed(**fields: Any) -> FindingsContext:
    return dataclasses.replace(samples.findings(), **fields)


def test_title_says_whose_when_and_as_of() -> None:
    printed = lines(render(samples.findings(), PARTY, created=samples.CREATED))
    start = printed.index("DANH MỤC")
    assert printed[start + 1 : start + 6] == [
        "Hạn chế, khuyết điểm và biện pháp khắc phục",
        "Đảng bộ Sư đoàn 904 – Quý I/2021",
        "(Số liệu tính đến ngày 30/06/2021)",
        "-----",
        "Phạm vi chọn: Lĩnh vực: tất cả; Trạng thái: tất cả.",
    ]


def test_a_row_a_remedy_with_the_finding_running_on() -> None:
    rows = table(samples.findings())
    assert len(rows) == 1 + 4
    assert len(rows[0]) == 12
    assert rows[1] == [
        "1",
        "Giao việc còn chung chung, chưa nêu rõ ai làm, bao giờ xong\n(Khuyết điểm; Tái diễn)",
        "CTĐ, CTCT",
        "Hội nghị giao ban quý I/2021, ngày 07/04/2021",
        "Chủ quan: Cán bộ chủ trì ngại va chạm\nKhách quan: Đơn vị đóng quân phân tán",
        "Tập thể: Ban Thường vụ Đảng ủy Sư đoàn 904\nCá nhân: Chủ nhiệm Chính trị – Quách Văn Lẫm",
        "Lập bảng phân công cho từng nhiệm vụ, mỗi việc một người chịu trách nhiệm",
        "Chủ nhiệm Chính trị – Quách Văn Lẫm",
        "Bảng phân công đã phê duyệt",
        "02/05/2021\n(quá hạn)",
        "Đang thực hiện\nĐã lập cho 12/15 nhiệm vụ",
        "",
    ]
    # The merged cells of the second remedy read as those of the finding.
    assert rows[2][:6] == rows[1][:6]
    assert rows[2][11] == "Chủ nhiệm Ủy ban Kiểm tra – Vi Thị Sến\n28/06/2021"
    assert [row[0] for row in rows[1:]] == ["1", "1", "2", "3"]


def test_a_finding_without_remedy_says_so() -> None:
    row = table(samples.findings())[4]
    assert row[6:] == ["Chưa có biện pháp", "", "", "", "Mới nêu", ""]


def test_totals_are_those_of_the_lines() -> None:
    assert totals(samples.findings(7)) == (
        "Tổng số: 07 hạn chế, khuyết điểm (khuyết điểm 03, hạn chế 04).",
        "Trạng thái: đang khắc phục 03, đã khắc phục 02, mới nêu 02.",
        "Biện pháp: 08; trong đó quá hạn 03.",
        "Chưa có biện pháp khắc phục: 02.",
        "Tái diễn: 03.",
    )


def test_totals_say_nothing_of_what_there_is_not() -> None:
    mended = FindingLine(text="Chậm", kind="", state="", remedies=(samples.MENDED,))
    assert totals(changed(findings=(mended,))) == (
        "Tổng số: 01 hạn chế, khuyết điểm.",
        "Biện pháp: 01; trong đó quá hạn 00.",
    )


def test_an_empty_list_is_a_sentence_and_no_table() -> None:
    content = render(changed(findings=(), filters=()), STATE, created=samples.CREATED)
    assert "Không có hạn chế, khuyết điểm nào trong phạm vi và thời gian nêu trên./." in lines(content)
    assert "Tổng số" not in text(content)
    assert "Phạm vi chọn" not in text(content)
    assert len(opened(content).tables) == 2


def test_signature_with_the_letters_of_the_layout() -> None:
    for layout, letters, bold in ((PARTY, "T/M BAN THƯỜNG VỤ", None), (STATE, "TM. BAN THƯỜNG VỤ", True)):
        cell = opened(render(samples.findings(), layout, created=samples.CREATED)).tables[-1].cell(0, 1)
        assert [p.text for p in cell.paragraphs] == [letters, "BÍ THƯ", "Đại tá Đinh Khắc Thuận"]
        assert cell.paragraphs[0].runs[0].font.bold
        assert cell.paragraphs[1].runs[0].font.bold is bold


def test_without_signature_and_recipients_nothing_stands_below() -> None:
    content = render(changed(signature=None, recipients=()), PARTY, created=samples.CREATED)
    assert len(opened(content).tables) == 2
    assert "Nơi nhận" not in text(content)


def test_hundreds_of_findings_are_all_there() -> None:
    rows = table(samples.findings(300))
    assert rows[-1][0] == "300"
    assert len(rows) == 1 + 400
