"""Căn cứ của một con số: the records frozen with it, as they stand today, and the list they were chosen by."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from soi.base.actor import Actor
from soi.briefings import queries
from soi.briefings.enums import Records
from soi.conferences import queries as conferences
from soi.findings import queries as findings
from soi.findings.enums import FindingState
from soi.org import queries as org
from soi.reviews import reading as reviews
from soi.reviews.logic.draft import PROMPTS
from soi.web.briefing_page import PAGE_SIZE, REPORT_BADGES
from soi.web.figure_words import Composed, Piece, is_name, pieces_of
from soi.web.period_words import shown
from soi.work import queries as work


@dataclass(frozen=True, slots=True)
class RecordRow:
    """Một hồ sơ được đếm, as it stands today."""

    title: str
    url: str
    body: str = ""
    note: str = ""
    badge: str = ""
    state: str = ""
    day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class FigureTab:
    """Một con số của câu."""

    words: str
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class FigureView:
    """Căn cứ của một con số: the records frozen with it."""

    pieces: tuple[Piece, ...]
    tabs: tuple[FigureTab, ...]
    words: str
    kind: str
    counted: int
    hidden: int
    cut: int
    live_url: str
    page: Page[Any]
    rows: list[RecordRow]


def build(actor: Actor, line: Composed, query: QueryDict, *, address: str) -> FigureView:
    """Các hồ sơ mà con số đã đếm, of those the actor sees; and the list as it stands now.

    ``address`` is the page of the figures of this sentence.
    """
    number = _number(query.get("so", ""), len(line.basis))
    nothing: dict[str, Any] = {"words": "", "list": "", "ids": [], "count": 0}
    figure: dict[str, Any] = line.basis[number] if line.basis else nothing
    found = _seen(actor, figure["list"], figure["ids"])
    page = Paginator(found, PAGE_SIZE).get_page(query.get("page"))
    return FigureView(
        pieces=pieces_of(line, address),
        tabs=tuple(
            FigureTab(_label(one), f"{address}?so={place}", place == number)
            for place, one in enumerate(line.basis)
            if place == number or not is_name(one)
        ),
        words=_label(figure),
        kind=_kind(figure),
        counted=figure["count"],
        hidden=len(figure["ids"]) - page.paginator.count,
        cut=figure["count"] - len(figure["ids"]),
        live_url=_live_url(figure),
        page=page,
        rows=[_ROWS[figure["list"]](record, actor.today) for record in page.object_list],
    )


def _label(figure: dict[str, Any]) -> str:
    """Con số đứng một mình thì nói rõ đếm gì: "3 nhiệm vụ"."""
    words = str(figure["words"])
    return f"{words} {_kind(figure).lower()}" if words.isdigit() else words


def _kind(figure: dict[str, Any]) -> str:
    if figure["list"] == PROMPTS:
        return _("Gợi ý kiểm điểm")
    return str(Records(figure["list"]).label) if figure["list"] in Records.values else ""


def _number(text: str, most: int) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
    return number if number < most else 0


def _live_url(figure: dict[str, Any]) -> str:
    """Danh sách hiện nay theo đúng bộ lọc; empty where no filter chooses just these."""
    names = {Records.TASKS: "task_list", Records.FINDINGS: "finding_list"}
    name = names.get(figure["list"])
    return f"{reverse(name)}?{figure['query']}" if name and figure.get("query") else ""


def _seen(actor: Actor, kind: str, ids: list[int]) -> QuerySet[Any] | list[Any]:
    if kind == Records.TASKS:
        rows = work.visible_to(actor).filter(pk__in=ids)
        return rows.select_related("organization", "accountable_post").order_by("due_on", "pk")
    if kind == Records.FINDINGS:
        return findings.visible_to(actor).filter(pk__in=ids).select_related("organization").order_by("pk")
    if kind == Records.CONFERENCES:
        return conferences.visible_to(actor).filter(pk__in=ids).select_related("organization")
    if kind == Records.REPORTS:
        return queries.visible_to(actor).filter(pk__in=ids).select_related("organization").order_by("pk")
    if kind == PROMPTS:
        return reviews.prompts_counted(actor, ids)
    return org.visible_to(actor).filter(pk__in=ids) if kind == Records.BODIES else []


def _task_row(task: Any, today: dt.date) -> RecordRow:
    late = task.is_overdue(today)
    return RecordRow(
        title=task.statement,
        url=reverse("task_detail", args=[task.pk]),
        body=task.organization.name,
        note=task.accountable_post.label,
        badge="overdue" if late else _TASK_BADGES.get(task.standing, ""),
        state=_("Quá hạn") if late else task.get_standing_display(),
        day=task.due_on,
    )


_TASK_BADGES = {
    "active": "active",
    "reported": "reported",
    "exceeded": "confirmed",
    "on_time": "confirmed",
    "late": "waiting",
    "failed": "returned",
}


def _finding_row(finding: Any, _today: dt.date) -> RecordRow:
    return RecordRow(
        title=finding.statement,
        url=reverse("finding_detail", args=[finding.pk]),
        body=finding.organization.name,
        note=finding.get_kind_display(),
        badge="" if finding.state == FindingState.NOTED else finding.state,
        state=finding.get_state_display(),
        day=finding.due_on,
    )


def _conference_row(conference: Any, _today: dt.date) -> RecordRow:
    return RecordRow(
        title=conference.title,
        url=f"{reverse('conference_detail', args=[conference.pk])}#ket-luan",
        body=conference.organization.name,
        day=conference.date_start,
    )


def _report_row(report: Any, _today: dt.date) -> RecordRow:
    return RecordRow(
        title=_("Báo cáo giao ban %(quarter)s") % {"quarter": shown(report.quarter)},
        url=reverse("briefing_detail", args=[report.pk]),
        body=report.organization.name,
        badge=REPORT_BADGES[report.state],
        state=report.get_state_display(),
        day=report.sent_on,
    )


def _body_row(body: Any, _today: dt.date) -> RecordRow:
    return RecordRow(title=body.name, url=reverse("organization_detail", args=[body.pk]))


def _prompt_row(prompt: Any, _today: dt.date) -> RecordRow:
    return RecordRow(
        title=prompt.text,
        url=f"{reverse('review_detail', args=[prompt.review_id])}#goi-y",
        body=prompt.issuer.name,
        note=_("Gợi ý %(number)s") % {"number": prompt.number},
        day=prompt.sent_on,
    )


_ROWS = {
    PROMPTS: _prompt_row,
    Records.TASKS: _task_row,
    Records.FINDINGS: _finding_row,
    Records.CONFERENCES: _conference_row,
    Records.REPORTS: _report_row,
    Records.BODIES: _body_row,
}
