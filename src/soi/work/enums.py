"""Trạng thái, nguồn gốc và kết quả của nhiệm vụ."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TaskState(TextChoices):
    """Trạng thái. A task ends by the word of the level that gave it, not of the one that does it."""

    ACTIVE = "active", _("Đang thực hiện")
    REPORTED = "reported", _("Chờ đánh giá")
    DONE = "done", _("Hoàn thành")
    FAILED = "failed", _("Không hoàn thành")
    CANCELLED = "cancelled", _("Đã hủy")


class Standing(TextChoices):
    """Kết quả để đếm: the state, with "done" told apart by day and measure. Overdue is asked for a day."""

    ACTIVE = "active", _("Đang thực hiện")
    REPORTED = "reported", _("Chờ đánh giá")
    EXCEEDED = "exceeded", _("Vượt mức")
    ON_TIME = "on_time", _("Đúng hạn")
    LATE = "late", _("Hoàn thành muộn")
    FAILED = "failed", _("Không hoàn thành")
    CANCELLED = "cancelled", _("Đã hủy")


class Origin(TextChoices):
    """Nguồn gốc của nhiệm vụ."""

    PROGRAMME = "programme", _("Chương trình công tác")
    DIRECTIVE = "directive", _("Văn bản chỉ đạo")
    CONCLUSION = "conclusion", _("Kết luận hội nghị")
    REMEDY = "remedy", _("Biện pháp khắc phục")
    PLAN = "plan", _("Kế hoạch")
    AD_HOC = "ad_hoc", _("Giao đột xuất")


class Result(TextChoices):
    """Đánh giá kết quả một nhiệm vụ, by oneself and by the superior."""

    EXCEEDED = "exceeded", _("Vượt yêu cầu")
    ACHIEVED = "achieved", _("Đạt yêu cầu")
    NOT_ACHIEVED = "not_achieved", _("Không đạt")
    RETURNED = "returned", _("Chưa đạt, làm tiếp")


class Assessor(TextChoices):
    """Ai đánh giá."""

    SELF = "self", _("Tự đánh giá")
    SUPERIOR = "superior", _("Cấp giao đánh giá")


class LateCause(TextChoices):
    """Nguyên nhân chậm; the rating of a period needs to know."""

    OWN = "own", _("Chủ quan")
    EXTERNAL = "external", _("Khách quan")


class BulkKind(TextChoices):
    """Việc làm hàng loạt."""

    HAND_OVER = "hand_over", _("Chuyển người chịu trách nhiệm")
    CHANGE_DUE = "change_due", _("Đổi hạn")
    REMIND = "remind", _("Nhắc việc")


class Verb(TextChoices):
    """Việc làm với một nhiệm vụ: what the table of moves (``transitions``) answers for each state."""

    EDIT = "edit", _("Sửa nhiệm vụ")
    HAND_OVER = "hand_over", _("Chuyển người chịu trách nhiệm")
    CHANGE_DUE = "change_due", _("Đổi hạn")
    REMIND = "remind", _("Nhắc việc")
    REPORT_PROGRESS = "report_progress", _("Báo cáo tiến độ")
    REPORT_DONE = "report_done", _("Báo cáo đã làm xong")
    RETURN = "return", _("Yêu cầu làm tiếp")
    ASSESS = "assess", _("Đánh giá kết quả")
    CANCEL = "cancel", _("Hủy nhiệm vụ")
