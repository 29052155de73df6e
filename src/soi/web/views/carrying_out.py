"""Nơi nhận: one addressee's record, and what it does with the paper: acknowledge, study, elaborate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from soi.base.actor import Actor, Capability
from soi.base.errors import NotAllowed, NotFound
from soi.directives import actions, permissions, policies, queries
from soi.documents import actions as documents
from soi.web import directive_page as pages
from soi.web.forms import directives as forms
from soi.web.forms.fields import submit
from soi.web.http import SignedInRequest
from soi.web.views.directives import sent_file

if TYPE_CHECKING:
    from soi.directives.models import Addressee, Dissemination, Elaboration
    from soi.documents.models import Source


def addressee_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Một nơi nhận: received, studied, elaborated; how often it was reminded."""
    addressee = queries.get_addressee(request.actor, pk)
    behalf, refusal = _stands_for(request.actor, addressee)
    context = {
        "addressee": addressee,
        "directive": addressee.directive,
        "box": pages.box(addressee, request.actor.today, refusal),
        "behalf": behalf,
        "heirs": queries.heirs_of(addressee, request.actor.today),
        "ended": bool(policies.ended_refusal(addressee.directive.ended_on, request.actor.today)),
    }
    return render(request, "directives/addressee.html", context)


def _stands_for(actor: Actor, addressee: Addressee) -> tuple[str, str]:
    """Ghi thay ai, hoặc vì sao không ghi được; both empty for one's own body."""
    try:
        return permissions.check_can_carry_out(actor, addressee), ""
    except NotAllowed as refusal:
        return "", refusal.sentence


def addressee_acknowledgement(request: SignedInRequest, pk: int) -> HttpResponse:
    """Xác nhận đã nhận, in one press."""
    addressee = queries.get_addressee(request.actor, pk)
    actions.acknowledge(actor=request.actor, addressee=addressee, now=request.now)
    messages.success(request, _("Đã xác nhận %(body)s nhận văn bản.") % {"body": addressee.organization})
    return _back(addressee)


def addressee_dissemination(request: SignedInRequest, pk: int) -> HttpResponse:
    """Báo cáo một lần quán triệt."""
    addressee = queries.get_addressee(request.actor, pk)
    behalf = permissions.check_can_carry_out(request.actor, addressee)
    initial = {"on": request.actor.today}
    form = forms.DisseminationRecordForm(request.POST or None, request.FILES or None, initial=initial)

    def act(data: dict[str, Any]) -> Dissemination:
        data["evidence"] = _evidence(request, addressee, data["evidence"])
        return actions.record_dissemination(actor=request.actor, addressee=addressee, now=request.now, **data)

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(request, _("Đã ghi báo cáo quán triệt."))
        return _back(addressee)
    words = {"title": _("Báo cáo quán triệt"), "button": _("Ghi báo cáo")}
    return _page(request, "directives/dissemination.html", addressee, form, status, behalf=behalf, **words)


def addressee_elaboration(request: SignedInRequest, pk: int) -> HttpResponse:
    """Cụ thể hóa: a paper of one's own, a programme, or not needed."""
    addressee = queries.get_addressee(request.actor, pk)
    behalf = permissions.check_can_carry_out(request.actor, addressee)
    own = queries.own_papers(request.actor, addressee)
    form = forms.ElaborationForm(request.POST or None, directives=own, initial={"on": request.actor.today})

    def act(data: dict[str, Any]) -> Elaboration:
        if data["kind"] != "directive":
            data["directive"] = None
        return actions.record_elaboration(actor=request.actor, addressee=addressee, now=request.now, **data)

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(request, _("Đã ghi cách cụ thể hóa."))
        return _back(addressee)
    words = {"title": _("Cụ thể hóa văn bản"), "button": _("Ghi cách cụ thể hóa")}
    return _page(request, "directives/elaboration.html", addressee, form, status, behalf=behalf, **words)


def addressee_evidence(request: SignedInRequest, pk: int, source: int) -> FileResponse:
    """Tải minh chứng: whoever sees the addressee sees what proves its work."""
    addressee = queries.get_addressee(request.actor, pk)
    kept = {row.evidence_id: row.evidence for row in addressee.disseminations.all() if row.evidence}
    if source not in kept:
        raise NotFound(_("Không tìm thấy minh chứng này."))
    return sent_file(kept[source])


def _back(addressee: Addressee) -> HttpResponse:
    return redirect("directive_detail", addressee.directive_id)


def _evidence(
    request: SignedInRequest, addressee: Addressee, file: UploadedFile[Any] | None
) -> Source | None:
    """Kept by the addressed body, or by the one that took it over."""
    if file is None:
        return None
    keeper = next(iter(queries.heirs_of(addressee, request.actor.today)), addressee.organization)
    return documents.receive_evidence(
        actor=request.actor,
        organization=keeper,
        data=file.read(),
        filename=file.name or "",
        now=request.now,
    )


def _page(
    request: SignedInRequest, name: str, addressee: Addressee, form: Any, status: int, **words: str
) -> HttpResponse:
    context = {
        "form": form,
        "addressee": addressee,
        "directive": addressee.directive,
        "may_issue": request.actor.may(Capability.RECORD),
        "back": reverse("directive_detail", args=[addressee.directive_id]),
        **words,
    }
    return render(request, name, context, status=status)
