"""Việc làm hàng loạt: many tasks at once, all or none, and the way back on the same day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from soi.base.errors import Invalid, NotFound
from soi.web import task_choices, task_list
from soi.web.forms import work as forms
from soi.web.forms.fields import SoiForm, submit
from soi.web.forms.picks import key
from soi.web.http import SignedInRequest, way_back
from soi.work import bulk, queries
from soi.work.enums import BulkKind

if TYPE_CHECKING:
    from soi.work.models import BulkChange, Task


def task_bulk(request: SignedInRequest) -> HttpResponse:
    """Chuyển người, đổi hạn hoặc nhắc nhiều nhiệm vụ: the tasks, one small form, one press."""
    chosen, kind = _chosen(request), _kind(request)
    form = _form(request, kind)

    def act(data: dict[str, Any]) -> BulkChange:
        return bulk.change_many(actor=request.actor, tasks=chosen, kind=kind, now=request.now, **data)

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    back = _back(request)
    if done:
        said = _said(kind, done.items.count())
        if back.partition("?")[0] == reverse("task_list"):
            # The list says it together with the button that takes it back.
            request.session["bulk_change"] = said
        else:
            messages.success(request, said)
        return redirect(back)
    context = {
        "form": form,
        "kind": kind,
        "rows": task_list.rows_of(request.actor, chosen),
        "back": back,
        "title": kind.label,
        "button": _button(kind, len(chosen)),
    }
    return render(request, "tasks/bulk.html", context, status=status)


def bulk_undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Hoàn tác: back to what it was, unless somebody has changed one of them since."""
    change = queries.get_bulk(request.actor, pk)
    number = bulk.undo(actor=request.actor, change=change, now=request.now)
    said = ngettext("Đã hoàn tác %(n)s nhiệm vụ.", "Đã hoàn tác %(n)s nhiệm vụ.", number)
    messages.success(request, said % {"n": number})
    return redirect(_back(request))


def _kind(request: SignedInRequest) -> BulkKind:
    try:
        return BulkKind(request.POST.get("kind") or request.GET.get("kind", ""))
    except ValueError:
        raise NotFound(_("Không có việc làm hàng loạt này.")) from None


def _chosen(request: SignedInRequest) -> list[Task]:
    """Các nhiệm vụ đã chọn, in the order of the list; one out of sight answers like a missing one."""
    sent = request.POST if request.method == "POST" else request.GET
    keys = {number for number in map(key, sent.getlist("task")) if number}
    if not keys:
        raise Invalid(_("Chưa chọn nhiệm vụ nào. Hãy quay lại danh sách và đánh dấu những nhiệm vụ cần làm."))
    if len(keys) > bulk.MOST:
        raise Invalid(_("Mỗi lần làm được nhiều nhất %(most)s nhiệm vụ.") % {"most": bulk.MOST})
    related = ("organization", "assigned_by", "accountable_post__organization")
    rows = queries.visible_to(request.actor).filter(pk__in=keys).select_related(*related)
    found = list(rows.order_by("due_on", "pk"))
    if len(found) != len(keys):
        raise NotFound(queries.OUT_OF_SIGHT)
    return found


def _form(request: SignedInRequest, kind: BulkKind) -> SoiForm:
    data = request.POST or None
    if kind == BulkKind.CHANGE_DUE:
        return forms.DueForm(data)
    if kind == BulkKind.REMIND:
        return forms.RemindForm(data)
    form = forms.HandOverForm(data)
    chosen = form["accountable_post"].value()
    field = form.fields["accountable_post"]
    task_choices.offer(field, request.actor, "chuc-vu", chosen=chosen, empty=_("Chọn chức vụ"))
    return form


def _back(request: SignedInRequest) -> str:
    """Back to the list as it was filtered."""
    return way_back(request, reverse("task_list"))


def _button(kind: BulkKind, number: int) -> str:
    words = {
        BulkKind.HAND_OVER: ngettext("Chuyển %(n)s nhiệm vụ", "Chuyển %(n)s nhiệm vụ", number),
        BulkKind.CHANGE_DUE: ngettext("Đổi hạn %(n)s nhiệm vụ", "Đổi hạn %(n)s nhiệm vụ", number),
        BulkKind.REMIND: ngettext("Nhắc %(n)s nhiệm vụ", "Nhắc %(n)s nhiệm vụ", number),
    }
    return words[kind] % {"n": number}


def _said(kind: BulkKind, number: int) -> str:
    words = {
        BulkKind.HAND_OVER: ngettext("Đã chuyển %(n)s nhiệm vụ.", "Đã chuyển %(n)s nhiệm vụ.", number),
        BulkKind.CHANGE_DUE: ngettext("Đã đổi hạn %(n)s nhiệm vụ.", "Đã đổi hạn %(n)s nhiệm vụ.", number),
        BulkKind.REMIND: ngettext("Đã nhắc %(n)s nhiệm vụ.", "Đã nhắc %(n)s nhiệm vụ.", number),
    }
    return words[kind] % {"n": number}
