"""Ô nhập dùng chung: dates, long texts, choices, with sentences in Vietnamese."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

from soi.base.errors import Refusal

T = TypeVar("T")

LONGEST_TEXT = 20_000


class DayInput(forms.DateInput):
    """Ô ngày: typed as 22/11/2021 or picked from a calendar.

    The browser's own date field shows month first wherever the browser speaks English.
    """

    template_name = "soi/widgets/day.html"

    def __init__(self) -> None:
        super().__init__(format="%d/%m/%Y")


class DayField(forms.DateField):
    """Ngày: reads 22/11/2021, 22-11-2021 and 2021-11-22."""

    widget = DayInput
    default_error_messages = {"invalid": _("Hãy ghi ngày theo dạng ngày/tháng/năm, ví dụ 22/11/2021.")}


class ClockField(forms.TimeField):
    """Giờ: typed as 08:00, 8:00, 8h00 or 8h."""

    default_error_messages = {"invalid": _("Hãy ghi giờ theo dạng giờ:phút, ví dụ 08:00.")}

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TimeInput(
            format="%H:%M", attrs={"inputmode": "numeric", "placeholder": "08:00", "size": 6}
        )
        super().__init__(input_formats=["%H:%M", "%Hh%M", "%Hh", "%H.%M", "%H"], widget=widget, **kwargs)


class LongTextField(forms.CharField):
    """Đoạn chữ nhiều dòng."""

    def __init__(self, *, rows: int = 4, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST_TEXT)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)


class SoiForm(forms.Form):
    """Biểu mẫu: labels carry no colon, required fields are marked by the template."""

    required_css_class = "required"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = _("Mục này không được để trống.")
            field.error_messages["invalid_choice"] = _("Hãy chọn lại trong danh sách.")

    def show_refusal(self, refusal: Refusal) -> None:
        """The domain's sentence on top of the form, and beside each field that it names."""
        self.add_error(None, refusal.sentence)
        fields: Mapping[str, str] = getattr(refusal, "fields", {})
        for name, sentence in fields.items():
            if name in self.fields:
                self.add_error(name, sentence)


def submit(form: SoiForm, act: Callable[[dict[str, Any]], T]) -> tuple[T | None, int]:
    """Gửi biểu mẫu: the result and 200, or None and the status the form is shown again with.

    What was typed stays in the form, whatever the refusal.
    """
    if not form.is_valid():
        return None, 422
    try:
        return act(form.cleaned_data), 200
    except Refusal as refusal:
        if refusal.status not in {409, 422}:
            raise
        form.show_refusal(refusal)
        return None, refusal.status
