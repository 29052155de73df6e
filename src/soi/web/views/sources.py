"""Văn bản nguồn: its words with a passage marked, and the file as it came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from soi.base.errors import NotFound
from soi.conferences import queries as conferences
from soi.documents import queries
from soi.documents.logic.filenames import content_disposition
from soi.intake import queries as intake
from soi.web.http import SignedInRequest
from soi.web.paragraphs import around, paragraphs

if TYPE_CHECKING:
    from soi.documents.models import Passage, Source


def source_text(request: SignedInRequest, pk: int) -> HttpResponse:
    """Chữ của một văn bản; ``?doan=`` marks one passage and the page opens there."""
    source = queries.get(request.actor, pk)
    passage = _passage(source, request.GET.get("doan", ""))
    pieces = around(source.text, passage.start, passage.end) if passage else around(source.text, 0, 0)
    context = {
        "source": source,
        "passage": passage,
        "paragraphs": paragraphs(pieces),
        "conferences": conferences.visible_to(request.actor).filter(sources__source=source),
        "draft": intake.visible_to(request.actor).filter(source=source).first(),
    }
    return render(request, "sources/text.html", context)


def source_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """Tải tệp gốc: always as a download; should a browser open it all the same, nothing in it may run."""
    source = queries.get(request.actor, pk)
    try:
        with source.file.open("rb") as file:
            data = file.read()
    except FileNotFoundError:
        raise NotFound(
            _("Tệp gốc không còn trên máy chủ. Hãy báo người quản trị khôi phục từ bản sao lưu.")
        ) from None
    return HttpResponse(
        data,
        headers={
            "Content-Type": source.media_type,
            "Content-Disposition": content_disposition(source.original_name),
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _passage(source: Source, number: str) -> Passage | None:
    if not number.isdecimal():
        return None
    return queries.passages_of(source).filter(pk=int(number[:18])).first()
