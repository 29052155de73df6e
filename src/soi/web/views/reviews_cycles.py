"""Đợt kiểm điểm: the cycles, opening one, the ring of a body and what stands below it, its days, its end."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from soi.base.actor import Capability
from soi.base.errors import Conflict, NotAllowed, Refusal
from soi.reviews import cycles, list_queries, permissions, queries
from soi.reviews.enums import CycleKind
from soi.web import review_cycle_page as pages
from soi.web.forms import reviews as forms
from soi.web.forms.fields import submit
from soi.web.forms.picks import key
from soi.web.http import SignedInRequest
from soi.web.parts import Choice

if TYPE_CHECKING:
    from soi.org.models import Organization
    from soi.reviews.models import Cycle


def review_cycle_list(request: SignedInRequest) -> HttpResponse:
    """Các đợt kiểm điểm trong tầm mắt."""
    context = {
        "page": pages.build_cycles(request.actor, request.GET),
        "may_open": any(request.actor.may(right) for right in (Capability.RECORD, Capability.DIRECT)),
    }
    return render(request, "reviews/cycle_list.html", context)


def review_ring(request: SignedInRequest, pk: int) -> HttpResponse:
    """Vòng kiểm điểm: where a body stands, what is missing, from whom, until when; and all below it."""
    cycle = queries.get_cycle(request.actor, pk)
    shown = pages.build_ring(request.actor, cycle, request.GET)
    context = {
        "cycle": cycle,
        "shown": shown,
        "badges": pages.BADGES,
        "today": request.actor.today,
        "here": request.get_full_path(),
    }
    return render(request, "reviews/ring.html", context)


# --- opening -----------------------------------------------------------------------------------------


def review_cycle_new(request: SignedInRequest) -> HttpResponse:
    """Mở đợt kiểm điểm; ``xem`` shows how many would stand in the list and writes nothing."""
    kind, bodies = _kind(request), list(list_queries.bodies_to_open_for(request.actor))
    if not bodies:
        raise NotAllowed(
            _("Đồng chí không được giao mở đợt kiểm điểm. Việc này do văn phòng hoặc người đứng đầu làm.")
        )
    form = _cycle_form(request, kind, bodies)
    if request.method == "POST" and "xem" in request.POST:
        return _form_page(request, kind, form, preview=_preview(form, kind, bodies), status=200)

    def act(data: dict[str, Any]) -> Cycle:
        body = _chosen(bodies, data.pop("body"))
        return cycles.open_cycle(actor=request.actor, organization=body, kind=kind, now=request.now, **data)

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        number = done.reviews.count()
        messages.success(
            request,
            _("Đã mở đợt. Danh sách có %(number)s bản kiểm điểm phải làm.") % {"number": number},
        )
        return redirect("review_ring", done.pk)
    return _form_page(request, kind, form, preview="", status=status)


def _kind(request: SignedInRequest) -> CycleKind:
    asked = request.GET.get("loai", "")
    return CycleKind(asked) if asked in CycleKind.values else CycleKind.YEAR


def _cycle_form(request: SignedInRequest, kind: CycleKind, bodies: list[Organization]) -> forms.CycleForm:
    today = request.actor.today
    present = list_queries.kinds_below([body.pk for body in bodies], today)
    initial = {
        "body": bodies[0].pk,
        "listed_on": today,
        "classifications": sorted(present),
        "with_persons": True,
        **forms.initial_steps(pages.initial_days(kind, today)),
    }
    return forms.CycleForm(
        request.POST or None,
        initial=initial,
        bodies=[(str(body.pk), body.name) for body in bodies],
        periods=pages.periods_of(kind, today),
        classifications=forms.classification_choices(present),
        titled=kind == CycleKind.ON_DEMAND,
    )


def _chosen(bodies: list[Organization], pk: str) -> Organization:
    return next(body for body in bodies if body.pk == key(pk))


def _preview(form: forms.CycleForm, kind: CycleKind, bodies: list[Organization]) -> str:
    """How many would stand in the list; empty where the form has something to mend."""
    if not form.is_valid():
        return ""
    data = form.cleaned_data
    try:
        cycle = cycles.planned(
            _chosen(bodies, data["body"]), kind, period=data.get("period", ""), days=data.get("days"),
            title=data["title"], listed_on=data["listed_on"],
        )  # fmt: skip
    except Refusal as refusal:
        form.show_refusal(refusal)
        return ""
    cycle.classifications, cycle.with_persons = data["classifications"], data["with_persons"]
    collectives, persons = list_queries.expected(cycle)
    return _("«%(title)s»: danh sách sẽ có %(collectives)s tập thể và %(persons)s cá nhân.") % {
        "title": cycle.title, "collectives": collectives, "persons": persons,
    }  # fmt: skip


def _form_page(
    request: SignedInRequest, kind: CycleKind, form: forms.CycleForm, *, preview: str, status: int
) -> HttpResponse:
    if status == 200 and form.errors:
        status = 422
    steps = forms.steps_of(form)
    named = {field.name for field in steps}
    context = {
        "form": form,
        "fields": [field for field in form if field.name not in named],
        "steps": steps,
        "kinds": [Choice(value, str(label), value == kind) for value, label in CycleKind.choices],
        "preview": preview,
    }
    return render(request, "reviews/cycle_form.html", context, status=status)


# --- its days and its end ----------------------------------------------------------------------------


def review_steps(request: SignedInRequest, pk: int) -> HttpResponse:
    """Đổi lịch của đợt."""
    cycle = queries.get_cycle(request.actor, pk)
    permissions.check_leads_cycle(request.actor, cycle)
    permissions.check_is_open(cycle)
    due: dict[str, dt.date] = dict(cycle.steps.values_list("step", "due_on"))
    form = forms.StepsForm(request.POST or None, initial=forms.initial_steps(due))

    def act(data: dict[str, Any]) -> Cycle:
        return cycles.move_step(actor=request.actor, cycle=cycle, now=request.now, **data)

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(request, _("Đã đổi lịch của đợt. Các đơn vị thấy hạn mới ngay."))
        return redirect("review_ring", pk)
    context = {
        "form": form, "cycle": cycle, "title": _("Đổi lịch của đợt"), "button": _("Ghi lịch mới"),
        "note": _("Bước nào để trống thì giữ hạn đang có."),
    }  # fmt: skip
    return render(request, "reviews/form.html", context, status=status)


def review_closing(request: SignedInRequest, pk: int) -> HttpResponse:
    """Kết thúc đợt."""
    cycle = queries.get_cycle(request.actor, pk)
    try:
        cycles.close_cycle(actor=request.actor, cycle=cycle, now=request.now)
    except Conflict as refusal:
        # The page shows who is left, with the way there.
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Đã kết thúc đợt kiểm điểm. Danh sách và lịch được giữ nguyên từ đây."))
    return redirect("review_ring", pk)
