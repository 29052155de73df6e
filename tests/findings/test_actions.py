"""Recording, editing, naming who is responsible, answering: one event each, and nothing half written."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound
from soi.findings import actions
from soi.findings.actions import CauseEntry, ConcernedEntry, ResponsibilityEntry
from soi.findings.enums import BodyRole, CauseKind, FindingKind, FindingState, ResponsibilityKind
from soi.findings.models import Answer, Finding, FindingBody, Responsibility
from soi.findings.queries import about_me, visible_to
from soi.history.models import Event
from soi.org import actions as org
from soi.org import staffing
from tests.factories import add_official
from tests.findings.story import FOUND_ON, STATEMENT, Story


def test_a_finding_is_recorded_with_all_that_the_text_says(story: Story) -> None:
    bodies, before = story.region.bodies, Event.objects.count()
    finding = story.record(
        "  Giao nhiệm vụ chưa cụ thể \u200b",
        concerned=[ConcernedEntry(bodies["regiment"], "Trung đoàn 91")],
        causes=[
            CauseEntry(CauseKind.OWN, "Chưa phân công rõ"),
            CauseEntry(CauseKind.EXTERNAL, "Thiếu quân số"),
        ],
        responsibilities=[
            ResponsibilityEntry(ResponsibilityKind.COLLECTIVE, bodies["division"]),
            ResponsibilityEntry(ResponsibilityKind.HEAD, bodies["division"], story.region.posts["division"]),
        ],
        via="intake",
    )
    finding.refresh_from_db()
    assert finding.statement == "Giao nhiệm vụ chưa cụ thể"
    assert (finding.state, finding.quarter, finding.version) == (FindingState.OPEN, "2021-Q4", 1)
    assert dict(finding.bodies.values_list("organization_id", "role")) == {
        bodies["division"].pk: BodyRole.OWNER,
        bodies["regiment"].pk: BodyRole.CONCERNED,
    }
    assert finding.causes.count() == 2
    assert finding.responsibilities.get(kind="head").person == story.region.people["division"]
    assert Event.objects.count() == before + 1
    event = Event.objects.latest("pk")
    assert (event.action, event.via, event.subject_id) == ("findings.record_finding", "intake", finding.pk)
    assert event.payload.facts["statement"] == "Giao nhiệm vụ chưa cụ thể"


def test_a_strength_is_noted(story: Story) -> None:
    assert story.record("Huấn luyện tốt", kind=FindingKind.STRENGTH).state == FindingState.NOTED


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"statement": " \u200b "}, "statement"),
        ({"found_on": dt.date(2021, 12, 2)}, "found_on"),
        ({"found_on": dt.date(2014, 12, 31)}, "found_on"),
        ({"causes": [CauseEntry(CauseKind.OWN, " ")]}, "statement"),
    ],
)
def test_what_cannot_be_recorded_leaves_nothing(story: Story, given: dict[str, Any], field: str) -> None:
    before = Event.objects.count()
    with pytest.raises(Invalid) as refused:
        story.record(**{"statement": STATEMENT, **given})
    assert field in refused.value.fields
    assert (Finding.objects.count(), FindingBody.objects.count(), Event.objects.count()) == (0, 0, before)


# --- two clerks at once ------------------------------------------------------------------------------------


def test_the_slower_of_two_editors_loses_no_word(story: Story, finding: Finding) -> None:
    actions.edit_finding(
        actor=story.actor("divisionclerk"),
        finding=finding,
        expected_version=1,
        statement="Bản của văn phòng sư đoàn",
        now=story.now,
    )
    with pytest.raises(Conflict) as refused:
        actions.edit_finding(
            actor=story.actor("clerk"),
            finding=finding,
            expected_version=1,
            statement="Bản của văn phòng quân khu",
            now=story.now,
        )
    sentence = refused.value.sentence
    for part in [
        "Hồ Thị Văn",
        "08:30 01/12/2021",
        "«Bản của văn phòng sư đoàn»",
        "«Bản của văn phòng quân khu»",
    ]:
        assert part in sentence
    finding.refresh_from_db()
    assert (finding.statement, finding.version) == ("Bản của văn phòng sư đoàn", 2)
    assert Event.objects.filter(action="findings.edit_finding").count() == 1


def test_an_edit_keeps_the_old_words_in_the_history_and_finds_the_new(story: Story, finding: Finding) -> None:
    edited = actions.edit_finding(
        actor=story.actor("clerk"),
        finding=finding,
        expected_version=1,
        statement="Quản lý đất đai còn sơ hở",
        area="land_env",
        now=story.now,
    )
    assert (edited.version, edited.area) == (2, "land_env")
    assert " dat dai " in edited.search_key
    assert " đất đai " in edited.exact_key
    facts = Event.objects.latest("pk").payload.facts
    assert (facts["old_statement"], facts["statement"]) == (STATEMENT, "Quản lý đất đai còn sơ hở")


def test_confirmed_words_are_not_changed(story: Story, finding: Finding) -> None:
    story.mended(finding)
    with pytest.raises(Conflict, match="không sửa nữa"):
        actions.edit_finding(
            actor=story.actor("clerk"), finding=finding, expected_version=1, statement="Khác", now=story.now
        )


# --- who is responsible, on that day --------------------------------------------------------------------------


def hold(story: Story, finding: Finding, **given: Any) -> Responsibility:
    values = {
        "kind": ResponsibilityKind.HEAD,
        "organization": story.region.bodies["division"],
        "post": story.region.posts["division"],
        **given,
    }
    return actions.add_responsibility(actor=story.actor("clerk"), finding=finding, now=story.now, **values)


def hand_over(story: Story, on: dt.date) -> None:
    region = story.region
    add_official(region, "newcomer", "Tô Văn Mới", "division", "Phó Bí thư Đảng ủy Sư đoàn")
    staffing.appoint(
        actor=region.system,
        person=region.people["newcomer"],
        post=region.posts["division"],
        start=on,
        replace=True,
        now=story.now,
    )


def test_the_person_follows_from_the_post_and_the_day(story: Story, finding: Finding) -> None:
    hand_over(story, FOUND_ON + dt.timedelta(days=1))
    assert hold(story, finding).person == story.region.people["division"]
    with pytest.raises(Invalid, match=r"Tô Văn Mới không giữ chức .* ngày đó chức này do Phan Văn Sư giữ"):
        hold(story, finding, person=story.region.people["newcomer"])


def test_the_new_holder_answers_from_the_first_day(story: Story, finding: Finding) -> None:
    hand_over(story, FOUND_ON)
    assert hold(story, finding).person == story.region.people["newcomer"]
    with pytest.raises(Invalid, match="không giữ chức"):
        hold(story, finding, person=story.region.people["division"])


def test_a_collective_names_nobody(story: Story, finding: Finding) -> None:
    row = hold(story, finding, kind=ResponsibilityKind.COLLECTIVE, person=story.region.people["division"])
    assert (row.post, row.person) == (None, None)


def test_a_post_of_another_body_or_no_post_is_refused(story: Story, finding: Finding) -> None:
    with pytest.raises(Invalid, match="không phải chức vụ của"):
        hold(story, finding, post=story.region.posts["regiment"])
    with pytest.raises(Invalid, match="chọn chức vụ"):
        hold(story, finding, post=None)
    with pytest.raises(Conflict, match="đã được ghi"):
        hold(story, finding) and hold(story, finding)


# --- bodies concerned ------------------------------------------------------------------------------------------


def test_a_body_concerned_sees_it_from_then_on(story: Story, finding: Finding) -> None:
    clerk, brigade = story.actor("clerk"), story.region.bodies["brigade"]
    assert finding not in visible_to(story.actor("brigade"))
    actions.add_concerned(
        actor=clerk, finding=finding, organization=brigade, as_written="Lữ 902", now=story.now
    )
    assert finding in visible_to(story.actor("brigade"))
    with pytest.raises(Conflict):
        actions.add_concerned(actor=clerk, finding=finding, organization=brigade, now=story.now)
    with pytest.raises(NotFound):
        actions.add_concerned(
            actor=story.actor("divisionclerk"), finding=finding, organization=brigade, now=story.now
        )


# --- the answer of the person named ---------------------------------------------------------------------------


def test_the_person_named_sees_and_answers_even_after_leaving_the_body(
    story: Story, finding: Finding
) -> None:
    region = story.region
    add_official(region, "named", "Kiều Văn Danh", "division", "Chủ nhiệm Hậu cần")
    hold(story, finding, kind=ResponsibilityKind.INDIVIDUAL, post=region.posts["named"])
    membership = region.people["named"].memberships.get()
    staffing.end_membership(
        actor=region.system, membership=membership, on=dt.date(2021, 11, 15), now=story.now
    )
    actor = story.actor("named")
    assert not actor.grants
    assert list(visible_to(actor)) == list(about_me(actor)) == [finding]
    actions.answer(actor=actor, finding=finding, text="Tôi đã bàn giao ngày 15/11/2021", now=story.now)
    actions.answer(actor=actor, finding=finding, text="Bổ sung biên bản bàn giao", now=story.now)
    assert Answer.objects.filter(finding=finding, person=region.people["named"]).count() == 2
    with pytest.raises(Invalid):
        actions.answer(actor=actor, finding=finding, text=" ", now=story.now)


def test_nobody_answers_in_the_place_of_another(story: Story, finding: Finding) -> None:
    hold(story, finding)
    for who in ["clerk", "secretary", "inspector", "divisionclerk"]:
        with pytest.raises(NotAllowed):
            actions.answer(actor=story.actor(who), finding=finding, text="x", now=story.now)
    with pytest.raises(NotAllowed):
        actions.answer(actor=story.region.system, finding=finding, text="x", now=story.now)
    assert not Answer.objects.exists()


def test_each_addition_leaves_one_event(story: Story, finding: Finding) -> None:
    clerk, now = story.actor("clerk"), story.now
    acts = {
        "findings.add_cause": lambda: actions.add_cause(
            actor=clerk, finding=finding, kind=CauseKind.OWN, statement="Chủ quan", now=now
        ),
        "findings.add_concerned": lambda: actions.add_concerned(
            actor=clerk, finding=finding, organization=story.region.bodies["cell"], now=now
        ),
        "findings.add_responsibility": lambda: hold(story, finding),
        "findings.answer": lambda: actions.answer(
            actor=story.actor("division"), finding=finding, text="x", now=now
        ),
        "findings.edit_finding": lambda: actions.edit_finding(
            actor=clerk, finding=finding, expected_version=1, statement="y", now=now
        ),
    }
    for action, act in acts.items():
        before = Event.objects.count()
        act()
        assert Event.objects.count() == before + 1
        assert Event.objects.latest("pk").action == action


# --- reorganisation ---------------------------------------------------------------------------------------------


def test_what_was_found_in_a_merged_body_follows_to_its_successor(story: Story) -> None:
    finding = story.record(body="brigade", by="clerk")
    assert finding not in visible_to(story.actor("division"))
    org.merge_organizations(
        actor=story.region.system,
        sources=[story.region.bodies["brigade"]],
        into=story.region.bodies["division"],
        on=dt.date(2021, 11, 1),
        now=story.now,
    )
    assert finding in visible_to(story.actor("division"))
    assert story.give(finding, by="divisionclerk").pk
