"""Kind, form, days, period, body and place, from openings as papers write them."""

from __future__ import annotations

import pytest

from soi.intake.extract import propose
from soi.intake.extract.model import Conference, ConferenceKind, Form


def read(text: str) -> Conference:
    return propose(text).conference


def opening(purpose: str, day: str = "Ngày 10/1/2023") -> Conference:
    return read(
        f"{day}, Đảng ủy xã Hòa Lộc tổ chức {purpose}. Đồng chí Tạ Văn Rạng, Bí thư Đảng ủy chủ trì hội nghị."
    )


@pytest.mark.parametrize(
    ("purpose", "kind"),
    [
        ("hội nghị giao ban công tác quý III năm 2022", "briefing_quarter"),
        ("giao ban công tác tháng 12 năm 2022", "briefing_month"),
        ("hội nghị sơ kết công tác 6 tháng đầu năm 2022", "half_year"),
        ("Hội nghị Ban Chấp hành sơ kết 6 tháng đầu năm 2022", "half_year"),
        ("hội nghị đánh giá kết quả 9 tháng năm 2022", "briefing_other"),
        ("hội nghị tổng kết công tác năm 2022, triển khai nhiệm vụ năm 2023", "annual"),
        ("hội nghị tổng kết công tác tuyên truyền năm 2022", "annual"),
        ("hội nghị kiểm điểm tự phê bình và phê bình năm 2022", "self_criticism"),
        ("kiểm điểm tập thể, cá nhân năm 2022", "self_criticism"),
        ("hội nghị sơ kết 03 năm thực hiện Chỉ thị số 05-CT/TW", "review_resolution"),
        ("hội nghị tổng kết 10 năm thực hiện Nghị quyết số 19-NQ/TW", "review_resolution"),
        ("hội nghị rút kinh nghiệm diễn tập", "lessons"),
        ("hội nghị quán triệt Nghị quyết số 57-NQ/TW", "thematic"),
        ("hội nghị Ban Chấp hành lần thứ 12", "committee_plenum"),
        ("Hội nghị người lao động năm 2023", "employee_conference"),
        ("lễ bàn giao chức vụ Bí thư", "handover"),
        ("sinh hoạt chi bộ", "cell_meeting"),
    ],
)
def test_kind(purpose: str, kind: str) -> None:
    conference = opening(purpose)
    assert conference.kind.value == kind
    assert conference.kind.evidence


def test_a_text_that_tells_of_no_meeting() -> None:
    assert read("Giá lúa hôm nay tăng nhẹ ở nhiều tỉnh.").kind.value is ConferenceKind.NONE


@pytest.mark.parametrize(
    ("words", "form"),
    [
        ("hội nghị trực tuyến sơ kết quý I", Form.ONLINE),
        ("hội nghị sơ kết quý I đến 12 điểm cầu", Form.ONLINE),
        ("hội nghị sơ kết quý I theo hình thức trực tiếp kết hợp trực tuyến", Form.HYBRID),
        ("hội nghị sơ kết quý I về dịch vụ công trực tuyến", Form.UNKNOWN),
    ],
)
def test_form(words: str, form: Form) -> None:
    assert opening(words).form.value is form


def test_a_hall_makes_it_a_meeting_in_person() -> None:
    conference = read(
        "Chiều 6/12/2024, tại Hội trường UBND xã, Đảng ủy xã Hòa Lộc tổ chức hội nghị tổng kết năm 2024."
    )
    assert conference.form.value is Form.IN_PERSON
    assert conference.place is not None
    assert conference.place.value == "Hội trường UBND xã"
    assert conference.organisation is not None
    assert conference.organisation.value == "Đảng ủy xã Hòa Lộc"


@pytest.mark.parametrize(
    ("day", "purpose", "expected"),
    [
        ("Ngày 22-11", "hội nghị kiểm điểm tập thể năm 2021", "2021-11-22"),
        ("Sáng 1/2", "hội nghị kiểm điểm tập thể năm 2017", "2018-02-01"),
        ("Sáng 27/6", "hội nghị sơ kết 6 tháng đầu năm 2019", "2019-06-27"),
        ("Sáng 5/1", "hội nghị sơ kết quý IV năm 2019", "2020-01-05"),
        ("Sáng 20/12", "hội nghị triển khai nhiệm vụ năm 2022", "2021-12-20"),
        ("Sáng 20/12", "hội nghị Ban Chấp hành lần thứ 12", "--12-20"),
    ],
)
def test_the_year_comes_from_the_period_where_only_one_reading_is_possible(
    day: str, purpose: str, expected: str
) -> None:
    start = opening(purpose, day).date_start
    assert start is not None
    assert start.value == expected


def test_the_year_comes_from_the_date_of_publication() -> None:
    head = "Sơ kết công tác quý\nNgày đăng: 03/01/2020\n"
    text = head + "Ngày 30/12, Đảng ủy xã Hòa Lộc tổ chức hội nghị sơ kết quý IV.\nHết."
    start = read(text).date_start
    assert start is not None
    assert start.value == "2019-12-30"


def test_what_lies_ahead_is_not_the_period() -> None:
    conference = opening("giao ban công tác quý III, triển khai phương hướng, nhiệm vụ quý IV năm 2022")
    assert [period.value for period in conference.period] == ["2022-Q3"]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (
            "Sáng 5/6/2023, tại tỉnh Sơn Hạ, Hội Nông dân huyện Lâm Khê tổ chức hội nghị tổng kết năm 2022.",
            "Hội Nông dân huyện Lâm Khê",
        ),
        ("Sáng 17/10/2023, Bí thư Tạ Văn Rạng đã chủ trì hội nghị Thành ủy lần thứ 10.", "Thành ủy"),
        (
            "Ngày 1/2/2023, đoàn công tác dự Hội nghị kiểm điểm năm 2022 của Đảng ủy Sở Xây dựng.",
            "Đảng ủy Sở Xây dựng",
        ),
    ],
)
def test_who_holds_the_meeting(text: str, body: str) -> None:
    organisation = read(text).organisation
    assert organisation is not None
    assert organisation.value == body
