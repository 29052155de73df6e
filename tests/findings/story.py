"""Short ways to play the life of a finding through the actions. All names and texts are invented."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from soi.base.actor import Actor
from soi.findings import actions, remedies
from soi.findings.enums import FindingKind
from soi.findings.models import Finding, Remedy
from soi.org.enums import WorkArea
from tests.factories import Region

STATEMENT = "Giao nhiệm vụ ở một số đơn vị chưa cụ thể, chưa rõ người chịu trách nhiệm"
FOUND_ON = dt.date(2021, 10, 20)
DUE_ON = dt.date(2021, 12, 31)


@dataclass
class Story:
    """One region on one day; ``actor`` by sign-in name."""

    region: Region
    now: dt.datetime

    def actor(self, name: str, **kwargs: Any) -> Actor:
        return self.region.actor(name, **kwargs)

    def record(
        self, statement: str = STATEMENT, *, by: str = "clerk", body: str = "division", **given: Any
    ) -> Finding:
        values: dict[str, Any] = {
            "kind": FindingKind.SHORTCOMING,
            "area": WorkArea.LEADERSHIP,
            "found_on": FOUND_ON,
            **given,
        }
        return actions.record_finding(
            actor=self.actor(by),
            organization=self.region.bodies[body],
            statement=statement,
            now=self.now,
            **values,
        )

    def give(self, finding: Finding, *, by: str = "clerk", to: str = "division", **given: Any) -> Remedy:
        values: dict[str, Any] = {
            "statement": "Lập bảng phân công từng nhiệm vụ cho một chức vụ",
            "deliverable": "Bảng phân công được ban hành",
            "due_on": DUE_ON,
            "accountable_post": self.region.posts[to],
            **given,
        }
        return remedies.add_remedy(actor=self.actor(by), finding=finding, now=self.now, **values)

    def report(
        self, remedy: Remedy, *, by: str = "division", note: str = "Đã ban hành bảng phân công"
    ) -> Remedy:
        return remedies.report_done(actor=self.actor(by), remedy=remedy, note=note, now=self.now)

    def verify(
        self, finding: Finding, *, by: str = "inspector", note: str = "Đã kiểm tra tại chỗ"
    ) -> Finding:
        return remedies.verify_mended(actor=self.actor(by), finding=finding, note=note, now=self.now)

    def mended(self, finding: Finding) -> Finding:
        """From open to mended, the honest way."""
        self.report(self.give(finding))
        return self.verify(finding)
