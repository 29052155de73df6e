"""Kỳ trong mẫu trang: ``{{ conference.period|period }}``."""

from __future__ import annotations

from django import template

from soi.web.period_words import shown

register = template.Library()


@register.filter
def period(labels: str) -> str:
    """Nhãn kỳ bằng chữ: "2021-Q1" → "quý I/2021"."""
    return shown(labels or "")
