"""Nhập bảng nhiệm vụ: template, upload, the trial row by row, the writing with its progress."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from soi.base.errors import Conflict, Invalid, NotFound, Refusal
from soi.documents.reading import SHEETS
from soi.forms.registry import slug
from soi.forms.wording import upper_first
from soi.forms.xlsx.task_errors import errors_workbook
from soi.forms.xlsx.task_template import TemplateContext, template_workbook
from soi.intake.sheets import actions, queries, writing
from soi.intake.sheets.enums import SheetState
from soi.intake.sheets.register import area_labels
from soi.web import sheet_page
from soi.web.forms.fields import submit
from soi.web.forms.intake import own_body
from soi.web.forms.picks import key
from soi.web.forms.sheets import ConfirmForm, SheetForm
from soi.web.http import SignedInRequest, attachment
from soi.web.period_words import shown

if TYPE_CHECKING:
    import datetime as dt

    from soi.intake.sheets.models import Sheet
    from soi.org.models import Organization
    from soi.work.models import Programme

PAGE_SIZE = 25
MOST_GONE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sheet_list(request: SignedInRequest) -> HttpResponse:
    """Các lần nhập bảng."""
    page = Paginator(queries.listing(request.actor), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "sheets/list.html", {"page": page})


# --- the template, and bringing a sheet in ---------------------------------------------------------------


def sheet_template(request: SignedInRequest) -> HttpResponse:
    """Bảng mẫu của một tổ chức, with its posts and bodies to choose from."""
    body = _body(request)
    choices = queries.choices_for(request.actor, body)
    context = TemplateContext(
        body=body.name, areas=tuple(area_labels()), bodies=choices.bodies, posts=choices.posts
    )
    data = template_workbook(context, created=request.now)
    return attachment(data, f"mau-nhap-nhiem-vu-{slug(body.name)}.xlsx", XLSX)


def _body(request: SignedInRequest) -> Organization:
    wanted = key(request.GET.get("org")) or own_body(request.actor)
    body = queries.bodies_to_import_for(request.actor).filter(pk=wanted or 0).first()
    if body is None:
        raise NotFound(_("Không tìm thấy tổ chức này."))
    return body


def sheet_new(request: SignedInRequest) -> HttpResponse:
    """Tải bảng lên, into the programme of ``?programme=`` or a new one."""
    actor = request.actor
    programme = _programme(request)
    initial = {
        "programme": programme.pk if programme else "",
        "organization": programme.organization_id if programme else own_body(actor),
        "period": f"{actor.today.year:04d}",
    }
    form = SheetForm(
        request.POST or None,
        request.FILES or None,
        actor=actor,
        periods=_periods(actor.today),
        initial=initial,
    )

    def act(data: dict[str, Any]) -> Sheet:
        chosen, file = data["programme"], data["file"]
        return actions.take_sheet(
            actor=actor,
            organization=chosen.organization if chosen else data["organization"],
            programme=chosen,
            title=data["title"],
            period=data["period"],
            # One byte more than allowed is enough for the reader to refuse.
            data=file.read(SHEETS.file_bytes + 1),
            filename=str(file.name),
            now=request.now,
        )

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        return redirect("sheet_detail", done.pk)
    return render(request, "sheets/new.html", {"form": form, "programme": programme}, status=status)


def _programme(request: SignedInRequest) -> Programme | None:
    asked = key(request.GET.get("programme"))
    return queries.programmes_to_fill(request.actor).filter(pk=asked).first() if asked else None


def _periods(today: dt.date) -> list[tuple[str, str]]:
    years = (today.year + 1, today.year, today.year - 1, today.year - 2)
    found = [
        period for year in years for period in (f"{year:04d}", *(f"{year:04d}-Q{n}" for n in (1, 2, 3, 4)))
    ]
    return [(period, upper_first(shown(period))) for period in found]


# --- one sheet ------------------------------------------------------------------------------------------


def sheet_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Một bảng: the trial with every row's fate, the progress of the writing, or what was written."""
    return _shown(request, queries.get(request.actor, pk))


def _shown(request: SignedInRequest, sheet: Sheet, refusal: Refusal | None = None) -> HttpResponse:
    page = sheet_page.build(sheet, request.GET)
    missing = list(queries.gone(request.actor, sheet)[: MOST_GONE + 1])
    context = {
        "sheet": sheet,
        "shown": page,
        "page": page.page,
        "chip": sheet_page.chip(page.asked, reverse("sheet_detail", args=[sheet.pk])),
        "gone": missing[:MOST_GONE],
        "gone_more": len(missing) > MOST_GONE,
        "refusal": refusal.sentence if refusal else "",
    }
    return render(request, "sheets/detail.html", context, status=refusal.status if refusal else 200)


def sheet_errors(request: SignedInRequest, pk: int) -> HttpResponse:
    """Bảng lỗi: the sheet with its mistakes coloured and told at the cells."""
    sheet = queries.get(request.actor, pk)
    if sheet.state == SheetState.DISCARDED:
        raise NotFound(_("Bảng này đã bỏ."))
    context, rows = sheet_page.marked(sheet)
    data = errors_workbook(context, rows, created=request.now)
    return attachment(data, f"can-sua-{slug(sheet.file_name.rpartition('.')[0]) or 'bang'}.xlsx", XLSX)


def sheet_confirmation(request: SignedInRequest, pk: int) -> HttpResponse:
    """Xác nhận: the writing begins; the page then goes on by itself."""
    sheet, form = queries.get(request.actor, pk), ConfirmForm(request.POST)
    leave_out = form.is_valid() and form.cleaned_data["leave_out_errors"]
    try:
        actions.start_writing(actor=request.actor, sheet=sheet, leave_out_errors=leave_out, now=request.now)
    except (Invalid, Conflict) as refusal:
        return _shown(request, queries.get(request.actor, pk), refusal)
    return redirect("sheet_detail", pk)


def sheet_writing(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ghi tiếp một nhóm dòng; answers with the progress, and with the whole page once all is written."""
    sheet = queries.get(request.actor, pk)
    sheet = writing.write_some(actor=request.actor, sheet=sheet, now=request.now)
    if not request.htmx:
        return redirect("sheet_detail", pk)
    if sheet.state != SheetState.WRITING:
        return HttpResponse(headers={"HX-Redirect": reverse("sheet_detail", args=[pk])})
    counted = queries.tally(sheet)
    context = {"sheet": sheet, "counted": counted, "percent": sheet_page.percent_of(counted)}
    return render(request, "sheets/_progress.html", context)


def sheet_discarding(request: SignedInRequest, pk: int) -> HttpResponse:
    """Bỏ bảng: nothing was written, nothing will be."""
    sheet = queries.get(request.actor, pk)
    actions.discard_sheet(actor=request.actor, sheet=sheet, now=request.now)
    messages.success(request, _("Đã bỏ bảng. Chưa có gì được ghi vào chương trình."))
    return redirect("sheet_list")
