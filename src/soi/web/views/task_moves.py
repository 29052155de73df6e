"""Các việc với một nhiệm vụ: reported, judged, answered, mended, handed over, given another day, called off."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from soi.base.errors import Conflict
from soi.documents import actions as documents
from soi.org.enums import WorkArea
from soi.web import task_choices, task_list, task_page
from soi.web.forms import work as forms
from soi.web.forms.fields import SoiForm, submit
from soi.web.http import SignedInRequest
from soi.web.views.tasks import better_wording
from soi.work import permissions, policies, progress, queries, tasks
from soi.work.enums import Result, TaskState, Verb

if TYPE_CHECKING:
    from soi.documents.models import Source
    from soi.work.models import ProgressReport, Task


# --- whoever does it ----------------------------------------------------------------------------------


def task_progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """Báo cáo tiến độ."""
    task, behalf = _to_report(request, pk, Verb.REPORT_PROGRESS)
    initial = {"percent": task.percent, "value": task.value}
    form = forms.TaskProgressForm(
        request.POST or None, request.FILES or None, initial=initial, measured=_measured(task)
    )

    def act(data: dict[str, Any]) -> ProgressReport:
        data["evidence"] = _evidence(request, task, data["evidence"])
        return progress.report_progress(actor=request.actor, task=task, now=request.now, **data)

    return _reported(
        request, task, form, act, tab="task_progress", behalf=behalf, said=_("Đã ghi báo cáo tiến độ.")
    )


def task_done(request: SignedInRequest, pk: int) -> HttpResponse:
    """Báo cáo đã làm xong, with one's own judgement; the level that gave the task judges afterwards."""
    task, behalf = _to_report(request, pk, Verb.REPORT_DONE)
    form = forms.TaskDoneForm(
        request.POST or None,
        request.FILES or None,
        initial={"value": task.value, "result": Result.ACHIEVED.value},
        measured=_measured(task),
        late=task.is_overdue(request.actor.today),
    )

    def act(data: dict[str, Any]) -> Task:
        data["evidence"] = _evidence(request, task, data["evidence"])
        data["result"] = Result(data["result"])
        return progress.report_done(actor=request.actor, task=task, now=request.now, **data)

    said = _("Đã báo cáo làm xong. Cấp giao sẽ đánh giá kết quả.")
    return _reported(request, task, form, act, tab="task_done", behalf=behalf, said=said)


def _to_report(request: SignedInRequest, pk: int, verb: Verb) -> tuple[Task, str]:
    task = queries.get(request.actor, pk)
    behalf = permissions.check_can_report(request.actor, task)
    _check_state(task, verb)
    return task, behalf


def _measured(task: Task) -> str:
    """Câu nhắc ở ô kết quả đo được; empty where nothing is measured."""
    if task.target is None:
        return ""
    return _("Chỉ tiêu: %(target)s.") % {"target": task_page.measure(task, task.target)}


def _reported(
    request: SignedInRequest,
    task: Task,
    form: SoiForm,
    act: Callable[[dict[str, Any]], object],
    *,
    tab: str,
    behalf: str,
    said: str,
) -> HttpResponse:
    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(request, said)
        return redirect("task_detail", task.pk)
    context = {**_head(request, task), "form": form, "tab": tab, "behalf": behalf}
    return render(request, "tasks/report.html", context, status=status)


def _evidence(request: SignedInRequest, task: Task, file: UploadedFile[Any] | None) -> Source | None:
    if file is None:
        return None
    return documents.receive_evidence(
        actor=request.actor,
        organization=task.organization,
        data=file.read(),
        filename=file.name or "",
        now=request.now,
    )


# --- whoever gave it ----------------------------------------------------------------------------------


def task_assessment(request: SignedInRequest, pk: int) -> HttpResponse:
    """Đánh giá kết quả, or give it back to be done further."""
    task = queries.get(request.actor, pk)
    permissions.check_can_assess(request.actor, task)
    overdue = task.is_overdue(request.actor.today)
    if sentence := policies.assess_refusal(TaskState(task.state), overdue=overdue):
        raise Conflict(sentence)
    offered = policies.results_offered(TaskState(task.state), overdue=overdue)
    late = overdue or (task.reported_on is not None and task.reported_on > task.due_on)
    own = queries.self_assessment(task)
    initial = {"late_cause": task.late_cause or (own.late_cause if own else "")}
    form = forms.TaskAssessmentForm(request.POST or None, initial=initial, late=late, offered=offered)

    def act(data: dict[str, Any]) -> Task:
        given = Result(data.pop("result"))
        if given == Result.RETURNED:
            return progress.return_task(actor=request.actor, task=task, note=data["note"], now=request.now)
        return progress.assess_task(actor=request.actor, task=task, result=given, now=request.now, **data)

    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        returned = done.state == TaskState.ACTIVE
        messages.success(request, _("Đã trả lại để làm tiếp.") if returned else _("Đã ghi đánh giá."))
        return redirect("task_detail", pk)
    context = {**_head(request, task), "form": form, "own": own, "last": queries.final_report(task)}
    return render(request, "tasks/assessment.html", context, status=status)


def task_request_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Trả lời đề nghị của người thực hiện."""
    report = queries.get_report(request.actor, pk)
    permissions.check_can_answer(request.actor, report)
    if sentence := permissions.answer_refusal(request.actor, report):
        raise Conflict(sentence)
    form = forms.RequestAnswerForm(request.POST or None)

    def act(data: dict[str, Any]) -> object:
        return progress.answer_request(actor=request.actor, report=report, text=data["text"], now=request.now)

    return _moved(
        request,
        report.task,
        form,
        act,
        title=_("Trả lời đề nghị"),
        button=_("Gửi trả lời"),
        said=_("Đã trả lời đề nghị."),
        quote=report.request,
        by=f"{report.reporter_label}, {report.on:%d/%m/%Y}",
    )


def task_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Sửa nội dung; refused when somebody else was faster."""
    task = _to_change(request, pk, Verb.EDIT)
    names = ("version", "statement", "deliverable", "area", "target", "unit", "weight")
    data = request.POST.copy() if request.method == "POST" else None
    if used := data is not None and request.POST.get("use", ""):
        data["statement"] = used
    form = forms.TaskEditForm(data, initial={name: getattr(task, name) for name in names})

    def act(data: dict[str, Any]) -> Task:
        version, area = data.pop("version"), WorkArea(data.pop("area"))
        return tasks.edit_task(
            actor=request.actor, task=task, expected_version=version, area=area, now=request.now, **data
        )

    done, status = (None, 200) if used or request.method != "POST" else submit(form, act)
    if done:
        messages.success(request, _("Đã ghi nội dung mới. Nội dung cũ vẫn còn trong lịch sử."))
        return redirect("task_detail", pk)
    wording = better_wording(form) if status == 422 else ""
    context = {**_head(request, task), "form": form, "wording": wording}
    return render(request, "tasks/edit.html", context, status=status)


def task_handing(request: SignedInRequest, pk: int) -> HttpResponse:
    """Chuyển sang chức vụ khác."""
    task = _to_change(request, pk, Verb.HAND_OVER)
    form = forms.HandOverForm(request.POST or None)
    field = form.fields["accountable_post"]
    chosen = form["accountable_post"].value()
    task_choices.offer(field, request.actor, "chuc-vu", chosen=chosen, empty=_("Chọn chức vụ"))

    def act(data: dict[str, Any]) -> Task:
        return tasks.hand_over_task(actor=request.actor, task=task, now=request.now, **data)

    return _moved(
        request,
        task,
        form,
        act,
        title=_("Chuyển người chịu trách nhiệm"),
        button=_("Chuyển"),
        said=_("Đã chuyển nhiệm vụ."),
        note=_("Báo cáo và đánh giá đã có đi theo nhiệm vụ."),
    )


def task_due(request: SignedInRequest, pk: int) -> HttpResponse:
    """Đổi hạn."""
    task = _to_change(request, pk, Verb.CHANGE_DUE)
    form = forms.DueForm(request.POST or None)

    def act(data: dict[str, Any]) -> Task:
        return tasks.change_due(actor=request.actor, task=task, now=request.now, **data)

    return _moved(
        request,
        task,
        form,
        act,
        title=_("Đổi hạn"),
        button=_("Đổi hạn"),
        said=_("Đã đổi hạn."),
        note=_("Hạn cũ và lý do vẫn còn trong lịch sử."),
    )


def task_cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    """Hủy nhiệm vụ: it stays in the list as cancelled, and counts for nobody."""
    task = _to_change(request, pk, Verb.CANCEL)
    form = forms.CancelForm(request.POST or None)

    def act(data: dict[str, Any]) -> Task:
        return tasks.cancel_task(actor=request.actor, task=task, reason=data["reason"], now=request.now)

    return _moved(
        request,
        task,
        form,
        act,
        title=_("Hủy nhiệm vụ"),
        button=_("Hủy nhiệm vụ này"),
        said=_("Đã hủy nhiệm vụ."),
        note=_("Nhiệm vụ đã hủy vẫn còn trong danh sách, không tính cho ai, và không mở lại được."),
        question=_("Hủy nhiệm vụ này?"),
    )


def _to_change(request: SignedInRequest, pk: int, verb: Verb) -> Task:
    task = queries.get(request.actor, pk)
    permissions.check_can_change(request.actor, task)
    _check_state(task, verb)
    return task


def _moved(
    request: SignedInRequest,
    task: Task,
    form: SoiForm,
    act: Callable[[dict[str, Any]], object],
    *,
    said: str,
    **words: str,
) -> HttpResponse:
    """Trang biểu mẫu về một nhiệm vụ, with the task's own words above the form."""
    done, status = submit(form, act) if request.method == "POST" else (None, 200)
    if done:
        messages.success(request, said)
        return redirect("task_detail", task.pk)
    context = {**_head(request, task), "form": form, **words}
    return render(request, "tasks/form.html", context, status=status)


def _head(request: SignedInRequest, task: Task) -> dict[str, Any]:
    return {
        "task": task,
        "row": task_list.rows_of(request.actor, [task])[0],
        "target": task_page.measure(task, task.target),
        "back": reverse("task_detail", args=[task.pk]),
    }


def _check_state(task: Task, verb: Verb) -> None:
    """The state answers before a form is filled in for nothing."""
    if sentence := policies.refusal(TaskState(task.state), verb):
        raise Conflict(sentence)
