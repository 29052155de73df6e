"""Biểu mẫu của đợt kiểm điểm: opening, days of the steps, the list, exemptions, reminders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from soi.base.periods import Period
from soi.org.enums import Classification
from soi.reviews.enums import Exemption, Order, Step
from soi.web.forms.fields import DayField, LongTextField, SoiForm
from soi.web.forms.picks import PickField

_DUE = "due_"


class CycleForm(SoiForm):
    """Mở đợt: what is asked depends on the kind; days come as ``steps``, the period as ``period`` or ``days``."""

    body = forms.ChoiceField(label=_("Cấp mở đợt"))
    title = forms.CharField(
        label=_("Tên đợt"), max_length=300, required=False,
        help_text=_("Để trống thì lấy theo kỳ, ví dụ «Kiểm điểm năm 2021»."),
    )  # fmt: skip
    period = forms.ChoiceField(label=_("Kỳ kiểm điểm"))
    start = DayField(label=_("Kỳ kiểm điểm từ ngày"))
    last = DayField(label=_("đến hết ngày"))
    classifications = forms.MultipleChoiceField(
        label=_("Loại tổ chức được kiểm điểm"), widget=forms.CheckboxSelectMultiple,
        help_text=_("Cấp mở đợt và mọi đơn vị bên dưới thuộc các loại này đều vào danh sách."),
    )  # fmt: skip
    with_persons = forms.BooleanField(
        label=_("Kiểm điểm cả cá nhân giữ chức vụ ở các đơn vị đó"), required=False, initial=True
    )
    listed_on = DayField(
        label=_("Lập danh sách theo ngày"),
        help_text=_("Đơn vị nào đang có, ai giữ chức vụ gì thì tính theo ngày này."),
    )
    order = forms.ChoiceField(label=_("Thứ tự tiến hành"), choices=Order.choices)

    def __init__(
        self, *args: Any, bodies: Any, periods: Any, classifications: Any, titled: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _set_choices(self, "body", bodies)
        _set_choices(self, "classifications", classifications)
        if len(bodies) == 1:
            self.fields["body"].widget = forms.HiddenInput()
        for name in ("start", "last") if periods else ("period",):
            del self.fields[name]
        if periods:
            _set_choices(self, "period", periods)
        if titled:
            self.fields["title"].required, self.fields["title"].help_text = True, ""
        add_steps(self)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, last = data.pop("start", None), data.pop("last", None)
        if start and last:
            if last < start:
                self.add_error("last", _("Ngày cuối trước ngày đầu. Hãy chọn lại."))
            else:
                data["days"] = Period(start, last + dt.timedelta(days=1))
        return with_steps(data)


class StepsForm(SoiForm):
    """Đổi lịch của đợt."""

    reason = LongTextField(
        label=_("Lý do đổi lịch"), rows=2, required=False, max_length=500,
        help_text=_("Không bắt buộc. Lý do được giữ trong lịch sử của đợt."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add_steps(self)
        self.order_fields([*(f"{_DUE}{step}" for step in Step), "reason"])

    def clean(self) -> dict[str, Any]:
        return with_steps(super().clean() or {})


def add_steps(form: SoiForm) -> None:
    """Một ô ngày cho mỗi bước; only finalizing must have its day."""
    for step in Step:
        field = DayField(label=step.label, required=step == Step.FINALIZE)
        field.error_messages["required"] = _("Bước này phải có hạn.")
        form.fields[f"{_DUE}{step}"] = field


def with_steps(data: dict[str, Any]) -> dict[str, Any]:
    """The days of the steps, gathered under ``steps``."""
    named = {step: data.pop(f"{_DUE}{step}", None) for step in Step}
    return {**data, "steps": {step: day for step, day in named.items() if day}}


def initial_steps(days: Mapping[str, dt.date]) -> dict[str, dt.date]:
    """Ngày có sẵn trong các ô."""
    return {f"{_DUE}{step}": day for step, day in days.items()}


def steps_of(form: SoiForm) -> list[forms.BoundField]:
    """Các ô ngày của lịch."""
    return [form[f"{_DUE}{step}"] for step in Step]


class ExemptForm(SoiForm):
    """Ghi lý do chưa kiểm điểm."""

    reason = forms.ChoiceField(label=_("Lý do"), choices=[("", _("Chọn lý do")), *Exemption.choices])
    note = LongTextField(
        label=_("Nói rõ"), rows=3, required=False, max_length=1000,
        help_text=_("Bắt buộc khi chọn lý do khác. Người được ghi đọc được điều này trong Hồ sơ của tôi."),
    )  # fmt: skip


class RemindForm(SoiForm):
    """Nhắc."""

    note = LongTextField(
        label=_("Lời nhắc"), rows=3, required=False, max_length=500,
        help_text=_("Không bắt buộc. Mỗi nơi, mỗi người chỉ được nhắc một lần trong ngày."),
    )  # fmt: skip


class AddForm(SoiForm):
    """Thêm vào danh sách."""

    organization = PickField(label=_("Đơn vị"))
    person = PickField(
        label=_("Cá nhân"), required=False,
        help_text=_("Để trống thì thêm tập thể của đơn vị. Cá nhân phải giữ chức vụ ở đơn vị đó."),
    )  # fmt: skip


def classification_choices(present: set[str]) -> list[tuple[str, Any]]:
    """Các loại tổ chức có trong cây, in the order of the list of kinds."""
    return [(value, label) for value, label in Classification.choices if value in present]


def _set_choices(form: SoiForm, name: str, choices: Any) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 (tells the type checker)
    field.choices = choices
