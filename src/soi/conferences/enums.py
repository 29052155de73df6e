"""Loại hội nghị, hình thức, vai trò người dự."""

from __future__ import annotations

from django.db.models import TextChoices


class ConferenceKind(TextChoices):
    """Loại hội nghị: the purpose beats the forum."""

    BRIEFING_MONTH = "briefing_month", "Giao ban tháng"
    BRIEFING_QUARTER = "briefing_quarter", "Giao ban quý"
    HALF_YEAR = "half_year", "Sơ kết 6 tháng"
    ANNUAL = "annual", "Tổng kết năm"
    BRIEFING_OTHER = "briefing_other", "Giao ban khác"
    SELF_CRITICISM = "self_criticism", "Kiểm điểm tự phê bình và phê bình"
    REVIEW_RESOLUTION = "review_resolution", "Sơ kết, tổng kết nghị quyết, chỉ thị"
    LESSONS = "lessons", "Rút kinh nghiệm"
    COMMITTEE_PLENUM = "committee_plenum", "Hội nghị cấp ủy, ban thường vụ"
    CELL_MEETING = "cell_meeting", "Sinh hoạt chi bộ"
    CONGRESS = "congress", "Đại hội"
    EMPLOYEE_CONFERENCE = "employee_conference", "Hội nghị người lao động"
    WORKING_SESSION = "working_session", "Buổi làm việc"
    HANDOVER = "handover", "Bàn giao"
    THEMATIC = "thematic", "Chuyên đề, quán triệt"
    NONE = "none", "Văn bản không phải hội nghị"


class Form(TextChoices):
    """Hình thức họp."""

    IN_PERSON = "in_person", "Trực tiếp"
    ONLINE = "online", "Trực tuyến"
    HYBRID = "hybrid", "Trực tiếp kết hợp trực tuyến"
    UNKNOWN = "unknown", "Không rõ"


class AttendanceRole(TextChoices):
    """Vai trò trong hội nghị."""

    CHAIR = "chair", "Chủ trì"
    DIRECT = "direct", "Dự và chỉ đạo"
    SECRETARY = "secretary", "Thư ký"
    PRESENT = "present", "Trình bày"
    SPEAK = "speak", "Phát biểu"
    ATTEND = "attend", "Dự"


class Presence(TextChoices):
    """Có mặt hay không."""

    PRESENT = "present", "Có mặt"
    ABSENT = "absent", "Vắng mặt"
