"""Another post, another date, a reminder, an end: by the level that gave the task, with the tree kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal
from soi.history.models import Event
from soi.org import actions as org
from soi.org import staffing
from soi.org.models import Post
from soi.work import bulk, queries, tasks
from soi.work.enums import BulkKind, Standing, TaskState
from soi.work.models import Task
from tests.work.story import DUE_ON, TODAY, Story, figures, figures_of_tasks

DAY = dt.timedelta(days=1)


def last_event() -> Event:
    return Event.objects.select_related("payload").latest("pk")


def hand_over(story: Story, task: Task, to: str | Post, *, by: str = "clerk") -> Task:
    post = story.region.posts[to] if isinstance(to, str) else to
    return tasks.hand_over_task(
        actor=story.actor(by), task=task, accountable_post=post, now=story.now, note="Đổi phân công"
    )


def change_due(
    story: Story, task: Task, due_on: dt.date, *, by: str = "clerk", reason: str = "Chờ kinh phí"
) -> Task:
    return tasks.change_due(actor=story.actor(by), task=task, due_on=due_on, reason=reason, now=story.now)


def test_handing_over_moves_task_and_figures_to_the_other_body(story: Story, task: Task) -> None:
    story.report(task)
    moved = hand_over(story, task, "brigade")
    assert moved.organization == story.region.bodies["brigade"]
    assert (moved.percent, moved.reports.count()) == (40, 1)
    assert last_event().payload.facts["old_post"]["label"] == "Bí thư Đảng ủy Sư đoàn"
    assert figures() == figures_of_tasks()
    with pytest.raises(NotAllowed):
        story.report(task, by="inspector")
    assert story.report(task, by="brigade").pk
    with pytest.raises(Conflict, match="chính chức vụ"):
        hand_over(story, task, "brigade")


def test_handing_over_keeps_the_tree(story: Story, task: Task) -> None:
    child = story.below(task)
    with pytest.raises(Invalid, match="nhiệm vụ con"):
        hand_over(story, task, "brigade")
    with pytest.raises(Invalid, match="hoặc cấp dưới"):
        hand_over(story, child, "brigade")
    assert hand_over(story, child, "member").organization == story.region.bodies["cell"]
    assert hand_over(story, task, "divisionclerk").pk


def test_after_a_merger_the_work_goes_to_a_post_of_the_successor(story: Story, task: Task) -> None:
    region, tomorrow = story.region, TODAY + DAY
    org.merge_organizations(
        actor=region.system, sources=[region.bodies["division"]], into=region.bodies["brigade"], on=tomorrow,
        now=story.now,
    )  # fmt: skip
    clerk = story.actor("clerk", today=tomorrow)
    assert list(queries.without_holder(clerk)) == [task]
    assert not queries.due_from(story.actor("division", today=tomorrow)).exists()
    tasks.hand_over_task(
        actor=clerk, task=task, accountable_post=region.posts["brigade"], now=story.now
    )  # fmt: skip
    assert not queries.without_holder(clerk).exists()
    assert list(queries.due_from(story.actor("brigade", today=tomorrow))) == [task]
    assert figures() == figures_of_tasks()


def test_a_post_that_stands_empty_is_without_holder(story: Story, task: Task) -> None:
    region = story.region
    assert not queries.without_holder(story.actor("clerk")).exists()
    membership = region.people["division"].memberships.get()
    staffing.end_membership(actor=region.system, membership=membership, on=TODAY, now=story.now)
    assert list(queries.without_holder(story.actor("clerk"))) == [task]
    assert not queries.without_holder(story.actor("brigadeclerk")).exists()


def test_the_old_date_and_the_reason_stay_in_the_history(story: Story, task: Task) -> None:
    moved = change_due(story, task, DUE_ON + DAY)
    facts = last_event().payload.facts
    assert (moved.due_on, facts["old_due_on"], facts["reason"]) == (
        DUE_ON + DAY, DUE_ON.isoformat(), "Chờ kinh phí",
    )  # fmt: skip
    assert figures() == figures_of_tasks()


def test_a_date_is_not_moved_anyhow(story: Story, task: Task) -> None:
    child = story.below(task, due_on=DUE_ON - DAY)
    for moved, due_on, reason in [
        (task, DUE_ON, "x"),  # the same
        (task, TODAY - DAY, "x"),
        (task, DUE_ON + DAY, " "),
        (task, DUE_ON - 2 * DAY, "x"),  # before the task below
        (child, DUE_ON + DAY, "x"),  # after the task above
    ]:
        with pytest.raises(Invalid):
            change_due(story, moved, due_on, reason=reason)
    later = story.assign(start_on=DUE_ON - DAY)
    with pytest.raises(Invalid, match="bắt đầu từ"):
        change_due(story, later, DUE_ON - 2 * DAY)
    assert change_due(story, task, DUE_ON - DAY).due_on == DUE_ON - DAY


def test_a_reminder_goes_out_once_a_day(story: Story, task: Task) -> None:
    given = {"actor": story.actor("clerk"), "now": story.now}
    assert tasks.remind(tasks=[task], note="Sắp đến hạn", **given) == 1
    assert last_event().payload.facts["note"] == "Sắp đến hạn"
    assert tasks.remind(tasks=[task], **given) == 0
    assert tasks.remind(tasks=[task, story.assign()], **given) == 1
    assert Event.objects.filter(action="work.remind").count() == 2


def test_reminding_many_is_all_or_none(story: Story, task: Task) -> None:
    closed = story.closed(story.assign())
    with pytest.raises(Conflict, match="Chưa nhiệm vụ nào bị thay đổi"):
        tasks.remind(actor=story.actor("clerk"), tasks=[task, closed], now=story.now)
    assert Task.objects.get(pk=task.pk).reminded_on is None


def test_cancelling_needs_a_reason_that_everybody_reads(story: Story, task: Task) -> None:
    with pytest.raises(Invalid) as refused:
        tasks.cancel_task(actor=story.actor("clerk"), task=task, reason=" ", now=story.now)
    assert "reason" in refused.value.fields
    cancelled = tasks.cancel_task(
        actor=story.actor("clerk"), task=task, reason="Cấp trên bãi bỏ", now=story.now
    )
    assert (cancelled.state, cancelled.standing, cancelled.closed_on, cancelled.cancel_reason) == (
        TaskState.CANCELLED, Standing.CANCELLED, TODAY, "Cấp trên bãi bỏ",
    )  # fmt: skip
    assert figures() == figures_of_tasks()


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("division", NotAllowed),
        ("divisionclerk", NotAllowed),
        ("inspector", NotAllowed),
        ("brigade", NotFound),
    ],
)
def test_only_the_level_that_gave_it_changes_a_task(
    story: Story, task: Task, who: str, refusal: type[Refusal]
) -> None:
    actor, now = story.actor(who), story.now
    acts = [
        lambda: story.edit(task, by=who, weight=9),
        lambda: hand_over(story, task, "brigade", by=who),
        lambda: change_due(story, task, DUE_ON + DAY, by=who),
        lambda: tasks.cancel_task(actor=actor, task=task, reason="x", now=now),
        lambda: tasks.remind(actor=actor, tasks=[task], now=now),
    ]
    before = Event.objects.count()
    for act in acts:
        with pytest.raises(refusal):
            act()
    assert Event.objects.count() == before
    assert story.edit(task, weight=9).weight == 9


def test_what_waits_for_a_verdict_is_not_changed(story: Story, reported: Task) -> None:
    for act in (
        lambda: story.edit(reported, weight=9),
        lambda: hand_over(story, reported, "brigade"),
        lambda: change_due(story, reported, DUE_ON + DAY),
        lambda: tasks.cancel_task(actor=story.actor("clerk"), task=reported, reason="x", now=story.now),
    ):
        with pytest.raises(Conflict, match="Hãy đánh giá kết quả"):
            act()


# --- nobody helps himself ------------------------------------------------------------------------------


def own_acts(story: Story, task: Task, who: str) -> list[Callable[[], object]]:
    actor = story.actor(who)
    return [
        lambda: change_due(story, task, DUE_ON + DAY, by=who),
        lambda: hand_over(story, task, "brigade", by=who),
        lambda: tasks.cancel_task(actor=actor, task=task, reason="x", now=story.now),
        lambda: bulk.change_many(
            actor=actor, tasks=[task, story.assign()], kind=BulkKind.CHANGE_DUE, due_on=DUE_ON + DAY,
            reason="x", now=story.now,
        ),
    ]  # fmt: skip


def test_who_answers_for_a_task_does_not_rid_himself_of_it(story: Story) -> None:
    task = story.assign(to="clerk")
    for act in own_acts(story, task, "clerk"):
        with pytest.raises(NotAllowed, match="không tự đổi hạn"):
            act()
    assert tasks.remind(actor=story.actor("clerk"), tasks=[task], now=story.now) == 1
    assert change_due(story, task, DUE_ON + DAY, by="secretary").due_on == DUE_ON + DAY


def test_nor_does_who_acts_for_him(story: Story) -> None:
    """Neither with the accountable post, nor with another post of the one who is accountable."""
    task = story.assign(to="secretary")
    change_due(story, task, DUE_ON + DAY, by="clerk")
    story.lend("secretary", "clerk")
    for act in own_acts(story, task, "clerk"):
        with pytest.raises(NotAllowed, match="không tự đổi hạn"):
            act()


def test_the_earlier_holder_still_does_not_judge(story: Story) -> None:
    """Handing a task on must not make an outsider of the one who was to do it."""
    task = hand_over(story, story.assign(to="secretary"), "clerk", by="clerk")
    story.done(task, by="clerk")
    assert task not in queries.to_assess(story.actor("secretary"))
    with pytest.raises(NotAllowed, match="chịu trách nhiệm chính"):
        story.assess(task, by="secretary")
    assert task in queries.to_assess(story.actor("inspector"))
    assert story.assess(task, by="inspector").state == TaskState.DONE


def test_a_task_and_its_part_go_to_another_branch_together(story: Story, task: Task) -> None:
    part = story.below(task, by="clerk", to="divisionclerk")
    with pytest.raises(Invalid, match="nhiệm vụ con"):
        hand_over(story, task, "brigade")
    bulk.change_many(
        actor=story.actor("clerk"), tasks=[task, part], kind=BulkKind.HAND_OVER,
        accountable_post=story.region.posts["brigade"], now=story.now,
    )  # fmt: skip
    assert set(Task.objects.values_list("organization", flat=True)) == {story.region.bodies["brigade"].pk}
