"""The database itself: raw SQL, as from a console, rewords nothing and ends nothing by an involved hand."""

# ruff: noqa: S608  (the tests put together the very statements that a console would)

from __future__ import annotations

import datetime as dt
import random

import pytest
from django.db import DatabaseError, connection, transaction

from soi.access.models import Delegation
from soi.org.models import Membership, Person
from soi.work import handing, programmes, progress, tasks
from soi.work.models import (
    Assessment,
    FormerPost,
    Handover,
    HandoverItem,
    Programme,
    ProgressReport,
    RequestAnswer,
    Task,
)
from soi.work.queries import Stake
from soi.work.triggers import TRIGGERS, has_stake
from tests.console import refused, run
from tests.work.story import TODAY, Story

DONE = "UPDATE work_task SET state = 'done', standing = 'on_time', closed_on = '2021-12-01' WHERE id = %s"
FAILED = "UPDATE work_task SET state = 'failed', standing = 'failed', closed_on = '2021-12-01' WHERE id = %s"
LATER = TODAY + dt.timedelta(days=5)


def judge(task: Task, person: Person | None, result: str = "achieved", by: str = "superior") -> str:
    who = person.pk if person else "NULL"
    return (
        'INSERT INTO work_assessment (task_id, "by", result, "on", note, late_cause, assessor_id, assessor_label)'
        f" VALUES ({task.pk}, '{by}', '{result}', '2021-12-01', 'x', '', {who}, 'x')"
    )


@pytest.fixture
def full(story: Story, task: Task) -> Task:
    """A row in every table, and the task waiting for its verdict."""
    report = story.report(task, request="Đề nghị cử giảng viên")
    progress.answer_request(actor=story.actor("clerk"), report=report, text="Đồng ý", now=story.now)
    programmes.add_programme(
        actor=story.actor("clerk"), organization=story.region.bodies["region"], title="Năm 2022", period="2022",
        now=story.now,
    )  # fmt: skip
    story.replace("division", "Tô Văn Mới", on=LATER)
    handing.prepare_handover(
        actor=story.actor("divisionclerk", today=LATER), post=story.region.posts["division"],
        outgoing=story.region.people["division"], on=LATER, now=story.now,
    )  # fmt: skip
    return story.done(task)


EVERY_TABLE = [Task, Programme, ProgressReport, RequestAnswer, Assessment, Handover, HandoverItem]


# --- nothing is deleted, nothing is reworded -------------------------------------------------------------


def test_no_row_of_any_table_can_be_deleted(full: Task) -> None:
    for model in EVERY_TABLE:
        table, count = model._meta.db_table, model._default_manager.count()
        assert count, f"{table} must hold something that could be lost"
        refused(f"DELETE FROM {table}")
        with pytest.raises(DatabaseError), transaction.atomic():
            model._default_manager.all()._raw_delete("default")
        assert model._default_manager.count() == count


def test_a_row_cannot_be_replaced_by_another_of_its_number(full: Task) -> None:
    for model in EVERY_TABLE:
        table = model._meta.db_table
        columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
        verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
        before = list(model._default_manager.values())
        refused(f"{verb} INTO {table} ({columns}) SELECT {columns} FROM {table}")
        assert list(model._default_manager.values()) == before


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
def test_tables_cannot_be_emptied_at_once(full: Task) -> None:
    refused("TRUNCATE work_requestanswer")


@pytest.mark.parametrize(
    "change",
    [
        "work_task SET id = id + 100000",
        "work_task SET assigned_by_id = (SELECT MAX(id) FROM org_organization)",
        "work_task SET created_on = '2021-11-30'",
        "work_task SET code = 'X'",
        "work_task SET parent_id = id",
        "work_task SET organization_id = (SELECT MAX(id) FROM org_organization)",
        "work_progressreport SET percent = 100",
        "work_progressreport SET reported_by_id = NULL",
        "work_requestanswer SET text = 'không'",
        "work_assessment SET result = 'exceeded'",
        "work_handoveritem SET percent = 100",
        "work_handover SET outgoing_id = (SELECT MAX(id) FROM org_person)",
    ],
)
def test_facts_stay_as_they_were_said(full: Task, change: str) -> None:
    refused(f"UPDATE {change}")


def test_a_task_moves_to_another_body_only_with_its_post(story: Story, task: Task) -> None:
    post = story.region.posts["brigade"]
    refused("UPDATE work_task SET accountable_post_id = %s", post.pk)
    refused("UPDATE work_task SET organization_id = %s", post.organization_id)
    moved = "UPDATE work_task SET accountable_post_id = %s, organization_id = %s"
    assert "before" in refused(moved, post.pk, post.organization_id)
    left = "INSERT INTO work_formerpost (task_id, post_id, until) VALUES (%s, %s, '2021-12-01')"
    run(left, task.pk, task.accountable_post_id)
    assert run(moved, post.pk, post.organization_id) == 1


def test_who_handed_a_task_on_cannot_judge_it(story: Story) -> None:
    task = story.assign(to="secretary")
    tasks.hand_over_task(
        actor=story.actor("clerk"), task=task, accountable_post=story.region.posts["clerk"], now=story.now
    )
    reported = story.done(Task.objects.get(pk=task.pk), by="clerk")
    assert "stake" in refused(judge(reported, story.region.people["secretary"]))
    refused("UPDATE work_formerpost SET post_id = post_id + 1")
    refused("DELETE FROM work_formerpost")
    assert run(judge(reported, story.region.people["inspector"])) == 1


def test_what_was_signed_stays_signed(story: Story, full: Task) -> None:
    handover = Handover.objects.get()
    handing.sign_out(actor=story.actor("divisionclerk", today=LATER), handover=handover, now=story.now)
    for change in (
        "signed_out_at = NULL",
        "signed_out_label = 'x'",
        "note = 'x'",
        "signed_out_at = '2020-01-01 00:00:00+00'",
    ):
        refused(f"UPDATE work_handover SET {change}")
    refused(
        "INSERT INTO work_handoveritem (handover_id, task_id, percent, due_on) VALUES (%s, %s, 0, '2021-12-01')",
        handover.pk, story.assign().pk,
    )  # fmt: skip


# --- the tree of tasks has no circle -----------------------------------------------------------------------


def _insert(task: Task, **values: str) -> str:
    fields = [field.column for field in Task._meta.concrete_fields if field.column != "id"]
    columns = ", ".join([*fields, *(["id"] if "id" in values else [])])
    chosen = ", ".join(values.get(field, field) for field in columns.split(", "))
    return f"INSERT INTO work_task ({columns}) SELECT {chosen} FROM work_task WHERE id = {task.pk}"


def test_no_task_stands_above_itself(task: Task) -> None:
    refused(_insert(task, id="900001", parent_id="900001"))
    refused(_insert(task, id="900001", parent_id="900002"))
    run(_insert(task, id="900001", parent_id=str(task.pk)))
    refused("UPDATE work_task SET parent_id = 900001 WHERE id = %s", task.pk)


def test_a_task_of_another_body_than_its_post_does_not_begin(story: Story, task: Task) -> None:
    refused(_insert(task, organization_id=str(story.region.bodies["brigade"].pk)))
    assert run(_insert(task)) == 1


# --- nothing ends by an involved hand ----------------------------------------------------------------------


@pytest.mark.parametrize("state", ["done", "failed", "cancelled"])
def test_a_task_is_not_born_closed(reported: Task, state: str) -> None:
    standing = "on_time" if state == "done" else state
    message = refused(
        _insert(
            reported,
            state=f"'{state}'",
            standing=f"'{standing}'",
            closed_on="'2021-12-01'",
            cancel_reason="'x'",
        )
    )
    assert "begin as closed" in message


def test_no_update_ends_a_task_without_a_verdict(story: Story, task: Task) -> None:
    for sql in (DONE, FAILED):
        refused(sql, task.pk)
    story.done(task)
    for sql in (DONE, FAILED):
        refused(sql, task.pk)
    run(judge(task, story.region.people["inspector"], by="self"))
    refused(DONE, task.pk)


def test_a_verdict_allows_what_it_says_and_no_more(story: Story, reported: Task) -> None:
    """The positive control: an outsider ends a task by hand too."""
    inspector = story.region.people["inspector"]
    run(judge(reported, inspector, "returned"))
    refused(DONE, reported.pk)
    run(judge(reported, inspector, "not_achieved"))
    refused(DONE, reported.pk)
    run(judge(reported, inspector, "achieved"))
    refused(FAILED, reported.pk)
    assert run(DONE, reported.pk) == 1


def test_a_verdict_does_not_end_what_was_not_reported(story: Story, task: Task) -> None:
    run(judge(task, story.region.people["inspector"]))
    refused(DONE.replace("SET ", "SET reported_on = '2021-12-01', "), task.pk)


def test_a_verdict_of_another_task_does_not_help(story: Story, reported: Task) -> None:
    story.closed(story.assign())
    refused(DONE, reported.pk)


def test_somebody_involved_or_nameless_writes_no_verdict(story: Story, reported: Task) -> None:
    people = story.region.people
    assert "stake" in refused(judge(reported, people["division"]))
    refused(judge(reported, None))
    story.lend("division", "press")
    refused(judge(reported, people["press"]))
    again = story.done(story.assign(), by="divisionclerk")
    refused(judge(again, people["divisionclerk"]))
    assert run(judge(again, people["clerk"])) == 1


def test_who_came_to_the_post_after_judging_does_not_count(story: Story, reported: Task) -> None:
    inspector = story.region.people["inspector"]
    run(judge(reported, inspector))
    Membership.objects.create(person=inspector, post=story.region.posts["division"], start=LATER)
    refused(DONE, reported.pk)


@pytest.mark.parametrize(
    "change",
    [
        "state = 'active', standing = 'active', closed_on = NULL",
        "standing = 'exceeded'",
        "due_on = '2022-12-31'",
        "statement = 'Việc khác'",
        "deliverable = 'Việc khác'",
        "percent = 1",
        "area = 'defence'",
        "late_cause = 'external'",
        "reported_on = '2021-11-30'",
        "closed_on = '2021-11-30'",
        "value = 5",
        "target = 5, unit = 'lớp'",
        "weight = 10",
    ],
)
def test_what_has_ended_stays_as_it_ended(story: Story, task: Task, change: str) -> None:
    story.closed(task)
    refused(f"UPDATE work_task SET {change}")


def test_a_cancelled_task_does_not_come_back(story: Story, task: Task) -> None:
    tasks.cancel_task(actor=story.actor("clerk"), task=task, reason="Bãi bỏ", now=story.now)
    refused(
        "UPDATE work_task SET state = 'active', standing = 'active', closed_on = NULL, cancel_reason = ''"
    )


# --- the rule in SQL is the rule in Python -----------------------------------------------------------------


def test_sql_and_python_agree_on_who_is_involved(story: Story) -> None:
    seed = 20211201
    dice = random.Random(seed)  # noqa: S311  (reproducible, not secret)
    region = story.region
    posts, people = list(region.posts.values()), list(region.people.values())
    given = [story.assign(accountable_post=dice.choice(posts)) for _ in range(3)]
    for _ in range(6):
        ProgressReport.objects.create(
            task=dice.choice(given), on=TODAY, percent=1, note="x", reported_by=dice.choice(people),
            reporter_label="x", is_final=dice.choice([True, False]),
        )  # fmt: skip
        start = TODAY + dt.timedelta(days=dice.randint(-30, 5))
        ends = [None, start + dt.timedelta(days=dice.randint(1, 40))]
        Membership.objects.create(
            person=dice.choice(people), post=dice.choice(posts), start=start, end=dice.choice(ends)
        )
        lender, receiver = dice.sample(people, 2)
        Delegation.objects.create(
            post=dice.choice(posts), delegator=lender, delegate=receiver, start=start,
            end=start + dt.timedelta(days=20), reason="x", ended_at=dice.choice([None, story.now]),
        )  # fmt: skip
    FormerPost.objects.create(task=given[0], post=dice.choice(posts), until=TODAY)
    answers = set()
    for task in given:
        for person in people:
            lenders = Delegation.objects.filter(
                delegate=person, start__lte=TODAY, end__gt=TODAY, ended_at=None
            ).values_list("delegator_id", flat=True)
            involved = Stake((person.pk,)).any() | Stake(tuple(lenders)).any()
            python = Task.objects.filter(involved, pk=task.pk).exists()
            rule = has_stake(str(task.pk), str(person.pk), f"'{TODAY}'")
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT CASE WHEN {rule} THEN 1 ELSE 0 END")
                assert bool(cursor.fetchone()[0]) == python, (seed, task.pk, person.name)
            answers.add(python)
    assert answers == {True, False}, "both answers must occur, or the comparison says nothing"


def test_names_are_short_enough_and_used_once() -> None:
    names = [trigger.name for trigger in TRIGGERS]
    assert len(set(names)) == len(names)
    # PostgreSQL cuts longer names, and two might become one.
    assert max(len(f"{name}_truncate") for name in names) <= 63
