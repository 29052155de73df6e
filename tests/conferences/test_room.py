"""The picture of the room: everything in a fixed number of queries, and to each audience no more than it may know."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from soi.ballots.actions import NewQuestion
from soi.ballots.enums import Denominator, Majority, Mode, QuestionKind
from soi.conferences import contributing, deciding, floor, room, speaking, waiting
from soi.conferences.enums import Audience, FloorState, Line, QueueRule
from soi.conferences.models import Conference, Site
from soi.conferences.room import MyRoom, RoomView
from tests.conferences.conftest import hold
from tests.conferences.hall import Hall, invite
from tests.factories import Region, add_official

MOST_QUERIES = 8
MOST_OF_MINE = 7


def see(hall: Hall, audience: Audience = Audience.CHAIR) -> RoomView:
    return room.room_view(hall.conference, hall.now).seen_by(audience)


def mine(hall: Hall, who: str) -> MyRoom:
    return room.my_room(hall.actor(who), hall.conference, hall.now)


def busy(hall: Hall, number: int) -> Hall:
    """So many more sites, each with a person who asks to speak and has said something."""
    for n in range(number):
        who = f"guest{n}"
        add_official(hall.region, who, f"Khách Số {n}", "region", f"Trợ lý {n}")
        hall.sites[who] = Site.objects.create(
            conference=hall.conference, name=f"Điểm cầu {n}", line=Line.READY
        )
        invite(hall, who, who)
    floor.open_session(actor=hall.actor("press"), conference=hall.conference, now=hall.later())
    floor.start_item(
        actor=hall.actor("press"), conference=hall.conference, item=hall.items["report"].pk, now=hall.later()
    )
    floor.present(
        actor=hall.actor("press"), conference=hall.conference, paper=hall.papers["draft"].pk, now=hall.later()
    )
    for n in range(number):
        actor = hall.actor(f"guest{n}")
        speaking.give_floor(
            actor=hall.actor("press"),
            conference=hall.conference,
            person=hall.person(f"guest{n}"),
            now=hall.later(),
        )
        contributing.add_contribution(
            actor=actor, conference=hall.conference, kind="cause", text=f"Ý {n}", now=hall.later()
        )
        speaking.ask_to_speak(
            actor=actor, conference=hall.conference, kind="speak", topic=f"Việc {n}", now=hall.later()
        )
    poll = deciding.new_poll(
        actor=hall.actor("clerk"), conference=hall.conference, title="Thông qua", mode=Mode.OPEN,
        questions=[NewQuestion(QuestionKind.YES_NO, "Nhất trí")], denominator=Denominator.PRESENT,
        majority=Majority.HALF, now=hall.later(),
    )  # fmt: skip
    deciding.open_vote(actor=hall.actor("clerk"), conference=hall.conference, poll=poll, now=hall.later())
    return hall


@pytest.mark.parametrize("number", [1, 30])
def test_as_many_queries_for_one_site_as_for_thirty(hall: Hall, number: int) -> None:
    busy(hall, number)
    hall.conference = Conference.objects.select_related("organization").get(pk=hall.conference.pk)
    with CaptureQueriesContext(connection) as asked:
        view = room.room_view(hall.conference, hall.now)
    assert len(asked) <= MOST_QUERIES
    assert (len(view.queue), len(view.sites)) == (number, number + 3)
    actor = hall.actor("guest0")
    with CaptureQueriesContext(connection) as asked:
        found = room.my_room(actor, hall.conference, hall.now)
    assert len(asked) <= MOST_OF_MINE
    assert found.request is not None


def test_before_anything_happened(region: Region) -> None:
    view = room.room_view(hold(region), region.now)
    assert (view.state, view.number, view.rule, view.queue) == (FloorState.WAITING, 0, QueueRule.ARRIVAL, ())
    assert (view.item, view.timer, view.poll, view.log) == (None, None, None, ())


def test_what_stands_where(hall: Hall) -> None:
    view = see(busy(hall, 2))
    assert (view.state, view.number) == (FloorState.VOTING, hall.floor.number)
    assert [(item.index, item.place) for item in view.agenda] == [
        ("1", "later"), ("2", "done"), ("2.1", "now"), ("2.2", "next"), ("3", "later"),
    ]  # fmt: skip
    assert view.item
    assert view.item.presenter == "Phan Văn Sư"
    # Still there behind the poll, and on show again once it is closed.
    assert view.paper
    assert view.paper.title == "Tài liệu draft"
    assert view.poll
    assert (view.poll.cast, view.poll.roll) == (0, 8)
    assert (view.present, view.entitled_present, view.entitled, view.quorum_reached) == (8, 8, 8, True)
    assert [one.text for one in view.contributions] == ["Ý 1", "Ý 0"]
    assert (view.queue[0].name, view.queue[0].reason) == ("Khách Số 0", "Đăng ký thứ 1.")
    guest = next(site for site in view.sites if site.name == "Điểm cầu 0")
    assert (guest.present, guest.turns, guest.line) == (1, 1, Line.READY)
    assert guest.spoken_seconds > 0


def test_the_one_who_speaks(open_hall: Hall) -> None:
    hall = open_hall
    floor.set_rule(
        actor=hall.actor("press"),
        conference=hall.conference,
        rule="least_time",
        speech_minutes=3,
        now=hall.later(),
    )
    speaking.give_floor(
        actor=hall.actor("press"),
        conference=hall.conference,
        person=hall.person("regiment"),
        now=hall.later(),
    )
    speaker = see(hall, Audience.WALL).speaker
    assert speaker is not None
    assert (speaker.name, speaker.post) == ("Thượng tá Mai Văn Trung", "Bí thư Đảng ủy Trung đoàn")
    assert (speaker.site, speaker.since, speaker.seconds) == ("Điểm cầu Sư đoàn 901", hall.now, 180)
    assert mine(hall, "regiment").speaking
    assert not mine(hall, "brigade").speaking


@pytest.mark.parametrize("audience", [one for one in Audience if one != Audience.CHAIR])
def test_no_audience_but_the_chair_sees_restricted_papers(open_hall: Hall, audience: Audience) -> None:
    hall = open_hall
    floor.present(
        actor=hall.actor("press"),
        conference=hall.conference,
        paper=hall.papers["members"].pk,
        now=hall.later(),
    )
    contributing.add_contribution(
        actor=hall.actor("brigade"), conference=hall.conference, kind="cause", text="BÍ MẬT",
        paper=hall.papers["members"].pk, now=hall.later(),
    )  # fmt: skip
    shown = repr(see(hall, audience))
    for secret in ("Tài liệu members", "Tài liệu chair", "BÍ MẬT"):
        assert secret not in shown
    assert "Tài liệu draft" in shown
    assert "Tài liệu members" in repr(see(hall))


def test_codes_drafts_and_notes_of_the_chair(open_hall: Hall) -> None:
    hall = open_hall
    request = speaking.ask_to_speak(
        actor=hall.actor("brigade"), conference=hall.conference, kind="speak", now=hall.later()
    )
    speaking.decline_request(
        actor=hall.actor("press"), conference=hall.conference, request=request.pk, reason="LÝ DO RIÊNG",
        now=hall.later(),
    )  # fmt: skip
    deciding.new_poll(
        actor=hall.actor("clerk"), conference=hall.conference, title="PHIẾU NHÁP", mode=Mode.OPEN,
        questions=[NewQuestion(QuestionKind.YES_NO, "Nhất trí")], denominator=Denominator.PRESENT,
        majority=Majority.HALF, now=hall.later(),
    )  # fmt: skip
    for audience in (Audience.DELEGATE, Audience.SITE, Audience.WALL, Audience.TELLER):
        shown = repr(see(hall, audience))
        assert "LÝ DO RIÊNG" not in shown
        assert ("PHIẾU NHÁP" in shown) == (audience == Audience.TELLER)
        assert ("MADIV" in shown) == (audience in {Audience.SITE, Audience.WALL})
    assert "LÝ DO RIÊNG" in repr(see(hall))


def test_a_withdrawn_contribution_keeps_its_words_for_the_chair(open_hall: Hall) -> None:
    hall = open_hall
    row = contributing.add_contribution(
        actor=hall.actor("brigade"), conference=hall.conference, kind="cause", text="ĐÃ RÚT", now=hall.later()
    )
    contributing.withdraw_contribution(
        actor=hall.actor("brigade"), conference=hall.conference, contribution=row.pk, now=hall.later()
    )
    assert "ĐÃ RÚT" not in repr(see(hall, Audience.DELEGATE))
    assert "ĐÃ RÚT" in repr(see(hall))
    assert mine(hall, "brigade").contributions == ()


def test_the_log_tells_and_leaves_pages_out(open_hall: Hall) -> None:
    hall = open_hall
    floor.present(
        actor=hall.actor("press"), conference=hall.conference, paper=hall.papers["draft"].pk, now=hall.later()
    )
    floor.turn_page(actor=hall.actor("press"), conference=hall.conference, page=2, now=hall.later())
    assert [line.text for line in see(hall).log] == [
        "Trình chiếu tài liệu «Tài liệu draft».",
        "Phiên họp khai mạc. Có mặt 6 trên 6 thành viên chính thức, tại 3 điểm cầu.",
    ]
    events = room.events_since(hall.conference.pk, 1)
    assert [event.number for event in events] == [2, 3]
    assert [line.number for line in room.told(events, Audience.WALL)] == [2]


def test_what_was_told_since_is_the_same_from_the_picture_and_from_the_events(open_hall: Hall) -> None:
    hall = open_hall
    chair = hall.actor("press")
    for number in range(room.LAST_EVENTS + 5):
        if number % 3:
            floor.start_timer(actor=chair, conference=hall.conference, seconds=60, now=hall.later())
        else:
            floor.set_rule(
                actor=chair, conference=hall.conference, rule="arrival", speech_minutes=1 + number % 7,
                now=hall.later(),
            )  # fmt: skip
    request = speaking.ask_to_speak(
        actor=hall.actor("brigade"), conference=hall.conference, kind="speak", now=hall.later()
    )
    speaking.decline_request(
        actor=chair, conference=hall.conference, request=request.pk, reason="Hết giờ", now=hall.later()
    )
    view = room.room_view(hall.conference, hall.later())
    for audience in Audience:
        for number in range(view.number + 1):
            slow = room.told(room.events_since(hall.conference.pk, number), audience)
            assert room.told_since(view, number, audience) == slow, (audience, number)
    # The reason is for the chair.
    assert len(room.told_since(view, view.number - 1, Audience.CHAIR)) == 1
    assert room.told_since(view, view.number - 1, Audience.DELEGATE) == []
    with CaptureQueriesContext(connection) as asked:
        room.told_since(view, view.number - 1, Audience.CHAIR)
    assert not asked


@pytest.mark.parametrize("rule", QueueRule)
def test_the_places_alone_are_the_places_with_the_people(hall: Hall, rule: QueueRule) -> None:
    busy(hall, 6)
    found = waiting.places(hall.conference.pk, rule, hall.now)
    assert len(found) == 6
    assert found == [one.pk for one in waiting.line(hall.conference.pk, rule, hall.now).order]


def test_my_place_and_what_i_may_do(open_hall: Hall) -> None:
    hall = open_hall
    assert mine(hall, "brigade").may_ask
    for who in ("regiment", "brigade"):
        speaking.ask_to_speak(
            actor=hall.actor(who), conference=hall.conference, kind="speak", now=hall.later()
        )
    found = mine(hall, "brigade")
    assert found.request
    assert (found.request.place, found.request.reason) == (2, "Đăng ký thứ 2.")
    assert (found.may_ask, found.may_contribute, found.may_drive) == (False, True, False)
    assert (found.site, found.site_id) == ("Lữ đoàn 902", hall.sites["brigade"].pk)
    assert mine(hall, "press").may_drive
    assert [paper.title for paper in found.papers] == ["Tài liệu members"]


def test_the_technician_sees_the_request_of_his_site(open_hall: Hall) -> None:
    hall = open_hall
    speaking.ask_to_speak(
        actor=hall.actor("divisionclerk"), conference=hall.conference, kind="answer",
        site=hall.sites["division"].pk, now=hall.later(),
    )  # fmt: skip
    found = mine(hall, "divisionclerk")
    assert found.sites_served == (hall.sites["division"].pk,)
    assert found.site_request
    assert found.site_request.place == 1
    assert mine(hall, "brigade").site_request is None


def decline(hall: Hall, who: str, reason: str, *, person: int | None = None, site: int | None = None) -> None:
    request = speaking.ask_to_speak(
        actor=hall.actor(who),
        conference=hall.conference,
        kind="speak",
        person=person,
        site=site,
        now=hall.later(),
    )
    speaking.decline_request(
        actor=hall.actor("commander"),
        conference=hall.conference,
        request=request.pk,
        reason=reason,
        now=hall.later(),
    )


def test_why_one_was_not_invited_is_for_who_asked_alone(open_hall: Hall) -> None:
    hall = open_hall
    decline(hall, "brigade", "hết giờ")
    decline(hall, "regiment", "trùng nội dung")
    found = mine(hall, "brigade")
    assert found.not_invited
    assert (found.not_invited.reason, found.may_ask) == ("hết giờ", True)
    for other in ("member", "division", "divisionclerk", "press"):
        assert mine(hall, other).not_invited is None, other
        assert mine(hall, other).site_not_invited is None, other


def test_asking_again_takes_the_reason_away_and_the_last_one_counts(open_hall: Hall) -> None:
    hall = open_hall
    decline(hall, "brigade", "hết giờ")
    decline(hall, "brigade", "để buổi chiều")
    found = mine(hall, "brigade").not_invited
    assert found
    assert found.reason == "để buổi chiều"
    request = speaking.ask_to_speak(
        actor=hall.actor("brigade"), conference=hall.conference, kind="speak", now=hall.later()
    )
    assert mine(hall, "brigade").not_invited is None
    speaking.withdraw_request(
        actor=hall.actor("brigade"), conference=hall.conference, request=request.pk, now=hall.later()
    )
    assert mine(hall, "brigade").not_invited is None


def test_why_a_site_was_not_invited_is_for_its_staff(open_hall: Hall) -> None:
    hall = open_hall
    decline(hall, "divisionclerk", "hết giờ", site=hall.sites["division"].pk)
    # A request typed for one of its people is that person's.
    decline(hall, "divisionclerk", "trùng nội dung", person=hall.person("member"))
    for staff in ("divisionclerk", "division"):
        found = mine(hall, staff).site_not_invited
        assert found
        assert found.reason == "hết giờ"
        assert mine(hall, staff).not_invited is None
    told = mine(hall, "member").not_invited
    assert told
    assert told.reason == "trùng nội dung"
    assert mine(hall, "brigade").site_not_invited is None  # head of another site
    speaking.ask_to_speak(
        actor=hall.actor("division"), conference=hall.conference, kind="speak",
        site=hall.sites["division"].pk, now=hall.later(),
    )  # fmt: skip
    assert mine(hall, "divisionclerk").site_not_invited is None


def test_who_turns_pages_knows_which(open_hall: Hall) -> None:
    hall = open_hall
    floor.start_item(
        actor=hall.actor("press"), conference=hall.conference, item=hall.items["report"].pk, now=hall.later()
    )
    floor.present(
        actor=hall.actor("press"),
        conference=hall.conference,
        paper=hall.papers["draft"].pk,
        page=4,
        now=hall.later(),
    )
    assert (mine(hall, "division").may_turn_page, mine(hall, "division").page) == (True, 4)
    assert not mine(hall, "brigade").may_turn_page


def test_my_ballot_is_there_while_the_poll_is_open(hall: Hall) -> None:
    busy(hall, 1)
    found = mine(hall, "brigade")
    assert found.ballot
    assert (found.ballot.title, found.ballot.cast) == ("Thông qua", False)
    assert mine(hall, "divisionclerk").ballot is None
    deciding.close_vote(actor=hall.actor("clerk"), conference=hall.conference, now=hall.later())
    assert mine(hall, "brigade").ballot is None


def test_time_runs_while_somebody_speaks(open_hall: Hall) -> None:
    hall = open_hall
    speaking.give_floor(
        actor=hall.actor("press"), conference=hall.conference, person=hall.person("brigade"), now=hall.later()
    )
    later = room.room_view(hall.conference, hall.now + dt.timedelta(minutes=2))
    assert [site.spoken_seconds for site in later.sites if site.name == "Lữ đoàn 902"] == [120]
