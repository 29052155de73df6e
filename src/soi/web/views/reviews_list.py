"""Danh sách kiểm điểm: filter, exemptions and reminders of many at once, who was forgotten, Excel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from soi.base.errors import Invalid, NotFound
from soi.org import queries as org
from soi.reviews import chasing, listing, permissions, queries
from soi.web import review_cycle_page as pages
from soi.web import review_list_printing, task_choices
from soi.web.forms import reviews as forms
from soi.web.forms.fields import SoiForm, submit
from soi.web.forms.picks import key
from soi.web.http import SignedInRequest, way_back

if TYPE_CHECKING:
    from soi.reviews.models import Cycle, Review

REMIND, EXEMPT = "remind", "exempt"


def review_list(request: SignedInRequest, pk: int) -> HttpResponse:
    """Danh sách của đợt, filtered."""
    cycle = queries.get_cycle(request.actor, pk)
    context = {
        "cycle": cycle,
        "shown": pages.build_list(request.actor, cycle, request.GET),
        "here": request.get_full_path(),
        "query": request.GET.urlencode(),
    }
    return render(request, "reviews/list.html", context)


def review_list_xlsx(request: SignedInRequest, pk: int) -> HttpResponse:
    """Danh sách theo đúng bộ lọc đang xem, Excel."""
    cycle = queries.get_cycle(request.actor, pk)
    return review_list_printing.list_xlsx(request, cycle, pages.read_list(request.actor, cycle, request.GET))


# --- many at once ------------------------------------------------------------------------------------


def review_bulk(request: SignedInRequest, pk: int) -> HttpResponse:
    """Nhắc, or say why there is no review: those chosen, one small form, one press."""
    cycle = queries.get_cycle(request.actor, pk)
    kind, chosen = _kind(request), _chosen(request, cycle)
    permissions.check_is_open(cycle)
    permissions.check_can_list(request.actor, chosen)
    form: SoiForm = (forms.RemindForm if kind == REMIND else forms.ExemptForm)(request.POST or None)

    def act(data: dict[str, Any]) -> int:
        if kind == REMIND:
            return chasing.remind(
                actor=request.actor, cycle=cycle, reviews=chosen, now=request.now, note=data["note"]
            )
        return listing.exempt(actor=request.actor, reviews=chosen, now=request.now, **data)

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    back = way_back(request, reverse("review_list", args=[pk]))
    if done:
        messages.success(request, _said(kind, done))
        return redirect(back)
    context = {
        "form": form, "cycle": cycle, "kind": kind, "rows": chosen, "back": back,
        "title": _("Nhắc kiểm điểm") if kind == REMIND else _("Ghi lý do chưa kiểm điểm"),
        "button": _button(kind, len(chosen)),
    }  # fmt: skip
    return render(request, "reviews/bulk.html", context, status=status)


def _kind(request: SignedInRequest) -> str:
    kind = request.POST.get("kind") or request.GET.get("kind", "")
    if kind not in (REMIND, EXEMPT):
        raise NotFound(_("Không có việc làm hàng loạt này."))
    return kind


def _chosen(request: SignedInRequest, cycle: Cycle) -> list[Review]:
    """Các dòng đã chọn; one out of sight answers like a missing one."""
    sent = request.POST if request.method == "POST" else request.GET
    keys = {number for number in map(key, sent.getlist("review")) if number}
    if not keys:
        raise Invalid(
            _("Chưa chọn dòng nào. Hãy quay lại danh sách và đánh dấu những nơi, những người cần làm.")
        )
    rows = queries.visible_to(request.actor).filter(cycle=cycle, pk__in=keys)
    found = list(rows.select_related("organization", "person", "cycle"))
    if len(found) != len(keys):
        raise NotFound(queries.OUT_OF_SIGHT)
    return found


def _button(kind: str, number: int) -> str:
    words = {
        REMIND: ngettext("Nhắc %(n)s nơi", "Nhắc %(n)s nơi", number),
        EXEMPT: ngettext("Ghi lý do cho %(n)s dòng", "Ghi lý do cho %(n)s dòng", number),
    }
    return words[kind] % {"n": number}


def _said(kind: str, number: int) -> str:
    words = {
        REMIND: ngettext("Đã nhắc %(n)s nơi.", "Đã nhắc %(n)s nơi.", number),
        EXEMPT: ngettext(
            "Đã ghi lý do chưa kiểm điểm cho %(n)s dòng.",
            "Đã ghi lý do chưa kiểm điểm cho %(n)s dòng.",
            number,
        ),
    }
    return words[kind] % {"n": number}


# --- one line, and who is missing --------------------------------------------------------------------


def review_readmission(request: SignedInRequest, pk: int) -> HttpResponse:
    """Rút lý do chưa kiểm điểm."""
    review = queries.get(request.actor, pk)
    listing.withdraw_exemption(actor=request.actor, review=review, now=request.now)
    messages.success(
        request, _("Đã rút lý do. %(who)s lại phải kiểm điểm trong đợt này.") % {"who": _who(review)}
    )
    return redirect(way_back(request, reverse("review_list", args=[review.cycle_id])))


def review_list_supplement(request: SignedInRequest, pk: int) -> HttpResponse:
    """Bổ sung mọi tập thể, cá nhân còn thiếu."""
    cycle = queries.get_cycle(request.actor, pk)
    number = listing.supplement(actor=request.actor, cycle=cycle, now=request.now)
    messages.success(
        request,
        ngettext("Đã thêm %(n)s dòng vào danh sách.", "Đã thêm %(n)s dòng vào danh sách.", number)
        % {"n": number},
    )
    return redirect("review_list", pk)


def review_list_adding(request: SignedInRequest, pk: int) -> HttpResponse:
    """Thêm một tập thể, or a person in a body of the cycle."""
    cycle = queries.get_cycle(request.actor, pk)
    permissions.check_leads_cycle(request.actor, cycle)
    permissions.check_is_open(cycle)
    form = forms.AddForm(request.POST or None)
    body, person = form.fields["organization"], form.fields["person"]
    body.offer(  # type: ignore[attr-defined]
        org.subtree(cycle.organization, on=request.actor.today),
        chosen=form["organization"].value(), empty=_("Chọn đơn vị"),
        url=reverse("task_choices", args=["to-chuc"]),
    )  # fmt: skip
    task_choices.offer(
        person, request.actor, "nguoi", chosen=form["person"].value(), empty=_("Tập thể của đơn vị")
    )

    def act(data: dict[str, Any]) -> Review:
        return listing.add_to_list(actor=request.actor, cycle=cycle, now=request.now, **data)

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(request, _("Đã thêm %(who)s vào danh sách.") % {"who": _who(done)})
        return redirect("review_list", pk)
    context = {
        "form": form, "cycle": cycle, "title": _("Thêm vào danh sách"), "button": _("Thêm"),
        "note": _("Dùng khi có đơn vị, có người đến sau ngày lập danh sách mà vẫn kiểm điểm ở đây."),
    }  # fmt: skip
    return render(request, "reviews/form.html", context, status=status)


def _who(review: Review) -> str:
    return str(review.person or review.organization)
