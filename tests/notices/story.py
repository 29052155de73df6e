"""Những việc làm trong các bài kiểm tra thông báo, by people of the small region; and short ways to look."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from soi.base.actor import Actor
from soi.directives import actions as directives
from soi.directives.enums import DirectiveKind
from soi.directives.models import Directive
from soi.findings import actions as findings
from soi.findings import remedies
from soi.findings.enums import FindingKind
from soi.findings.models import Finding, Remedy
from soi.history.actions import seal_pending
from soi.notices.making import make_notices
from soi.notices.models import Notice
from soi.org.enums import WorkArea
from soi.work import tasks
from soi.work.models import Task
from tests.factories import Region

WORDS = "CANARY rà soát, ban hành lịch sinh hoạt của 5 chi bộ và kiểm tra mỗi tháng một lần"


@dataclass
class Story:
    """Một câu chuyện: the region, and the time at which things happen."""

    region: Region
    now: dt.datetime

    @property
    def today(self) -> dt.date:
        return self.region.actor("clerk").today

    def actor(self, key: str) -> Actor:
        return self.region.actor(key)

    def tell(self, *, now: dt.datetime | None = None) -> None:
        """What a second of ``soi serve`` does."""
        seal_pending(recent_only=True)
        make_notices(now=now or self.now)

    def told(self, **wanted: Any) -> set[tuple[str, str]]:
        """Whom the notices are for, by sign-in name, and of what kind."""
        names = {person.pk: key for key, person in self.region.people.items()}
        rows = Notice.objects.filter(**wanted)
        return {(names[notice.person_id], str(notice.kind)) for notice in rows}

    def task(self, to: str = "regiment", *, by: str = "divisionclerk", days: int = 30, **more: Any) -> Task:
        facts: dict[str, Any] = {
            "assigned_by": self.region.bodies["division"],
            "accountable_post": self.region.posts[to],
            "statement": WORDS,
            "deliverable": "Lịch sinh hoạt và biên bản kiểm tra",
            "due_on": self.today + dt.timedelta(days=days),
            "area": WorkArea.PARTY_BUILDING,
        }
        return tasks.assign_task(actor=self.actor(by), now=self.now, **(facts | more))

    def finding(self, *, by: str = "divisionclerk", body: str = "regiment", **more: Any) -> Finding:
        return findings.record_finding(
            actor=self.actor(by),
            organization=self.region.bodies[body],
            kind=FindingKind.LIMITATION,
            statement="CANARY nền nếp sinh hoạt chi bộ chưa nghiêm",
            area=WorkArea.PARTY_BUILDING,
            found_on=self.today - dt.timedelta(days=30),
            now=self.now,
            **more,
        )

    def remedy(self, finding: Finding, *, to: str = "regiment", days: int = 30) -> Remedy:
        return remedies.add_remedy(
            actor=self.actor("divisionclerk"),
            finding=finding,
            statement=WORDS,
            accountable_post=self.region.posts[to],
            deliverable="Lịch sinh hoạt và biên bản kiểm tra",
            due_on=self.today + dt.timedelta(days=days),
            now=self.now,
        )

    def directive(self, *keys: str, by: str = "clerk", days: int = 30, **more: Any) -> Directive:
        facts: dict[str, Any] = {
            "issuer": self.region.bodies["region"],
            "kind": DirectiveKind.RESOLUTION,
            "number": "12-NQ/ĐU",
            "title": "CANARY về nâng cao chất lượng sinh hoạt chi bộ",
            "issued_on": self.today,
            "acknowledge_by": self.today + dt.timedelta(days=days),
            "addressees": [self.region.bodies[key] for key in keys],
        }
        return directives.issue_directive(actor=self.actor(by), now=self.now, **(facts | more))
