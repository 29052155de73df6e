"""Loại văn bản chỉ đạo, cách quán triệt, và mức thực hiện của nơi nhận."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DirectiveKind(TextChoices):
    """Loại văn bản (Quy định 66-QĐ/TW, Điều 4 to 29, for papers of the Party)."""

    RESOLUTION = "resolution", _("Nghị quyết")
    DIRECTIVE = "directive", _("Chỉ thị")
    REGULATION = "regulation", _("Quy định, quy chế")
    CONCLUSION = "conclusion", _("Kết luận")
    PLAN = "plan", _("Kế hoạch")
    PROGRAMME = "programme", _("Chương trình")
    GUIDANCE = "guidance", _("Hướng dẫn")
    DISPATCH = "dispatch", _("Công văn")


class DisseminationForm(TextChoices):
    """Hình thức quán triệt."""

    CONFERENCE = "conference", _("Hội nghị trực tiếp")
    ONLINE = "online", _("Hội nghị trực tuyến")
    CELL_MEETING = "cell_meeting", _("Sinh hoạt chi bộ")
    STUDY_CLASS = "study_class", _("Lớp học tập, tập huấn")
    SELF_STUDY = "self_study", _("Tự nghiên cứu")
    OTHER = "other", _("Hình thức khác")


class ElaborationKind(TextChoices):
    """Cách cụ thể hóa."""

    DIRECTIVE = "directive", _("Ban hành văn bản của mình")
    PROGRAMME = "programme", _("Lập chương trình, kế hoạch công tác")
    NOT_NEEDED = "not_needed", _("Thực hiện ngay, không cần cụ thể hóa")


class Step(TextChoices):
    """Ba việc của nơi nhận, in their order."""

    ACKNOWLEDGE = "acknowledge", _("Xác nhận đã nhận")
    STUDY = "study", _("Quán triệt")
    ELABORATE = "elaborate", _("Cụ thể hóa")


class Standing(TextChoices):
    """Mức thực hiện một việc, as of a day."""

    DONE = "done", _("Đã làm")
    DONE_LATE = "done_late", _("Đã làm, muộn")
    PENDING = "pending", _("Chưa làm, còn hạn")
    OVERDUE = "overdue", _("Quá hạn")
    NOT_ASKED = "not_asked", _("Không yêu cầu")
