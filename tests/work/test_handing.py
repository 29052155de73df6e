"""A change of post holder: the list of what was owed, signed by who leaves and by who comes."""

from __future__ import annotations

import datetime as dt

import pytest

from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal
from soi.history.models import Event
from soi.org import staffing
from soi.org.models import Person
from soi.work import handing, permissions, queries
from soi.work.models import Handover, Task
from tests.work.story import TODAY, Story

DAY = dt.timedelta(days=1)
LATER = TODAY + 5 * DAY
LEFT = TODAY + 2 * DAY


@pytest.fixture
def newcomer(story: Story, task: Task) -> Person:
    """The secretary of the division leaves on the third day, with one task half done."""
    story.report(task, 40)
    story.official("deputy", "Tô Văn Mới", "division", "Phó Bí thư Đảng ủy Sư đoàn")
    person = story.region.people["deputy"]
    staffing.appoint(
        actor=story.region.system, person=person, post=story.region.posts["division"], start=LEFT,
        replace=True, now=story.now,
    )  # fmt: skip
    return person


def prepare(
    story: Story, *, by: str = "divisionclerk", who: str = "division", on: dt.date = LEFT
) -> Handover:
    return handing.prepare_handover(
        actor=story.actor(by, today=LATER), post=story.region.posts["division"],
        outgoing=story.region.people[who], on=on, now=story.now, note="Kèm 2 tập hồ sơ",
    )  # fmt: skip


def sign_out(story: Story, handover: Handover, *, by: str) -> Handover:
    return handing.sign_out(actor=story.actor(by, today=LATER), handover=handover, now=story.now)


def sign_in(story: Story, handover: Handover, *, by: str) -> Handover:
    return handing.sign_in(actor=story.actor(by, today=LATER), handover=handover, now=story.now)


def pending(story: Story, who: str) -> list[handing.PendingHandover]:
    return handing.posts_with_pending_handover(story.actor(who, today=LATER))


def test_who_left_with_open_work_has_still_to_hand_over(story: Story, newcomer: Person) -> None:
    region = story.region
    expected = handing.PendingHandover(
        post=region.posts["division"], outgoing=region.people["division"], on=LEFT, tasks=1,
        incoming=(newcomer,),
    )  # fmt: skip
    for who in ("divisionclerk", "clerk", "deputy"):
        assert pending(story, who) == [expected]
    for who in ("brigadeclerk", "inspector", "member"):
        assert pending(story, who) == []
    assert handing.posts_with_pending_handover(story.actor("clerk", today=LEFT - DAY)) == [], "not yet"


def test_work_given_afterwards_was_never_owed(story: Story, task: Task, newcomer: Person) -> None:
    story.assign(today=LATER)
    assert pending(story, "clerk")[0].tasks == 1
    story.assess(story.done(task, by="deputy", today=LATER), by="inspector", today=LATER)
    assert pending(story, "clerk") == []


def test_who_came_back_hands_nothing_over(story: Story, newcomer: Person) -> None:
    membership = newcomer.memberships.get(post=story.region.posts["division"])
    staffing.end_membership(actor=story.region.system, membership=membership, on=LEFT + DAY, now=story.now)
    left = [one.outgoing for one in pending(story, "clerk")]
    assert left == [newcomer], "of several, the last one"
    staffing.appoint(
        actor=story.region.system, person=newcomer, post=story.region.posts["division"], start=LEFT + 2 * DAY,
        now=story.now,
    )  # fmt: skip
    assert newcomer not in [one.outgoing for one in pending(story, "clerk")]


def test_prepared_signed_out_signed_in(story: Story, task: Task, newcomer: Person) -> None:
    handover = prepare(story)
    assert handover.incoming == newcomer
    assert [(item.task, item.percent, item.due_on) for item in handover.items.all()] == [
        (task, 40, task.due_on)
    ]
    assert pending(story, "clerk") == []
    giver, taker = story.actor("division", today=LATER), story.actor("deputy", today=LATER)
    assert list(queries.handovers_to_sign(giver)) == [handover]
    assert not queries.handovers_to_sign(taker).exists()

    signed = sign_out(story, handover, by="division")
    assert signed.signed_out_label == "Phan Văn Sư"
    assert not queries.handovers_to_sign(giver).exists()
    assert list(queries.handovers_to_sign(taker)) == [handover]

    taken = sign_in(story, handover, by="deputy")
    assert (taken.signed_in_label, taken.incoming) == ("Tô Văn Mới", newcomer)
    assert not queries.handovers_to_sign(taker).exists()
    assert task.accountable_post == story.region.posts["division"], "the task stays with the post"
    assert list(queries.due_from(taker)) == [task]
    assert list(Event.objects.values_list("action", flat=True).order_by("-pk")[:3]) == [
        "work.handover_signed", "work.handover_signed", "work.handover_prepared",
    ]  # fmt: skip


def test_a_recorder_signs_for_who_has_left_and_that_is_said(story: Story, newcomer: Person) -> None:
    signed = sign_out(story, prepare(story), by="divisionclerk")
    assert signed.signed_out_label == "Hồ Thị Văn (ký thay Phan Văn Sư)"


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("deputy", NotAllowed), ("inspector", NotAllowed), ("brigadeclerk", NotFound)],
)
def test_others_do_not_sign_for_the_giver(
    story: Story, newcomer: Person, who: str, refusal: type[Refusal]
) -> None:  # fmt: skip
    handover = prepare(story)
    with pytest.raises(refusal):
        sign_out(story, handover, by=who)
    assert permissions.sign_out_refusal(story.actor(who, today=LATER), handover)
    assert permissions.sign_out_refusal(story.actor("division", today=LATER), handover) == ""


@pytest.mark.parametrize("who", ["division", "divisionclerk", "inspector"])
def test_only_who_holds_the_post_takes_over(story: Story, newcomer: Person, who: str) -> None:
    handover = sign_out(story, prepare(story), by="division")
    with pytest.raises(NotAllowed):
        sign_in(story, handover, by=who)
    assert handing.sign_in_refusal(story.actor(who, today=LATER), handover)
    assert handing.sign_in_refusal(story.actor("deputy", today=LATER), handover) == ""


def test_a_delegate_does_not_take_over_for_the_holder(story: Story, newcomer: Person) -> None:
    handover = sign_out(story, prepare(story), by="division")
    story.lend("division", "press")  # before the third day the former holder lent the post
    with pytest.raises((NotAllowed, NotFound)):
        sign_in(story, handover, by="press")


def test_in_order_and_once(story: Story, newcomer: Person) -> None:
    handover = prepare(story)
    with pytest.raises(Conflict, match="Bên giao chưa ký"):
        sign_in(story, handover, by="deputy")
    sign_out(story, handover, by="division")
    with pytest.raises(Conflict, match="đã ký"):
        sign_out(story, handover, by="divisionclerk")
    sign_in(story, handover, by="deputy")
    with pytest.raises(Conflict, match="đã ký"):
        sign_in(story, handover, by="deputy")
    with pytest.raises(Conflict, match="đã được lập"):
        prepare(story)


def test_a_list_is_made_of_what_happened_only(story: Story, task: Task, newcomer: Person) -> None:
    for wrong in ({"on": LEFT + DAY}, {"who": "member"}, {"who": "deputy"}):
        with pytest.raises(Invalid):
            prepare(story, **wrong)
    with pytest.raises(NotAllowed):
        prepare(story, by="inspector")
    for who in ("brigadeclerk", "division"):  # who has left sees the body no longer, only the list
        with pytest.raises(NotFound):
            prepare(story, by=who)
    story.assess(story.done(task, by="deputy", today=LATER), by="inspector", today=LATER)
    with pytest.raises(Invalid, match="không còn nhiệm vụ"):
        prepare(story)


def test_the_list_is_seen_by_both_and_by_those_who_read_the_body(story: Story, newcomer: Person) -> None:
    handover = prepare(story)
    for who in ("division", "deputy", "divisionclerk", "clerk", "inspector"):
        seen = queries.get_handover(story.actor(who, today=LATER), handover.pk)
        assert [item.task.statement for item in seen.items.all()]
    for who in ("brigade", "member", "admin"):
        with pytest.raises(NotFound):
            queries.get_handover(story.actor(who, today=LATER), handover.pk)
