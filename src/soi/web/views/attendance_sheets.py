"""Tải danh sách điểm danh: Word to be signed, Excel to be counted."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.utils import translation

from soi.conferences import attending_rights as rights
from soi.conferences import queries
from soi.forms import registry
from soi.forms.forms.attendance_sheet.context import AttendanceSheetContext
from soi.forms.forms.attendance_sheet.workbook import workbook
from soi.web import attendance_printing, printing
from soi.web.http import SignedInRequest, attachment
from soi.web.views.downloads import DOCX, XLSX


def attendance_docx(request: SignedInRequest, pk: int) -> HttpResponse:
    """Danh sách điểm danh, Word."""
    context, layout = _sheet(request, pk)
    data = registry.render("attendance_sheet", context, created=request.now, layout_id=layout)
    return _file(data, context, "docx", DOCX)


def attendance_xlsx(request: SignedInRequest, pk: int) -> HttpResponse:
    """Danh sách điểm danh, Excel."""
    context, _layout = _sheet(request, pk)
    return _file(workbook(context, created=request.now), context, "xlsx", XLSX)


def _sheet(request: SignedInRequest, pk: int) -> tuple[AttendanceSheetContext, str]:
    conference = queries.get(request.actor, pk)
    reach = rights.check_keeps_attendance(request.actor, conference)
    # On paper it is Vietnamese, whatever language the reader has chosen for the pages.
    with translation.override(settings.LANGUAGE_CODE):
        context = attendance_printing.sheet(conference, reach, request.now)
    return context, printing.layout_of(conference.organization)


def _file(data: bytes, context: AttendanceSheetContext, extension: str, media_type: str) -> HttpResponse:
    name = registry.file_name("attendance_sheet", day=context.day, subject=context.title, extension=extension)
    return attachment(data, name, media_type)
