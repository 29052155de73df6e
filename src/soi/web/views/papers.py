"""Tài liệu hội nghị: put in, marked for whom, read and downloaded. Every page here starts at ``papers.get``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from soi.base.errors import NotFound
from soi.conferences import papers, permissions
from soi.conferences.enums import Secrecy
from soi.documents.logic.filenames import content_disposition
from soi.documents.reading import DEFAULT
from soi.web.forms import preparing as forms
from soi.web.http import SignedInRequest
from soi.web.paragraphs import around, paragraphs
from soi.web.views.preparing import Removal, editable, written

if TYPE_CHECKING:
    from soi.conferences.models import Conference, Paper


def paper_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Thêm tài liệu: read on arrival, with nothing of it run."""
    conference = editable(request, pk)
    items = conference.agenda.all()
    initial = {"item": request.GET.get("noi-dung", "")}
    form = forms.NewPaperForm(request.POST or None, request.FILES or None, items=items, initial=initial)

    def act(data: dict[str, Any]) -> Paper:
        file = data.pop("file")
        paper, warnings = papers.add_paper(
            actor=request.actor, conference=conference, data=file.read(DEFAULT.file_bytes + 1),
            filename=file.name, facts=_facts(data), now=request.now,
        )  # fmt: skip
        for warning in warnings:
            messages.warning(request, f"{paper}: {warning}")
        return paper

    words: dict[str, Any] = {"title": _("Thêm tài liệu"), "button": _("Thêm tài liệu"), "with_file": True}
    return written(request, conference, form, act, part="tai-lieu", **words)


def paper_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Sửa tên, nơi đặt, ai được đọc; hoặc bỏ."""
    paper = papers.get(request.actor, pk)
    conference = editable(request, paper.conference_id)
    initial = {
        "title": paper.title, "secrecy": paper.secrecy, "item": paper.item_id, "is_draft": paper.is_draft,
    }  # fmt: skip
    form = forms.PaperForm(request.POST or None, items=conference.agenda.all(), initial=initial)

    def act(data: dict[str, Any]) -> Paper:
        return papers.edit_paper(actor=request.actor, paper=paper, facts=_facts(data), now=request.now)

    words: dict[str, Any] = {"title": _("Sửa tài liệu"), "button": _("Ghi thay đổi")}
    removal = Removal(reverse("paper_removal", args=[pk]), _("Bỏ tài liệu"), _("Bỏ tài liệu này?"))
    return written(request, conference, form, act, part="tai-lieu", removal=removal, **words)


def paper_removal(request: SignedInRequest, pk: int) -> HttpResponse:
    """Bỏ khỏi hội nghị."""
    paper = papers.get(request.actor, pk)
    conference: Conference = paper.conference
    papers.remove_paper(actor=request.actor, paper=paper, now=request.now)
    messages.success(request, _("Đã bỏ tài liệu khỏi hội nghị."))
    return redirect(f"{reverse('preparation', args=[conference.pk])}#tai-lieu")


def paper_text(request: SignedInRequest, pk: int) -> HttpResponse:
    """Đọc một tài liệu: its words in numbered paragraphs, as they are spoken to."""
    paper = papers.get(request.actor, pk)
    rows = paragraphs(around(paper.source.text, 0, 0))
    context = {
        "paper": paper,
        "conference": paper.conference,
        "paragraphs": ["".join(piece.text for piece in row) for row in rows],
        "may_edit": permissions.can_edit(request.actor, paper.conference),
    }
    return render(request, "preparing/paper.html", context)


def paper_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """Tải tài liệu, under the name that the conference gives it: the file may have another."""
    paper = papers.get(request.actor, pk)
    try:
        with paper.source.file.open("rb") as file:
            data = file.read()
    except FileNotFoundError:
        raise NotFound(_("Tệp không còn trên máy chủ. Hãy báo người quản trị khôi phục.")) from None
    extension = paper.source.original_name.rpartition(".")[2]
    return HttpResponse(
        data,
        headers={
            "Content-Type": paper.source.media_type,
            "Content-Disposition": content_disposition(f"{paper.title}.{extension}"),
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


def _facts(data: dict[str, Any]) -> papers.PaperFacts:
    data["secrecy"] = Secrecy(data["secrecy"])
    return papers.PaperFacts(**data)
