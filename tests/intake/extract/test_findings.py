"""Strengths, limitations, causes, directions and ratings: what is said of the work, and where it stops."""

from __future__ import annotations

import pytest

from soi.intake.extract import propose
from soi.intake.extract.areas import area_of
from soi.intake.extract.findings import units_in
from soi.intake.extract.model import Area, FindingType, Proposal, RatingKind, Span
from soi.intake.extract.reading import Reading

LEAD = (
    "Sáng 4/7/2022, Đảng ủy xã Hòa Lộc tổ chức hội nghị sơ kết quý II năm 2022. "
    "Đồng chí Tạ Văn Rạng, Bí thư Đảng ủy chủ trì hội nghị.\n\n"
)


def read(text: str) -> tuple[Proposal, str]:
    return propose(LEAD + text), LEAD + text


def found(text: str, kind: FindingType) -> list[str]:
    proposal, whole = read(text)
    return [finding.span.of(whole) for finding in proposal.findings if finding.type is kind]


def limitations(text: str) -> list[str]:
    return found(text, FindingType.LIMITATION)


def strengths(text: str) -> list[str]:
    return found(text, FindingType.STRENGTH)


def tasks(text: str) -> list[tuple[str, str | None]]:
    proposal, whole = read(text)
    return [(d.span.of(whole), d.period.value if d.period else None) for d in proposal.directions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Bên cạnh đó, còn một số hạn chế như: giải ngân chậm; sinh hoạt chi bộ ở thôn Đoài chưa nền nếp.",
            ["giải ngân chậm", "sinh hoạt chi bộ ở thôn Đoài chưa nền nếp"],
        ),
        (
            "Tuy nhiên còn tồn tại những han chế, khuyết điểm như việc họp chi bộ chưa đúng ngày.",
            ["việc họp chi bộ chưa đúng ngày"],
        ),
        (
            "Hội nghị thẳng thắn nhìn nhận một số tồn tại: thu phí đạt thấp; hồ sơ trực tuyến mới đạt 40%.",
            ["thu phí đạt thấp", "hồ sơ trực tuyến mới đạt 40%"],
        ),
        (
            "Tuy vậy, công tác tuyên truyền chưa sâu, còn hình thức.",
            ["công tác tuyên truyền chưa sâu, còn hình thức"],
        ),
        (
            "Còn một số hạn chế: họp chi bộ chưa đều, đặc biệt là việc chấp hành kỷ luật chưa nghiêm.",
            ["họp chi bộ chưa đều", "việc chấp hành kỷ luật chưa nghiêm"],
        ),
    ],
)
def test_limitations_without_their_lead_and_stop(text: str, expected: list[str]) -> None:
    assert limitations(text) == expected


def test_a_list_below_a_lead_ends_where_running_text_begins() -> None:
    text = (
        "Còn một số hạn chế, khuyết điểm sau đây:\n- Giải ngân chậm.\n- Đơn thư tồn đọng.\n"
        "Phát biểu tại hội nghị, đồng chí Tạ Văn Rạng đề nghị các chi bộ khắc phục ngay."
    )
    assert limitations(text) == ["Giải ngân chậm", "Đơn thư tồn đọng"]
    assert tasks(text) == [("khắc phục ngay", None)]


@pytest.mark.parametrize(
    "text",
    [
        "Các đại biểu đã thảo luận, làm rõ những ưu điểm, hạn chế, khuyết điểm.",
        "Đồng chí Tạ Văn Rạng đề nghị xử lý những tồn tại về đất đai.",
        "Hội nghị nghe trình bày báo cáo kết quả khắc phục hạn chế sau kiểm điểm.",
        "Đồng chí Tạ Văn Rạng đánh giá cao những kết quả đã đạt được.",
        "Thời tiết năm nay nắng nóng.",
    ],
)
def test_what_names_no_matter_is_no_finding(text: str) -> None:
    assert read(text)[0].findings == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Hội nghị đánh giá, trong quý II, các đơn vị đã duy trì nghiêm chế độ trực; thu ngân sách đạt 52% dự toán.",
            ["các đơn vị đã duy trì nghiêm chế độ trực", "thu ngân sách đạt 52% dự toán"],
        ),
        ("Nổi bật: hoàn thành xuất sắc diễn tập cấp xã.", ["hoàn thành xuất sắc diễn tập cấp xã"]),
        (
            "Công an xã đã phát hiện, xử lý 12 vụ vi phạm pháp luật về môi trường.",
            ["Công an xã đã phát hiện, xử lý 12 vụ vi phạm pháp luật về môi trường"],
        ),
    ],
)
def test_strengths(text: str, expected: list[str]) -> None:
    assert strengths(text) == expected
    assert limitations(text) == []


def test_a_turn_inside_a_sentence_divides_good_from_wanting() -> None:
    text = (
        "Đến nay, thu ngân sách đạt 52% dự toán; tuy nhiên việc giải quyết đơn thư còn chậm, chưa dứt điểm."
    )
    assert strengths(text) == ["thu ngân sách đạt 52% dự toán"]
    assert limitations(text) == ["việc giải quyết đơn thư còn chậm, chưa dứt điểm"]


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("Nguyên nhân chủ yếu là do cán bộ thiếu kinh nghiệm.", "cán bộ thiếu kinh nghiệm"),
        (
            "Những hạn chế trên có nguyên nhân khách quan nhưng chủ yếu là do ý thức.",
            "có nguyên nhân khách quan nhưng chủ yếu là do ý thức",
        ),
    ],
)
def test_causes_are_one_passage(text: str, cause: str) -> None:
    proposal, whole = read(text)
    assert [found.span.of(whole) for found in proposal.causes] == [cause]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Đồng chí yêu cầu các chi bộ tiếp tục đổi mới sinh hoạt; đồng thời, phải kết nạp đủ đảng viên.",
            [("tiếp tục đổi mới sinh hoạt", None), ("kết nạp đủ đảng viên", None)],
        ),
        (
            "Kết luận hội nghị, đồng chí Tạ Văn Rạng nhấn mạnh: Quý III, các chi bộ cần rà soát đất công.",
            [("rà soát đất công", "2022-Q3")],
        ),
        (
            (
                "Đồng chí yêu cầu tập trung hai việc. Một là, rà soát hộ nghèo. "
                "Hai là, chấm dứt nợ đọng trong quý IV/2022."
            ),
            [
                ("tập trung hai việc", None),
                ("rà soát hộ nghèo", None),
                ("chấm dứt nợ đọng trong quý IV/2022", "2022-Q4"),
            ],
        ),
        (
            "Đồng chí Tạ Văn Rạng khẳng định Đảng ủy sẽ sớm ban hành kế hoạch.",
            [("Đảng ủy sẽ sớm ban hành kế hoạch", None)],
        ),
        ("Đồng chí Tạ Văn Rạng đề nghị các đại biểu thảo luận, làm rõ nguyên nhân.", []),
        ("Đồng chí mong muốn tiếp tục nhận được sự quan tâm của cấp trên.", []),
        ("Ngày 5/7/2022, Huyện ủy giao ban công tác quý II.", []),
        ("Kết quả kiểm tra đạt yêu cầu, trong đó có 80% khá.", []),
    ],
)
def test_directions_without_addressee_and_modal(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert tasks(text) == expected


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        (
            "Nhân dịp này, Đảng ủy tặng Giấy khen cho 4 chi bộ.",
            RatingKind.COMMENDATION,
            "tặng Giấy khen cho 4 chi bộ",
        ),
        (
            "Các cấp ủy đã thi hành kỷ luật 7 đảng viên.",
            RatingKind.DISCIPLINE,
            "Các cấp ủy đã thi hành kỷ luật 7 đảng viên",
        ),
        (
            "Hội nghị đã bỏ phiếu xếp loại 9 chi bộ.",
            RatingKind.RATING,
            "Hội nghị đã bỏ phiếu xếp loại 9 chi bộ",
        ),
    ],
)
def test_ratings(text: str, kind: RatingKind, words: str) -> None:
    proposal, whole = read(text)
    assert [(rating.kind, rating.span.of(whole)) for rating in proposal.ratings] == [(kind, words)]


@pytest.mark.parametrize(
    ("words", "area"),
    [
        ("chất lượng sinh hoạt chi bộ và kết nạp đảng viên còn thấp", Area.PARTY_BUILDING),
        ("công tác giáo dục chính trị tư tưởng chưa sâu", Area.IDEOLOGY),
        ("việc luân chuyển, bổ nhiệm cán bộ còn chậm", Area.PERSONNEL),
        ("công tác kiểm tra, giám sát chưa thường xuyên", Area.INSPECTION),
        ("phân công nhiệm vụ thiếu cụ thể, phối hợp giữa các ban chưa tốt", Area.LEADERSHIP),
        ("huấn luyện dân quân, tuyển quân đạt chỉ tiêu", Area.DEFENCE),
        ("tội phạm ma túy, tai nạn giao thông tăng", Area.SECURITY),
        ("thu ngân sách, giải ngân vốn đầu tư công đạt thấp", Area.ECONOMY),
        ("khám chữa bệnh, trường học, an sinh xã hội được quan tâm", Area.SOCIETY),
        ("cải cách hành chính, chuyển đổi số còn chậm", Area.ADMIN_LAW),
        ("phong trào thi đua của công đoàn, hội phụ nữ", Area.MASS_WORK),
        ("quản lý đất đai, môi trường làng nghề còn buông lỏng", Area.LAND_ENV),
        ("mọi mặt đều khá", Area.GENERAL),
    ],
)
def test_area_and_the_words_that_decided(words: str, area: Area) -> None:
    decided, evidence = area_of(Reading(words), Span(0, len(words)))
    assert decided is area
    assert bool(evidence) == (area is not Area.GENERAL)


def test_a_label_decides_the_area_of_what_stands_under_it() -> None:
    text = "Công tác tổ chức, cán bộ: Kiện toàn 5 nơi, quy hoạch đúng quy trình"
    assert area_of(Reading(text), Span(26, len(text)), Span(0, 24))[0] is Area.PERSONNEL


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("việc họp ở một số cấp ủy, chi bộ chưa đều", ["một số cấp ủy, chi bộ"]),
        ("kỷ luật ở Trung đoàn 12 và Lữ đoàn 6 chưa nghiêm", ["Trung đoàn 12", "Lữ đoàn 6"]),
        ("Còn 02 đảng viên nộp bản kiểm điểm chậm", ["02 đảng viên"]),
        ("đơn thư tại xã Hải Đông, xã Hải Tây còn nhiều", ["xã Hải Đông", "xã Hải Tây"]),
        ("để xảy ra 05 trường hợp lấn chiếm đất", []),
        ("vi phạm quy định của Ban Bí thư", []),
    ],
)
def test_units_that_a_limitation_names(text: str, units: list[str]) -> None:
    assert [unit.text for unit in units_in(Reading(text), Span(0, len(text)))] == units
