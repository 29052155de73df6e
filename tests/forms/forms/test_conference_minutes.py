import dataclasses
import datetime as dt
import re
from typing import Any

import pytest

from soi.forms.forms.conference_minutes.context import Absence, ConclusionLine, MinutesContext, Shortcoming
from soi.forms.forms.conference_minutes.render import render
from soi.forms.layout import profile
from soi.forms.parts import Participant
from tests.forms import samples
from tests.forms.reading import lines, opened, text

PARTY, STATE = profile("party-hd05-2026"), profile("state-nd30-2020")


def printed(context: MinutesContext, layout: str = "party-hd05-2026") -> list[str]:
    return lines(render(context, profile(layout), created=samples.CREATED))


def changed(**fields: Any) -> list[str]:
    return printed(dataclasses.replace(samples.minutes(), **fields))


FULL = printed(samples.minutes())


def test_title_and_occasion() -> None:
    start = FULL.index("BIÊN BẢN")
    assert FULL[start + 1 : start + 8] == [
        "Hội nghị trực tuyến giao ban công tác đảng, công tác chính trị quý I năm 2021",
        "-----",
        "Thời gian: 08 giờ 00 phút, ngày 07 tháng 4 năm 2021.",
        "Địa điểm: Hội trường Sở chỉ huy Sư đoàn 904.",
        "Hình thức: trực tuyến.",
        "Kỳ: quý I năm 2021.",
        "Điểm cầu: 03 điểm cầu, gồm:",
    ]
    assert "- Điểm cầu chính: Sở chỉ huy Sư đoàn (45 đồng chí);" in FULL
    assert "- Trung đoàn 2." in FULL


def test_people_with_rank_and_posts_of_that_day() -> None:
    assert "Chủ trì: Đồng chí Đại tá Đinh Khắc Thuận, Bí thư Đảng ủy, Chính ủy Sư đoàn." in FULL
    assert "Thư ký: Đồng chí Thượng úy Lò Thị Nguyệt Ánh, Trợ lý Tổ chức." in FULL
    chief = "Dự và chỉ đạo: Đồng chí Thiếu tướng Bế Văn Sách, Ủy viên Ban Thường vụ Đảng ủy Quân khu 10."
    assert chief in FULL
    assert "Có mặt: 09/11 đồng chí được triệu tập, gồm:" in FULL
    assert "- Đồng chí Thượng tá Giàng A Chứ, Chủ nhiệm Kỹ thuật; lý do: đi công tác." in FULL
    assert "- Đồng chí Trung tá Sùng Mí Vàng, Phó Tham mưu trưởng." in FULL


def test_the_table_of_those_present() -> None:
    table = opened(render(samples.minutes(), PARTY, created=samples.CREATED)).tables[1]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["TT", "Họ và tên", "Cấp bậc", "Chức vụ", "Điểm cầu"]
    chair = ["1", "Đinh Khắc Thuận", "Đại tá", "Bí thư Đảng ủy, Chính ủy Sư đoàn", "Sở chỉ huy"]
    assert rows[1] == chair
    assert len(rows) == 10


def test_a_column_nobody_needs_is_not_drawn() -> None:
    present = (Participant(name="Hà Thị Vấn", posts=("Bí thư Chi bộ",)),)
    context = dataclasses.replace(samples.minutes(), present=present)
    table = opened(render(context, PARTY, created=samples.CREATED)).tables[1]
    assert [cell.text for cell in table.rows[0].cells] == ["TT", "Họ và tên", "Chức vụ"]


def test_parts_and_their_order() -> None:
    headings = [line for line in FULL if re.match(r"(A|B|I|II|III|IV|V)\. ", line)]
    assert headings == [
        "A. THÀNH PHẦN THAM DỰ",
        "B. NỘI DUNG HỘI NGHỊ",
        "I. Ưu điểm",
        "II. Hạn chế, khuyết điểm và nguyên nhân",
        "III. Ý kiến phát biểu",
        "IV. Kết luận, phương hướng",
        "V. Văn bản được quán triệt, viện dẫn",
    ]


def test_headings_are_real_headings() -> None:
    paragraphs = opened(render(samples.minutes(), PARTY, created=samples.CREATED)).paragraphs
    styles = {p.text: p.style.name for p in paragraphs}
    assert styles["B. NỘI DUNG HỘI NGHỊ"] == "Heading 1"
    assert styles["I. Ưu điểm"] == "Heading 2"


def test_a_shortcoming_with_its_causes_and_those_responsible() -> None:
    start = FULL.index("II. Hạn chế, khuyết điểm và nguyên nhân")
    assert FULL[start + 1 : start + 9] == [
        (
            "1. Giao việc cho một số bộ phận còn chung chung, chưa nêu rõ ai làm, bao giờ xong "
            "(khuyết điểm; lĩnh vực: CTĐ, CTCT)."
        ),
        "- Nguyên nhân chủ quan: Một số cán bộ chủ trì ngại va chạm.",
        "- Nguyên nhân khách quan: Đơn vị đóng quân phân tán.",
        "- Trách nhiệm tập thể: Ban Thường vụ Đảng ủy Sư đoàn 904.",
        "- Trách nhiệm cá nhân: Chủ nhiệm Chính trị – Quách Văn Lẫm.",
        "2. Sổ sách theo dõi ở hai tiểu đoàn ghi chép chưa kịp thời (hạn chế).",
        "Nguyên nhân chung",
        "- Công tác kiểm tra của cấp trên chưa thường xuyên.",
    ]


def test_conclusions_are_numbered_with_owner_and_day() -> None:
    start = FULL.index("IV. Kết luận, phương hướng")
    assert FULL[start + 1 : start + 3] == [
        (
            "1. Rà soát toàn bộ nhiệm vụ đã giao, bổ sung người chịu trách nhiệm và thời hạn. "
            "Thực hiện: Chủ nhiệm Chính trị – Quách Văn Lẫm. Thời hạn: ngày 02 tháng 5 năm 2021."
        ),
        "2. Chuẩn bị tốt công tác bầu cử tại địa bàn đóng quân.",
    ]


def test_a_line_break_in_an_opinion_is_a_new_paragraph() -> None:
    start = FULL.index("III. Ý kiến phát biểu")
    assert FULL[start + 1].endswith("Đề nghị mỗi nhiệm vụ ghi một đầu mối chịu trách nhiệm.")
    assert FULL[start + 2] == "Kiểm tra hằng tháng."


def test_the_closing_sentence_and_the_signatures() -> None:
    closing = (
        "Hội nghị kết thúc vào hồi 11 giờ 30 phút, cùng ngày. "
        "Biên bản được thông qua trước hội nghị và được lập thành 02 bản."
    )
    assert closing in FULL
    table = opened(render(samples.minutes(), PARTY, created=samples.CREATED)).tables[-1]
    left, right = ([p.text for p in cell.paragraphs] for cell in table.rows[0].cells)
    assert left == ["NGƯỜI GHI BIÊN BẢN", "Thượng úy Lò Thị Nguyệt Ánh"]
    assert right == ["CHỦ TRÌ", "Đại tá Đinh Khắc Thuận"]


def test_signatures_never_stand_alone_on_a_page() -> None:
    document = opened(render(samples.minutes(), PARTY, created=samples.CREATED))
    closing = next(p for p in document.paragraphs if p.text.startswith("Hội nghị kết thúc"))
    assert closing.paragraph_format.keep_with_next
    assert document.tables[-1].cell(0, 1).paragraphs[0].paragraph_format.keep_with_next


def test_recipients_in_the_way_of_each_layout() -> None:
    party = [
        "Nơi nhận:",
        "- Thường vụ Đảng ủy Quân khu 10 (để báo cáo),",
        "- Các đảng ủy trực thuộc,",
        "- Lưu Văn phòng.",
    ]
    assert FULL[-4:] == party
    document = opened(render(samples.minutes(), PARTY, created=samples.CREATED))
    assert document.paragraphs[-4].runs[0].font.underline
    state = opened(render(samples.minutes(), STATE, created=samples.CREATED)).paragraphs
    assert state[-4].runs[0].font.italic
    assert not state[-4].runs[0].font.underline
    assert state[-2].text.endswith(";")


def test_the_state_ends_with_its_own_mark_and_counts_people() -> None:
    state = printed(samples.minutes(), "state-nd30-2020")
    assert any(line.endswith("02 bản./.") for line in state)
    assert not any("đồng chí" in line.lower() for line in state if "Kết luận của" not in line)
    assert "Có mặt: 09/11 người được triệu tập, gồm:" in state


def test_a_bare_conference_has_no_blank_brackets_and_no_empty_heading() -> None:
    bare = printed(samples.bare_minutes())
    whole = "\n".join(bare)
    assert bare[bare.index("BIÊN BẢN") :] == [
        "BIÊN BẢN",
        "Hội nghị chi bộ",
        "-----",
        "Thời gian: ngày 07 tháng 4 năm 2021.",
        "Biên bản ghi lại nội dung và kết luận của hội nghị.",
        "",
        "NGƯỜI GHI BIÊN BẢN",
        "",
        "CHỦ TRÌ",
        "",
    ]
    for blank in ("()", "[]", "...", "…", "None", "Số", ": ."):
        assert blank not in whole


def test_nothing_is_claimed_about_absence_unless_the_number_summoned_is_known() -> None:
    unknown = changed(absent=())
    assert "Có mặt: 09 đồng chí, gồm:" in unknown
    assert not any(line.startswith("Vắng mặt") for line in unknown)
    assert "Vắng mặt: Không." in changed(absent=(), summoned_count=9)
    assert "Vắng mặt: 03 đồng chí." in changed(absent=(), summoned_count=12)


def test_counted_numbers_win_over_lists() -> None:
    only_numbers = changed(present=(), absent=(), present_count=240, summoned_count=250)
    assert "Có mặt: 240/250 đồng chí được triệu tập." in only_numbers
    assert "Vắng mặt: 10 đồng chí." in only_numbers


def test_numbering_has_no_gap_when_parts_are_missing() -> None:
    short = changed(strengths=(), opinions=(), common_causes=(), shortcomings=(Shortcoming(text="Chậm"),))
    assert "I. Hạn chế, khuyết điểm" in short
    assert "II. Kết luận, phương hướng" in short


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        (
            {"last_day": dt.date(2021, 4, 8)},
            "Thời gian: từ 08 giờ 00 phút, ngày 07 tháng 4 năm 2021 đến ngày 08 tháng 4 năm 2021.",
        ),
        (
            {"last_day": dt.date(2021, 4, 8), "approved_in_session": False, "copies": None},
            "Hội nghị kết thúc vào hồi 11 giờ 30 phút, ngày 08 tháng 4 năm 2021.",
        ),
        ({"closes_at": None, "copies": None}, "Biên bản được thông qua trước hội nghị."),
        ({"opens_at": None}, "Thời gian: ngày 07 tháng 4 năm 2021."),
    ],
)
def test_times_of_all_kinds(fields: dict[str, Any], line: str) -> None:
    assert line in changed(**fields)


def test_a_reason_that_already_ends_with_a_stop() -> None:
    absent = (Absence(who=Participant(name="Vi Thị Sến"), reason="nghỉ ốm. "),)
    assert "- Đồng chí Vi Thị Sến; lý do: nghỉ ốm." in changed(absent=absent)


def test_long_texts_and_long_lists_are_whole() -> None:
    words = " ".join(f"từ{i}" for i in range(20_000))
    context = dataclasses.replace(
        samples.minutes(),
        conclusions=(ConclusionLine(text=words),),
        present=samples.members(300),
    )
    whole = text(render(context, PARTY, created=samples.CREATED))
    assert f"1. {words}." in whole
    assert "300/302 đồng chí" in whole.replace("Có mặt: ", "")
