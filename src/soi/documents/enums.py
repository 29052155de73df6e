"""Nguồn gốc của văn bản."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Origin(TextChoices):
    """Văn bản đến từ đâu."""

    UPLOAD = "upload", _("Tệp tải lên")
    PASTED = "pasted", _("Dán từ bàn phím")
    EVIDENCE = "evidence", _("Minh chứng kèm theo")
    # Opened only through the conference it belongs to, which says who may read it.
    PAPER = "paper", _("Tài liệu hội nghị")
