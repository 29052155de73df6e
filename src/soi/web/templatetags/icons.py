"""Hình và nhãn trong mẫu trang: ``{% icon "check" %}``, ``{% badge finding.state label %}``; known to every template.

They stand in every row of every list; an included template for each costs more than the row.
"""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str, extra: str = "") -> SafeString:
    """Hình vẽ từ tờ hình chung, hidden from screen readers. ``extra``: a further CSS class."""
    css = f"icon {extra}" if extra else "icon"
    sheet = static("soi/icons.svg")
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', css, sheet, name)


@register.simple_tag
def badge(kind: str, label: str) -> SafeString:
    """Nhãn có màu và hình of that kind; without a kind, plain."""
    if not kind:
        return format_html('<span class="badge badge-plain">{}</span>', label)
    return format_html('<span class="badge badge-{}">{}{}</span>', kind, icon(str(kind)), label)
