"""Bảng điều hành: right at once, for who may read the whole part of the tree and for who may not."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable

import pytest
from django.db import connection

from soi.access.enums import Duty
from soi.base import triggers
from soi.base.actor import system_actor
from soi.base.errors import Invalid, NotFound
from soi.base.quarters import quarter_of, quarters_between
from soi.org import actions as org
from soi.org.enums import EdgeKind, PostRole, WorkArea
from soi.org.models import Organization, OrganizationEdge
from soi.work import rollup
from soi.work.board import Board, board, figures_of
from soi.work.logic.figures import Figures
from soi.work.models import Task
from tests.org.oracle import DAYS
from tests.work.counting_oracle import World, carried_in, figures_of_tasks
from tests.work.story import TODAY, Story

YEAR = {"first": "2021-Q1", "last": "2021-Q4", "today": TODAY}
LATE = dt.date(2021, 11, 5)


def shown(story: Story, key: str = "region", *, by: str = "secretary", **span: object) -> Board:
    actor, body = story.actor(by), story.region.bodies[key]
    return board(actor, body, **{**YEAR, **span})  # type: ignore[arg-type]


def rows_of(found: Board) -> dict[str, tuple[str, Figures]]:
    return {row.organization.name: (row.kind, row.figures) for row in found.units}


def historic(story: Story, *, due_on: dt.date = LATE, **given: object) -> Task:
    """A task from before, whose day may have passed."""
    created = dt.date(2020, 1, 1)
    return story.assign(due_on=due_on, created_on=created, start_on=created, historic=True, **given)


# --- against the one who counts slowly -----------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(6))
def test_every_board_of_a_random_story_is_right(seed: int) -> None:
    triggers.remove(connection)
    draw = random.Random(1_000 + seed)  # noqa: S311 (repeatable, no secret)
    world = World(draw)
    for day in DAYS:
        for _ in range(draw.randrange(2, 8)):
            world.change()
        world.reorganize()
        if draw.random() < 0.5:
            rollup.fold(now=dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC))
        body = draw.choice([one for one in world.story.bodies if one.pk in world.story.oracle.exists[day]])
        check_board(world, body, day, seed)


def check_board(world: World, body: Organization, day: dt.date, seed: int) -> None:
    first, last, where = "2021-Q1", "2021-Q2", f"seed {seed}, {day}, {body}"
    actor = system_actor("Cài đặt", today=day)
    found = board(actor, body, first=first, last=last, today=day, trend_first="2020-Q3")
    tasks = world.below(body.pk, day)
    assert found.total == figures_of_tasks(tasks, first, last, day), where
    assert found.carried == carried_in(tasks, first, day), where
    quarters = ["2020-Q3", "2020-Q4", first, last]
    assert found.trend == [(q, figures_of_tasks(tasks, q, q, day)) for q in quarters], where
    for area, figures in found.by_area:
        assert figures == figures_of_tasks(tasks, first, last, day, area), (where, area)
    assert sum(figures.total for _, figures in found.by_area) == found.total.total, where
    for row in found.units:
        mine = world.below(row.organization.pk, day)
        if row.kind == "own":
            mine = [task for task in world.tasks if task.organization_id == body.pk]
        assert row.figures == figures_of_tasks(mine, first, last, day), (where, row.organization)
        assert row.carried == carried_in(mine, first, day), (where, row.organization)
        for area, figures in row.by_area.items():
            assert figures == figures_of_tasks(mine, first, last, day, area), (where, area)
    children = {child for child, above in world.story.oracle.parent[day].items() if above == body.pk}
    assert {row.organization.pk for row in found.units if row.kind == "subordinate"} == children, where
    held = {task.pk for row in found.units for task in _tasks_of(world, body, row, day)}
    due = {task.pk for task in tasks if first <= quarter_of(task.due_on) <= last}
    assert due <= held <= {task.pk for task in tasks}, f"{where}: a task stands in no row, or in a wrong one"


def _tasks_of(world: World, body: Organization, row: object, day: dt.date) -> list[Task]:
    if row.kind == "own":  # type: ignore[attr-defined]
        return [task for task in world.tasks if task.organization_id == body.pk]
    return world.below(row.organization.pk, day)  # type: ignore[attr-defined]


# --- what the figures mean -----------------------------------------------------------------------------


def test_figures_add_up() -> None:
    figures = Figures(active=5, reported=2, exceeded=1, on_time=4, late=3, failed=2, cancelled=9, overdue=2)
    assert (figures.done, figures.open, figures.total, figures.not_due) == (8, 7, 17, 3)
    assert figures.share_done == pytest.approx(8 / 17)
    assert Figures().share_done == 0.0
    assert Figures(cancelled=3).total == 0


def test_a_day_is_in_time_until_it_is_over(story: Story) -> None:
    historic(story, due_on=TODAY)
    assert shown(story).total.overdue == 0
    tomorrow = TODAY + dt.timedelta(days=1)
    for fold in (False, True):
        if fold:
            rollup.fold(now=story.now)
        assert shown(story, today=TODAY).total == Figures(active=1)
        assert shown(story, today=tomorrow).total == Figures(active=1, overdue=1)


def test_overdue_of_this_quarter_and_of_quarters_before(story: Story) -> None:
    historic(story, due_on=dt.date(2021, 9, 30))
    historic(story, due_on=dt.date(2021, 10, 1))
    historic(story, due_on=dt.date(2021, 12, 31))
    for fold in (False, True):
        if fold:
            rollup.fold(now=story.now)
        year, quarter = shown(story), shown(story, first="2021-Q4")
        assert (year.total, year.carried) == (Figures(active=3, overdue=2), 0)
        assert (quarter.total, quarter.carried) == (Figures(active=2, overdue=1), 1)
        division = next(row for row in quarter.units if row.organization.name.endswith("Sư đoàn 901"))
        assert (division.figures, division.carried) == (Figures(active=2, overdue=1), 1)
        assert shown(story, first="2022-Q1", last="2022-Q4").carried == 2


def test_a_task_counts_by_the_quarter_of_its_day(story: Story) -> None:
    historic(story, due_on=dt.date(2021, 3, 31))
    historic(story, due_on=dt.date(2021, 4, 1))
    trend = dict(shown(story).trend)
    assert [trend[q].total for q in quarters_between("2021-Q1", "2021-Q4")] == [1, 1, 0, 0]


def test_areas_in_their_order_and_only_those_with_tasks(story: Story) -> None:
    story.assign(area=WorkArea.GENERAL)
    story.assign(area=WorkArea.IDEOLOGY, to="brigade")
    found = shown(story)
    assert found.areas == [WorkArea.IDEOLOGY, WorkArea.GENERAL]
    assert [area for area, _ in found.by_area] == found.areas
    brigade = next(row for row in found.units if "Lữ đoàn" in row.organization.name)
    assert brigade.by_area == {WorkArea.IDEOLOGY: Figures(active=1)}


def test_an_empty_board(story: Story) -> None:
    found = shown(story)
    assert (found.total, found.carried, found.areas, found.by_area) == (Figures(), 0, [], [])
    assert [row.kind for row in found.units] == ["own", "subordinate", "subordinate", "subordinate"]
    assert [quarter for quarter, _ in found.trend] == quarters_between("2021-Q1", "2021-Q4")


def test_own_tasks_stand_apart_from_those_below(story: Story) -> None:
    story.assign(to="secretary")
    story.assign(to="regiment")
    kinds = rows_of(shown(story))
    assert kinds["Đảng ủy Quân khu Thử Nghiệm"] == ("own", Figures(active=1))
    assert kinds["Đảng ủy Sư đoàn 901"] == ("subordinate", Figures(active=1))
    assert shown(story).total == Figures(active=2)


# --- the tree changes ----------------------------------------------------------------------------------


def test_what_a_merged_body_owed_stands_in_a_row_of_its_own(story: Story, task: Task) -> None:
    region = story.region
    org.merge_organizations(
        actor=region.system, sources=[region.bodies["division"]], into=region.bodies["brigade"], on=TODAY,
        now=story.now,
    )  # fmt: skip
    assert rows_of(shown(story, "brigade", by="brigade"))["Đảng ủy Sư đoàn 901"] == (
        "taken_over",
        Figures(active=1),
    )
    assert rows_of(shown(story))["Đảng ủy Lữ đoàn 902"] == ("subordinate", Figures(active=1))
    assert "Đảng ủy Sư đoàn 901" not in rows_of(shown(story))


def test_a_merged_body_without_tasks_makes_no_row(story: Story) -> None:
    region = story.region
    org.merge_organizations(
        actor=region.system, sources=[region.bodies["division"]], into=region.bodies["brigade"], on=TODAY,
        now=story.now,
    )  # fmt: skip
    assert "Đảng ủy Sư đoàn 901" not in rows_of(shown(story, "brigade", by="brigade"))


def test_a_split_body_counts_for_each_heir_and_once_above(story: Story, task: Task) -> None:
    region = story.region
    rollup.fold(now=story.now)
    heirs = org.split_organization(
        actor=region.system, organization=region.bodies["division"], names=["Sư đoàn 903", "Sư đoàn 904"],
        on=TODAY, now=story.now,
    )  # fmt: skip
    for fold in (False, True):
        if fold:
            rollup.fold(now=story.now)
        found = shown(story)
        rows = rows_of(found)
        assert [rows[heir.name][1].active for heir in heirs] == [1, 1]
        assert found.total == Figures(active=1)


# --- who may see it --------------------------------------------------------------------------------------


def test_another_branch_and_the_level_above_do_not_exist(story: Story, task: Task) -> None:
    for key in ("region", "brigade"):
        with pytest.raises(NotFound):
            shown(story, key, by="division")
    assert shown(story, "division", by="division").total == Figures(active=1)
    assert shown(story, "regiment", by="division").total == Figures()


def test_who_keeps_accounts_sees_no_figures(story: Story) -> None:
    with pytest.raises(NotFound):
        shown(story, by="admin")


def test_reading_only_the_body_itself_shows_nothing_of_what_is_below(story: Story) -> None:
    story.official("aide", "Hà Thị Riêng", "region", "Trợ lý riêng", role=PostRole.STAFF, duty=Duty.MEMBER)
    story.assign(to="division")
    story.assign(to="secretary")
    historic(story, to="secretary", due_on=dt.date(2020, 5, 1))
    found = shown(story, by="aide", trend_first="2020-Q1")
    assert not found.whole
    assert rows_of(found) == {"Đảng ủy Quân khu Thử Nghiệm": ("own", Figures(active=1))}
    assert (found.total, found.carried) == (Figures(active=1), 1)
    assert sum(figures.total for _, figures in found.trend) == 2
    assert shown(story).whole
    assert shown(story).total == Figures(active=2)


# --- few statements, odd input -----------------------------------------------------------------------------


def test_a_board_costs_two_statements_however_much_there_is(
    story: Story, django_assert_num_queries: Callable[..., object]
) -> None:
    actor, body = story.actor("secretary"), story.region.bodies["region"]
    rollup.fold(now=story.now)
    for fold in (False, True):
        for _ in range(3):
            story.assign(to="regiment")
        if fold:
            rollup.fold(now=story.now)
        with django_assert_num_queries(2):  # type: ignore[attr-defined]
            board(actor, body, **YEAR)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_figures_of_no_bodies_ask_nothing(django_assert_num_queries: Callable[..., object]) -> None:
    with django_assert_num_queries(0):  # type: ignore[attr-defined]
        assert figures_of([], **YEAR) == {}  # type: ignore[arg-type]


@pytest.mark.parametrize(("first", "last"), [("0000-Q1", "2021-Q4"), ("2021-Q1", "9999-Q4"), ("x", "y")])
def test_a_quarter_that_cannot_be_is_a_sentence(story: Story, first: str, last: str) -> None:
    with pytest.raises(Invalid, match="Kỳ không hợp lệ"):
        shown(story, first=first, last=last)


def test_from_the_first_of_all_quarters(story: Story) -> None:
    historic(story, due_on=dt.date(2020, 1, 1))
    body = story.region.bodies["region"].pk
    for fold in (False, True):
        if fold:
            rollup.fold(now=story.now)
        assert figures_of([body], first="0001-Q1", last=quarter_of(TODAY), today=TODAY) == {
            body: Figures(active=1, overdue=1)
        }


def test_an_edge_that_has_ended_makes_no_row(story: Story) -> None:
    region = story.region
    org.move_organization(
        actor=region.system, organization=region.bodies["brigade"], parent=region.bodies["division"], on=TODAY,
        now=story.now,
    )  # fmt: skip
    assert OrganizationEdge.objects.filter(kind=EdgeKind.SUBORDINATE, end=TODAY).exists()
    assert "Đảng ủy Lữ đoàn 902" not in rows_of(shown(story))
    assert "Đảng ủy Lữ đoàn 902" in rows_of(shown(story, "division", by="division"))
