"""Trạng thái, phần mục và cách một câu đã thay đổi trong báo cáo giao ban."""

from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class ReportState(TextChoices):
    """Trạng thái. Sent means frozen; returned, a new edition is worked on and the sent one stays as it was."""

    DRAFT = "draft", _("Đang soạn")
    SENT = "sent", _("Đã gửi")
    RETURNED = "returned", _("Bị trả lại")


class Section(IntegerChoices):
    """Phần của báo cáo, in the order of the paper."""

    PREVIOUS = 1, _("Kết luận kỳ trước và kết quả thực hiện")
    RESULTS = 2, _("Kết quả thực hiện nhiệm vụ trong quý")
    UNDONE = 3, _("Việc chưa hoàn thành; hạn chế, khuyết điểm")
    CAUSES = 4, _("Nguyên nhân")
    REQUESTS = 5, _("Đề nghị, kiến nghị")
    AHEAD = 6, _("Phương hướng quý tới")
    UNITS = 7, _("Tình hình báo cáo của các đơn vị")


class LineChange(TextChoices):
    """Lần soạn gần nhất làm gì với câu này."""

    NONE = "", _("Không đổi")
    NEW = "new", _("Câu mới")
    UPDATED = "updated", _("Số liệu đã cập nhật")
    DIFFERS = "differs", _("Số liệu đã khác câu đồng chí sửa")
    GONE = "gone", _("Không còn căn cứ")


class Records(TextChoices):
    """Danh sách mà một con số mở ra."""

    TASKS = "tasks", _("Nhiệm vụ")
    FINDINGS = "findings", _("Ưu điểm, hạn chế, khuyết điểm")
    CONFERENCES = "conferences", _("Hội nghị")
    REPORTS = "reports", _("Báo cáo của đơn vị")
    BODIES = "bodies", _("Đơn vị")


class UnitState(TextChoices):
    """Đơn vị gửi báo cáo thế nào, as of a day."""

    ON_TIME = "on_time", _("Gửi đúng hạn")
    LATE = "late", _("Gửi muộn")
    RETURNED = "returned", _("Bị trả lại, chưa gửi lại")
    WAITING = "waiting", _("Chưa gửi")
    MISSING = "missing", _("Quá hạn chưa gửi")


class Verb(TextChoices):
    """Việc làm với một báo cáo."""

    WRITE = "write", _("Soạn, sửa")
    SEND = "send", _("Gửi lên cấp trên")
    RETURN = "return", _("Trả lại")
    TAKE = "take", _("Đưa vào hội nghị")
