"""Tổ chức: the tree as of a date, one body, and its reorganisation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from soi.base.actor import Capability
from soi.base.errors import NotFound
from soi.org import actions, directory, queries
from soi.org.enums import Classification
from soi.web import task_figures
from soi.web.days import chosen_day
from soi.web.forms import org as forms
from soi.web.forms.fields import SoiForm, submit
from soi.web.http import SignedInRequest

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Words

    from soi.org.models import Organization, Reorganization


def home(request: SignedInRequest) -> HttpResponse:
    """Cây tổ chức vào một ngày: the bodies I may see, two levels open."""
    day = chosen_day(request)
    query = request.GET.get("q", "")
    found = None
    if query:
        found = queries.search_organizations(queries.visible_to(request.actor), query)[:50]
    roots = directory.trees_visible_to(request.actor, on=day)
    context = {
        "day": day,
        "query": query,
        "found": found,
        "roots": roots,
        "is_today": day == request.actor.today,
    }
    return render(request, "org/home.html", context)


def branch(request: SignedInRequest, pk: int) -> HttpResponse:
    """Một nhánh của cây, loaded when it is opened."""
    day = chosen_day(request)
    body = _seen(request, pk)
    nodes = directory.nodes_below(request.actor, body, on=day)
    return render(request, "org/_branch.html", {"nodes": nodes, "day": day})


def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Một tổ chức vào một ngày: superiors, posts and holders, subordinate bodies, history."""
    day = chosen_day(request)
    reads = task_figures.reads_all(request.actor)
    body = _seen(request, pk, all_read=reads)
    directory.load_day(body, on=day)
    visible = queries.visible_to(request.actor)
    below = queries.subordinates(body, on=day).filter(pk__in=visible.values("pk"))
    subordinates = list(below.annotate(all_read=reads))
    is_today = day == request.actor.today
    work = task_figures.of_bodies(request.actor, [body, *subordinates]) if is_today else {}
    context = {
        "organization": body,
        "day": day,
        "is_today": is_today,
        "work": work.get(pk),
        "work_below": work,
        "name": next((row.name for row in body.names.all() if day in row.period), body.name),
        "superiors": directory.superiors_visible_to(request.actor, body, on=day),
        "subordinates": subordinates,
        "reorganizations": [(event, _others(event, body)) for event in queries.reorganizations_of(body)],
        "successors": queries.successors(body),
        "may_manage": queries.in_scope(request.actor, Capability.MANAGE_ORGANIZATION, body.pk),
    }
    return render(request, "org/detail.html", context)


def new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Thêm tổ chức trực thuộc."""
    parent = _seen(request, pk)
    form = forms.OrganizationForm(request.POST or None, initial={"on": request.actor.today})

    def act(data: dict[str, Any]) -> Organization:
        data["classification"] = Classification(data["classification"])
        return actions.found_organization(actor=request.actor, parent=parent, now=request.now, **data)

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(request, _("Đã thêm %(name)s.") % {"name": done})
        return redirect("organization_detail", done.pk)
    context = {
        "form": form,
        "organization": parent,
        "title": _("Thêm tổ chức trực thuộc"),
        "button": _("Thêm tổ chức"),
    }
    return render(request, "org/form.html", context, status=status)


@dataclass(frozen=True, slots=True)
class Way:
    """Một cách sắp xếp: its title, its consequence in one sentence, its form and its action."""

    title: Words
    consequence: Words
    form: Callable[[SignedInRequest], SoiForm]
    act: Callable[[SignedInRequest, Organization, dict[str, Any]], object]


def _target_form(label: Words) -> Callable[[SignedInRequest], SoiForm]:
    def build(request: SignedInRequest) -> SoiForm:
        return forms.MoveForm(request.POST or None, actor=request.actor, target_label=label)

    return build


def _rename(request: SignedInRequest, body: Organization, data: dict[str, Any]) -> object:
    return actions.rename_organization(actor=request.actor, organization=body, now=request.now, **data)


def _move(request: SignedInRequest, body: Organization, data: dict[str, Any]) -> object:
    parent = data.pop("target")
    return actions.move_organization(
        actor=request.actor, organization=body, parent=parent, now=request.now, **data
    )


def _merge(request: SignedInRequest, body: Organization, data: dict[str, Any]) -> object:
    into = data.pop("target")
    return actions.merge_organizations(
        actor=request.actor, sources=[body], into=into, now=request.now, **data
    )


def _split(request: SignedInRequest, body: Organization, data: dict[str, Any]) -> object:
    return actions.split_organization(actor=request.actor, organization=body, now=request.now, **data)


def _abolish(request: SignedInRequest, body: Organization, data: dict[str, Any]) -> object:
    return actions.abolish_organization(actor=request.actor, organization=body, now=request.now, **data)


WAYS = {
    "doi-ten": Way(
        gettext_lazy("Đổi tên"),
        gettext_lazy("Tên cũ vẫn hiện ra cho những ngày trước đó."),
        lambda request: forms.RenameForm(request.POST or None),
        _rename,
    ),
    "chuyen": Way(
        gettext_lazy("Chuyển trực thuộc"),
        gettext_lazy("Toàn bộ cấp dưới đi theo. Lịch sử trước ngày này giữ nguyên."),
        _target_form(gettext_lazy("Cấp trên mới")),
        _move,
    ),
    "sap-nhap": Way(
        gettext_lazy("Sáp nhập"),
        gettext_lazy(
            "Tổ chức này chấm dứt; cấp dưới chuyển sang tổ chức nhận; hạn chế chưa khắc phục đi theo tổ chức nhận."
        ),
        _target_form(gettext_lazy("Sáp nhập vào")),
        _merge,
    ),
    "chia-tach": Way(
        gettext_lazy("Chia tách"),
        gettext_lazy("Tổ chức này chấm dứt; cấp dưới chuyển sang tổ chức mới đầu tiên trong danh sách."),
        lambda request: forms.SplitForm(request.POST or None),
        _split,
    ),
    "giai-the": Way(
        gettext_lazy("Giải thể"),
        gettext_lazy("Cấp trên trực tiếp tiếp nhận cấp dưới và những hạn chế chưa khắc phục."),
        lambda request: forms.AbolishForm(request.POST or None),
        _abolish,
    ),
}


ENDINGS = frozenset({"sap-nhap", "chia-tach", "giai-the"})  # the body comes to an end: ask first


def reorganize(request: SignedInRequest, pk: int, way: str) -> HttpResponse:
    """Sắp xếp tổ chức: one page for the five ways; each says what will follow."""
    body, chosen = _seen(request, pk), WAYS.get(way)
    if chosen is None:
        raise NotFound(_("Không có cách sắp xếp này."))
    form = chosen.form(request)
    done, status = None, 200
    if request.method == "POST":
        done, status = submit(form, lambda data: (chosen.act(request, body, data), True))
    if done:
        messages.success(request, _("Đã ghi: %(way)s.") % {"way": chosen.title})
        return redirect("organization_detail", pk)
    context = {
        "form": form,
        "organization": body,
        "title": chosen.title,
        "consequence": chosen.consequence,
        "button": chosen.title,
        "question": (
            _("%(way)s %(body)s từ ngày đã ghi?") % {"way": chosen.title, "body": body}
            if way in ENDINGS
            else ""
        ),
    }
    return render(request, "org/form.html", context, status=status)


def _others(event: Reorganization, body: Organization) -> list[Organization]:
    """Các tổ chức khác trong lần sắp xếp: each once, though a receiving body stands there before and after."""
    return list(dict.fromkeys(row.organization for row in event.bodies.all() if row.organization != body))


def _seen(request: SignedInRequest, pk: int, **asked: Any) -> Organization:
    body = queries.visible_to(request.actor).annotate(**asked).filter(pk=pk).first()
    if body is None:
        raise NotFound(_("Không tìm thấy tổ chức này."))
    return body
