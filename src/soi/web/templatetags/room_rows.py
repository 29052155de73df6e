"""Dòng của các danh sách trong phòng họp, each drawn once as long as nothing in it changes.

When the next speaker is called, of seventy rows on a page the places change and one row goes; everybody waits for
the drawing. The rows are frozen values, so a row that is equal looks the same. Live regions have one language.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from soi.conferences.room_parts import LogLine, QueueView, SiteView

register = template.Library()

# Of a few conferences at once.
KEPT_ROWS = 1024
_NOWHERE = 0


@register.simple_tag
def queue_line(row: QueueView) -> SafeString:
    """Ai chờ, về việc gì; the place, which changes with every speaker, stands outside."""
    return _queue_line(replace(row, place=_NOWHERE))


@lru_cache(maxsize=KEPT_ROWS)
def _queue_line(row: QueueView) -> SafeString:
    return _drawn("room/_queue_line.html", row=row)


@register.simple_tag
def queue_acts(conference: int, row: QueueView, reasons: tuple[str, ...], token: str) -> SafeString:
    """Mời hoặc không mời. With the token of one person (a page's first load) it is not kept."""
    draw = _queue_acts.__wrapped__ if token else _queue_acts
    return draw(conference, replace(row, place=_NOWHERE), reasons, token)


@lru_cache(maxsize=KEPT_ROWS)
def _queue_acts(conference: int, row: QueueView, reasons: tuple[str, ...], token: str) -> SafeString:
    return _drawn("room/_queue_acts.html", conference=conference, row=row, reasons=reasons, token=token)


@register.simple_tag
@lru_cache(maxsize=KEPT_ROWS)
def site_row(site: SiteView) -> SafeString:
    """Một điểm cầu."""
    return _drawn("room/_site_row.html", row=site)


@register.simple_tag
@lru_cache(maxsize=KEPT_ROWS)
def log_row(line: LogLine) -> SafeString:
    """Một câu của diễn biến."""
    return _drawn("room/_log_row.html", line=line)


def _drawn(path: str, **context: Any) -> SafeString:
    return SafeString(get_template(path).render(context).strip())
