"""Trạng thái của bản nhập và của từng đề xuất."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DraftState(TextChoices):
    """Bản nhập: nothing is written to the register before confirmation."""

    PROPOSED = "proposed", _("Chờ xác nhận")
    CONFIRMED = "confirmed", _("Đã ghi vào sổ")
    DISCARDED = "discarded", _("Đã bỏ")


class ProposalKind(TextChoices):
    """Loại đề xuất: one card on the confirm page."""

    CONFERENCE = "conference", _("Hội nghị")
    PERSON = "person", _("Người dự")
    FINDING = "finding", _("Ưu điểm, hạn chế")
    CAUSE = "cause", _("Nguyên nhân")
    DIRECTION = "direction", _("Kết luận, phương hướng")
    DECISION = "decision", _("Xếp loại, khen thưởng")
    DOCUMENT = "document", _("Văn bản viện dẫn")
    ARTICLE = "article", _("Bài báo")


class PersonChoice(TextChoices):
    """Người này là ai: nobody is entered as new unless the clerk says so."""

    UNDECIDED = "undecided", _("Chưa chọn")
    EXISTING = "existing", _("Người đã có")
    NEW = "new", _("Thêm người mới")
    SKIP = "skip", _("Không ghi")


class PostAction(TextChoices):
    """Làm gì với một chức vụ nêu trong văn bản."""

    AS_HELD = "as_held", _("Đang giữ chức này")
    TEXT_ONLY = "text_only", _("Chỉ ghi trong thành phần dự")
    RECORD = "record", _("Ghi giữ chức từ ngày này")
    HANDOVER = "handover", _("Nhận bàn giao từ ngày này")
    RECORD_NEW = "record_new", _("Lập chức vụ này và ghi giữ chức")


class ProposalState(TextChoices):
    """Một đề xuất: still to be looked at, accepted, or dropped."""

    PENDING = "pending", _("Chưa xem")
    ACCEPTED = "accepted", _("Nhận")
    DROPPED = "dropped", _("Bỏ")
