"""The press side: byline, credits, date of publication, captions, and the furniture of the page."""

from __future__ import annotations

import pytest

from soi.intake.extract import propose
from soi.intake.extract.model import Article

TITLE = "Hòa Lộc sơ kết công tác quý II\n"
BODY = (
    "Sáng 4/7/2022, Đảng ủy xã Hòa Lộc tổ chức hội nghị sơ kết quý II. "
    "Đồng chí Tạ Văn Rạng, Bí thư Đảng ủy chủ trì hội nghị. "
    "Hội nghị đánh giá, trong quý II, các chi bộ đã họp đúng ngày, thu ngân sách đạt 52% dự toán cả năm.\n"
)


def article(text: str) -> Article:
    return propose(text).article


def value(sourced: object) -> str | None:
    return getattr(sourced, "value", None)


@pytest.mark.parametrize(
    ("byline", "author", "photographer"),
    [
        ("Tin, ảnh: QUANG TÙNG", "QUANG TÙNG", "QUANG TÙNG"),
        ("Bài và ảnh: Kim Ngân", "Kim Ngân", "Kim Ngân"),
        ("Tin: Hữu Phước; ảnh: Kim Ngân", "Hữu Phước", "Kim Ngân"),
        ("Bài: Hữu Phước - Ảnh: Kim Ngân", "Hữu Phước", "Kim Ngân"),
        ("BÙI NGÀN", "BÙI NGÀN", None),
        ("Nguyễn Tuyên", "Nguyễn Tuyên", None),
        ("Quang Thẩm, Hải quan Sơn Hạ", "Quang Thẩm", None),
        ("Hết giờ làm việc buổi sáng", None, None),
    ],
)
def test_bylines(byline: str, author: str | None, photographer: str | None) -> None:
    read = article(f"{TITLE}{BODY}{byline}\n")
    assert (value(read.author), value(read.photographer)) == (author, photographer)


def test_a_byline_at_the_end_of_a_text_without_line_breaks() -> None:
    assert value(article(BODY.strip() + " Tin, ảnh: QUANG TÙNG").author) == "QUANG TÙNG"


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Ngày đăng: 05/07/2022", "2022-07-05"),
        ("05/07/2022 09:14", "2022-07-05"),
        ("Thứ Ba, 5/7/2022, 14:12 [GMT+7]", "2022-07-05"),
        ("Số ra mùa hè", None),
    ],
)
def test_date_of_publication(line: str, published: str | None) -> None:
    assert value(article(f"{TITLE}{line}\n{BODY}").published) == published


def test_the_clock_of_the_page_is_not_the_date_of_publication() -> None:
    text = f"Thứ hai Ngày 12 Tháng 08 Năm 2024, 07:45:10\n{TITLE}Ngày đăng: 05/07/2022\n{BODY}"
    read = article(text)
    assert value(read.published) == "2022-07-05"
    assert [span.of(text) for span in read.boilerplate] == ["Thứ hai Ngày 12 Tháng 08 Năm 2024, 07:45:10"]


@pytest.mark.parametrize(
    "caption",
    [
        "Quang cảnh hội nghị.",
        "Đồng chí Tạ Văn Rạng, Bí thư Đảng ủy phát biểu tại hội nghị.",
        "Các đại biểu dự hội nghị chụp ảnh lưu niệm.",
        "Đồng chí Tạ Văn Rạng kết luận. Ảnh: Kim Ngân",
        "*Bí thư Đảng ủy trao quà cho hộ nghèo*",
        "Trao quà cho gia đình chính sách tiêu biểu trên địa bàn xã",
    ],
)
def test_captions(caption: str) -> None:
    text = f"{TITLE}{BODY}{caption}\n{BODY}"
    assert [span.of(text) for span in article(text).captions] == [caption]


@pytest.mark.parametrize(
    "line",
    [
        "Đồng chí Tạ Văn Rạng, Bí thư Đảng ủy yêu cầu các chi bộ họp đúng ngày.",
        "Thứ trưởng Tạ Văn Rạng tới dự và phát biểu.",
    ],
)
def test_a_sentence_of_the_body_is_no_caption(line: str) -> None:
    assert article(f"{TITLE}{BODY}{line}\n{BODY}").captions == ()


def test_a_line_printed_twice_is_a_caption() -> None:
    line = "Đoàn công tác làm việc với xã sáng 4/7."
    text = f"{TITLE}{BODY}{line}\n{BODY}{line}\n"
    assert [span.of(text) for span in article(text).captions] == [line, line]


def test_a_footer_takes_everything_after_it() -> None:
    text = f"{TITLE}{BODY}Các tin khác:\n\nHòa Lộc được mùa\nXem tiếp\n"
    assert [span.of(text) for span in article(text).boilerplate] == [
        "Các tin khác:\n\nHòa Lộc được mùa\nXem tiếp"
    ]


@pytest.mark.parametrize(
    "line",
    [
        "[img]",
        "Trang chủ > Tin tức > Xây dựng Đảng",
        "Lượt xem: 215",
        "Từ khóa: sơ kết",
        "https://hoaloc.example/tin",
    ],
)
def test_furniture(line: str) -> None:
    text = f"{line}\n{TITLE}{BODY}"
    assert [span.of(text) for span in article(text).boilerplate] == [line]
