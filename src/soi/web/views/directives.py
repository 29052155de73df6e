"""Chỉ đạo: the list, one paper with its picture, and what its issuer does with it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from soi.base.actor import Capability
from soi.base.errors import NotFound
from soi.directives import actions, cascade, permissions, queries
from soi.directives.enums import DirectiveKind
from soi.directives.logic.points import ProposedPoint, proposed_points
from soi.documents import actions as documents
from soi.documents.logic.filenames import content_disposition
from soi.org import queries as org
from soi.web import directive_page as pages
from soi.web.directive_list_page import list_page
from soi.web.directive_words import told
from soi.web.forms import directives as forms
from soi.web.forms.fields import SoiForm, submit
from soi.web.forms.intake import own_body
from soi.web.http import SignedInRequest

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from soi.directives.models import Addressee, Directive
    from soi.documents.models import Source
    from soi.org.models import Organization

LATEST_EVENTS = 200
# Days from today that the form begins with; the clerk changes them.
_FIRST_DUE = {"acknowledge_by": 3, "study_by": 15, "elaborate_by": 30}


def directive_list(request: SignedInRequest) -> HttpResponse:
    """Văn bản gửi đến đơn vị tôi, do đơn vị tôi ban hành, và tất cả."""
    context = list_page(request.actor, request.GET)
    return render(
        request, "directives/list.html", {**context, "may_issue": request.actor.may(Capability.RECORD)}
    )


def directive_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Một văn bản: what my body must do, then who has and who has not, by branch, on the day asked for."""
    actor = request.actor
    directive = queries.get(actor, pk)
    asked = pages.read_asked(request.GET, actor.today)
    mine = queries.mine_of(actor, directive)
    context = {
        "directive": directive,
        "picture": pages.picture(actor, directive, asked),
        "boxes": [pages.box(row, actor.today) for row in mine],
        "below": queries.elaborating(actor, directive),
        "refusal": permissions.issue_refusal(actor, directive),
        "today": actor.today,
        "ended": directive.ended_on is not None and directive.ended_on <= actor.today,
        "reads_above": directive.elaborates is not None
        and queries.visible_to(actor).filter(pk=directive.elaborates.directive_id).exists(),
    }
    return render(request, "directives/detail.html", context)


def directive_branch(request: SignedInRequest, pk: int, org: int) -> HttpResponse:
    """Các nhánh dưới một tổ chức, loaded when it is opened."""
    directive = queries.get(request.actor, pk)
    asked = pages.read_asked(request.GET, request.actor.today)
    branch = cascade.cascade(request.actor, directive, asked.on).branch(org)
    if branch is None:
        raise NotFound(_("Không tìm thấy nhánh này trong bức tranh thực hiện."))
    context = {
        "directive": directive,
        "rows": pages.branch_rows(branch, asked, pk),
        "back": reverse("directive_detail", args=[pk]),
    }
    name = "directives/_rows.html" if request.htmx else "directives/branch.html"
    return render(request, name, {**context, "branch": branch})


def directive_history(request: SignedInRequest, pk: int) -> HttpResponse:
    """Lịch sử của văn bản và của những nơi nhận được thấy."""
    directive = queries.get(request.actor, pk)
    events = [told(event) for event in queries.history_of(request.actor, directive)[:LATEST_EVENTS]]
    context = {"directive": directive, "events": events, "back": reverse("directive_detail", args=[pk])}
    return render(request, "directives/history.html", context)


def directive_file(request: SignedInRequest, pk: int) -> FileResponse:
    """Tải tệp văn bản: whoever sees the paper reads it."""
    directive = queries.get(request.actor, pk)
    if directive.source is None:
        raise NotFound(_("Văn bản này chưa có tệp."))
    return sent_file(directive.source)


def sent_file(source: Source) -> FileResponse:
    """Tệp như đã nhận, offered for saving."""
    response = FileResponse(source.file.open("rb"), content_type=source.media_type)
    response.headers["Content-Disposition"] = content_disposition(source.original_name)
    return response


# --- what the issuer does -----------------------------------------------------------------------------


def directive_new(request: SignedInRequest) -> HttpResponse:
    """Ban hành; ``?cu-the-hoa=`` names the place above whose call this paper answers."""
    above = _elaborated(request)
    initial: dict[str, Any] = {
        "issued_on": request.actor.today,
        "issuer": request.GET.get("org") or own_body(request.actor),
    }
    initial |= {name: request.actor.today + dt.timedelta(days=left) for name, left in _FIRST_DUE.items()}
    if above:
        issuer = next(iter(queries.heirs_of(above, request.actor.today)), above.organization)
        initial |= {"issuer": issuer.pk, "kind": DirectiveKind.PLAN}
    form = forms.DirectiveForm(
        request.POST or None, request.FILES or None, actor=request.actor, initial=initial
    )

    def act(data: dict[str, Any]) -> Directive:
        data |= forms.split_reach(data, data["issuer"], _direct(data["issuer"], data["issued_on"]))
        source = _received(request, data.pop("file"), data["issuer"], data["issued_on"])
        return actions.issue_directive(
            actor=request.actor, source=source, elaborates=above, now=request.now, **data
        )

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(request, _("Đã ban hành. Các nơi nhận thấy văn bản này ngay bây giờ."))
        return redirect("directive_points" if done.source_id else "directive_detail", done.pk)
    return render(request, "directives/new.html", {"form": form, "above": above}, status=status)


def directive_addressees(request: SignedInRequest, pk: int) -> HttpResponse:
    """Gửi thêm nơi nhận."""
    directive = _changeable(request, pk)
    form = forms.AddresseesForm(request.POST or None, actor=request.actor, initial={"reach": forms.CHOSEN})

    def act(data: dict[str, Any]) -> int:
        chosen = forms.split_reach(data, directive.issuer, _direct(directive.issuer, request.actor.today))
        return actions.add_addressees(
            actor=request.actor, directive=directive, organizations=chosen["addressees"],
            subtrees=chosen["subtrees"], now=request.now,
        )  # fmt: skip

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        words = ngettext("Đã gửi thêm %(count)s nơi nhận.", "Đã gửi thêm %(count)s nơi nhận.", done)
        messages.success(request, words % {"count": done})
        return redirect("directive_detail", pk)
    note = _("Tổ chức đã nhận rồi thì không gửi lại. Nơi nhận đã gửi không rút lại được.")
    return _form_page(
        request, directive, form, status, title=_("Gửi thêm nơi nhận"), button=_("Gửi"), note=note
    )


def directive_points(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ghi điểm: tick what was read from the file, or write one by hand."""
    directive = _changeable(request, pk)
    known = {point.number for point in directive.points.all()}
    text = queries.text_of(directive)
    proposals = [point for point in proposed_points(text) if point.number not in known]
    form = forms.PointsForm(request.POST or None, proposals=proposals)

    def act(data: dict[str, Any]) -> Any:
        entries = [_entry(directive, form.proposals[key]) for key in data.get("chosen", [])]
        if data["statement"]:
            at = text.find(data["statement"])
            place = ProposedPoint(data["number"], at, at + len(data["statement"]), data["statement"])
            entries.append(_entry(directive, place))
        return actions.add_points(actor=request.actor, directive=directive, points=entries, now=request.now)

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        words = ngettext("Đã ghi %(count)s điểm.", "Đã ghi %(count)s điểm.", len(done))
        messages.success(request, words % {"count": len(done)})
        return redirect("directive_detail", pk)
    note = _("Nhiệm vụ dẫn theo số điểm, nên điểm đã ghi thì không đổi số, không sửa lời.")
    return _form_page(
        request, directive, form, status, title=_("Các điểm của văn bản"), button=_("Ghi các điểm"), note=note
    )


def _entry(directive: Directive, point: ProposedPoint) -> actions.PointEntry:
    """With its passage, where the words stand in the file."""
    passage = None
    if directive.source is not None and point.start >= 0:
        passage = documents.passage(source=directive.source, start=point.start, end=point.end)
    return actions.PointEntry(point.number, point.statement, passage)


def directive_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Sửa số, trích yếu, gia hạn; refused when somebody else was faster."""
    directive = _changeable(request, pk)
    names = ("version", "number", "title", "summary", "acknowledge_by", "study_by", "elaborate_by")
    form = forms.DirectiveEditForm(
        request.POST or None, initial={name: getattr(directive, name) for name in names}
    )

    def act(data: dict[str, Any]) -> Directive:
        version = data.pop("version")
        return actions.edit_directive(
            actor=request.actor, directive=directive, expected_version=version, now=request.now, **data
        )

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(request, _("Đã ghi. Nội dung và hạn cũ vẫn còn trong lịch sử."))
        return redirect("directive_detail", pk)
    note = _("Nơi ban hành, loại và ngày ban hành không sửa được.")
    return _form_page(
        request, directive, form, status, title=_("Sửa, gia hạn"), button=_("Ghi thay đổi"), note=note
    )


def directive_ending(request: SignedInRequest, pk: int) -> HttpResponse:
    """Cho hết hiệu lực."""
    directive = _changeable(request, pk)
    form = forms.EndingForm(request.POST or None, initial={"on": request.actor.today})

    def act(data: dict[str, Any]) -> Directive:
        return actions.end_directive(actor=request.actor, directive=directive, now=request.now, **data)

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(request, _("Đã ghi văn bản hết hiệu lực. Các nơi nhận không phải làm tiếp."))
        return redirect("directive_detail", pk)
    note = _("Việc đã làm và việc đã chậm vẫn giữ trong hồ sơ.")
    return _form_page(
        request, directive, form, status, title=_("Hết hiệu lực"), button=_("Ghi hết hiệu lực"), note=note
    )


def directive_reminder(request: SignedInRequest, pk: int) -> HttpResponse:
    """Nhắc mọi nơi quá hạn trong một nhánh, in one press."""
    actor = request.actor
    directive = queries.get(actor, pk)
    found = cascade.cascade(actor, directive, actor.today)
    asked = pages.read_asked({"nhanh": request.POST.get("nhanh", "")}, actor.today)
    branch = found.branch(asked.branch)
    if branch is None:
        raise NotFound(_("Không tìm thấy nhánh này trong bức tranh thực hiện."))
    late = {one.addressee for _branch, one in branch.every_duty() if one.is_late}
    chosen = late & permissions.remindable(actor, found.papers) or late
    count = actions.remind(
        actor=actor, addressees=queries.by_numbers(chosen), note=request.POST.get("note", ""), now=request.now
    )
    words = ngettext("Đã nhắc %(count)s nơi quá hạn.", "Đã nhắc %(count)s nơi quá hạn.", count)
    messages.success(request, words % {"count": count})
    return redirect(reverse("directive_detail", args=[pk]) + asked.url())


# --- parts shared by the views above --------------------------------------------------------------------


def _changeable(request: SignedInRequest, pk: int) -> Directive:
    directive = queries.get(request.actor, pk)
    permissions.check_can_change(request.actor, directive)
    return directive


def _elaborated(request: SignedInRequest) -> Addressee | None:
    named = request.POST.get("cu-the-hoa") or request.GET.get("cu-the-hoa") or ""
    if not (named.isascii() and named.isdigit() and len(named) < 18):
        return None
    addressee = queries.get_addressee(request.actor, int(named))
    permissions.check_can_carry_out(request.actor, addressee)
    return addressee


def _direct(issuer: Organization, on: dt.date) -> QuerySet[Organization]:
    return org.subordinates(issuer, on=on)


def _received(
    request: SignedInRequest, file: UploadedFile[Any] | None, issuer: Organization, day: dt.date
) -> Source | None:
    """The file as a source of the issuer; one that it has already is used again."""
    if file is None:
        return None
    try:
        return documents.receive(
            actor=request.actor, organization=issuer, data=file.read(), filename=file.name or "",
            document_date=day, now=request.now,
        ).source  # fmt: skip
    except documents.AlreadyReceived as earlier:
        return earlier.source


def _form_page(
    request: SignedInRequest, directive: Directive, form: SoiForm, status: int, **words: str
) -> HttpResponse:
    context = {
        "form": form,
        "directive": directive,
        "back": reverse("directive_detail", args=[directive.pk]),
        **words,
    }
    return render(request, "directives/form.html", context, status=status)
