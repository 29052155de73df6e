"""Điều chỉnh biện pháp: another post, another date; nobody helps himself, and nothing asked before is lost."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound
from soi.findings import remedies, remedy_changes
from soi.findings.models import Finding, Remedy, RemedyChange
from soi.findings.queries import due_from, to_verify
from soi.history.models import Event
from soi.org import actions as org
from soi.work import progress
from soi.work.enums import Result
from soi.work.models import Task
from tests.findings.story import DUE_ON, Story

LATER = dt.date(2022, 2, 28)


def change(story: Story, remedy: Remedy, *, by: str = "clerk", **given: Any) -> Remedy:
    values: dict[str, Any] = {
        "accountable_post": remedy.accountable_post,
        "due_on": remedy.due_on,
        "reason": "Nhiệm vụ chuyển sang trung đoàn",
        **given,
    }
    return remedy_changes.change_remedy(actor=story.actor(by), remedy=remedy, now=story.now, **values)


def test_another_post_answers_from_now_on(story: Story, remedy: Remedy) -> None:
    regiment = story.region.posts["regiment"]
    change(story, remedy, accountable_post=regiment)
    assert list(due_from(story.actor("regiment"))) == [remedy]
    assert not due_from(story.actor("division")).exists()
    row = RemedyChange.objects.get()
    assert (row.old_post, row.new_post) == (story.region.posts["division"], regiment)
    event = Event.objects.filter(action="findings.change_remedy").get()
    assert event.payload.facts["old_post"]["label"] == "Bí thư Đảng ủy Sư đoàn"


def test_another_date_is_the_findings_date_too(story: Story, remedy: Remedy) -> None:
    change(story, remedy, due_on=LATER)
    finding = Finding.objects.get(pk=remedy.finding_id)
    assert finding.due_on == LATER
    assert RemedyChange.objects.get().old_due_on == DUE_ON


def test_who_answers_for_it_gives_himself_no_time(story: Story, remedy: Remedy) -> None:
    with pytest.raises(NotAllowed, match="không tự đổi thời hạn"):
        change(story, remedy, by="division", due_on=LATER)
    assert Remedy.objects.get(pk=remedy.pk).due_on == DUE_ON
    change(story, remedy, by="divisionclerk", due_on=LATER)


def test_who_only_reads_or_sees_nothing_changes_nothing(story: Story, remedy: Remedy) -> None:
    with pytest.raises(NotAllowed):
        change(story, remedy, by="inspector", due_on=LATER)
    with pytest.raises(NotFound):
        change(story, remedy, by="brigadeclerk", due_on=LATER)


def test_the_earlier_holder_still_does_not_confirm(story: Story, remedy: Remedy) -> None:
    """Handing a remedy on must not make an outsider of the one who was to do it."""
    change(story, remedy, accountable_post=story.region.posts["regiment"])
    story.report(Remedy.objects.get(pk=remedy.pk), by="regiment")
    finding = Finding.objects.get(pk=remedy.finding_id)
    assert finding not in to_verify(story.actor("division"))
    with pytest.raises(NotAllowed, match="chịu trách nhiệm chính"):
        remedies.verify_mended(actor=story.actor("division"), finding=finding, note="Đã xem", now=story.now)
    assert finding in to_verify(story.actor("secretary"))
    remedies.verify_mended(actor=story.actor("secretary"), finding=finding, note="Đã xem", now=story.now)


def test_the_database_refuses_the_earlier_holder_too(story: Story, remedy: Remedy) -> None:
    change(story, remedy, accountable_post=story.region.posts["regiment"])
    story.report(Remedy.objects.get(pk=remedy.pk), by="regiment")
    insert = (
        'INSERT INTO findings_verification (finding_id, outcome, "on", note, verifier_id, verifier_label) '
        "VALUES (%s, 'mended', '2021-12-01', 'xong', %s, 'x')"
    )
    with pytest.raises(DatabaseError, match="stake"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(insert, [remedy.finding_id, story.region.people["division"].pk])
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(insert, [remedy.finding_id, story.region.people["inspector"].pk])


@pytest.mark.parametrize(
    ("column", "value"), [("due_on", "'2023-01-01'"), ("accountable_post_id", "accountable_post_id + 1")]
)
def test_no_change_without_its_record(story: Story, remedy: Remedy, column: str, value: str) -> None:
    with pytest.raises(DatabaseError, match="recorded"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE findings_remedy SET {column} = {value} WHERE id = %s", [remedy.pk])  # noqa: S608


def test_after_a_merger_the_remedy_reaches_a_post_that_exists(story: Story) -> None:
    region = story.region
    finding = story.record(body="brigade")
    remedy = story.give(finding, to="brigade")
    org.merge_organizations(
        actor=region.system, sources=[region.bodies["brigade"]], into=region.bodies["division"],
        on=dt.date(2021, 12, 1), now=story.now,
    )  # fmt: skip
    remedy = Remedy.objects.get(pk=remedy.pk)
    changed = change(story, remedy, by="divisionclerk", accountable_post=region.posts["division"])
    assert changed.accountable_post == region.posts["division"]
    assert list(due_from(story.actor("division"))) == [remedy]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "Chưa có gì thay đổi"),
        ({"due_on": dt.date(2021, 11, 30)}, "đã qua"),
        ({"due_on": LATER, "reason": "  "}, "lý do"),
    ],
)
def test_what_does_not_make_sense_is_told(
    story: Story, remedy: Remedy, given: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence):
        change(story, remedy, **given)
    assert not RemedyChange.objects.exists()


def test_what_is_reported_is_not_rearranged(story: Story, remedy: Remedy) -> None:
    story.report(remedy)
    with pytest.raises(Conflict):
        change(story, remedy, due_on=LATER)


def test_a_remedy_enters_the_programme_once(story: Story, remedy: Remedy) -> None:
    actor = story.actor("clerk")
    task = remedy_changes.enter_programme(actor=actor, remedy=remedy, now=story.now)
    assert (task.accountable_post, task.due_on, task.origin) == (
        remedy.accountable_post, remedy.due_on, "remedy",
    )  # fmt: skip
    assert Remedy.objects.get(pk=remedy.pk).task == task
    with pytest.raises(Conflict, match="đã có"):
        remedy_changes.enter_programme(actor=actor, remedy=remedy, now=story.now)
    assert Task.objects.count() == 1


def test_the_task_of_a_remedy_follows_it(story: Story, remedy: Remedy) -> None:
    """One task does the remedy: post and date of the two never say different things."""
    remedy_changes.enter_programme(actor=story.actor("clerk"), remedy=remedy, now=story.now)
    remedy = Remedy.objects.get(pk=remedy.pk)
    change(story, remedy, accountable_post=story.region.posts["regiment"], due_on=LATER)
    task = Task.objects.get()
    assert (task.accountable_post, task.organization) == (
        story.region.posts["regiment"], story.region.bodies["regiment"],
    )  # fmt: skip
    assert task.due_on == LATER
    assert {event.action for event in Event.objects.filter(subject_id=task.pk, action__startswith="work.")} == {
        "work.assign", "work.hand_over", "work.change_due",
    }  # fmt: skip


def test_a_task_that_waits_for_its_verdict_holds_the_remedy(story: Story, remedy: Remedy) -> None:
    task = remedy_changes.enter_programme(actor=story.actor("clerk"), remedy=remedy, now=story.now)
    progress.report_done(
        actor=story.actor("division"), task=task, note="Đã xong", result=Result.ACHIEVED, now=story.now
    )
    remedy = Remedy.objects.get(pk=remedy.pk)
    with pytest.raises(Conflict, match="Hãy đánh giá"):
        change(story, remedy, due_on=LATER)
    assert Remedy.objects.get(pk=remedy.pk).due_on == DUE_ON
    progress.assess_task(
        actor=story.actor("inspector"), task=task, note="Đã xem", result=Result.ACHIEVED, now=story.now
    )
    # What has ended stays as it was; the remedy itself may still need another date.
    assert change(story, remedy, due_on=LATER).due_on == LATER
    assert Task.objects.get().due_on == DUE_ON
