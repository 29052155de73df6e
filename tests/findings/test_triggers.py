"""The database itself: raw SQL, as from a console, deletes nothing and closes nothing by an involved hand."""

# ruff: noqa: S608  (the tests put together the very statements that a console would)

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from soi.access import actions as access
from soi.access.models import Delegation
from soi.findings import actions, recurrence, remedies
from soi.findings.enums import CauseKind, ResponsibilityKind
from soi.findings.models import (
    Answer,
    Cause,
    Finding,
    FindingBody,
    RecurrenceLink,
    Remedy,
    RemedyProgress,
    Responsibility,
    Verification,
)
from soi.findings.queries import Stake
from soi.findings.triggers import TRIGGERS, has_stake
from soi.org.models import Membership, Person
from tests.console import refused, run
from tests.factories import add_official
from tests.findings.story import STATEMENT, Story

ON_THE_DAY = "2021-12-01"


def insert_verification(
    finding: Finding, person: Person, outcome: str = "mended", on: str = ON_THE_DAY
) -> str:
    return (
        'INSERT INTO findings_verification (finding_id, outcome, "on", note, verifier_id, verifier_label) '
        f"VALUES ({finding.pk}, '{outcome}', '{on}', 'đã xong', {person.pk}, 'x')"
    )


CLOSE = "UPDATE findings_finding SET state = 'mended', mended_on = '2021-12-01' WHERE id = %s"


@pytest.fixture
def full(story: Story, reported: Finding, now: dt.datetime) -> Finding:
    """A finding with a row in every table of the room."""
    actor = story.actor("clerk")
    earlier = story.record(found_on=dt.date(2020, 10, 20))
    actions.add_cause(actor=actor, finding=reported, kind=CauseKind.OWN, statement="Chủ quan", now=now)
    actions.add_concerned(
        actor=actor, finding=reported, organization=story.region.bodies["regiment"], now=now
    )
    actions.add_responsibility(
        actor=actor,
        finding=reported,
        kind=ResponsibilityKind.HEAD,
        organization=story.region.bodies["division"],
        post=story.region.posts["division"],
        now=now,
    )
    actions.answer(actor=story.actor("division"), finding=reported, text="Đã nhận thấy", now=now)
    recurrence.propose_recurrence(actor=actor, finding=reported, now=now)
    assert RecurrenceLink.objects.filter(finding=reported, earlier=earlier).exists()
    remedies.return_for_more(actor=story.actor("inspector"), finding=reported, note="Thiếu", now=now)
    story.report(Remedy.objects.get(finding=reported))
    return reported


EVERY_TABLE = [
    Finding,
    FindingBody,
    Cause,
    Responsibility,
    Remedy,
    RemedyProgress,
    Verification,
    Answer,
    RecurrenceLink,
]


# --- nothing is deleted --------------------------------------------------------------------------------


def test_no_row_of_any_table_can_be_deleted(full: Finding) -> None:
    for model in EVERY_TABLE:
        table = model._meta.db_table
        count = model._default_manager.count()
        assert count, f"{table} must hold something that could be lost"
        refused(f"DELETE FROM {table}")
        with pytest.raises(DatabaseError), transaction.atomic():
            model._default_manager.all()._raw_delete("default")
        assert model._default_manager.count() == count


def test_a_row_cannot_be_replaced_by_another_of_its_number(full: Finding) -> None:
    for model in EVERY_TABLE:
        table = model._meta.db_table
        columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
        verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
        before = list(model._default_manager.values())
        refused(f"{verb} INTO {table} ({columns}) SELECT {columns} FROM {table}")
        assert list(model._default_manager.values()) == before


def test_the_owner_is_not_pushed_out_by_a_concerned_body(full: Finding) -> None:
    verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    refused(
        f"{verb} INTO findings_findingbody (finding_id, organization_id, role, as_written) "
        "VALUES (%s, %s, 'concerned', '')",
        full.pk,
        full.organization_id,
    )
    assert FindingBody.objects.filter(finding=full, role="owner").exists()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
def test_tables_cannot_be_emptied_at_once(full: Finding) -> None:
    refused("TRUNCATE findings_answer")


# --- nothing is reworded or moved ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        "findings_finding SET kind = 'limitation'",
        "findings_finding SET kind = 'strength', state = 'noted'",
        "findings_finding SET found_on = '2020-01-01'",
        "findings_finding SET organization_id = (SELECT MAX(id) FROM org_organization)",
        "findings_finding SET id = id + 100000",
        "findings_findingbody SET role = 'concerned' WHERE role = 'owner'",
        "findings_responsibility SET person_id = (SELECT MAX(id) FROM org_person)",
        "findings_responsibility SET kind = 'collective', person_id = NULL",
        "findings_remedy SET accountable_post_id = (SELECT MAX(id) FROM org_post)",
        "findings_remedy SET created_on = '2021-12-05'",
        "findings_remedy SET finding_id = (SELECT MAX(id) FROM findings_finding)",
        "findings_remedy SET state = 'confirmed'",
        "findings_remedyprogress SET reported_by_id = NULL",
        "findings_verification SET outcome = 'mended'",
        "findings_verification SET verifier_id = (SELECT MAX(id) FROM org_person)",
        "findings_answer SET text = 'không có ý kiến'",
        "findings_recurrencelink SET finding_id = earlier_id, earlier_id = finding_id",
    ],
)
def test_facts_stay_as_they_were_said(full: Finding, change: str) -> None:
    refused(f"UPDATE {change}")


def test_a_remedy_does_not_begin_confirmed_nor_after_the_end(story: Story, finding: Finding) -> None:
    story.mended(finding)
    columns = "finding_id, statement, accountable_post_id, deliverable, due_on, created_on, version, state"
    post = story.region.posts["division"].pk
    open_one = story.record("Quản lý vũ khí còn sơ hở")
    for number, state in [(open_one.pk, "confirmed"), (finding.pk, "active")]:
        refused(
            f"INSERT INTO findings_remedy ({columns}) VALUES (%s, 'a', %s, 'b', '2022-01-01', '2021-12-01', 1, %s)",
            number,
            post,
            state,
        )


# --- nothing is closed by an involved hand ------------------------------------------------------------------


def test_a_finding_is_not_born_mended(finding: Finding) -> None:
    columns = (
        "organization_id, kind, statement, area, found_on, quarter, recurrent, version, exact_key, search_key"
    )
    message = refused(
        f"INSERT INTO findings_finding ({columns}, state, mended_on) "
        f"SELECT {columns}, 'mended', '2021-12-01' FROM findings_finding"
    )
    assert "begin as mended" in message


@pytest.mark.parametrize("state", ["open", "in_remedy", "reported"])
def test_no_update_closes_without_a_verification(story: Story, finding: Finding, state: str) -> None:
    if state != "open":
        remedy = story.give(finding)
        if state == "reported":
            story.report(remedy)
    assert Finding.objects.get().state == state
    refused(CLOSE, finding.pk)
    assert Finding.objects.get().state == state


def test_a_verification_of_another_finding_does_not_help(story: Story, finding: Finding) -> None:
    story.mended(finding)
    other = story.record("Quản lý vũ khí còn sơ hở")
    story.report(story.give(other))
    refused(CLOSE, other.pk)


def test_an_old_verification_does_not_close_again_what_was_reopened(
    story: Story, finding: Finding, now: dt.datetime
) -> None:
    remedy = story.give(finding)
    story.report(remedy)
    story.verify(finding)
    remedies.reopen(
        actor=story.actor("inspector"), finding=finding, reason="Tái diễn", now=now, again=[remedy]
    )
    story.report(remedy)
    refused(CLOSE, finding.pk)
    refused("UPDATE findings_remedy SET state = 'confirmed'")


def test_a_verification_alone_does_not_close_what_is_not_reported(story: Story, finding: Finding) -> None:
    story.give(finding)
    run(insert_verification(finding, story.region.people["inspector"]))
    refused(CLOSE, finding.pk)


def test_a_returned_finding_is_not_closed(story: Story, reported: Finding) -> None:
    run(insert_verification(reported, story.region.people["inspector"], outcome="returned"))
    refused(CLOSE, reported.pk)


def test_an_outsider_closes_by_hand_too(story: Story, reported: Finding) -> None:
    """The positive control: the refusals above are not a closed door for everybody."""
    run(insert_verification(reported, story.region.people["inspector"]))
    assert run(CLOSE, reported.pk) == 1


def test_a_mended_finding_is_reopened_only_by_a_decision(story: Story, finding: Finding) -> None:
    story.mended(finding)
    refused("UPDATE findings_finding SET state = 'open', mended_on = NULL WHERE id = %s", finding.pk)


def _holder(story: Story, _: Finding) -> Person:
    return story.region.people["division"]


def _former_holder(story: Story, _: Finding) -> Person:
    person = story.region.people["division"]
    Membership.objects.filter(person=person).update(end=dt.date(2021, 12, 2))
    return person


def _coming_holder(story: Story, _: Finding) -> Person:
    post, person = story.region.posts["division"], story.region.people["inspector"]
    Membership.objects.create(person=person, post=post, start=dt.date(2022, 1, 1))
    return person


def _responsible(story: Story, finding: Finding) -> Person:
    actions.add_responsibility(
        actor=story.actor("clerk"),
        finding=finding,
        kind=ResponsibilityKind.INDIVIDUAL,
        organization=story.region.bodies["region"],
        post=story.region.posts["inspector"],
        now=story.now,
    )
    return story.region.people["inspector"]


def _delegate_of_the_holder(story: Story, _: Finding) -> Person:
    access.delegate(
        actor=story.actor("division"),
        post=story.region.posts["division"],
        delegate=story.region.people["inspector"],
        start=dt.date(2021, 12, 1),
        end=dt.date(2021, 12, 10),
        reason="Đi công tác",
        now=story.now,
    )
    return story.region.people["inspector"]


def _reporter(story: Story, _: Finding) -> Person:
    return story.region.people["divisionclerk"]


INVOLVED: list[Callable[[Story, Finding], Person]] = [
    _holder,
    _former_holder,
    _coming_holder,
    _responsible,
    _delegate_of_the_holder,
    _reporter,
]


@pytest.mark.parametrize("involve", INVOLVED)
@pytest.mark.parametrize("outcome", ["mended", "returned", "reopened"])
def test_an_involved_person_writes_no_verification(
    story: Story,
    finding: Finding,
    involve: Callable[[Story, Finding], Person],
    outcome: str,
) -> None:
    story.report(story.give(finding), by="divisionclerk")
    person = involve(story, finding)
    message = refused(insert_verification(finding, person, outcome))
    assert "stake" in message


def test_somebody_who_became_involved_after_judging_does_not_count(story: Story, reported: Finding) -> None:
    run(insert_verification(reported, story.region.people["inspector"]))
    _coming_holder(story, reported)
    refused(CLOSE, reported.pk)


def test_who_left_the_post_before_the_remedy_was_given_is_an_outsider(story: Story, finding: Finding) -> None:
    add_official(story.region, "former", "Tạ Văn Cựu", "division", "Phó Bí thư Đảng ủy Sư đoàn")
    person = story.region.people["former"]
    Membership.objects.filter(person=person).update(end=dt.date(2021, 11, 30))
    story.give(finding, to="former")
    assert run(insert_verification(finding, person, outcome="returned")) == 1


# --- the rule in SQL is the rule in Python --------------------------------------------------------------------


def test_sql_and_python_agree_on_who_is_involved(story: Story, finding: Finding) -> None:
    seed = 20211201
    dice = random.Random(seed)  # noqa: S311  (reproducible, not secret)
    region, today = story.region, dt.date(2021, 12, 1)
    findings = [finding, story.record("Quản lý vũ khí còn sơ hở")]
    posts, people = list(region.posts.values()), list(region.people.values())
    for _ in range(6):
        remedy = story.give(dice.choice(findings), accountable_post=dice.choice(posts))
        RemedyProgress.objects.create(
            remedy=remedy, on=today, percent=1, note="x", reported_by=dice.choice(people), reporter_label="x"
        )
    for _ in range(6):
        start = today + dt.timedelta(days=dice.randint(-30, 5))
        ends = [None, start + dt.timedelta(days=dice.randint(1, 40))]
        Membership.objects.create(
            person=dice.choice(people), post=dice.choice(posts), start=start, end=dice.choice(ends)
        )
        lender, receiver = dice.sample(people, 2)
        Delegation.objects.create(
            post=dice.choice(posts),
            delegator=lender,
            delegate=receiver,
            start=start,
            end=start + dt.timedelta(days=20),
            reason="x",
            ended_at=dice.choice([None, story.now]),
        )
    answers = set()
    for one in findings:
        for person in people:
            lenders = Delegation.objects.filter(
                delegate=person, start__lte=today, end__gt=today, ended_at=None
            ).values_list("delegator_id", flat=True)
            involved = Stake((person.pk,)).any() | Stake(tuple(lenders)).any()
            python = Finding.objects.filter(involved, pk=one.pk).exists()
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT CASE WHEN "
                    + has_stake(str(one.pk), str(person.pk), f"'{today}'")
                    + " THEN 1 ELSE 0 END"
                )
                assert bool(cursor.fetchone()[0]) == python, (seed, one.pk, person.name)
            answers.add(python)
    assert answers == {True, False}, "both answers must occur, or the comparison says nothing"


def test_names_are_short_enough_and_used_once() -> None:
    names = [trigger.name for trigger in TRIGGERS]
    assert len(set(names)) == len(names)
    # PostgreSQL cuts longer names, and two might become one.
    assert max(len(f"{name}_truncate") for name in names) <= 63


def test_editing_the_words_stays_possible(story: Story, finding: Finding) -> None:
    """The locks do not lock out honest work."""
    edited = actions.edit_finding(
        actor=story.actor("clerk"),
        finding=finding,
        expected_version=1,
        statement=f"{STATEMENT} chính",
        now=story.now,
    )
    assert edited.version == 2
