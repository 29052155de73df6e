"""Invented conferences and findings for the tests of the forms. No person or unit exists."""

from __future__ import annotations

import datetime as dt

from soi.forms.forms.conference_minutes.context import (
    Absence,
    ConclusionLine,
    MinutesContext,
    Opinion,
    Shortcoming,
    SiteLine,
)
from soi.forms.forms.findings_list.context import (
    Confirmation,
    FindingLine,
    FindingsContext,
    FindingSource,
    RemedyLine,
)
from soi.forms.parts import Cause, CauseKind, Letterhead, Participant, Responsible, Signature

CREATED = dt.datetime(2021, 4, 8, 9, 30, tzinfo=dt.UTC)
DAY = dt.date(2021, 4, 7)

HEAD = Letterhead(
    superior_body="Đảng bộ Quân khu 10",
    issuing_body="Đảng ủy Sư đoàn 904",
    number="03-BB/ĐU",
    place="Hà Giang",
    date=DAY,
)
SECRETARY = Participant(name="Lò Thị Nguyệt Ánh", rank="Thượng úy", posts=("Trợ lý Tổ chức",))
CHAIR = Participant(
    name="Đinh Khắc Thuận",
    rank="Đại tá",
    posts=("Bí thư Đảng ủy", "Chính ủy Sư đoàn"),
    site="Sở chỉ huy",
)

_NAMES = ("Tạ Hữu Ước", "Quách Văn Lẫm", "Ngô Đức Khuê", "Vi Thị Sến", "Ma Thế Phương", "Lục Trọng Nghĩa")
_POSTS = ("Phó Bí thư Đảng ủy, Sư đoàn trưởng", "Chủ nhiệm Chính trị", "Tham mưu trưởng", "Chủ nhiệm Hậu cần")


def members(number: int) -> tuple[Participant, ...]:
    """The chair and ``number`` - 1 further members."""
    others = (
        Participant(
            name=f"{_NAMES[i % 6]} {i}",
            rank="Thượng tá",
            posts=(_POSTS[i % 4],),
            site=f"Trung đoàn {i % 3 + 1}",
        )
        for i in range(number - 1)
    )
    return (CHAIR, *others)


def minutes() -> MinutesContext:
    """A full conference: every part is there."""
    return MinutesContext(
        letterhead=HEAD,
        title="Hội nghị trực tuyến giao ban công tác đảng, công tác chính trị quý I năm 2021",
        day=DAY,
        opens_at=dt.time(8, 0),
        closes_at=dt.time(11, 30),
        venue="Hội trường Sở chỉ huy Sư đoàn 904",
        form="trực tuyến",
        period="quý I năm 2021",
        sites=(
            SiteLine(name="Sở chỉ huy Sư đoàn", is_main=True, count=45),
            SiteLine(name="Trung đoàn 1", count=20),
            SiteLine(name="Trung đoàn 2"),
        ),
        chair=CHAIR,
        secretary=SECRETARY,
        superiors=(
            Participant(
                name="Bế Văn Sách", rank="Thiếu tướng", posts=("Ủy viên Ban Thường vụ Đảng ủy Quân khu 10",)
            ),
        ),
        present=members(9),
        guests=(
            Participant(name="Hà Thị Vấn", posts=("Phó Bí thư Thường trực Huyện ủy",)),
            Participant(name="Chu Quang Lộc", posts=("Chủ tịch Ủy ban nhân dân huyện",)),
        ),
        absent=(
            Absence(
                who=Participant(name="Giàng A Chứ", rank="Thượng tá", posts=("Chủ nhiệm Kỹ thuật",)),
                reason="đi công tác",
            ),
            Absence(who=Participant(name="Sùng Mí Vàng", rank="Trung tá", posts=("Phó Tham mưu trưởng",))),
        ),
        agenda=(
            "Báo cáo kết quả công tác đảng, công tác chính trị quý I",
            "Thảo luận",
            "Kết luận của đồng chí chủ trì",
        ),
        strengths=(
            "Các cơ quan, đơn vị đã triển khai đủ chương trình quý I; nền nếp sinh hoạt được giữ vững",
            "Công tác bảo đảm hậu cần, kỹ thuật đáp ứng yêu cầu huấn luyện đầu năm.",
        ),
        shortcomings=(
            Shortcoming(
                text="Giao việc cho một số bộ phận còn chung chung, chưa nêu rõ ai làm, bao giờ xong",
                kind="Khuyết điểm",
                area="CTĐ, CTCT",
                causes=(
                    Cause(text="Một số cán bộ chủ trì ngại va chạm", kind=CauseKind.OWN),
                    Cause(text="Đơn vị đóng quân phân tán", kind=CauseKind.EXTERNAL),
                ),
                responsible=Responsible(
                    collectives=("Ban Thường vụ Đảng ủy Sư đoàn 904",),
                    individuals=("Chủ nhiệm Chính trị – Quách Văn Lẫm",),
                ),
            ),
            Shortcoming(text="Sổ sách theo dõi ở hai tiểu đoàn ghi chép chưa kịp thời.", kind="Hạn chế"),
        ),
        common_causes=(Cause(text="Công tác kiểm tra của cấp trên chưa thường xuyên"),),
        opinions=(
            Opinion(
                speaker="Thượng tá Ngô Đức Khuê, Tham mưu trưởng",
                text="Đề nghị mỗi nhiệm vụ ghi một đầu mối chịu trách nhiệm.\nKiểm tra hằng tháng.",
            ),
        ),
        conclusions=(
            ConclusionLine(
                text="Rà soát toàn bộ nhiệm vụ đã giao, bổ sung người chịu trách nhiệm và thời hạn",
                accountable="Chủ nhiệm Chính trị – Quách Văn Lẫm",
                due=dt.date(2021, 5, 2),
            ),
            ConclusionLine(text="Chuẩn bị tốt công tác bầu cử tại địa bàn đóng quân"),
        ),
        cited_documents=("Nghị quyết số 15-NQ/ĐU ngày 12/01/2021 của Đảng ủy Sư đoàn 904",),
        approved_in_session=True,
        copies=2,
        recipients=("Thường vụ Đảng ủy Quân khu 10 (để báo cáo)", "Các đảng ủy trực thuộc", "Lưu Văn phòng"),
    )


def bare_minutes() -> MinutesContext:
    """Only what the dataclass demands."""
    return MinutesContext(
        letterhead=Letterhead(issuing_body="Chi bộ Thôn Đoài", date=DAY), title="Hội nghị chi bộ", day=DAY
    )


REMEDY = RemedyLine(
    measure="Lập bảng phân công cho từng nhiệm vụ, mỗi việc một người chịu trách nhiệm",
    accountable_post="Chủ nhiệm Chính trị",
    accountable_person="Quách Văn Lẫm",
    deliverable="Bảng phân công đã phê duyệt",
    due=dt.date(2021, 5, 2),
    state="Đang thực hiện",
    result="Đã lập cho 12/15 nhiệm vụ",
    is_overdue=True,
)
MENDED = RemedyLine(
    measure="Kiểm tra sổ sách hằng tháng",
    accountable_post="Tham mưu trưởng",
    accountable_person="Ngô Đức Khuê",
    deliverable="Biên bản kiểm tra",
    due=dt.date(2021, 6, 30),
    state="Đã xong",
    result="Kiểm tra 3 lần",
    confirmation=Confirmation(by="Chủ nhiệm Ủy ban Kiểm tra – Vi Thị Sến", day=dt.date(2021, 6, 28)),
)


def findings(number: int = 3) -> FindingsContext:
    """A list with two remedies, one and none in turn."""
    lines = (
        FindingLine(
            code="HC-2021-001",
            text="Giao việc còn chung chung, chưa nêu rõ ai làm, bao giờ xong",
            kind="Khuyết điểm",
            state="Đang khắc phục",
            area="CTĐ, CTCT",
            source=FindingSource(title="Hội nghị giao ban quý I/2021", day=DAY),
            causes=(
                Cause(text="Cán bộ chủ trì ngại va chạm.", kind=CauseKind.OWN),
                Cause(text="Đơn vị đóng quân phân tán", kind=CauseKind.EXTERNAL),
            ),
            responsible=Responsible(
                collectives=("Ban Thường vụ Đảng ủy Sư đoàn 904",),
                individuals=("Chủ nhiệm Chính trị – Quách Văn Lẫm",),
            ),
            remedies=(REMEDY, MENDED),
            recurs=True,
        ),
        FindingLine(
            text="Sổ sách theo dõi ở hai tiểu đoàn ghi chép chưa kịp thời",
            kind="Hạn chế",
            state="Đã khắc phục",
            area="Tham mưu",
            source=FindingSource(title="Hội nghị giao ban quý I/2021", day=DAY),
            causes=(Cause(text="Thiếu kiểm tra"),),
            remedies=(MENDED,),
        ),
        FindingLine(text="Tăng gia sản xuất chưa đạt chỉ tiêu", kind="Hạn chế", state="Mới nêu"),
    )
    return FindingsContext(
        letterhead=HEAD,
        body="Đảng bộ Sư đoàn 904",
        period="Quý I/2021",
        as_of=dt.date(2021, 6, 30),
        findings=tuple(lines[i % 3] for i in range(number)),
        filters=("Lĩnh vực: tất cả", "Trạng thái: tất cả"),
        signature=Signature(collective="Ban Thường vụ", post="Bí thư", name="Đại tá Đinh Khắc Thuận"),
        recipients=("Thường vụ Đảng ủy Quân khu 10", "Lưu Văn phòng"),
    )
