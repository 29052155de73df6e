"""Who may do what: the accountable person in every disguise, other bodies, and the buttons that say the same."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from soi.access import actions as access
from soi.access.enums import Duty
from soi.base.actor import Actor, system_actor
from soi.base.errors import NotAllowed, NotFound, Refusal
from soi.findings import actions, permissions, remedies
from soi.findings.enums import FindingState, ResponsibilityKind, Verb
from soi.findings.models import Finding, Remedy, Verification
from soi.findings.queries import get, to_verify, visible_to
from soi.org import staffing
from tests.factories import add_official
from tests.findings import refusals
from tests.findings.story import Story

TODAY = dt.date(2021, 12, 1)


def refuses(story: Story, finding: Finding, actor: Actor) -> str:
    """Every judging verb is refused with one sentence, the button says it, and the finding is not offered."""
    sentences = set()
    for act in (remedies.verify_mended, remedies.return_for_more):
        with pytest.raises(NotAllowed) as refused:
            act(actor=actor, finding=finding, note="Đã xong", now=story.now)
        sentences.add(refused.value.sentence)
    offered = refusals.moves(actor, finding)
    assert {offered[Verb.VERIFY_MENDED], offered[Verb.RETURN_FOR_MORE]} == sentences
    assert finding not in to_verify(actor)
    assert not Verification.objects.filter(finding=finding).exists()
    finding.refresh_from_db()
    assert finding.state == FindingState.REPORTED
    assert len(sentences) == 1
    return sentences.pop()


def lend(story: Story, lender: str, receiver: str, post: str | None = None) -> None:
    access.delegate(
        actor=story.actor(lender),
        post=story.region.posts[post or lender],
        delegate=story.region.people[receiver],
        start=TODAY,
        end=TODAY + dt.timedelta(days=10),
        reason="Đi công tác",
        now=story.now,
    )


# --- the accountable person, in every disguise ---------------------------------------------------------


def test_the_holder_of_the_accountable_post(story: Story, reported: Finding) -> None:
    """The secretary of the division has VERIFY over it, and is refused all the same."""
    assert "chịu trách nhiệm chính" in refuses(story, reported, story.actor("division"))


def test_a_holder_who_handed_the_post_over_meanwhile(story: Story, reported: Finding) -> None:
    region = story.region
    add_official(
        region,
        "newcomer",
        "Tô Văn Mới",
        "region",
        "Phó Bí thư Thường trực",
        duty=Duty.SECRETARY,
        whole_tree=True,
    )
    later = dt.date(2021, 12, 20)
    staffing.appoint(
        actor=region.system,
        person=region.people["newcomer"],
        post=region.posts["division"],
        start=dt.date(2021, 12, 10),
        replace=True,
        now=story.now,
    )
    # The former holder comes back with a right to verify over the whole region.
    staffing.appoint(
        actor=region.system,
        person=region.people["division"],
        post=region.posts["inspector"],
        start=dt.date(2021, 12, 15),
        replace=True,
        now=story.now,
    )
    assert "chịu trách nhiệm chính" in refuses(story, reported, story.actor("division", today=later))
    # The new holder of the accountable post is no outsider either.
    assert "chịu trách nhiệm chính" in refuses(story, reported, story.actor("newcomer", today=later))


def test_the_accountable_person_in_a_second_post_higher_up(story: Story, reported: Finding) -> None:
    region = story.region
    inspectors = staffing.add_post(
        actor=region.system,
        organization=region.bodies["region"],
        label="Ủy viên Ủy ban Kiểm tra",
        role=region.posts["inspector"].role,
        start=dt.date(2015, 1, 1),
        now=story.now,
    )
    access.give_duty(actor=region.system, post=inspectors, duty=Duty.INSPECTOR, now=story.now)
    staffing.appoint(
        actor=region.system, person=region.people["division"], post=inspectors, start=TODAY, now=story.now
    )
    assert "chịu trách nhiệm chính" in refuses(story, reported, story.actor("division"))


def test_the_accountable_person_acting_for_the_inspector(story: Story, reported: Finding) -> None:
    lend(story, "inspector", "division")
    assert "chịu trách nhiệm chính" in refuses(story, reported, story.actor("division"))


def test_somebody_acting_for_the_accountable_person(story: Story, reported: Finding) -> None:
    lend(story, "division", "divisionclerk")
    actor = story.actor("divisionclerk")
    assert "ủy quyền" in refuses(story, reported, actor)


def test_the_inspector_while_acting_for_the_accountable_person(story: Story, reported: Finding) -> None:
    lend(story, "division", "inspector")
    assert "ủy quyền" in refuses(story, reported, story.actor("inspector"))
    # When the delegation is over, the inspector is an outsider again.
    assert story.verify(reported, by="secretary").state == FindingState.MENDED


def test_the_head_named_as_responsible(story: Story, reported: Finding) -> None:
    actions.add_responsibility(
        actor=story.actor("clerk"),
        finding=reported,
        kind=ResponsibilityKind.HEAD,
        organization=story.region.bodies["region"],
        post=story.region.posts["secretary"],
        now=story.now,
    )
    assert "có trách nhiệm trong nội dung này" in refuses(story, reported, story.actor("secretary"))


def test_somebody_acting_for_the_responsible_head(story: Story, reported: Finding) -> None:
    actions.add_responsibility(
        actor=story.actor("clerk"),
        finding=reported,
        kind=ResponsibilityKind.INDIVIDUAL,
        organization=story.region.bodies["region"],
        post=story.region.posts["secretary"],
        now=story.now,
    )
    lend(story, "secretary", "press")
    assert "ủy quyền" in refuses(story, reported, story.actor("press"))


def test_who_reported_on_behalf_does_not_confirm_the_own_report(story: Story, remedy: Remedy) -> None:
    """The secretary of the region records and verifies; not both on one remedy."""
    story.report(remedy, by="secretary")
    finding = Finding.objects.get(pk=remedy.finding_id)
    assert "báo cáo" in refuses(story, finding, story.actor("secretary"))
    assert story.verify(finding).state == FindingState.MENDED


def test_the_accountable_person_of_one_remedy_among_several(story: Story, finding: Finding) -> None:
    first, second = story.give(finding), story.give(finding, to="inspector")
    story.report(first)
    story.report(second, by="inspector")
    finding.refresh_from_db()
    assert "chịu trách nhiệm chính" in refuses(story, finding, story.actor("inspector"))


def test_the_system_confirms_nothing(story: Story, reported: Finding) -> None:
    actor = system_actor("Cài đặt", today=TODAY)
    assert "một người có tên" in refuses(story, reported, actor)


def test_an_actor_put_together_by_hand_is_still_the_same_person(story: Story, reported: Finding) -> None:
    """Whatever grants a door might hand over, the person counts."""
    disguised = replace(
        story.actor("secretary"), person_id=story.region.people["division"].pk, post_ids=frozenset()
    )
    assert "chịu trách nhiệm chính" in refuses(story, reported, disguised)


def test_without_the_right_to_verify(story: Story, reported: Finding) -> None:
    assert "không được giao xác nhận" in refuses(story, reported, story.actor("clerk"))


@pytest.mark.parametrize("who", ["inspector", "secretary"])
def test_an_outsider_with_the_right_confirms(story: Story, reported: Finding, who: str) -> None:
    """The positive control."""
    assert reported in to_verify(story.actor(who))
    assert story.verify(reported, by=who).state == FindingState.MENDED


def test_the_accountable_person_does_not_reopen_either(story: Story, finding: Finding) -> None:
    story.mended(finding)
    with pytest.raises(NotAllowed):
        remedies.reopen(actor=story.actor("division"), finding=finding, reason="x", now=story.now)


# --- other bodies ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["brigade", "brigadeclerk", "member", "admin", "commander"])
def test_out_of_sight_everything_answers_not_found(
    story: Story, reported: Finding, remedy: Remedy, who: str
) -> None:
    actor, now = story.actor(who), story.now
    region = story.region
    acts = [
        lambda: remedies.verify_mended(actor=actor, finding=reported, note="x", now=now),
        lambda: remedies.return_for_more(actor=actor, finding=reported, note="x", now=now),
        lambda: remedies.reopen(actor=actor, finding=reported, reason="x", now=now),
        lambda: remedies.report_done(actor=actor, remedy=remedy, note="x", now=now),
        lambda: remedies.report_progress(actor=actor, remedy=remedy, percent=1, note="x", now=now),
        lambda: story.give(reported, by=who),
        lambda: actions.answer(actor=actor, finding=reported, text="x", now=now),
        lambda: actions.edit_finding(
            actor=actor, finding=reported, expected_version=1, statement="x", now=now
        ),
        lambda: actions.add_concerned(
            actor=actor, finding=reported, organization=region.bodies["brigade"], now=now
        ),
    ]
    for act in acts:
        with pytest.raises(NotFound):
            act()


def test_seeing_is_not_changing(story: Story, finding: Finding) -> None:
    for act in (
        lambda: story.give(finding, by="inspector"),
        lambda: actions.edit_finding(
            actor=story.actor("inspector"), finding=finding, expected_version=1, statement="x", now=story.now
        ),
        lambda: actions.answer(actor=story.actor("inspector"), finding=finding, text="x", now=story.now),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_clerk_records_in_the_own_part_of_the_tree_only(story: Story) -> None:
    assert story.record(by="divisionclerk", body="regiment").pk
    with pytest.raises(NotFound):
        story.record(by="divisionclerk", body="brigade")
    with pytest.raises(NotAllowed):
        story.record(by="divisionclerk", body="region")
    with pytest.raises(NotAllowed):
        story.record(by="inspector", body="division")


# --- the button and the act say the same --------------------------------------------------------------------


@pytest.mark.parametrize("who", ["clerk", "secretary", "inspector", "division", "divisionclerk", "press"])
@pytest.mark.parametrize("state", ["open", "in_remedy", "reported", "mended"])
def test_what_a_button_offers_is_what_the_act_does(
    story: Story, finding: Finding, who: str, state: str
) -> None:
    if state != "open":
        remedy = story.give(finding)
        if state != "in_remedy":
            story.report(remedy)
        if state == "mended":
            story.verify(finding, by="secretary")
    finding.refresh_from_db()
    actor, now = story.actor(who), story.now
    acts = {
        Verb.ADD_REMEDY: lambda: story.give(finding, by=who),
        Verb.RETURN_FOR_MORE: lambda: remedies.return_for_more(
            actor=actor, finding=finding, note="x", now=now
        ),
        Verb.VERIFY_MENDED: lambda: remedies.verify_mended(actor=actor, finding=finding, note="x", now=now),
        Verb.REOPEN: lambda: remedies.reopen(actor=actor, finding=finding, reason="x", now=now),
    }
    moves = refusals.moves(actor, finding)
    _the_page_says_the_same(actor, finding)
    for verb, refusal in moves.items():
        if refusal:
            with pytest.raises(Refusal):
                acts[verb]()
    for verb, refusal in moves.items():
        if not refusal:
            finding.refresh_from_db()
            acts[verb]()
            break


def _the_page_says_the_same(actor: Actor, finding: Finding) -> None:
    """What the page asks for all its buttons at once, each check says by itself."""
    if not visible_to(actor).filter(pk=finding.pk).exists():
        return  # no page at all
    shown = permissions.offers(actor, get(actor, finding.pk))
    moves = refusals.moves(actor, finding)
    assert shown.verbs == {verb: moves[verb] for verb in (Verb.ADD_REMEDY, Verb.VERIFY_MENDED, Verb.REOPEN)}
    assert shown.edit == refusals.of_edit(actor, finding)
    assert shown.reports == {
        remedy.pk: refusals.of_remedy(actor, remedy) for remedy in finding.remedies.all()
    }


def test_refusals_for_tooltips(story: Story, remedy: Remedy) -> None:
    finding = Finding.objects.get(pk=remedy.finding_id)
    assert refusals.of_remedy(story.actor("division"), remedy) == ""
    assert "mới báo cáo được" in refusals.of_remedy(story.actor("inspector"), remedy)
    assert refusals.of_edit(story.actor("clerk"), finding) == ""
    assert refusals.of_edit(story.actor("inspector"), finding)
