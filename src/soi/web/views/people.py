"""Con người: search, one person as of a date, appointments and ranks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from soi.base.actor import Capability
from soi.base.errors import NotFound
from soi.conferences import queries as conferences
from soi.org import directory, queries, staffing
from soi.org.enums import HoldingKind, PostRole
from soi.web.access_table import ACCESS
from soi.web.days import chosen_day
from soi.web.forms import org as forms
from soi.web.forms.fields import submit
from soi.web.http import SignedInRequest

if TYPE_CHECKING:
    from soi.org.models import Membership, Organization, Person, Post

PAGE_SIZE = 50
CONFERENCES_SHOWN = 10


def person_list(request: SignedInRequest) -> HttpResponse:
    """Danh sách người, in the order of given names, with the posts held today."""
    query = request.GET.get("q", "")
    people = queries.search_people(queries.people_visible_to(request.actor), query)
    people = directory.with_posts(people, on=request.actor.today)
    page = Paginator(people, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "people/list.html", {"page": page, "query": query})


def person_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Một người vào một ngày: who was he on that date, and all posts over time."""
    person, day = _seen(request, pk), chosen_day(request)
    memberships, ranks = list(directory.memberships_of(person)), list(person.ranks.order_by("-start"))
    now = {row.post.organization_id for row in memberships if request.actor.today in row.period}
    context = {
        "person": person,
        "day": day,
        "is_today": day == request.actor.today,
        "rank": next((row.rank for row in ranks if day in row.period), ""),
        "posts": [row for row in memberships if day in row.period],
        "memberships": memberships,
        "ranks": ranks,
        "may_manage": bool(queries.reached(request.actor, Capability.MANAGE_ORGANIZATION, now)),
        "is_me": person.pk == request.actor.person_id,
        "reads_register": ACCESS["finding_list"].admits(request.actor),
        "attendances": conferences.attended_by(request.actor, person.pk).filter(
            conference__date_start__lte=day
        )[:CONFERENCES_SHOWN],
    }
    return render(request, "people/detail.html", context)


def post_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Thêm chức vụ trong một tổ chức."""
    body = _body(request, pk)
    form = forms.PostForm(request.POST or None, initial={"start": request.actor.today})

    def act(data: dict[str, Any]) -> Post:
        data["role"] = PostRole(data["role"])
        return staffing.add_post(actor=request.actor, organization=body, now=request.now, **data)

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(request, _("Đã thêm chức vụ %(post)s.") % {"post": done})
        return redirect("organization_detail", body.pk)
    context = {"form": form, "organization": body, "title": _("Thêm chức vụ"), "button": _("Thêm chức vụ")}
    return render(request, "org/form.html", context, status=status)


def appointment_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Bổ nhiệm vào một chức vụ."""
    post = _post(request, pk)
    form = forms.AppointmentForm(
        request.POST or None, actor=request.actor, initial={"start": request.actor.today}
    )

    def act(data: dict[str, Any]) -> Membership:
        person, name = data.pop("person"), data.pop("new_name")
        data["kind"] = HoldingKind(data["kind"])
        common = {"actor": request.actor, "post": post, "now": request.now, **data}
        if person:
            return staffing.appoint(person=person, **common)
        return staffing.appoint_new_person(name=name, **common)

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(request, _("%(person)s giữ chức %(post)s.") % {"person": done.person, "post": post})
        return redirect("organization_detail", post.organization_id)
    context = {
        "form": form,
        "organization": post.organization,
        "title": _("Bổ nhiệm: %(post)s") % {"post": post},
        "button": _("Bổ nhiệm"),
    }
    return render(request, "org/form.html", context, status=status)


def membership_end(request: SignedInRequest, pk: int) -> HttpResponse:
    """Thôi giữ chức."""
    holding = directory.memberships_visible_to(request.actor).filter(pk=pk).first()
    if holding is None:
        raise NotFound(_("Không tìm thấy việc giữ chức này."))
    form = forms.EndForm(request.POST or None, initial={"on": request.actor.today})

    def act(data: dict[str, Any]) -> bool:
        staffing.end_membership(actor=request.actor, membership=holding, now=request.now, **data)
        return True

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(request, _("Đã ghi ngày thôi giữ chức."))
        return redirect("organization_detail", holding.post.organization_id)
    context = {
        "form": form,
        "organization": holding.post.organization,
        "title": _("Thôi giữ chức: %(person)s, %(post)s") % {"person": holding.person, "post": holding.post},
        "consequence": _("Quyền đi theo chức vụ cũng hết từ ngày này."),
        "button": _("Ghi ngày thôi giữ chức"),
    }
    return render(request, "org/form.html", context, status=status)


def rank_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Cấp bậc mới của một người."""
    person = _seen(request, pk)
    holding = queries.posts_of(person, on=request.actor.today).first()
    if holding is None:
        raise NotFound(_("Người này hiện không giữ chức nào trong phạm vi của đồng chí."))
    form = forms.RankForm(request.POST or None, initial={"start": request.actor.today})

    def act(data: dict[str, Any]) -> object:
        return staffing.set_rank(
            actor=request.actor,
            person=person,
            organization=holding.post.organization,
            now=request.now,
            **data,
        )

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(request, _("Đã ghi cấp bậc."))
        return redirect("person_detail", person.pk)
    context = {
        "form": form,
        "organization": holding.post.organization,
        "title": _("Cấp bậc mới: %(person)s") % {"person": person},
        "button": _("Ghi cấp bậc"),
    }
    return render(request, "org/form.html", context, status=status)


def _seen(request: SignedInRequest, pk: int) -> Person:
    person = queries.people_visible_to(request.actor).filter(pk=pk).first()
    if person is None:
        raise NotFound(_("Không tìm thấy người này."))
    return person


def _body(request: SignedInRequest, pk: int) -> Organization:
    body = queries.visible_to(request.actor).filter(pk=pk).first()
    if body is None:
        raise NotFound(_("Không tìm thấy tổ chức này."))
    return body


def _post(request: SignedInRequest, pk: int) -> Post:
    post = directory.posts_visible_to(request.actor).filter(pk=pk).first()
    if post is None:
        raise NotFound(_("Không tìm thấy chức vụ này."))
    return post
