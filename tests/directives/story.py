"""Một chuỗi văn bản ba cấp: short ways to issue, acknowledge, study and elaborate in a test."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from soi.base.actor import Actor, system_actor
from soi.directives import actions
from soi.directives.enums import DirectiveKind, DisseminationForm, ElaborationKind
from soi.directives.models import Addressee, Directive
from tests.factories import Region


def day(text: str) -> dt.date:
    """ "05/11" → 5 November 2021."""
    number, month = text.split("/")
    return dt.date(2021, int(month), int(number))


@dataclass
class Story:
    """Quân khu giả định and its papers."""

    region: Region
    now: dt.datetime

    def actor(self, username: str, today: dt.date | None = None) -> Actor:
        return self.region.actor(username, today=today)

    def system(self, today: dt.date | None = None) -> Actor:
        return system_actor("Cài đặt", today=today or timezone.localdate(self.now))

    def issue(
        self, issuer: str = "region", *to: str, whole: bool = False, by: str = "clerk", **changes: Any
    ) -> Directive:
        """A resolution of 01/11/2021; due: acknowledged by 05/11, studied by 15/11, elaborated by 25/11."""
        bodies = [self.region.bodies[name] for name in to]
        values: dict[str, Any] = {
            "kind": DirectiveKind.RESOLUTION,
            "number": "05-NQ/ĐU",
            "title": "Nâng cao chất lượng sinh hoạt chi bộ",
            "issued_on": day("01/11"),
            "acknowledge_by": day("05/11"),
            "study_by": day("15/11"),
            "elaborate_by": day("25/11"),
            "subtrees" if whole else "addressees": bodies,
            **changes,
        }
        actor = self.system() if by == "system" else self.actor(by)
        return actions.issue_directive(actor=actor, issuer=self.region.bodies[issuer], now=self.now, **values)

    def at(self, directive: Directive, body: str) -> Addressee:
        return Addressee.objects.select_related("directive", "organization").get(
            directive=directive, organization=self.region.bodies[body]
        )

    def acknowledge(self, directive: Directive, body: str, on: str = "03/11", by: str = "clerk") -> Addressee:
        return actions.acknowledge(
            actor=self.actor(by), addressee=self.at(directive, body), on=day(on), now=self.now
        )

    def study(
        self, directive: Directive, body: str, on: str = "10/11", by: str = "clerk", **changes: Any
    ) -> Any:
        values: dict[str, Any] = {
            "form": DisseminationForm.CONFERENCE, "expected": 40, "attended": 38, **changes,
        }  # fmt: skip
        return actions.record_dissemination(
            actor=self.actor(by), addressee=self.at(directive, body), on=day(on), now=self.now, **values
        )

    def not_needed(self, directive: Directive, body: str, on: str = "20/11", by: str = "clerk") -> Any:
        return actions.record_elaboration(
            actor=self.actor(by), addressee=self.at(directive, body), kind=ElaborationKind.NOT_NEEDED,
            on=day(on), note="Thực hiện ngay trong sinh hoạt tháng 11", now=self.now,
        )  # fmt: skip
