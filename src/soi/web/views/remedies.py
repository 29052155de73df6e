"""Biện pháp khắc phục: assigned, reported with evidence, verified by somebody else, reopened."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from soi.base.errors import Conflict, NotFound
from soi.documents import actions as documents
from soi.documents.logic.filenames import content_disposition
from soi.findings import permissions, policies, queries, remedies, remedy_changes
from soi.findings.enums import FindingState, Outcome, RemedyState, Verb
from soi.web.forms import findings as forms
from soi.web.forms.fields import SoiForm, submit
from soi.web.http import SignedInRequest
from soi.work import queries as work

if TYPE_CHECKING:
    from soi.documents.models import Source
    from soi.findings.models import Finding, Remedy, RemedyProgress
    from soi.org.models import Organization
    from soi.work.models import Task


def remedy_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Giao biện pháp."""
    finding = queries.get(request.actor, pk)
    permissions.check_can_change(request.actor, finding)
    _check_state(finding, Verb.ADD_REMEDY)
    posts = queries.posts_for_remedy(request.actor)
    form = forms.RemedyForm(request.POST or None, posts=posts)

    def act(data: dict[str, Any]) -> Remedy:
        return remedies.add_remedy(actor=request.actor, finding=finding, now=request.now, **data)

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(request, _("Đã giao biện pháp cho %(post)s.") % {"post": done.accountable_post})
        return redirect("finding_detail", pk)
    context = {
        "form": form,
        "finding": finding,
        "title": _("Giao biện pháp khắc phục"),
        "button": _("Giao biện pháp"),
        "note": _(
            "Biện pháp chỉ được ghi khi có đủ: đúng một chức vụ chịu trách nhiệm, sản phẩm và thời hạn."
        ),
        "back": reverse("finding_detail", args=[pk]),
    }
    return render(request, "findings/form.html", context, status=status)


def remedy_progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """Báo cáo tiến độ của một biện pháp."""
    remedy = queries.get_remedy(request.actor, pk)
    behalf = permissions.check_can_report(request.actor, remedy)
    initial = {"percent": _last_percent(remedy)}
    form = forms.ProgressForm(request.POST or None, request.FILES or None, initial=initial)

    def act(data: dict[str, Any]) -> RemedyProgress:
        return remedies.report_progress(
            actor=request.actor,
            remedy=remedy,
            percent=data["percent"],
            note=data["note"],
            evidence=_evidence(request, remedy.accountable_post.organization, data["evidence"]),
            now=request.now,
        )

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(request, _("Đã ghi báo cáo tiến độ."))
        return redirect("finding_detail", remedy.finding_id)
    return _progress_page(request, remedy, form, behalf, status)


def remedy_report_done(request: SignedInRequest, pk: int) -> HttpResponse:
    """Báo cáo đã làm xong; somebody else will verify it."""
    remedy = queries.get_remedy(request.actor, pk)
    behalf = permissions.check_can_report(request.actor, remedy)
    form = forms.DoneForm(request.POST, request.FILES)

    def act(data: dict[str, Any]) -> Remedy:
        return remedies.report_done(
            actor=request.actor,
            remedy=remedy,
            note=data["note"],
            evidence=_evidence(request, remedy.accountable_post.organization, data["evidence"]),
            now=request.now,
        )

    done, status = submit(form, act)
    if done:
        messages.success(request, _("Đã báo cáo làm xong. Người có quyền xác nhận sẽ kiểm tra."))
        return redirect("finding_detail", remedy.finding_id)
    shown = forms.ProgressForm(request.POST, request.FILES)
    shown.errors.clear()
    for field, errors in form.errors.items():
        shown.add_error(None if field == "__all__" else field, list(errors))
    return _progress_page(request, remedy, shown, behalf, status)


def finding_verification(request: SignedInRequest, pk: int) -> HttpResponse:
    """Xác nhận đã khắc phục, hoặc trả lại để làm tiếp."""
    finding = queries.get(request.actor, pk)
    permissions.check_can_verify(request.actor, finding)
    _check_state(finding, Verb.VERIFY_MENDED)
    form = forms.VerificationForm(request.POST or None, request.FILES or None)

    def act(data: dict[str, Any]) -> Finding:
        do = remedies.verify_mended if data["outcome"] == Outcome.MENDED else remedies.return_for_more
        return do(
            actor=request.actor,
            finding=finding,
            note=data["note"],
            evidence=_evidence(request, finding.organization, data["evidence"]),
            now=request.now,
        )

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        mended = done.state == FindingState.MENDED
        messages.success(request, _("Đã xác nhận khắc phục.") if mended else _("Đã trả lại để làm tiếp."))
        return redirect("finding_detail", pk)
    context = {"form": form, "finding": finding, "back": reverse("finding_detail", args=[pk])}
    return render(request, "findings/verification.html", context, status=status)


def finding_reopening(request: SignedInRequest, pk: int) -> HttpResponse:
    """Mở lại một mục đã xác nhận."""
    finding = queries.get(request.actor, pk)
    permissions.check_can_verify(request.actor, finding)
    _check_state(finding, Verb.REOPEN)
    form = forms.ReopeningForm(request.POST or None, remedies=finding.remedies.all())

    def act(data: dict[str, Any]) -> Finding:
        return remedies.reopen(
            actor=request.actor,
            finding=finding,
            reason=data["reason"],
            again=list(data["again"]),
            now=request.now,
        )

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(request, _("Đã mở lại mục này."))
        return redirect("finding_detail", pk)
    context = {
        "form": form,
        "finding": finding,
        "title": _("Mở lại"),
        "button": _("Mở lại mục này"),
        "note": _("Lần xác nhận trước vẫn còn trong lịch sử."),
        "back": reverse("finding_detail", args=[pk]),
    }
    return render(request, "findings/form.html", context, status=status)


def remedy_change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Chuyển biện pháp cho chức vụ khác, hoặc đổi thời hạn."""
    remedy = queries.get_remedy(request.actor, pk)
    permissions.check_can_rearrange(request.actor, remedy)
    permissions.check_state(policies.remedy_refusal(RemedyState(remedy.state)))
    initial = {"accountable_post": remedy.accountable_post_id, "due_on": remedy.due_on}
    form = forms.RemedyChangeForm(
        request.POST or None, posts=queries.posts_for_remedy(request.actor), initial=initial
    )

    def act(data: dict[str, Any]) -> Remedy:
        return remedy_changes.change_remedy(actor=request.actor, remedy=remedy, now=request.now, **data)

    return _rearranged(
        request, remedy, form, act,
        title=_("Điều chỉnh biện pháp"), button=_("Ghi điều chỉnh"),
        note=_("Lý do và điều đã giao trước đây được giữ lại."), told=_("Đã điều chỉnh biện pháp."),
    )  # fmt: skip


def remedy_programme(request: SignedInRequest, pk: int) -> HttpResponse:
    """Đưa biện pháp vào chương trình công tác."""
    remedy = queries.get_remedy(request.actor, pk)
    permissions.check_can_change(request.actor, remedy.finding)
    programmes = work.programmes_visible_to(request.actor).filter(organization=remedy.finding.organization_id)
    form = forms.RemedyProgrammeForm(request.POST or None, programmes=programmes)

    def act(data: dict[str, Any]) -> Task:
        return remedy_changes.enter_programme(actor=request.actor, remedy=remedy, now=request.now, **data)

    return _rearranged(
        request, remedy, form, act,
        title=_("Đưa vào chương trình công tác"), button=_("Đưa vào chương trình"),
        note=_("Biện pháp trở thành một nhiệm vụ: cùng chức vụ chịu trách nhiệm, sản phẩm và thời hạn."),
        told=_("Đã đưa biện pháp vào chương trình công tác."),
    )  # fmt: skip


def _rearranged(
    request: SignedInRequest,
    remedy: Remedy,
    form: SoiForm,
    act: Callable[[dict[str, Any]], Any],
    *,
    title: str,
    button: str,
    note: str,
    told: str,
) -> HttpResponse:
    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    back = reverse("finding_detail", args=[remedy.finding_id])
    if done:
        messages.success(request, told)
        return redirect(f"{back}#bien-phap-{remedy.pk}")
    context = {
        "form": form, "finding": remedy.finding, "title": title, "button": button, "note": note, "back": back,
    }  # fmt: skip
    return render(request, "findings/form.html", context, status=status)


def finding_evidence(request: SignedInRequest, pk: int, source: int) -> FileResponse:
    """Tải minh chứng: whoever sees the finding sees what proves it."""
    finding = queries.get(request.actor, pk)
    kept = _evidence_of(finding).get(source)
    if kept is None:
        raise NotFound(_("Không tìm thấy minh chứng này."))
    response = FileResponse(kept.file.open("rb"), content_type=kept.media_type)
    response.headers["Content-Disposition"] = content_disposition(kept.original_name)
    return response


def _evidence_of(finding: Finding) -> dict[int, Source]:
    kept = [report.evidence for remedy in finding.remedies.all() for report in remedy.progress.all()]
    kept += [verification.evidence for verification in finding.verifications.all()]
    return {source.pk: source for source in kept if source is not None}


def _evidence(
    request: SignedInRequest, organization: Organization, file: UploadedFile[Any] | None
) -> Source | None:
    if file is None:
        return None
    return documents.receive_evidence(
        actor=request.actor,
        organization=organization,
        data=file.read(),
        filename=file.name or "",
        now=request.now,
    )


def _check_state(finding: Finding, verb: Verb) -> None:
    """The state answers before a form is filled in for nothing."""
    if sentence := policies.refusal(FindingState(finding.state), verb):
        raise Conflict(sentence)


def _last_percent(remedy: Remedy) -> int:
    last = remedy.progress.last()
    return last.percent if last else 0


def _progress_page(
    request: SignedInRequest, remedy: Remedy, form: forms.ProgressForm, behalf: str, status: int
) -> HttpResponse:
    context = {
        "form": form,
        "remedy": remedy,
        "finding": remedy.finding,
        "behalf": behalf,
        "today": request.actor.today,
        "back": reverse("finding_detail", args=[remedy.finding_id]),
    }
    return render(request, "findings/progress.html", context, status=status)
