"""Mẫu chương trình theo loại hội nghị: what comes after what, and how long it usually takes. Data, no code.

The order follows how such conferences are held: the review of the year goes by the collective first and its
head before the others, each part heard, discussed and answered before anything is voted on.
"""

from __future__ import annotations

from dataclasses import dataclass

from soi.conferences.enums import ConferenceKind as Kind
from soi.conferences.enums import ItemKind as Item


@dataclass(frozen=True, slots=True)
class Line:
    """Một nội dung của mẫu; the minutes of one with parts are theirs."""

    kind: Item
    title: str
    minutes: int = 0
    parts: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """Một mẫu: its address, name, what it is for, and the agenda."""

    key: str
    kind: Kind
    name: str
    purpose: str
    title: str
    lines: tuple[Line, ...]


BRIEFING = Template(
    key="giao-ban",
    kind=Kind.BRIEFING_QUARTER,
    name="Giao ban",
    purpose="Kiểm lại kết quả trong kỳ, việc đã kết luận lần trước, giao việc kỳ tới.",
    title="Hội nghị giao ban",
    lines=(
        Line(Item.OPENING, "Điểm danh các điểm cầu, tuyên bố lý do, giới thiệu đại biểu", 5),
        Line(Item.REPORT, "Báo cáo kết quả thực hiện nhiệm vụ trong kỳ, phương hướng, nhiệm vụ kỳ tới", 15),
        Line(
            Item.REPORT,
            "Báo cáo kết quả thực hiện kết luận giao ban lần trước và khắc phục hạn chế, khuyết điểm",
            10,
        ),
        Line(Item.DISCUSSION, "Các đơn vị phát biểu: kết quả, khó khăn, đề nghị", 30),
        Line(Item.EXPLANATION, "Cơ quan chức năng giải trình, trả lời đề nghị của các đơn vị", 15),
        Line(Item.DIRECTION, "Phát biểu chỉ đạo của cấp trên", 10),
        Line(Item.CONCLUSION, "Chủ trì kết luận, giao nhiệm vụ", 15),
        Line(Item.OTHER, "Thông qua kết luận, bế mạc", 5),
    ),
)
REVIEW = Template(
    key="kiem-diem",
    kind=Kind.SELF_CRITICISM,
    name="Kiểm điểm cuối năm",
    purpose="Kiểm điểm tự phê bình và phê bình tập thể, cá nhân; đánh giá, xếp loại chất lượng.",
    title="Hội nghị kiểm điểm tự phê bình và phê bình",
    lines=(
        Line(
            Item.OPENING, "Khai mạc; quán triệt mục đích, yêu cầu, cách tiến hành; thông qua chương trình", 10
        ),
        Line(
            Item.OTHER,
            "Kiểm điểm tập thể",
            parts=(
                Line(Item.REPORT, "Trình bày báo cáo kiểm điểm tập thể", 20),
                Line(Item.OTHER, "Nêu các vấn đề cấp trên gợi ý kiểm điểm", 5),
                Line(Item.DISCUSSION, "Thảo luận, góp ý vào kiểm điểm tập thể", 45),
                Line(Item.EXPLANATION, "Tiếp thu, giải trình, nhất là các vấn đề cấp trên gợi ý", 15),
            ),
        ),
        Line(
            Item.OTHER,
            "Kiểm điểm cá nhân",
            parts=(
                Line(Item.REPORT, "Người đứng đầu tự phê bình; các đồng chí khác lần lượt trình bày", 30),
                Line(Item.DISCUSSION, "Góp ý, phê bình từng đồng chí", 45),
                Line(Item.EXPLANATION, "Từng đồng chí tiếp thu, giải trình", 15),
            ),
        ),
        Line(
            Item.OTHER,
            "Đánh giá, xếp loại chất lượng",
            parts=(
                Line(Item.BALLOT, "Cử ban kiểm phiếu, hướng dẫn cách ghi phiếu", 5),
                Line(Item.BALLOT, "Bỏ phiếu kín đề nghị mức xếp loại tập thể, cá nhân", 10),
                Line(Item.BALLOT, "Công bố kết quả kiểm phiếu", 5),
            ),
        ),
        Line(Item.DIRECTION, "Phát biểu chỉ đạo của cấp trên", 10),
        Line(
            Item.CONCLUSION, "Chủ trì kết luận, phân công và định thời hạn khắc phục hạn chế, khuyết điểm", 15
        ),
        Line(Item.OTHER, "Thông qua biên bản, bế mạc", 10),
    ),
)
STUDY = Template(
    key="quan-triet",
    kind=Kind.THEMATIC,
    name="Quán triệt, chuyên đề",
    purpose="Học tập, quán triệt nghị quyết, chỉ thị; bàn kế hoạch thực hiện; họp chuyên đề.",
    title="Hội nghị quán triệt",
    lines=(
        Line(Item.OPENING, "Khai mạc, nêu mục đích, yêu cầu", 10),
        Line(Item.REPORT, "Báo cáo viên truyền đạt nội dung văn bản, chuyên đề", 90),
        Line(Item.REPORT, "Trình bày dự thảo kế hoạch, chương trình hành động thực hiện", 15),
        Line(Item.DISCUSSION, "Thảo luận, liên hệ với đơn vị", 30),
        Line(Item.EXPLANATION, "Giải đáp các vấn đề đại biểu nêu", 10),
        Line(Item.CONCLUSION, "Chủ trì kết luận, giao nhiệm vụ quán triệt ở cấp dưới", 15),
        Line(Item.OTHER, "Bế mạc", 5),
    ),
)
PLENUM = Template(
    key="cap-uy",
    kind=Kind.COMMITTEE_PLENUM,
    name="Hội nghị cấp ủy",
    purpose="Cấp ủy, ban thường vụ thảo luận, biểu quyết báo cáo, nghị quyết, công tác cán bộ.",
    title="Hội nghị cấp ủy",
    lines=(
        Line(Item.OPENING, "Khai mạc; thư ký báo cáo số cấp ủy viên được triệu tập, có mặt, vắng mặt", 5),
        Line(Item.OPENING, "Thông qua chương trình hội nghị", 5),
        Line(Item.REPORT, "Trình bày dự thảo báo cáo, nghị quyết", 20),
        Line(Item.DISCUSSION, "Thảo luận", 45),
        Line(Item.EXPLANATION, "Tiếp thu, giải trình các ý kiến thảo luận", 15),
        Line(Item.BALLOT, "Biểu quyết các nội dung còn ý kiến khác nhau và toàn văn dự thảo", 15),
        Line(Item.DIRECTION, "Phát biểu chỉ đạo của cấp trên", 10),
        Line(Item.CONCLUSION, "Bí thư kết luận hội nghị", 10),
        Line(Item.OTHER, "Thông qua biên bản, bế mạc", 5),
    ),
)
GENERAL = Template(
    key="chung",
    kind=Kind.WORKING_SESSION,
    name="Hội nghị khác",
    purpose="Sơ kết, tổng kết, buổi làm việc: khung chung, sửa theo việc của đồng chí.",
    title="Hội nghị",
    lines=(
        Line(Item.OPENING, "Khai mạc, giới thiệu đại biểu, thông qua chương trình", 10),
        Line(Item.REPORT, "Trình bày báo cáo", 20),
        Line(Item.DISCUSSION, "Thảo luận", 45),
        Line(Item.EXPLANATION, "Tiếp thu, giải trình", 10),
        Line(Item.DIRECTION, "Phát biểu chỉ đạo của cấp trên", 10),
        Line(Item.CONCLUSION, "Chủ trì kết luận", 10),
        Line(Item.OTHER, "Bế mạc", 5),
    ),
)
TEMPLATES = {template.key: template for template in (BRIEFING, REVIEW, STUDY, PLENUM, GENERAL)}
_OF_KIND = {
    Kind.BRIEFING_MONTH: BRIEFING, Kind.BRIEFING_QUARTER: BRIEFING, Kind.BRIEFING_OTHER: BRIEFING,
    Kind.SELF_CRITICISM: REVIEW, Kind.THEMATIC: STUDY, Kind.COMMITTEE_PLENUM: PLENUM,
}  # fmt: skip


def template_for(kind: str) -> Template:
    """Mẫu cho một loại hội nghị; the general one where there is none of its own."""
    return _OF_KIND.get(Kind(kind), GENERAL)
