"""Tài khoản của tôi, ủy quyền; and the administrator's accounts and duties."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from soi.access import actions, queries
from soi.access.enums import Duty
from soi.ballots import queries as ballots
from soi.base.errors import NotFound
from soi.web.forms import access as forms
from soi.web.forms.fields import submit
from soi.web.http import SignedInRequest

if TYPE_CHECKING:
    from soi.access.models import Delegation, User

PAGE_SIZE = 50


def account(request: SignedInRequest) -> HttpResponse:
    """Tài khoản của tôi: password, second factor, sessions, language, what my posts let me do."""
    from allauth.mfa.utils import is_mfa_enabled

    context = {
        "has_second_factor": is_mfa_enabled(request.user),
        "duties": queries.duties_of(request.actor),
        "delegations": queries.delegations_visible_to(request.actor)[:10],
    }
    return render(request, "account_pages/account.html", context)


def delegation_list(request: SignedInRequest) -> HttpResponse:
    """Ủy quyền đã giao và được giao."""
    context = {"delegations": queries.delegations_visible_to(request.actor), "today": request.actor.today}
    return render(request, "delegations/list.html", context)


def delegation_new(request: SignedInRequest) -> HttpResponse:
    """Ủy quyền cho một người trong một thời gian; the last day named belongs to it."""
    form = forms.DelegationForm(
        request.POST or None, actor=request.actor, initial={"start": request.actor.today}
    )

    def act(data: dict[str, Any]) -> Delegation:
        data["end"] += dt.timedelta(days=1)
        return actions.delegate(actor=request.actor, now=request.now, **data)

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(request, _("Đã ủy quyền."))
        account = getattr(done.delegate, "user", None)
        if account is None or not account.is_active:
            messages.warning(
                request,
                _("%(person)s chưa có tài khoản đang dùng được. Hãy đề nghị người quản trị cấp tài khoản.")
                % {"person": done.delegate},
            )
        return redirect("delegation_list")
    return render(request, "delegations/form.html", {"form": form}, status=status)


def delegation_ending(request: SignedInRequest, pk: int) -> HttpResponse:
    """Chấm dứt ủy quyền ngay."""
    row = queries.delegations_visible_to(request.actor).filter(pk=pk).first()
    if row is None:
        raise NotFound(_("Không tìm thấy ủy quyền này."))
    actions.end_delegation(actor=request.actor, delegation=row, now=request.now)
    messages.success(request, _("Đã chấm dứt ủy quyền."))
    return redirect("delegation_list")


def account_list(request: SignedInRequest) -> HttpResponse:
    """Các tài khoản của phần cây mình quản trị."""
    page = Paginator(queries.accounts_visible_to(request.actor), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "traces": ballots.traces_left()}
    return render(request, "administration/accounts.html", context)


def account_new(request: SignedInRequest) -> HttpResponse:
    """Cấp tài khoản."""
    form = forms.AccountForm(request.POST or None, actor=request.actor)
    done, status = None, 200
    if request.method == "POST":
        done, status = submit(
            form, lambda data: actions.open_account(actor=request.actor, now=request.now, **data)
        )
    if done:
        messages.success(request, _("Đã cấp tài khoản %(name)s.") % {"name": done.username})
        return redirect("account_list")
    context = {
        "form": form,
        "title": _("Cấp tài khoản"),
        "button": _("Cấp tài khoản"),
        "back": "account_list",
    }
    return render(request, "administration/form.html", context, status=status)


def account_lock(request: SignedInRequest, pk: int) -> HttpResponse:
    """Khóa hoặc mở lại."""
    user = _account(request, pk)
    active = request.POST.get("active") == "1"
    actions.set_account_active(actor=request.actor, user=user, active=active, now=request.now)
    text = _("Đã mở lại tài khoản %(name)s.") if active else _("Đã khóa tài khoản %(name)s.")
    messages.success(request, text % {"name": user.username})
    return redirect("account_list")


def account_password(request: SignedInRequest, pk: int) -> HttpResponse:
    """Đặt lại mật khẩu."""
    user = _account(request, pk)
    form = forms.PasswordForm(request.POST or None)

    def act(data: dict[str, Any]) -> bool:
        actions.reset_password(actor=request.actor, user=user, password=data["password"], now=request.now)
        return True

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(request, _("Đã đặt lại mật khẩu của %(name)s.") % {"name": user.username})
        return redirect("account_list")
    context = {
        "form": form,
        "title": _("Đặt lại mật khẩu: %(name)s") % {"name": user.person},
        "button": _("Đặt lại mật khẩu"),
        "back": "account_list",
    }
    return render(request, "administration/form.html", context, status=status)


def account_second_factor(request: SignedInRequest, pk: int) -> HttpResponse:
    """Gỡ xác thực lần hai của người mất điện thoại."""
    user = _account(request, pk)
    actions.reset_second_factor(actor=request.actor, user=user, now=request.now)
    messages.success(request, _("Đã gỡ xác thực lần hai của %(name)s.") % {"name": user.username})
    return redirect("account_list")


def duty_list(request: SignedInRequest) -> HttpResponse:
    """Nhiệm vụ của các chức vụ."""
    page = Paginator(queries.duties_visible_to(request.actor), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "administration/duties.html", {"page": page})


def duty_new(request: SignedInRequest) -> HttpResponse:
    """Giao nhiệm vụ cho một chức vụ."""
    form = forms.DutyForm(request.POST or None, actor=request.actor)

    def act(data: dict[str, Any]) -> object:
        data["duty"] = Duty(data["duty"])
        return actions.give_duty(actor=request.actor, now=request.now, **data)

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(request, _("Đã giao nhiệm vụ. Người giữ chức có quyền ngay từ trang kế tiếp."))
        return redirect("duty_list")
    context = {
        "form": form,
        "title": _("Giao nhiệm vụ cho chức vụ"),
        "button": _("Giao nhiệm vụ cho chức vụ"),
        "back": "duty_list",
    }
    return render(request, "administration/form.html", context, status=status)


def duty_removal(request: SignedInRequest, pk: int) -> HttpResponse:
    """Thôi giao một nhiệm vụ."""
    row = queries.duties_visible_to(request.actor).filter(pk=pk).first()
    if row is None:
        raise NotFound(_("Không tìm thấy nhiệm vụ này."))
    actions.take_duty(actor=request.actor, row=row, now=request.now)
    messages.success(request, _("Đã thôi giao nhiệm vụ."))
    return redirect("duty_list")


def _account(request: SignedInRequest, pk: int) -> User:
    user = queries.accounts_visible_to(request.actor).filter(pk=pk).first()
    if user is None:
        raise NotFound(_("Không tìm thấy tài khoản này."))
    return user
