"""Who sees which task, what the lists hold, and what one page costs."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from soi.base.errors import NotFound
from soi.org.enums import WorkArea
from soi.org.models import Post
from soi.work import progress, queries
from soi.work.entering import ContributorEntry
from soi.work.enums import LateCause, Result, Standing
from soi.work.filters import TaskFilter
from soi.work.models import Task
from soi.work.tasks import cancel_task
from tests.work.story import DUE_ON, TODAY, Story

DAY = dt.timedelta(days=1)
EVERYBODY = (
    "secretary", "clerk", "inspector", "press", "admin", "commander", "division", "divisionclerk", "regiment",
    "member", "brigade", "brigadeclerk",
)  # fmt: skip


def who_sees(story: Story, task: Task) -> set[str]:
    return {who for who in EVERYBODY if queries.visible_to(story.actor(who)).filter(pk=task.pk).exists()}


ABOVE = {"secretary", "clerk", "inspector"}


def test_the_body_the_giver_and_those_above_see_a_task(story: Story, task: Task) -> None:
    assert who_sees(story, task) == ABOVE | {"division", "divisionclerk", "press"}


def test_the_giver_sees_what_it_gave_elsewhere(story: Story) -> None:
    task = story.assign(giver="command", to="brigade")
    assert who_sees(story, task) == ABOVE | {"commander", "brigade", "brigadeclerk"}


def test_the_holder_of_the_post_sees_it_without_any_other_right(story: Story) -> None:
    post = Post.objects.get(pk=story.region.posts["admin"].pk)
    task = story.assign(giver="region", accountable_post=post)
    assert "admin" in who_sees(story, task)


def test_who_helps_sees_it_by_body_or_by_post(story: Story) -> None:
    region = story.region
    by_body = story.assign(contributors=[ContributorEntry(region.bodies["brigade"])])
    assert who_sees(story, by_body) >= {"brigade", "brigadeclerk"}
    by_post = story.assign(contributors=[ContributorEntry(region.bodies["cell"], region.posts["member"])])
    assert "member" in who_sees(story, by_post)
    assert list(queries.helped_by(story.actor("member"))) == [by_post]


def test_who_reported_or_judged_sees_it_wherever_they_stand(story: Story, task: Task) -> None:
    """True to what the records say of a person: they see what stands under their name."""
    story.report(task)
    story.assess(story.done(task, by="divisionclerk"), by="inspector")
    story.region.people["division"].memberships.update(end=TODAY + DAY)
    story.region.people["inspector"].memberships.update(end=TODAY + DAY)
    for who in ("division", "inspector"):
        later = story.actor(who, today=TODAY + 2 * DAY)
        assert not later.grants
        assert list(queries.said_by(later)) == [task]
        assert queries.get(later, task.pk) == task
    assert not queries.said_by(story.actor("clerk")).exists()


# --- one task ------------------------------------------------------------------------------------------


def full(story: Story) -> Task:
    """A task with something in each part."""
    task = story.assign(contributors=[ContributorEntry(story.region.bodies["brigade"])])
    report = story.report(task, request="Đề nghị cấp kinh phí")
    story.report(task, 60)
    progress.answer_request(actor=story.actor("clerk"), report=report, text="Đồng ý", now=story.now)
    story.done(story.assign(by="divisionclerk", giver="division", to="regiment", parent=task), by="regiment")
    story.give_back(story.done(task))
    return task


def test_one_task_with_all_its_parts_in_two_queries(story: Story) -> None:
    task, actor = full(story), story.actor("clerk")
    with CaptureQueriesContext(connection) as asked:
        got = queries.get(actor, task.pk)
        first, second, final = got.reports.all()
        assert (first.answer.text, hasattr(second, "answer"), final.is_final) == ("Đồng ý", False, True)
        assert first.reported_by is not None
        assert [one.assessor_label for one in got.assessments.all()] == ["Phan Văn Sư", "Lê Văn Thử"]
        assert [one.organization.name for one in got.contributors.all()] == ["Đảng ủy Lữ đoàn 902"]
        assert [one.standing for one in got.subtasks.all()] == [Standing.REPORTED]
        assert got.accountable_post.organization == got.organization
        assert not hasattr(got, "remedy")
        assert queries.parent_of(actor, got) is None
    assert len(asked) == 2


def test_what_is_out_of_sight_of_the_tree_around_is_not_shown(story: Story) -> None:
    task = full(story)
    below = task.subtasks.get()
    helper = queries.get(story.actor("brigade"), task.pk)
    assert list(helper.subtasks.all()) == []
    with pytest.raises(NotFound):
        queries.get(story.actor("brigade"), below.pk)
    assert queries.parent_of(story.actor("regiment"), below) is None
    assert queries.parent_of(story.actor("division"), below) == task


@pytest.mark.parametrize("who", ["brigade", "member", "admin", "commander"])
def test_out_of_sight_is_not_found(story: Story, task: Task, who: str) -> None:
    report = story.report(task)
    actor = story.actor(who)
    with pytest.raises(NotFound):
        queries.get(actor, task.pk)
    with pytest.raises(NotFound):
        queries.get_report(actor, report.pk)
    with pytest.raises(NotFound):
        queries.get(actor, 10**12)
    assert queries.get_report(story.actor("clerk"), report.pk) == report


# --- lists ---------------------------------------------------------------------------------------------


@pytest.fixture
def several(story: Story) -> dict[str, Task]:
    """One of each standing, and one of another area, body and quarter."""
    late = {"late_cause": LateCause.OWN}
    soon = {"due_on": TODAY + 13 * DAY}
    old = {"historic": True, "created_on": TODAY - 60 * DAY, "due_on": TODAY - DAY}
    made = {
        "soon": story.assign(**soon),
        "far": story.assign(to="brigade", due_on=TODAY + 200 * DAY, area=WorkArea.DEFENCE),
        "overdue": story.assign(**old, statement="Lập sổ theo dõi kỷ luật"),
        "reported": story.done(story.assign(**soon)),
        "on_time": story.closed(story.assign(**soon)),
        "exceeded": story.assess(story.done(story.assign(**soon)), result=Result.EXCEEDED),
        "late": story.assess(story.done(story.assign(**old), **late)),
        "failed": story.assess(story.done(story.assign(**soon)), result=Result.NOT_ACHIEVED),
    }
    made["cancelled"] = cancel_task(
        actor=story.actor("clerk"), task=story.assign(**soon), reason="Bãi bỏ", now=story.now
    )
    return made


def listed(story: Story, made: dict[str, Task], *, by: str = "clerk", **asked: Any) -> set[str]:
    names = {task.pk: name for name, task in made.items()}
    return {names[task.pk] for task in queries.listing(story.actor(by), TaskFilter(**asked))}


@pytest.mark.parametrize(
    ("standing", "expected"),
    [
        ("active", {"soon", "far", "overdue"}),
        ("open", {"soon", "far", "overdue", "reported"}),
        ("overdue", {"overdue"}),
        ("not_due", {"soon", "far"}),
        ("due_soon", {"soon"}),
        ("done", {"on_time", "exceeded", "late"}),
        *((one, {one}) for one in ("reported", "on_time", "exceeded", "late", "failed", "cancelled")),
    ],
)
def test_by_standing(story: Story, several: dict[str, Task], standing: str, expected: set[str]) -> None:
    assert listed(story, several, standing=standing) == expected
    assert listed(story, several, standing="counted") == set(several) - {"cancelled"}
    assert listed(story, several) == set(several)


def test_overdue_and_soon_are_judged_by_the_day_asked_for(story: Story, several: dict[str, Task]) -> None:
    assert listed(story, several, standing="overdue", as_of=TODAY - DAY) == set()
    assert listed(story, several, standing="overdue", as_of=TODAY + 14 * DAY) == {"overdue", "soon"}
    assert listed(story, several, standing="due_soon", as_of=dt.date.max) == set()


def test_by_everything_else(story: Story, several: dict[str, Task]) -> None:
    region = story.region
    assert listed(story, several, area=WorkArea.DEFENCE) == {"far"}
    assert listed(story, several, body=region.bodies["brigade"].pk) == {"far"}
    assert listed(story, several, body=region.bodies["region"].pk) == set(several)
    assert listed(story, several, body=region.bodies["region"].pk, below=False) == set()
    assert listed(story, several, body=region.bodies["brigade"].pk, below=False) == {"far"}
    assert listed(story, several, period="2022-Q2") == {"far"}
    assert listed(story, several, period="2021") == set(several) - {"far"}
    assert listed(story, several, post=region.posts["brigade"].pk) == {"far"}
    assert listed(story, several, given_by=region.bodies["division"].pk) == set()
    assert listed(story, several, given_by=region.bodies["region"].pk) == set(several)
    for query in ("SỔ theo dõi", "so ky luat", "sổ"):
        assert listed(story, several, q=query) == {"overdue"}
    assert listed(story, several, q="không có") == set()
    assert listed(story, several, by="brigade") == {"far"}


def test_the_earliest_due_comes_first_and_rows_cost_nothing_more(story: Story, task: Task) -> None:
    def cost() -> int:
        actor = story.actor("clerk")
        with CaptureQueriesContext(connection) as asked:
            for row in queries.listing(actor, TaskFilter(body=row_body.pk)):
                assert row.organization.name
                assert row.accountable_post.label
        return len(asked)

    row_body = story.region.bodies["region"]
    one = cost()
    early, late = story.assign(due_on=TODAY), story.assign(due_on=DUE_ON + DAY)
    assert (one, cost()) == (1, 1)
    assert list(queries.listing(story.actor("clerk"), TaskFilter())) == [early, task, late]


# --- what waits ----------------------------------------------------------------------------------------


def test_what_waits_for_whom(story: Story, task: Task) -> None:
    def waits(queryset: Any) -> set[str]:
        return {who for who in EVERYBODY if queryset(story.actor(who)).exists()}

    assert waits(queries.due_from) == {"division"}
    assert waits(queries.to_assess) == set()
    story.report(task, request="Đề nghị cử giảng viên", by="clerk")
    assert waits(queries.requests_open) == {"secretary", "inspector"}, "who asked does not answer"
    story.done(task, by="clerk")
    assert waits(queries.due_from) == set()
    assert waits(queries.to_assess) == {"secretary", "inspector"}, "who said done does not judge"
    story.assess(task)
    assert waits(queries.to_assess) == set()
    assert waits(queries.requests_open) == set(), "what has ended waits for no answer"


def test_an_answered_request_waits_no_longer(story: Story, task: Task) -> None:
    report = story.report(task, request="Đề nghị cử giảng viên")
    assert list(queries.requests_open(story.actor("clerk"))) == [report]
    progress.answer_request(actor=story.actor("clerk"), report=report, text="Đồng ý", now=story.now)
    assert not queries.requests_open(story.actor("secretary")).exists()


def test_posts_to_give_work_to(story: Story) -> None:
    offered = set(queries.posts_for_task(story.actor("divisionclerk")))
    posts = story.region.posts
    assert {posts["division"], posts["regiment"], posts["member"]} <= offered
    assert not {posts["brigade"], posts["secretary"]} & offered
    assert not queries.posts_for_task(story.actor("inspector")).exists()
    post = posts["regiment"]
    post.end = TODAY
    post.save(update_fields=["end"])
    assert post not in queries.posts_for_task(story.actor("divisionclerk"))
