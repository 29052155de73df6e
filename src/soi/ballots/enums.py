"""Hình thức bỏ phiếu, trạng thái, loại câu hỏi, căn cứ tính."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Mode(TextChoices):
    """Hình thức: named to every voter before voting."""

    OPEN = "open", _("Biểu quyết công khai, ghi tên")
    SECRET = "secret", _("Phiếu kín điện tử")
    PAPER = "paper", _("Phiếu giấy")


class PollState(TextChoices):
    """Trạng thái: no other moves than draft → open → closed → counted → published, or annulled before that."""

    DRAFT = "draft", _("Đang soạn")
    OPEN = "open", _("Đang bỏ phiếu")
    CLOSED = "closed", _("Đã đóng, chờ kiểm phiếu")
    COUNTED = "counted", _("Đã kiểm phiếu")
    PUBLISHED = "published", _("Đã công bố")
    ANNULLED = "annulled", _("Đã hủy")


class Verb(TextChoices):
    """Việc làm với một cuộc bỏ phiếu."""

    EDIT = "edit", _("Sửa")
    OPEN = "open", _("Mở bỏ phiếu")
    CAST = "cast", _("Bỏ phiếu")
    CLOSE = "close", _("Đóng")
    COUNT = "count", _("Kiểm phiếu")
    PUBLISH = "publish", _("Công bố")
    ANNUL = "annul", _("Hủy")


class QuestionKind(TextChoices):
    """Loại câu hỏi."""

    YES_NO = "yes_no", _("Đồng ý, không đồng ý")
    LEVELS = "levels", _("Xếp mức từng dòng")
    ELECT = "elect", _("Bầu trong danh sách")


class Denominator(TextChoices):
    """Căn cứ tính tỷ lệ (Quy định 294-QĐ/TW, điểm 9.3: more than half of the members of the body)."""

    SUMMONED = "summoned", _("Tổng số người được triệu tập")
    PRESENT = "present", _("Số người có mặt")
    ISSUED = "issued", _("Số phiếu phát ra")
    VALID = "valid", _("Số phiếu hợp lệ")


class Majority(TextChoices):
    """Đa số."""

    HALF = "half", _("Quá nửa")
    TWO_THIRDS = "two_thirds", _("Từ hai phần ba trở lên")
    RELATIVE = "relative", _("Nhiều phiếu hơn")
