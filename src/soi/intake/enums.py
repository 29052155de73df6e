"""Trạng thái của bản nhập và của từng đề xuất."""

from __future__ import annotations

from django.db.models import TextChoices


class DraftState(TextChoices):
    """Bản nhập: nothing is written to the register before confirmation."""

    PROPOSED = "proposed", "Chờ xác nhận"
    CONFIRMED = "confirmed", "Đã ghi vào sổ"
    DISCARDED = "discarded", "Đã bỏ"


class ProposalKind(TextChoices):
    """Loại đề xuất: one card on the confirm page."""

    CONFERENCE = "conference", "Hội nghị"
    PERSON = "person", "Người dự"
    FINDING = "finding", "Ưu điểm, hạn chế"
    CAUSE = "cause", "Nguyên nhân"
    DIRECTION = "direction", "Kết luận, phương hướng"
    DECISION = "decision", "Xếp loại, khen thưởng"
    DOCUMENT = "document", "Văn bản viện dẫn"
    ARTICLE = "article", "Bài báo"


class PersonChoice(TextChoices):
    """Người này là ai: nobody is entered as new unless the clerk says so."""

    UNDECIDED = "undecided", "Chưa chọn"
    EXISTING = "existing", "Người đã có"
    NEW = "new", "Thêm người mới"
    SKIP = "skip", "Không ghi"


class PostAction(TextChoices):
    """Làm gì với một chức vụ nêu trong văn bản."""

    AS_HELD = "as_held", "Đang giữ chức này"
    TEXT_ONLY = "text_only", "Chỉ ghi trong thành phần dự"
    RECORD = "record", "Ghi giữ chức từ ngày này"
    HANDOVER = "handover", "Nhận bàn giao từ ngày này"
    RECORD_NEW = "record_new", "Lập chức vụ này và ghi giữ chức"


class ProposalState(TextChoices):
    """Một đề xuất: still to be looked at, accepted, or dropped."""

    PENDING = "pending", "Chưa xem"
    ACCEPTED = "accepted", "Nhận"
    DROPPED = "dropped", "Bỏ"
