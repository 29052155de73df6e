"""Nguồn gốc của văn bản."""

from __future__ import annotations

from django.db.models import TextChoices


class Origin(TextChoices):
    """Văn bản đến từ đâu."""

    UPLOAD = "upload", "Tệp tải lên"
    PASTED = "pasted", "Dán từ bàn phím"
    EVIDENCE = "evidence", "Minh chứng kèm theo"
