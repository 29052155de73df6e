"""What somebody sees, what is due from them, and how many questions the database is asked."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection

from soi.access import actions as access
from soi.base.actor import Actor
from soi.base.errors import NotFound
from soi.findings import actions, queries, recurrence, remedies
from soi.findings.counting import grouped
from soi.findings.enums import ResponsibilityKind
from soi.findings.models import Finding, Remedy
from soi.findings.register import RegisterFilter, register
from soi.org import staffing
from soi.org.queries import holders_on
from tests.findings.crowd import crowd
from tests.findings.story import Story

TODAY = dt.date(2021, 12, 1)
# Who sees a finding of the division, concerning nobody else.
SEES = {"secretary", "clerk", "inspector", "division", "divisionclerk"}


def test_who_sees_a_finding_of_the_division(story: Story, finding: Finding) -> None:
    seeing = {name for name in story.region.users if finding in queries.visible_to(story.actor(name))}
    assert seeing == SEES


def test_out_of_sight_answers_like_missing(story: Story, remedy: Remedy) -> None:
    actor = story.actor("brigade")
    for look, number in [
        (queries.get, remedy.finding_id),
        (queries.get, 999_999),
        (queries.get_remedy, remedy.pk),
        (queries.get_remedy, 999_999),
        (queries.get_link, 999_999),
    ]:
        with pytest.raises(NotFound):
            look(actor, number)
    assert queries.get(story.actor("division"), remedy.finding_id).pk == remedy.finding_id
    assert queries.get_remedy(story.actor("division"), remedy.pk) == remedy


def test_who_owes_a_remedy_sees_the_finding_while_holding_the_post(story: Story, finding: Finding) -> None:
    story.give(finding, to="brigade")
    assert finding in queries.visible_to(story.actor("brigade"))
    assert finding not in queries.visible_to(story.actor("brigadeclerk"))
    region = story.region
    membership = region.people["brigade"].memberships.get()
    staffing.end_membership(actor=region.system, membership=membership, on=TODAY, now=story.now)
    assert finding not in queries.visible_to(story.actor("brigade"))


def test_an_actor_without_person_or_posts_sees_nothing(story: Story, finding: Finding) -> None:
    nobody = Actor(user_id=None, person_id=None, label="Không ai", today=TODAY)
    assert not queries.visible_to(nobody).exists()
    assert not queries.about_me(nobody).exists()
    assert not queries.to_verify(nobody).exists()
    assert not queries.due_from(nobody).exists()
    assert not queries.recurrence_to_decide(nobody).exists()


def test_the_administrator_sees_no_content(story: Story, finding: Finding) -> None:
    assert not queries.visible_to(story.actor("admin")).exists()


# --- việc của tôi ---------------------------------------------------------------------------------------------


def test_my_work(story: Story, finding: Finding) -> None:
    late = story.give(finding, due_on=dt.date(2021, 11, 1), created_on=dt.date(2021, 10, 21), historic=True)
    soon = story.give(finding, due_on=dt.date(2021, 12, 5))
    other = story.record("Quản lý vũ khí còn sơ hở")
    story.report(story.give(other))
    actions.add_responsibility(
        actor=story.actor("clerk"),
        finding=finding,
        kind=ResponsibilityKind.HEAD,
        organization=story.region.bodies["division"],
        post=story.region.posts["division"],
        now=story.now,
    )
    holder, inspector = story.actor("division"), story.actor("inspector")
    assert list(queries.due_from(holder)) == [late, soon]
    assert list(queries.about_me(holder)) == [finding]
    assert list(queries.to_verify(inspector)) == [other]
    assert not queries.due_from(inspector).exists()


def test_a_delegate_finds_the_work_of_the_post_too(story: Story, remedy: Remedy) -> None:
    access.delegate(
        actor=story.actor("division"),
        post=story.region.posts["division"],
        delegate=story.region.people["regiment"],
        start=TODAY,
        end=dt.date(2021, 12, 10),
        reason="Đi công tác",
        now=story.now,
    )
    assert list(queries.due_from(story.actor("regiment"))) == [remedy]
    progress = remedies.report_progress(
        actor=story.actor("regiment"), remedy=remedy, percent=10, note="Đang làm", now=story.now
    )
    assert progress.reporter_label == "Mai Văn Trung (ghi thay Phan Văn Sư)"


# --- the person follows from the post and the day ---------------------------------------------------------------


def test_the_accountable_person_follows_from_post_and_day(story: Story, remedy: Remedy) -> None:
    region = story.region
    staffing.appoint(
        actor=region.system,
        person=region.people["press"],
        post=region.posts["division"],
        start=dt.date(2021, 12, 10),
        replace=True,
        now=story.now,
    )
    post = remedy.accountable_post_id
    assert holders_on([post], dt.date(2021, 12, 9)) == {post: [region.people["division"]]}
    assert holders_on([post], dt.date(2021, 12, 10)) == {post: [region.people["press"]]}
    assert holders_on([post], dt.date(2014, 1, 1)) == {}


def test_history_tells_of_the_finding_its_remedies_and_links(story: Story) -> None:
    story.record(found_on=dt.date(2020, 10, 20))
    finding = story.record()
    story.mended(finding)
    link = finding.links_back.get()
    recurrence.decide_recurrence(actor=story.actor("inspector"), link=link, confirmed=True, now=story.now)
    story.give(story.record("Quản lý vũ khí còn sơ hở"))
    told = [event.action.removeprefix("findings.") for event in queries.history_of(finding)]
    assert told == ["decide_recurrence", "verify_mended", "report_done", "add_remedy", "record_finding"]


def test_posts_for_a_remedy_are_those_in_force_in_bodies_one_sees(story: Story) -> None:
    posts = story.region.posts
    gone = posts["regiment"]
    gone.end = dt.date(2021, 6, 1)
    gone.save(update_fields=["end"])
    offered = set(queries.posts_for_remedy(story.actor("divisionclerk")))
    assert {posts["division"], posts["member"]} <= offered
    assert not offered & {gone, posts["brigade"]}


# --- how many questions ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("parts", [1, 3])
def test_a_finding_with_all_its_parts_costs_the_same(
    story: Story, finding: Finding, django_assert_num_queries: Any, parts: int
) -> None:
    for number in range(parts):
        remedy = story.give(finding)
        for _ in range(parts):
            remedies.report_progress(
                actor=story.actor("division"), remedy=remedy, percent=number, note="x", now=story.now
            )
        actions.add_cause(
            actor=story.actor("clerk"),
            finding=finding,
            kind="own",
            statement=f"Lý do {number}",
            now=story.now,
        )
    actor = story.actor("clerk")
    with django_assert_num_queries(2):
        shown = queries.get(actor, finding.pk)
        assert len(shown.causes.all()) == parts
        for remedy in shown.remedies.all():
            assert remedy.accountable_post.organization.name
            assert len(remedy.progress.all()) == parts
        assert not list(shown.answers.all())


def test_counting_what_is_due_costs_the_same_for_ten_and_two_hundred(
    story: Story, django_assert_num_queries: Any
) -> None:
    region = story.region
    for number in (10, 200):
        crowd(
            number,
            bodies=list(region.bodies.values()),
            posts=[region.posts["division"]],
            verifier=region.people["inspector"],
            seed=number,
            today=TODAY,
        )
        for who in ("clerk", "inspector", "division"):
            actor = story.actor(who)
            # Nothing needs to be asked of the database where nobody may confirm anything.
            with django_assert_num_queries(3 if who == "clerk" else 4):
                for pile in (
                    queries.due_from,
                    queries.to_verify,
                    queries.recurrence_to_decide,
                    queries.about_me,
                ):
                    pile(actor).count()


def test_no_list_sorts_out_doubles(story: Story) -> None:
    """Doubles are avoided by asking for membership in a set, not removed afterwards by DISTINCT."""
    actor = story.actor("division")
    asked = RegisterFilter(
        text="kỷ luật", organization_id=1, person_id=1, overdue=True, period="2021", kinds=("limitation",)
    )
    assert "DISTINCT" not in str(register(actor, asked).query).upper()
    assert grouped(actor, asked) == []
    with connection.cursor() as cursor:
        sql, values = register(actor, asked).query.sql_with_params()
        cursor.execute(f"EXPLAIN {sql}", values)
        assert cursor.fetchall()
