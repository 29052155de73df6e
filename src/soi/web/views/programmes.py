"""Chương trình công tác, và bàn giao công việc khi đổi người giữ chức."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from soi.base.actor import Actor, Capability
from soi.base.errors import NotFound
from soi.base.text import search_terms
from soi.directives import queries as directives
from soi.forms.wording import upper_first
from soi.org.enums import WorkArea
from soi.web import task_choices, task_list
from soi.web.forms import work as forms
from soi.web.forms.fields import submit
from soi.web.forms.intake import own_body
from soi.web.forms.picks import key
from soi.web.http import SignedInRequest
from soi.web.period_words import shown
from soi.web.task_list import TaskRow
from soi.work import handing, permissions, programmes, queries
from soi.work.enums import TaskState
from soi.work.filters import COUNTED, DONE, OPEN, OVERDUE, TaskFilter

if TYPE_CHECKING:
    from soi.directives.models import Addressee, Directive
    from soi.work.models import Handover, Programme

PAGE_SIZE = 25
# A programme with more tasks than this shows its first ones; the list has them all.
MOST_TASKS = 300


# --- programmes ---------------------------------------------------------------------------------------


def programme_list(request: SignedInRequest) -> HttpResponse:
    """Danh sách chương trình, with how far each is."""
    actor, query, period = request.actor, request.GET.get("q", ""), request.GET.get("period", "")
    rows = queries.programmes_visible_to(actor)
    years = sorted({label[:4] for label in rows.order_by().values_list("period", flat=True)}, reverse=True)
    for term in search_terms(query):
        rows = rows.filter(title__icontains=term)
    if period in years:
        rows = rows.filter(period__startswith=period)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "figures": task_list.by_programme(actor, [programme.pk for programme in page]),
        "query": query,
        "period": period if period in years else "",
        "years": years,
        "may_record": actor.may(Capability.RECORD),
    }
    return render(request, "programmes/list.html", context)


def programme_new(request: SignedInRequest) -> HttpResponse:
    """Lập chương trình; with ``?addressee=`` it is how that body turns a paper into its own work."""
    actor = request.actor
    number = key(request.POST.get("addressee") or request.GET.get("addressee"))
    elaborates = directives.get_addressee(actor, number) if number else None
    body = elaborates.organization_id if elaborates else request.GET.get("org") or own_body(actor)
    initial = {
        "organization": body,
        "period": f"{actor.today.year:04d}",
        "title": _title(elaborates, actor.today),
    }
    form = forms.ProgrammeForm(request.POST or None, initial=initial, periods=_periods(actor.today))
    chosen = form["organization"].value()
    task_choices.offer(
        form.fields["organization"], actor, "don-vi-giao", chosen=chosen, empty=_("Chọn đơn vị")
    )

    def act(data: dict[str, Any]) -> Programme:
        return programmes.add_programme(actor=actor, elaborates=elaborates, now=request.now, **data)

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(request, _("Đã lập chương trình. Bây giờ hãy giao từng nhiệm vụ."))
        return redirect("programme_detail", done.pk)
    return render(request, "programmes/new.html", {"form": form, "elaborates": elaborates}, status=status)


def _title(elaborates: Addressee | None, today: dt.date) -> str:
    """Tên gợi ý: part of the record, so Vietnamese in every language."""
    if elaborates is None:
        return f"Chương trình công tác năm {today.year}"
    named = elaborates.directive
    return f"Chương trình thực hiện {named.number or named.title}".strip()


def _periods(today: dt.date) -> list[tuple[str, str]]:
    found = []
    for year in (today.year + 1, today.year, today.year - 1):
        found += [f"{year:04d}", *(f"{year:04d}-Q{quarter}" for quarter in (1, 2, 3, 4))]
    return [(period, upper_first(shown(period))) for period in found]


@dataclass(frozen=True, slots=True)
class Part:
    """Các nhiệm vụ của một lĩnh vực trong chương trình."""

    label: str
    rows: list[TaskRow]
    done: int
    percent: int


def programme_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Một chương trình: its tasks by area, how much is done, what is late."""
    programme = queries.get_programme(request.actor, pk)
    asked = TaskFilter(programme=pk)
    found = list(queries.listing(request.actor, asked)[: MOST_TASKS + 1])
    rows = task_list.rows_of(request.actor, found[:MOST_TASKS])
    numbers = task_list.counted(request.actor, asked)
    links = {name: task_list.url_of(replace(asked, standing=name)) for name in (OPEN, DONE, OVERDUE, COUNTED)}
    context = {
        "programme": programme,
        "paper": _paper(request.actor, programme),
        "parts": _parts(rows),
        "rest": len(found) > MOST_TASKS,
        "numbers": numbers,
        "percent": 100 * numbers.done // numbers.every if numbers.every else 0,
        "links": links,
        "all_url": task_list.url_of(asked),
        "may_assign": not permissions.assign_refusal(request.actor, programme.organization),
    }
    return render(request, "programmes/detail.html", context)


def _paper(actor: Actor, programme: Programme) -> Directive | None:
    """Văn bản mà chương trình thực hiện, where the viewer sees it."""
    above = programme.elaborates
    seen = above and directives.visible_to(actor).filter(pk=above.directive_id).exists()
    return above.directive if above and seen else None


def _parts(rows: list[TaskRow]) -> list[Part]:
    by_area: defaultdict[str, list[TaskRow]] = defaultdict(list)
    for row in rows:
        by_area[row.task.area].append(row)
    parts = []
    for area in WorkArea:
        held = by_area.get(area.value, [])
        counted = [row for row in held if row.task.state != TaskState.CANCELLED]
        done = sum(row.task.state == TaskState.DONE for row in counted)
        if held:
            parts.append(Part(str(area.label), held, done, 100 * done // len(counted) if counted else 0))
    return parts


# --- handing over ------------------------------------------------------------------------------------


def handover_list(request: SignedInRequest) -> HttpResponse:
    """Bàn giao: posts whose holder changed with tasks still open, and the records already made."""
    actor = request.actor
    page = Paginator(queries.handovers_visible_to(actor), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "pending": handing.posts_with_pending_handover(actor),
        "page": page,
        "to_sign": {handover.pk for handover in queries.handovers_to_sign(actor)},
    }
    return render(request, "programmes/handovers.html", context)


def handover_new(request: SignedInRequest, post: int, person: int) -> HttpResponse:
    """Lập biên bản bàn giao for one of the changes of holder that the list names."""
    pending = handing.posts_with_pending_handover(request.actor)
    one = next((row for row in pending if (row.post.pk, row.outgoing.pk) == (post, person)), None)
    if one is None:
        raise NotFound(_("Không có lần đổi người nào chờ bàn giao như vậy."))
    handover = handing.prepare_handover(
        actor=request.actor, post=one.post, outgoing=one.outgoing, on=one.on, now=request.now
    )
    messages.success(request, _("Đã lập biên bản bàn giao. Bên giao ký trước, bên nhận ký sau."))
    return redirect("handover_detail", handover.pk)


def handover_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Một biên bản bàn giao: the list, the two signatures; printable."""
    handover = queries.get_handover(request.actor, pk)
    return render(request, "programmes/handover.html", _handover_page(request, handover))


def handover_signing(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ký: the giver first, then whoever holds the post now."""
    handover = queries.get_handover(request.actor, pk)
    form = forms.SigningForm(request.POST)

    def act(data: dict[str, Any]) -> Handover:
        if handover.signed_out_at is None:
            return handing.sign_out(
                actor=request.actor, handover=handover, note=data["note"], now=request.now
            )
        return handing.sign_in(actor=request.actor, handover=handover, now=request.now)

    done, status = submit(form, act)
    if done:
        messages.success(request, _("Đã ký bàn giao."))
        return redirect("handover_detail", pk)
    context = {**_handover_page(request, handover), "form": form}
    return render(request, "programmes/handover.html", context, status=status)


def _handover_page(request: SignedInRequest, handover: Handover) -> dict[str, Any]:
    giving = handover.signed_out_at is None
    taking = not giving and handover.signed_in_at is None
    refusal = ""
    if giving:
        refusal = permissions.sign_out_refusal(request.actor, handover)
    elif taking:
        refusal = handing.sign_in_refusal(request.actor, handover)
    return {
        "handover": handover,
        "form": forms.SigningForm(),
        "may_sign": (giving or taking) and not refusal,
        "giving": giving,
        "refusal": refusal,
        "back": reverse("handover_list"),
    }
