"""Điểm danh trong mẫu trang: ``{{ site.code|code_shown }}``; codes are read aloud in two halves."""

from __future__ import annotations

from django import template

from soi.conferences.logic.codes import shown

register = template.Library()


@register.filter
def code_shown(code: str) -> str:
    """Mã để đọc: "CHK-347"."""
    return shown(code)
