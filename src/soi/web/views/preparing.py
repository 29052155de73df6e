"""Chuẩn bị hội nghị: the page with its checklist, a new conference, agenda, sites, questions from above."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from soi.base.errors import NotAllowed
from soi.conferences import agenda, permissions, preparing, queries
from soi.conferences.enums import Form, ItemKind
from soi.conferences.templates import template_for
from soi.web import preparing_page, task_choices
from soi.web.forms import preparing as forms
from soi.web.forms.fields import SoiForm, submit
from soi.web.http import SignedInRequest

if TYPE_CHECKING:
    from collections.abc import Callable

    from soi.conferences.models import AgendaItem, Conference, PriorQuestion, Site


def preparation(request: SignedInRequest, pk: int) -> HttpResponse:
    """Trang chuẩn bị: for chair, secretary and whoever keeps the record."""
    conference = queries.get(request.actor, pk)
    if not permissions.can_lead(request.actor, conference):
        raise NotAllowed(_("Trang chuẩn bị dành cho chủ trì, thư ký và văn thư của hội nghị."))
    everyone = request.GET.get("tat-ca") == "1"
    context = preparing_page.build(request.actor, conference, everyone=everyone)
    return render(request, "preparing/detail.html", context)


def preparation_new(request: SignedInRequest) -> HttpResponse:
    """Chuẩn bị một hội nghị mới, from a template."""
    initial = {"organization": request.GET.get("org", ""), "template": "giao-ban", "starts_at": "08:00"}
    form = forms.PreparationForm(request.POST or None, actor=request.actor, initial=initial)

    def act(data: dict[str, Any]) -> Conference:
        data["form"] = Form(data["form"])
        return preparing.prepare_conference(actor=request.actor, now=request.now, **data)

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(request, _("Đã lập hội nghị với chương trình theo mẫu."))
        return redirect("preparation", done.pk)
    return render(request, "preparing/new.html", {"form": form}, status=status)


# --- agenda ----------------------------------------------------------------------------------------------


def agenda_layout(request: SignedInRequest, pk: int) -> HttpResponse:
    """Lập chương trình từ mẫu của loại hội nghị."""
    conference = queries.get(request.actor, pk)
    agenda.lay_out(
        actor=request.actor, conference=conference, template=template_for(conference.kind), now=request.now
    )
    messages.success(request, _("Đã lập chương trình theo mẫu. Hãy sửa cho đúng hội nghị của đồng chí."))
    return _back(conference, "chuong-trinh")


def agenda_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Thêm nội dung."""
    conference = editable(request, pk)
    form = _agenda_form(request, conference, initial={"parent": request.GET.get("trong", "")})

    def act(data: dict[str, Any]) -> AgendaItem:
        return agenda.add_item(
            actor=request.actor, conference=conference, facts=_item_facts(data), now=request.now
        )

    words: dict[str, Any] = {"title": _("Thêm nội dung chương trình"), "button": _("Thêm nội dung")}
    return written(request, conference, form, act, part="chuong-trinh", **words)


def agenda_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Sửa, hoặc bỏ, một nội dung."""
    item = agenda.get_item(request.actor, pk)
    conference = editable(request, item.conference_id)
    names = ("title", "kind", "minutes")
    initial = {name: getattr(item, name) for name in names} | {
        "parent": item.parent_id, "presenter": item.presenter_id, "presenting_body": item.presenting_body_id,
    }  # fmt: skip
    form = _agenda_form(request, conference, initial=initial, item=item)

    def act(data: dict[str, Any]) -> AgendaItem:
        return agenda.edit_item(actor=request.actor, item=item, facts=_item_facts(data), now=request.now)

    words: dict[str, Any] = {"title": _("Sửa nội dung chương trình"), "button": _("Ghi thay đổi")}
    removal = Removal(reverse("agenda_removal", args=[pk]), _("Bỏ nội dung"), _("Bỏ nội dung này?"))
    return written(request, conference, form, act, part="chuong-trinh", removal=removal, **words)


def agenda_moving(request: SignedInRequest, pk: int) -> HttpResponse:
    """Chuyển lên, chuyển xuống."""
    item = agenda.get_item(request.actor, pk)
    up = request.POST.get("chieu") == "len"
    agenda.move_item(actor=request.actor, item=item, up=up, now=request.now)
    return _back(item.conference, f"nd-{pk}")


def agenda_removal(request: SignedInRequest, pk: int) -> HttpResponse:
    """Bỏ một nội dung."""
    item = agenda.get_item(request.actor, pk)
    agenda.remove_item(actor=request.actor, item=item, now=request.now)
    messages.success(request, _("Đã bỏ nội dung khỏi chương trình."))
    return _back(item.conference, "chuong-trinh")


def _agenda_form(
    request: SignedInRequest, conference: Conference, *, initial: Any, item: AgendaItem | None = None
) -> forms.AgendaItemForm:
    parents = conference.agenda.filter(parent=None).exclude(pk=item.pk if item else 0)
    form = forms.AgendaItemForm(request.POST or None, parents=parents, initial=initial)
    _offer(form, request, presenter="nguoi", presenting_body="to-chuc")
    return form


def _item_facts(data: dict[str, Any]) -> agenda.ItemFacts:
    data["kind"] = ItemKind(data["kind"])
    return agenda.ItemFacts(**data)


# --- sites -----------------------------------------------------------------------------------------------


def preparation_site_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Thêm điểm cầu."""
    conference = editable(request, pk)
    form = forms.SiteForm(request.POST or None, initial={"is_main": not conference.sites.exists()})
    _offer(form, request, organization="to-chuc", head="nguoi", technician="nguoi")

    def act(data: dict[str, Any]) -> Site:
        facts = preparing.SiteFacts(**data)
        return preparing.add_site(actor=request.actor, conference=conference, facts=facts, now=request.now)

    words: dict[str, Any] = {"title": _("Thêm điểm cầu"), "button": _("Thêm điểm cầu")}
    return written(request, conference, form, act, part="diem-cau", **words)


def preparation_site_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Sửa, hoặc bỏ, một điểm cầu."""
    site = preparing.get_site(request.actor, pk)
    conference = editable(request, site.conference_id)
    initial = {
        "name": site.name, "room": site.room, "is_main": site.is_main, "organization": site.organization_id,
        "head": site.head_id, "technician": site.technician_id,
    }  # fmt: skip
    form = forms.SiteForm(request.POST or None, initial=initial)
    _offer(form, request, organization="to-chuc", head="nguoi", technician="nguoi")

    def act(data: dict[str, Any]) -> Site:
        facts = preparing.SiteFacts(**data)
        return preparing.edit_site(actor=request.actor, site=site, facts=facts, now=request.now)

    words: dict[str, Any] = {"title": _("Sửa điểm cầu"), "button": _("Ghi thay đổi")}
    removal = Removal(reverse("preparation_site_removal", args=[pk]), _("Bỏ điểm cầu"), _("Bỏ điểm cầu này?"))
    return written(request, conference, form, act, part="diem-cau", removal=removal, **words)


def preparation_site_removal(request: SignedInRequest, pk: int) -> HttpResponse:
    """Bỏ một điểm cầu."""
    site = preparing.get_site(request.actor, pk)
    preparing.remove_site(actor=request.actor, site=site, now=request.now)
    messages.success(request, _("Đã bỏ điểm cầu."))
    return _back(site.conference, "diem-cau")


# --- questions from above --------------------------------------------------------------------------------


def question_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ghi vấn đề cấp trên gợi ý: by the clerk, or by the level above itself."""
    conference = queries.get(request.actor, pk)
    bodies = preparing.may_ask(request.actor, conference)
    if not bodies:
        raise NotAllowed(_("Chỉ cấp trên hoặc văn thư của hội nghị mới ghi gợi ý được."))
    form = forms.QuestionForm(request.POST or None, bodies=bodies)

    def act(data: dict[str, Any]) -> PriorQuestion:
        body = next(one for one in bodies if one.pk == data["asked_by"])
        return preparing.ask(
            actor=request.actor, conference=conference, asked_by=body, text=data["text"], now=request.now
        )

    words: dict[str, Any] = {"title": _("Ghi vấn đề cấp trên gợi ý"), "button": _("Ghi gợi ý")}
    return written(request, conference, form, act, part="goi-y", **words)


def question_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Giải trình một gợi ý."""
    question = preparing.get_question(request.actor, pk)
    conference = editable(request, question.conference_id)
    form = forms.ExplanationForm(request.POST or None, initial={"answer": question.answer})

    def act(data: dict[str, Any]) -> PriorQuestion:
        return preparing.answer_question(
            actor=request.actor, question=question, answer=data["answer"], now=request.now
        )

    words: dict[str, Any] = {"title": _("Giải trình gợi ý của cấp trên"), "button": _("Ghi giải trình")}
    quoted = f"{question.asked_by}: {question.text}"
    return written(request, conference, form, act, part="goi-y", quoted=quoted, **words)


# --- shared by the pages of preparation ------------------------------------------------------------------


class Removal:
    """Nút bỏ, below the form that edits."""

    def __init__(self, url: str, label: str, asks: str) -> None:
        self.url, self.label, self.asks = url, label, asks


def editable(request: SignedInRequest, pk: int) -> Conference:
    """Hội nghị mà người này được chuẩn bị."""
    conference = queries.get(request.actor, pk)
    permissions.check_can_edit(request.actor, conference)
    return conference


def written(
    request: SignedInRequest,
    conference: Conference,
    form: SoiForm,
    act: Callable[[dict[str, Any]], Any],
    *,
    part: str,
    told: Callable[[Any], str] | None = None,
    **words: Any,
) -> HttpResponse:
    """Biểu mẫu một phần: shown, written, and back to that part of the page."""
    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(request, told(done) if told else _("Đã ghi."))
        return (
            _back(conference, part)
            if permissions.can_lead(request.actor, conference)
            else _record(conference)
        )
    context = {"form": form, "conference": conference, "part": part, **words}
    return render(request, "preparing/form.html", context, status=status)


def _back(conference: Conference, part: str) -> HttpResponse:
    return redirect(f"{reverse('preparation', args=[conference.pk])}#{part}")


def _record(conference: Conference) -> HttpResponse:
    return redirect("conference_detail", conference.pk)


def _offer(form: SoiForm, request: SignedInRequest, **fields: str) -> None:
    """Bày danh sách chọn; what is chosen already stays in it."""
    for name, kind in fields.items():
        task_choices.offer(
            form.fields[name], request.actor, kind, chosen=form[name].value(), empty=_("Chưa chọn")
        )
