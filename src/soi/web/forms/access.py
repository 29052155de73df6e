"""Biểu mẫu tài khoản, nhiệm vụ, ủy quyền."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from soi.access import queries
from soi.access.enums import Duty
from soi.base.actor import Actor
from soi.org.queries import people_visible_to
from soi.web.forms.fields import DayField, SoiForm


def _choose(form: forms.Form, name: str, queryset: Any) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (tells the type checker)
    field.queryset = queryset


class AccountForm(SoiForm):
    """Cấp tài khoản."""

    person: Any = forms.ModelChoiceField(label=_("Người"), queryset=None, empty_label=_("Chọn người"))
    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=60,
        help_text=_("Chữ thường không dấu, số, dấu chấm. Ví dụ: an.nguyen"),
    )
    password = forms.CharField(
        label=_("Mật khẩu đầu tiên"),
        max_length=200,
        help_text=_("Ít nhất 12 ký tự. Người dùng tự đổi sau khi đăng nhập."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "person", queries.people_without_account(actor))


class PasswordForm(SoiForm):
    """Đặt lại mật khẩu của người khác."""

    password = forms.CharField(
        label=_("Mật khẩu mới"),
        max_length=200,
        help_text=_("Ít nhất 12 ký tự. Mọi phiên đăng nhập của tài khoản này sẽ bị đóng."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class DutyForm(SoiForm):
    """Giao nhiệm vụ cho chức vụ."""

    post: Any = forms.ModelChoiceField(label=_("Chức vụ"), queryset=None, empty_label=_("Chọn chức vụ"))
    duty = forms.ChoiceField(label=_("Nhiệm vụ trên hệ thống"), choices=Duty.choices)
    whole_tree = forms.BooleanField(label=_("Gồm cả các cấp dưới"), required=False, initial=True)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "post", queries.posts_to_equip(actor))


class DelegationForm(SoiForm):
    """Ủy quyền."""

    post: Any = forms.ModelChoiceField(label=_("Chức vụ của tôi"), queryset=None, empty_label=None)
    delegate: Any = forms.ModelChoiceField(
        label=_("Ủy quyền cho"), queryset=None, empty_label=_("Chọn người")
    )
    start = DayField(label=_("Từ ngày"))
    end = DayField(label=_("Đến hết ngày"))
    reason = forms.CharField(label=_("Lý do"), max_length=300)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "post", queries.posts_to_delegate(actor))
        _choose(self, "delegate", people_visible_to(actor).exclude(pk=actor.person_id or 0))
