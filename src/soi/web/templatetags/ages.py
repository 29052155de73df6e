"""Tuổi và hạn trong mẫu trang: ``{{ row.age_days|age }}``, ``{{ remedy.due_on|days_late:today }}``."""

from __future__ import annotations

import datetime as dt

from django import template

from soi.web.finding_page import age_words

register = template.Library()


@register.filter
def age(days: int) -> str:
    """Số ngày bằng chữ: "9 ngày", "4 tháng", "2 năm 3 tháng"."""
    return age_words(days)


@register.filter
def days_late(due_on: dt.date | None, today: dt.date) -> int:
    """Số ngày đã quá hạn; 0 when not late or without a date."""
    return max(0, (today - due_on).days) if due_on else 0


@register.filter
def last_day(end: dt.date) -> dt.date:
    """Ngày cuối cùng: kept is the first day after it."""
    return end - dt.timedelta(days=1)


@register.filter
def days_left(due_on: dt.date | None, today: dt.date) -> int:
    """Số ngày còn lại; 0 on the day itself and afterwards."""
    return max(0, (due_on - today).days) if due_on else 0
