"""Random reorganisations in any order of dates: the stored tree equals a day-by-day model, each day."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from soi.base.actor import Actor, system_actor
from soi.base.errors import Refusal
from soi.org import actions, closure, queries
from soi.org.enums import Classification
from soi.org.models import Closure, Organization
from tests.org.oracle import DAYS, FIRST, Oracle

NOW = dt.datetime(2021, 12, 1, tzinfo=dt.UTC)
SYSTEM: Actor = system_actor("Cài đặt", today=dt.date(2021, 12, 1))

numbers = st.integers(0, 30)
verbs = st.sampled_from(["found", "move", "move", "merge", "merge", "merge one", "split", "abolish"])
# Mostly onward, so that most steps are accepted; sometimes back, to find what a backdated step breaks.
onward = st.sampled_from([0, 0, 1, 1, 2, -1, -4])
steps = st.tuples(verbs, numbers, numbers, numbers, onward)
Step = tuple[str, int, int, int, int]
accepted: Counter[str] = Counter()


class Story:
    """Actions on the real tree, and on the model where they were accepted."""

    def __init__(self) -> None:
        self.oracle, self.bodies, self.today = Oracle(), list[Organization](), 1
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
        accepted[verb] += 1

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

    def check(self) -> None:
        assert closure.differences() == []
        stored = stored_reach()
        for day in DAYS:
            for body in self.bodies:
                assert stored[day][body.pk] == self.oracle.ways_up(body.pk, day), (day, body.pk)

    def check_questions(self, body: Organization, day: dt.date) -> None:
        oracle = self.oracle
        expected = oracle.below(body.pk, day)
        assert (
            set(queries.subtree(body, on=day).values_list("pk", flat=True)) == expected & oracle.exists[day]
        )
        ancestors = [above.pk for above in queries.ancestors(body, on=day)]
        assert len(ancestors) == len(set(ancestors))
        assert {*ancestors, body.pk} == oracle.ways_up(body.pk, day)
        superior = queries.superior(body, on=day)
        assert (superior.pk if superior else None) == oracle.parent[day].get(body.pk)
        children = {child for child, above in oracle.parent[day].items() if above == body.pk}
        assert set(queries.subordinates(body, on=day).values_list("pk", flat=True)) == children


def stored_reach() -> dict[dt.date, dict[int, set[int]]]:
    """The closure table spread out over the days, without asking the queries under test."""
    reach: dict[dt.date, dict[int, set[int]]] = {day: defaultdict(set) for day in DAYS}
    for row in Closure.objects.all():
        for day in DAYS:
            if row.start <= day and (row.end is None or day < row.end):
                reach[day][row.descendant_id].add(row.ancestor_id)
    return reach


@pytest.mark.django_db
@settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(steps, min_size=6, max_size=14), numbers, st.sampled_from(DAYS))
def test_any_story_of_reorganisations(story_steps: list[Step], pick: int, day: dt.date) -> None:
    with transaction.atomic():
        story = Story()
        for step in story_steps:
            story.do(step)
        story.check()
        for shift in range(3):
            story.check_questions(story.bodies[(pick + shift) % len(story.bodies)], day)
        transaction.set_rollback(True)


def test_the_stories_were_no_row_of_refusals() -> None:
    """Runs after the stories: each verb was accepted often enough to mean something."""
    if not accepted:
        pytest.skip("run the whole file")
    assert (
        min(accepted[verb] for verb in ("found", "move", "merge", "merge one", "split", "abolish")) >= 12
    ), accepted
