"""The button and the act say the same, for every state and every kind of actor."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from soi.base.errors import Refusal
from soi.work import permissions, policies, progress, queries, tasks
from soi.work.enums import LateCause, Result, TaskState, Verb
from soi.work.models import Task
from tests.work.story import DUE_ON, Story

OVERDUE = DUE_ON + dt.timedelta(days=3)


def brought_to(story: Story, task: Task, state: str) -> Task:
    if state in {"reported", "done", "failed"}:
        story.done(task)
    if state in {"done", "failed"}:
        verdict = Result.ACHIEVED if state == "done" else Result.NOT_ACHIEVED
        story.assess(task, by="inspector", result=verdict)
    if state == "cancelled":
        tasks.cancel_task(actor=story.actor("clerk"), task=task, reason="Bãi bỏ", now=story.now)
    return Task.objects.select_related("organization", "assigned_by", "accountable_post").get(pk=task.pk)


def acts(story: Story, task: Task, who: str, today: dt.date) -> dict[Verb, Callable[[], object]]:
    actor, now = story.actor(who, today=today), story.now
    given = {"actor": actor, "task": task, "now": now}
    result = Result.NOT_ACHIEVED if task.state == TaskState.ACTIVE else Result.ACHIEVED
    cause = {"late_cause": LateCause.OWN}
    return {
        Verb.EDIT: lambda: tasks.edit_task(
            **given,
            expected_version=task.version,
            statement=task.statement,
            deliverable=task.deliverable,
            area=task.area,
            weight=7,
            target=None,
            unit="",
        ),
        Verb.HAND_OVER: lambda: tasks.hand_over_task(
            **given, accountable_post=story.region.posts["divisionclerk"]
        ),
        Verb.CHANGE_DUE: lambda: tasks.change_due(**given, due_on=OVERDUE + dt.timedelta(days=9), reason="x"),
        Verb.REMIND: lambda: tasks.remind(actor=actor, tasks=[task], now=now),
        Verb.REPORT_PROGRESS: lambda: progress.report_progress(**given, percent=10, note="x"),
        Verb.REPORT_DONE: lambda: progress.report_done(**given, note="x", result=Result.ACHIEVED, **cause),
        Verb.RETURN: lambda: progress.return_task(**given, note="x"),
        Verb.ASSESS: lambda: progress.assess_task(**given, note="x", result=result, **cause),
        Verb.CANCEL: lambda: tasks.cancel_task(**given, reason="x"),
    }


@pytest.mark.parametrize("who", ["clerk", "secretary", "inspector", "division", "divisionclerk", "press"])
@pytest.mark.parametrize("state", ["active", "overdue", "reported", "done", "failed", "cancelled"])
def test_what_a_button_offers_is_what_the_act_does(story: Story, task: Task, who: str, state: str) -> None:
    task = brought_to(story, task, state)
    today = OVERDUE if state == "overdue" else DUE_ON
    actor = story.actor(who, today=today)
    offers = permissions.moves_for(actor, queries.get(actor, task.pk))
    assert [offer.verb for offer in offers] == list(Verb)
    for offer in offers:
        act = acts(story, task, who, today)[offer.verb]
        if offer.refusal:
            with pytest.raises(Refusal) as refused:
                act()
            # The page says first what the state does not allow, the act first what the person may not.
            by_state = policies.refusal(TaskState(task.state), offer.verb)
            if offer.verb == Verb.ASSESS:
                overdue = task.is_overdue(today)
                by_state = policies.assess_refusal(TaskState(task.state), overdue=overdue)
            assert by_state or refused.value.sentence == offer.refusal, offer.verb
        else:
            with transaction.atomic():
                act()
                transaction.set_rollback(True)
                assert offer.label


def test_somebody_may_do_each_thing(story: Story, task: Task) -> None:
    """The positive control of the test above: in some state, some actor is offered every verb."""
    offered: set[Verb] = set()
    for state in ("active", "reported"):
        task = brought_to(story, task, state)
        for who in ("clerk", "secretary", "division"):
            moves = permissions.moves_for(story.actor(who, today=OVERDUE), task)
            offered |= {move.verb for move in moves if not move.refusal}
    assert offered == set(Verb)


def test_all_buttons_cost_two_queries(story: Story, task: Task) -> None:
    task = brought_to(story, task, "reported")
    actor = story.actor("secretary")
    with CaptureQueriesContext(connection) as asked:
        permissions.moves_for(actor, task)
    assert len(asked) == 2


def test_refusals_for_tooltips(story: Story, task: Task) -> None:
    report = story.report(task, request="Đề nghị cử giảng viên")
    assert permissions.answer_refusal(story.actor("clerk"), report) == ""
    assert "nơi giao nhiệm vụ" in permissions.answer_refusal(story.actor("division"), report)
    assert "không nêu đề nghị" in permissions.answer_refusal(story.actor("clerk"), story.report(task))
    progress.answer_request(actor=story.actor("clerk"), report=report, text="Đồng ý", now=story.now)
    report.refresh_from_db()
    assert "đã được trả lời" in permissions.answer_refusal(story.actor("clerk"), report)
    body = story.region.bodies["division"]
    assert permissions.assign_refusal(story.actor("divisionclerk"), body) == ""
    assert permissions.assign_refusal(story.actor("inspector"), body)
