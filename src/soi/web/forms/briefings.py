"""Biểu mẫu giao ban: the round, a line, the return of a report, the conference that takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from soi.briefings.enums import Section
from soi.web.forms.fields import DayField, LongTextField, SoiForm

if TYPE_CHECKING:
    _ModelChoiceField = forms.ModelChoiceField[Any]
else:  # Django's fields take type parameters only in the stubs
    _ModelChoiceField = forms.ModelChoiceField

LONGEST_LINE = 4000


class RoundForm(SoiForm):
    """Mở đợt giao ban, or move its day."""

    due_on = DayField(
        label=_("Hạn gửi báo cáo"),
        help_text=_("Ngày cuối cùng các đơn vị trực thuộc gửi báo cáo, ví dụ 22/12/2021."),
    )


class LineForm(SoiForm):
    """Sửa lời một câu."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    text = LongTextField(label=_("Câu trong báo cáo"), rows=4, max_length=LONGEST_LINE)


class NewLineForm(SoiForm):
    """Thêm câu của mình."""

    section = forms.TypedChoiceField(label=_("Phần"), choices=Section.choices, coerce=int)
    text = LongTextField(
        label=_("Câu thêm"),
        rows=3,
        max_length=LONGEST_LINE,
        help_text=_("Ví dụ nguyên nhân hay đề nghị mà hồ sơ chưa ghi. Câu này đi kèm tên người thêm."),
    )


class ReturnForm(SoiForm):
    """Trả lại báo cáo."""

    reason = LongTextField(
        label=_("Cần bổ sung gì"), rows=4, help_text=_("Đơn vị sẽ thấy nguyên văn lý do này.")
    )


class DatedConference(_ModelChoiceField):
    """Hội nghị, with its day before its name: several have the same name."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.date_start:%d/%m/%Y} · {obj}"


class PaperForm(SoiForm):
    """Đưa báo cáo vào hội nghị giao ban."""

    conference: forms.ModelChoiceField[Any] = DatedConference(
        label=_("Hội nghị giao ban"), queryset=None, empty_label=_("Chọn hội nghị")
    )

    def __init__(self, *args: Any, conferences: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["conference"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (tells the type checker)
        field.queryset = conferences
