"""Biểu mẫu hội nghị: the record itself, who was there, what was concluded."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from soi.base.actor import Actor, Capability
from soi.conferences.enums import AttendanceRole, ConferenceKind, Form, Presence
from soi.org import queries as org
from soi.org.enums import WorkArea
from soi.web.forms.fields import ClockField, DayField, LongTextField, SoiForm
from soi.web.forms.picks import PickField
from soi.web.period_words import EXAMPLES, read, say

# A text that is no conference has no place in the list of conferences.
KINDS = [choice for choice in ConferenceKind.choices if choice[0] != ConferenceKind.NONE]
# What makes the minutes readable: who led first, who only attended last.
ROLES = [(role.value, role.label) for role in AttendanceRole]


class PeriodField(forms.CharField):
    """Kỳ: typed as people say it ("quý I/2021"), kept as a label ("2021-Q1")."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 120)
        kwargs.setdefault("required", False)
        kwargs.setdefault("help_text", _("Ví dụ: quý I/2021, 6 tháng đầu năm 2021, năm 2021."))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return say(value) if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        words = super().clean(value)
        try:
            return read(words)
        except ValueError:
            raise ValidationError(_("Hãy ghi kỳ như một trong các cách: %s.") % EXAMPLES) from None


class ConferenceForm(SoiForm):
    """Thông tin chung của hội nghị."""

    title = LongTextField(label=_("Tên hội nghị"), max_length=500, rows=2)
    kind = forms.ChoiceField(label=_("Loại"), choices=[("", _("Chọn loại")), *KINDS])
    form = forms.ChoiceField(label=_("Hình thức"), choices=Form.choices, initial=Form.IN_PERSON)
    date_start = DayField(label=_("Ngày họp"))
    date_end = DayField(label=_("Đến ngày"), required=False, help_text=_("Để trống nếu họp trong một ngày."))
    starts_at = ClockField(label=_("Khai mạc lúc"), required=False)
    ends_at = ClockField(label=_("Kết thúc lúc"), required=False)
    period = PeriodField(label=_("Kỳ được đánh giá"))
    place = forms.CharField(label=_("Địa điểm"), max_length=300, required=False)


class NewConferenceForm(ConferenceForm):
    """Hội nghị mới: with the body that held it."""

    organization: Any = forms.ModelChoiceField(
        label=_("Tổ chức họp"), queryset=None, empty_label=_("Chọn tổ chức")
    )
    field_order = ["organization"]

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organization"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (tells the type checker)
        field.queryset = org.visible_to(actor).filter(org.scope(actor, Capability.RECORD, path="pk"))


class EditConferenceForm(ConferenceForm):
    """Sửa: remembers which version was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class AttendanceForm(SoiForm):
    """Thêm người dự. Rank and posts left empty are taken from the register of that day."""

    person: Any = forms.ModelChoiceField(
        label=_("Người dự"),
        queryset=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy tìm rồi chọn một người.")},
    )
    roles = forms.MultipleChoiceField(
        label=_("Vai trò"),
        choices=ROLES,
        widget=forms.CheckboxSelectMultiple,
        initial=[AttendanceRole.ATTEND],
    )
    presence = forms.ChoiceField(
        label=_("Có mặt hay vắng"),
        choices=[one for one in Presence.choices if one[0] != Presence.INVITED],
        initial=Presence.PRESENT,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Lý do vắng"), max_length=300, required=False)
    rank = forms.CharField(
        label=_("Cấp bậc hôm đó"),
        max_length=60,
        required=False,
        help_text=_("Để trống thì lấy theo sổ vào ngày họp."),
    )
    posts = forms.CharField(
        label=_("Chức vụ hôm đó"),
        max_length=600,
        required=False,
        help_text=_("Để trống thì lấy theo sổ vào ngày họp."),
    )
    site: Any = forms.ModelChoiceField(
        label=_("Điểm cầu"), queryset=None, required=False, empty_label=_("Không ghi điểm cầu")
    )

    def __init__(self, *args: Any, people: Any, sites: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("person", people), ("site", sites)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (tells the type checker)
            field.queryset = rows

    def clean(self) -> dict[str, Any]:
        """Who was there gives no reason for being away."""
        data = super().clean() or {}
        if data.get("presence") == Presence.PRESENT and data.get("reason"):
            self.add_error("reason", _("Chỉ ghi lý do khi vắng mặt."))
        return data


class ConclusionForm(SoiForm):
    """Thêm kết luận, phương hướng."""

    statement = LongTextField(
        label=_("Nội dung"),
        rows=3,
        help_text=_("Mỗi việc là một kết luận riêng; số thứ tự do Soi đánh tiếp."),
    )
    area = forms.ChoiceField(label=_("Lĩnh vực"), choices=WorkArea.choices, initial=WorkArea.GENERAL)
    period = PeriodField(label=_("Thời gian thực hiện"))


class ConclusionTaskForm(SoiForm):
    """Giao nhiệm vụ theo kết luận: the words are there already; who, what product, by when."""

    # In the order of the form that gives any task.
    statement = LongTextField(label=_("Nhiệm vụ"), rows=3)
    deliverable = LongTextField(
        label=_("Sản phẩm, kết quả phải có"), rows=2, help_text=_("Nhìn vào là biết đã xong hay chưa.")
    )
    accountable_post = PickField(
        label=_("Chịu trách nhiệm chính"),
        help_text=_("Đúng một chức vụ. Ai giữ chức vụ này thì người đó chịu trách nhiệm."),
    )
    due_on = DayField(label=_("Thời hạn"))
    area = forms.ChoiceField(label=_("Lĩnh vực"), choices=WorkArea.choices)
