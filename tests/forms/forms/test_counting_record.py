"""Biên bản kiểm phiếu: what was counted, the rule, and who signs."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from soi.forms import registry
from soi.forms.forms.counting_record.context import CountingContext, OptionLine, QuestionRecord
from soi.forms.forms.counting_record.render import render
from soi.forms.layout import profile
from soi.forms.parts import Participant
from tests.forms import samples
from tests.forms.reading import lines, opened

HANOI = dt.timezone(dt.timedelta(hours=7))
LEVELS = ("Hoàn thành xuất sắc nhiệm vụ", "Hoàn thành tốt nhiệm vụ", "Hoàn thành nhiệm vụ")


def rated(name: str, *votes: int, outcome: str = LEVELS[0]) -> QuestionRecord:
    options = tuple(OptionLine(label=label, votes=each) for label, each in zip(LEVELS, votes, strict=True))
    return QuestionRecord(
        text=name, options=options, valid=sum(votes), invalid=1, outcome=outcome, base=21, needed=11,
        is_rated=True,
    )  # fmt: skip


def record(**fields: Any) -> CountingContext:
    yes_no = QuestionRecord(
        text="Thông qua nghị quyết",
        options=(OptionLine(label="Đồng ý", votes=18), OptionLine(label="Không đồng ý", votes=2)),
        valid=20, invalid=1, outcome="Được thông qua", base=23, needed=12,
    )  # fmt: skip
    context = CountingContext(
        letterhead=samples.HEAD,
        title="Bỏ phiếu xếp loại năm 2021",
        form="Phiếu kín điện tử",
        rule="Quá nửa tổng số người được triệu tập",
        opened_at=dt.datetime(2021, 4, 7, 9, 5, tzinfo=HANOI),
        counted_at=dt.datetime(2021, 4, 7, 9, 40, tzinfo=HANOI),
        tellers=(samples.CHAIR, samples.SECRETARY, Participant(name="Vi Thị Sến")),
        summoned=23, present=21, issued=21, returned=21,
        questions=(yes_no,),
        frozen_hash="ab12" * 16,
        destroyed_key=True,
    )  # fmt: skip
    return dataclasses.replace(context, **fields)


def printed(**fields: Any) -> list[str]:
    return lines(render(record(**fields), profile("party-hd05-2026"), created=samples.CREATED))


def test_numbers_rule_and_outcome() -> None:
    text = printed()
    assert text[text.index("BIÊN BẢN KIỂM PHIẾU") + 1] == "Bỏ phiếu xếp loại năm 2021"
    for line in (
        "Mở bỏ phiếu: 09 giờ 05 phút, ngày 07 tháng 4 năm 2021.",
        "Kiểm phiếu: 09 giờ 40 phút, ngày 07 tháng 4 năm 2021.",
        "Hình thức: Phiếu kín điện tử.",
        "Ban kiểm phiếu: 03 đồng chí, gồm:",
        "- Số người được triệu tập: 23.",
        "- Số phiếu phát ra: 21.",
        "- Số phiếu thu về: 21.",
        "Quy định về kết quả: Quá nửa tổng số người được triệu tập.",
        "Phiếu hợp lệ: 20; phiếu không hợp lệ: 01.",
        "Kết quả: Được thông qua (phải đạt ít nhất 12 phiếu).",
        f"Mã băm nội dung đã chốt khi mở bỏ phiếu: {'ab12' * 16}",
        "Khóa mở phiếu và các phiếu niêm phong đã được hủy sau khi kiểm phiếu.",
        "Biên bản được lập thành 03 bản gốc có giá trị như nhau.",
    ):
        assert line in text, line


def test_every_teller_signs_the_head_on_the_right() -> None:
    text = printed()
    assert text.count("TRƯỞNG BAN KIỂM PHIẾU") == 1
    assert text.count("THÀNH VIÊN") == 2
    for name in ("Đại tá Đinh Khắc Thuận", "Thượng úy Lò Thị Nguyệt Ánh", "Vi Thị Sến"):
        assert name in text[text.index("THÀNH VIÊN") :], name


def test_each_option_with_its_votes_over_the_base() -> None:
    tables = opened(render(record(), profile("party-hd05-2026"), created=samples.CREATED)).tables
    rows = [[cell.text for cell in row.cells] for row in tables[1].rows]
    assert rows[1:] == [["1", "Đồng ý", "18", "18/23"], ["2", "Không đồng ý", "2", "2/23"]]


def test_lines_rated_on_one_scale_stand_in_one_table() -> None:
    questions = (rated("Ma Thế Phương", 12, 6, 2), rated("Quách Văn Lẫm", 3, 15, 2, outcome=LEVELS[1]))
    data = render(record(questions=questions), profile("party-hd05-2026"), created=samples.CREATED)
    table = opened(data).tables[1]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == [
        "TT", "Người, tổ chức được xếp mức", *LEVELS, "Phiếu hợp lệ", "Phiếu không hợp lệ", "Kết quả",
    ]  # fmt: skip
    assert rows[2] == ["2", "Quách Văn Lẫm", "3", "15", "2", "20", "1", LEVELS[1]]
    assert "1. Xếp mức (02 dòng); số phiếu của từng mức:" in lines(data)


def test_what_is_not_true_is_not_printed() -> None:
    text = "\n".join(printed(destroyed_key=False, frozen_hash="", numbers_kept_here=False, round=1))
    for words in ("Khóa mở phiếu", "Mã băm", "không công bố", "Vòng"):
        assert words not in text
    assert "Vòng 2" in printed(round=2)
    assert any("chỉ ghi trong biên bản này" in line for line in printed(numbers_kept_here=True))


def test_words_of_users_are_printed_literally() -> None:
    text = printed(title="<b>{{ x }}</b> & \x0bTrích", tellers=())
    assert "<b>{{ x }}</b> & Trích" in text


def test_the_form_is_registered() -> None:
    assert registry.form("counting_record").title == "Biên bản kiểm phiếu"
    name = registry.file_name("counting_record", day=dt.date(2021, 4, 7), subject="Xếp loại năm")
    assert name == "bien-ban-kiem-phieu-xep-loai-nam-2021-04-07.docx"
