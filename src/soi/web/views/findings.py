"""Sổ theo dõi: the register, one finding, and what is written into it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from soi.base.actor import Capability
from soi.conferences import actions as conferences
from soi.conferences import queries as conference_queries
from soi.findings import actions, permissions, queries, recurrence
from soi.web import finding_page, register_page
from soi.web import register_links as links
from soi.web.event_words import told
from soi.web.forms import findings as forms
from soi.web.forms.fields import SoiForm, submit
from soi.web.http import SignedInRequest, way_back

if TYPE_CHECKING:
    from soi.conferences.models import Conference
    from soi.findings.models import Answer, Cause, Finding, Responsibility

PAGE_SIZE = 25


def finding_list(request: SignedInRequest) -> HttpResponse:
    """Sổ theo dõi: filters, figures, the picture, and the list, all of the same findings."""
    chosen = links.read(request.GET)
    shown = register_page.build(request, chosen, size=PAGE_SIZE)
    # The rows are already those of this page; the paginator only counts.
    page: Page[Any] = Page(shown.rows, shown.number, Paginator(range(shown.total), PAGE_SIZE))
    context = {"shown": shown, "page": page, "may_record": request.actor.may(Capability.RECORD)}
    response = render(request, "findings/list.html", context)
    if request.htmx:
        # The address without the empty fields that the form sends along.
        response.headers["HX-Push-Url"] = f"{request.path}{links.url_of(chosen, by=shown.by)}"
    return response


def finding_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Một mục: where it comes from, why, whose responsibility, what is being done, and what I can do now."""
    finding = queries.get(request.actor, pk)
    return render(request, "findings/detail.html", finding_page.build(request.actor, finding))


def finding_history(request: SignedInRequest, pk: int) -> HttpResponse:
    """Lịch sử của một mục, in plain words; the finding's page loads it when it is unfolded."""
    finding = queries.get(request.actor, pk)
    events = [told(event) for event in queries.history_of(finding)]
    context = {"finding": finding, "events": events, "back": reverse("finding_detail", args=[pk])}
    return render(request, "findings/history.html", context)


def finding_new(request: SignedInRequest) -> HttpResponse:
    """Ghi mục mới, on its own or as named by the conference in ``?conference=``."""
    conference = _conference_of(request)
    initial = {
        "found_on": conference.date_start if conference else request.actor.today,
        "organization": conference.organization_id if conference else request.GET.get("org", ""),
    }
    form = forms.FindingForm(request.POST or None, actor=request.actor, initial=initial)

    def act(data: dict[str, Any]) -> Finding:
        cause, cause_kind = data.pop("cause"), data.pop("cause_kind")
        data["concerned"] = [actions.ConcernedEntry(body) for body in data["concerned"]]
        data["causes"] = [actions.CauseEntry(cause_kind, cause)] if cause else []
        if conference:
            return conferences.name_finding(
                actor=request.actor, conference=conference, now=request.now, **data
            )
        return actions.record_finding(actor=request.actor, now=request.now, **data)

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(request, _("Đã ghi vào sổ. Mục này sẽ được theo dõi đến khi khắc phục xong."))
        return redirect("finding_detail", done.pk)
    return render(request, "findings/new.html", {"form": form, "conference": conference}, status=status)


def _conference_of(request: SignedInRequest) -> Conference | None:
    named = request.POST.get("conference") or request.GET.get("conference") or ""
    return conference_queries.get(request.actor, int(named)) if named.isdecimal() else None


def finding_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Sửa nội dung, lĩnh vực; refused when somebody else was faster."""
    finding = queries.get(request.actor, pk)
    permissions.check_can_change(request.actor, finding)
    initial = {"version": finding.version, "statement": finding.statement, "area": finding.area}
    form = forms.FindingEditForm(request.POST or None, initial=initial)

    def act(data: dict[str, Any]) -> Finding:
        version = data.pop("version")
        return actions.edit_finding(
            actor=request.actor, finding=finding, expected_version=version, now=request.now, **data
        )

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(request, _("Đã ghi nội dung mới. Nội dung cũ vẫn còn trong lịch sử."))
        return redirect("finding_detail", pk)
    return _form_page(request, finding, form, status, title=_("Sửa nội dung"), button=_("Ghi nội dung mới"))


def finding_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ý kiến của người được nêu."""
    finding = queries.get(request.actor, pk)
    permissions.check_can_answer(request.actor, finding)
    form = forms.AnswerForm(request.POST or None)

    def act(data: dict[str, Any]) -> Answer:
        return actions.answer(actor=request.actor, finding=finding, text=data["text"], now=request.now)

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(request, _("Đã ghi ý kiến của đồng chí. Ý kiến đi kèm mục này ở mọi nơi."))
        return redirect("finding_detail", pk)
    note = _("Ý kiến đứng ngay dưới mục này, ai xem mục cũng thấy, và không ai xóa được.")
    return _form_page(
        request, finding, form, status, title=_("Ý kiến của đồng chí"), button=_("Gửi ý kiến"), note=note
    )


def finding_cause(request: SignedInRequest, pk: int) -> HttpResponse:
    """Thêm nguyên nhân."""
    finding = queries.get(request.actor, pk)
    permissions.check_can_change(request.actor, finding)
    form = forms.CauseForm(request.POST or None)

    def act(data: dict[str, Any]) -> Cause:
        return actions.add_cause(actor=request.actor, finding=finding, now=request.now, **data)

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(request, _("Đã ghi nguyên nhân."))
        return redirect("finding_detail", pk)
    return _form_page(
        request, finding, form, status, title=_("Thêm nguyên nhân"), button=_("Ghi nguyên nhân")
    )


def finding_responsibility(request: SignedInRequest, pk: int) -> HttpResponse:
    """Thêm trách nhiệm của tập thể, người đứng đầu, cá nhân."""
    finding = queries.get(request.actor, pk)
    permissions.check_can_change(request.actor, finding)
    form = forms.ResponsibilityForm(
        request.POST or None,
        actor=request.actor,
        posts=queries.posts_for_remedy(request.actor),
        initial={"organization": finding.organization_id},
    )

    def act(data: dict[str, Any]) -> Responsibility:
        post = data["post"] if data["kind"] != "collective" else None
        return actions.add_responsibility(
            actor=request.actor,
            finding=finding,
            kind=data["kind"],
            organization=post.organization if post else data["organization"],
            post=post,
            now=request.now,
        )

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(request, _("Đã ghi trách nhiệm."))
        return redirect("finding_detail", pk)
    note = _("Cá nhân được nêu sẽ thấy mục này trong Việc của tôi và được ghi ý kiến của mình.")
    return _form_page(
        request, finding, form, status, title=_("Thêm trách nhiệm"), button=_("Ghi trách nhiệm"), note=note
    )


def recurrence_decision(request: SignedInRequest, pk: int) -> HttpResponse:
    """Đúng là lặp lại, hay không phải."""
    link = queries.get_link(request.actor, pk)
    confirmed = request.POST.get("decision") == "confirm"
    recurrence.decide_recurrence(actor=request.actor, link=link, confirmed=confirmed, now=request.now)
    messages.success(
        request, _("Đã ghi: đúng là lặp lại.") if confirmed else _("Đã ghi: không phải lặp lại.")
    )
    return redirect(way_back(request, reverse("finding_detail", args=[link.finding_id])))


def _form_page(
    request: SignedInRequest, finding: Finding, form: SoiForm, status: int, **words: str
) -> HttpResponse:
    """Trang biểu mẫu về một mục, with the finding's words above the form."""
    context = {
        "form": form,
        "finding": finding,
        "back": reverse("finding_detail", args=[finding.pk]),
        **words,
    }
    return render(request, "findings/form.html", context, status=status)
