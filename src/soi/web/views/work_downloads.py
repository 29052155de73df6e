"""Tải về bằng Excel: a list of tasks, a programme, the table of who has studied a directive."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from soi.base.errors import Invalid
from soi.directives import queries as directives
from soi.forms import registry
from soi.forms.forms.programme.context import ProgrammeContext
from soi.forms.forms.task_list.context import TaskListContext
from soi.web import task_list, work_printing
from soi.web.days import chosen_day
from soi.web.http import SignedInRequest, attachment
from soi.web.period_words import say
from soi.work import queries
from soi.work.filters import TaskFilter

MOST_IN_EXCEL = 20_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def tasks_xlsx(request: SignedInRequest) -> HttpResponse:
    """Danh sách nhiệm vụ theo đúng bộ lọc đang xem."""
    actor, asked = request.actor, TaskFilter.from_query(request.GET)
    day = asked.as_of or actor.today
    found = queries.listing(actor, asked)
    if (number := found.count()) > MOST_IN_EXCEL:
        raise Invalid(
            _(
                "Danh sách có %(number)s nhiệm vụ, quá dài cho một tệp (nhiều nhất %(most)s). Hãy lọc bớt rồi xuất lại."
            )
            % {"number": number, "most": MOST_IN_EXCEL}
        )
    with _in_vietnamese():
        chips = task_list.chips(actor, asked, task_list.choices(actor, asked))
        context = TaskListContext(
            as_of=day,
            tasks=work_printing.task_lines(actor, found, day),
            filters=tuple(f"{chip.label}: {chip.value}" for chip in chips),
        )
    return _workbook(request, "task_list", context, subject="")


def programme_xlsx(request: SignedInRequest, pk: int) -> HttpResponse:
    """Một chương trình với mọi nhiệm vụ của nó; mended, it can be read in again."""
    actor = request.actor
    programme = queries.get_programme(actor, pk)
    found = queries.listing(actor, TaskFilter(programme=pk))
    if found.count() > MOST_IN_EXCEL:
        raise Invalid(
            _("Chương trình quá dài cho một tệp. Hãy xuất từ danh sách nhiệm vụ, lọc bớt rồi xuất.")
        )
    with _in_vietnamese():
        context = ProgrammeContext(
            title=programme.title,
            body=programme.organization.name,
            period=say(programme.period),
            as_of=actor.today,
            tasks=work_printing.task_lines(actor, found, actor.today),
        )
    return _workbook(request, "programme", context, subject=programme.title)


def acknowledgements_xlsx(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ai đã xác nhận, quán triệt, cụ thể hóa một văn bản, as of the day asked for."""
    directive = directives.get(request.actor, pk)
    with _in_vietnamese():
        context = work_printing.acknowledgements(request.actor, directive, chosen_day(request))
    return _workbook(request, "acknowledgements", context, subject=directive.number or directive.title)


def _workbook(request: SignedInRequest, form: str, context: object, *, subject: str) -> HttpResponse:
    data = registry.render(form, context, created=request.now)
    name = registry.file_name(form, day=request.actor.today, subject=subject, extension="xlsx")
    return attachment(data, name, XLSX)


def _in_vietnamese() -> translation.override:
    """Văn bản in ra in Vietnamese, whatever language its reader has chosen for the pages."""
    return translation.override(settings.LANGUAGE_CODE)
