"""A story of random reorganisations, acted on the real tree and, where it was accepted, on the plain model."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from django.db import transaction

from soi.base.actor import Actor, system_actor
from soi.base.errors import Refusal
from soi.org import actions
from soi.org.enums import Classification
from soi.org.models import Organization
from tests.org.oracle import DAYS, FIRST, Oracle

NOW = dt.datetime(2021, 12, 1, tzinfo=dt.UTC)
SYSTEM: Actor = system_actor("Cài đặt", today=dt.date(2021, 12, 1))

# verb, three picks among the bodies, days onward from the last step
Step = tuple[str, int, int, int, int]


class Story:
    """Actions on the real tree, and on the model where they were accepted."""

    def __init__(self) -> None:
        self.oracle, self.bodies, self.today = Oracle(), list[Organization](), 1
        self.accepted: Counter[str] = Counter()
        top = self.found(None, FIRST)
        for _ in range(2):
            self.found(self.found(top, FIRST), FIRST)

    def found(self, parent: Organization | None, on: dt.date) -> Organization:
        body = actions.found_organization(
            actor=SYSTEM,
            name=f"Tổ chức {len(self.bodies)}",
            classification=Classification.UNIT,
            parent=parent,
            on=on,
            now=NOW,
        )
        self.bodies.append(body)
        self.oracle.found(body.pk, parent.pk if parent else None, on)
        return body

    def move(self, body: Organization, parent: Organization, on: dt.date) -> None:
        actions.move_organization(actor=SYSTEM, organization=body, parent=parent, on=on, now=NOW)
        self.oracle.move(body.pk, parent.pk, on)

    def merge(self, sources: list[Organization], into: Organization, on: dt.date) -> None:
        actions.merge_organizations(actor=SYSTEM, sources=sources, into=into, on=on, now=NOW)
        self.oracle.dissolve({source.pk for source in sources}, [into.pk], on)

    def split(self, body: Organization, on: dt.date) -> None:
        names = [f"Phần {len(self.bodies)}", f"Phần {len(self.bodies) + 1}"]
        above = self.oracle.parent[on].get(body.pk)
        heirs = actions.split_organization(actor=SYSTEM, organization=body, names=names, on=on, now=NOW)
        for heir in heirs:
            self.bodies.append(heir)
            self.oracle.found(heir.pk, above, on)
        self.oracle.dissolve({body.pk}, [heir.pk for heir in heirs], on)

    def abolish(self, body: Organization, on: dt.date) -> None:
        actions.abolish_organization(actor=SYSTEM, organization=body, on=on, now=NOW)
        self.oracle.dissolve({body.pk}, [self.oracle.parent[on][body.pk]], on)

    def do(self, step: Step) -> None:
        verb, *picks, onward_by = step
        self.today = max(1, min(self.today + onward_by, len(DAYS) - 1))
        on = DAYS[self.today]
        one, two, three = (self.bodies[pick % len(self.bodies)] for pick in picks)
        try:
            with transaction.atomic():
                self._do(verb, one, two, three, on)
        except Refusal:
            return
        self.accepted[verb] += 1

    def _do(self, verb: str, one: Organization, two: Organization, three: Organization, on: dt.date) -> None:
        match verb:
            case "found":
                self.found(one, on)
            case "move":
                self.move(one, two, on)
            case "merge":
                self.merge([one, two], three, on)
            case "merge one":
                self.merge([one], three, on)
            case "split":
                self.split(one, on)
            case "abolish":
                self.abolish(one, on)
