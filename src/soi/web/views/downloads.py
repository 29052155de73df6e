"""Tải về: the list of findings as Word and Excel, the minutes of a conference as Word."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from soi.base.actor import Capability
from soi.base.errors import Invalid, NotFound
from soi.conferences import queries as conferences
from soi.findings.enums import FindingKind
from soi.findings.queries import with_parts
from soi.findings.register import cell_filter, register
from soi.forms import registry
from soi.forms.forms.findings_list.context import FindingsContext
from soi.forms.xlsx.findings import findings_workbook
from soi.org import queries as org
from soi.web import minutes_printing, printing
from soi.web import register_links as links
from soi.web.http import SignedInRequest, attachment
from soi.web.register_page import conditions_in_words

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Word lays a table out row by row; beyond this a list is read in Excel.
MOST_IN_WORD, MOST_IN_EXCEL = 1_000, 20_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def findings_docx(request: SignedInRequest) -> HttpResponse:
    """Danh mục theo đúng bộ lọc đang xem, Word."""
    context, layout = _listed(request, most=MOST_IN_WORD)
    data = registry.render("findings_list", context, created=request.now, layout_id=layout)
    name = registry.file_name("findings_list", day=request.actor.today, subject=context.body)
    return attachment(data, name, DOCX)


def findings_xlsx(request: SignedInRequest) -> HttpResponse:
    """Danh mục theo đúng bộ lọc đang xem, Excel."""
    context, _layout = _listed(request, most=MOST_IN_EXCEL)
    data = findings_workbook(context, created=request.now)
    name = registry.file_name(
        "findings_list", day=request.actor.today, subject=context.body, extension="xlsx"
    )
    return attachment(data, name, XLSX)


def minutes_docx(request: SignedInRequest, pk: int) -> HttpResponse:
    """Biên bản hội nghị, Word."""
    conference = conferences.get(request.actor, pk)
    data = minutes_printing.record_as_word(request.actor, conference, created=request.now)
    name = registry.file_name("conference_minutes", day=conference.date_start, subject=conference.title)
    return attachment(data, name, DOCX)


def _listed(request: SignedInRequest, *, most: int) -> tuple[FindingsContext, str]:
    actor, asked = request.actor, links.read(request.GET)
    seen = org.visible_to(actor)
    # Whose part of the tree is listed: the body filtered by, else the one the right to read comes from.
    wanted = asked.organization_id or next(
        (grant.organization_id for grant in actor.grants if grant.capability == Capability.READ), 0
    )
    body = seen.filter(pk=wanted).first()
    if body is None:
        raise NotFound(_("Không tìm thấy tổ chức này."))
    if asked.kinds == (FindingKind.STRENGTH,):
        raise Invalid(_("Danh mục này chỉ gồm hạn chế, khuyết điểm. Hãy bỏ lọc theo ưu điểm rồi xuất lại."))
    found = register(actor, cell_filter(asked))
    if (number := found.count()) > most:
        raise Invalid(
            _(
                "Danh mục có %(number)s mục, quá dài cho một tệp (nhiều nhất %(most)s). Hãy lọc bớt rồi xuất lại."
            )
            % {"number": number, "most": most}
        )
    with _in_vietnamese():
        context = printing.findings_list(
            actor,
            with_parts(found),
            body=body,
            period=printing.period_words(asked.period),
            filters=conditions_in_words(actor, asked),
        )
    return context, printing.layout_of(body)


def _in_vietnamese() -> translation.override:
    """Văn bản in ra theo thể thức: in Vietnamese, whatever language its reader has chosen for the pages."""
    return translation.override(settings.LANGUAGE_CODE)
