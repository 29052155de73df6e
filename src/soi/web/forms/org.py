"""Biểu mẫu tổ chức, chức vụ, con người."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from soi.base.actor import Actor, Capability
from soi.org import queries
from soi.org.enums import Classification, HoldingKind, PostRole
from soi.web.forms.fields import DayField, LongTextField, SoiForm


class OrganizationForm(SoiForm):
    """Thêm tổ chức trực thuộc."""

    name = forms.CharField(label=_("Tên tổ chức"), max_length=300)
    short_name = forms.CharField(label=_("Tên gọi tắt"), max_length=120, required=False)
    classification = forms.ChoiceField(label=_("Loại"), choices=Classification.choices)
    on = DayField(label=_("Từ ngày"))
    basis = forms.CharField(
        label=_("Căn cứ"),
        max_length=500,
        required=False,
        help_text=_("Ví dụ: Quyết định số 05-QĐ/ĐU ngày 01/7/2025"),
    )


class RenameForm(SoiForm):
    """Đổi tên."""

    name = forms.CharField(label=_("Tên mới"), max_length=300)
    short_name = forms.CharField(label=_("Tên gọi tắt mới"), max_length=120, required=False)
    on = DayField(label=_("Từ ngày"))
    basis = forms.CharField(label=_("Căn cứ"), max_length=500, required=False)


class MoveForm(SoiForm):
    """Chuyển trực thuộc, sáp nhập: another body is chosen."""

    target: Any = forms.ModelChoiceField(label=_("Tổ chức"), queryset=None, empty_label=_("Chọn tổ chức"))
    on = DayField(label=_("Từ ngày"))
    basis = forms.CharField(label=_("Căn cứ"), max_length=500, required=False)

    def __init__(self, *args: Any, actor: Actor, target_label: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = queries.visible_to(actor).filter(
            queries.scope(actor, Capability.MANAGE_ORGANIZATION, path="pk"), queries.existing_on(actor.today)
        )
        field = self.fields["target"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (tells the type checker)
        field.queryset, field.label = bodies, target_label


class SplitForm(SoiForm):
    """Chia tách."""

    names = LongTextField(
        label=_("Tên các tổ chức mới"), help_text=_("Mỗi tên trên một dòng, ít nhất hai tên.")
    )
    on = DayField(label=_("Từ ngày"))
    basis = forms.CharField(label=_("Căn cứ"), max_length=500, required=False)

    def clean_names(self) -> list[str]:
        """Lines that say something."""
        return [line.strip() for line in self.cleaned_data["names"].splitlines() if line.strip()]


class AbolishForm(SoiForm):
    """Giải thể."""

    on = DayField(label=_("Từ ngày"))
    basis = forms.CharField(label=_("Căn cứ"), max_length=500, required=False)


class PostForm(SoiForm):
    """Thêm chức vụ."""

    label = forms.CharField(label=_("Tên chức vụ"), max_length=200)
    role = forms.ChoiceField(label=_("Vai trò"), choices=PostRole.choices)
    seats = forms.IntegerField(
        label=_("Số người giữ"),
        min_value=1,
        max_value=999,
        required=False,
        initial=1,
        help_text=_("Để trống nếu không giới hạn, ví dụ ủy viên."),
    )
    start = DayField(label=_("Từ ngày"))


class AppointmentForm(SoiForm):
    """Bổ nhiệm: somebody known, or a new person by full name."""

    person: Any = forms.ModelChoiceField(
        label=_("Người đã có trong hệ thống"), queryset=None, required=False, empty_label=_("Chọn người")
    )
    new_name = forms.CharField(label=_("Hoặc họ và tên người mới"), max_length=120, required=False)
    kind = forms.ChoiceField(label=_("Hình thức"), choices=HoldingKind.choices)
    start = DayField(label=_("Từ ngày"))
    replace = forms.BooleanField(
        label=_("Bàn giao: người đang giữ thôi giữ chức từ ngày này"), required=False
    )
    basis = forms.CharField(label=_("Căn cứ"), max_length=500, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (tells the type checker)
        field.queryset = queries.people_visible_to(actor)

    def clean(self) -> dict[str, Any]:
        """Exactly one of the two ways to name a person."""
        data = super().clean() or {}
        if bool(data.get("person")) == bool(data.get("new_name")):
            self.add_error("person", _("Hãy chọn một người đã có, hoặc ghi họ tên một người mới."))
        return data


class EndForm(SoiForm):
    """Thôi giữ chức."""

    on = DayField(label=_("Thôi giữ chức từ ngày"))


class RankForm(SoiForm):
    """Cấp bậc mới."""

    rank = forms.CharField(label=_("Cấp bậc"), max_length=60)
    start = DayField(label=_("Từ ngày"))
