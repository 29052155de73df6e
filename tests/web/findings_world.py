"""Sổ theo dõi để thử: findings of the regiment and the brigade in every state, through the actions."""

from __future__ import annotations

import datetime as dt
import html
import re
from dataclasses import dataclass
from typing import Any

from django.test import Client

from soi.findings import actions, queries, remedies
from soi.findings.actions import ResponsibilityEntry
from soi.findings.enums import FindingKind, ResponsibilityKind
from soi.findings.models import Finding, Remedy
from soi.org.enums import WorkArea
from tests.factories import Region

PRODUCT = "Bảng phân công có chữ ký của ba đại đội trưởng"


@dataclass
class Book:
    """Ghi, giao, báo cáo, xác nhận, each in one line of a test."""

    region: Region

    def finding(
        self,
        statement: str,
        *,
        body: str = "regiment",
        kind: FindingKind = FindingKind.LIMITATION,
        area: WorkArea = WorkArea.LEADERSHIP,
        on: dt.date = dt.date(2021, 4, 8),
        names: str = "",
    ) -> Finding:
        organization = self.region.bodies[body]
        named = (
            ResponsibilityEntry(ResponsibilityKind.HEAD, organization, self.region.posts[names])
            if names
            else None
        )
        return actions.record_finding(
            actor=self.region.actor("clerk"),
            organization=organization,
            kind=kind,
            statement=statement,
            area=area,
            found_on=on,
            responsibilities=[named] if named else [],
            now=self.region.now,
        )

    def remedy(
        self, finding: Finding, *, post: str = "regiment", due: dt.date = dt.date(2021, 12, 20)
    ) -> Remedy:
        return remedies.add_remedy(
            actor=self.region.actor("clerk"),
            finding=finding,
            statement="Lập bảng phân công nhiệm vụ quý của ba đại đội",
            accountable_post=self.region.posts[post],
            deliverable=PRODUCT,
            due_on=due,
            created_on=finding.found_on,
            historic=True,
            now=self.region.now,
        )

    def reported(self, statement: str, *, body: str = "regiment", post: str = "regiment") -> Finding:
        finding = self.finding(statement, body=body)
        remedies.report_done(
            actor=self.region.actor(post),
            remedy=self.remedy(finding, post=post),
            note="Đã lập xong.",
            now=self.region.now,
        )
        return self.again(finding)

    def mended(self, statement: str) -> Finding:
        finding = self.reported(statement)
        return remedies.verify_mended(
            actor=self.region.actor("inspector"),
            finding=finding,
            note="Đã xem tại đơn vị.",
            now=self.region.now,
        )

    def again(self, finding: Finding) -> Finding:
        """As it stands in the database now."""
        return queries.get(self.region.system, finding.pk)


def enter(region: Region, username: str) -> Client:
    client = Client()
    client.force_login(region.users[username])
    return client


def words(response: Any) -> str:
    """The page without tags, single blanks."""
    text = re.sub(
        r"<script.*?</script>|<template.*?</template>|<dialog.*?</dialog>",
        " ",
        response.content.decode(),
        flags=re.S,
    )
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def links(response: Any) -> list[str]:
    return [html.unescape(url) for url in re.findall(r'href="([^"]+)"', response.content.decode())]
