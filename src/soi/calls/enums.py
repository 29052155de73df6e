"""Cách truyền âm thanh, hình ảnh; loại tín hiệu."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RoomKind(TextChoices):
    """Cách truyền: one for the whole conference."""

    MESH = "mesh", _("Truyền thẳng giữa các điểm cầu")
    JANUS = "janus", _("Qua máy chủ Janus")
    LINK = "link", _("Phòng họp bên ngoài hoặc thiết bị riêng")


class SignalKind(TextChoices):
    """Loại tín hiệu: what two browsers tell each other to find a way."""

    OFFER = "offer", _("Đề nghị")
    ANSWER = "answer", _("Trả lời")
    CANDIDATE = "candidate", _("Đường đi")
    BYE = "bye", _("Làm lại")
