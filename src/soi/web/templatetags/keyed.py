"""Tra bảng trong mẫu trang: ``{{ figures|keyed:programme.pk }}``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def keyed(table: Mapping[Any, Any], name: object) -> object:
    """Giá trị ứng với khóa; None where there is none."""
    return table.get(name)
