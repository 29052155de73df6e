"""Biểu mẫu cách nhận thông báo và lập lịch."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from soi.base.actor import Actor
from soi.notices import queries
from soi.notices.enums import MailMode
from soi.web.forms.fields import SoiForm


class ClockField(forms.TimeField):
    """Giờ trong ngày, 24 hours: the browser's own field shows AM and PM where the browser speaks English."""

    default_error_messages = {"invalid": _("Hãy ghi giờ theo dạng giờ:phút, ví dụ 21:00.")}

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TimeInput(
            format="%H:%M", attrs={"inputmode": "numeric", "placeholder": "21:00", "autocomplete": "off"}
        )
        super().__init__(input_formats=["%H:%M", "%H.%M", "%Hh%M", "%H"], widget=widget, **kwargs)


class PreferenceForm(SoiForm):
    """Cách nhận thư."""

    email = forms.CharField(
        label=_("Địa chỉ thư điện tử"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Chỉ mình đồng chí thấy địa chỉ này. Để trống nếu không nhận thư."),
    )
    mode = forms.ChoiceField(label=_("Nhận thư"), choices=MailMode.choices, widget=forms.RadioSelect)
    quiet_from = ClockField(label=_("Không gửi thư từ"))
    quiet_to = ClockField(label=_("Đến"))


class FeedForm(SoiForm):
    """Lập lịch."""

    organization: Any = forms.ModelChoiceField(
        label=_("Lịch của"), queryset=None, required=False, empty_label=_("Việc của tôi")
    )
    with_words = forms.BooleanField(
        label=_("Ghi cả nội dung việc vào lịch"),
        required=False,
        help_text=_("Chỉ chọn khi lịch nằm trên thiết bị được phép lưu nội dung này."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organization"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (tells the type checker)
        field.queryset = queries.bodies_for_feed(actor)
