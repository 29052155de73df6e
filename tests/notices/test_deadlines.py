"""Báo theo lịch: who is told on which day, once, also after days off; and the level that gave the work."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from soi.directives import carrying_out
from soi.findings import remedies
from soi.findings.models import Remedy
from soi.notices.deadlines import note_deadlines
from soi.notices.models import Mark, Notice
from soi.org import staffing
from soi.work import tasks
from soi.work.models import Task
from tests.notices.story import Story


def days(story: Story, *numbers: int) -> dict[int, set[tuple[str, str]]]:
    """What each of these days (from today on) tells that no day before did."""
    told: dict[int, set[tuple[str, str]]] = {}
    for number in numbers:
        before = set(Notice.objects.values_list("pk", flat=True))
        note_deadlines(now=story.now + dt.timedelta(days=number))
        told[number] = story.told(pk__in=set(Notice.objects.values_list("pk", flat=True)) - before)
    return {number: found for number, found in told.items() if found}


REGIMENT = "regiment"


def test_the_days_of_a_task(story: Story) -> None:
    story.task(days=30)
    assert days(story, *range(60)) == {
        23: {(REGIMENT, "due_in_a_week")},
        29: {(REGIMENT, "due_tomorrow")},
        31: {(REGIMENT, "overdue")},
        38: {(REGIMENT, "overdue")},
        # After two weeks the head of the body that gave it, and only the head.
        44: {("division", "long_overdue")},
        45: {(REGIMENT, "overdue")},
        52: {(REGIMENT, "overdue")},
        59: {(REGIMENT, "overdue")},
    }


def test_running_again_on_the_same_day_tells_nobody_again(story: Story) -> None:
    story.task(days=30)
    moment = story.now + dt.timedelta(days=31)
    assert note_deadlines(now=moment) == 1
    assert note_deadlines(now=moment) == 0
    # Even where the mark is lost, the day of the call refuses a second notice.
    Mark.objects.all().delete()
    note_deadlines(now=moment)
    assert Notice.objects.filter(kind="overdue").count() == 1


def test_days_off_are_caught_up_with_once(story: Story) -> None:
    story.task(days=30)
    assert days(story, 0, 20, 27, 50) == {
        27: {(REGIMENT, "due_in_a_week")},
        # Away from day 28 to 49: the latest weekly call, and the superior, called for six days ago.
        50: {(REGIMENT, "overdue"), ("division", "long_overdue")},
    }


def test_an_installation_full_of_old_debts_does_not_flood_the_superior(story: Story) -> None:
    past = story.today - dt.timedelta(days=300)
    for number in range(5):
        story.task(
            statement=f"Rà soát {number + 2} chi bộ và báo cáo kết quả từng quý", historic=True, created_on=past,
            start_on=past, due_on=past + dt.timedelta(days=30),
        )  # fmt: skip
    note_deadlines(now=story.now)
    assert story.told() == {(REGIMENT, "overdue")}


def test_work_that_is_done_or_cancelled_is_not_called_for(story: Story) -> None:
    task = story.task(days=30)
    tasks.cancel_task(
        actor=story.actor("divisionclerk"), task=task, reason="Không còn phù hợp", now=story.now
    )
    remedy = story.remedy(story.finding(), days=30)
    remedies.report_done(actor=story.actor(REGIMENT), remedy=remedy, note="Đã xong", now=story.now)
    assert days(story, 25, 31, 45) == {}


def test_who_was_given_work_due_tomorrow_is_not_told_a_second_time(story: Story) -> None:
    story.task(days=1)
    assert days(story, 0, 1, 2) == {2: {(REGIMENT, "overdue")}}


def test_a_new_date_calls_anew(story: Story) -> None:
    task = story.task(days=30)
    assert set(days(story, 24)) == {24}
    Task.objects.filter(pk=task.pk).update(due_on=story.today + dt.timedelta(days=40))
    assert days(story, 30, 34) == {34: {(REGIMENT, "due_in_a_week")}}


def test_remedies_and_the_body_whose_finding_it_is(story: Story) -> None:
    story.remedy(story.finding(body="division", by="clerk"), to=REGIMENT, days=30)
    assert days(story, *range(22, 46)) == {
        23: {(REGIMENT, "due_in_a_week")},
        29: {(REGIMENT, "due_tomorrow")},
        31: {(REGIMENT, "overdue")},
        38: {(REGIMENT, "overdue")},
        44: {("division", "long_overdue")},
        45: {(REGIMENT, "overdue")},
    }


def test_a_remedy_done_by_a_task_is_called_for_once(story: Story) -> None:
    remedy = story.remedy(story.finding(), days=30)
    Remedy.objects.filter(pk=remedy.pk).update(task=story.task(days=30))
    note_deadlines(now=story.now + dt.timedelta(days=31))
    assert [notice.record_kind for notice in Notice.objects.all()] == ["task"]


def test_steps_of_a_directive_until_each_is_done(story: Story) -> None:
    directive = story.directive("division", days=10, study_by=story.today + dt.timedelta(days=40))
    both = {"division", "divisionclerk"}
    assert days(story, 3) == {3: {(who, "due_in_a_week") for who in both}}
    addressee = directive.addressees.get()
    carrying_out.acknowledge(actor=story.actor("divisionclerk"), addressee=addressee, now=story.now)
    assert days(story, 9, 11) == {}
    assert days(story, 33) == {33: {(who, "due_in_a_week") for who in both}}
    assert days(story, 54) == {54: {("secretary", "long_overdue"), *((who, "overdue") for who in both)}}


def test_who_took_the_post_over_is_told_and_who_left_is_not(story: Story) -> None:
    region = story.region
    story.task(days=30)
    staffing.end_membership(
        actor=region.system, membership=region.posts[REGIMENT].memberships.get(),
        on=story.today - dt.timedelta(days=1), now=story.now,
    )  # fmt: skip
    staffing.appoint(
        actor=region.system, person=region.people["member"], post=region.posts[REGIMENT], start=story.today,
        now=story.now,
    )  # fmt: skip
    assert days(story, 31) == {31: {("member", "overdue")}}


@pytest.mark.parametrize(("hour", "day"), [(16, 0), (17, 1)])  # UTC; Hanoi is seven hours ahead
def test_the_day_is_the_local_one(story: Story, hour: int, day: int) -> None:
    moment = story.now.replace(hour=hour, minute=30)
    assert timezone.localdate(moment) == story.today + dt.timedelta(days=day)
    note_deadlines(now=moment)
    assert Mark.objects.get(name="deadlines").number == (story.today + dt.timedelta(days=day)).toordinal()
