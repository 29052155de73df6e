"""Cộng số liệu: stored counts plus changes not folded yet always equal the tasks counted one by one."""

from __future__ import annotations

import datetime as dt
import random
import threading
from collections.abc import Callable
from functools import partial

import pytest
from click.testing import Result
from django.db import connection, transaction
from typer.testing import CliRunner

from soi.base import triggers
from soi.base.locks import Alone, hold_alone
from soi.cli import audit
from soi.org import actions as org
from soi.org.enums import Classification, WorkArea
from soi.work import rollup
from soi.work.board import figures_of
from soi.work.enums import Standing
from soi.work.logic import figures as logic
from soi.work.models import Task, TaskCount, TaskDelta, TaskDue, TreeStamp
from soi.work.rollup import Counted, note_change
from soi.work.stamping import Stamp
from tests.factories import Region, build_region
from tests.org.oracle import DAYS
from tests.work.counting_oracle import World
from tests.work.story import Story

ALL = {"first": "2020-Q1", "last": "2022-Q4"}
DUE = dt.date(2021, 12, 31)


def at(day: dt.date) -> dt.datetime:
    """Morning of the day in Hanoi."""
    return dt.datetime(day.year, day.month, day.day, 1, 30, tzinfo=dt.UTC)


@pytest.fixture
def _free_tables(db: None) -> None:
    """Tasks of the random stories jump between states; the test's rollback brings the triggers back."""
    triggers.remove(connection)


# --- random stories ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("_free_tables")
@pytest.mark.parametrize("seed", range(12))
def test_any_story_of_tasks_folds_and_reorganisations(seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311 (repeatable, no secret)
    world = World(draw)
    for number, day in enumerate(DAYS):
        for _ in range(draw.randrange(1, 9)):
            world.change()
        if draw.random() < 0.6:
            world.reorganize()
        if draw.random() < 0.5:
            rollup.fold(now=at(day), at_once=draw.choice([1, 3, 5_000]))
            assert rollup.differences(today=day) == [], f"seed {seed}, day {number}"
        check(world, day, seed)
    rollup.fold(now=at(DAYS[-1]))
    before = stored()
    rollup.rebuild(now=at(DAYS[-1]))
    assert stored() == before, f"seed {seed}: folding and counting anew differ"
    check(world, DAYS[-1], seed)


def check(world: World, day: dt.date, seed: int) -> None:
    first, last = world.draw.choice([("2020-Q3", "2021-Q4"), ("2021-Q1", "2021-Q1"), ("2021-Q2", "2021-Q2")])
    bodies = [body.pk for body in world.story.bodies]
    expected = {body: world.figures(body, first, last, day) for body in bodies}
    assert figures_of(bodies, first=first, last=last, today=day) == expected, f"seed {seed}, {day}"


def stored() -> tuple[set[tuple[object, ...]], set[tuple[object, ...]]]:
    """What is kept, rows at zero left out."""
    counts = TaskCount.objects.exclude(n=0).values_list("organization", "standing", "quarter", "area", "n")
    return set(counts), set(TaskDue.objects.exclude(n=0).values_list("organization", "due_on", "area", "n"))


# --- one change --------------------------------------------------------------------------------------


def counted(organization_id: int = 1, standing: str = Standing.ACTIVE, due_on: dt.date = DUE) -> Counted:
    return Counted(organization_id, WorkArea.GENERAL, due_on, standing)


@pytest.mark.django_db
def test_a_change_that_moves_no_figure_appends_nothing() -> None:
    note_change(counted(), counted())
    assert not TaskDelta.objects.exists()
    note_change(counted(), counted(standing=Standing.REPORTED))
    assert sorted(TaskDelta.objects.values_list("standing", "n")) == [("active", -1), ("reported", 1)]


@pytest.mark.django_db
def test_two_rows_of_a_change_are_one_statement(django_assert_num_queries: Callable[..., object]) -> None:
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        note_change(counted(), counted(due_on=dt.date(2022, 1, 1)))
    assert TaskDelta.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_change_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        note_change(None, counted())
    with transaction.atomic():
        note_change(None, counted())
    assert TaskDelta.objects.count() == 1


def test_every_action_on_a_task_is_told(story: Story, task: Task) -> None:
    division = story.region.bodies["division"].pk

    def now_counted() -> dict[str, int]:
        figures = figures_of([division], **ALL, today=dt.date(2021, 12, 1))[division]
        return {name: getattr(figures, name) for name in logic.Figures.__slots__ if getattr(figures, name)}

    assert now_counted() == {"active": 1}
    story.report(task)
    assert now_counted() == {"active": 1}
    story.done(task)
    assert now_counted() == {"reported": 1}
    rollup.fold(now=story.now)
    story.give_back(task)
    assert now_counted() == {"active": 1}
    story.closed(task)
    assert now_counted() == {"on_time": 1}
    rollup.fold(now=story.now)
    assert now_counted() == {"on_time": 1}
    assert rollup.differences(today=dt.date(2021, 12, 1)) == []


def test_an_action_that_is_taken_back_leaves_no_figure(story: Story, task: Task) -> None:
    pending = TaskDelta.objects.count()
    with transaction.atomic():
        story.done(task)
        assert TaskDelta.objects.count() == pending + 2
        transaction.set_rollback(True)
    assert TaskDelta.objects.count() == pending


# --- folding -----------------------------------------------------------------------------------------


def test_a_fold_counts_for_every_body_above(story: Story, task: Task) -> None:
    rollup.fold(now=story.now)
    assert not TaskDelta.objects.exists()
    counted_for = set(TaskCount.objects.filter(n=1).values_list("organization", flat=True))
    assert counted_for == {story.region.bodies[key].pk for key in ("division", "region")}
    assert TaskDue.objects.filter(n=1, due_on=task.due_on).count() == 2


def test_what_is_not_to_be_done_any_more_is_not_due(story: Story, reported: Task) -> None:
    rollup.fold(now=story.now)
    assert not TaskDue.objects.exclude(n=0).exists()
    assert TaskCount.objects.filter(standing=Standing.REPORTED, n=1).count() == 2


def test_a_fold_says_how_much_it_folded_and_goes_in_pieces(story: Story) -> None:
    rollup.fold(now=story.now)
    for _ in range(5):
        story.assign()
    assert rollup.fold(now=story.now, at_once=2) == 5
    assert rollup.fold(now=story.now) == 0
    assert rollup.differences(today=dt.date(2021, 12, 1)) == []


def test_a_fold_of_nothing_costs_three_reads_and_writes_nothing(
    story: Story, django_assert_num_queries: Callable[..., object]
) -> None:
    rollup.fold(now=story.now)
    with django_assert_num_queries(3):  # type: ignore[attr-defined]
        assert rollup.fold(now=story.now) == 0


def test_what_is_only_in_memory_is_found_by_the_comparison(story: Story, task: Task) -> None:
    rollup.fold(now=story.now)
    TaskCount.objects.filter(organization=story.region.bodies["region"]).update(n=7)
    TaskDue.objects.filter(organization=story.region.bodies["division"]).delete()
    found = rollup.differences(today=dt.date(2021, 12, 1))
    assert len(found) == 2
    assert "lệch -6" in found[0]
    assert "lệch +1" in found[1]
    rollup.rebuild(now=story.now)
    assert rollup.differences(today=dt.date(2021, 12, 1)) == []


def test_a_lost_change_is_found_by_the_comparison(story: Story, task: Task) -> None:
    rollup.fold(now=story.now)
    story.assign()
    TaskDelta.objects.all().delete()
    assert rollup.differences(today=dt.date(2021, 12, 1))


# --- the tree changes --------------------------------------------------------------------------------


def test_a_move_counts_at_once_for_the_new_level(story: Story, task: Task) -> None:
    region, today = story.region, dt.date(2021, 12, 1)
    rollup.fold(now=story.now)
    brigade, division = region.bodies["brigade"], region.bodies["division"]
    org.move_organization(actor=region.system, organization=division, parent=brigade, on=today, now=story.now)
    assert rollup.differences(today=today) == ["số liệu chưa được cộng theo cây tổ chức của hôm nay"]
    assert figures_of([brigade.pk], **ALL, today=today)[brigade.pk].active == 1
    rollup.fold(now=story.now)
    assert rollup.differences(today=today) == []
    assert figures_of([brigade.pk], **ALL, today=today)[brigade.pk].active == 1
    assert TaskCount.objects.get(organization=brigade).n == 1


def test_a_move_ahead_of_its_day_counts_from_that_day(story: Story, task: Task) -> None:
    region, on = story.region, dt.date(2021, 12, 10)
    brigade, division = region.bodies["brigade"], region.bodies["division"]
    rollup.fold(now=story.now)
    org.move_organization(actor=region.system, organization=division, parent=brigade, on=on, now=story.now)
    for day, expected in ((on - dt.timedelta(1), 0), (on, 1)):
        assert figures_of([brigade.pk], **ALL, today=day)[brigade.pk].active == expected
        rollup.fold(now=at(day))
        assert figures_of([brigade.pk], **ALL, today=day)[brigade.pk].active == expected
        assert rollup.differences(today=day) == []


def test_a_founding_of_today_counts_nothing_anew_and_one_ahead_does(region: Region) -> None:
    stamp = rollup.tree_stamp(dt.date(2021, 12, 1))
    found(region, dt.date(2014, 1, 1))
    assert rollup.tree_stamp(dt.date(2021, 12, 1)) == stamp
    found(region, dt.date(2021, 12, 5))
    assert rollup.tree_stamp(dt.date(2021, 12, 4)) == stamp
    assert rollup.tree_stamp(dt.date(2021, 12, 5)) != stamp


def found(region: Region, on: dt.date) -> None:
    org.found_organization(
        actor=region.system,
        name=f"Tổ công tác {on:%d/%m/%Y}",
        classification=Classification.UNIT,
        parent=None,
        on=on,
        now=region.now,
    )


def test_a_new_name_changes_no_figure(region: Region) -> None:
    stamp = rollup.tree_stamp(dt.date(2021, 12, 1))
    org.rename_organization(
        actor=region.system,
        organization=region.bodies["division"],
        name="Đảng ủy Sư đoàn 901 (mới)",
        on=dt.date(2021, 12, 1),
        now=region.now,
    )
    assert rollup.tree_stamp(dt.date(2021, 12, 1)) == stamp


def test_stored_counts_are_read_while_the_tree_is_the_same_and_not_a_moment_longer(
    story: Story, task: Task
) -> None:
    """A wrong count tells which source an answer comes from."""
    region, today = story.region, dt.date(2021, 12, 1)
    top, wrong, right = region.bodies["region"].pk, 7, 1
    rollup.fold(now=story.now)
    TaskCount.objects.filter(organization=top).update(n=wrong)
    assert figures_of([top], **ALL, today=today)[top].active == wrong
    # The same tree on another day, and with another name in it.
    assert figures_of([top], **ALL, today=dt.date(2022, 2, 1))[top].active == wrong
    org.rename_organization(
        actor=region.system, organization=region.bodies["brigade"], name="Lữ đoàn 902 (mới)", on=today,
        now=story.now,
    )  # fmt: skip
    assert figures_of([top], **ALL, today=today)[top].active == wrong
    rollup.fold(now=story.now)
    assert figures_of([top], **ALL, today=today)[top].active == wrong, "nothing was to be counted anew"
    org.move_organization(
        actor=region.system, organization=region.bodies["cell"], parent=region.bodies["brigade"], on=today,
        now=story.now,
    )  # fmt: skip
    assert figures_of([top], **ALL, today=today)[top].active == right
    rollup.fold(now=story.now)
    assert TaskCount.objects.get(organization=top).n == right


def test_a_stamp_is_read_as_it_was_written(story: Story) -> None:
    assert Stamp.stored() == Stamp(tree="", newest=-1, seen_on="")
    stamp = Stamp(tree="3 2015-01-01", newest=12, seen_on="2021-12-01")
    stamp.write(story.now)
    assert Stamp.stored() == stamp
    assert stamp.was_seen(12, dt.date(2021, 12, 1))
    assert not stamp.was_seen(13, dt.date(2021, 12, 1))
    assert not stamp.was_seen(12, dt.date(2021, 12, 2))


def test_counting_anew_clears_rows_at_zero(story: Story, task: Task) -> None:
    rollup.fold(now=story.now)
    story.done(task)
    rollup.fold(now=story.now)
    assert TaskCount.objects.filter(n=0).exists()
    rollup.rebuild(now=story.now)
    assert not TaskCount.objects.filter(n=0).exists()
    assert TreeStamp.objects.get().made_at == story.now


def test_the_words_of_the_pure_part_are_those_of_the_tables() -> None:
    assert [*Standing.values, "overdue"] == list(logic.Figures.__slots__)
    assert logic.ACTIVE == Standing.ACTIVE


# --- several at once (PostgreSQL: SQLite has one writer) -----------------------------------------------

needs_writers = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer")


@pytest.fixture
def region_for_all(transactional_db: None, now: dt.datetime) -> Region:
    """The region, seen by every connection."""
    return build_region(now)


def run(work: Callable[[], None], failures: list[BaseException]) -> threading.Thread:
    """A thread with a connection of its own; what goes wrong in it is told."""

    def guarded() -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 (told to the test)
            failures.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=guarded)
    thread.start()
    return thread


@needs_writers
def test_writers_folders_and_readers_at_once(region_for_all: Region) -> None:
    """Nothing is lost, and no reader sees a change twice or not at all: the total never moves."""
    story, today = Story(region_for_all, region_for_all.now), dt.date(2021, 12, 1)
    tasks = [story.assign() for _ in range(8)]
    body = region_for_all.bodies["region"].pk
    rollup.fold(now=story.now)
    stop, totals, failures = threading.Event(), set[int](), list[BaseException]()

    def write(task: Task) -> None:
        for _ in range(6):
            story.give_back(story.done(task))

    def again_and_again(work: Callable[[], object]) -> None:
        while not stop.is_set():
            work()

    fold = partial(again_and_again, lambda: rollup.fold(now=story.now, at_once=3))
    read = partial(again_and_again, lambda: totals.add(figures_of([body], **ALL, today=today)[body].open))
    others = [run(work, failures) for work in (fold, fold, read)]
    for thread in [run(partial(write, task), failures) for task in tasks]:
        thread.join()
    stop.set()
    for thread in others:
        thread.join()
    assert (failures, totals) == ([], {8})
    rollup.fold(now=story.now)
    assert not TaskDelta.objects.exists()
    assert rollup.differences(today=today) == []


@needs_writers
def test_a_second_folder_leaves_it_to_the_first(region_for_all: Region) -> None:
    story = Story(region_for_all, region_for_all.now)
    rollup.fold(now=story.now)
    story.assign()
    folded: list[int] = []

    def other() -> None:
        folded.append(rollup.fold(now=story.now))
        connection.close()

    with transaction.atomic():
        hold_alone(Alone.FOLDING)
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert folded == [0]
    assert TaskDelta.objects.count() == 1
    assert rollup.fold(now=story.now) == 1


# --- the command ----------------------------------------------------------------------------------------


def audit_figures(*options: str) -> Result:
    return CliRunner().invoke(audit.app, ["figures", *options])


def test_the_command_says_that_all_is_right(story: Story, task: Task) -> None:
    result = audit_figures()
    assert (result.exit_code, result.output) == (0, "Số liệu nhiệm vụ khớp với từng nhiệm vụ.\n")


def test_the_command_names_what_differs_and_mends_it(story: Story, task: Task) -> None:
    audit_figures()
    TaskCount.objects.update(n=4)
    result = audit_figures()
    assert result.exit_code == 1
    assert "lệch -3" in result.output
    assert "--renew" in result.output
    assert audit_figures("--renew").exit_code == 0
