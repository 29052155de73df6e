"""Loại hội nghị, hình thức, vai trò người dự."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ConferenceKind(TextChoices):
    """Loại hội nghị: the purpose beats the forum."""

    BRIEFING_MONTH = "briefing_month", _("Giao ban tháng")
    BRIEFING_QUARTER = "briefing_quarter", _("Giao ban quý")
    HALF_YEAR = "half_year", _("Sơ kết 6 tháng")
    ANNUAL = "annual", _("Tổng kết năm")
    BRIEFING_OTHER = "briefing_other", _("Giao ban khác")
    SELF_CRITICISM = "self_criticism", _("Kiểm điểm tự phê bình và phê bình")
    REVIEW_RESOLUTION = "review_resolution", _("Sơ kết, tổng kết nghị quyết, chỉ thị")
    LESSONS = "lessons", _("Rút kinh nghiệm")
    COMMITTEE_PLENUM = "committee_plenum", _("Hội nghị cấp ủy, ban thường vụ")
    CELL_MEETING = "cell_meeting", _("Sinh hoạt chi bộ")
    CONGRESS = "congress", _("Đại hội")
    EMPLOYEE_CONFERENCE = "employee_conference", _("Hội nghị người lao động")
    WORKING_SESSION = "working_session", _("Buổi làm việc")
    HANDOVER = "handover", _("Bàn giao")
    THEMATIC = "thematic", _("Chuyên đề, quán triệt")
    NONE = "none", _("Văn bản không phải hội nghị")


class Form(TextChoices):
    """Hình thức họp."""

    IN_PERSON = "in_person", _("Trực tiếp")
    ONLINE = "online", _("Trực tuyến")
    HYBRID = "hybrid", _("Trực tiếp kết hợp trực tuyến")
    UNKNOWN = "unknown", _("Không rõ")


class AttendanceRole(TextChoices):
    """Vai trò trong hội nghị."""

    CHAIR = "chair", _("Chủ trì")
    DIRECT = "direct", _("Dự và chỉ đạo")
    SECRETARY = "secretary", _("Thư ký")
    PRESENT = "present", _("Trình bày")
    SPEAK = "speak", _("Phát biểu")
    ATTEND = "attend", _("Dự")


class Presence(TextChoices):
    """Có mặt hay không."""

    PRESENT = "present", _("Có mặt")
    ABSENT = "absent", _("Vắng mặt")
