"""Polls on the floor: the roll is who is there, votes are no events, and the floor waits for the poll."""

from __future__ import annotations

import pytest

from soi.ballots import actions as ballots
from soi.ballots import casting, counting
from soi.ballots.actions import NewQuestion
from soi.ballots.enums import Denominator, Majority, Mode, PollState, QuestionKind
from soi.ballots.models import Poll, RollEntry
from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound
from soi.conferences import deciding, floor, minutes_facts, room_lists, speaking
from soi.conferences.enums import Audience, FloorState
from soi.conferences.logic.sentences import sentence
from soi.conferences.logic.verbs import FloorVerb as Verb
from soi.conferences.models import AttendanceSpan
from soi.history.models import Event
from tests.conferences.hall import Hall, build_hall, invite
from tests.factories import Region

QUESTION = NewQuestion(QuestionKind.YES_NO, "Nhất trí với dự thảo")


def draft(hall: Hall, by: str = "clerk", title: str = "Thông qua báo cáo", **more: object) -> Poll:
    return deciding.new_poll(
        actor=hall.actor(by), conference=hall.conference, title=title, mode=Mode.OPEN, questions=[QUESTION],
        denominator=Denominator.PRESENT, majority=Majority.HALF, now=hall.later(),
        item=hall.items["ballot"].pk, **more,
    )  # type: ignore[arg-type]  # fmt: skip


def put(hall: Hall, poll: Poll, by: str = "clerk") -> Poll:
    return deciding.open_vote(actor=hall.actor(by), conference=hall.conference, poll=poll, now=hall.later())


def close(hall: Hall, by: str = "clerk") -> Poll:
    return deciding.close_vote(actor=hall.actor(by), conference=hall.conference, now=hall.later())


def test_only_the_chair_hears_of_a_draft(hall: Hall) -> None:
    poll = draft(hall)
    assert (hall.last.verb, hall.last.audience) == (Verb.DRAFT_POLL, Audience.CHAIR)
    assert deciding.conference_of(poll) == hall.conference


def test_the_roll_is_who_may_vote_and_is_there(open_hall: Hall) -> None:
    hall = open_hall
    invite(hall, "inspector", "main", entitled=False)
    AttendanceSpan.objects.filter(attendance=hall.rows["brigade"]).update(left_at=hall.now)
    poll = put(hall, draft(hall))
    on_roll = set(RollEntry.objects.filter(poll=poll).values_list("person", flat=True))
    assert on_roll == {hall.person(who) for who in ("commander", "press", "division", "regiment", "member")}
    assert (poll.summoned, poll.present) == (6, 5)
    assert (hall.floor.state, hall.floor.poll_id) == (FloorState.VOTING, poll.pk)
    assert (hall.last.facts["roll"], hall.last.facts["poll_id"]) == (5, poll.pk)


def test_nobody_there_is_no_ballot(region: Region) -> None:
    hall = build_hall(region, there=False)
    floor.open_session(actor=hall.actor("clerk"), conference=hall.conference, now=hall.now)
    with pytest.raises(Conflict, match="điểm danh"):
        put(hall, draft(hall))
    assert hall.floor.state == FloorState.ITEM


def test_opening_a_poll_ends_the_speech(open_hall: Hall) -> None:
    hall = open_hall
    poll = draft(hall)
    speaking.give_floor(
        actor=hall.actor("commander"),
        conference=hall.conference,
        person=hall.person("brigade"),
        now=hall.later(),
    )
    put(hall, poll)
    assert hall.last.facts["ended"]["who"] == "Đại tá Cao Văn Lữ"


def test_a_vote_is_no_event_of_the_floor(open_hall: Hall) -> None:
    hall = open_hall
    poll = put(hall, draft(hall))
    before = hall.floor.number
    casting.cast(actor=hall.actor("brigade"), poll=poll, answers={1: [1]}, now=hall.later())
    assert hall.floor.number == before
    close(hall)
    assert (hall.last.facts["cast"], hall.last.facts["roll"]) == (1, 6)


def test_the_floor_waits_for_the_poll(open_hall: Hall) -> None:
    hall = open_hall
    first, second = draft(hall), draft(hall, title="Khen thưởng")
    put(hall, first)
    with pytest.raises(Conflict, match="đang bỏ phiếu"):
        put(hall, second)
    with pytest.raises(Conflict, match="đang bỏ phiếu"):
        floor.close_session(actor=hall.actor("clerk"), conference=hall.conference, now=hall.later())
    assert close(hall).state == PollState.CLOSED
    assert (hall.floor.state, hall.floor.poll_id) == (FloorState.ITEM, first.pk)


def test_a_poll_closed_on_its_own_page_leaves_the_floor_as_well(open_hall: Hall) -> None:
    hall = open_hall
    poll = put(hall, draft(hall))
    ballots.close_poll(actor=hall.actor("clerk"), poll=poll, now=hall.later())
    close(hall)
    assert hall.floor.state == FloorState.ITEM


def test_annulled_says_so(open_hall: Hall) -> None:
    hall = open_hall
    poll = put(hall, draft(hall))
    ballots.annul_poll(actor=hall.actor("clerk"), poll=poll, reason="Danh sách sai", now=hall.later())
    close(hall)
    assert hall.last.facts["annulled"] is True


def test_the_poll_on_the_page_must_be_the_one_on_the_floor(open_hall: Hall) -> None:
    hall = open_hall
    put(hall, draft(hall))
    with pytest.raises(Conflict, match="tải lại"):
        deciding.close_vote(
            actor=hall.actor("clerk"), conference=hall.conference, poll=10**6, now=hall.later()
        )


def test_published_on_the_floor_also_after_the_end(open_hall: Hall) -> None:
    hall, clerk = open_hall, open_hall.actor("clerk")
    poll = put(hall, draft(hall))
    close(hall)
    counting.count_poll(actor=clerk, poll=Poll.objects.get(pk=poll.pk), now=hall.later(), passphrases=None)
    floor.close_session(actor=clerk, conference=hall.conference, now=hall.later())
    deciding.publish_votes(
        actor=clerk, conference=hall.conference, polls=[Poll.objects.get(pk=poll.pk)], now=hall.later()
    )
    assert (hall.last.verb, hall.last.facts["poll_id"]) == (Verb.PUBLISH_POLL, poll.pk)
    assert (hall.floor.state, hall.floor.poll_id) == (FloorState.CLOSED, poll.pk)


def counted(hall: Hall, title: str, answer: int = 1) -> Poll:
    poll = put(hall, draft(hall, title=title))
    casting.cast(actor=hall.actor("brigade"), poll=poll, answers={1: [answer]}, now=hall.later())
    close(hall)
    clerk = hall.actor("clerk")
    return counting.count_poll(actor=clerk, poll=Poll.objects.get(pk=poll.pk), now=hall.later())


def publish(hall: Hall, *polls: Poll, by: str = "clerk") -> list[Poll]:
    return deciding.publish_votes(
        actor=hall.actor(by), conference=hall.conference, polls=polls, now=hall.later()
    )


def test_several_are_announced_by_one_event_of_the_room_and_one_each_of_the_history(open_hall: Hall) -> None:
    hall = open_hall
    polls = [counted(hall, title) for title in ("Báo cáo", "Khen thưởng", "Nghị quyết")]
    before = hall.floor.number
    published = publish(hall, polls[2], polls[0], polls[1])
    assert [poll.pk for poll in published] == [poll.pk for poll in polls]
    assert hall.floor.number == before + 1
    told = sentence(hall.last.verb, hall.last.facts)
    assert told == "Công bố kết quả 3 cuộc bỏ phiếu: «Báo cáo», «Khen thưởng», «Nghị quyết»."
    events = Event.objects.filter(action="ballots.publish")
    assert {event.subject_id for event in events} == {poll.pk for poll in polls}
    assert {poll.published_at for poll in published} == {hall.last.at}


def test_all_are_announced_or_none(open_hall: Hall) -> None:
    hall = open_hall
    good, gone = counted(hall, "Báo cáo"), counted(hall, "Khen thưởng")
    ballots.annul_poll(actor=hall.actor("clerk"), poll=gone, reason="Danh sách sai", now=hall.later())
    before = hall.floor.number
    with pytest.raises(Conflict, match="đã hủy"):
        publish(hall, good, gone)
    good.refresh_from_db()
    assert (good.state, hall.floor.number) == (PollState.COUNTED, before)
    assert list(deciding.counted(hall.conference)) == [good]
    with pytest.raises(Invalid, match="ít nhất một"):
        publish(hall)


def test_announcing_together_asks_for_the_right_and_the_conference(open_hall: Hall, region: Region) -> None:
    hall = open_hall
    ours = counted(hall, "Báo cáo")
    other = build_hall(region)
    for who, match in (("brigade", "chủ trì"), ("commander", "Hãy đề nghị")):
        with pytest.raises(NotAllowed, match=match):
            publish(hall, ours, by=who)
    with pytest.raises(NotFound):
        publish(hall, ours, draft(other))
    with pytest.raises(NotFound):
        deciding.polls_of(other.conference, [ours.pk])
    assert publish(hall, ours)


def test_what_was_announced_together_is_shown_together_and_proved_in_the_minutes(open_hall: Hall) -> None:
    hall = open_hall
    earlier = counted(hall, "Sơ kết")
    publish(hall, earlier)
    first = hall.last.number
    together = [counted(hall, "Báo cáo"), counted(hall, "Khen thưởng", answer=2)]
    counted(hall, "Chưa công bố")
    publish(hall, *together)
    shown = room_lists.announced_with(hall.conference.pk, together[1].pk)
    assert [one.title for one in shown] == ["Báo cáo", "Khen thưởng"]
    assert all(one.lines for one in shown)
    proofs = [told.events for told in minutes_facts.gather(hall.conference).decisions]
    assert proofs == [(first,), (hall.last.number,), (hall.last.number,)]


def test_a_poll_of_another_conference_is_not_found(open_hall: Hall, region: Region) -> None:
    other = build_hall(region)
    with pytest.raises(NotFound):
        put(open_hall, draft(other))


def test_delegates_decide_nothing_about_polls(open_hall: Hall) -> None:
    poll = draft(open_hall)
    for act in (lambda: draft(open_hall, "brigade"), lambda: put(open_hall, poll, "brigade")):
        with pytest.raises(NotAllowed):
            act()


def test_a_chair_without_a_right_over_the_body_is_told_whom_to_ask(open_hall: Hall) -> None:
    poll = draft(open_hall)
    with pytest.raises(NotAllowed, match="Hãy đề nghị"):
        put(open_hall, poll, "commander")
    put(open_hall, poll)
    with pytest.raises(NotAllowed, match="Hãy đề nghị"):
        close(open_hall, "commander")
    assert open_hall.floor.state == FloorState.VOTING
