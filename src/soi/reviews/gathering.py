"""Gom số liệu của kỳ kiểm điểm: all that a draft is composed from, in a number of queries that never grows.

Of what an actor may see, of the body and all below it as the tree stands today.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When

from soi.base.actor import Actor
from soi.base.periods import Period
from soi.base.quarters import is_quarter, is_year, label
from soi.briefings.gathering import below_of, named_tasks, remarks_in, statements_of, tasks_due
from soi.briefings.links import ListQueries
from soi.briefings.logic import facts as work
from soi.briefings.logic.wording import day
from soi.findings.enums import FindingKind, RemedyState
from soi.findings.models import Cause, Remedy, Responsibility
from soi.findings.register import RegisterFilter, late_on, register
from soi.org.enums import WorkArea
from soi.reviews.enums import CycleKind
from soi.reviews.logic.carried import mended_of
from soi.reviews.logic.draft import CarriedFact, Facts, PromptFact, RemedyFact, ResponsibleFact
from soi.reviews.models import Carried, Cycle, Prompt, Review

_NOUNS = {CycleKind.QUARTER: "quý", CycleKind.YEAR: "năm", CycleKind.TERM: "nhiệm kỳ"}


class PeriodQueries(ListQueries):
    """Bộ lọc của hai danh sách; they know quarters and years only, so another time opens the frozen list alone."""

    def tasks(self, *, period: str = "", **asked: Any) -> str:
        return super().tasks(period=period, **asked) if _is_listed(period) else ""

    def findings(self, *, period: str = "", **asked: Any) -> str:
        return super().findings(period=period, **asked) if _is_listed(period) else ""


def _is_listed(period: str) -> bool:
    return not period or is_quarter(period) or is_year(period)


def gather(actor: Actor, review: Review) -> Facts:
    """Số liệu của kỳ, as the actor may see it today."""
    cycle, body = review.cycle, review.organization
    span = Period(cycle.start, cycle.end)
    below = below_of(actor, body)
    raised = _raised(actor, review)
    facts = Facts(
        work=work.Quarter(
            body=body.pk,
            body_name=body.name,
            key=cycle.period,
            as_of=actor.today,
            tasks=tasks_due(actor, below, span),
            findings=[row for row in raised if row.kind != FindingKind.STRENGTH],
            strengths=[row for row in raised if row.kind == FindingKind.STRENGTH],
            causes=_causes(raised),
            remarks=remarks_in(actor, below, span),
            areas={area.value: str(area.label) for area in WorkArea},
            span=span,
            said=_said(cycle),
            noun=_NOUNS.get(CycleKind(cycle.kind), "kỳ"),
        ),
        carried=_carried(review),
        prompts=_prompts(review),
    )
    return _with_names(facts)


def _said(cycle: Cycle) -> str:
    """Tên kỳ trong câu: "năm 2021"; a time without a name by its days."""
    if is_quarter(cycle.period) or is_year(cycle.period):
        name = label(cycle.period)
        return name[:1].lower() + name[1:]
    return f"kỳ từ ngày {day(cycle.start)} đến trước ngày {day(cycle.end)}"


def _with_names(facts: Facts) -> Facts:
    wanting = [row.pk for row in facts.work.findings] + [row.finding for row in facts.carried]
    responsible, remedies = _responsible(wanting), _remedies(wanting)
    named = {*work.findings_to_name(facts.work), *(row.finding for row in responsible)}
    return replace(
        facts,
        responsible=responsible,
        remedies=remedies,
        work=replace(
            facts.work,
            named=named_tasks(work.tasks_to_name(facts.work), facts.work.as_of),
            statements=statements_of(sorted(named)),
        ),
    )


# --- findings ----------------------------------------------------------------------------------------


def _raised(actor: Actor, review: Review) -> list[work.FindingFact]:
    """Nêu trong kỳ, of the body and all below; read as the register reads them."""
    cycle = review.cycle
    rows = register(actor, RegisterFilter(organization_id=review.organization_id)).filter(
        found_on__gte=cycle.start, found_on__lt=cycle.end
    )
    late = Case(When(late_on(actor.today), then=Value(True)), default=Value(False))
    told = rows.order_by("found_on", "pk").annotate(late=late)
    columns = ("pk", "organization__name", "kind", "area", "state", "due_on", "recurrent", "late")
    return [
        work.FindingFact(pk, body, kind, area, state, cycle.period, due_on, recurrent, is_late)
        for pk, body, kind, area, state, due_on, recurrent, is_late in told.values_list(*columns)
    ]


def _causes(raised: Sequence[work.FindingFact]) -> list[work.CauseFact]:
    rows = Cause.objects.filter(finding__in=[row.pk for row in raised]).order_by("pk")
    return [work.CauseFact(*row) for row in rows.values_list("finding_id", "kind", "statement")]


def _responsible(findings: Sequence[int]) -> list[ResponsibleFact]:
    rows = Responsibility.objects.filter(finding__in=findings).order_by("finding__found_on", "pk")
    columns = (
        "finding_id",
        "organization_id",
        "organization__name",
        "person_id",
        "person__name",
        "post__label",
    )
    return [
        ResponsibleFact(finding, body, name, person or 0, who or "", post or "", kind)
        for finding, body, name, person, who, post, kind in rows.values_list(*columns, "kind")
    ]


def _remedies(findings: Sequence[int]) -> list[RemedyFact]:
    rows = Remedy.objects.filter(finding__in=findings).exclude(state=RemedyState.CONFIRMED)
    columns = ("pk", "finding_id", "statement", "deliverable")
    held = ("accountable_post__label", "accountable_post__organization__name", "due_on")
    return [RemedyFact(*row) for row in rows.order_by("due_on", "pk").values_list(*columns, *held)]


# --- what the cycle itself brought -------------------------------------------------------------------


def _carried(review: Review) -> list[CarriedFact]:
    rows = Carried.objects.filter(review=review).select_related("finding__organization")
    return [
        CarriedFact(
            row.finding_id, row.finding.statement, row.finding.organization.name, row.finding.found_on,
            row.times, mended_of(row.finding.state), row.answer, row.why_not,
        )
        for row in rows
    ]  # fmt: skip


def _prompts(review: Review) -> list[PromptFact]:
    rows: QuerySet[Prompt] = Prompt.objects.filter(
        Q(sent_on__isnull=False, withdrawn_on__isnull=True), review=review
    )
    return [
        PromptFact(row.pk, row.number, row.issuer.name, row.text, row.sent_on, _latest(row))
        for row in rows.select_related("issuer").prefetch_related("explanations")
        if row.sent_on
    ]


def _latest(prompt: Prompt) -> str:
    told = list(prompt.explanations.all())
    return told[-1].text if told else ""
