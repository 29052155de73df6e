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


class ProposalState(TextChoices):
    """Một đề xuất: still to be looked at, accepted, or dropped."""

    PENDING = "pending", "Chưa xem"
    ACCEPTED = "accepted", "Nhận"
    DROPPED = "dropped", "Bỏ"
