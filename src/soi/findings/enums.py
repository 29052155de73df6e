"""Loại, trạng thái và vai trò trong sổ theo dõi ưu điểm, hạn chế, khuyết điểm."""

from __future__ import annotations

from django.db.models import TextChoices


class FindingKind(TextChoices):
    """Loại: what a conference or a check found."""

    STRENGTH = "strength", "Ưu điểm"
    LIMITATION = "limitation", "Hạn chế"
    SHORTCOMING = "shortcoming", "Khuyết điểm"


class FindingState(TextChoices):
    """Trạng thái. A limitation or shortcoming ends only as MENDED, confirmed by somebody else."""

    NOTED = "noted", "Đã ghi nhận"  # ưu điểm
    OPEN = "open", "Chưa có biện pháp"
    IN_REMEDY = "in_remedy", "Đang khắc phục"
    REPORTED = "reported", "Chờ xác nhận"
    MENDED = "mended", "Đã khắc phục"


class BodyRole(TextChoices):
    """Tổ chức trong một nội dung: where it was found, and whom it concerns."""

    OWNER = "owner", "Nơi được đánh giá"
    CONCERNED = "concerned", "Đơn vị liên quan"


class CauseKind(TextChoices):
    """Nguyên nhân khách quan hay chủ quan (the rating of a period depends on it)."""

    EXTERNAL = "external", "Khách quan"
    OWN = "own", "Chủ quan"


class ResponsibilityKind(TextChoices):
    """Trách nhiệm của ai."""

    COLLECTIVE = "collective", "Tập thể"
    HEAD = "head", "Người đứng đầu"
    INDIVIDUAL = "individual", "Cá nhân"


class RemedyState(TextChoices):
    """Trạng thái của biện pháp."""

    ACTIVE = "active", "Đang thực hiện"
    REPORTED = "reported", "Đã báo cáo xong"
    CONFIRMED = "confirmed", "Đã xác nhận"


class Outcome(TextChoices):
    """Kết quả kiểm tra việc khắc phục."""

    MENDED = "mended", "Đã khắc phục"
    RETURNED = "returned", "Chưa đạt, làm tiếp"
    REOPENED = "reopened", "Mở lại"


class LinkState(TextChoices):
    """Nghi lặp lại: proposed by the software, decided by a person."""

    PROPOSED = "proposed", "Chờ xem xét"
    CONFIRMED = "confirmed", "Đúng là lặp lại"
    REJECTED = "rejected", "Không phải lặp lại"


class Verb(TextChoices):
    """Việc làm với một nội dung: what the table of moves (``transitions``) answers for each state."""

    ADD_REMEDY = "add_remedy", "Thêm biện pháp"
    REPORT_PROGRESS = "report_progress", "Báo cáo tiến độ"
    REPORT_DONE = "report_done", "Báo cáo đã làm xong"
    RETURN_FOR_MORE = "return_for_more", "Yêu cầu làm tiếp"
    VERIFY_MENDED = "verify_mended", "Xác nhận đã khắc phục"
    REOPEN = "reopen", "Mở lại"
