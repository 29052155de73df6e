"""Short ways to play a quarter through the actions. All names and texts are invented."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from soi.base.actor import Actor
from soi.briefings import actions
from soi.briefings.models import BriefingReport, BriefingRound, ReportLine
from soi.conferences import actions as conferences
from soi.conferences import minutes
from soi.conferences.enums import ConferenceKind
from soi.conferences.models import Conclusion, Conference
from soi.findings.actions import CauseEntry, record_finding
from soi.findings.enums import CauseKind, FindingKind
from soi.findings.models import Finding
from soi.org.enums import WorkArea
from soi.org.models import Organization
from soi.work import progress, tasks
from soi.work.enums import Origin, Result
from soi.work.models import Task
from tests.factories import Region

QUARTER = "2021-Q4"


@dataclass
class Briefing:
    """One region on one day; bodies and actors by their short names."""

    region: Region
    now: dt.datetime

    def body(self, key: str) -> Organization:
        return self.region.bodies[key]

    def actor(self, name: str, **kwargs: Any) -> Actor:
        return self.region.actor(name, **kwargs)

    def task(
        self,
        statement: str = "Tổ chức 02 lớp tập huấn công tác tham mưu",
        *,
        to: str = "division",
        given_by: str = "region",
        due_on: dt.date = dt.date(2021, 11, 15),
        area: WorkArea = WorkArea.DEFENCE,
        weight: int = 1,
        by: str = "clerk",
        **given: Any,
    ) -> Task:
        return tasks.assign_task(
            actor=self.actor(by),
            assigned_by=self.body(given_by),
            accountable_post=self.region.posts[to],
            statement=statement,
            deliverable="Báo cáo kết quả kèm danh sách 60 người dự",
            due_on=due_on,
            start_on=min(due_on, dt.date(2021, 7, 1)),
            created_on=min(due_on, dt.date(2021, 7, 1)),
            area=area,
            weight=weight,
            now=self.now,
            historic=True,
            origin=given.pop("origin", Origin.PROGRAMME),
            **given,
        )

    def done(
        self,
        task: Task,
        *,
        on: dt.date = dt.date(2021, 11, 10),
        result: Result = Result.ACHIEVED,
        cause: str = "",
    ) -> Task:
        """Reported by whoever answers for it, judged by the region's inspector."""
        holder = next(name for name, post in self.region.posts.items() if post.pk == task.accountable_post_id)
        reported = progress.report_done(
            actor=self.actor(holder), task=task, note="Đã làm xong", result=Result.ACHIEVED,
            on=on, late_cause=cause, now=self.now,
        )  # fmt: skip
        return progress.assess_task(
            actor=self.actor("inspector"), task=reported, result=result, note="Đã kiểm tra", now=self.now
        )

    def says(self, task: Task, *, difficulty: str = "", request: str = "", percent: int = 40) -> Any:
        holder = next(name for name, post in self.region.posts.items() if post.pk == task.accountable_post_id)
        return progress.report_progress(
            actor=self.actor(holder), task=task, percent=percent, note="Đang làm", difficulty=difficulty,
            request=request, now=self.now,
        )  # fmt: skip

    def finding(
        self,
        statement: str = "Giao nhiệm vụ ở một số đơn vị chưa cụ thể",
        *,
        body: str = "division",
        kind: FindingKind = FindingKind.LIMITATION,
        found_on: dt.date = dt.date(2021, 10, 20),
        causes: tuple[tuple[CauseKind, str], ...] = (),
    ) -> Finding:
        return record_finding(
            actor=self.actor("clerk"),
            organization=self.body(body),
            kind=kind,
            statement=statement,
            area=WorkArea.LEADERSHIP,
            found_on=found_on,
            causes=[CauseEntry(kind=cause, statement=text) for cause, text in causes],
            now=self.now,
        )

    def conference(
        self,
        *,
        body: str = "division",
        period: str = "2021-Q3",
        on: dt.date = dt.date(2021, 10, 5),
        conclusions: tuple[str, ...] = (),
    ) -> Conference:
        held = conferences.record_conference(
            actor=self.actor("clerk"),
            organization=self.body(body),
            kind=ConferenceKind.BRIEFING_QUARTER,
            title="Hội nghị giao ban quý III năm 2021",
            date_start=on,
            period=period,
            now=self.now,
        )
        if conclusions:
            minutes.add_conclusions(
                actor=self.actor("clerk"),
                conference=held,
                conclusions=[minutes.NewConclusion(statement) for statement in conclusions],
                now=self.now,
            )
        return held

    def became(self, conference: Conference, number: int, task: Task) -> None:
        """The conclusion of that number was made this task."""
        Conclusion.objects.filter(conference=conference, number=number).update(task=task)

    def round(self, *, body: str = "region", due_on: dt.date = dt.date(2021, 11, 25)) -> BriefingRound:
        return actions.open_round(
            actor=self.actor("clerk"),
            organization=self.body(body),
            quarter=QUARTER,
            due_on=due_on,
            now=self.now,
        )

    def compose(self, body: str = "division", *, by: str = "divisionclerk", **kwargs: Any) -> BriefingReport:
        return actions.compose_report(
            actor=self.actor(by, **kwargs), organization=self.body(body), quarter=QUARTER, now=self.now
        ).report

    def send(self, report: BriefingReport, *, by: str = "division", **kwargs: Any) -> BriefingReport:
        return actions.send_report(actor=self.actor(by, **kwargs), report=report, now=self.now)

    def lines(self, report: BriefingReport) -> dict[str, ReportLine]:
        """The lines of the present edition, by key."""
        report.refresh_from_db()
        return {line.key: line for line in report.lines.filter(edition=report.edition)}
