"""Tiến độ và đánh giá: report, say "done", judge by another, return, answer a request; only here written."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db import transaction

from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict, Invalid
from soi.base.text import nfc
from soi.documents.models import Source
from soi.documents.permissions import evidence_allowed
from soi.history.actions import record
from soi.work import changing, permissions, policies
from soi.work.enums import Assessor, Result, TaskState, Verb
from soi.work.models import Assessment, ProgressReport, RequestAnswer, Task
from soi.work.rollup import Counted


@transaction.atomic
def report_progress(
    *,
    actor: Actor,
    task: Task,
    percent: int | None,
    note: str,
    now: dt.datetime,
    value: Decimal | None = None,
    difficulty: str = "",
    request: str = "",
    evidence: Source | None = None,
    on: dt.date | None = None,
) -> ProgressReport:
    """Báo cáo tiến độ: a percentage, or the value measured so far, from which it follows.

    100 percent does not yet say "done": that is ``report_done``. ``request`` waits for the superior's answer.
    """
    current = changing.fresh(task)
    behalf = permissions.check_can_report(actor, current)
    policies.next_state(TaskState(current.state), Verb.REPORT_PROGRESS)
    value = changing.measured(value, "value")
    report = _write_report(
        actor, current, behalf, percent=_percent(current, percent, value), value=value, note=note,
        difficulty=nfc(difficulty), request=nfc(request), evidence=evidence, on=on,
    )  # fmt: skip
    current.percent, current.value = report.percent, current.value if value is None else value
    current.save(update_fields=["percent", "value"])
    record(
        actor=actor, action="work.report", subject=current, now=now,
        organization=current.organization, accountable_post=current.accountable_post,
        assigned_by=current.assigned_by, due_on=current.due_on, on_behalf=behalf, percent=report.percent,
        value=report.value, note=report.note, difficulty=report.difficulty, request=report.request,
        on=report.on, evidence=evidence, report=report.pk,
    )  # fmt: skip
    return report


@transaction.atomic
def report_done(
    *,
    actor: Actor,
    task: Task,
    note: str,
    result: Result,
    now: dt.datetime,
    value: Decimal | None = None,
    late_cause: str = "",
    evidence: Source | None = None,
    on: dt.date | None = None,
) -> Task:
    """Báo cáo đã làm xong, with one's own assessment; then it waits for the level that gave it.

    ``on``: the day it was finished, by which late is judged; when late, the cause is demanded.
    """
    current = changing.fresh(task)
    behalf = permissions.check_can_report(actor, current)
    state = policies.next_state(TaskState(current.state), Verb.REPORT_DONE)
    _check_subtasks(current)
    day = changing.report_day(actor, current, on)
    cause = changing.late_cause_of(late_cause, late=day > current.due_on)
    value = changing.measured(value, "value")
    report = _write_report(
        actor, current, behalf, percent=100, value=value, note=note, evidence=evidence, on=day, final=True
    )
    own = _assess(
        actor, current, Assessor.SELF, _judgement(result), note=report.note, cause=cause,
        label=report.reporter_label,
    )  # fmt: skip
    before = Counted.of(current)
    current.percent, current.value = 100, current.value if value is None else value
    current.reported_on, current.late_cause = day, cause
    _settle(current, before, state, None)
    record(
        actor=actor, action="work.report_done", subject=current, now=now,
        organization=current.organization, accountable_post=current.accountable_post,
        assigned_by=current.assigned_by, due_on=current.due_on, on_behalf=behalf, note=report.note,
        value=report.value, on=day, result=own.result, late_cause=cause, evidence=evidence,
    )  # fmt: skip
    return current


@transaction.atomic
def return_task(*, actor: Actor, task: Task, note: str, now: dt.datetime) -> Task:
    """Chưa đạt, làm tiếp: the task is active again, as far as it was reported before it was called done."""
    current = changing.fresh(task)
    assessor = permissions.check_can_assess(actor, current)
    state = policies.next_state(TaskState(current.state), Verb.RETURN)
    verdict = _assess(
        actor, current, Assessor.SUPERIOR, Result.RETURNED, note=changing.noted(note, "còn thiếu gì"),
        assessor=assessor,
    )  # fmt: skip
    before = Counted.of(current)
    earlier = current.reports.filter(is_final=False).order_by("-pk").values_list("percent", flat=True).first()
    current.percent, current.reported_on, current.late_cause = earlier or 0, None, ""
    _settle(current, before, state, None)
    _record_verdict(actor, "work.return", current, verdict, now)
    return current


@transaction.atomic
def assess_task(
    *, actor: Actor, task: Task, result: Result, note: str, now: dt.datetime, late_cause: str = ""
) -> Task:
    """Đánh giá kết quả: the only way to end a task as done or failed, and only by somebody without a part in it.

    ``late_cause`` as the accountable post gave it, unless the superior sees it otherwise. A task that is overdue
    and was never reported can only be called not achieved.
    """
    current = changing.fresh(task)
    assessor = permissions.check_can_assess(actor, current)
    result = _judgement(result)
    overdue = current.is_overdue(actor.today)
    state = policies.next_state(TaskState(current.state), Verb.ASSESS, result=result, overdue=overdue)
    late = overdue or (current.reported_on is not None and current.reported_on > current.due_on)
    cause = changing.late_cause_of(late_cause or current.late_cause, late=late)
    verdict = _assess(
        actor, current, Assessor.SUPERIOR, result, note=changing.noted(note, "nhận xét, căn cứ đánh giá"),
        cause=cause, assessor=assessor,
    )  # fmt: skip
    before = Counted.of(current)
    current.late_cause, current.closed_on = cause, actor.today
    _settle(current, before, state, result)
    _record_verdict(actor, "work.assess", current, verdict, now)
    return current


@transaction.atomic
def answer_request(*, actor: Actor, report: ProgressReport, text: str, now: dt.datetime) -> RequestAnswer:
    """Trả lời đề nghị, once: further words are a new report and a new answer."""
    task = changing.fresh(report.task)
    report = ProgressReport.objects.select_related("task__assigned_by").get(pk=report.pk)
    person_id = permissions.check_can_answer(actor, report)
    if not report.request:
        raise Conflict("Báo cáo này không nêu đề nghị nào.")
    if RequestAnswer.objects.filter(report=report).exists():
        raise Conflict("Đề nghị này đã được trả lời.")
    answer = RequestAnswer.objects.create(
        report=report,
        on=actor.today,
        text=changing.noted(text, "nội dung trả lời", "text"),
        answered_by_id=person_id,
        answerer_label=actor.label,
    )
    record(
        actor=actor, action="work.answer_request", subject=task, now=now,
        organization=task.organization, accountable_post=task.accountable_post,
        due_on=task.due_on, report=report.pk, request=report.request, text=answer.text,
    )  # fmt: skip
    return answer


# --- parts shared by the verbs above -----------------------------------------------------------------


def _percent(task: Task, percent: int | None, value: Decimal | None) -> int:
    if percent is None and value is not None and task.target:
        return min(100, int(value * 100 / task.target))
    if percent is None or not 0 <= percent <= 100:
        raise Invalid(
            "Ghi tiến độ bằng số phần trăm từ 0 đến 100"
            + (f", hoặc kết quả đo được ({task.unit})." if task.target else "."),
            {"percent": "Ghi số từ 0 đến 100."},
        )
    return percent


def _judgement(result: str) -> Result:
    if result not in policies.JUDGEMENTS:
        raise Invalid(
            "Hãy chọn mức đánh giá: vượt yêu cầu, đạt yêu cầu hoặc không đạt.", {"result": "Chọn một mức."}
        )
    return Result(result)


def _check_subtasks(task: Task) -> None:
    if task.parts_due is None:
        return
    left = list(task.subtasks.filter(state=TaskState.ACTIVE).order_by("due_on", "pk").only("statement")[:3])
    if left:
        names = "; ".join(f"«{one}»" for one in left)
        raise Conflict(
            f"Nhiệm vụ này còn nhiệm vụ con chưa báo cáo xong: {names}. "
            "Hãy báo cáo sau khi các nhiệm vụ con đã xong hoặc được hủy."
        )


def _write_report(
    actor: Actor,
    task: Task,
    behalf: str,
    *,
    percent: int,
    value: Decimal | None,
    note: str,
    evidence: Source | None,
    on: dt.date | None,
    difficulty: str = "",
    request: str = "",
    final: bool = False,
) -> ProgressReport:
    return ProgressReport.objects.create(
        task=task,
        on=changing.report_day(actor, task, on),
        percent=percent,
        value=value,
        note=changing.noted(note, "kết quả đã làm"),
        difficulty=difficulty,
        request=request,
        is_final=final,
        evidence=evidence_allowed(actor, evidence),
        reported_by_id=actor.person_id,
        reporter_label=f"{actor.label} (ghi thay {behalf})" if behalf else actor.label,
    )


def _assess(
    actor: Actor,
    task: Task,
    by: Assessor,
    result: Result,
    *,
    note: str,
    cause: str = "",
    label: str = "",
    assessor: int | None = None,
) -> Assessment:
    return Assessment.objects.create(
        task=task,
        by=by,
        result=result,
        on=actor.today,
        note=note,
        late_cause=cause,
        assessor_id=actor.person_id if assessor is None else assessor,
        assessor_label=label or actor.label,
    )


def _settle(task: Task, before: Counted, state: TaskState, result: Result | None) -> None:
    """Write the state and everything that follows from it, and tell the figures."""
    task.state = state
    task.standing = policies.standing_of(
        state, result=result, reported_on=task.reported_on, due_on=task.due_on
    )
    changing.save(
        task, before,
        "state", "standing", "percent", "value", "reported_on", "closed_on", "late_cause",
    )  # fmt: skip


def _record_verdict(
    actor: Actor, action: str, task: Task, verdict: Assessment, now: dt.datetime
) -> None:  # fmt: skip
    record(
        actor=actor, action=action, subject=task, now=now, using=Capability.RECORD,
        organization=task.organization, accountable_post=task.accountable_post, due_on=task.due_on,
        result=verdict.result, note=verdict.note, on=verdict.on, late_cause=verdict.late_cause,
        standing=task.standing,
    )  # fmt: skip
