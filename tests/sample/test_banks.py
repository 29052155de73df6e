"""The pure parts of the sample: names, sentences, the blueprint and the calendar."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from soi.base.errors import Invalid
from soi.sample import days, load
from soi.sample.blueprint import bodies, data
from soi.sample.meetings import schedule
from soi.sample.names import Namer
from soi.sample.people import plan_of
from soi.sample.phrases import issues, state, strengths, world_of
from soi.sample.scenes import SCENES


def test_names_are_the_same_every_time_and_never_twice() -> None:
    one, two = (Namer(random.Random(7)) for _ in range(2))  # noqa: S311
    names = [one.name(women=0.3) for _ in range(500)]
    assert names == [two.name(women=0.3) for _ in range(500)]
    assert len(set(names)) == 500
    for family, givens in data("names.toml")["too_well_known"].items():
        assert not [name for name in names if name.split()[0] == family and name.split()[-1] in givens]


def test_every_issue_can_be_said_of_every_body_it_fits() -> None:
    rng = random.Random(1)  # noqa: S311
    for body in bodies():
        if body.kind in {"army", "general", "province", "command", "control", "standing"}:
            continue
        for issue in issues(world_of(body)):
            if issue.fits(body) and body.kind in data("parts.toml"):
                assert "{" not in state(issue, body, rng, []).text
        areas = [area for area, _ in strengths(body, 3, rng)]
        assert len(areas) == len(set(areas)) == 3


def test_scenes_speak_of_posts_and_issues_that_exist() -> None:
    posts = {f"{plan.key}.{post.key}" for plan in bodies() for post in plan.posts}
    for scene in SCENES:
        bank = {issue.key for issue in issues(world_of(plan_of(scene.body)))}
        assert scene.post in posts
        assert scene.issue in bank


@pytest.mark.django_db
def test_a_clock_before_the_reform_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("soi.sample.loading.is_loaded", lambda: False)
    with pytest.raises(Invalid, match="01/01/2026"):
        load(today=dt.date(2025, 6, 30))


def test_days_are_counted_backwards_from_any_day() -> None:
    assert days.opening(dt.date(2026, 11, 22)) == dt.date(2024, 10, 1)
    assert days.months_before(dt.date(2026, 3, 31), 1) == dt.date(2026, 2, 1)
    assert days.workday(dt.date(2026, 11, 21)) == days.workday(dt.date(2026, 11, 22)) == dt.date(2026, 11, 23)
    assert days.workday(dt.date(2026, 11, 20)) == dt.date(2026, 11, 20)


@pytest.mark.parametrize("today", [dt.date(2026, 1, 1), dt.date(2026, 11, 22), dt.date(2028, 2, 29)])
def test_every_day_of_loading_has_two_years_of_conferences_behind_it(today: dt.date) -> None:
    meetings = list(schedule(days.opening(today), today))
    yearly = {meeting.day.year for meeting in meetings if meeting.kind == "self_criticism"}
    assert len(yearly) >= 2
    assert all(meeting.day < today and "{" not in meeting.title for meeting in meetings)
