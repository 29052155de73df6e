"""Hội nghị: the list, one conference, and what is written into its record by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from soi.base.actor import Capability
from soi.base.errors import Conflict
from soi.conferences import actions, conclusions, minutes, permissions, queries
from soi.conferences.enums import ConferenceKind, Form, Presence
from soi.org import directory
from soi.org.enums import WorkArea
from soi.org.queries import search_people
from soi.web import conference_page, task_choices
from soi.web.forms import conferences as forms
from soi.web.forms.fields import SoiForm, submit
from soi.web.http import SignedInRequest

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from soi.conferences.models import Attendance, Conclusion, Conference
    from soi.org.models import Person
    from soi.work.models import Task

PAGE_SIZE = 25
# So many people are offered for one search; who is not among them is found by more letters of the name.
MOST_FOUND = 20


def conference_list(request: SignedInRequest) -> HttpResponse:
    """Danh sách hội nghị, newest first."""
    choices = conference_page.choices(request.actor)
    wanted = conference_page.read_filter(request.GET, choices.bodies)
    page = Paginator(queries.listing(request.actor, wanted), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "choices": choices,
        "wanted": wanted,
        "is_filtered": wanted != queries.ConferenceFilter(),
        "may_record": request.actor.may(Capability.RECORD),
        "today": request.actor.today,
    }
    return render(request, "conferences/list.html", context)


def conference_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Một hội nghị: facts, people, findings, conclusions, sources, history."""
    conference = queries.get(request.actor, pk)
    return render(request, "conferences/detail.html", conference_page.build(request.actor, conference))


def conference_new(request: SignedInRequest) -> HttpResponse:
    """Lập hồ sơ một hội nghị không có văn bản để đọc."""
    initial = {"organization": request.GET.get("org", ""), "date_start": request.actor.today}
    form = forms.NewConferenceForm(request.POST or None, actor=request.actor, initial=initial)

    def act(data: dict[str, Any]) -> Conference:
        data["kind"], data["form"] = ConferenceKind(data["kind"]), Form(data["form"])
        return actions.record_conference(actor=request.actor, now=request.now, **data)

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(request, _("Đã lập hồ sơ hội nghị. Bây giờ hãy ghi người dự và kết luận."))
        return redirect("conference_detail", done.pk)
    context = {"form": form, "title": _("Lập hồ sơ hội nghị"), "button": _("Lập hồ sơ")}
    return render(request, "conferences/form.html", context, status=status)


def conference_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Sửa thông tin chung; refused when somebody else was faster."""
    conference = _editable(request, pk)
    names = (
        "title", "kind", "form", "date_start", "date_end", "starts_at", "ends_at", "period", "place", "version",
    )  # fmt: skip
    form = forms.EditConferenceForm(
        request.POST or None, initial={name: getattr(conference, name) for name in names}
    )

    def act(data: dict[str, Any]) -> Conference:
        data["kind"], data["form"] = ConferenceKind(data["kind"]), Form(data["form"])
        data["date_end"] = data["date_end"] or data["date_start"]
        version = data.pop("version")
        return actions.edit_conference(
            actor=request.actor, conference=conference, expected_version=version, now=request.now, **data
        )

    return _written(
        request, conference, form, act, title=_("Sửa thông tin hội nghị"), button=_("Ghi thay đổi")
    )


def conference_attendance(request: SignedInRequest, pk: int) -> HttpResponse:
    """Thêm người dự: look for the person, then say in which role, or that he was away."""
    conference = _editable(request, pk)
    query = request.GET.get("q", "")
    people = queries.people_known_to(request.actor).exclude(attendances__conference=conference)
    found = _found(people, query, conference)
    form = forms.AttendanceForm(request.POST or None, people=people, sites=conference.sites.all())
    done, status = None, 200
    if request.method == "POST":
        done, status = submit(form, lambda data: _attend(request, conference, data))
    if done:
        messages.success(request, _("Đã ghi %(person)s.") % {"person": done.person})
        return redirect("conference_detail", pk)
    chosen = str(form["person"].value() or "")
    if chosen.isdecimal() and not found:
        found = _found(people.filter(pk=int(chosen[:18])), "", conference, anyone=True)
    context = {"form": form, "conference": conference, "query": query, "found": found, "chosen": chosen}
    name = "conferences/_people.html" if request.htmx else "conferences/attendance.html"
    return render(request, name, context, status=status)


def conference_conclusion(request: SignedInRequest, pk: int) -> HttpResponse:
    """Thêm một kết luận."""
    conference = _editable(request, pk)
    form = forms.ConclusionForm(request.POST or None)

    def act(data: dict[str, Any]) -> list[Conclusion]:
        data["area"] = WorkArea(data["area"])
        one = minutes.NewConclusion(**data)
        return minutes.add_conclusions(
            actor=request.actor, conference=conference, conclusions=[one], now=request.now
        )

    return _written(request, conference, form, act, title=_("Thêm kết luận"), button=_("Ghi kết luận"))


def conclusion_task(request: SignedInRequest, pk: int) -> HttpResponse:
    """Giao nhiệm vụ theo một kết luận, in one step."""
    conclusion = queries.get_conclusion(request.actor, pk)
    conference = _editable(request, conclusion.conference_id)
    if conclusion.task:
        raise Conflict(_("Kết luận này đã được giao thành nhiệm vụ."))
    initial = {"statement": conclusion.statement, "area": conclusion.area}
    form = forms.ConclusionTaskForm(request.POST or None, initial=initial)
    post = form.fields["accountable_post"]
    chosen = form["accountable_post"].value()
    task_choices.offer(post, request.actor, "chuc-vu", chosen=chosen, empty=_("Chọn chức vụ"))

    def act(data: dict[str, Any]) -> Task:
        data["area"] = WorkArea(data["area"])
        return conclusions.give_task(actor=request.actor, conclusion=conclusion, now=request.now, **data)

    title = _("Giao nhiệm vụ theo kết luận %(number)s") % {"number": conclusion.number}
    return _written(request, conference, form, act, title=title, button=_("Giao nhiệm vụ"))


def _written(
    request: SignedInRequest, conference: Conference, form: SoiForm, act: Any, *, title: str, button: str
) -> HttpResponse:
    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(request, _("Đã ghi vào hồ sơ hội nghị."))
        return redirect("conference_detail", conference.pk)
    context = {"form": form, "conference": conference, "title": title, "button": button}
    return render(request, "conferences/form.html", context, status=status)


def _attend(request: SignedInRequest, conference: Conference, data: dict[str, Any]) -> Attendance:
    data["presence"] = Presence(data["presence"])
    data["rank"], data["posts"] = data["rank"] or None, data["posts"] or None
    return minutes.record_attendance(actor=request.actor, conference=conference, now=request.now, **data)


def _found(
    people: QuerySet[Person], query: str, conference: Conference, *, anyone: bool = False
) -> list[Person]:
    if not query.strip() and not anyone:
        return []
    rows = directory.with_posts(search_people(people, query), on=conference.date_start)
    return list(rows[:MOST_FOUND])


def _editable(request: SignedInRequest, pk: int) -> Conference:
    conference = queries.get(request.actor, pk)
    permissions.check_can_edit(request.actor, conference)
    return conference
