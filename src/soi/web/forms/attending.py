"""Biểu mẫu sửa giờ có mặt."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from soi.web.forms.fields import ClockField, DayField, SoiForm

if TYPE_CHECKING:
    from soi.conferences.models import AttendanceSpan


class CorrectionForm(SoiForm):
    """Sửa giờ: of an interval, by the clock on the wall; a day only where the conference lasted several."""

    day = DayField(label=_("Ngày"))
    came = ClockField(label=_("Đến lúc"))
    left = ClockField(label=_("Về lúc"), required=False, help_text=_("Để trống khi người này còn có mặt."))
    reason = forms.CharField(
        label=_("Lý do sửa"), max_length=300,
        help_text=_("Người có tên đọc được lý do; phiếu điểm danh ghi là giờ đã sửa."),
    )  # fmt: skip

    def __init__(self, *args: Any, span: AttendanceSpan, several_days: bool, **kwargs: Any) -> None:
        self.span = span
        self.came_then, self.left_then = timezone.localtime(span.came_at), _local(span.left_at)
        kwargs["initial"] = {
            "day": self.came_then.date(),
            "came": self.came_then.time(),
            "left": self.left_then.time() if self.left_then else None,
        }
        super().__init__(*args, **kwargs)
        if not several_days:
            del self.fields["day"]
        if self.left_then:
            self.fields["left"].required = True
            self.fields["left"].help_text = ""

    def times(self) -> tuple[dt.datetime, dt.datetime | None]:
        """Giờ đến, giờ về. What the box still shows as it was keeps its seconds."""
        data = self.cleaned_data
        day = data.get("day") or self.came_then.date()
        left = _at(day, data["left"], self.left_then) if data["left"] else None
        return _at(day, data["came"], self.came_then), left


def _local(moment: dt.datetime | None) -> dt.datetime | None:
    return timezone.localtime(moment) if moment else None


def _at(day: dt.date, time: dt.time, before: dt.datetime | None) -> dt.datetime:
    if before and (day, time.hour, time.minute) == (before.date(), before.hour, before.minute):
        return before
    return timezone.make_aware(dt.datetime.combine(day, time))
