"""Dữ liệu để đo: what is copied in past the actions is what the actions would have written."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from soi.access.models import User
from soi.access.queries import actor_of
from soi.base.actor import Capability
from soi.bench import work_floor
from soi.bench.work_rows import add_tasks, build_tree, plan_tree
from soi.bench.work_writers import WARM, Work, by_action, by_sql, open_tasks, write
from soi.org import closure
from soi.org.models import Organization, Post
from soi.work import rollup
from soi.work.board import board
from soi.work.models import Task, TaskDelta


def test_a_tree_has_six_levels_and_the_asked_number_of_bodies() -> None:
    tree = plan_tree(20_000)
    assert tree.size == 20_000
    assert sorted(set(tree.levels)) == [0, 1, 2, 3, 4, 5]
    assert tree.levels.count(1) == 20
    assert all(
        tree.levels[parent] == tree.levels[body] - 1 for body, parent in enumerate(tree.parents) if body
    )
    inner = {body for body, level in enumerate(tree.levels) if level < 5}
    assert set(tree.parents) - {-1} == inner, "a body above the last level has nobody below"


def test_the_same_numbers_give_the_same_tree() -> None:
    assert plan_tree(300) == plan_tree(300)
    assert plan_tree(50).size == 50


@pytest.fixture
def rows(db: None) -> None:
    """Sixty bodies, four hundred tasks."""
    add_tasks(build_tree(60), 400)


@pytest.mark.usefixtures("rows")
def test_the_copied_rows_hold_together() -> None:
    assert Organization.objects.count() == 60
    assert closure.differences() == []
    assert Task.objects.count() == 400
    body_of = dict(Post.objects.values_list("pk", "organization_id"))
    assert all(body_of[task.accountable_post_id] == task.organization_id for task in Task.objects.all())
    # Numbers go on after what was copied.
    assert Organization.objects.create(name="Thêm", classification="unit", start=dt.date(2020, 1, 1)).pk == 61


@pytest.mark.usefixtures("rows")
def test_the_triggers_are_back_afterwards() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.filter(pk=Task.objects.values("pk")[:1]).delete()


@pytest.mark.usefixtures("rows")
def test_the_head_of_the_top_reads_and_records_everywhere() -> None:
    today = timezone.localdate()
    actor = actor_of(User.objects.get(username="do1"), today=today)
    assert {Capability.READ, Capability.RECORD} <= {grant.capability for grant in actor.grants}
    top = Organization.objects.get(pk=1)
    shown = board(actor, top, first="2000-Q1", last="2100-Q4", today=today)
    assert shown.whole
    assert shown.total.total + shown.total.cancelled == 400


@pytest.mark.usefixtures("rows")
def test_the_floor_says_the_same_as_the_board() -> None:
    top = Organization.objects.get(pk=1)
    rollup.rebuild(now=timezone.now())
    assert work_floor.by_sql(top) == work_floor.total_of(work_floor.by_board(top)) > 0


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("way", [by_action, by_sql])
def test_both_ways_of_writing_keep_the_figures_right(way: object) -> None:
    rollup.rebuild(now=timezone.now())
    ids = open_tasks(WARM + 10)
    assert {pk % 2 for pk in ids} == {0, 1}, "both kinds of change"
    written = write(Work(tuple(ids), 0.0, 1, way))  # type: ignore[arg-type]
    assert (len(written.times), written.errors) == (10, [])
    assert TaskDelta.objects.count() == 2 * (WARM + 10)
    assert rollup.differences(today=timezone.localdate()) == []


@pytest.mark.usefixtures("rows")
def test_many_moved_dates_are_folded() -> None:
    rollup.rebuild(now=timezone.now())
    work_floor.append_deltas(20)
    assert TaskDelta.objects.count() == 40
    work_floor.fold_all()
    assert not TaskDelta.objects.exists()
    assert rollup.differences(today=timezone.localdate()) == []
    assert connection.in_atomic_block
