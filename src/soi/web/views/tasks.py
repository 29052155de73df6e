"""Nhiệm vụ: the list, one task, and giving a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from soi.base.actor import Actor, Capability
from soi.base.errors import NotFound
from soi.directives import queries as directives
from soi.documents.logic.filenames import content_disposition
from soi.org.enums import WorkArea
from soi.web import task_choices, task_list, task_page
from soi.web.event_words import told
from soi.web.forms import work as forms
from soi.web.forms.fields import submit
from soi.web.forms.picks import key
from soi.web.http import SignedInRequest
from soi.work import queries, tasks
from soi.work.enums import Origin
from soi.work.filters import OPEN, TaskFilter
from soi.work.logic import vagueness

if TYPE_CHECKING:
    from soi.directives.models import Directive
    from soi.work.models import Programme, Task

PAGE_SIZE = 25


def task_list_page(request: SignedInRequest) -> HttpResponse:
    """Danh sách nhiệm vụ: filters, figures and rows of the same tasks; rows can be chosen for bulk work."""
    actor, asked = request.actor, TaskFilter.from_query(request.GET)
    if set(request.GET) <= {"page"}:
        # The bare address shows what is still to be done; ``?standing=`` shows everything.
        asked = TaskFilter(standing=OPEN)
    numbers = task_list.counted(actor, asked)
    paginator: Paginator[Any] = Paginator(range(numbers.shown), PAGE_SIZE)
    number = paginator.get_page(request.GET.get("page")).number
    found = queries.listing(actor, asked)[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    offered = task_list.choices(actor, asked)
    may_record = actor.may(Capability.RECORD)
    rows = task_list.rows_of(actor, list(found), asked.as_of)
    # The rows are already those of this page; the paginator only counts.
    page: Page[Any] = Page(rows, number, paginator)
    context = {
        "asked": asked,
        "query": asked.as_query(),
        "page": page,
        "tiles": task_list.tiles(numbers, asked),
        "chips": task_list.chips(actor, asked, offered),
        "choices": offered,
        "may_record": may_record,
        # Nothing at all, as against nothing that fits.
        "is_bare": asked == TaskFilter(standing=OPEN) and not numbers.every,
        "here": request.get_full_path(),
        "change": _bulk_change(request) if may_record else None,
    }
    response = render(request, "tasks/list.html", context)
    if request.htmx:
        # The address without the empty fields that the form sends along.
        response.headers["HX-Push-Url"] = task_list.url_of(asked)
    return response


def _bulk_change(request: SignedInRequest) -> dict[str, Any] | None:
    """Việc hàng loạt vừa làm, with its undo: said aloud the first time, and for the day within reach."""
    change = queries.bulk_changes_of(request.actor).first()
    said = request.session.pop("bulk_change", "")
    return {"change": change, "said": said} if change else None


def task_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Một nhiệm vụ: what, who, by when, how far, and what I can do now."""
    task = queries.get(request.actor, pk)
    return render(request, "tasks/detail.html", task_page.build(request.actor, task))


def task_history(request: SignedInRequest, pk: int) -> HttpResponse:
    """Lịch sử, in plain words; the task's page loads it when it is unfolded."""
    task = queries.get(request.actor, pk)
    events = [told(event) for event in queries.history_of(task)]
    context = {"task": task, "events": events, "back": reverse("task_detail", args=[pk])}
    return render(request, "tasks/history.html", context)


def task_evidence(request: SignedInRequest, pk: int, source: int) -> FileResponse:
    """Tải minh chứng: whoever sees the task sees what proves it."""
    task = queries.get(request.actor, pk)
    kept = {report.evidence_id: report.evidence for report in task.reports.all() if report.evidence}
    if source not in kept:
        raise NotFound(_("Không tìm thấy minh chứng này."))
    file = kept[source]
    response = FileResponse(file.file.open("rb"), content_type=file.media_type)
    response.headers["Content-Disposition"] = content_disposition(file.original_name)
    return response


def task_choices_page(request: SignedInRequest, what: str) -> HttpResponse:
    """Lựa chọn trong sổ, for a select that does not hold them all."""
    if what not in task_choices.KINDS:
        raise NotFound(_("Không có danh sách này."))
    options = task_choices.found(request.actor, what, request.GET.get("q", ""))
    return render(request, "tasks/_choices.html", {"options": options})


# --- giving a task ------------------------------------------------------------------------------------


def task_new(request: SignedInRequest) -> HttpResponse:
    """Giao nhiệm vụ: alone, as a part of a greater one, of a programme, or to carry out a paper."""
    actor = request.actor
    frame = _Frame.read(request)
    form = _new_form(request, frame)

    def act(data: dict[str, Any]) -> Task:
        data["contributors"] = [tasks.ContributorEntry(body) for body in data["contributors"]]
        data["area"] = WorkArea(data["area"])
        return tasks.assign_task(
            actor=actor, parent=frame.parent, origin=_origin(data), now=request.now, **data
        )

    posted = request.method == "POST"
    if posted and request.POST.get("use"):
        form = _new_form(request, frame, statement=request.POST["use"])
        return _new_page(request, form, frame, "", 200)
    done, status = submit(form, act) if posted else (None, 200)
    if done:
        messages.success(request, _("Đã giao nhiệm vụ cho %(post)s.") % {"post": done.accountable_post})
        return redirect("task_detail", done.pk)
    wording = better_wording(form) if status == 422 else ""
    return _new_page(request, form, frame, wording, status)


def better_wording(form: forms.TaskWordsForm) -> str:
    """Câu gợi ý, where the refusal is about a statement that only exhorts."""
    statement = str(form.cleaned_data.get("statement", "")) if hasattr(form, "cleaned_data") else ""
    if "statement" not in form.errors or not statement:
        statement = str(form["statement"].value() or "") if "statement" in form.errors else ""
    return vagueness.better_wording(statement) if vagueness.is_exhortation(statement) else ""


class _Frame:
    """Khung của nhiệm vụ mới: what it belongs to, from the address; each part only where it is in sight."""

    def __init__(self, parent: Task | None, programme: Programme | None, directive: Directive | None) -> None:
        self.parent, self.programme, self.directive = parent, programme, directive

    @classmethod
    def read(cls, request: SignedInRequest) -> _Frame:
        """A number that leads nowhere answers like a missing record."""
        actor = request.actor
        parent, programme, directive = (
            key(request.POST.get(name) or request.GET.get(name))
            for name in ("parent", "programme", "directive")
        )
        above = queries.get(actor, parent) if parent else None
        named = queries.get_programme(actor, programme) if programme else None
        paper = directives.get(actor, directive) if directive else None
        if above is not None:
            paper = paper or above.directive
            # A programme is of the body that gives; the task above may belong to that of a higher level.
            if above.programme and above.programme.organization_id == above.organization_id:
                named = named or above.programme
        return cls(above, named, paper)

    def giver(self, actor: Actor) -> int | None:
        """Đơn vị giao: the body that does the greater task, or whose programme it is; else one's own."""
        if self.parent:
            return self.parent.organization_id
        if self.programme:
            return self.programme.organization_id
        return next((g.organization_id for g in actor.grants if g.capability == Capability.RECORD), None)

    @property
    def back(self) -> str:
        if self.parent:
            return reverse("task_detail", args=[self.parent.pk])
        if self.programme:
            return reverse("programme_detail", args=[self.programme.pk])
        return reverse("task_list")


def _new_form(request: SignedInRequest, frame: _Frame, *, statement: str = "") -> forms.TaskForm:
    data = request.POST.copy() if request.method == "POST" else None
    if data is not None and statement:
        data["statement"] = statement
    initial = {
        "assigned_by": frame.giver(request.actor),
        "programme": frame.programme.pk if frame.programme else "",
        "directive": frame.directive.pk if frame.directive else "",
        "area": frame.parent.area if frame.parent else "",
        "due_on": frame.parent.due_on if frame.parent else "",
        "start_on": request.actor.today,
        "accountable_post": request.GET.get("post", ""),
        "weight": 1,
    }
    form = forms.TaskForm(data, initial=initial)
    for name, kind, empty in (
        ("accountable_post", "chuc-vu", _("Chọn chức vụ")),
        ("assigned_by", "don-vi-giao", ""),
        ("contributors", "to-chuc", ""),
        ("programme", "chuong-trinh", _("Không thuộc chương trình nào")),
        ("directive", "van-ban", _("Không theo văn bản nào")),
    ):
        chosen = form[name].value() or ([] if name == "contributors" else None)
        task_choices.offer(form.fields[name], request.actor, kind, chosen=chosen, empty=empty)
    return form


def _origin(data: dict[str, Any]) -> Origin:
    if data["directive"]:
        return Origin.DIRECTIVE
    return Origin.PROGRAMME if data["programme"] else Origin.AD_HOC


def _new_page(
    request: SignedInRequest, form: forms.TaskForm, frame: _Frame, wording: str, status: int
) -> HttpResponse:
    context = {"form": form, "frame": frame, "wording": wording, "back": frame.back}
    return render(request, "tasks/new.html", context, status=status)
