"""Lựa chọn của ô lọc trong mẫu trang: ``{{ choices|options }}``.

A filter offers hundreds of bodies and periods; a template's loop over them costs more than the list below it.
"""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from soi.web.parts import Choice

register = template.Library()
_SELECTED = SafeString(" selected")


@register.filter
def options(choices: Iterable[Choice]) -> SafeString:
    """Các lựa chọn, the chosen ones marked."""
    rows = ((choice.value, _SELECTED if choice.chosen else "", choice.label) for choice in choices)
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)
