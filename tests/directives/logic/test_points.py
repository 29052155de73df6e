"""Điểm đọc từ tệp: numbers that stay unique under their sections, words at their place."""

from __future__ import annotations

import pytest

from soi.directives.logic.points import proposed_points

TEXT = """NGHỊ QUYẾT
Về nâng cao chất lượng sinh hoạt chi bộ

I. ĐẶC ĐIỂM TÌNH HÌNH
1. Năm 2021 đơn vị có nhiều thuận lợi, khó khăn đan xen.
II. NHIỆM VỤ, GIẢI PHÁP
1. Mỗi chi bộ lập lịch sinh hoạt quý
và báo cáo trước ngày 05 tháng đầu quý.
2. Công tác kiểm tra
a) Kiểm tra ít nhất 50% số chi bộ mỗi quý.
b) Thông báo kết quả trong 07 ngày làm việc.
2.1 Bí thư cấp ủy dự sinh hoạt với chi bộ yếu.
"""


def test_points_carry_the_number_of_their_section() -> None:
    assert [(point.number, point.statement) for point in proposed_points(TEXT)] == [
        ("I.1", "Năm 2021 đơn vị có nhiều thuận lợi, khó khăn đan xen."),
        ("II.1", "Mỗi chi bộ lập lịch sinh hoạt quý và báo cáo trước ngày 05 tháng đầu quý."),
        ("II.2.a", "Kiểm tra ít nhất 50% số chi bộ mỗi quý."),
        ("II.2.b", "Thông báo kết quả trong 07 ngày làm việc."),
        ("II.2.1", "Bí thư cấp ủy dự sinh hoạt với chi bộ yếu."),
    ]


def test_each_point_stands_at_its_place_in_the_text() -> None:
    for point in proposed_points(TEXT):
        assert " ".join(TEXT[point.start : point.end].split()) == point.statement


def test_articles_number_what_stands_under_them() -> None:
    text = (
        "Điều 1. Phạm vi\nĐiều 2. Các chi bộ họp mỗi tháng một lần.\n1. Bí thư chi bộ chủ trì và kết luận.\n"
    )
    assert [point.number for point in proposed_points(text)] == ["Điều 2", "Điều 2.1"]


def test_a_number_met_twice_is_proposed_once() -> None:
    text = "1. Lập bảng phân công của từng đại đội.\n1. Kiểm tra việc chấp hành ở các đại đội.\n"
    assert [point.number for point in proposed_points(text)] == ["1"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "Không có điểm nào được đánh số ở đây cả.",
        "2021 là năm bản lề của cả nhiệm kỳ đó.",
        "20 chi bộ đã họp đủ theo lịch quý này.",
    ],
)
def test_nothing_is_made_up(text: str) -> None:
    assert proposed_points(text) == []
