"""The floor: the table is total, every act is one event with the next number, and who may is asked each time."""

from __future__ import annotations

import datetime as dt

import pytest

from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound
from soi.conferences import floor, floor_table
from soi.conferences.audiences import audiences_of
from soi.conferences.enums import Audience, FloorState, QueueRule
from soi.conferences.floor_rights import drives
from soi.conferences.floor_table import TABLE, Move, Refused
from soi.conferences.logic import fold
from soi.conferences.logic.verbs import FloorVerb as Verb
from soi.conferences.models import AttendanceSpan, PriorQuestion
from soi.history.models import Event
from tests.conferences.conftest import hold
from tests.conferences.hall import Hall
from tests.factories import Region

# --- the table --------------------------------------------------------------------------------------


def test_the_table_answers_every_state_and_verb() -> None:
    assert set(TABLE) == {(state, verb) for state in FloorState for verb in Verb}


@pytest.mark.parametrize("place", sorted(TABLE), ids=lambda place: f"{place[0]}-{place[1]}")
def test_every_refusal_is_a_sentence(place: tuple[FloorState, Verb]) -> None:
    row = TABLE[place]
    if isinstance(row, Refused):
        assert row.sentence.endswith(".")
        assert floor_table.refusal(*place) == row.sentence
        with pytest.raises(Conflict):
            floor_table.next_state(*place, paper_on_show=False)
    else:
        assert isinstance(row, Move)
        assert floor_table.next_state(*place, paper_on_show=False) in FloorState


def test_nothing_happens_before_the_opening_and_after_the_end_but_what_is_named() -> None:
    allowed = {state: {verb for verb in Verb if not floor_table.refusal(state, verb)} for state in FloorState}
    assert allowed[FloorState.WAITING] == {
        Verb.OPEN, Verb.SET_RULE, Verb.ASK, Verb.WITHDRAW, Verb.DECLINE, Verb.DRAFT_POLL,
    }  # fmt: skip
    assert allowed[FloorState.CLOSED] == {Verb.PUBLISH_POLL}


def test_rest_is_where_the_paper_is() -> None:
    assert (
        floor_table.next_state(FloorState.SPEAKING, Verb.END_SPEECH, paper_on_show=True)
        == FloorState.PRESENTING
    )
    assert floor_table.next_state(FloorState.BREAK, Verb.RESUME, paper_on_show=False) == FloorState.ITEM


# --- the session ------------------------------------------------------------------------------------


def test_opening_says_how_many_are_there(hall: Hall) -> None:
    AttendanceSpan.objects.filter(attendance=hall.rows["brigade"]).delete()
    event = floor.open_session(actor=hall.actor("commander"), conference=hall.conference, now=hall.now)
    assert (event.number, event.verb, event.audience) == (1, Verb.OPEN, Audience.DELEGATE)
    assert (event.facts["present"], event.facts["entitled"], event.facts["sites"]) == (5, 6, 3)
    assert (hall.floor.state, hall.floor.opened_at) == (FloorState.ITEM, hall.now)
    assert Event.objects.filter(action="conferences.open_session").count() == 1


def test_opened_once_only(open_hall: Hall) -> None:
    with pytest.raises(Conflict, match="đã khai mạc"):
        floor.open_session(actor=open_hall.actor("press"), conference=open_hall.conference, now=open_hall.now)
    assert [event.number for event in open_hall.events] == [1]


@pytest.mark.parametrize("who", ["commander", "press", "clerk", "secretary"])
def test_chair_secretary_and_recorders_drive(hall: Hall, who: str) -> None:
    assert drives(hall.actor(who), hall.conference)
    floor.open_session(actor=hall.actor(who), conference=hall.conference, now=hall.now)


@pytest.mark.parametrize("who", ["division", "member", "divisionclerk"])
def test_delegates_and_site_staff_do_not(hall: Hall, who: str) -> None:
    with pytest.raises(NotAllowed, match="chủ trì hoặc thư ký"):
        floor.open_session(actor=hall.actor(who), conference=hall.conference, now=hall.now)


def test_an_outsider_does_not_learn_of_the_conference(hall: Hall) -> None:
    with pytest.raises(NotFound):
        floor.open_session(actor=hall.actor("brigadeclerk"), conference=hall.conference, now=hall.now)


def test_who_drives_is_who_sees_the_chairs_page(hall: Hall) -> None:
    for who in hall.region.users:
        sees = Audience.CHAIR in audiences_of(hall.actor(who), hall.conference)
        assert drives(hall.actor(who), hall.conference) == sees, who


def test_an_item_sets_the_clock_and_its_number(open_hall: Hall) -> None:
    hall, now = open_hall, open_hall.later()
    event = floor.start_item(
        actor=hall.actor("press"), conference=hall.conference, item=hall.items["report"].pk, now=now
    )
    assert (event.facts["index"], event.facts["title"]) == ("2.1", "Trình bày dự thảo báo cáo")
    assert (event.item_id, hall.floor.item_id) == (hall.items["report"].pk,) * 2
    assert (hall.floor.timer_from, hall.floor.timer_seconds) == (now, 600)


def test_an_item_of_another_conference_is_not_found(open_hall: Hall, region: Region) -> None:
    other = hold(region, "division", title="Hội nghị khác")
    item = other.agenda.create(order=1, title="Nội dung khác")
    with pytest.raises(NotFound):
        floor.start_item(
            actor=open_hall.actor("press"), conference=open_hall.conference, item=item.pk, now=open_hall.now
        )


def test_break_and_back_to_the_clock_of_the_item(open_hall: Hall) -> None:
    hall, secretary = open_hall, open_hall.actor("press")
    begun = hall.later()
    floor.start_item(
        actor=secretary, conference=hall.conference, item=hall.items["opening"].pk, now=begun
    )  # fmt: skip
    floor.pause(actor=secretary, conference=hall.conference, minutes=15, now=hall.later())
    assert (hall.floor.state, hall.floor.timer_seconds) == (FloorState.BREAK, 900)
    with pytest.raises(Conflict, match="đang nghỉ"):
        floor.start_item(
            actor=secretary, conference=hall.conference, item=hall.items["report"].pk, now=hall.later()
        )
    floor.resume(actor=secretary, conference=hall.conference, now=hall.later())
    assert (hall.floor.state, hall.floor.timer_from, hall.floor.timer_seconds) == (
        FloorState.ITEM,
        begun,
        600,
    )


@pytest.mark.parametrize("minutes", [0, -3, 721])
def test_a_break_has_a_sensible_length(open_hall: Hall, minutes: int) -> None:
    with pytest.raises(Invalid, match="phút"):
        floor.pause(
            actor=open_hall.actor("press"),
            conference=open_hall.conference,
            minutes=minutes,
            now=open_hall.now,
        )
    assert open_hall.floor.number == 1


def test_the_rule_is_recorded_and_checked(hall: Hall) -> None:
    secretary = hall.actor("press")
    floor.set_rule(
        actor=secretary,
        conference=hall.conference,
        rule=QueueRule.SITES_IN_TURN,
        speech_minutes=5,
        now=hall.now,
    )
    assert (hall.floor.rule, hall.floor.speech_minutes) == (QueueRule.SITES_IN_TURN, 5)
    assert hall.last.facts["rule"] == "sites_in_turn"
    with pytest.raises(Invalid, match="thứ tự"):
        floor.set_rule(
            actor=secretary, conference=hall.conference, rule="loudest", speech_minutes=None, now=hall.now
        )


def test_the_clock_is_set_anew(open_hall: Hall) -> None:
    hall, now = open_hall, open_hall.later()
    floor.start_timer(actor=hall.actor("press"), conference=hall.conference, seconds=180, now=now)
    assert (hall.floor.timer_from, hall.floor.timer_seconds) == (now, 180)
    with pytest.raises(Invalid):
        floor.start_timer(actor=hall.actor("press"), conference=hall.conference, seconds=0, now=now)


# --- papers -----------------------------------------------------------------------------------------


def test_a_paper_is_shown_turned_and_put_away(open_hall: Hall) -> None:
    hall, secretary = open_hall, open_hall.actor("press")
    floor.present(
        actor=secretary, conference=hall.conference, paper=hall.papers["draft"].pk, now=hall.later()
    )
    assert (hall.floor.state, hall.last.facts["paper"]) == (FloorState.PRESENTING, "Tài liệu draft")
    floor.turn_page(actor=secretary, conference=hall.conference, page=3, now=hall.later())
    assert hall.floor.page == 3
    floor.put_away(actor=secretary, conference=hall.conference, now=hall.later())
    assert (hall.floor.state, hall.floor.paper_id, hall.floor.page) == (FloorState.ITEM, None, 1)


def test_the_name_of_a_members_paper_is_in_no_event(open_hall: Hall) -> None:
    hall = open_hall
    floor.present(
        actor=hall.actor("press"), conference=hall.conference, paper=hall.papers["members"].pk, now=hall.now
    )
    assert "members" not in str(hall.last.facts["paper"])


def test_a_paper_of_the_chair_alone_is_not_shown(open_hall: Hall) -> None:
    with pytest.raises(Invalid, match="chỉ chủ trì và thư ký"):
        floor.present(
            actor=open_hall.actor("commander"), conference=open_hall.conference,
            paper=open_hall.papers["chair"].pk, now=open_hall.now,
        )  # fmt: skip


def test_the_presenter_turns_pages_and_nobody_else(open_hall: Hall) -> None:
    hall = open_hall
    floor.start_item(
        actor=hall.actor("press"), conference=hall.conference, item=hall.items["report"].pk, now=hall.now
    )
    floor.present(
        actor=hall.actor("press"), conference=hall.conference, paper=hall.papers["draft"].pk, now=hall.now
    )
    floor.turn_page(actor=hall.actor("division"), conference=hall.conference, page=2, now=hall.later())
    with pytest.raises(NotAllowed, match="người trình bày"):
        floor.turn_page(actor=hall.actor("brigade"), conference=hall.conference, page=1, now=hall.later())
    with pytest.raises(Invalid, match="trang"):
        floor.turn_page(actor=hall.actor("division"), conference=hall.conference, page=0, now=hall.later())
    assert hall.floor.page == 2


def test_a_new_item_puts_the_paper_away(open_hall: Hall) -> None:
    hall, secretary = open_hall, open_hall.actor("press")
    floor.present(
        actor=secretary, conference=hall.conference, paper=hall.papers["draft"].pk, now=hall.now, page=4
    )
    floor.start_item(
        actor=secretary, conference=hall.conference, item=hall.items["words"].pk, now=hall.later()
    )
    assert (hall.floor.state, hall.floor.paper_id, hall.floor.page) == (FloorState.ITEM, None, 1)


# --- the end ----------------------------------------------------------------------------------------


def test_closing_waits_for_the_answers_to_the_superior(open_hall: Hall) -> None:
    hall, chair = open_hall, open_hall.actor("commander")
    asked = PriorQuestion.objects.create(
        conference=hall.conference, asked_by=hall.region.bodies["region"], text="Vì sao quân số chưa đủ"
    )
    with pytest.raises(Conflict, match="Vì sao quân số chưa đủ"):
        floor.close_session(actor=chair, conference=hall.conference, now=hall.later())
    asked.answer = "Đã bổ sung trong tháng 11."
    asked.save()
    floor.close_session(actor=chair, conference=hall.conference, now=hall.later())
    assert (hall.floor.state, hall.floor.closed_at) == (FloorState.CLOSED, hall.now)
    assert not AttendanceSpan.objects.filter(left_at=None).exists()
    assert Event.objects.filter(action="conferences.close_session").count() == 1


def test_after_the_end_nothing_moves(open_hall: Hall) -> None:
    hall, chair = open_hall, open_hall.actor("commander")
    floor.close_session(actor=chair, conference=hall.conference, now=hall.later())
    with pytest.raises(Conflict, match="đã bế mạc"):
        floor.start_item(
            actor=chair, conference=hall.conference, item=hall.items["words"].pk, now=hall.later()
        )


def test_events_fold_to_the_floor(open_hall: Hall) -> None:
    hall, secretary = open_hall, open_hall.actor("press")
    for item in ("opening", "report"):
        floor.start_item(
            actor=secretary, conference=hall.conference, item=hall.items[item].pk, now=hall.later()
        )
    floor.present(
        actor=secretary, conference=hall.conference, paper=hall.papers["draft"].pk, now=hall.later()
    )
    floor.pause(actor=secretary, conference=hall.conference, now=hall.later())
    assert fold.folded(event.facts for event in hall.events) == as_folded(hall)
    # And as it stood in between.
    assert fold.folded(event.facts for event in hall.events[:2])["item"] == hall.items["opening"].pk


def as_folded(hall: Hall) -> dict[str, object]:
    """The floor's row, as events tell it."""
    row = hall.floor
    found: dict[str, object] = {
        "state": row.state, "rule": row.rule, "speech_minutes": row.speech_minutes, "item": row.item_id,
        "paper": row.paper_id, "page": row.page, "poll": row.poll_id, "timer_from": row.timer_from,
        "timer_seconds": row.timer_seconds, "opened_at": row.opened_at, "closed_at": row.closed_at,
    }  # fmt: skip
    return {
        name: value.isoformat() if isinstance(value, dt.datetime) else value for name, value in found.items()
    }
