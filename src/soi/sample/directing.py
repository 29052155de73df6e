"""Văn bản chỉ đạo mẫu: three papers of three levels, who has studied them, and the cascade below them."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from soi.directives import actions, carrying_out
from soi.directives.actions import PointEntry
from soi.directives.enums import DirectiveKind, DisseminationForm, ElaborationKind
from soi.directives.models import Addressee, Directive
from soi.org.models import Organization
from soi.sample import days
from soi.sample.blueprint import bodies, data
from soi.sample.people import actor_for, living, plan_of
from soi.sample.timeline import Timeline
from soi.sample.world import World

_FORMS = (
    DisseminationForm.CONFERENCE,
    DisseminationForm.ONLINE,
    DisseminationForm.STUDY_CLASS,
    DisseminationForm.CELL_MEETING,
)


class Registry:
    """Văn thư: issues the papers and lets each body do, late or never, what they ask."""

    def __init__(self, world: World, timeline: Timeline) -> None:
        self._world, self._timeline, self._rng = world, timeline, world.chance
        self._issued: dict[str, Directive] = {}
        rows = data("work.toml")["directives"]
        # A body that issues a paper of its own elaborates by it.
        self._own = {(row["answers"], row["by"]) for row in rows if "answers" in row}

    def begin(self) -> None:
        """Xếp lịch ban hành."""
        for row in data("work.toml")["directives"]:
            day = days.workday(self._world.today - dt.timedelta(days=row["ago"]))
            self._timeline.add(day, 9, partial(self._issue, row))

    def _issue(self, row: dict[str, Any], now: dt.datetime) -> None:
        on = now.date()
        issuer = plan_of(row["issuer"])
        if not self._world.exists(issuer.key, on):
            return
        acknowledge_by, study_by, elaborate_by = (on + dt.timedelta(days=after) for after in row["days"])
        directive = actions.issue_directive(
            actor=actor_for(self._world, issuer, now),
            issuer=self._world.bodies[issuer.key],
            kind=DirectiveKind(row["kind"]),
            number=row["number"],
            title=row["title"].format(y=on.year),
            summary=row["summary"],
            issued_on=on,
            points=[PointEntry(str(number), text) for number, text in enumerate(row["points"], start=1)],
            elaborates=self._answered(row),
            addressees=self._bodies(row.get("to", ()), on),
            subtrees=self._bodies(row.get("subtrees", ()), on),
            acknowledge_by=acknowledge_by,
            study_by=study_by,
            elaborate_by=elaborate_by,
            now=now,
        )
        self._issued[row["key"]] = directive
        for addressee in directive.addressees.select_related("organization").order_by("pk"):
            self._expect(row, addressee, on)

    def _answered(self, row: dict[str, Any]) -> Addressee | None:
        if "answers" not in row:
            return None
        above = self._issued[row["answers"]]
        return Addressee.objects.get(directive=above, organization=self._world.bodies[row["by"]])

    def _bodies(self, keys: list[str], on: dt.date) -> list[Organization]:
        return [self._world.bodies[key] for key in keys if self._world.exists(key, on)]

    def _expect(self, row: dict[str, Any], addressee: Addressee, on: dt.date) -> None:
        """Most do it in time, some late, a few never; the days are drawn beforehand."""
        key = next(
            plan.key for plan in bodies() if self._world.bodies.get(plan.key) == addressee.organization
        )
        acknowledge, study, elaborate = row["days"]
        luck = self._rng.random()
        if luck < 0.08:
            return
        self._timeline.add(self._some_day(on, acknowledge), 10, partial(self._acknowledge, addressee, key))
        if luck < 0.16:
            return
        self._timeline.add(self._some_day(on, study), 15, partial(self._study, addressee, key))
        if luck > 0.3 and (row["key"], key) not in self._own:
            self._timeline.add(self._some_day(on, elaborate), 16, partial(self._elaborate, addressee, key))

    def _some_day(self, on: dt.date, term: int) -> dt.date:
        after = self._rng.randint(max(1, term // 3), term) if self._rng.random() < 0.82 else term + 6
        return days.workday(on + dt.timedelta(days=after))

    def _acknowledge(self, addressee: Addressee, key: str, now: dt.datetime) -> None:
        body = living(self._world, plan_of(key), now.date())
        carrying_out.acknowledge(actor=actor_for(self._world, body, now), addressee=addressee, now=now)

    def _study(self, addressee: Addressee, key: str, now: dt.datetime) -> None:
        body = living(self._world, plan_of(key), now.date())
        expected = self._rng.randint(12, 160)
        carrying_out.record_dissemination(
            actor=actor_for(self._world, body, now), addressee=addressee, on=now.date(),
            form=self._rng.choice(_FORMS), expected=expected,
            attended=round(expected * self._rng.uniform(0.86, 1)), now=now,
            note="Báo cáo viên cấp trên truyền đạt, thảo luận tại tổ.",
        )  # fmt: skip

    def _elaborate(self, addressee: Addressee, key: str, now: dt.datetime) -> None:
        body = living(self._world, plan_of(key), now.date())
        carrying_out.record_elaboration(
            actor=actor_for(self._world, body, now), addressee=addressee, now=now,
            kind=ElaborationKind.NOT_NEEDED,
            note="Đã đưa nội dung vào chương trình công tác quý, không ban hành văn bản riêng.",
        )  # fmt: skip
