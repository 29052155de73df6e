"""Loại, trạng thái và vai trò trong sổ theo dõi ưu điểm, hạn chế, khuyết điểm."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FindingKind(TextChoices):
    """Loại: what a conference or a check found."""

    STRENGTH = "strength", _("Ưu điểm")
    LIMITATION = "limitation", _("Hạn chế")
    SHORTCOMING = "shortcoming", _("Khuyết điểm")


class FindingState(TextChoices):
    """Trạng thái. A limitation or shortcoming ends only as MENDED, confirmed by somebody else."""

    NOTED = "noted", _("Đã ghi nhận")  # ưu điểm
    OPEN = "open", _("Chưa có biện pháp")
    IN_REMEDY = "in_remedy", _("Đang khắc phục")
    REPORTED = "reported", _("Chờ xác nhận")
    MENDED = "mended", _("Đã khắc phục")


class BodyRole(TextChoices):
    """Tổ chức trong một nội dung: where it was found, and whom it concerns."""

    OWNER = "owner", _("Nơi được đánh giá")
    CONCERNED = "concerned", _("Đơn vị liên quan")


class CauseKind(TextChoices):
    """Nguyên nhân khách quan hay chủ quan (the rating of a period depends on it)."""

    EXTERNAL = "external", _("Khách quan")
    OWN = "own", _("Chủ quan")


class ResponsibilityKind(TextChoices):
    """Trách nhiệm của ai."""

    COLLECTIVE = "collective", _("Tập thể")
    HEAD = "head", _("Người đứng đầu")
    INDIVIDUAL = "individual", _("Cá nhân")


class RemedyState(TextChoices):
    """Trạng thái của biện pháp."""

    ACTIVE = "active", _("Đang thực hiện")
    REPORTED = "reported", _("Đã báo cáo xong")
    CONFIRMED = "confirmed", _("Đã xác nhận")


class Outcome(TextChoices):
    """Kết quả kiểm tra việc khắc phục."""

    MENDED = "mended", _("Đã khắc phục")
    RETURNED = "returned", _("Chưa đạt, làm tiếp")
    REOPENED = "reopened", _("Mở lại")


class LinkState(TextChoices):
    """Nghi lặp lại: proposed by the software, decided by a person."""

    PROPOSED = "proposed", _("Chờ xem xét")
    CONFIRMED = "confirmed", _("Đúng là lặp lại")
    REJECTED = "rejected", _("Không phải lặp lại")


class Verb(TextChoices):
    """Việc làm với một nội dung: what the table of moves (``transitions``) answers for each state."""

    ADD_REMEDY = "add_remedy", _("Thêm biện pháp")
    REPORT_PROGRESS = "report_progress", _("Báo cáo tiến độ")
    REPORT_DONE = "report_done", _("Báo cáo đã làm xong")
    RETURN_FOR_MORE = "return_for_more", _("Yêu cầu làm tiếp")
    VERIFY_MENDED = "verify_mended", _("Xác nhận đã khắc phục")
    REOPEN = "reopen", _("Mở lại")
