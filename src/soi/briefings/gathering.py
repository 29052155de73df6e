"""Gom số liệu của quý: everything a report is composed from, in a number of queries that never grows.

Of what an actor may see, and of the body and all below it as the tree stands today: merged and abolished
bodies stand below their successor.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When

from soi.base.actor import Actor, Capability
from soi.base.models import held_on
from soi.base.periods import Period
from soi.base.quarters import days_of, is_quarter, quarter_of
from soi.briefings.enums import ReportState, Section
from soi.briefings.logic import facts
from soi.briefings.logic.results import TOTAL
from soi.briefings.logic.wording import named, next_quarter
from soi.briefings.models import BriefingReport, BriefingRound, ReportLine
from soi.briefings.queries import seen_by
from soi.conferences.enums import ConferenceKind
from soi.conferences.models import Conclusion, Conference
from soi.findings.enums import FindingKind, FindingState
from soi.findings.models import Cause, Finding
from soi.findings.register import RegisterFilter, late_on, register
from soi.org.enums import WorkArea
from soi.org.models import Closure, Organization, Person
from soi.org.queries import holders_on, scope, subordinates
from soi.work.enums import Standing, TaskState
from soi.work.models import ProgressReport, Task

# A briefing on a quarter is held in the weeks after it: what a conference without a period looks back on.
_LOOKS_BACK = dt.timedelta(days=45)
_RECENT = 12


def gather(actor: Actor, body: Organization, key: str) -> facts.Quarter:
    """Số liệu của quý, as the actor may see it today."""
    below = below_of(actor, body)
    found = _findings(actor, body, key)
    units, due_on = units_of(actor, body, key)
    counted = facts.Quarter(
        body=body.pk,
        body_name=body.name,
        key=key,
        as_of=actor.today,
        tasks=tasks_due(actor, below, Period(days_of(key).start, days_of(next_quarter(key)).end)),
        findings=[row for row in found if row.kind != FindingKind.STRENGTH],
        strengths=[row for row in found if row.kind == FindingKind.STRENGTH],
        causes=_causes(actor, body, key),
        remarks=remarks_in(actor, below, days_of(key)),
        previous=_previous(actor, body, key),
        units=units,
        due_on=due_on,
        areas={area.value: str(area.label) for area in WorkArea},
    )
    return _with_names(counted)


def below_of(actor: Actor, body: Organization) -> QuerySet[Any, int]:
    """Khóa của tổ chức và mọi cấp dưới, as the tree stands today."""
    rows = Closure.objects.filter(held_on(actor.today), ancestor=body)
    return rows.values_list("descendant_id", flat=True)


def _with_names(counted: facts.Quarter) -> facts.Quarter:
    return replace(
        counted,
        named=named_tasks(facts.tasks_to_name(counted), counted.as_of),
        statements=statements_of(facts.findings_to_name(counted)),
    )


# --- tasks -------------------------------------------------------------------------------------------


def _own_tasks(actor: Actor, below: QuerySet[Any, int]) -> QuerySet[Task]:
    return Task.objects.filter(scope(actor, Capability.READ, path="organization"), organization__in=below)


def tasks_due(actor: Actor, below: QuerySet[Any, int], days: Period) -> list[facts.TaskFact]:
    """Đến hạn trong những ngày ấy, and what was left undone before."""
    first, end = days.start, days.end or dt.date.max
    wanted = Q(due_on__gte=first, due_on__lt=end) | Q(due_on__lt=first, state=TaskState.ACTIVE)
    rows = _own_tasks(actor, below).filter(wanted).exclude(standing=Standing.CANCELLED)
    columns = ("pk", "area", "standing", "due_on", "weight", "late_cause", "reported_on")
    return [facts.TaskFact(*row) for row in rows.order_by("due_on", "pk").values_list(*columns)]


def named_tasks(pks: list[int], day: dt.date) -> dict[int, facts.NamedTask]:
    """Lời của những nhiệm vụ được nêu tên."""
    tasks = Task.objects.filter(pk__in=pks).select_related("organization", "accountable_post").order_by()
    rows = list(tasks.defer("search_key"))
    holders = holders_on({task.accountable_post_id for task in rows}, day)
    return {task.pk: _name(task, holders.get(task.accountable_post_id, [])) for task in rows}


def _name(task: Task, holders: list[Person]) -> facts.NamedTask:
    post = task.accountable_post.label
    return facts.NamedTask(
        statement=named(task.statement),
        deliverable=named(task.deliverable),
        body=task.organization.name,
        who=f"{post} ({', '.join(person.name for person in holders)})"
        if holders
        else f"{post} (đang khuyết)",
        percent=task.percent,
    )


def remarks_in(actor: Actor, below: QuerySet[Any, int], days: Period) -> list[facts.Remark]:
    """Khó khăn nêu trong những ngày ấy, and every request that still waits for an answer."""
    end = days.end or dt.date.max
    said = Q(on__gte=days.start) & ~Q(difficulty="")
    asked = ~Q(request="") & Q(answer__isnull=True)
    rows = ProgressReport.objects.filter(
        said | asked,
        scope(actor, Capability.READ, path="task__organization"),
        task__organization__in=below,
        on__lt=end,
    ).exclude(task__state=TaskState.CANCELLED)
    answered = Case(When(answer__isnull=False, then=Value(True)), default=Value(False))
    inside = Case(When(task__assigned_by__in=below, then=Value(True)), default=Value(False))
    told = rows.order_by("on", "pk").annotate(inside=inside, is_answered=answered)
    columns = ("task_id", "on", "task__organization__name", "task__assigned_by__name", "inside")
    said_too = ("difficulty", "request", "is_answered")
    return [facts.Remark(*row) for row in told.values_list(*columns, *said_too)]


# --- findings ----------------------------------------------------------------------------------------


def _findings(actor: Actor, body: Organization, key: str) -> list[facts.FindingFact]:
    """Nêu trong quý, and limitations of earlier quarters not yet mended; read as the register reads them."""
    left = Q(quarter__lt=key) & ~Q(state__in=[FindingState.MENDED, FindingState.NOTED])
    rows = register(actor, RegisterFilter(organization_id=body.pk)).filter(Q(quarter=key) | left)
    late = Case(When(late_on(actor.today), then=Value(True)), default=Value(False))
    columns = ("pk", "organization__name", "kind", "area", "state", "quarter", "due_on", "recurrent", "late")
    told = rows.order_by("found_on", "pk").annotate(late=late)
    return [facts.FindingFact(*row) for row in told.values_list(*columns)]


def statements_of(pks: list[int]) -> dict[int, str]:
    """Lời của những nội dung đánh giá được nêu tên."""
    rows = Finding.objects.filter(pk__in=pks).order_by().values_list("pk", "statement")
    return {pk: named(statement) for pk, statement in rows}


def _causes(actor: Actor, body: Organization, key: str) -> list[facts.CauseFact]:
    raised = register(actor, RegisterFilter(organization_id=body.pk, period=key)).order_by()
    rows = Cause.objects.filter(finding__in=raised.values("pk")).order_by("pk")
    return [facts.CauseFact(*row) for row in rows.values_list("finding_id", "kind", "statement")]


# --- the last briefing -------------------------------------------------------------------------------


def _previous(actor: Actor, body: Organization, key: str) -> facts.PreviousConference | None:
    held = Conference.objects.filter(
        organization=body, kind=ConferenceKind.BRIEFING_QUARTER, date_start__lte=actor.today
    )
    for conference in held.order_by("-date_start", "-pk")[:_RECENT]:
        if _looked_at(conference) < key:
            return _concluded(conference)
    return None


def _looked_at(conference: Conference) -> str:
    period = conference.period
    return period if is_quarter(period) else quarter_of(conference.date_start - _LOOKS_BACK)


def _concluded(conference: Conference) -> facts.PreviousConference:
    rows = Conclusion.objects.filter(conference=conference).order_by("number")
    parts = rows.select_related(
        "task__organization", "task__accountable_post", "remedy__accountable_post__organization"
    )
    return facts.PreviousConference(
        pk=conference.pk,
        title=conference.title,
        on=conference.date_start,
        conclusions=tuple(_conclusion(row) for row in parts),
    )


def _conclusion(row: Conclusion) -> facts.Concluded:
    if row.task is not None:
        task = row.task
        return facts.Concluded(
            row.number, row.statement, task.standing, task=task.pk, due_on=task.due_on,
            ended_on=task.reported_on, percent=task.percent, body=task.organization.name,
            post=task.accountable_post.label,
        )  # fmt: skip
    if row.remedy is not None:
        remedy = row.remedy
        return facts.Concluded(
            row.number, row.statement, remedy.state, finding=remedy.finding_id, due_on=remedy.due_on,
            ended_on=remedy.reported_on, body=remedy.accountable_post.organization.name,
            post=remedy.accountable_post.label,
        )  # fmt: skip
    return facts.Concluded(row.number, row.statement)


# --- the units ---------------------------------------------------------------------------------------


def expected_on(due_on: dt.date | None, today: dt.date) -> dt.date:
    """Ngày xét cây: who owes a report is judged on the day it is due, or today while that is to come."""
    return min(due_on, today) if due_on else today


def units_of(actor: Actor, body: Organization, key: str) -> tuple[list[facts.UnitFact], dt.date | None]:
    """Các đơn vị trực thuộc phải gửi báo cáo, each with what it has sent; and the day it was due."""
    rounds = BriefingRound.objects.filter(organization=body, quarter=key)
    due_on = rounds.values_list("due_on", flat=True).first()
    bodies = list(subordinates(body, on=expected_on(due_on, actor.today)).values_list("pk", "name"))
    # Who sent is known to whoever it was sent to; what it says only to who may read it.
    sent = BriefingReport.objects.filter(
        organization__in=[pk for pk, _name in bodies], quarter=key, state=ReportState.SENT
    )
    reports = {report.organization_id: report for report in sent.annotate(is_seen=seen_by(actor))}
    lines = _lines_of(report for report in reports.values() if getattr(report, "is_seen", False))
    return [_unit(pk, name, reports.get(pk), lines) for pk, name in bodies], due_on


def _lines_of(reports: Iterable[BriefingReport]) -> dict[int, list[ReportLine]]:
    """Câu tổng hợp và các câu tự thêm của những báo cáo đã gửi."""
    grouped: defaultdict[int, list[ReportLine]] = defaultdict(list)
    own = Q(key="", section__in=[Section.CAUSES, Section.REQUESTS])
    of_these = Q(report__in=[report.pk for report in reports], edition=F("report__edition"), dropped=False)
    for line in ReportLine.objects.filter(of_these, Q(key=TOTAL) | own):
        grouped[line.report_id].append(line)
    return grouped


def _unit(
    pk: int, name: str, report: BriefingReport | None, lines: dict[int, list[ReportLine]]
) -> facts.UnitFact:
    if report is None:
        return facts.UnitFact(pk, name)
    said = lines.get(report.pk, [])
    total = next((line for line in said if line.key == TOTAL), None)
    return facts.UnitFact(
        pk,
        name,
        report=report.pk,
        sent_on=report.sent_on,
        total=total.text if total else "",
        total_basis=tuple(total.basis) if total and not total.is_edited else (),
        own_requests=_own(said, Section.REQUESTS),
        own_causes=_own(said, Section.CAUSES),
    )


def _own(lines: Iterable[ReportLine], section: Section) -> tuple[str, ...]:
    return tuple(line.text for line in lines if line.is_own and line.section == section)
