"""Random reorganisations in any order of dates: the stored tree equals a day-by-day model, each day."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from soi.org import closure, queries
from soi.org.models import Closure, Organization
from tests.org.oracle import DAYS
from tests.org.story import Step, Story

numbers = st.integers(0, 30)
verbs = st.sampled_from(["found", "move", "move", "merge", "merge", "merge one", "split", "abolish"])
# Mostly onward, so that most steps are accepted; sometimes back, to find what a backdated step breaks.
onward = st.sampled_from([0, 0, 1, 1, 2, -1, -4])
steps = st.tuples(verbs, numbers, numbers, numbers, onward)
accepted: Counter[str] = Counter()


def check(story: Story) -> None:
    assert closure.differences() == []
    stored = stored_reach()
    for day in DAYS:
        for body in story.bodies:
            assert stored[day][body.pk] == story.oracle.ways_up(body.pk, day), (day, body.pk)


def check_questions(story: Story, body: Organization, day: dt.date) -> None:
    oracle = story.oracle
    expected = oracle.below(body.pk, day)
    assert set(queries.subtree(body, on=day).values_list("pk", flat=True)) == expected & oracle.exists[day]
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
    max_examples=60,
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
        check(story)
        for shift in range(3):
            check_questions(story, story.bodies[(pick + shift) % len(story.bodies)], day)
        accepted.update(story.accepted)
        transaction.set_rollback(True)


def test_the_stories_were_no_row_of_refusals() -> None:
    """Runs after the stories: each verb was accepted often enough to mean something."""
    if not accepted:
        pytest.skip("run the whole file")
    assert min(accepted[verb] for verb in ("found", "move", "merge", "merge one", "split", "abolish")) >= 6, (
        accepted
    )
