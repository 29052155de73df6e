"""Trang một nhiệm vụ: its parts, the one thing the viewer should do now, and why not where a button is missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from soi.base.actor import Actor, Capability
from soi.conferences import queries as conferences
from soi.directives import queries as directives
from soi.findings import queries as findings
from soi.web import task_list
from soi.web.parts import Act
from soi.web.task_list import TaskRow
from soi.work import permissions, queries
from soi.work.enums import Assessor, TaskState, Verb
from soi.work.filters import TaskFilter

if TYPE_CHECKING:
    from soi.work.models import Assessment, ProgressReport, RequestAnswer, Task


@dataclass(frozen=True, slots=True)
class Why:
    """Vì sao không: the verbs that one sentence refuses."""

    verbs: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Told:
    """Một báo cáo trong dòng thời gian, with its answer and whether the viewer may answer it."""

    report: ProgressReport
    answer: RequestAnswer | None
    measured: str
    may_answer: bool
    waits: bool


@dataclass(frozen=True, slots=True)
class Below:
    """Nhiệm vụ con: the rows, and what they come to by weight."""

    rows: list[TaskRow]
    percent: int
    done: int


@dataclass(frozen=True, slots=True)
class Origins:
    """Nguồn gốc that the viewer may open."""

    programme: bool
    directive: bool
    finding: int | None
    conferences: list[Any]


# Verb, address, words on the button, icon; in the order of the menu.
_DEEDS: dict[Verb, tuple[str, Callable[[], str], str]] = {
    Verb.ASSESS: ("task_assessment", lambda: _("Đánh giá kết quả"), "check"),
    Verb.REPORT_PROGRESS: ("task_progress", lambda: _("Báo cáo tiến độ"), "edit"),
    Verb.REPORT_DONE: ("task_done", lambda: _("Báo cáo đã làm xong"), "check"),
    Verb.REMIND: ("task_bulk", lambda: _("Nhắc việc"), "bell"),
    Verb.CHANGE_DUE: ("task_due", lambda: _("Đổi hạn"), "calendar"),
    Verb.HAND_OVER: ("task_handing", lambda: _("Chuyển người chịu trách nhiệm"), "handover"),
    Verb.EDIT: ("task_edit", lambda: _("Sửa nội dung"), "edit"),
    Verb.CANCEL: ("task_cancel", lambda: _("Hủy nhiệm vụ"), "close"),
}


def build(actor: Actor, task: Task) -> dict[str, Any]:
    """Everything the template shows; the caller got ``task`` with its parts from ``queries.get``."""
    row = task_list.rows_of(actor, [task])[0]
    moves = permissions.moves_for(actor, task)
    refusals = {move.verb: move.refusal for move in moves}
    reports = told(actor, task)
    acts = acts_of(actor, task, refusals, reports)
    return {
        "task": task,
        "row": row,
        "main": acts[0] if acts else None,
        "others": acts[1:],
        "why_not": _why_not(moves),
        "reports": reports[::-1],
        "judgements": _judgements(task),
        "target": measure(task, task.target),
        "value": measure(task, task.value),
        "share": share(task),
        "parent": queries.parent_of(actor, task),
        "below": below(actor, task),
        "may_divide": task.state == TaskState.ACTIVE and _keeps(actor, task),
        "origin": origins(actor, task),
        "same_post": task_list.url_of(TaskFilter(post=task.accountable_post_id, standing="open")),
    }


def told(actor: Actor, task: Task) -> list[Told]:
    """Các báo cáo, oldest first. Whoever may answer one request may answer all but their own."""
    reports = list(task.reports.all())
    waiting = [report for report in reports if report.request and not hasattr(report, "answer")]
    others = [report for report in waiting if report.reported_by_id != actor.person_id]
    may = bool(others) and not permissions.answer_refusal(actor, others[0])
    return [
        Told(
            report,
            getattr(report, "answer", None),
            measure(task, report.value),
            may_answer=may and report in others,
            waits=report in waiting,
        )
        for report in reports
    ]


def acts_of(actor: Actor, task: Task, refusals: dict[Verb, str], reports: list[Told]) -> list[Act]:
    """Việc làm được, the most pressing first: that one is the main button.

    Who does the task reports; the level that gave it judges, answers, reminds.
    """
    found = {verb: _act(verb, task) for verb in _DEEDS if not refusals[verb]}
    answers = [
        Act(reverse("task_request_answer", args=[each.report.pk]), _("Trả lời đề nghị"), "quote")
        for each in reports
        if each.may_answer
    ][:1]
    above = not _does(actor, task) and Verb.REMIND in found
    first = [found.pop(verb) for verb in _FIRST[above] if verb in found]
    # What was never reported may be called failed, but that is not what one comes for.
    last = []
    if task.state == TaskState.ACTIVE and Verb.ASSESS in found:
        last = [replace(found.pop(Verb.ASSESS), label=_("Kết luận không hoàn thành"), icon="failed")]
    judged = [found.pop(Verb.ASSESS)] if Verb.ASSESS in found else []
    mine = task.accountable_post_id in actor.post_ids
    ahead = [*first, *answers] if mine else [*answers, *first]
    return [*judged, *ahead, *found.values(), *last]


# What comes first for those who do the task, and for the level that gave it.
_FIRST = {False: (Verb.REPORT_PROGRESS, Verb.REPORT_DONE), True: (Verb.REMIND,)}


def _does(actor: Actor, task: Task) -> bool:
    """Người thực hiện: the holder of the post, or the office of that very body, which writes for them."""
    offices = {g.organization_id for g in actor.grants if g.capability == Capability.RECORD}
    return task.accountable_post_id in actor.post_ids or task.organization_id in offices


def _act(verb: Verb, task: Task) -> Act:
    name, label, icon = _DEEDS[verb]
    if verb == Verb.REMIND:
        back = reverse("task_detail", args=[task.pk])
        return Act(f"{reverse(name)}?kind=remind&task={task.pk}&next={back}", label(), icon)
    return Act(reverse(name, args=[task.pk]), label(), icon)


def _why_not(moves: list[permissions.MoveOffer]) -> list[Why]:
    """Vì sao thiếu nút: each sentence once, with the verbs it refuses."""
    sentences: dict[str, list[str]] = {}
    for move in moves:
        if move.refusal and move.verb != Verb.RETURN:
            sentences.setdefault(move.refusal, []).append(move.label)
    return [Why(", ".join(labels), sentence) for sentence, labels in sentences.items()]


def _judgements(task: Task) -> list[Assessment]:
    """Đánh giá, the latest of each kind first: what counts now stands on top."""
    return sorted(task.assessments.all(), key=lambda row: (row.on, row.by == Assessor.SUPERIOR), reverse=True)


def _keeps(actor: Actor, task: Task) -> bool:
    return not permissions.assign_refusal(actor, task.organization)


def measure(task: Task, value: Decimal | None) -> str:
    """Con số với đơn vị tính: "12,5 km"; empty where there is none."""
    if value is None:
        return ""
    plain = value.normalize()
    places = max(0, -int(plain.as_tuple().exponent))
    return f"{number_format(plain, places, force_grouping=True)} {task.unit}".strip()


def share(task: Task) -> int | None:
    """Đạt bao nhiêu phần trăm chỉ tiêu, at most 100; None where nothing is measured."""
    if not task.target or task.value is None:
        return None
    return int(min(Decimal(100), task.value * 100 / task.target))


def below(actor: Actor, task: Task) -> Below | None:
    """Nhiệm vụ con that the viewer sees, and how far they are together, by weight; cancelled ones aside."""
    tasks = list(task.subtasks.all())
    if not tasks:
        return None
    counted = [each for each in tasks if each.state != TaskState.CANCELLED]
    weight = sum(each.weight for each in counted)
    percent = sum(each.weight * _far(each) for each in counted) // weight if weight else 0
    done = sum(each.state == TaskState.DONE for each in counted)
    return Below(task_list.rows_of(actor, tasks), percent, done)


def _far(task: Task) -> int:
    return 100 if task.state in {TaskState.DONE, TaskState.REPORTED} else task.percent


def origins(actor: Actor, task: Task) -> Origins:
    """Nguồn gốc: links only to what the viewer may open; a task without any costs one query."""
    remedy = getattr(task, "remedy", None)
    finding = None
    if remedy and findings.visible_to(actor).filter(pk=remedy.finding_id).exists():
        finding = remedy.finding_id
    directive = task.directive_id and directives.visible_to(actor).filter(pk=task.directive_id).exists()
    held = conferences.visible_to(actor).filter(conclusions__task=task).distinct()
    programme = (
        task.programme_id and queries.programmes_visible_to(actor).filter(pk=task.programme_id).exists()
    )
    return Origins(bool(programme), bool(directive), finding, list(held[:5]))
