"""Ai được làm gì: the body's secretary conducts, tellers count, the roll votes; for others there is no such poll."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from soi.ballots import actions, permissions, queries
from soi.ballots.enums import Mode, PollState
from soi.ballots.models import Poll
from soi.base.errors import NotAllowed, NotFound
from soi.history.models import Event
from tests.ballots import box
from tests.factories import Region

pytestmark = pytest.mark.usefixtures("cheap")

CONDUCTS, SEES, BLIND = (
    ("secretary", "clerk"),
    ("inspector", "press"),
    ("member", "brigade", "division", "admin"),
)
ACTS: dict[str, Callable[..., object]] = {
    "edit": lambda actor, poll, _: actions.edit_poll(
        actor=actor, poll=poll, expected_version=poll.version, title="Khác", mode=Mode.OPEN,
        questions=[box.QUESTION], denominator="present", majority="half", now=box.NOW,
    ),
    "tellers": lambda actor, poll, region: actions.name_tellers(
        actor=actor, poll=poll, people=[region.people["clerk"], region.people["press"]],
        head=region.people["press"], now=box.NOW,
    ),
    "open": lambda actor, poll, region: actions.open_poll(
        actor=actor, poll=poll, roll=[region.people["clerk"].pk], summoned=1, present=1, now=box.NOW
    ),
    "close": lambda actor, poll, _: actions.close_poll(actor=actor, poll=poll, now=box.NOW),
    "publish": lambda actor, poll, _: actions.publish_poll(actor=actor, poll=poll, now=box.NOW),
    "annul": lambda actor, poll, _: actions.annul_poll(actor=actor, poll=poll, reason="Sai", now=box.NOW),
}  # fmt: skip
START = {"close": PollState.OPEN, "publish": PollState.COUNTED}


def ready(region: Region, act: str) -> Poll:
    poll = box.draft(region.bodies["region"], mode=Mode.OPEN)
    if act in START:
        ACTS["open"](box.SYSTEM, poll, region)
    if START.get(act) == PollState.COUNTED:
        box.counted(Poll.objects.get(pk=poll.pk))
    return Poll.objects.get(pk=poll.pk)


@pytest.mark.parametrize("act", ACTS)
def test_the_secretary_conducts_the_reader_is_told_whom_to_ask_and_others_see_nothing(
    region: Region, act: str
) -> None:
    for username in SEES:
        with pytest.raises(NotAllowed, match="thư ký hoặc người lãnh đạo"):
            ACTS[act](region.actor(username), ready(region, act), region)
    for username in BLIND:
        with pytest.raises(NotFound):
            ACTS[act](region.actor(username), ready(region, act), region)
    for username in CONDUCTS:
        poll, before = ready(region, act), Event.objects.count()
        ACTS[act](region.actor(username), poll, region)
        event = Event.objects.latest("pk")
        assert Event.objects.count() == before + 1, "one act, one event"
        assert (event.subject_id, event.person_id) == (poll.pk, region.people[username].pk)
        assert permissions.can_conduct(region.actor(username), poll)


def test_drafting_is_for_those_who_record_or_lead(region: Region) -> None:
    new = {"organization": region.bodies["region"], "title": "Bỏ phiếu", "mode": "open",
           "questions": [box.QUESTION], "denominator": "present", "majority": "half", "now": box.NOW}  # fmt: skip
    for username in CONDUCTS:
        assert actions.draft_poll(actor=region.actor(username), **new).state == PollState.DRAFT
    with pytest.raises(NotAllowed, match="thư ký của cấp đó"):
        actions.draft_poll(actor=region.actor("press"), **new)
    with pytest.raises(NotFound):
        actions.draft_poll(actor=region.actor("brigade"), **new | {"organization": region.bodies["division"]})


def test_nobody_out_of_sight_is_made_a_teller(region: Region) -> None:
    poll = box.draft(region.bodies["brigade"], mode=Mode.SECRET)
    people = [region.people["brigade"], region.people["member"]]
    with pytest.raises(NotFound, match="người này"):
        actions.name_tellers(
            actor=region.actor("brigadeclerk"), poll=poll, people=people, head=people[0], now=box.NOW
        )


# --- sight ---------------------------------------------------------------------------------------------------


def test_the_roll_and_the_tellers_see_a_poll_of_a_body_they_do_not_read(region: Region) -> None:
    people = region.people
    poll = box.opened(
        region.bodies["region"], [people["member"]], tellers=[people["brigade"], people["division"]]
    )
    seen = {name for name in region.users if queries.visible_to(region.actor(name)).filter(pk=poll.pk)}
    assert seen == {"secretary", "clerk", "inspector", "press", "member", "brigade", "division"}
    with pytest.raises(NotFound):
        queries.get(region.actor("regiment"), poll.pk)
    # A subordinate body's poll is read from above, by those whose right reaches it.
    below = box.draft(region.bodies["cell"])
    assert queries.get(region.actor("secretary"), below.pk) == below


def test_one_sees_of_oneself_whether_one_voted_and_of_others_two_numbers(region: Region) -> None:
    people = [region.people[name] for name in ("member", "brigade", "division", "clerk", "press")]
    poll = box.opened(region.bodies["region"], people, tellers=people[3:])
    member = region.actor("member")
    before = queries.ballot_for(member, queries.get(member, poll.pk))
    assert (before.on_roll, before.cast, before.may_cast, before.small_body_warning) == (
        True,
        False,
        True,
        "",
    )
    assert [line.options for line in before.lines] == [((1, "Đồng ý"), (2, "Không đồng ý"))]
    box.vote(poll, region.people["member"], {1: [box.YES]})
    after = queries.ballot_for(member, queries.get(member, poll.pk))
    assert (after.cast, after.may_cast) == (True, False)
    assert queries.turnout(poll) == (1, 5)
    secretary = queries.ballot_for(region.actor("secretary"), poll)
    assert (secretary.on_roll, secretary.may_cast) == (False, False)


def test_a_small_body_is_warned_before_it_votes(region: Region) -> None:
    people = box.people(4)
    poll = box.opened(region.bodies["region"], people)
    assert "4 người" in queries.ballot_for(box.voter(people[0]), poll).small_body_warning
    named = box.opened(region.bodies["region"], people, mode=Mode.OPEN)
    assert queries.ballot_for(box.voter(people[0]), named).small_body_warning == ""


def test_every_mode_is_named_to_the_voter(region: Region) -> None:
    people = box.people(2)
    for mode, words in [
        (Mode.OPEN, "công khai"),
        (Mode.SECRET, "niêm phong"),
        (Mode.PAPER, "hòm phiếu tại chỗ"),
    ]:
        ballot = queries.ballot_for(
            box.voter(people[0]), box.opened(region.bodies["region"], people, mode=mode)
        )
        assert words in ballot.mode_sentence
        assert ballot.may_cast is (mode != Mode.PAPER)


def test_what_waits_for_the_voter_and_for_the_teller(region: Region) -> None:
    people = box.people(3)
    poll = box.opened(region.bodies["region"], people, tellers=people[1:])
    paper = box.opened(region.bodies["region"], people, mode=Mode.PAPER)
    one, two = box.voter(people[0]), box.voter(people[1])
    assert list(queries.to_cast(one)) == [poll]
    assert list(queries.to_count(two)) == []
    box.vote(poll, people[0], {1: [1]})
    assert list(queries.to_cast(one)) == []
    box.closed(poll)
    box.closed(paper)
    assert list(queries.to_cast(two)) == []
    assert list(queries.to_count(two)) == [poll, paper]
    assert list(queries.to_count(one)) == [paper]
    assert list(queries.to_count(box.SYSTEM)) == []


def test_receipts_are_shown_after_the_count_only(region: Region) -> None:
    people = box.people(3)
    poll = box.opened(region.bodies["region"], people)
    codes = [box.vote(poll, person, {1: [box.YES]}) for person in people]
    assert queries.receipts_of(poll) == []
    assert queries.receipts_of(box.counted(poll)) == sorted(filter(None, codes))


def test_a_poll_is_read_in_a_constant_number_of_queries(
    region: Region, django_assert_num_queries: Callable[[int], object]
) -> None:
    people = box.people(3)
    small = box.opened(region.bodies["region"], people)
    large = box.opened(region.bodies["region"], people, *[box.ELECTION] * 12)
    for poll in (small, large):
        actor = box.voter(people[0])
        with django_assert_num_queries(6):  # type: ignore[attr-defined]
            queries.ballot_for(actor, queries.get(actor, poll.pk))
