"""Ngày đang xem: the date that a page answers for, from ``?ngay=``; today when none or nonsense is given."""

from __future__ import annotations

import datetime as dt

from django import forms

from soi.web.forms.fields import DayField
from soi.web.http import SignedInRequest


def chosen_day(request: SignedInRequest) -> dt.date:
    """The day asked for; a day that cannot be read is today, and the page shows which day it answers for."""
    try:
        day = DayField(required=False).clean(request.GET.get("ngay", ""))
    except forms.ValidationError:
        return request.actor.today
    return day or request.actor.today
